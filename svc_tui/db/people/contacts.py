"""Queries on contacts, products and devices: what the pickers show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from svc_tui.db.core import search
from svc_tui.db.core.engine import Row, Store
from svc_tui.db.lists import ordering
from svc_tui.domain.device_text import KnownModel
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.records import ContactKind, ContactRow, DeviceRow, ProductRow

_CONTACT = (
    "c.id, c.number, c.name, COALESCE(NULLIF(c.phone, ''), c.mobile), c.email, c.address,"
    " c.post_code, c.city, c.is_customer, c.is_supplier"
)
_SORTED = 200
"""So many names that begin alike are put into the order of letters; of more, those with the first search keys."""

_KINDS = {"all": "", "customer": " AND c.is_customer", "supplier": " AND c.is_supplier"}
_PRODUCT = "p.id, p.code, p.name, p.kind, p.unit, p.price, p.stock, p.ean"
_DEVICE = "id, owner_id, brand, model, serial"
_MOST_MODELS = 500


class Person(NamedTuple):
    """A contact person."""

    id: int
    name: str
    phone: str
    email: str


class Findable(NamedTuple):
    """What a contact is found by itself, and its persons."""

    names: tuple[str, ...]
    email: str
    vat_number: str
    phones: tuple[str, ...]
    persons: tuple[Person, ...]


def _contact(row: Row) -> ContactRow:
    town = " ".join(part for part in (row[6], row[7]) if part)
    return ContactRow(row[0], row[1], row[2], row[3], row[4], row[5], town, bool(row[8]), bool(row[9]))


def _between(column: str, prefix: str) -> tuple[str, list[object]]:
    """A prefix as a range, which an index on a plain text column serves in both databases."""
    return f"{column} >= ? AND {column} < ?", [prefix, prefix + "\U0010ffff"]


def contacts_by_name(store: Store, key: str, kind: ContactKind, limit: int) -> list[ContactRow]:
    """Contacts whose name begins with the search key, by name as lists are sorted. Index: name_key; contact_by_name."""
    condition, parameters = _between("c.name_key", key) if key else ("c.id > 0", [])
    order = "c.name_key" if key else ordering.letters_sql(store, "c.name")
    rows = store.sql(
        f"SELECT {_CONTACT} FROM contact c WHERE {condition} AND NOT c.retired{_KINDS[kind]}"
        f" ORDER BY {order}, c.id LIMIT {max(limit, _SORTED)}",
        parameters,
    )
    return [_contact(row) for row in _by_letters(store, rows, 2)[:limit]]


def _by_letters(store: Store, rows: list[Row], place: int) -> list[Row]:
    """The rows sorted by the text at a place, as the shop's language does; ties stay as they are."""
    alphabet = alphabet_of(store.alphabet)
    return sorted(rows, key=lambda row: letters(str(row[place]), alphabet))


def contacts_by_words(store: Store, words: Sequence[str], kind: ContactKind, limit: int) -> list[ContactRow]:
    """Contacts in whose entry every word is found as a prefix, newest first. Index: contact_search."""
    found, parameters = search.matching(store, "contact_search", words)
    rows = store.sql(
        f"SELECT {_CONTACT} FROM contact c WHERE c.id IN ({found}) AND NOT c.retired{_KINDS[kind]}"
        f" ORDER BY c.id DESC LIMIT {limit}",
        parameters,
    )
    return [_contact(row) for row in rows]


Names = Literal["contact.name_key", "product.name_key", "device.words_key", "device.serial_key", "activity.project_key"]


def is_name(store: Store, names: Names, key: str, *, is_begun: bool) -> bool:
    """Whether something, retired or not, is called so: by the words of the key, and perhaps more behind them.

    Args:
        store: The database.
        names: The table and column of keys to look in.
        key: What is looked for.
        is_begun: Whether the last word may be the beginning of one.

    Index: that of the column.
    """
    table, _, column = names.partition(".")
    condition, parameters = _between(column, key if is_begun else f"{key} ")
    filled = f"{column} <> '' AND " if names == "activity.project_key" else ""  # the index holds no others
    found = store.sql(f"SELECT 1 FROM {table} WHERE {filled}{condition} LIMIT 1", parameters)
    return bool(found or store.sql(f"SELECT 1 FROM {table} WHERE {filled}{column} = ? LIMIT 1", (key,)))


