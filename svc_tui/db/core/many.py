"""Many rows at once: read, created, changed and deleted with few statements, their history with them.

The rows of one act may be ten thousand; a statement a row would hold the database for seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from svc_tui.db.core.changes import Changes, Noted, image_of
from svc_tui.db.core.derived import Beside
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import CHUNK, booleans_of, fields_of, in_chunks, stored
from svc_tui.db.core.sqlite_file import PRAGMAS
from svc_tui.db.core.tables import AnyTable, described, model_of
from svc_tui.domain.operations import Act, Value, Values
from svc_tui.domain.tables import Described

Update = tuple[int, Mapping[str, Value], Mapping[str, Value]]
"""A row to change: its id, its values as they are stored, and the fields that differ."""

_ALIKE = 4
"""So many rows that get the same values are written by one statement, fewer by one each."""


_LARGE = 500
"""From so many rows on it pays to make room for them."""

_ROOM = (("cache_size", -64_000), ("wal_autocheckpoint", 0))


@contextmanager
def room_for(store: Store, count: int) -> Iterator[None]:
    """Around an act on many rows: memory for the pages it writes, and the log put into the file after it (SQLite).

    The log of ten thousand jobs is longer than what the next save would put into the file while others wait for it.
    """
    if store.dialect != "sqlite" or count < _LARGE:
        yield
        return
    usual = dict(PRAGMAS)
    for name, value in _ROOM:
        store.execute_sql(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        for name, _ in _ROOM:
            store.execute_sql(f"PRAGMA {name} = {usual[name]}")
        store.checkpoint()


def read_rows(
    store: Store, table: AnyTable, ids: Collection[int], fields: Sequence[str] = (), *, lock: bool = False
) -> dict[int, Values]:
    """Rows by id as mappings from field name to value, foreign keys as ids; those that are gone are not in it.

    Args:
        store: The database.
        table: Which table.
        ids: Which rows.
        fields: Which fields; all of them for none. The id is always among them.
        lock: Whether nobody else may change them until this transaction ends.
    """
    names = ("id", *(name for name in fields if name != "id")) if fields else fields_of(table)
    flags = [name for name in names if name in booleans_of(table)]
    found: dict[int, Values] = {}
    for chunk, marks in in_chunks(ids):
        for row in store.sql(f"{_select(table, names)} WHERE id IN ({marks}){_locked(store, lock)}", chunk):
            values: Values = dict(zip(names, row, strict=True))
            for name in flags:
                values[name] = bool(values[name])
            found[int(values["id"] or 0)] = values
    return found


def versions_of(store: Store, table: AnyTable, ids: Collection[int]) -> dict[int, int]:
    """The versions of rows as they stand; nobody else changes them until this transaction ends."""
    found: dict[int, int] = {}
    for chunk, marks in in_chunks(ids):
        sql = f"SELECT id, version FROM {_name(table)} WHERE id IN ({marks}){_locked(store, True)}"
        found.update((row[0], row[1]) for row in store.sql(sql, chunk))
    return found


def _locked(store: Store, lock: bool) -> str:
    # In the order of their ids, so that two acts on the same rows wait for each other instead of for ever.
    return " ORDER BY id FOR UPDATE" if lock and store.dialect == "postgresql" else ""


@cache
def _select(table: AnyTable, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{_column(table, name)}"' for name in names)
    return f"SELECT {columns} FROM {_name(table)}"


# -- writing -----------------------------------------------------------------------------------------------------


def reserve_ids(store: Store, table: AnyTable, count: int) -> Sequence[int]:
    """So many ids that no row has or ever had; inside the transaction that uses them."""
    name = _meta(table).table_name
    if store.dialect == "sqlite":
        # The one writer there is holds the database, so nobody can take the next ids.
        last = store.sql("SELECT COALESCE(max(seq), 0) FROM sqlite_sequence WHERE name = ?", (name,))[0][0]
        return range(last + 1, last + 1 + count)
    rows = store.sql(f"SELECT nextval(pg_get_serial_sequence('{name}', 'id')) FROM generate_series(1, ?)", (count,))
    return [row[0] for row in rows]


def insert_rows(changes: Changes, table: AnyTable, rows: Mapping[int, Mapping[str, Value]]) -> None:
    """Create rows under their ids (reserved, or those they had before); fields left out have the table's defaults."""
    if not rows:
        return
    table = described(table)
    fields = [field for field in _meta(table).sorted_fields if field.name != "id"]
    defaults: Values = {field.name: field.default for field in fields}
    names = tuple(field.name for field in fields)
    columns = ", ".join(f'"{name}"' for name in ("id", *(field.column_name for field in fields)))
    complete: list[tuple[int, Values]] = []
    for row_id, row in rows.items():
        values = defaults | dict(row)
        complete.append((row_id, values | changes.beside.of(table, values)))
    changes.store.execute_many(
        f"INSERT INTO {_name(table)}({columns}) VALUES ({', '.join('?' * (len(names) + 1))})",
        [(row_id, *stored(table, names, values)) for row_id, values in complete],
    )
    for row_id, values in complete:
        changes.note(table, row_id, values, "", None, image_of(table, values))


