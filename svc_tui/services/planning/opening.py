"""When the shop is open, which days are holidays, who is away: read as calendars, and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.core.engine import Store
from svc_tui.db.planning.hours import HoursRows, read_hours, rows_of_types, types_by_employee
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.planning.away import AbsenceRow, SpecialDayRow
from svc_tui.domain.planning.holidays import holidays
from svc_tui.domain.planning.hours import Calendar, Span, Timeline, of_person
from svc_tui.domain.planning.hours_text import Week, read_day, told_day
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ABSENCE, MAY_DO, OPENING_HOURS, SPECIAL_DAY
from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.core.whole_texts import whole_line

_YEARS_AHEAD: Final = 2
_BACK: Final = 366 * 86_400
_AHEAD: Final = 2 * 366 * 86_400
_NO_DAY = N_("Write the day, such as 24/12.")
_TWICE = N_("{day} is in the list already; change it there.")
_ENDS_FIRST = N_("An absence must end after it begins.")
_NO_SUCH = N_("That is not there any more; somebody has taken it away.")


class Calendars(NamedTuple):
    """Everybody's working time, from a year ago to two years ahead of when it was read."""

    shop: Timeline
    people: Mapping[int, Timeline]
    """Of everybody who is not retired."""
    away: Mapping[int, tuple[AbsenceRow, ...]]
    a_day: Mapping[int, int]
    """Seconds that somebody works on an average working day; 0 for who never does."""


