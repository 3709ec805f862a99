"""Dates, times and periods: what people type for them, and how they are shown.

Everything is read against an injected `now` (naive, local), so that nothing here asks the clock. Numeric forms are
the same in all languages, day first; only names differ. The rules where a text says less than a whole date:

* a day of the month (`24`) is the next such day, today counted; a weekday (`fr`) the next one, today not counted;
* a day and month without year (`2411`, `24.11`) is in this year, or in the next if that is more than six months back;
* a week (`uge 48`) is the next one that is not over; two figures for a year mean 20xx.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, ParamSpec, TypeVar

from svc_tui.domain import date_words
from svc_tui.domain.date_words import normalised
from svc_tui.domain.errors import N_, Invalid

OPENING = time(9, 0)
"""The time of day that a date without one gets, unless the caller knows better."""

NOT_A_DATE = N_("“{text}” is not a date; write for example today, +3, fri, 24, 2411, 24.11.26 or week 48")
NOT_A_TIME = N_("“{text}” is not a time of day; write for example 9, 930 or 14:30")
NOT_A_MOMENT = N_("“{text}” is not a date or time; write for example fri 930, 2411, +3, today 14 or 24.11. 09:00")
NOT_A_PERIOD = N_("“{text}” is not a period; write for example today, week48, nov, 2026, -7, <24.11 or 1.11..24.11")
ENDS_BEFORE_START = N_("“{text}” ends before it starts; write the earlier day first, with the year if need be")
TWO_WAYS = N_("“{text}” can be read in more than one way; write two dots between the first and the last day")

_LOOK_BACK = 183  # days: "more than six months back"
_YEARS = range(1900, 2200)
_P = ParamSpec("_P")
_T = TypeVar("_T")
_SHOWN_LENGTH = 40
_DAY_SEPARATOR = {"da": ".", "nb": "."}


class _Span(NamedTuple):
    """The days that a text means."""

    first: date
    last: date
    step_back: date | None = None
    """The first day one year or week earlier, where the text left that open."""


Period = tuple[date | None, date | None]
"""First and last day, both included; None is an open end."""


def parse_date(text: str, now: datetime, language: str) -> date:
    """The day that the text means; of a week its Monday. Raises Invalid."""
    span = _attempt(_day_span, normalised(text), now.date(), language)
    if span is None:
        raise Invalid(NOT_A_DATE, text=shown(text))
    return span.first


def parse_time(text: str) -> time:
    """The time of day that the text means (`9`, `930`, `14.30`, `kl 9`). Raises Invalid."""
    found = _time(normalised(text))
    if found is None:
        raise Invalid(NOT_A_TIME, text=shown(text))
    return found


def parse_when(text: str, now: datetime, language: str, default_time: time = OPENING) -> datetime:
    """The minute that a date, a time, or both in one field mean. Raises Invalid.

    A time alone is today; a date alone is at `default_time`. Of numbers standing alone, those of one or three
    figures are a time, two are the day of the month, four are day and month if there is such a date and else a
    time. With both, either may come first; where both orders make sense the date is taken to be first.
    """
    wanted = re.sub(date_words.JOINED_TIME, r"\1 ", normalised(text))
    found = _attempt(_moment, wanted, now.date(), language, default_time)
    if found is None:
        raise Invalid(NOT_A_MOMENT, text=shown(text))
    return found


def parse_period(text: str, now: datetime, language: str) -> Period:
    """First and last day, both included, None for an open end. Raises Invalid.

    `-7` and `+7` alone reach from and to today; as an end of a range or after `<` and `>` they are a day. What
    reads as one date or month is one (`24-11`, `2012` as 20 December), also if it could be a range or a year.
    In a range the end is read first: a start without year, or a weekday, that would fall after it is moved back
    a year or a week, and a bare day of the month is the last such day before it.
    """
    found = _attempt(_period, normalised(text), now.date(), language)
    if found is None:
        raise Invalid(NOT_A_PERIOD, text=shown(text))
    return found


def format_date(day: date, now: datetime, language: str) -> str:
    """The date, short: `24.11.` or `24/11`, with the year where it would else be read as another year."""
    separator = _DAY_SEPARATOR.get(language, "/")
    short = f"{day.day:02}{separator}{day.month:02}"
    if day.year == now.year and _without_year(day.month, day.day, now.date()) == day:
        return short + separator if separator == "." else short
    year = day.year % 100 if day.year // 100 == 20 else day.year
    return f"{short}{separator}{year:02}"


def format_when(when: datetime, now: datetime, language: str) -> str:
    """Date and time, short: `24.11. 09:00`; `parse_when` reads it back to the same minute."""
    return f"{format_date(when.date(), now, language)} {when.hour:02}:{when.minute:02}"


def format_long_date(day: date, language: str) -> str:
    """The date with its names in full: `tirsdag den 24. november 2026`; `parse_date` reads it back."""
    return date_words.long_date(day.weekday(), day.day, day.month, day.year, language)


def end_of(start: datetime, minutes: int) -> datetime:
    """When something that starts then and takes so many minutes is over."""
    return start + timedelta(minutes=minutes)


def shown(text: str) -> str:
    """The text as a message quotes it: not longer than a line can hold."""
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"


def _attempt(read: Callable[_P, _T | None], *args: _P.args, **kwargs: _P.kwargs) -> _T | None:
    """What `read` finds; None where the calendar itself ends."""
    try:
        return read(*args, **kwargs)
    except OverflowError:
        return None


def _made(year: int, month: int, day: int) -> date | None:
    """The date, if there is one and its year is not a slip."""
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_year(month: int, day: int, today: date) -> date | None:
    oldest = date.fromordinal(max(1, today.toordinal() - _LOOK_BACK))
    too_old = oldest.year == today.year and (month, day) < (oldest.month, oldest.day)
    return _made(today.year + too_old, month, day)


def _calendar_span(day: int, month: int, year: str | None, today: date) -> _Span | None:
    if year is not None:
        whole = _made(int(year) + 2000 if len(year) == 2 else int(year), month, day)
        return _Span(whole, whole) if whole else None
    found = _without_year(month, day, today)
    return _Span(found, found, _made(found.year - 1, month, day)) if found else None


def _day_span(text: str, today: date, language: str) -> _Span | None:
    """Everything that is a date: a day, or a week standing for its Monday."""
    if match := re.fullmatch(date_words.OFFSET, text):
        day = today + _offset(match)
        return _Span(day, day)
    if (days := date_words.days_from_today(text, language)) is not None:
        day = today + timedelta(days=days)
        return _Span(day, day)
    if (weekday := date_words.weekday_number(text.removesuffix("."), language)) is not None:
        day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        return _Span(day, day, day - timedelta(days=7))
    if match := re.fullmatch(date_words.DAY_OF_MONTH, text):
        return _day_of_month(int(match[1]), today)
    return _numeric_span(text, today) or _named_span(text, today, language) or _week_span(text, today)


def _offset(match: re.Match[str]) -> timedelta:
    """The distance that `+3` or `-2w` means."""
    days = int(match[2]) * (7 if match[3] in ("u", "w", "v") else 1)
    return timedelta(days=-days if match[1] == "-" else days)


def _day_of_month(number: int, today: date) -> _Span | None:
    """The next day with this number, today counted; months without it are passed over."""
    if not 1 <= number <= 31:
        return None
    day = today
    while day.day != number:
        day += timedelta(days=1)
    return _Span(day, day)


def _numeric_span(text: str, today: date) -> _Span | None:
    if match := re.fullmatch(date_words.ISO_DATE, text):
        return _calendar_span(int(match[3]), int(match[2]), match[1], today)
    if match := re.fullmatch(date_words.SEPARATED_DATE, text):
        return _calendar_span(int(match[1]), int(match[3]), match[4], today)
    if match := re.fullmatch(date_words.SLASH_DASH_DATE, text):
        return _calendar_span(int(match[1]), int(match[2]), match[3], today)
    if not re.fullmatch(date_words.DIGITS, text):
        return None
    day_first = _calendar_span(int(text[:2]), int(text[2:4]), text[4:] or None, today)
    if day_first is None and len(text) == 8:
        return _calendar_span(int(text[6:]), int(text[4:6]), text[:4], today)
    return day_first


def _named_span(text: str, today: date, language: str) -> _Span | None:
    """`24. november 2026`, also with its weekday in front, which must then be the right one."""
    match = re.fullmatch(date_words.NAMED_DATE, text)
    month = match and date_words.month_number(match["month"], language)
    if not match or not month:
        return None
    span = _calendar_span(int(match["day"]), month, match["year"], today)
    if span and match["weekday"] and date_words.weekday_number(match["weekday"], language) != span.first.weekday():
        return None
    return span


def _week_span(text: str, today: date) -> _Span | None:
    if match := re.fullmatch(date_words.ISO_WEEK, text):
        return _week(int(match[1]), int(match[2]))
    match = re.fullmatch(date_words.WEEK, text)
    if not match:
        return None
    number = int(match[1])
    if match[2]:
        return _week(int(match[2]), number)
    year = today.isocalendar().year
    span = _week(year, number)
    if span is None or span.last < today:
        year += 1
        span = _week(year, number)
    before = _week(year - 1, number)
    return span and span._replace(step_back=before and before.first)


def _week(year: int, number: int) -> _Span | None:
    if year not in _YEARS:
        return None
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return _Span(monday, monday + timedelta(days=6))


def _time(text: str) -> time | None:
    match = re.fullmatch(date_words.TIME, text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _moment(text: str, today: date, language: str, default_time: time) -> datetime | None:
    # "24 nov 14" is 14 o'clock, not 2014, while "24 nov 26" can only be the year.
    if re.search(r" [0-9]{2}$", text):
        return _both(text, today, language) or _alone(text, today, language, default_time)
    return _alone(text, today, language, default_time) or _both(text, today, language)


def _alone(text: str, today: date, language: str, default_time: time) -> datetime | None:
    is_time_first = re.fullmatch(r"[0-9]|[0-9]{3}", text) is not None
    span = None if is_time_first else _day_span(text, today, language)
    if span:
        return datetime.combine(span.first, default_time)
    clock = None if re.fullmatch(r"[0-9]{2}", text) else _time(text)
    return None if clock is None else datetime.combine(today, clock)


def _both(text: str, today: date, language: str) -> datetime | None:
    words = text.split(" ")
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    for day, clock in halves + [(right, left) for left, right in halves]:
        found = _time(clock)
        span = None if found is None else _day_span(day, today, language)
        if found is not None and span is not None:
            return datetime.combine(span.first, found)
    return None


def _period_span(text: str, today: date, language: str) -> _Span | None:
    """Everything that is a date, and months and years."""
    if re.fullmatch(r"[0-9]{4}", text) and _numeric_span(text, today) is None:
        return _months(int(text), 1, 12)
    return _day_span(text, today, language) or _month_span(text, today, language)


def _month_span(text: str, today: date, language: str) -> _Span | None:
    if match := re.fullmatch(date_words.NUMBERED_MONTH, text):
        month = int(match["month"] or match["month_"])
        return _months(int(match["year"] or match["year_"]), month, month)
    match = re.fullmatch(date_words.MONTH, text)
    month_named = match and date_words.month_number(match[1], language)
    if not match or not month_named:
        return None
    if match[2]:
        return _months(int(match[2]), month_named, month_named)
    this_year = _months(today.year, month_named, month_named)
    is_old = this_year is not None and this_year.last.toordinal() < today.toordinal() - _LOOK_BACK
    year = today.year + is_old
    span = _months(year, month_named, month_named)
    return span and span._replace(step_back=_made(year - 1, month_named, 1))


def _months(year: int, first: int, last: int) -> _Span | None:
    start = _made(year, first, 1)
    end = _made(year, last, 28)
    if start is None or end is None:
        return None
    following = (end + timedelta(days=4)).replace(day=1)
    return _Span(start, following - timedelta(days=1))


def _period(text: str, today: date, language: str) -> Period | None:
    for read in (_days_around, _compared, _dotted_range, _one_span, _hyphened_range):
        if found := read(text, today, language):
            return found
    return None


def _days_around(text: str, today: date, language: str) -> Period | None:
    match = re.fullmatch(date_words.OFFSET, text)
    if not match:
        return None
    day = today + _offset(match)
    return min(day, today), max(day, today)


def _compared(text: str, today: date, language: str) -> Period | None:
    match = re.fullmatch(date_words.COMPARISON, text)
    span = match and _period_span(match[2], today, language)
    if not match or not span:
        return None
    match match[1]:
        case "<":
            return None, span.first - timedelta(days=1)
        case "<=":
            return None, span.last
        case ">":
            return span.last + timedelta(days=1), None
        case _:
            return span.first, None


def _one_span(text: str, today: date, language: str) -> Period | None:
    span = _period_span(text, today, language)
    return span and (span.first, span.last)


def _dotted_range(text: str, today: date, language: str) -> Period | None:
    match = re.fullmatch(date_words.DOTTED_RANGE, text)
    if not match:
        return None
    start, end = match[1], match[2]
    if not start or not end:
        span = _period_span(start or end, today, language)
        return span and ((span.first, None) if start else (None, span.last))
    found = _range(start, end, today, language)
    if found and found[0] > found[1]:
        raise Invalid(ENDS_BEFORE_START, text=shown(text))
    return found


def _hyphened_range(text: str, today: date, language: str) -> Period | None:
    places = [place for place, letter in enumerate(text) if letter == "-" and place]
    found = {_range(text[:place].strip(), text[place + 1 :].strip(), today, language) for place in places}
    ranges = [days for days in found if days and days[0] <= days[1]]
    if len(ranges) > 1:
        raise Invalid(TWO_WAYS, text=shown(text))
    return ranges[0] if ranges else None


def _range(start: str, end: str, today: date, language: str) -> tuple[date, date] | None:
    """First and last day of a range; the caller sees to it that they are in order."""
    if re.fullmatch(date_words.WEEK, start) and re.fullmatch(r"[0-9]{1,2}", end):
        end = f"w{end}"  # "uge 47-49"
    until = _period_span(end, today, language)
    since = _period_span(start, today, language)
    if until is None or since is None:
        return None
    if match := re.fullmatch(date_words.DAY_OF_MONTH, start):
        return _latest_numbered(int(match[1]), until.last), until.last
    if since.first > until.last and since.step_back:
        return since.step_back, until.last
    return since.first, until.last


def _latest_numbered(number: int, limit: date) -> date:
    """The last day with this number (1 to 31) that is not after the limit."""
    day = limit
    while day.day != number:
        day -= timedelta(days=1)
    return day
