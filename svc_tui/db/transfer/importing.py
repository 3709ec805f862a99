"""What imports ask of the database: numbers for many rows, and which rows are there already.

The rows are written through a change set (many.py), so what an import did is told and found like anything else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from svc_tui.db.core.changes import Value, Values, fields_of
from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.people_models import Contact, ContactPerson, Product
from svc_tui.db.core.shop_models import Counter
from svc_tui.db.core.table import Table
from svc_tui.domain.errors import N_, NotFound
from svc_tui.domain.series import follows

CHUNK: Final = 500

_CONTACT: Final = tuple(fields_of(Contact))
_PERSON: Final = tuple(fields_of(ContactPerson))
_PRODUCT: Final = tuple(fields_of(Product))


def draw_contact_numbers(store: Store, count: int, brought: Iterable[int], taken: Collection[int] = ()) -> list[int]:
    """The next numbers for contacts, all above those that a file brought along, as far as the series follows them.

    The series stands at the highest number in use that it follows afterwards, as everywhere else.

    Args:
        store: The database, in a transaction.
        count: How many.
        brought: Numbers of the file.
        taken: Those of them that are not stored yet.
    """
    series = Counter.name == "contact"
    lock = " FOR UPDATE" if store.dialect == "postgresql" else ""
    found = store.sql(f"SELECT value FROM counter WHERE name = 'contact'{lock}")
    if not found:
        raise NotFound(N_("The number series {name} is missing; run svc-tui check."), name="contact")
    value = start = int(found[0][0])
    value = max([value, *(number for number in brought if follows(number, start))])
    drawn: list[int] = []
    while len(drawn) < count:
        wanted = range(value + 1, value + 1 + count - len(drawn))
        rows = store.sql("SELECT number FROM contact WHERE number BETWEEN ? AND ?", (wanted[0], wanted[-1]))
        used = {row[0] for row in rows} | set(taken)
        drawn += [number for number in wanted if number not in used]
        value = wanted[-1]
    store.execute(Counter.update(value=value).where(series))
    return drawn


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
    """Products with one of these values, whole. Indexes: code, code_key."""
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


def usual_rate_of_hours(store: Store) -> int | None:
    """The VAT rate of most products that are hours; None when there are none. Reads the products once an import."""
    found = store.sql(
        "SELECT vat_rate FROM product WHERE kind = 'hours' AND NOT retired GROUP BY vat_rate"
        " ORDER BY count(*) DESC, vat_rate DESC LIMIT 1"
    )
    return int(found[0][0]) if found else None
