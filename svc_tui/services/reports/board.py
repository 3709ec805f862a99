"""The dashboard: who has how much, what is late, and what cannot be finished in time.

Everything that is counted is counted by a filter of the lists, so that Enter on a figure opens exactly those jobs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import Final, NamedTuple, assert_never

from svc_tui.db.reports import board as rows
from svc_tui.db.reports.board import Grouped, Moments
from svc_tui.domain.filters.filter_fields import Field
from svc_tui.domain.filters.filter_words import OPEN, Vocabulary, vocabulary_for
from svc_tui.domain.filters.filters import in_quotes
from svc_tui.domain.languages import language_of
from svc_tui.domain.planning.hours import Timeline
from svc_tui.domain.planning.workload import NEVER, Queue, Task
from svc_tui.domain.records import Stage, WaitsFor
from svc_tui.domain.rights import Right, Role
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.planning import opening

HORIZON_DAYS: Final = 5
"""Open days after today until whose end work is set against hours."""


STILL_DAYS: Final = 14
"""Days for which nobody has done anything to a job that stands still."""


class Counts(NamedTuple):
    """What one person has, nobody, or all together."""

    responsible: int | None
    open: int = 0
    late: int = 0
    waiting: int = 0
    working: int = 0
    ready: int = 0
    oldest: int | None = None
    """When the oldest open job was registered, seconds UTC."""


class Head(NamedTuple):
    """The counts above the rows; no job is in two of the first four."""

    nobody: int = 0
    late: int = 0
    today: int = 0
    tomorrow: int = 0
    still: int = 0
    """What nobody has touched for two weeks."""
    parts: int = 0
    customer: int = 0
    supplier: int = 0


class Board(NamedTuple):
    """What is counted at once."""

    head: Head
    nobody: Counts
    people: tuple[Counts, ...]
    """Of everybody who works on jobs or still has some, in the order of the register."""
    all: Counts


class Load(NamedTuple):
    """A person's work against his hours; what takes a little longer than counting."""

    left: int
    """Work, in seconds."""
    due: int
    """Of it what is promised until the horizon, late jobs included."""
    capacity: int | None
    """What he works until the horizon; None of nobody."""
    too_late: int
    """Jobs that cannot be finished in time."""
    days: float | None
    """Work left in days of his own; None of somebody who does not work."""
    clear_at: int | None
    worst: tuple[int, int] | None = None
    """The deadline before which he has most too much, and how much."""
    late_work: int = 0
    """Work of jobs that are late already: it comes first, though it could wait."""


class Loads(NamedTuple):
    """Everybody's."""

    horizon: int
    people: Mapping[int | None, Load]
    """By responsible; None is nobody."""
    all: Load


def board(session: Session, list_code: str = "") -> Board:
    """What is counted of the open jobs.

    Args:
        session: Who looks.
        list_code: Only jobs of types that are flagged for this list; empty for all.

    Raises:
        NotAllowed: when this role may not.
    """
    session.require(Right.STATISTICS_READ)
    found = rows.grouped(session.store, _moments(session), types_of_list(session, list_code))
    waits = {entry.id: entry.waits_for for entry in session.registers.statuses}
    by_person: dict[int | None, list[Grouped]] = {}
    for group in found:
        by_person.setdefault(group.responsible, []).append(group)
    people = [
        _counts(entry.id, by_person.get(entry.id, ()))
        for entry in session.registers.employees
        if entry.id in by_person or not (entry.retired or entry.role == Role.READONLY)
    ]
    nobody = _counts(None, by_person.get(None, ()))
    return Board(_head(found, nobody, waits), nobody, tuple(people), _counts(None, found))


