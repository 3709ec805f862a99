"""Writing many rows at once through a change set: the way in for imports.

The rows are inserted by one statement, the history and the search index are written by the change set as for every
other act, so what an import did is told, undone and found like anything else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from svc_tui.db.changes import DERIVED, Changes, Value, Values, fields_of
from svc_tui.db.engine import Row, Store
from svc_tui.db.models import Contact, ContactPerson, Counter, Product, Table
from svc_tui.domain.errors import N_, NotFound

CHUNK: Final = 500

_CONTACT: Final = tuple(fields_of(Contact))
_PERSON: Final = tuple(fields_of(ContactPerson))
_PRODUCT: Final = tuple(fields_of(Product))


def reserve_ids(store: Store, table: type[Table], count: int) -> Iterable[int]:
    """So many ids that no row has; inside the transaction that uses them."""
    name = _name(table)
    if store.dialect == "sqlite":
        # The one writer there is holds the database, so nobody can take the next ids.
        highest = store.sql(f"SELECT COALESCE(max(id), 0) FROM {name}")[0][0]
        return range(highest + 1, highest + 1 + count)
    rows = store.sql(f"SELECT nextval(pg_get_serial_sequence('{name}', 'id')) FROM generate_series(1, ?)", (count,))
    return [row[0] for row in rows]


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


def insert_rows(changes: Changes, table: type[Table], rows: Mapping[int, Values]) -> None:
    """Create rows under reserved ids; fields that a row leaves out have the table's defaults."""
    if not rows:
        return
    fields = [field for field in _meta(table).sorted_fields if field.name != "id"]
    defaults: Values = {field.name: field.default for field in fields}
    columns = ", ".join(("id", *(field.column_name for field in fields)))
    marks = ", ".join("?" * (len(fields) + 1))
    complete = {row_id: defaults | row for row_id, row in rows.items()}
    changes.store.execute_many(
        f"INSERT INTO {_name(table)}({columns}) VALUES ({marks})",
        [(row_id, *row.values()) for row_id, row in complete.items()],
    )
    for row_id, row in rows.items():
        changes.note(table, row_id, row, "", None, json.dumps(row, ensure_ascii=False))


def update_rows(changes: Changes, table: type[Table], updates: Sequence[tuple[int, Values, Values]]) -> None:
    """Change rows: id, the row as it is stored (read in this transaction), and the fields that differ."""
    by_fields: dict[tuple[str, ...], list[tuple[int, Values]]] = defaultdict(list)
    for row_id, _before, changed in updates:
        by_fields[tuple(sorted(changed))].append((row_id, changed))
    columns = {field.name: field.column_name for field in _meta(table).sorted_fields}
    for names, group in by_fields.items():
        assignments = ", ".join(f"{columns[name]} = ?" for name in names)
        changes.store.execute_many(
            f"UPDATE {_name(table)} SET {assignments}, version = version + 1 WHERE id = ?",
            [(*(changed[name] for name in names), row_id) for row_id, changed in group],
        )
    for row_id, before, changed in updates:
        for name, value in changed.items():
            if name not in DERIVED:
                changes.note(table, row_id, before, name, json.dumps(before[name]), json.dumps(value))


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
