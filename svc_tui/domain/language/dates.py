"""Dates, times and periods: what people type for them, and how they are shown.

Everything is read against an injected `now` (naive, of the shop's clock), so that nothing here asks the clock. Numeric
forms are the same in all languages, day first; only names differ. The rules where a text says less than a whole date:

* An entry looks forward: a day of the month (`24`) is the next such day, today counted; a weekday (`fr`) the next one,
  today not counted; a day and month without year (`2411`, `24.11`) is in this year, or in the next if that is more
  than six months back; a week (`uge 48`) is the next one that is not over.
* A question about what was recorded looks back: the last such day, date, month or week; of weekdays not today's.
* A question about what is planned takes the nearest week and the nearest day of the month, else it looks forward.
* Two figures for a year mean 20xx.

Reading is in `date_reading` and `days`, which a start does not load: it writes dates but reads none.
"""

from __future__ import annotations

from datetime import date, datetime, time

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.date_parts import LOOK_BACK
from svc_tui.domain.language.date_parts import Looks as Looks
from svc_tui.domain.language.date_parts import Period as Period
from svc_tui.domain.language.date_parts import Typed as Typed
from svc_tui.domain.language.date_parts import shown as shown
from svc_tui.domain.languages import language_of

OPENING = time(9, 0)
"""The time of day that a date without one gets, unless the caller knows better."""

NOT_A_DATE = N_("“{text}” is not a date; write for example today, +3, fri, 24, 2411, 24.11.26 or week 48")
NOT_A_TIME = N_("“{text}” is not a time of day; write for example 9, 930 or 14:30")
NOT_A_MOMENT = N_("“{text}” is not a date or time; write for example fri 930, 2411, +3, today 14 or 24.11. 09:00")
NOT_A_PERIOD = N_("“{text}” is not a period; write for example today, week48, nov, 2026, -7, <24.11 or 1.11..24.11")


def parse_date(text: str, now: datetime, language: str, looks: Looks = "forward") -> date:
    """The day that the text means; of a week its Monday. Raises Invalid."""
    from svc_tui.domain.language import date_reading

    found = date_reading.day(text, now.date(), language, looks)
    if found is None:
        raise Invalid(NOT_A_DATE, text=shown(text))
    return found


def parse_time(text: str) -> time:
    """The time of day that the text means (`9`, `930`, `14.30`, `kl 9`). Raises Invalid."""
    from svc_tui.domain.language import date_reading

    found = date_reading.clock(text)
    if found is None:
        raise Invalid(NOT_A_TIME, text=shown(text))
    return found


def parse_typed(text: str, now: datetime, language: str) -> Typed:
    """The day, the time of day, or both, that stand in one field. Raises Invalid.

    Of numbers standing alone, those of one or three figures are a time, two are the day of the month, four are day
    and month if there is such a date and else a time. With both, either may come first; where both orders make
    sense the date is taken to be first.
    """
    from svc_tui.domain.language import date_reading

    found = date_reading.typed(text, now.date(), language)
    if found is None:
        raise Invalid(NOT_A_MOMENT, text=shown(text))
    return found


def parse_when(text: str, now: datetime, language: str, default_time: time = OPENING) -> datetime:
    """The minute that a date, a time, or both in one field mean, where nothing stands. Raises Invalid.

    A time alone is today; a date alone is at `default_time`.
    """
    found = parse_typed(text, now, language)
    return datetime.combine(found.day or now.date(), default_time if found.clock is None else found.clock)


def parse_period(text: str, now: datetime, language: str, looks: Looks = "forward") -> Period:
    """First and last day, both included, None for an open end. Raises Invalid.

    `-7` and `+7` alone reach from and to today; as an end of a range or after `<` and `>` they are a day. What
    reads as one date or month is one (`24-11`, `2012` as 20 December), also if it could be a range or a year.
    In a range the end is read first: a start without year, or a weekday, that would fall after it is moved back
    a year or a week, and a bare day of the month is the last such day before it. A question that looks back reads
    the start first, and its end is the first such day from there.
    """
    from svc_tui.domain.language import date_reading

    found = date_reading.period(text, now.date(), language, looks)
    if found is None:
        raise Invalid(NOT_A_PERIOD, text=shown(text))
    return found


def format_date(day: date, now: datetime, language: str) -> str:
    """The date, short: `24.11.` or `24/11`, with the year where it would else be read as another year."""
    separator = language_of(language).day_mark
    short = f"{day.day:02}{separator}{day.month:02}"
    if day.year == now.year and _is_this_years(day, now.date()):
        return short + separator if separator == "." else short
    year = day.year % 100 if day.year // 100 == 20 else day.year
    return f"{short}{separator}{year:02}"


def format_when(when: datetime, now: datetime, language: str) -> str:
    """Date and time, short: `24.11. 09:00`; `parse_when` reads it back to the same minute."""
    return f"{format_date(when.date(), now, language)} {when.hour:02}:{when.minute:02}"


def _is_this_years(day: date, today: date) -> bool:
    """Whether the day, which is in this year, is read so without its year."""
    return day.toordinal() >= today.toordinal() - LOOK_BACK
