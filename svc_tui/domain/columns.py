"""The columns that the lists can show: their names, the presets, and a user's own arrangement of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from svc_tui.domain.errors import N_
from svc_tui.domain.field_kinds import FieldKind


class ListColumn(NamedTuple):
    """A column that a list of jobs can show."""

    name: str
    label: str
    """A message id."""
    kind: Literal[FieldKind.LINE, FieldKind.MOMENT, FieldKind.AMOUNT, FieldKind.NUMBER, FieldKind.REFERENCE]
    field: str
    """Of `ActivityRow`."""
    width: int
    """Cells it has at least."""
    flex: int = 0
    """Its share of what is left over."""


_LINE: Final = FieldKind.LINE
_MOMENT: Final = FieldKind.MOMENT
_REFERENCE: Final = FieldKind.REFERENCE

COLUMNS: Final = (
    ListColumn("number", N_("No."), FieldKind.NUMBER, "number", 6),
    ListColumn("start", N_("Start"), _MOMENT, "start_at", 12),
    ListColumn("subject", N_("Subject"), _LINE, "subject", 8, flex=8),
    ListColumn("customer", N_("Customer"), _LINE, "customer", 6, flex=3),
    ListColumn("phone", N_("Phone"), _LINE, "phone", 11, flex=1),
    ListColumn("device", N_("Device"), _LINE, "device", 12, flex=2),
    ListColumn("serial", N_("Serial no."), _LINE, "serial", 10, flex=1),
    ListColumn("type", N_("Type"), _REFERENCE, "type_id", 6, flex=1),
    ListColumn("status", N_("Status"), _REFERENCE, "status_id", 12),
    ListColumn("responsible", N_("Resp."), _REFERENCE, "responsible_id", 5),
    ListColumn("priority", N_("Priority"), _REFERENCE, "priority_id", 8),
    ListColumn("end", N_("End"), _MOMENT, "end_at", 12),
    ListColumn("promised", N_("Promised"), _MOMENT, "promised_at", 12),
    ListColumn("changed", N_("Changed"), _MOMENT, "changed_at", 12),
    ListColumn("parts", N_("Parts"), _LINE, "parts_here", 10),
)
"""Of a job, in their usual order. Lists are sorted by those of `ORDER_COLUMNS`, and by no other."""

ALL_COLUMNS: Final = tuple(column.name for column in COLUMNS)

PRESETS: dict[str, tuple[str, ...]] = {
    "simple": ("number", "start", "subject", "customer", "status", "responsible"),
    "normal": ("number", "start", "subject", "customer", "type", "status", "responsible"),
    "advanced": ALL_COLUMNS,
}
JOINING: dict[str, tuple[str, ...]] = {
    "normal": ("device", "phone"),
    "advanced": ("priority", "device", "promised", "phone", "serial", "end", "changed", "parts"),
}
"""The columns of a preset that stand there when the screen has room for them, the most asked for first."""

SUBJECT_ROOM = 24
"""Cells more than the least that the subject and its neighbours have before other columns join."""
JOINING_FROM = 80
"""Columns of a screen on which the advanced columns join at the cost of the subject."""

OWN = "own"
"""The preset that a user arranged."""

NARROWEST, WIDEST = 1, 120
"""Cells a column may be given."""


class Layout(NamedTuple):
    """The columns that one kind of list can show."""

    name: str
    """As the settings know the list."""
    columns: tuple[str, ...]
    """All of them, in their usual order."""
    presets: Mapping[str, tuple[str, ...]]
    narrow: tuple[str, ...]
    """Those on a screen that is too narrow for any preset."""
    joining: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """As `JOINING`."""


JOBS: Final = Layout("jobs", ALL_COLUMNS, PRESETS, ("number", "letter", "subject", "responsible"), JOINING)


CONTACTS: Final = Layout(
    "contacts",
    ("number", "name", "phone", "email", "post_code", "city", "vat", "kind", "last"),
    MappingProxyType(
        {
            "simple": ("number", "name", "phone", "city"),
            "normal": ("number", "name", "phone", "city", "last"),
            "advanced": ("number", "name", "phone", "email", "post_code", "city", "vat", "kind", "last"),
        }
    ),
    ("number", "name", "phone"),
    MappingProxyType({"normal": ("kind",), "advanced": ("last", "email", "kind", "post_code", "vat")}),
)
DEVICES: Final = Layout(
    "devices",
    ("name", "serial", "owner", "shelf", "warranty", "last"),
    MappingProxyType(
        {
            "simple": ("name", "serial", "owner"),
            "normal": ("name", "serial", "owner", "shelf", "last"),
            "advanced": ("name", "serial", "owner", "shelf", "warranty", "last"),
        }
    ),
    ("name", "serial"),
    MappingProxyType({"advanced": ("last", "shelf", "warranty")}),
)
PRODUCTS: Final = Layout(
    "products",
    ("code", "name", "group", "unit", "price", "cost", "stock", "supplier", "supplier_code", "ean", "kind"),
    MappingProxyType(
        {
            "simple": ("code", "name", "price"),
            "normal": ("code", "name", "unit", "price", "stock"),
            "advanced": (
                "code", "name", "group", "unit", "price", "cost", "stock", "supplier", "supplier_code", "ean", "kind",
            ),
        }
    ),
    ("code", "name", "price"),
    MappingProxyType(
        {
            "normal": ("group", "supplier"),
            "advanced": ("stock", "group", "supplier", "ean", "cost", "supplier_code", "kind"),
        }
    ),
)  # fmt: skip
LAYOUTS: Final = MappingProxyType({layout.name: layout for layout in (JOBS, CONTACTS, DEVICES, PRODUCTS)})
"""All lists whose columns the settings keep, by name."""


class Arranged(NamedTuple):
    """One column of a user's own arrangement."""

    name: str
    width: int = 0
    """Cells; 0 for the usual width and share of what is left over."""


