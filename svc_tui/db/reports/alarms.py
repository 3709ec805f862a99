"""What somebody is told of his own jobs: their deadlines, and those that became his."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store

_NOT_OVER = "stage IN (0, 1, 2, 3)"
"""As the indexes have it."""


class DueJob(NamedTuple):
    """A job with a deadline."""

    id: int
    number: int
    subject: str
    late_at: int


class GivenJob(NamedTuple):
    """A job that became somebody's."""

    id: int
    number: int
    subject: str
    at: int
    by: int | None
    """Who gave it to him; None for the program itself."""


def due_jobs(store: Store, who: int, until: int) -> list[DueJob]:
    """Somebody's jobs whose deadline is before a moment, the first coming first. Index: activity_open."""
    rows = store.sql(
        f"SELECT id, number, subject, late_at FROM activity WHERE {_NOT_OVER} AND responsible_id = ? AND late_at < ?"
        " ORDER BY late_at, id",
        (who, until),
    )
    return [DueJob(*row) for row in rows]


def next_due(store: Store, who: int, since: int) -> int | None:
    """When the next of somebody's jobs becomes late. Index: activity_open."""
    rows = store.sql(
        f"SELECT MIN(late_at) FROM activity WHERE {_NOT_OVER} AND responsible_id = ? AND late_at >= ?", (who, since)
    )
    return None if rows[0][0] is None else int(rows[0][0])


def given_jobs(store: Store, who: int, since: int) -> list[GivenJob]:
    """Open jobs that became somebody's since a moment by an act of another, the first coming first.

    Indexes: job_span_open, and the history of these few jobs.
    """
    found: list[GivenJob] = []
    for job, at in store.sql(
        f"SELECT activity_id, from_at FROM job_span WHERE {_NOT_OVER} AND to_at IS NULL AND from_at > ?"
        " AND responsible_id = ? ORDER BY from_at, activity_id",
        (since, who),
    ):
        acts = store.sql(
            "SELECT s.actor_id, s.at, a.number, a.subject FROM change c"
            " JOIN change_set s ON s.id = c.change_set_id JOIN activity a ON a.id = c.activity_id"
            " WHERE c.activity_id = ? AND c.table_name = 'activity' AND c.field IN ('', 'responsible')"
            " ORDER BY c.change_set_id DESC LIMIT 1",
            (job,),
        )
        for by, done_at, number, subject in acts:
            if by != who and done_at > since:
                found.append(GivenJob(job, number, subject, at, by))
    return found
