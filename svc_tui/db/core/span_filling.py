"""Telling the spans of all jobs from their history: of a shop that had none, or where they were found wrong.

It goes on from where it was when it was killed, and notes that with each batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Final

from svc_tui.db.core import spans
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks

BATCH: Final = 1_000
"""Jobs in one transaction."""

Told = Callable[[int, int], None]


def fill(
    store: Store, transaction: Callable[[], AbstractContextManager[object]], told: Told, *, recounts: bool = False
) -> int:
    """Tell the spans of every job, and what follows from them; gives of how many jobs they were not that already.

    Args:
        store: The database.
        transaction: Begins one.
        told: Is told how many jobs of how many are done.
        recounts: Whether hours worked are counted anew by the hours as they are today.
    """
    whole = int(store.sql("SELECT count(*) FROM activity")[0][0])
    wrong = 0
    reached = int(store.sql("SELECT COALESCE(max(reached), 0) FROM reckoning")[0][0])
    done = int(store.sql("SELECT count(*) FROM activity WHERE id <= ?", (reached,))[0][0]) if reached else 0
    while ids := _next(store, reached):
        told(done, whole)
        with transaction():
            for made in spans.told_anew(store, ids, recounts=recounts):
                wrong += spans.write(store, made)
            reached = ids[-1]
            store.execute_sql("UPDATE reckoning SET reached = ?", (reached,))
        done += len(ids)
    with transaction():
        spans.forget(store, spans.lost(store))
        store.execute_sql("UPDATE reckoning SET reckoned = rules, reached = 0")
    told(whole, whole)
    return wrong


def wrong_jobs(store: Store) -> Iterator[int]:
    """The numbers of jobs whose spans, or what follows from them, are not what their history tells.

    While deadlines wait for being reckoned by other rules, they may be what they were.
    """
    settled = store.sql("SELECT count(*) FROM reckoning WHERE rules = reckoned")[0][0]
    reached = 0
    while ids := _next(store, reached):
        reached = ids[-1]
        for made in spans.told_anew(store, ids):
            wrong = [one.job.id for one in made if not (one.is_stored if settled else one.stands)]
            for chunk, marks in in_chunks(wrong):
                rows = store.sql(f"SELECT number FROM activity WHERE id IN ({marks}) ORDER BY id", chunk)
                yield from (row[0] for row in rows)


def _next(store: Store, reached: int) -> list[int]:
    rows = store.sql(f"SELECT id FROM activity WHERE id > ? ORDER BY id LIMIT {BATCH}", (reached,))
    return [row[0] for row in rows]
