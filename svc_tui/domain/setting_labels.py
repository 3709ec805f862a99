"""What a user's own settings, their values and the columns of lists are called: message ids, translated where shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain.columns import COLUMNS, CONTACTS, DEVICES, JOBS, OWN, PRODUCTS
from svc_tui.domain.errors import N_, DomainError
from svc_tui.domain.labels import FIELD_LABELS, TAB_LABELS

_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "language": N_("Language"), "profile": N_("Terminal"), "mouse": N_("Mouse"), "tabs": N_("Tabs shown"),
        "opening_filter": N_("Lists open with"), "opening_views": N_("Views that lists open with"),
        "default_type": N_("Type of new jobs"), "default_status": FIELD_LABELS["default_status"],
        "default_responsible": FIELD_LABELS["default_responsible"], "default_priority": N_("Priority of new jobs"),
        "note_stamp": N_("Stamp on notes"), "columns": N_("Columns"), "column_layout": N_("Your own columns"),
        "other_columns": N_("Columns of other lists"), "start_list": N_("Begins with"),
        "key_set": N_("Set of keys"), "keys": N_("Own keys"),
        "receipt_printer": N_("Receipts on"),
    }
)  # fmt: skip

_PATH: Final[Mapping[str, str]] = MappingProxyType(
    {"path_end": "end_at", "path_promised": "promised_at", "path_priority": "priority", "path_project": "project"}
)
"""The fields that a user may add to his own quick-entry path, by the setting that does it."""

PRESET_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {"simple": N_("simple"), "normal": N_("normal"), "advanced": N_("advanced"), OWN: N_("your own")}
)
"""How the columns of a list are chosen."""

LISTS_WITH_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {JOBS.name: N_("Jobs"), CONTACTS.name: N_("Contacts"), DEVICES.name: N_("Devices"), PRODUCTS.name: N_("Products")}
)

COLUMN_LABELS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        JOBS.name: {column.name: column.label for column in COLUMNS},
        CONTACTS.name: {
            "number": N_("No."), "name": N_("Name"), "phone": N_("Phone"), "email": N_("E-mail"),
            "post_code": N_("Post code"), "city": N_("Town"), "vat": N_("VAT number"), "kind": N_("Kind"),
            "last": N_("Last job"),
        },
        DEVICES.name: {
            "name": N_("Device"), "serial": N_("Serial no."), "owner": N_("Owner"), "shelf": N_("Shelf"),
            "warranty": N_("Warranty"), "last": N_("Last job"),
        },
        PRODUCTS.name: {
            "code": N_("Code"), "name": N_("Name"), "group": N_("Group"), "unit": N_("Unit"), "price": N_("Price"),
            "cost": N_("Cost"), "stock": N_("Stock"), "supplier": N_("Supplier"),
            "supplier_code": N_("Supplier's code"), "ean": N_("EAN"), "kind": N_("Kind"),
        },
    }
)  # fmt: skip
"""The columns by list and name."""


def setting_label(name: str) -> DomainError:
    """What a setting is called, as a value of another sentence; also one of several parts, such as `tab_note`."""
    if name in _PATH:
        return DomainError(N_("Quick: {name}"), name=DomainError(FIELD_LABELS[_PATH[name]]))
    if (tab := name.removeprefix("tab_")) in TAB_LABELS:
        return DomainError(N_("Tab {tab}"), tab=DomainError(TAB_LABELS[tab]))
    if name.startswith("keys "):
        return DomainError(_LABELS["keys"])
    return DomainError(_LABELS.get("opening_views" if name.startswith("opening_view") else name, name))