def ids_by_words(store: Store, words: Sequence[str], limit: int) -> list[int]:
    """Ids of contacts, retired ones included, in whose entry every word is found as a prefix. Index: contact_search."""
    found, parameters = search.matching(store, "contact_search", words)
    return [row[0] for row in store.sql(f"{found} LIMIT {limit}", parameters)]


def town_of(store: Store, post_code: str) -> str:
    """The town that the last contact with this post code lives in. No index: asked once for a new contact."""
    rows = store.sql(
        "SELECT city FROM contact WHERE post_code = ? AND city <> '' ORDER BY id DESC LIMIT 1", (post_code,)
    )
    return str(rows[0][0]) if rows else ""


def names_and_persons(store: Store, contact_ids: Sequence[int]) -> dict[int, Findable]:
    """What those of these contacts are found by themselves that have persons. Index: contact_id."""
    persons = persons_of(store, contact_ids)
    ids = sorted({person[0] for person in persons})
    if not ids:
        return {}
    own = store.sql(
        "SELECT id, number, name, city, email, vat_number, phone, mobile FROM contact"
        f" WHERE id IN ({','.join('?' * len(ids))})",
        ids,
    )
    return {
        row[0]: Findable(
            (str(row[1]), row[2], row[3]), row[4], row[5], (row[6], row[7]),
            tuple(Person(*person[1:]) for person in persons if person[0] == row[0]),
        )
        for row in own
    }  # fmt: skip


def any_by_words(store: Store, words: Sequence[str]) -> bool:
    """Whether there is such a contact, in use or not. Index: contact_search."""
    found, parameters = search.matching_at_once(store, "contact_search", words)
    return bool(store.sql(f"{found} LIMIT 1", parameters))


def contact_by_id(store: Store, contact_id: int) -> ContactRow | None:
    rows = store.sql(f"SELECT {_CONTACT} FROM contact c WHERE c.id = ?", (contact_id,))
    return _contact(rows[0]) if rows else None


def contact_by_number(store: Store, number: int, kind: ContactKind, *, retired: bool = False) -> ContactRow | None:
    """The contact with a number, also one that is `retired` where it may be. Index: number."""
    used = "" if retired else " AND NOT c.retired"
    rows = store.sql(f"SELECT {_CONTACT} FROM contact c WHERE c.number = ?{used}{_KINDS[kind]}", (number,))
    return _contact(rows[0]) if rows else None


def persons_of(store: Store, contact_ids: Sequence[int]) -> list[tuple[int, int, str, str, str]]:
    """(contact, id, name, phone, e-mail) of the persons of these contacts. Index: contact_id."""
    if not contact_ids:
        return []
    marks = ",".join("?" * len(contact_ids))
    rows = store.sql(
        f"SELECT contact_id, id, name, phone, email FROM contact_person WHERE contact_id IN ({marks})"
        " AND NOT retired ORDER BY id",
        contact_ids,
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in _by_letters(store, rows, 2)]


def product_by_code(store: Store, code_key: str, written: str = "") -> ProductRow | None:
    """The product with this code: of several that differ in their punctuation only, the one written so.

    Index: code_key.
    """
    rows = store.sql(
        f"SELECT {_PRODUCT} FROM product p WHERE p.code_key = ? AND NOT p.retired"
        " ORDER BY p.code <> ?, lower(p.code) <> ?, p.id LIMIT 1",
        (code_key, written, written.lower()),
    )
    return ProductRow(*rows[0]) if rows else None


def product_by_ean(store: Store, ean: str) -> ProductRow | None:
    """Index: ean."""
    rows = store.sql(f"SELECT {_PRODUCT} FROM product p WHERE p.ean = ? AND NOT p.retired LIMIT 1", (ean,))
    return ProductRow(*rows[0]) if rows else None


def product_by_id(store: Store, product_id: int) -> ProductRow | None:
    rows = store.sql(f"SELECT {_PRODUCT} FROM product p WHERE p.id = ?", (product_id,))
    return ProductRow(*rows[0]) if rows else None


def products_by_prefix(store: Store, column: Literal["code_key", "name_key"], key: str, limit: int) -> list[ProductRow]:
    """Products whose code or name begins with the key. Index: code_key, name_key."""
    condition, parameters = _between(f"p.{column}", key)
    rows = store.sql(
        f"SELECT {_PRODUCT} FROM product p WHERE {condition} AND NOT p.retired ORDER BY p.{column}, p.id"
        f" LIMIT {limit if column == 'code_key' else max(limit, _SORTED)}",
        parameters,
    )
    found = rows if column == "code_key" else _by_letters(store, rows, 2)[:limit]
    return [ProductRow(*row) for row in found]


