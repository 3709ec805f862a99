"""What is known of a device that comes in again, and of the parts a job still waits for."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks

_LATEST = 50
_FAR = 2**62


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


class Repair(NamedTuple):
    """A job on a device as its card tells it."""

    id: int
    number: int
    start_at: int
    done_at: int | None
    stage: int
    subject: str
    fault_told: str
    fault_found: str
    work: str
    """What the lines that were used say."""


def repairs(store: Store, device_id: int, limit: int, before: Repair | None = None) -> list[Repair]:
    """Jobs on a device, the newest first; those that follow one.

    Index: (device, start_at, id); activity_id of activity_line.
    """
    place = (before.start_at, before.id) if before else (_FAR, _FAR)
    rows = store.sql(
        "SELECT id, number, start_at, done_at, stage, subject, fault_told, fault_found FROM activity"
        " WHERE device_id = ? AND (start_at, id) < (?, ?)"
        f" ORDER BY start_at DESC, id DESC LIMIT {limit}",
        (device_id, *place),
    )
    work: dict[int, list[str]] = {row[0]: [] for row in rows}
    for chunk, marks in in_chunks(work):
        for job, code, text in store.sql(
            f"SELECT activity_id, code, text FROM activity_line WHERE activity_id IN ({marks}) ORDER BY position, id",
            chunk,
        ):
            work[job].append(text or code)
    return [Repair(*(*row, ", ".join(work[row[0]]))) for row in rows]
