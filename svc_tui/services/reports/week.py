"""The week: each person's work day by day against his hours, and moving the start of a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from svc_tui.db.lists import activities
from svc_tui.db.planning.busy import starts
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.planning.hours import Timeline
from svc_tui.domain.planning.week import Basis, Cell, Day, Work, cells, days, later
from svc_tui.domain.planning.workload import NEVER, Task
from svc_tui.domain.rights import Right, Role
from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.planning import opening
from svc_tui.services.reports import board, person_jobs
from svc_tui.services.reports.person_jobs import JobsOf

_REACH: Final = 366
"""Days ahead that can be looked at."""
_QUARTER: Final = 15
_NO_DAY = N_("Nobody works on any day near; say in the registers when the shop is open.")
_PAST = N_("Job {number} stays where it is: before that the time is over already.")


class Person(NamedTuple):
    """A row of the week."""

    who: int
    cells: tuple[Cell, ...]
    later: int
    """Work that counts after the days shown."""
    without: int
    """Work that counts on no day at all."""

    @property
    def worst(self) -> int:
        """The least free hours at the end of a day."""
        return min((cell.free for cell in self.cells), default=0)

    @property
    def has_work(self) -> bool:
        return bool(self.later or self.without or any(cell.work for cell in self.cells))


class Week(NamedTuple):
    """Some days on which somebody works, and everybody's work on them."""

    basis: Basis
    days: tuple[Day, ...]
    people: tuple[Person, ...]
    """Who has too much first; who has nothing to do last."""


def week(session: Session, skip: int, count: int, basis: Basis, list_code: str = "") -> Week:
    """Everybody's days.

    Args:
        session: Who looks.
        skip: So many days with work later than today.
        count: How many days.
        basis: Which day a job counts on.
        list_code: Only jobs of this list; empty for all.

    Raises:
        NotAllowed: when this role may not.
    """
    session.require(Right.STATISTICS_READ)
    now, calendars = session.seconds(), opening.calendars(session)
    people = [
        entry.id for entry in session.registers.employees if not entry.retired and entry.role != Role.READONLY
    ]  # fmt: skip
    lines = {who: calendars.people[who] for who in people}
    shown = days([calendars.shop, *lines.values()], _midnights(session), now, skip, count)
    by_person: dict[int | None, list[Work]] = {}
    for task, at in _counted(session, basis, list_code):
        by_person.setdefault(task.responsible, []).append(Work(task.left, at))
    reckoned = partial(cells, shown=shown, now=now, basis=basis, from_now=not skip)
    found = [_person(who, by_person.get(who, []), shown, partial(reckoned, lines[who])) for who in people]
    found.sort(key=lambda person: (not person.has_work, person.worst))
    return Week(basis, shown, tuple(found))


def _person(who: int, work: list[Work], shown: tuple[Day, ...], reckoned: Callable[[list[Work]], list[Cell]]) -> Person:
    after = later(work, shown[-1].end) if shown else 0
    without = sum(job.left for job in work if job.at >= NEVER)
    return Person(who, tuple(reckoned(work)), after, without)


def _counted(session: Session, basis: Basis, list_code: str) -> Iterator[tuple[Task, int]]:
    """Open jobs, and when each counts."""
    tasks = board.tasks(session, list_code)
    if basis is Basis.DUE:
        yield from ((task, task.deadline) for task in tasks)
        return
    begins = starts(session.store, to_seconds(_today(session)))
    yield from ((task, begins.get(task.id, NEVER)) for task in tasks)


def _today(session: Session) -> datetime:
    return to_local(session.seconds()).replace(hour=0, minute=0, second=0, microsecond=0)


def _midnights(session: Session) -> Iterator[int]:
    day = _today(session)
    for _ in range(_REACH):
        yield to_seconds(day)
        day += timedelta(days=1)


def jobs(session: Session, who: int, until: int, basis: Basis) -> JobsOf:
    """Somebody's jobs, in the order in which they count: those due before a moment, or all that begin today or later.

    Args:
        session: Who looks.
        who: Whose.
        until: Before when they are due.
        basis: Which day a job counts on.
    """
    found = person_jobs.jobs_of(session, who)
    if basis is Basis.DUE:
        return found._replace(tasks=tuple(task for task in found.tasks if task.deadline < until))
    begins = starts(session.store, to_seconds(_today(session)))
    planned = [task for task in found.tasks if task.id in begins]
    return found._replace(tasks=tuple(sorted(planned, key=lambda task: (begins[task.id], task.id))))


# -- moving a start ----------------------------------------------------------------------------------------------------


class Moved(NamedTuple):
    """A job whose start was moved."""

    number: int
    start_at: int
    is_working: bool
    """Whether its responsible works then, or without one the shop."""


def move(session: Session, job: int, *, days: int = 0, quarters: int = 0) -> Moved:
    """Move the start of a job; its end moves along.

    Args:
        session: Who does it.
        job: Which.
        days: So many days on which its responsible works, at the same time of day; negative for earlier.
        quarters: To the next quarter of an hour, or the one before.

    Raises:
        NotFound: when the job is gone.
        Invalid: when it cannot be moved there.
        NotAllowed: when this role may not.
    """
    session.require(Right.ACTIVITY_EDIT)
    row = next(iter(activities.rows_of(session.store, [job])), None)
    if row is None:
        raise NotFound(N_("This job is gone."))
    calendars = opening.calendars(session)
    line = calendars.people.get(row.responsible_id or 0, calendars.shop)
    begins = to_local(row.start_at)
    when = _other_day(begins, line, days) if days else _other_quarter(begins, quarters)
    if to_seconds(when) < session.seconds():
        raise Invalid(_PAST, field="start_at", number=row.number)
    bulk.at_once(session, [job], Edit("start", Typed(when.date(), when.time())))
    now = next(iter(activities.rows_of(session.store, [job])), row)
    return Moved(row.number, now.start_at, line.is_working(now.start_at))


def _other_day(begins: datetime, line: Timeline, by: int) -> datetime:
    """The same time on the so-many-th working day after it, or before it."""
    step, left, day = (1 if by > 0 else -1), abs(by), begins
    for _ in range(_REACH):
        day += timedelta(days=step)
        midnight = day.replace(hour=0, minute=0, second=0)
        if line.between(to_seconds(midnight), to_seconds(midnight + timedelta(days=1))) > 0:
            left -= 1
        if not left:
            return day.replace(second=0)
    raise Invalid(_NO_DAY, field="start_at")


def _other_quarter(begins: datetime, by: int) -> datetime:
    """The next quarter of an hour on the clock, or the one before."""
    minutes = begins.hour * 60 + begins.minute
    grid = minutes // _QUARTER + by if by > 0 else -(-minutes // _QUARTER) + by
    return begins.replace(hour=0, minute=0, second=0) + timedelta(minutes=grid * _QUARTER)