def calendars(session: Session) -> Calendars:
    """Everybody's working time as it is stored now; built anew only when something of it has changed."""
    rows = read_hours(session.store)
    people = tuple(entry.id for entry in session.registers.employees if not entry.retired)
    key = (rows, people, session.registers.company.time_zone, session.seconds() // 86_400)
    known = _BUILT.get(session.store)
    if known is None or known[0] != key:
        known = _BUILT[session.store] = (key, _built(session, rows, people))
    return known[1]


_BUILT: WeakKeyDictionary[Store, tuple[tuple[object, ...], Calendars]] = WeakKeyDictionary()


def week_of(session: Session, employee: int | None = None) -> Week | None:
    """The shop's week, or an employee's own; None for one who has none of his own."""
    return _week(read_hours(session.store), employee)


def change_week(session: Session, week: Week | None, employee: int | None = None) -> None:
    """Say when the shop is open, or when somebody works.

    Args:
        session: Who says it.
        week: None takes an employee's own week away: he works when the shop is open.
        employee: None for the shop.

    Raises:
        Invalid: when the shop has no hours at all.
        NotAllowed: when this role may not.
    """
    right = Right.COMPANY_EDIT if employee is None else Right.REGISTER_EDIT
    with session.act("company.hours" if employee is None else "employee.hours", right) as changes:
        write_week(changes, week, employee)


def write_week(changes: Changes, week: Week | None, employee: int | None = None) -> None:
    """The same within an act that changes more.

    Raises:
        Invalid: when the shop has no hours at all.
    """
    if employee is None and not any(week or ()):
        raise Invalid(N_("The shop must be open at some time; write for example mon-fri 8-16."), field="hours")
    for row in read_hours(changes.store).opening:
        if row.employee == employee:
            changes.delete(OPENING_HOURS, row.id)
    _insert_week(changes, week or (), employee)


def special_days(session: Session) -> tuple[SpecialDayRow, ...]:
    """Days with hours of their own, by day."""
    return read_hours(session.store).days


def save_special_day(session: Session, day: date | None, name: str, hours: str, row_id: int | None = None) -> int:
    """Add a day with hours of its own, or change one.

    Args:
        session: Who does it.
        day: Which.
        name: What it is called; may be empty.
        hours: As somebody typed them; `-` or nothing is closed.
        row_id: Of the one that is changed; None for a new one.

    Raises:
        Invalid: with the field that is refused.
        NotFound: when somebody has taken it away.
    """
    if day is None:
        raise Invalid(_NO_DAY, field="day")
    values = {
        "day": day.isoformat(), "name": whole_line(name, "name", 60), "hours": _stored(read_day(hours)),
    }  # fmt: skip
    with session.act("company.days", Right.COMPANY_EDIT) as changes:
        known = {row.day: row.id for row in read_hours(changes.store).days}
        if known.get(values["day"], row_id) != row_id:
            raise Invalid(_TWICE, field="day", day=values["day"])
        if row_id is None:
            return changes.insert(SPECIAL_DAY, values)
        if row_id not in known.values():
            raise NotFound(_NO_SUCH)
        changes.update(SPECIAL_DAY, row_id, values)
        return row_id


def remove_special_day(session: Session, row_id: int) -> None:
    """A day has the hours of its weekday again.

    Raises:
        NotFound: when somebody has done that already.
    """
    with session.act("company.days", Right.COMPANY_EDIT) as changes:
        if row_id not in {row.id for row in read_hours(changes.store).days}:
            raise NotFound(_NO_SUCH)
        changes.delete(SPECIAL_DAY, row_id)


def add_holidays(session: Session, country: str, years: Iterable[int]) -> int:
    """Add the public holidays of a country that are not in the list; gives how many.

    Args:
        session: Who does it.
        country: Its code of two letters.
        years: Of which.
    """
    with session.act("company.days", Right.COMPANY_EDIT) as changes:
        return _insert_holidays(changes, country, years, {row.day for row in read_hours(changes.store).days})


def absences(session: Session, employee: int | None = None) -> tuple[AbsenceRow, ...]:
    """Absences that are not over, of everybody or of one, by their beginning."""
    now = session.seconds()
    rows = read_hours(session.store).absences
    return tuple(row for row in rows if row.to_at > now and employee in (None, row.employee))


def save_absence(
    session: Session, employee: int, begins: datetime, ends: datetime, reason: str = "", row_id: int | None = None
) -> int:
    """Say that somebody is away, or change it.

    Args:
        session: Who says it.
        employee: Who is away.
        begins: The shop's time.
        ends: The same; not in it.
        reason: May be empty.
        row_id: Of the one that is changed; None for a new one.

    Raises:
        Invalid: with the field that is refused.
        NotFound: when somebody has taken it away.
    """
    from_at, to_at = to_seconds(begins), to_seconds(ends)
    if to_at <= from_at:
        raise Invalid(_ENDS_FIRST, field="to_at")
    if session.registers.employee(employee) is None:
        raise Invalid(N_("Choose who is away."), field="employee")
    values: Values = {
        "employee": employee,
        "from_at": from_at,
        "to_at": to_at,
        "reason": whole_line(reason, "reason", 120),
    }
    with session.act("employee.absence", Right.REGISTER_EDIT) as changes:
        if row_id is None:
            return changes.insert(ABSENCE, values)
        if row_id not in {row.id for row in read_hours(changes.store).absences}:
            raise NotFound(_NO_SUCH)
        changes.update(ABSENCE, row_id, values)
        return row_id


def remove_absence(session: Session, row_id: int) -> None:
    """Somebody is there after all.

    Raises:
        NotFound: when that has been said already.
    """
    with session.act("employee.absence", Right.REGISTER_EDIT) as changes:
        if row_id not in {row.id for row in read_hours(changes.store).absences}:
            raise NotFound(_NO_SUCH)
        changes.delete(ABSENCE, row_id)


def change_types(session: Session, employee: int, types: Iterable[int]) -> None:
    """Say which types of job somebody may be given; none lets it go by what he did before."""
    wanted = set(types)
    with session.act("employee.types", Right.REGISTER_EDIT) as changes:
        rows = rows_of_types(changes.store, employee)
        for row_id, kind in rows:
            if kind not in wanted:
                changes.delete(MAY_DO, row_id)
        for kind in sorted(wanted - {kind for _, kind in rows}):
            changes.insert(MAY_DO, {"employee": employee, "type": kind})


def types_of(session: Session) -> dict[int, set[int]]:
    """Which types of job somebody may be given, of those for whom that is said."""
    return types_by_employee(session.store)


def fill(changes: Changes, country: str, year: int) -> None:
    """What a new shop starts with: weekdays from nine to five, and the holidays of its country."""
    _insert_week(changes, (((540, 1020),),) * 5, None)
    _insert_holidays(changes, country, range(year, year + _YEARS_AHEAD + 1), set())


def _insert_week(changes: Changes, week: Iterable[Iterable[Span]], employee: int | None) -> None:
    for weekday, spans in enumerate(week):
        for opens, closes in spans:
            values = {"employee": employee, "weekday": weekday, "opens": opens, "closes": closes}
            changes.insert(OPENING_HOURS, values)


def _insert_holidays(changes: Changes, country: str, years: Iterable[int], known: set[str]) -> int:
    added = 0
    for year in years:
        for day, name in holidays(country, year).items():
            if day.isoformat() not in known:
                changes.insert(SPECIAL_DAY, {"day": day.isoformat(), "name": name, "hours": ""})
                added += 1
    return added


def _stored(spans: tuple[Span, ...]) -> str:
    return told_day(spans, "en") if spans else ""


def _week(rows: HoursRows, employee: int | None) -> Week | None:
    mine = [row for row in rows.opening if row.employee == employee]
    if not mine and employee is not None:
        return None
    return tuple(
        tuple((row.opens, row.closes) for row in mine if row.weekday == weekday) for weekday in range(7)
    )  # fmt: skip


def _built(session: Session, rows: HoursRows, people: tuple[int, ...]) -> Calendars:
    start, end = session.seconds() - _BACK, session.seconds() + _AHEAD
    days = {date.fromisoformat(row.day): read_day(row.hours) for row in rows.days}
    shop = Calendar(session.registers.company.time_zone, _week(rows, None) or ((),) * 7, days)
    away = {who: tuple(row for row in rows.absences if row.employee == who) for who in people}
    own = {who: _week(rows, who) for who in people}
    whole = Timeline(shop, start, end)
    lines = {
        who: whole
        if own[who] is None and not away[who]
        else Timeline(of_person(shop, own[who], [(row.from_at, row.to_at) for row in away[who]]), start, end)
        for who in people
    }
    return Calendars(whole, lines, away, {who: _a_day(own[who] or shop.week) for who in people})


def _a_day(week: Week) -> int:
    days = [spans for spans in week if spans]
    return sum(closes - opens for spans in days for opens, closes in spans) * 60 // len(days) if days else 0


def horizon(session: Session, shop: Timeline, days: int) -> int:
    """The closing time of the so-many-th open day after today: it does not move during a day."""
    day = to_local(session.seconds()).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    last = session.seconds()
    for _ in range(366):
        start, end = to_seconds(day), to_seconds(day + timedelta(days=1))
        if worked := shop.between(start, end):
            last = shop.add(start, worked) or last
            days -= 1
        if not days:
            break
        day += timedelta(days=1)
    return last