@dataclass(slots=True)
class Prepared:
    """Changes of rows, reckoned before the transaction that writes them: nobody else can save while it lasts."""

    table: Described
    updates: Sequence[Update]
    act: Act
    beside: Beside
    """What is written along with them, as it followed from the registers then."""
    alike: list[tuple[str, list[object]]] = field(default_factory=list)
    """Statements for many rows each."""
    single: list[tuple[str, list[Sequence[object]]]] = field(default_factory=list)
    """Statements for one row each, and their rows."""
    noted: Noted = field(default_factory=Noted)
    """The history."""


def prepare(store: Store, table: AnyTable, updates: Sequence[Update], act: Act) -> Prepared:
    """Make ready to change rows: what there is to reckon.

    Args:
        store: The database.
        table: Which table.
        updates: The rows.
        act: The act that will write them.
    """
    table = described(table)
    beside = Beside(store, act)
    prepared = Prepared(table, updates, act, beside)
    follows = _follows(table)
    alike: dict[tuple[tuple[str, Value], ...], list[int]] = defaultdict(list)
    for row_id, before, changed in updates:
        if changed:
            alike[tuple(sorted({**changed, **beside.of(table, changed, before)}.items()))].append(row_id)
            prepared.noted.update(table, row_id, before, changed)
    single: dict[tuple[str, ...], list[Sequence[object]]] = defaultdict(list)
    for pairs, ids in alike.items():
        written: Values = dict(pairs)
        names = tuple(sorted(written))
        values = stored(table, names, written)
        if len(ids) < _ALIKE:
            single[names] += [(*values, row_id) for row_id in ids]
            continue
        for chunk, marks in in_chunks(ids):
            sql = f"{_assigning(table, names, follows)} WHERE id IN ({marks})"
            prepared.alike.append((sql, [*values, *chunk]))
    prepared.single = [(f"{_assigning(table, names, follows)} WHERE id = ?", rows) for names, rows in single.items()]
    return prepared


def write_prepared(changes: Changes, prepared: Prepared) -> None:
    """Change the rows, which nobody touched since they were read; their versions rise by one."""
    store = changes.store
    if not prepared.beside.holds:
        prepared = prepare(store, prepared.table, prepared.updates, prepared.act)
    for sql, values in prepared.alike:
        store.execute_sql(sql, values)
    for sql, rows in prepared.single:
        store.execute_many(sql, rows)
    changes.note_all(prepared.noted)


def update_rows(changes: Changes, table: AnyTable, updates: Sequence[Update]) -> None:
    """Change rows that were read or looked over in this transaction; their versions rise by one."""
    write_prepared(changes, prepare(changes.store, table, updates, Act(changes.act, changes.at)))


def delete_rows(changes: Changes, table: AnyTable, rows: Mapping[int, Mapping[str, Value]]) -> None:
    """Delete rows, given whole as they are stored: their images go into the history."""
    for chunk, marks in in_chunks(rows):
        changes.store.execute_sql(f"DELETE FROM {_name(table)} WHERE id IN ({marks})", chunk)
    table = described(table)
    for row_id, row in rows.items():
        changes.note(table, row_id, row, "", image_of(table, row), None)


@cache
def _follows(table: AnyTable) -> str:
    return ", version = version + 1" if "version" in fields_of(table) else ""


@cache
def _assigning(table: AnyTable, names: tuple[str, ...], follows: str) -> str:
    assignments = ", ".join(f'"{_column(table, name)}" = ?' for name in names)
    return f"UPDATE {_name(table)} SET {assignments}{follows}"


def existing(store: Store, table: AnyTable, ids: Iterable[int]) -> set[int]:
    """Those of the ids that there are rows of."""
    found: set[int] = set()
    for chunk, marks in in_chunks(set(ids)):
        found.update(row[0] for row in store.sql(f"SELECT id FROM {_name(table)} WHERE id IN ({marks})", chunk))
    return found


def rows_with(
    store: Store, table: AnyTable, fields: Sequence[str], firsts: Iterable[Value]
) -> Iterator[tuple[Value, ...]]:
    """Id and fields of the rows with one of these values in the first field, which an index begins with."""
    columns = ", ".join(f'"{_column(table, name)}"' for name in ("id", *fields))
    values = list(firsts)
    for place in range(0, len(values), CHUNK):
        chunk = values[place : place + CHUNK]
        marks = ", ".join("?" * len(chunk))
        yield from store.sql(
            f'SELECT {columns} FROM {_name(table)} WHERE "{_column(table, fields[0])}" IN ({marks})', chunk
        )


def _meta(table: AnyTable) -> Any:
    return model_of(table)._meta


def _name(table: AnyTable) -> str:
    return f'"{_meta(table).table_name}"'


def _column(table: AnyTable, name: str) -> str:
    return str(_meta(table).fields[name].column_name)
