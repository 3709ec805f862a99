"""A person's jobs in the order in which they must be done, and which of them cannot be in time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from svc_tui.db.lists import activities
from svc_tui.domain.planning.workload import Queue, Task
from svc_tui.domain.records import ActivityRow
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.planning import opening
from svc_tui.services.reports import board


class JobOf(NamedTuple):
    """A job as work: what a list shows of it, and what it takes."""

    row: ActivityRow
    task: Task
    over: int = 0
    """Work too much before its deadline; with it the job cannot be in time."""


class JobsOf(NamedTuple):
    """Somebody's jobs, what must be done first coming first."""

    tasks: tuple[Task, ...]
    over: Mapping[int, int]
    """Work too much, by the id of a job that cannot be in time."""


def jobs_of(session: Session, who: int | None, list_code: str = "") -> JobsOf:
    """The open jobs of somebody, or of nobody.

    Args:
        session: Who looks.
        who: Whose; None for those that nobody has.
        list_code: Only those of this list; empty for all. Hours are set against all lists in any case.

    Raises:
        NotAllowed: when this role may not.
    """
    session.require(Right.ACTIVITY_READ)
    every = board.tasks(session, "", [who])
    shown = every if not list_code else board.tasks(session, list_code, [who])
    return JobsOf(tuple(sorted(shown, key=lambda task: task.order)), too_much(session, who, every))


def too_much(session: Session, who: int | None, tasks: Collection[Task]) -> dict[int, int]:
    """Of somebody's jobs those that cannot be in time, and by how much work."""
    line = opening.calendars(session).people.get(who or 0)
    if line is None:
        return {}
    return {late.task.id: late.over for late in Queue(line, session.seconds(), tasks).lates()}


def rows_of(session: Session, tasks: Sequence[Task], over: Mapping[int, int]) -> list[JobOf]:
    """What a list shows of jobs, in their order; one that is gone is left out."""
    session.require(Right.ACTIVITY_READ)
    found = {row.id: row for row in activities.rows_of(session.store, [task.id for task in tasks])} if tasks else {}
    return [JobOf(found[task.id], task, over.get(task.id, 0)) for task in tasks if task.id in found]
