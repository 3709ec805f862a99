"""The orders of the lists of contacts, devices and products: the stretches they are read in, and their keys.

An entry's last job needs no column of its own: the index of the jobs by start is walked, and of each customer's jobs
the last one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.lists.ordering import Place, Stretch, letters_sql
from svc_tui.db.lists.terms import LAST_LETTER
from svc_tui.domain.entries import ContactEntry, DeviceEntry, Entry, EntryQuery, ProductEntry, Register
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import words, words_key


class Source(NamedTuple):
    """Where the rows of a register come from; the entry is `e`."""

    table: str
    columns: str
    named: str = ""
    """Joins for names of what an entry points to."""
    walked: Mapping[str, str] = MappingProxyType({})
    """What is walked for a stretch, where it is not the register itself."""
    sorted_from: Mapping[str, str] = MappingProxyType({})
    """The same where the entries are known, and few."""


def _last(column: str, key: str) -> str:
    """A column of the last job of an entry. Index: (customer, start_at, id), (device, start_at, id)."""
    return f"(SELECT l.{column} FROM activity l WHERE l.{key} = e.id ORDER BY l.start_at DESC, l.id DESC LIMIT 1)"


def _by_last_job(table: str, key: str) -> str:
    return f"activity a CROSS JOIN {table} e ON e.id = a.{key}"


def _with_jobs(table: str, key: str) -> str:
    return f"{table} e CROSS JOIN activity a ON a.{key} = e.id"


SOURCES: Final[Mapping[Register, Source]] = {
    Register.CONTACTS: Source(
        "contact",
        "e.id, e.number, e.name, COALESCE(NULLIF(e.phone, ''), e.mobile), e.email, e.post_code, e.city, e.vat_number,"
        f" e.is_customer, e.is_supplier, e.is_company, e.retired, {_last('start_at', 'customer_id')},"
        f" {_last('id', 'customer_id')}",
        walked={"had": _by_last_job("contact", "customer_id")},
        sorted_from={"had": _with_jobs("contact", "customer_id")},
    ),
    Register.DEVICES: Source(
        "device",
        "e.id, e.brand, e.model, e.serial, e.owner_id, COALESCE(c.name, ''), e.shelf, e.warranty_parts_until,"
        f" e.warranty_labour_until, e.retired, {_last('start_at', 'device_id')}, {_last('id', 'device_id')},"
        " e.words_key, e.serial_key",
        " LEFT JOIN contact c ON c.id = e.owner_id",
        {
            "had": _by_last_job("device", "device_id"),
            "owned": "contact c CROSS JOIN device e ON e.owner_id = c.id",
        },
        {
            "had": _with_jobs("device", "device_id"),
            "owned": "device e CROSS JOIN contact c ON c.id = e.owner_id",
        },
    ),
    Register.PRODUCTS: Source(
        "product",
        "e.id, e.code, e.name, e.ean, e.kind, e.unit, e.price, e.cost, e.stock, e.supplier_id, COALESCE(c.name, ''),"
        " e.supplier_code, e.product_group, e.retired, e.code_key",
        " LEFT JOIN contact c ON c.id = e.supplier_id",
    ),
}
_JOBS = {Register.CONTACTS: "customer_id", Register.DEVICES: "device_id"}


def stretches(store: Store, query: EntryQuery) -> list[Stretch]:
    """The stretches of a list, in its order.

    Indexes: contact_by_name, contact_by_city, product_by_name; number, words_key, serial_key, code_key; id;
    activity_by_start.
    """
    column, register = query.order.column, query.register
    if column == "last":
        key = _JOBS[register]
        return [_had(key), Stretch("none", ((f"NOT EXISTS ({_any_job(key)})", []),), ("e.id",))]
    if column == "owner":
        name = letters_sql(store, "c.name")
        return [
            Stretch("owned", (), (name, "c.id", "e.id")),
            Stretch("none", (("e.owner_id IS NULL", []),), ("e.id",), "e.owner_id"),
        ]
    if column == "city":
        return _filled(letters_sql(store, "e.city"))
    if column == "serial":
        return _filled("e.serial_key")
    if register is Register.DEVICES and column == "name":
        return _filled("e.words_key")
    keys = {"number": ("e.number",), "registered": ("e.id",), "code": ("e.code_key", "e.id")}
    return [Stretch("all", (), keys.get(column) or (letters_sql(store, "e.name"), "e.id"))]


def _filled(key: str) -> list[Stretch]:
    """What has a text first, then what has none."""
    return [
        Stretch("some", ((f"{key} > ''", []),), (key, "e.id"), floor=f"{key} > ''"),
        Stretch("none", ((f"{key} = ''", []),), ("e.id",)),
    ]


def _had(key: str) -> Stretch:
    """The last job of each: no job of the same one comes after it. Index: activity_by_start, by which it is walked."""
    later = f"SELECT 1 FROM activity b WHERE b.{key} = a.{key} AND (b.start_at, b.id) > (a.start_at, a.id)"
    return Stretch("had", ((f"a.{key} IS NOT NULL", []), (f"NOT EXISTS ({later})", [])), ("a.start_at", "a.id"))


def _any_job(key: str) -> str:
    return f"SELECT 1 FROM activity b WHERE b.{key} = e.id"


def placed(store: Store, query: EntryQuery, row: Entry) -> Place:
    """Where a row stands in its list."""
    column = query.order.column
    if isinstance(row, ProductEntry):
        return Place("all", (row.code_key if column == "code" else _key(store, row.name), row.id))
    if column == "last":
        return Place("none", (row.id,)) if row.last_at is None else Place("had", (row.last_at, row.last_job))
    if isinstance(row, ContactEntry):
        if column == "city":
            return _among(_key(store, row.city), row.id)
        return Place("all", (row.number,) if column == "number" else (_key(store, row.name), row.id))
    return _of_device(store, column, row)


def _of_device(store: Store, column: str, row: DeviceEntry) -> Place:
    if column == "registered":
        return Place("all", (row.id,))
    if column == "owner":
        if row.owner_id is None:
            return Place("none", (row.id,))
        return Place("owned", (_key(store, row.owner), row.owner_id, row.id))
    return _among(row.serial_key if column == "serial" else row.words_key, row.id)


def _among(key: str, entry: int) -> Place:
    return Place("some", (key, entry)) if key else Place("none", (entry,))


def place_at(store: Store, query: EntryQuery, wanted: int | str) -> Place:
    """Where what was typed would stand: a number, seconds UTC, or the beginning of a text."""
    column, descending = query.order.column, query.order.descending
    if isinstance(wanted, int):
        return Place("had" if column == "last" else "all", (wanted,), included=True)
    if column in ("serial", "code"):
        key = code_key(wanted) if column == "serial" else "".join(words(wanted))
    elif query.register is Register.DEVICES and column == "name":
        key = words_key(wanted)
    else:
        key = _key(store, wanted)
    name = "all" if column == "code" or (column == "name" and query.register is not Register.DEVICES) else "some"
    return Place("owned" if column == "owner" else name, (key + LAST_LETTER if descending else key,), included=True)


def _key(store: Store, text: str) -> str:
    return letters(text, alphabet_of(store.alphabet))
