"""Filling a fresh shop with many rows at once: the demo shop, and whatever measures with a million jobs.

Nothing is derived here and no history is made: the caller hands over complete rows with their ids. On SQLite the
indexes are left out while rows are written and built afterwards in one go, which is also what makes them compact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import peewee

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.indexing import ENTRIES
from svc_tui.db.core.shop_models import Counter
from svc_tui.db.core.sqlite_file import PRAGMAS
from svc_tui.db.core.tables import AnyTable, described, model_of
from svc_tui.domain.text import words, words_key

_FAST = (
    ("synchronous", 0),  # a fresh file is thrown away after a power cut
    ("foreign_keys", 0),  # the parents are written by the same program; a test checks every key
    ("cache_size", -64_000),
)
_INDEXES = tuple(f"{table.name}_search" for table in ENTRIES)
_HASH_BYTES = 16 << 20
_DEFAULT_HASH_BYTES = 1 << 20
_SQLITE_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
_POSTGRESQL_INDEXES = (
    "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema() AND i.tablename = ?"
    " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
)


@contextmanager
def fast(store: Store) -> Iterator[None]:
    """Write without waiting for the disk; outside any transaction, on a fresh database only."""
    if store.dialect == "postgresql":
        yield
        return
    usual = dict(PRAGMAS)
    _set(store, _FAST)
    try:
        yield
    finally:
        _set(store, [(name, usual[name]) for name, _ in _FAST])
    # The first full checkpoint brings to the disk what was written without waiting for it.
    with store.transaction():
        store.execute(Counter.update(value=Counter.value).where(Counter.name == "activity"))
    store.sql("PRAGMA wal_checkpoint(TRUNCATE)")


def work_products(store: Store) -> list[Row]:
    """The hours and resources of the shop: id, kind, code, name, unit and price, in their order."""
    return store.sql("SELECT id, kind, code, name, unit, price FROM product WHERE kind <> 'part' ORDER BY id")


def _set(store: Store, pragmas: Iterable[tuple[str, int]]) -> None:
    for name, value in pragmas:
        store.execute_sql(f"PRAGMA {name} = {value}")


class Bulk:
    """Writes whole tables. `begin` and `finish` stand in the caller's first and last transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._dropped: list[Row] = []
        self._tables: list[str] = []

    def begin(self, scattered: Sequence[AnyTable], in_order: Sequence[AnyTable]) -> None:
        """Leave out the indexes of the scattered tables until `finish`.

        Tables that come in the order of their keys keep theirs: that costs little, while building an index sorts
        in memory (this SQLite knows no other place), 800 MB for the history of a million jobs.
        """
        self._tables = [_name(table) for table in (*scattered, *in_order)]
        known = _SQLITE_INDEXES if self._store.dialect == "sqlite" else _POSTGRESQL_INDEXES
        for table in scattered:
            self._dropped += self._store.sql(known, (_name(table),))
        for name, _ in self._dropped:
            self._store.execute_sql(f'DROP INDEX "{name}"')
        self._hash_bytes(_HASH_BYTES)

    def finish(self) -> None:
        """Build the indexes, and join the word index's segments, each of which costs every search a look."""
        for _, sql in self._dropped:
            self._store.execute_sql(sql)
        self._dropped = []
        self._hash_bytes(_DEFAULT_HASH_BYTES)
        if self._store.dialect == "sqlite":
            for index in _INDEXES:
                self._store.execute_sql(f"INSERT INTO {index}({index}) VALUES('optimize')")
            return
        for name in self._tables:
            # `false`: this id has not been given out yet; the next row would skip it otherwise.
            follows = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ?, false)"
            self._store.sql(follows, (self.next_id_of(name),))
            self._store.execute_sql(f'ANALYZE "{name}"')

    def _hash_bytes(self, size: int) -> None:
        """How many words FTS5 gathers before it writes a segment."""
        if self._store.dialect == "sqlite":
            for index in _INDEXES:
                self._store.execute_sql(f"INSERT INTO {index}({index}, rank) VALUES('hashsize', {size})")

    def next_id(self, table: AnyTable) -> int:
        """The id after the last one in use."""
        return self.next_id_of(_name(table))

    def next_id_of(self, name: str) -> int:
        return int(self._store.sql(f'SELECT COALESCE(max(id), 0) + 1 FROM "{name}"')[0][0])

    def write(self, table: AnyTable, fields: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows of values for `fields`; every other column gets its default."""
        for key, texts in described(table).keys.items():
            places = [fields.index(name) for name in texts if name in fields]
            rows = [(*row, _key_of(tuple(str(row[place]) for place in places))) for row in rows]
            fields = (*fields, key)
        meta = _meta(table)
        by_name = meta.fields
        defaults = {
            field.column_name: field.default
            for field in meta.sorted_fields
            if field.name not in fields and field.default is not None
        }
        columns = [by_name[name].column_name for name in fields]
        self._insert(_name(table), columns, rows, defaults)

    def write_words(self, index: str, entries: Iterable[tuple[int, set[str]]]) -> None:
        """Add entries to a word index, in the form `search` gives them."""
        rows = [(row_id, " ".join(sorted(found))) for row_id, found in entries if found]
        self._insert(index, ["rowid", "body"], rows, {})

    def _insert(self, name: str, columns: Sequence[str], rows: Sequence[Row], defaults: dict[str, object]) -> None:
        if not rows:
            return
        named = ", ".join(f'"{column}"' for column in (*columns, *defaults))
        if self._store.dialect == "sqlite":
            marks = ", ".join(["?"] * len(columns) + [_literal(value) for value in defaults.values()])
            self._store.execute_many(f'INSERT INTO "{name}"({named}) VALUES ({marks})', rows)
            return
        constant = tuple(defaults.values())
        with self._store.troubles(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # not in its stubs
            cursor = self._store.peewee.cursor()
            with cursor.copy(f'COPY "{name}" ({named}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row + constant)

    def raise_counter(self, series: str, value: int) -> None:
        """The last number drawn of a series."""
        self._store.execute(Counter.update(value=value).where(Counter.name == series))


def _name(table: AnyTable) -> str:
    return described(table).name


def _meta(table: AnyTable) -> Any:
    return model_of(table)._meta


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    if value == "":
        return "''"
    raise TypeError(f"not a default of the tables: {value!r}")


@lru_cache(maxsize=20_000)
def _key_of(texts: tuple[str, ...]) -> str:
    return words_key(*texts)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the word index holds them; kept, for demo texts repeat."""
    return tuple(words(text))
