"""When the shop is open and who is there: changed, read as calendars, undone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from svc_tui.domain.errors import Invalid, NotAllowed, NotFound
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.history import undo
from svc_tui.services.people import employees
from svc_tui.services.planning import opening

WEEK = read_week("mon-fri 8-12 12:30-16:30, sat 10-13", "en")
HOUR = 3600


def moment(text: str) -> int:
    return to_seconds(datetime.fromisoformat(text))


@pytest.fixture
def desk(shop: Session) -> Session:
    return shop


@pytest.fixture
def person(desk: Session) -> int:
    """Somebody besides who is at the desk."""
    return employees.add_employee(desk, "Fatima Ali", Role.TECHNICIAN, "FA")


def test_a_new_shop_is_open_on_weekdays_and_closed_on_its_holidays(desk: Session) -> None:
    week = opening.week_of(desk)
    assert week == (((540, 1020),),) * 5 + ((), ())
    year = desk.now().year
    assert f"{year}-12-25" in {row.day for row in opening.special_days(desk)}
    assert f"{year + 2}-12-25" in {row.day for row in opening.special_days(desk)}


def test_a_changed_week_counts_at_once_and_is_undone(desk: Session) -> None:
    before = opening.week_of(desk)
    opening.change_week(desk, WEEK)
    assert opening.week_of(desk) == WEEK
    undo.undo_last(desk)
    assert opening.week_of(desk) == before


def test_a_shop_that_never_opens_is_refused(desk: Session) -> None:
    with pytest.raises(Invalid) as refusal:
        opening.change_week(desk, ((),) * 7)
    assert refusal.value.field == "hours"


def test_a_week_of_ones_own_and_an_absence(desk: Session, person: int) -> None:
    desk.clock[:] = [moment("2026-12-01T07:00")]
    opening.change_week(desk, WEEK)
    opening.change_week(desk, read_week("mon-thu 8-12", "en"), person)
    opening.save_absence(
        desk, person, datetime.fromisoformat("2026-12-02T00:00"), datetime.fromisoformat("2026-12-03T00:00"), "course"
    )
    read = opening.calendars(desk)
    tuesday, friday = moment("2026-12-01T00:00"), moment("2026-12-04T00:00")
    assert read.people[person].between(tuesday, friday) == 2 * 4 * HOUR
    assert read.shop.between(tuesday, friday) == 3 * 8 * HOUR
    assert read.a_day[person] == 4 * HOUR
    assert [row.reason for row in read.away[person]] == ["course"]
    opening.change_week(desk, None, person)
    assert opening.calendars(desk).people[person].between(tuesday, friday) == 2 * 8 * HOUR


def test_calendars_are_built_anew_when_something_changed_only(desk: Session) -> None:
    first = opening.calendars(desk)
    assert opening.calendars(desk) is first
    opening.save_special_day(desk, date(2027, 6, 1), "", "-")
    assert opening.calendars(desk) is not first


def test_an_absence_ends_after_it_begins(desk: Session, person: int) -> None:
    at = datetime.fromisoformat("2026-12-02T00:00")
    with pytest.raises(Invalid) as refusal:
        opening.save_absence(desk, person, at, at)
    assert refusal.value.field == "to_at"


def test_an_absence_is_changed_and_taken_away(desk: Session, person: int) -> None:
    desk.clock[:] = [moment("2026-12-01T07:00")]
    begins, ends = datetime.fromisoformat("2026-12-02T00:00"), datetime.fromisoformat("2026-12-03T00:00")
    row = opening.save_absence(desk, person, begins, ends)
    opening.save_absence(desk, person, begins, datetime.fromisoformat("2026-12-05T00:00"), "holiday", row)
    [found] = opening.absences(desk, person)
    assert (found.to_at, found.reason) == (moment("2026-12-05T00:00"), "holiday")
    opening.remove_absence(desk, row)
    assert opening.absences(desk) == ()
    with pytest.raises(NotFound):
        opening.remove_absence(desk, row)


def test_a_special_day_is_there_once(desk: Session) -> None:
    eve = opening.save_special_day(desk, date(2026, 12, 24), "Juleaften", "8-12")
    with pytest.raises(Invalid) as refusal:
        opening.save_special_day(desk, date(2026, 12, 24), "", "")
    assert refusal.value.field == "day"
    opening.save_special_day(desk, date(2026, 12, 24), "Juleaften", "8-11", eve)
    assert [row.hours for row in opening.special_days(desk) if row.id == eve] == ["8:00-11:00"]
    opening.remove_special_day(desk, eve)
    with pytest.raises(NotFound):
        opening.save_special_day(desk, date(2026, 12, 24), "", "", eve)


def test_holidays_are_added_once(desk: Session) -> None:
    year = desk.now().year
    assert opening.add_holidays(desk, "DK", [year]) == 0
    assert opening.add_holidays(desk, "DK", [year + 7]) == 10


def test_types_that_somebody_does(desk: Session, person: int) -> None:
    types = [entry.id for entry in desk.registers.types[:3]]
    opening.change_types(desk, person, types)
    opening.change_types(desk, person, types[1:])
    assert opening.types_of(desk) == {person: set(types[1:])}


def test_a_technician_changes_nobodys_hours(desk: Session, person: int) -> None:
    desk.employee = desk.registers.employee(person)
    with pytest.raises(NotAllowed):
        opening.change_week(desk, WEEK)
    with pytest.raises(NotAllowed):
        opening.change_week(desk, WEEK, person)
    with pytest.raises(NotAllowed):
        opening.remove_special_day(desk, 1)


def test_the_horizon_is_a_closing_time_that_does_not_move_during_the_day(desk: Session) -> None:
    opening.change_week(desk, WEEK)
    for hour in ("07:00", "15:00", "23:00"):
        desk.clock[:] = [moment(f"2026-11-30T{hour}")]
        shop = opening.calendars(desk).shop
        assert opening.horizon(desk, shop, 5) == moment("2026-12-05T13:00")


def test_statuses_that_ship_say_what_they_wait_for(desk: Session) -> None:
    waits = {entry.waits_for for entry in desk.registers.statuses}
    assert {"parts", "customer", "supplier"} <= {str(entry) for entry in waits}
    assert {entry.pauses for entry in desk.registers.statuses if entry.waits_for == "customer"} == {True}