def loads(session: Session, list_code: str = "", people: Collection[int | None] | None = None) -> Loads:
    """Everybody's work against his hours.

    Args:
        session: Who looks.
        list_code: As for `board`.
        people: Of these only, as what others changed concerns nobody else; None for everybody.
    """
    session.require(Right.STATISTICS_READ)
    calendars = opening.calendars(session)
    end = opening.horizon(session, calendars.shop, HORIZON_DAYS)
    by_person: dict[int | None, list[Task]] = {}
    for task in tasks(session, list_code, people):
        by_person.setdefault(task.responsible, []).append(task)
    now = session.seconds()
    wanted: Iterable[int | None] = (None, *calendars.people, *by_person) if people is None else people
    found = {
        who: _load(by_person.get(who, ()), calendars.people.get(who or 0), now, end, calendars.a_day.get(who or 0, 0))
        for who in dict.fromkeys(wanted)
    }
    return Loads(end, found, _all(found))


def concerned(session: Session, before: Board, after: Board, jobs: Collection[int]) -> frozenset[int | None]:
    """Whose work may be another one: of who has the jobs now, and of everybody whose counts differ.

    Args:
        session: Who looks.
        before: What was counted.
        after: What is counted now.
        jobs: What others changed.
    """
    known = {row.responsible: row for row in (before.nobody, *before.people)}
    differing = {row.responsible for row in (after.nobody, *after.people) if known.pop(row.responsible, None) != row}
    return frozenset((*differing, *known, *rows.responsible_of(session.store, jobs)))


def renewed(loads: Loads, some: Loads) -> Loads:
    """Everybody's loads, of which some were reckoned anew."""
    people = {**loads.people, **some.people}
    return Loads(some.horizon, people, _all(people))


def tasks(session: Session, list_code: str = "", people: Collection[int | None] | None = None) -> list[Task]:
    """Open jobs as work: what each still takes, and until when."""
    ranks = {entry.id: entry.rank for entry in session.registers.priorities}
    return [
        Task(
            job.id, job.left, NEVER if job.late_at is None else job.late_at, Stage(job.stage), job.type or 0,
            job.responsible, ranks.get(job.priority or 0, 0), job.created_at,
        )
        for job in rows.open_jobs(session.store, types_of_list(session, list_code), people)
    ]  # fmt: skip


def load_of(session: Session, who: int, among: Iterable[Task], horizon: int) -> Load:
    """One person's work of these jobs against his hours."""
    calendars = opening.calendars(session)
    mine = [task for task in among if task.responsible == who]
    return _load(mine, calendars.people.get(who), session.seconds(), horizon, calendars.a_day.get(who, 0))


def _load(tasks: Sequence[Task], line: Timeline | None, now: int, horizon: int, a_day: int) -> Load:
    left = sum(task.left for task in tasks)
    due = sum(task.left for task in tasks if task.deadline <= horizon)
    late_work = sum(task.left for task in tasks if task.deadline < now)
    if line is None:
        return Load(left, due, None, 0, None, None, None, late_work)
    queue = Queue(line, now, tasks)
    lates = queue.lates()
    worst = max(lates, key=lambda late: late.over, default=None)
    return Load(
        left, due, queue.capacity(horizon), len(lates), left / a_day if a_day else None,
        queue.clear_at() if tasks else None, (worst.task.deadline, worst.over) if worst else None, late_work,
    )  # fmt: skip


def _all(found: Mapping[int | None, Load]) -> Load:
    them = found.values()
    capacity = sum(load.capacity or 0 for load in them)
    left = sum(load.left for load in them)
    days = [load.days for load in them if load.days]
    return Load(
        left, sum(load.due for load in them), capacity, sum(load.too_late for load in them),
        max(days, default=None), None, None, sum(load.late_work for load in them),
    )  # fmt: skip


def _moments(session: Session) -> Moments:
    midnight = session.now().replace(hour=0, minute=0, second=0, microsecond=0)
    today, tomorrow = (to_seconds(midnight + timedelta(days=days)) for days in (1, 2))
    still = to_seconds(midnight - timedelta(days=STILL_DAYS - 1))
    return Moments(session.seconds(), today, tomorrow, still)


