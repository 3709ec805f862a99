"""Making anew what rows are found by, keys beside their texts and entries in the word index, and the spans of jobs.

A shop whose rows were indexed by an earlier version, or by hand, is searched as a new one afterwards. It is done in
small transactions, so that others work meanwhile; what is interrupted is begun anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from svc_tui.db.core import indexing, job_figures
from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.indexing import ENTRIES
from svc_tui.db.core.rows import batches
from svc_tui.db.core.span_filling import fill
from svc_tui.db.core.tables import column_of
from svc_tui.domain.stored_keys import KEYED, Key, keys_of
from svc_tui.domain.tables import ACTIVITY, Described

_BATCH: Final = 1_000
"""Rows in one transaction: others wait 0.1 s for it."""

Told = Callable[[int, int], None]


class Anew(NamedTuple):
    """What was made anew."""

    entries: int
    """Rows whose words were indexed."""
    keys: int
    """Rows that stored another key than their texts have now."""
    spans: int = 0
    """Jobs whose times in statuses or deadlines were not what their history tells."""


def reindex(store: Store, told: Told) -> Anew:
    """Make all of it anew.

    Args:
        store: The database, of this version's schema.
        told: Is told how many rows of how many are done.

    Raises:
        DatabaseTrouble: when it refuses; what was done by then stays.
    """
    works = [(table, _key_anew) for table in KEYED] + [(table, _index_anew) for table in ENTRIES]
    jobs = _count(store, ACTIVITY)
    whole = sum(_count(store, table) for table, _ in works) + jobs
    done, keys = 0, 0
    for table in ENTRIES:
        _drop_lost(store, table)
    for table, work in works:
        for rows in batches(store, table.name, (), _BATCH):
            ids = [row[0] for row in rows]
            with store.transaction():
                keys += work(store, table, ids)
            done += len(ids)
            told(done, whole)
    with store.transaction():
        store.execute_sql("UPDATE reckoning SET reached = 0")
    spans = fill(store, store.transaction, lambda ready, _jobs: told(min(done + ready, whole), whole), recounts=True)
    with store.transaction():
        job_figures.bring_all(store)
    return Anew(sum(_count(store, table) for table in ENTRIES), keys, spans)


def _count(store: Store, table: Described) -> int:
    return int(store.sql(f"SELECT count(*) FROM {table.name}")[0][0])


def _drop_lost(store: Store, table: Described) -> None:
    """Entries of rows that are gone."""
    with store.transaction():
        store.execute_sql(f"DELETE FROM {table.name}_search WHERE rowid NOT IN (SELECT id FROM {table.name})")


def _index_anew(store: Store, table: Described, ids: list[int]) -> int:
    indexing.index(store, table, ids)
    return 0


def _key_anew(store: Store, table: Described, ids: list[int]) -> int:
    """Write the keys that differ from what the texts make now; gives of how many rows."""
    keys = keys_of(table)
    names = [name for key in keys for name in (key.field, *key.texts)]
    columns = ", ".join(column_of(table, name) for name in names)
    rows = store.sql(f"SELECT id, {columns} FROM {table.name} WHERE id BETWEEN ? AND ?", (ids[0], ids[-1]))
    wrong = [(*made, row[0]) for row in rows if (made := _made(keys, names, row)) != _stored(keys, names, row)]
    assigned = ", ".join(f"{column_of(table, key.field)} = ?" for key in keys)
    store.execute_many(f"UPDATE {table.name} SET {assigned} WHERE id = ?", wrong)
    return len(wrong)


def _made(keys: tuple[Key, ...], names: list[str], row: Row) -> tuple[str, ...]:
    texts = dict(zip(names, row[1:], strict=True))
    return tuple(key.make(*(str(texts[name] or "") for name in key.texts)) for key in keys)


def _stored(keys: tuple[Key, ...], names: list[str], row: Row) -> tuple[str, ...]:
    texts = dict(zip(names, row[1:], strict=True))
    return tuple(str(texts[key.field] or "") for key in keys)
