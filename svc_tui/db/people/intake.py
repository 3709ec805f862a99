"""What is known of a device that comes in again, and of the parts a job still waits for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks

_LATEST = 50


class EarlierJob(NamedTuple):
    """Another job on the same device."""

    number: int
    subject: str
    stage: int
    done_at: int | None
    fault_found: str


def jobs_on_device(store: Store, device_id: int, but: int | None) -> list[EarlierJob]:
    """The latest jobs on a device, the newest first. Index: (device, start_at, id)."""
    rows = store.sql(
        "SELECT number, subject, stage, done_at, fault_found FROM activity WHERE device_id = ? AND id <> ?"
        f" ORDER BY start_at DESC, id DESC LIMIT {_LATEST}",
        (device_id, but or 0),
    )
    return [EarlierJob(*row) for row in rows]


def parts_needed(store: Store, activity_id: int) -> list[str]:
    """What a job's lines call the parts that are still needed. Index: activity_id of activity_line."""
    rows = store.sql(
        "SELECT code, text FROM activity_line WHERE activity_id = ? AND state = 'needed' ORDER BY position, id",
        (activity_id,),
    )
    return [row[1] or row[0] for row in rows]


def jobs_waiting(store: Store, ids: Iterable[int]) -> int:
    """How many of these jobs have lines whose parts are still needed. Index: activity_id of activity_line."""
    return sum(
        store.sql(
            "SELECT count(DISTINCT activity_id) FROM activity_line"
            f" WHERE activity_id IN ({marks}) AND state = 'needed'",
            chunk,
        )[0][0]
        for chunk, marks in in_chunks(ids)
    )
