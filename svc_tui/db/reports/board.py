"""What the dashboard asks of the open jobs. All of it is read from the index of open jobs, however many are done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.records import Stage

_NOT_OVER = "a.stage IN (0, 1, 2, 3)"
"""As the index has it. A job without a status is not over, though it counts for none of the open ones."""
_OPEN = f"{_NOT_OVER} AND a.stage > 0"


def _from(store: Store) -> str:
    """The jobs, by the index of the open ones: SQLite would walk all jobs of every person for the order of groups."""
    return "activity a INDEXED BY activity_open" if store.dialect == "sqlite" else "activity a"


class Moments(NamedTuple):
    """The times that jobs are counted by, seconds UTC."""

    now: int
    today_ends: int
    tomorrow_ends: int
    still_since: int
    """What nobody has touched since then stands still."""


class Grouped(NamedTuple):
    """Jobs of one person in one status that are not over."""

    responsible: int | None
    status: int | None
    stage: int
    jobs: int
    late: int
    today: int
    """Due later today."""
    tomorrow: int
    still: int
    """Untouched for long."""
    oldest: int
    """When the oldest of them was registered."""


class OpenJob(NamedTuple):
    """An open job as far as it is work."""

    id: int
    responsible: int | None
    stage: int
    type: int | None
    priority: int | None
    late_at: int | None
    created_at: int
    left: int
    """Work, in seconds."""


def grouped(store: Store, moments: Moments, types: Collection[int] | None) -> list[Grouped]:
    """Jobs that are not over by responsible and status. Index: activity_open.

    Args:
        store: The database.
        moments: What is late, today and tomorrow.
        types: Only jobs of these types; None for all.
    """
    among, values = _of_types(types)
    rows = store.sql(
        "SELECT a.responsible_id, a.status_id, a.stage, COUNT(*),"
        " SUM(CASE WHEN a.late_at < ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN a.late_at >= ? AND a.late_at < ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN a.late_at >= ? AND a.late_at < ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN a.touched_at < ? THEN 1 ELSE 0 END),"
        f" MIN(a.created_at) FROM {_from(store)} WHERE {_NOT_OVER}{among}"
        " GROUP BY a.responsible_id, a.status_id, a.stage",
        (
            moments.now,
            moments.now,
            moments.today_ends,
            moments.today_ends,
            moments.tomorrow_ends,
            moments.still_since,
            *values,
        ),
    )
    return [Grouped(*(None if cell is None else int(cell) for cell in row)) for row in rows]  # type: ignore[arg-type]


def open_jobs(store: Store, types: Collection[int] | None, responsible: Iterable[int | None] | None) -> list[OpenJob]:
    """Open jobs. Index: activity_open.

    Args:
        store: The database.
        types: Only jobs of these types; None for all.
        responsible: Only jobs of these people; None for everybody's.
    """
    among, values = _of_types(types)
    people = None if responsible is None else list(responsible)
    theirs, names = _of_people(people)
    rows = store.sql(
        "SELECT a.id, a.responsible_id, a.stage, a.type_id, a.priority_id, a.late_at, a.created_at,"
        f" a.work_left FROM {_from(store)} WHERE {_OPEN}{among}{theirs}",
        (*values, *names),
    )
    return [OpenJob(*row) for row in rows]


def _of_types(types: Collection[int] | None) -> tuple[str, list[int]]:
    if types is None:
        return "", []
    return f" AND a.type_id IN ({', '.join('?' * len(types)) or 'NULL'})", sorted(types)


def _of_people(people: list[int | None] | None) -> tuple[str, list[int]]:
    if people is None:
        return "", []
    named = [who for who in people if who is not None]
    parts = [f"a.responsible_id IN ({', '.join('?' * len(named))})"] if named else []
    if len(named) < len(people):
        parts.append("a.responsible_id IS NULL")
    return f" AND ({' OR '.join(parts) or '1 = 0'})", named


def responsible_of(store: Store, jobs: Collection[int]) -> set[int | None]:
    """Who has these jobs; None where nobody has one."""
    found: set[int | None] = set()
    for chunk, marks in in_chunks(jobs):
        found.update(who for (who,) in store.sql(
            f"SELECT DISTINCT responsible_id FROM activity WHERE id IN ({marks})", chunk
        ))  # fmt: skip
    return found


def done_types(store: Store, since: int) -> set[tuple[int, int]]:
    """Who was responsible for a job of which type since a moment. Index: responsible_id, start_at."""
    rows = store.sql(
        "SELECT DISTINCT a.responsible_id, a.type_id FROM activity a"
        " WHERE a.start_at >= ? AND a.responsible_id IS NOT NULL AND a.type_id IS NOT NULL",
        (since,),
    )
    return {(int(who), int(kind)) for who, kind in rows}


def finished_types(store: Store, who: int, since: int) -> dict[int, int]:
    """How many jobs of each type somebody has finished since a moment. Index: responsible_id, start_at."""
    rows = store.sql(
        "SELECT a.type_id, COUNT(*) FROM activity a"
        " WHERE a.responsible_id = ? AND a.start_at >= ? AND a.stage = ? AND a.type_id IS NOT NULL GROUP BY a.type_id",
        (who, since, int(Stage.DONE)),
    )
    return {int(kind): int(jobs) for kind, jobs in rows}


def lacking_parts(store: Store, jobs: Collection[int]) -> set[int]:
    """Those of the jobs for which a part is still needed or ordered. Index: activity_line_activity_id."""
    found: set[int] = set()
    for chunk, marks in in_chunks(jobs):
        rows = store.sql(
            f"SELECT DISTINCT activity_id FROM activity_line WHERE activity_id IN ({marks})"
            " AND state IN ('needed', 'ordered')",
            chunk,
        )
        found.update(job for (job,) in rows)
    return found


def numbers_of(store: Store, jobs: Collection[int]) -> dict[int, tuple[int, str]]:
    """Number and subject of jobs, by their ids."""
    found: dict[int, tuple[int, str]] = {}
    for chunk, marks in in_chunks(jobs):
        for job, number, subject in store.sql(f"SELECT id, number, subject FROM activity WHERE id IN ({marks})", chunk):
            found[job] = (number, subject)
    return found