def products_by_words(store: Store, words: Sequence[str], limit: int) -> list[ProductRow]:
    """Products in whose entry every word is found as a prefix. Index: product_search."""
    found, parameters = search.matching(store, "product_search", words)
    rows = store.sql(
        f"SELECT {_PRODUCT} FROM product p WHERE p.id IN ({found}) AND NOT p.retired ORDER BY p.id LIMIT {limit}",
        parameters,
    )
    return [ProductRow(*row) for row in rows]


def devices_of(store: Store, owner_id: int) -> list[DeviceRow]:
    """A contact's devices, the last registered first. Index: owner_id."""
    rows = store.sql(
        f"SELECT {_DEVICE} FROM device WHERE owner_id = ? AND NOT retired ORDER BY id DESC LIMIT 200", (owner_id,)
    )
    return [DeviceRow(*row) for row in rows]


def devices_by_serial(store: Store, serial_key: str, limit: int) -> list[DeviceRow]:
    """Devices whose serial number begins with the key. Index: serial_key."""
    condition, parameters = _between("serial_key", serial_key)
    rows = store.sql(
        f"SELECT {_DEVICE} FROM device WHERE {condition} AND NOT retired ORDER BY id DESC LIMIT {limit}", parameters
    )
    return [DeviceRow(*row) for row in rows]


def ids_by_serial(store: Store, beginnings: Sequence[str], limit: int) -> list[int]:
    """Ids of devices, retired ones included, whose serial number begins so: with the one key. Index: serial_key."""
    condition, parameters = _between("serial_key", *beginnings)
    return [row[0] for row in store.sql(f"SELECT id FROM device WHERE {condition} LIMIT {limit}", parameters)]


def devices_with_serial(store: Store, serial_key: str) -> list[DeviceRow]:
    """Devices with this very serial number, the last registered first. Index: serial_key."""
    rows = store.sql(
        f"SELECT {_DEVICE} FROM device WHERE serial_key = ? AND NOT retired ORDER BY id DESC", (serial_key,)
    )
    return [DeviceRow(*row) for row in rows]


def registered_with(store: Store, device_ids: Sequence[int]) -> dict[int, int]:
    """Devices that were registered with the one job that has them: that job, by device.

    Indexes: change (table_name, row_id), change (activity_id, change_set_id), activity (device, start_at, id).
    """
    if not device_ids:
        return {}
    rows = store.sql(
        "SELECT c.row_id, a.id FROM change c JOIN activity a ON a.device_id = c.row_id"
        " WHERE c.table_name = 'device' AND c.field = '' AND c.old IS NULL"
        f" AND c.row_id IN ({','.join('?' * len(device_ids))})"
        " AND EXISTS (SELECT 1 FROM change j WHERE j.activity_id = a.id AND j.change_set_id = c.change_set_id)"
        " AND NOT EXISTS (SELECT 1 FROM activity o WHERE o.device_id = c.row_id AND o.id <> a.id)",
        device_ids,
    )
    return {row[0]: row[1] for row in rows}


def models_of(store: Store, first: str) -> list[KnownModel]:
    """The models of every brand that begins with a folded word. Index: device_by_name."""
    condition, parameters = _between("name_key", first)
    return [
        KnownModel(*row)
        for row in store.sql(
            f"SELECT DISTINCT brand, model FROM device WHERE {condition} LIMIT {_MOST_MODELS}", parameters
        )
    ]


def device_by_id(store: Store, device_id: int) -> DeviceRow | None:
    rows = store.sql(f"SELECT {_DEVICE} FROM device WHERE id = ?", (device_id,))
    return DeviceRow(*rows[0]) if rows else None


def names_of(store: Store, ids: Sequence[int]) -> dict[int, str]:
    """Names of contacts by id."""
    return {row[0]: row[1] for row in _by_id(store, "SELECT id, name FROM contact", ids)}


def _by_id(store: Store, select: str, ids: Sequence[int]) -> list[Row]:
    return store.sql(f"{select} WHERE id IN ({','.join('?' * len(ids))})", ids) if ids else []
