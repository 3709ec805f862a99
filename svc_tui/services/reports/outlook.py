"""What handing jobs to somebody would do, looked at before anything is changed, and again as jobs are left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from svc_tui.db.core import many
from svc_tui.db.lists import activities
from svc_tui.db.reports import board as rows
from svc_tui.domain.planning.away import AbsenceRow
from svc_tui.domain.planning.workload import Queue, Task
from svc_tui.domain.records import ActivityRow
from svc_tui.domain.rights import Role
from svc_tui.domain.tables import ACTIVITY
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit, Plan, Selection
from svc_tui.services.planning import opening
from svc_tui.services.reports import board, may_do
from svc_tui.services.reports.board import Load, Loads


class Receiver(NamedTuple):
    """Somebody who can be given jobs."""

    id: int
    free: int
    """Hours until the horizon that nothing promised until then takes; negative where there are not enough."""
    load: Load
    away: tuple[AbsenceRow, ...]
    """When he is away until the horizon."""


def receivers(session: Session, loads: Loads | None = None) -> list[Receiver]:
    """Everybody who works on jobs, with most free hours first; who is not there at all comes last.

    Args:
        session: Who hands out.
        loads: Everybody's work against his hours, where it is known already.
    """
    known = loads if loads is not None else board.loads(session)
    away = opening.calendars(session).away
    readers = {entry.id for entry in session.registers.employees if entry.role == Role.READONLY}
    found = [
        Receiver(who, load.capacity - load.due, load, _absences(session, away.get(who, ()), known.horizon))
        for who, load in known.people.items()
        if who is not None and load.capacity is not None and who not in readers
    ]
    return sorted(found, key=lambda one: (not one.load.capacity, -one.free, one.id))


def _absences(session: Session, all_of: Iterable[AbsenceRow], until: int) -> tuple[AbsenceRow, ...]:
    return tuple(row for row in all_of if session.seconds() < row.to_at and row.from_at < until)


class Held(NamedTuple):
    """What somebody has."""

    jobs: int
    late: int
    load: Load


class Effect(NamedTuple):
    """What an act does to one person."""

    responsible: int
    before: Held
    after: Held
    away: tuple[AbsenceRow, ...]
    """When he is away until the horizon."""


class Outlook(NamedTuple):
    """The jobs that would go, as they were read; what becomes of everybody is reckoned from them."""

    plan: Plan
    target: int
    tasks: Mapping[int, Task]
    """The open jobs of everybody concerned, by their ids."""
    moving: tuple[Task, ...]
    """Those that would go, what must be done first coming first."""
    shown: Mapping[int, ActivityRow]
    """What a list shows of them, by their ids."""
    horizon: int
    types: Collection[int] | None
    """What the receiver does, as far as that is known; None for all."""
    are_said: bool
    """Whether that was said of him, and is not told from what he did."""

    @property
    def own(self) -> list[Task]:
        """What the receiver has already."""
        return [task for task in self.tasks.values() if task.responsible == self.target]


class Foreseen(NamedTuple):
    """What would become of it."""

    effects: tuple[Effect, ...]
    """Of who gives first, of who gets last."""
    with_giver: Mapping[int, int | None]
    """When each job would be finished where it is, by its id; missing where nobody has it."""
    with_receiver: Mapping[int, int | None]
    strange: Mapping[int, tuple[int, ...]]
    """Jobs of a type that the receiver is not known to do: their numbers, by the type."""
    pressed: tuple[int, ...]
    """Numbers of the receiver's own jobs that could not be in time any more."""


def outlook(session: Session, jobs: Sequence[int], target: int) -> Outlook:
    """Look at what giving jobs to somebody would change.

    Raises:
        Invalid, NotAllowed: as `bulk.plan`.
    """
    plan = bulk.plan(session, Selection(tuple(jobs)), Edit("responsible", target))
    givers = {None if row["responsible"] is None else int(row["responsible"]) for row in plan.jobs.values()}
    tasks = {task.id: task for task in board.tasks(session, "", {*givers, target})}
    moving = sorted((tasks[job] for job in plan.jobs if job in tasks), key=lambda task: task.order)
    return Outlook(
        plan, target, tasks, tuple(moving), {row.id: row for row in activities.rows_of(session.store, list(plan.jobs))},
        opening.horizon(session, opening.calendars(session).shop, board.HORIZON_DAYS),
        may_do.types_for(session, target), target in opening.types_of(session),
    )  # fmt: skip


def foresee(session: Session, seen: Outlook, left_out: Collection[int] = ()) -> Foreseen:
    """What would become of everybody's hours.

    Args:
        session: Who looks.
        seen: The jobs that would go.
        left_out: Those of them that stay after all.
    """
    going = {task.id for task in seen.moving if task.id not in left_out}
    after = {
        job: task._replace(responsible=seen.target) if job in going else task for job, task in seen.tasks.items()
    }  # fmt: skip
    givers = sorted({task.responsible for task in seen.moving if task.responsible is not None} - {seen.target})
    effects = tuple(_effect(session, who, seen, after.values()) for who in (*givers, seen.target))
    with_giver: dict[int, int | None] = {}
    for who in givers:
        with_giver |= _queue(session, who, seen.tasks.values()).finishes()
    receiver = _queue(session, seen.target, after.values())
    finishes = receiver.finishes()
    return Foreseen(
        effects, {job: with_giver[job] for job in (task.id for task in seen.moving) if job in with_giver},
        {job: finishes[job] for job in going}, _strange(seen, going), _pressed(session, seen, receiver),
    )  # fmt: skip


def only(plan: Plan, jobs: Collection[int]) -> Plan:
    """A plan of some of its jobs."""
    return replace(plan, jobs={job: row for job, row in plan.jobs.items() if job in jobs}, chosen=len(jobs))


def _effect(session: Session, who: int, seen: Outlook, after: Iterable[Task]) -> Effect:
    def held(tasks: Iterable[Task]) -> Held:
        mine = [task for task in tasks if task.responsible == who]
        late = sum(task.deadline < session.seconds() for task in mine)
        return Held(len(mine), late, board.load_of(session, who, mine, seen.horizon))

    away = opening.calendars(session).away.get(who, ())
    return Effect(who, held(seen.tasks.values()), held(after), _absences(session, away, seen.horizon))


def _queue(session: Session, who: int, tasks: Iterable[Task]) -> Queue:
    """Somebody's jobs against his hours; of who does not work here any more against the shop's."""
    calendars = opening.calendars(session)
    line = calendars.people.get(who, calendars.shop)
    return Queue(line, session.seconds(), [task for task in tasks if task.responsible == who])


def _strange(seen: Outlook, going: Collection[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for task in seen.moving:
        if task.id in going and seen.types is not None and task.type not in seen.types and task.id in seen.shown:
            found.setdefault(task.type, []).append(seen.shown[task.id].number)
    return {kind: tuple(numbers) for kind, numbers in found.items()}


def _pressed(session: Session, seen: Outlook, receiver: Queue) -> tuple[int, ...]:
    own = {task.id for task in seen.own}
    were = {late.task.id for late in _queue(session, seen.target, seen.own).lates()}
    jobs = [late.task.id for late in receiver.lates() if late.task.id in own - were]
    numbers = rows.numbers_of(session.store, jobs)
    return tuple(sorted(number for number, _subject in numbers.values()))


def changed_since(session: Session, seen: Outlook) -> set[int]:
    """Those of the jobs that somebody changed since they were read, or that are gone."""
    versions = many.versions_of(session.store, ACTIVITY, seen.plan.jobs)
    return {job for job, row in seen.plan.jobs.items() if versions.get(job) != row["version"]}
