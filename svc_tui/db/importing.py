"""What imports ask of the database: numbers for many rows, and which rows are there already.

The rows are written through a change set (many.py), so what an import did is told and found like anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from svc_tui.db.changes import Value, Values, fields_of
from svc_tui.db.engine import Row, Store
from svc_tui.db.models import Contact, ContactPerson, Counter, Product, Table
from svc_tui.domain.errors import N_, NotFound

CHUNK: Final = 500

_CONTACT: Final = tuple(fields_of(Contact))
_PERSON: Final = tuple(fields_of(ContactPerson))
_PRODUCT: Final = tuple(fields_of(Product))


def draw_numbers(store: Store, series: str, count: int, at_least: int) -> range:
    """The next numbers of a series, without gap, all above `at_least`, which a file brought along.

    The series stands at the highest number in use afterwards, as everywhere else.
    """
    store.execute(Counter.update(value=at_least).where((Counter.name == series) & (Counter.value < at_least)))
    store.execute(Counter.update(value=Counter.value + count).where(Counter.name == series))
    last = store.value(Counter.select(Counter.value).where(Counter.name == series))
    if last is None:
        raise NotFound(N_("The number series {name} is missing; run svc-tui check."), name=series)
    return range(last - count + 1, last + 1)


def _meta(table: type[Table]) -> Any:
    return table._meta


def _name(table: type[Table]) -> str:
    return str(_meta(table).table_name)


# -- what is there already -----------------------------------------------------------------------------------------


def contacts_by(store: Store, column: str, values: Iterable[Value]) -> list[Values]:
    """Contacts with one of these values, whole. Indexes: id, number, external_key, name_key."""
    return _by(store, Contact, _CONTACT, column, values)


def persons_by_contact(store: Store, contact_ids: Iterable[int]) -> list[Values]:
    """Contact persons of these contacts, whole. Index: contact_id."""
    return _by(store, ContactPerson, _PERSON, "contact_id", contact_ids)


def products_by(store: Store, column: str, values: Iterable[Value]) -> list[Values]:
    """Products with one of these values, whole. Index: code_key."""
    return _by(store, Product, _PRODUCT, column, values)


def _by(store: Store, table: type[Table], fields: Sequence[str], column: str, values: Iterable[Value]) -> list[Values]:
    wanted = sorted(set(values), key=str)
    columns = ", ".join(field.column_name for field in _meta(table).sorted_fields)
    lock = " FOR UPDATE" if store.dialect == "postgresql" and store.in_transaction else ""
    found: list[Values] = []
    for at in range(0, len(wanted), CHUNK):
        chunk = wanted[at : at + CHUNK]
        rows: list[Row] = store.sql(
            f"SELECT {columns} FROM {_name(table)} WHERE {column} IN ({','.join('?' * len(chunk))}) ORDER BY id{lock}",
            chunk,
        )
        found += [dict(zip(fields, row, strict=True)) for row in rows]
    # SQLite knows no booleans; the history does.
    flags = [field.name for field in _meta(table).sorted_fields if field.field_type == "BOOL"]
    for values_of in found if store.dialect == "sqlite" else ():
        for name in flags:
            values_of[name] = bool(values_of[name])
    return found


def vat_numbers(store: Store) -> list[tuple[int, str]]:
    """(id, VAT number) of the contacts that have one. Reads the whole table, once an import."""
    return [(row[0], row[1]) for row in store.sql("SELECT id, vat_number FROM contact WHERE vat_number <> ''")]