class Columns(NamedTuple):
    """What a user wants to see of one kind of list."""

    preset: str = "normal"
    own: tuple[Arranged, ...] = ()
    """His own arrangement; empty while there is none."""


def kept_columns(stored: object) -> tuple[tuple[str, Columns], ...]:
    """What was stored of the columns of the lists beside those of jobs, as far as it is understood."""
    found: dict[str, Columns] = {}
    for entry in stored if isinstance(stored, list) else ():
        if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], list) and len(entry[1]) == 2:
            name, (preset, own) = entry
            if name in LAYOUTS and isinstance(preset, str):
                found[name] = Columns(preset, arrangement(own, LAYOUTS[name]))
    return tuple(found.items())


def arrangement(stored: object, layout: Layout = JOBS) -> tuple[Arranged, ...]:
    """What was stored as a user's columns, as far as it is understood: known names, each once, sound widths."""
    found: dict[str, Arranged] = {}
    for entry in stored if isinstance(stored, Iterable) and not isinstance(stored, str) else ():
        if not isinstance(entry, list | tuple) or len(entry) != 2:
            continue
        name, width = entry
        if name in layout.columns and name not in found and type(width) is int:
            found[name] = Arranged(name, width if NARROWEST <= width <= WIDEST else 0)
    return tuple(found.values())


def arranged(preset: str, own: tuple[Arranged, ...], layout: Layout = JOBS) -> tuple[Arranged, ...]:
    """The columns of a preset; the normal ones where it is unknown, or is the user's own and there is none."""
    if preset == OWN and own:
        return own
    return tuple(Arranged(name) for name in layout.presets.get(preset, layout.presets["normal"]))


def room_for_subject(preset: str, columns: int) -> int:
    """Cells that stay free for the subject and its neighbours on a screen of so many columns when others join."""
    if preset == "advanced":
        return min(max(columns - JOINING_FROM, 0) // 3, SUBJECT_ROOM)
    return SUBJECT_ROOM


def joined(preset: str, widths: Mapping[str, int], room: int, spare: int, layout: Layout = JOBS) -> tuple[str, ...]:
    """The columns of a preset, with those that join it as far as there is room.

    Args:
        preset: Its name.
        widths: Cells that each column needs.
        room: Cells there are.
        spare: Cells that are to be left over when others join.
        layout: The list's columns.
    """
    joining = layout.joining.get(preset, ())
    shown = [name for name in layout.presets[preset] if name not in joining]
    taken = sum(widths[name] + 1 for name in shown)
    for name in joining:
        is_first = name == joining[0] and not spare
        if taken + widths[name] + 1 + spare > room and not is_first:  # the first one may be cut where it is narrow
            break
        shown.append(name)
        taken += widths[name] + 1
    return tuple(name for name in layout.columns if name in shown)


def following(preset: str, own: tuple[Arranged, ...], layout: Layout = JOBS) -> str:
    """The preset after this one, in turn; the user's own is among them once there is one."""
    presets = [*layout.presets, OWN] if own else list(layout.presets)
    return presets[(presets.index(preset) + 1) % len(presets)] if preset in presets else "normal"
