"""The week's figures equal what plain Python makes of the jobs; starts are moved within working hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.errors import Invalid, NotAllowed, NotFound
from svc_tui.domain.planning.week import Basis
from svc_tui.domain.planning.workload import NEVER
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session, to_local, to_seconds
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.history import undo
from svc_tui.services.planning import opening
from svc_tui.services.reports import board, week
from tests.db.jobs import job

NOON = datetime(2026, 11, 25, 12, 0)  # a Wednesday
HOUR = 3600


@pytest.fixture
def demo(database_url: str) -> Iterator[Session]:
    store = open_database(database_url)
    create_demo(store, activities=600, contacts=100, language="da", now=NOON)
    session = open_session(store, None, "da")
    session.employee = next(entry for entry in session.registers.employees if entry.role == Role.ADMINISTRATOR)
    session.clock = [float(to_seconds(NOON))]
    yield session
    store.close()


@pytest.fixture
def at_noon(shop: Session) -> Session:
    shop.clock = [float(to_seconds(NOON))]
    return shop


def me(session: Session) -> int:
    assert session.employee is not None
    return session.employee.id


@pytest.mark.parametrize("basis", Basis)
def test_every_cell_is_what_plain_python_makes_of_the_jobs(demo: Session, basis: Basis) -> None:
    starts: dict[int, int] = dict(demo.store.sql("SELECT id, start_at FROM activity"))
    midnight = to_seconds(datetime(2026, 11, 25))
    tasks = [
        (task.responsible, task.left, task.deadline if basis is Basis.DUE else starts[task.id])
        for task in board.tasks(demo)
        if basis is Basis.DUE or starts[task.id] >= midnight
    ]
    found = week.week(demo, 0, 5, basis)
    lines = opening.calendars(demo).people
    assert [to_local(day.start).date() for day in found.days] == [
        date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1),
    ]  # fmt: skip
    for person in found.people:
        mine = [(left, at) for who, left, at in tasks if who == person.who]
        for place, (day, cell) in enumerate(zip(found.days, person.cells, strict=True)):
            first = 0 if basis is Basis.DUE and not place else day.start
            assert cell.work == sum(left for left, at in mine if first <= at < day.end)
            assert cell.hours == lines[person.who].between(max(day.start, demo.seconds()), day.end)
        assert person.later == sum(left for left, at in mine if found.days[-1].end <= at < NEVER)
    assert any(cell.work for person in found.people for cell in person.cells) or basis is Basis.START


def test_who_has_too_much_comes_first_and_everybody_who_works_is_there(demo: Session) -> None:
    people = week.week(demo, 0, 5, Basis.DUE).people
    busy = [person.worst for person in people if person.has_work]
    assert busy == sorted(busy)
    assert {person.who for person in people} == {
        entry.id for entry in demo.registers.employees if not entry.retired and entry.role != Role.READONLY
    }


def test_a_week_lists_the_jobs_that_it_counts(demo: Session) -> None:
    found = week.week(demo, 0, 5, Basis.DUE)
    for person in found.people:
        tasks = week.jobs(demo, person.who, found.days[-1].end, Basis.DUE).tasks
        assert sum(task.left for task in tasks) == sum(cell.work for cell in person.cells)


def test_a_start_is_moved_by_working_days_and_to_quarters_and_the_end_goes_along(at_noon: Session) -> None:
    friday = datetime(2026, 11, 27, 9, 40)
    made = job(at_noon, responsible=me(at_noon), start_at=to_seconds(friday), end_at=to_seconds(friday) + HOUR)
    assert made.id is not None

    def moved(**by: int) -> datetime:
        return to_local(week.move(at_noon, made.id or 0, **by).start_at)

    assert moved(days=1) == datetime(2026, 11, 30, 9, 40)
    assert moved(days=-1) == friday
    assert moved(quarters=1) == datetime(2026, 11, 27, 9, 45)
    assert moved(quarters=-1) == datetime(2026, 11, 27, 9, 30)
    assert moved(quarters=-1) == datetime(2026, 11, 27, 9, 15)
    (start, end), = at_noon.store.sql("SELECT start_at, end_at FROM activity WHERE id = ?", (made.id,))  # fmt: skip
    assert end - start == HOUR
    undo.undo_last(at_noon)
    assert at_noon.store.sql("SELECT start_at FROM activity WHERE id = ?", (made.id,))[0][0] == start + 900


def test_days_on_which_its_responsible_is_away_are_left_out_and_late_hours_told(at_noon: Session) -> None:
    opening.save_absence(at_noon, me(at_noon), datetime(2026, 11, 27), datetime(2026, 12, 2))
    evening = to_seconds(datetime(2026, 11, 26, 18))
    made = job(at_noon, responsible=me(at_noon), start_at=evening, end_at=None)
    found = week.move(at_noon, made.id or 0, days=1)
    assert to_local(found.start_at) == datetime(2026, 12, 2, 18)
    assert not found.is_working


def test_nothing_is_moved_into_the_past_and_nothing_that_is_gone(at_noon: Session) -> None:
    made = job(at_noon, start_at=to_seconds(NOON + timedelta(minutes=5)), end_at=None)
    with pytest.raises(Invalid) as refusal:
        week.move(at_noon, made.id or 0, days=-1)
    assert refusal.value.field == "start_at"
    assert week.move(at_noon, made.id or 0, quarters=-1).start_at == to_seconds(NOON)
    with pytest.raises(NotFound):
        week.move(at_noon, 10**6, days=1)


def test_who_may_only_look_moves_nothing(at_noon: Session) -> None:
    made = job(at_noon, start_at=to_seconds(NOON + timedelta(days=1)), end_at=None)
    at_noon.employee = at_noon.employee and at_noon.employee._replace(role=Role.READONLY)
    with pytest.raises(NotAllowed):
        week.move(at_noon, made.id or 0, days=1)
