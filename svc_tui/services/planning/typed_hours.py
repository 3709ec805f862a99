"""Hours, special days and absences as somebody types them in one line, and how they are told in the same form.

man-fre 8-12 12:30-16:30, lør 10-13     a week, of the shop or of an employee
24/12 8-12, Juleaften                   a special day; `-` is closed
ah 1/12..5/12, ferie                    an absence
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.dates import format_date, parse_date, parse_period
from svc_tui.domain.planning.away import AbsenceRow, SpecialDayRow
from svc_tui.domain.planning.hours_text import read_day, read_week, told_day
from svc_tui.domain.registers import matching, means_none
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.planning import opening

_NEITHER: Final = N_(
    "“{text}” is neither a day nor somebody's absence; write 24/12 8-12, Christmas Eve or ah 1/12..5/12, ill."
)


def save_week(session: Session, text: str, employee: int | None) -> None:
    """Set the shop's week, or an employee's; nothing or `-` gives an employee the shop's.

    Raises:
        Invalid: when it is no week.
    """
    if employee is not None and (not text.strip() or means_none(text)):
        opening.change_week(session, None, employee)
    else:
        opening.change_week(session, read_week(text, session.language), employee)


def save_line(session: Session, text: str, row_id: int | None = None, *, is_absence: bool | None = None) -> int:
    """Add a special day or an absence, or change one; gives its id.

    Args:
        session: Who does it.
        text: What was typed.
        row_id: Of the one that is changed; None for a new one.
        is_absence: What is changed; None for whatever the text says.

    Raises:
        Invalid: when it is neither.
        NotFound: when somebody has taken it away.
    """
    said, _comma, name = (part.strip() for part in text.partition(","))
    first, _blank, rest = said.partition(" ")
    day = None if is_absence else _day(session, first)
    if day is not None:
        return opening.save_special_day(session, day, name, rest, row_id)
    who = matching(first, session.registers.choices("responsible"))[:1] if first else []
    if not who or not rest or is_absence is False:
        raise Invalid(_NEITHER, field="day", text=text[:40])
    begins, ends = parse_period(rest, session.now(), session.language)
    if begins is None or ends is None:
        raise Invalid(_NEITHER, field="day", text=text[:40])
    start, end = (datetime.combine(one, time()) for one in (begins, ends + timedelta(days=1)))
    return opening.save_absence(session, who[0].id, start, end, name, row_id)


def told_special_day(session: Session, row: SpecialDayRow) -> str:
    """A special day as it can be typed again."""
    day = format_date(date.fromisoformat(row.day), session.now(), session.language)
    return f"{day} {told_day(read_day(row.hours), session.language)}" + (f", {row.name}" if row.name else "")


def told_absence(session: Session, row: AbsenceRow) -> str:
    """An absence as it can be typed again."""
    entry = session.registers.employee(row.employee)
    begins, ends = (
        format_date(to_local(moment).date(), session.now(), session.language) for moment in (row.from_at, row.to_at - 1)
    )  # fmt: skip
    return f"{entry.initials.casefold() if entry else '?'} {begins}..{ends}" + (f", {row.reason}" if row.reason else "")


def _day(session: Session, text: str) -> date | None:
    try:
        return parse_date(text, session.now(), session.language)
    except Invalid:
        return None