def types_of_list(session: Session, list_code: str) -> frozenset[int] | None:
    """The types that are flagged for a list; None for all jobs."""
    entry = session.registers.list_by_code(list_code) if list_code else None
    if entry is None:
        return None
    return frozenset(kind.id for kind in session.registers.types if entry.id in kind.lists)


def _counts(who: int | None, groups: Iterable[Grouped]) -> Counts:
    groups = tuple(groups)
    by_stage = {
        stage: sum(group.jobs for group in groups if group.stage == stage)
        for stage in (Stage.WAITING, Stage.WORKING, Stage.READY)
    }
    return Counts(
        who, sum(by_stage.values()), sum(group.late for group in groups), by_stage[Stage.WAITING],
        by_stage[Stage.WORKING], by_stage[Stage.READY],
        min((group.oldest for group in groups if group.stage), default=None),
    )  # fmt: skip


def _head(groups: Sequence[Grouped], nobody: Counts, waits: Mapping[int, WaitsFor]) -> Head:
    def waiting(what: WaitsFor) -> int:
        return sum(group.jobs for group in groups if waits.get(group.status or 0) is what)

    return Head(
        nobody.open, sum(group.late for group in groups), sum(group.today for group in groups),
        sum(group.tomorrow for group in groups), sum(group.still for group in groups if group.stage),
        waiting(WaitsFor.PARTS), waiting(WaitsFor.CUSTOMER), waiting(WaitsFor.SUPPLIER),
    )  # fmt: skip


# -- what a figure opens -----------------------------------------------------------------------------------------------


class Cell(Enum):
    """A count of the head."""

    NOBODY = "nobody"
    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    STILL = "still"
    PARTS = "parts"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"


def line_of(session: Session, cell: Cell) -> str:
    """The filter line that shows exactly the jobs a count of the head counts; empty when no status waits for that."""
    words = vocabulary_for(session.language)
    is_open = line_of_all(session)
    yes, _no = words.answer_labels
    late = words.labels[Field.LATE]
    match cell:
        case Cell.NOBODY:
            return f"{words.labels[Field.RESPONSIBLE]}:{words.none_label} {is_open}"
        case Cell.LATE:
            return f"{late}:{yes}"
        case Cell.TODAY:
            return f"{late}:t -{late}:{yes}"
        case Cell.TOMORROW:
            return f"{late}:{_tomorrow(session.language)}"
        case Cell.STILL:
            return f"{words.labels[Field.UNTOUCHED]}:{STILL_DAYS}"
        case Cell.PARTS | Cell.CUSTOMER | Cell.SUPPLIER:
            return _line_of_statuses(session, words, WaitsFor(cell.value))
        case _:
            assert_never(cell)


def line_of_person(session: Session, who: int | None) -> str:
    """The filter line that shows the open jobs of somebody, or of nobody."""
    if who is None:
        return line_of(session, Cell.NOBODY)
    words = vocabulary_for(session.language)
    entry = session.registers.employee(who)
    name = entry.initials.casefold() if entry is not None else "?"
    return f"{words.labels[Field.RESPONSIBLE]}:{in_quotes(name)} {line_of_all(session)}"


def line_of_all(session: Session) -> str:
    """The filter line that shows all open jobs."""
    words = vocabulary_for(session.language)
    return f"{words.labels[Field.STAGE]}:{_word_of_open(words)}"


def _line_of_statuses(session: Session, words: Vocabulary, waits_for: WaitsFor) -> str:
    names = [in_quotes(entry.name) for entry in session.registers.statuses if entry.waits_for is waits_for]
    return f"{words.labels[Field.STATUS]}:{','.join(names)}" if names else ""


def _tomorrow(language: str) -> str:
    return next(word for word, days in language_of(language).near.items() if days == 1)


def _word_of_open(words: Vocabulary) -> str:
    return next(label for label in words.stage_labels if words.stages[label] == OPEN)
