"""Single rows by id: insert, update, delete, read, with the statement made once per table and set of fields.

Peewee needs a quarter of a millisecond to write out one statement; a save runs some twenty of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import peewee
from peewee import BooleanField

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.tables import AnyTable, model_of
from svc_tui.domain.errors import N_, NotFound
from svc_tui.domain.operations import Value, Values

CHUNK = 400
"""Rows named by one statement; far below SQLite's limit of parameters."""

_COPIED = 100
"""From so many rows on PostgreSQL takes them faster as a copy."""


@cache
def fields_of(table: AnyTable) -> tuple[str, ...]:
    """Names of a table's fields in their order; a foreign key's is without `_id`."""
    return tuple(field.name for field in model_of(table)._meta.sorted_fields)


@cache
def _defaults(table: AnyTable) -> dict[str, Value]:
    return {field.name: field.default for field in model_of(table)._meta.sorted_fields if field.default is not None}


@cache
def booleans_of(table: AnyTable) -> frozenset[str]:
    """Names of the fields that are true or false; SQLite gives them as numbers."""
    return frozenset(field.name for field in model_of(table)._meta.sorted_fields if isinstance(field, BooleanField))


def _name(table: AnyTable) -> str:
    return f'"{model_of(table)._meta.table_name}"'


def _column(table: AnyTable, name: str) -> str:
    return f'"{model_of(table)._meta.fields[name].column_name}"'


@cache
def _insert(table: AnyTable, names: tuple[str, ...]) -> str:
    columns = ", ".join(_column(table, name) for name in names)
    return f"INSERT INTO {_name(table)} ({columns}) VALUES ({', '.join('?' * len(names))}) RETURNING id"


@cache
def _update(table: AnyTable, names: tuple[str, ...]) -> str:
    assignments = ", ".join(f"{_column(table, name)} = ?" for name in names)
    return f"UPDATE {_name(table)} SET {assignments} WHERE id = ?"


@cache
def _select(table: AnyTable) -> str:
    return f"SELECT {', '.join(_column(table, name) for name in fields_of(table))} FROM {_name(table)} WHERE id = ?"


def stored(table: AnyTable, names: Sequence[str], values: Mapping[str, Value]) -> list[Value]:
    """The values of these fields in the form that both databases take."""
    booleans = booleans_of(table)
    return [bool(values[name]) if name in booleans else values[name] for name in names]


def in_chunks(ids: Iterable[int], size: int = CHUNK) -> Iterator[tuple[tuple[int, ...], str]]:
    """Ids in ascending order, so many at a time, each with its `?` marks."""
    ordered = sorted(ids)
    for at in range(0, len(ordered), size):
        chunk = tuple(ordered[at : at + size])
        yield chunk, ",".join("?" * len(chunk))


def batches(store: Store, table: str, columns: Sequence[str], size: int) -> Iterator[list[Row]]:
    """All rows of a table in the order of their ids, so many at a time: of each the id, then these columns."""
    select = f"SELECT {', '.join(('id', *columns))} FROM {table} WHERE id > ? ORDER BY id LIMIT {size}"
    last = 0
    while rows := store.sql(select, (last,)):
        yield rows
        last = rows[-1][0]


def as_json(value: Value) -> str:
    """A value as the history holds it; three times as fast as the library for what is no text."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return json.dumps(value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def insert(store: Store, table: AnyTable, values: Mapping[str, Value]) -> int:
    """Create a row, with the defaults of the fields left out; gives its id."""
    whole = _defaults(table) | dict(values)
    names = tuple(sorted(whole))
    return int(store.sql(_insert(table, names), stored(table, names, whole))[0][0])


def insert_many(store: Store, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Create many rows of a table, of complete values for these columns."""
    named = ", ".join(f'"{column}"' for column in columns)
    if store.dialect == "sqlite" or len(rows) < _COPIED:
        marks = ", ".join("?" * len(columns))
        store.execute_many(f'INSERT INTO "{name}" ({named}) VALUES ({marks})', rows)
        return
    with store.troubles(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # not in its stubs
        cursor = store.peewee.cursor()
        with cursor.copy(f'COPY "{name}" ({named}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def update(store: Store, table: AnyTable, row_id: int, values: Mapping[str, Value]) -> None:
    """Write some fields of a row."""
    names = tuple(sorted(values))
    store.execute_sql(_update(table, names), [*stored(table, names, values), row_id])


def delete(store: Store, table: AnyTable, row_id: int) -> None:
    """Delete a row."""
    store.execute_sql(f"DELETE FROM {_name(table)} WHERE id = ?", (row_id,))


def read(store: Store, table: AnyTable, row_id: int, *, lock: bool = False) -> Values:
    """One row as a mapping from field name to value, foreign keys as ids.

    Args:
        store: The database.
        table: Which table.
        row_id: Which row.
        lock: Whether nobody else may change it until this transaction ends (on SQLite nobody can anyway).

    Raises:
        NotFound: when there is no such row.
    """
    suffix = " FOR UPDATE" if lock and store.dialect == "postgresql" else ""
    found = store.sql(_select(table) + suffix, (row_id,))
    if not found:
        raise NotFound(N_("This row is no longer there; somebody else deleted it. Press F5 to read again."))
    booleans = booleans_of(table)
    row = zip(fields_of(table), found[0], strict=True)
    return {name: bool(value) if name in booleans else value for name, value in row}
