"""What a text says of days: which it may mean, and which of them is meant.

A text that leaves something open (a weekday, a day of the month, a week or a date without its year) names days that
come again and again. Which of them is meant goes by who asks (`dates.Looks`); everything else means what it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language import date_words
from svc_tui.domain.language.date_parts import LOOK_BACK, Looks

NO_SUCH_WEEK = N_("There is no week {week}; a year has 52 or 53.")
NO_SUCH_WEEK_IN = N_("There is no week {week} in {year}.")

_YEARS = range(1900, 2200)
_LEAP = 8
"""Years within which there is a 29 February on either side."""


Kind = Literal["nothing", "weekday", "day", "date", "week", "month"]
"""What a text leaves open: nothing, which weekday or day of the month, the year of a date, week or month."""


class Span(NamedTuple):
    """Days in a row, both included."""

    first: date
    last: date


class Meant(NamedTuple):
    """The days that a text may mean."""

    kind: Kind
    around: Callable[[date], list[Span]]
    """Those around a day, in order: the last before it, the first after it, and what contains it."""

    def taken(self, today: date, looks: Looks) -> Span | None:
        """The one that is meant today; None if there is none."""
        spans = self.around(today)
        if self.kind == "nothing":
            return spans[0]
        if looks == "back":
            limit = today - timedelta(days=self.kind == "weekday")
            return max((span for span in spans if span.first <= limit), default=None)
        if looks == "nearest" and self.kind in ("day", "week"):
            return min(reversed(spans), key=lambda span: _distance(span, today), default=None)
        return min((span for span in spans if self._is_ahead(span, today)), default=None)

    def _is_ahead(self, span: Span, today: date) -> bool:
        if self.kind == "weekday":
            return span.first > today
        if self.kind in ("day", "week"):
            return span.last >= today
        return span.first.year >= today.year and span.last.toordinal() >= today.toordinal() - LOOK_BACK

    def until(self, limit: date) -> Span | None:
        """The last one that begins no later than this day."""
        return max((span for span in self.around(limit) if span.first <= limit), default=None)

    def since(self, limit: date) -> Span | None:
        """The first one that is not over before this day."""
        return min((span for span in self.around(limit) if span.last >= limit), default=None)


def _distance(span: Span, today: date) -> int:
    if span.first <= today <= span.last:
        return 0
    return abs(min(span, key=lambda day: abs((day - today).days)).toordinal() - today.toordinal())


def _fixed(first: date, last: date | None = None) -> Meant:
    return Meant("nothing", lambda _day: [Span(first, last or first)])


def day_meant(text: str, today: date, language: str) -> Meant | None:
    """Everything that is a date: a day, or a week standing for its Monday.

    Raises:
        Invalid: when it is a week that no year has, or not the year it names.
    """
    if match := re.fullmatch(date_words.offset_pattern(), text):
        return _fixed(today + offset(match))
    if (days := date_words.days_from_today(text, language)) is not None:
        return _fixed(today + timedelta(days=days))
    if (weekday := date_words.weekday_number(text.removesuffix("."), language)) is not None:
        return Meant("weekday", lambda day: _weekdays(weekday, day))
    if match := re.fullmatch(date_words.DAY_OF_MONTH, text):
        number = int(match[1])
        return Meant("day", lambda day: _numbered(number, day)) if 1 <= number <= 31 else None
    return _numeric(text) or _named(text, today, language) or _week(text, today)


def offset(match: re.Match[str]) -> timedelta:
    """The distance that `+3` or `-2w` means."""
    days = int(match[2]) * (7 if match[3] in ("u", "w", "v") else 1)
    return timedelta(days=-days if match[1] == "-" else days)


def period_meant(text: str, today: date, language: str) -> Meant | None:
    """Everything that is a date, and months and years. Raises Invalid as `day_meant` does."""
    if re.fullmatch(r"[0-9]{4}", text) and _numeric(text) is None:
        return _months(int(text), 1, 12)
    return day_meant(text, today, language) or _month(text, language)


def made(year: int, month: int, day: int) -> date | None:
    """The date, if there is one and its year is not a slip."""
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekdays(number: int, day: date) -> list[Span]:
    of_this_week = day + timedelta(days=number - day.weekday())
    days = (of_this_week + timedelta(days=7 * weeks) for weeks in (-1, 0, 1))
    return [Span(day, day) for day in days]


def _numbered(number: int, day: date) -> list[Span]:
    """The days of this number before and after a day; months without it are passed over."""
    before = after = day
    while before.day != number:
        before -= timedelta(days=1)
    while after.day != number:
        after += timedelta(days=1)
    return [Span(day, day) for day in dict.fromkeys((before, after))]


def _calendar(day: int, month: int, year: str | None) -> Meant | None:
    if year is None:
        return _dated(month, day)
    whole = made(int(year) + 2000 if len(year) == 2 else int(year), month, day)
    return _fixed(whole) if whole else None


def _dated(month: int, day: int) -> Meant | None:
    """A day of the year that some year has."""
    if made(2000, month, day) is None:
        return None

    def around(near: date) -> list[Span]:
        days = (made(year, month, day) for year in range(near.year - _LEAP, near.year + _LEAP + 1))
        return [Span(found, found) for found in days if found is not None]

    return Meant("date", around)


def _numeric(text: str) -> Meant | None:
    if match := re.fullmatch(date_words.ISO_DATE, text):
        return _calendar(int(match[3]), int(match[2]), match[1])
    if match := re.fullmatch(date_words.SEPARATED_DATE, text):
        return _calendar(int(match[1]), int(match[3]), match[4])
    if match := re.fullmatch(date_words.SLASH_DASH_DATE, text):
        return _calendar(int(match[1]), int(match[2]), match[3])
    if not re.fullmatch(date_words.DIGITS, text):
        return None
    day_first = _calendar(int(text[:2]), int(text[2:4]), text[4:] or None)
    if day_first is None and len(text) == 8:
        return _calendar(int(text[6:]), int(text[4:6]), text[:4])
    return day_first


def _named(text: str, today: date, language: str) -> Meant | None:
    """`24. november 2026`, also with its weekday in front, which must then be the right one."""
    match = re.fullmatch(date_words.NAMED_DATE, text)
    month = match and date_words.month_number(match["month"], language)
    if not match or not month:
        return None
    found = _calendar(int(match["day"]), month, match["year"])
    if found is None or not match["weekday"]:
        return found
    weekday, every = date_words.weekday_number(match["weekday"], language), found.around
    if found.kind == "nothing":
        return found if every(today)[0].first.weekday() == weekday else None
    # Of another year it may be the right one, but nobody means one far away.
    return Meant(
        "date",
        lambda day: [
            span for span in every(day) if span.first.weekday() == weekday and abs(span.first.year - day.year) <= 1
        ],
    )


def _week(text: str, today: date) -> Meant | None:
    if match := re.fullmatch(date_words.ISO_WEEK, text):
        return _week_of(int(match[1]), int(match[2]))
    match = re.fullmatch(date_words.week_pattern(), text)
    if not match:
        return None
    number = int(match[1])
    if match[2]:
        return _week_of(int(match[2]), number)
    if not 1 <= number <= 53:
        raise Invalid(NO_SUCH_WEEK, week=number)

    def around(day: date) -> list[Span]:
        year = day.isocalendar().year
        weeks = (_days_of_week(near, number) for near in (year - 1, year, year + 1))
        return [week for week in weeks if week is not None]

    found = Meant("week", around)
    if not around(today):
        raise Invalid(NO_SUCH_WEEK_IN, week=number, year=today.isocalendar().year)
    return found


def _week_of(year: int, number: int) -> Meant:
    week = _days_of_week(year, number)
    if week is None:
        raise Invalid(NO_SUCH_WEEK_IN, week=number, year=year)
    return _fixed(*week)


def _days_of_week(year: int, number: int) -> Span | None:
    if year not in _YEARS:
        return None
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Span(monday, monday + timedelta(days=6))


def _month(text: str, language: str) -> Meant | None:
    if match := re.fullmatch(date_words.NUMBERED_MONTH, text):
        month = int(match["month"] or match["month_"])
        return _months(int(match["year"] or match["year_"]), month, month)
    match = re.fullmatch(date_words.MONTH, text)
    named = match and date_words.month_number(match[1], language)
    if not match or not named:
        return None
    number = named
    if match[2]:
        return _months(int(match[2]), number, number)

    def around(day: date) -> list[Span]:
        months = (_months(year, number, number) for year in (day.year - 1, day.year, day.year + 1))
        return [month.around(day)[0] for month in months if month is not None]

    return Meant("month", around)


def _months(year: int, first: int, last: int) -> Meant | None:
    start = made(year, first, 1)
    end = made(year, last, 28)
    if start is None or end is None:
        return None
    following = (end + timedelta(days=4)).replace(day=1)
    return _fixed(start, following - timedelta(days=1))
