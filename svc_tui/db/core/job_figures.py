"""What statistics add up of each job, stored: work on it, and how long it waited before it was finished.

Hours are thousandths: used, where that is said, else planned. Waiting is in seconds of the shop's hours, of the spans
in a waiting status that ended by the first finish; a job that was never finished has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.records import Stage

_WAITED: Final = (
    "COALESCE((SELECT SUM(s.worked) FROM job_span s WHERE s.activity_id = activity.id"
    f" AND s.stage = {int(Stage.WAITING)} AND s.to_at <= activity.first_done_at), 0)"
)
_HOURS: Final = (
    "COALESCE((SELECT SUM(COALESCE(l.used, l.planned)) FROM activity_line l WHERE l.activity_id = activity.id"
    " AND l.kind = 'hours'), 0)"
)
_BATCH: Final = 10_000


def wait(store: Store, ids: Collection[int]) -> None:
    """How long jobs waited whose status changed. Index: job_span_activity_id_from_at."""
    for chunk, marks in in_chunks(ids):
        store.execute_sql(
            f"UPDATE activity SET waited = {_WAITED} WHERE id IN ({marks})"
            " AND (first_done_at IS NOT NULL OR waited <> 0)",
            chunk,
        )


def bring_all(store: Store, told: Callable[[int, int], None] | None = None) -> None:
    """Both of every job, within a transaction.

    Args:
        store: The database.
        told: Is told how many jobs of how many are done.
    """
    last, whole = store.sql("SELECT COALESCE(MAX(id), 0), COUNT(*) FROM activity")[0]
    for first in range(0, last + 1, _BATCH):
        if told is not None:
            told(min(first, whole), whole)
        store.execute_sql(
            f"UPDATE activity SET waited = {_WAITED}, hours = {_HOURS} WHERE id >= ? AND id < ?",
            (first, first + _BATCH),
        )


def wrong_jobs(store: Store) -> list[int]:
    """Numbers of the jobs of which one of them is not what its lines and its spans say."""
    rows = store.sql(
        f"SELECT number FROM activity WHERE hours <> {_HOURS} OR waited <> {_WAITED} ORDER BY number"
    )  # fmt: skip
    return [int(row[0]) for row in rows]
