"""The next job for somebody: what is ready to be worked on, what must be done first on top; and taking it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from svc_tui.db.core import many
from svc_tui.db.core.changes import Values
from svc_tui.db.lists import activities
from svc_tui.db.reports import board as rows
from svc_tui.domain.errors import N_, DomainError, Invalid, NotFound
from svc_tui.domain.planning.workload import Task
from svc_tui.domain.records import ActivityRow, Stage
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.job_edits import READ, Edit, checked, made_of
from svc_tui.services.reports import board, may_do, person_jobs

_GONE = N_("Job {number} was taken by {name} meanwhile.")
_CHANGED = N_("Job {number} is not ready to be worked on any more; somebody changed it meanwhile.")
_NO_STATUS = N_("No status means being worked on: give one the stage working in the registers.")


class NextJobs(NamedTuple):
    """What somebody can take."""

    tasks: tuple[Task, ...]
    """What must be done first comes first."""
    over: Mapping[int, int]
    """Work too much before its deadline, by the id of a job that cannot be in time."""
    in_work: tuple[int, ...]
    """Numbers of the jobs that he is working on."""
    nobodys: int
    """Ready jobs that nobody has and that he may take."""
    lacking: int
    """Jobs of his that would be ready, if their parts were here."""


class Taken(DomainError):
    """Somebody else was faster, or the job is not ready any more."""


def next_jobs(session: Session, *, nobodys: bool = False) -> NextJobs:
    """What whoever works here can take.

    Args:
        session: Whoever works here.
        nobodys: Those that nobody has and that he may take, instead of his own.

    Raises:
        NotAllowed: when nobody is signed in, or this role may not.
    """
    session.require(Right.ACTIVITY_READ)
    me = session.employee.id if session.employee else 0
    tasks = board.tasks(session, "", [me, None])
    mine = [task for task in tasks if task.responsible == me]
    ready = [task for task in mine if task.stage is Stage.READY]
    types = may_do.types_for(session, me)
    free = [
        task for task in tasks
        if task.responsible is None and task.stage is Stage.READY and (types is None or task.type in types)
    ]  # fmt: skip
    lacking = rows.lacking_parts(session.store, [task.id for task in (*ready, *free)])
    shown = sorted(
        (task for task in (free if nobodys else ready) if task.id not in lacking), key=lambda task: task.order
    )  # fmt: skip
    numbers = rows.numbers_of(session.store, [task.id for task in mine if task.stage is Stage.WORKING])
    return NextJobs(
        tuple(shown), {} if nobodys else person_jobs.too_much(session, me, mine),
        tuple(sorted(number for number, _subject in numbers.values())),
        sum(task.id not in lacking for task in free), sum(task.id in lacking for task in ready),
    )  # fmt: skip


def take(session: Session, job: int) -> ActivityRow:
    """Take a job to work on it: whoever works here is its responsible, and its status is in work, as one act.

    Args:
        session: Whoever works here.
        job: Its id.

    Raises:
        Taken: when somebody else has it by now, or it is not ready any more: two people never take the same one.
        Invalid: when no status means being worked on.
        NotFound: when it is gone.
    """
    session.require(Right.ACTIVITY_EDIT)
    if session.employee is None:
        raise Invalid(N_("Choose who you are first."), field="responsible")
    me = session.employee.id
    with session.act("activity.take", Right.ACTIVITY_EDIT) as changes:
        row = many.read_rows(session.store, ACTIVITY, [job], READ, lock=True).get(job)
        if row is None:
            raise NotFound(N_("This job is not there any more."))
        _require_free(session, row, me)
        edits = checked(session, [Edit("responsible", me), Edit("status", _working(session, row))])
        changes.update(ACTIVITY, job, made_of(session.registers, row, edits, changes.at))
    return activities.rows_of(session.store, [job])[0]


def take_next(session: Session, *, nobodys: bool = False) -> ActivityRow | None:
    """Take the first job that can be had; None when there is none.

    Raises:
        As `take`, but for what others were faster with: then it is the next one.
    """
    for task in next_jobs(session, nobodys=nobodys).tasks:
        try:
            return take(session, task.id)
        except (Taken, NotFound):
            continue
    return None


def _require_free(session: Session, row: Values, me: int) -> None:
    number, who = row["number"], row["responsible"]
    if who not in (None, me):
        entry = session.registers.employee(int(who))
        raise Taken(_GONE, number=number, name=entry.name if entry else "?")
    if Stage(int(row["stage"] or 0)) is not Stage.READY:
        raise Taken(_CHANGED, number=number)


def _working(session: Session, row: Values) -> int:
    kind = session.registers.type(int(row["type"])) if row["type"] else None
    status = session.registers.working_status(kind.lists if kind else frozenset())
    if status is None:
        raise Invalid(_NO_STATUS, field="status")
    return status.id
