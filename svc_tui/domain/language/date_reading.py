"""Reading what was typed for a day, a time or a period; `dates` says what the texts mean and refuses what is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import ParamSpec, TypeVar

from svc_tui.domain.errors import Invalid
from svc_tui.domain.language import date_words
from svc_tui.domain.language.date_parts import ENDS_BEFORE_START, TWO_WAYS, Looks, Period, Typed, shown
from svc_tui.domain.language.date_words import normalised
from svc_tui.domain.language.days import Span, day_meant, offset, period_meant

_P = ParamSpec("_P")
_T = TypeVar("_T")


def day(text: str, today: date, language: str, looks: Looks) -> date | None:
    """The day that the text means; of a week its Monday."""
    return _attempt(_day, normalised(text), today, language, looks)


def clock(text: str) -> time | None:
    """The time of day that the text means."""
    return _time(normalised(text))


def typed(text: str, today: date, language: str) -> Typed | None:
    """The day, the time of day, or both, that the text means."""
    wanted = re.sub(date_words.JOINED_TIME, r"\1 ", normalised(text))
    return _attempt(_typed, wanted, today, language)


def period(text: str, today: date, language: str, looks: Looks) -> Period | None:
    """First and last day that the text means, None for an open end."""
    return _attempt(_period, normalised(text), today, language, looks)


def leaves_open(text: str, today: date, language: str, first: date | None, last: date | None) -> bool:
    """Whether a reader may ask which days a period was taken for.

    Args:
        text: The period, as it was understood.
        today: When.
        language: Of its words.
        first: What it was taken for.
        last: Likewise.
    """
    of_another_year = any(day is not None and day.year != today.year for day in (first, last))
    for part in _parts(normalised(text)):
        if re.fullmatch(date_words.ISO_WEEK, part) or re.fullmatch(date_words.week_pattern(), part):
            return True
        meant = _attempt(period_meant, part, today, language)
        kind = meant.kind if meant else "nothing"
        if kind in ("weekday", "day", "week", "month") or (kind == "date" and of_another_year):
            return True
    return False


def _parts(text: str) -> list[str]:
    """The ends of a range, or the one day there is."""
    text = text.lstrip("<>= ")
    ends = re.split(r" ?\.{2,3} ?", text) if ".." in text else [text, *text.split("-")]
    return [end.strip() for end in ends if end.strip()]


def named(text: str, language: str) -> str:
    """A period as a line tells it; a week with the word of the language."""
    match = re.fullmatch(date_words.week_pattern(), normalised(text))
    if match and not match[2]:
        return f"{date_words.week_word(language)} {match[1]}"
    return shown(text)


def _attempt(read: Callable[_P, _T | None], *args: _P.args, **kwargs: _P.kwargs) -> _T | None:
    """What `read` finds; None where the calendar itself ends."""
    try:
        return read(*args, **kwargs)
    except OverflowError:
        return None


def _time(text: str) -> time | None:
    match = re.fullmatch(date_words.time_pattern(), text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _typed(text: str, today: date, language: str) -> Typed | None:
    # "24 nov 14" is 14 o'clock, not 2014, while "24 nov 26" can only be the year.
    if re.search(r" [0-9]{2}$", text):
        return _both(text, today, language) or _alone(text, today, language)
    return _alone(text, today, language) or _both(text, today, language)


def _day(text: str, today: date, language: str, looks: Looks = "forward") -> date | None:
    found = day_meant(text, today, language)
    span = found and found.taken(today, looks)
    return span and span.first


def _alone(text: str, today: date, language: str) -> Typed | None:
    is_time_first = re.fullmatch(r"[0-9]|[0-9]{3}", text) is not None
    day = None if is_time_first else _day(text, today, language)
    if day:
        return Typed(day, None)
    clock = None if re.fullmatch(r"[0-9]{2}", text) else _time(text)
    return None if clock is None else Typed(None, clock)


def _both(text: str, today: date, language: str) -> Typed | None:
    words = text.split(" ")
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    for day_text, clock_text in halves + [(right, left) for left, right in halves]:
        clock = _time(clock_text)
        day = None if clock is None else _day(day_text, today, language)
        if clock is not None and day is not None:
            return Typed(day, clock)
    return None


def _period(text: str, today: date, language: str, looks: Looks) -> Period | None:
    for read in (_days_around, _compared, _dotted_range, _one_span, _hyphened_range):
        if found := read(text, today, language, looks):
            return found
    return None


def _span(text: str, today: date, language: str, looks: Looks) -> Span | None:
    found = period_meant(text, today, language)
    return found and found.taken(today, looks)


def _days_around(text: str, today: date, language: str, looks: Looks) -> Period | None:
    match = re.fullmatch(date_words.offset_pattern(), text)
    if not match:
        return None
    day = today + offset(match)
    return min(day, today), max(day, today)


def _compared(text: str, today: date, language: str, looks: Looks) -> Period | None:
    match = re.fullmatch(date_words.COMPARISON, text)
    span = match and _span(match[2], today, language, looks)
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


def _one_span(text: str, today: date, language: str, looks: Looks) -> Period | None:
    span = _span(text, today, language, looks)
    return span and (span.first, span.last)


def _dotted_range(text: str, today: date, language: str, looks: Looks) -> Period | None:
    match = re.fullmatch(date_words.DOTTED_RANGE, text)
    if not match:
        return None
    start, end = match[1], match[2]
    if not start or not end:
        span = _span(start or end, today, language, looks)
        return span and ((span.first, None) if start else (None, span.last))
    found = _range(start, end, today, language, looks)
    if found and found[0] > found[1]:
        raise Invalid(ENDS_BEFORE_START, text=shown(text))
    return found


def _hyphened_range(text: str, today: date, language: str, looks: Looks) -> Period | None:
    places = [place for place, letter in enumerate(text) if letter == "-" and place]
    found = {_range(text[:place].strip(), text[place + 1 :].strip(), today, language, looks) for place in places}
    ranges = [days for days in found if days and days[0] <= days[1]]
    if len(ranges) > 1:
        raise Invalid(TWO_WAYS, text=shown(text))
    return ranges[0] if ranges else None


def _range(start: str, end: str, today: date, language: str, looks: Looks) -> tuple[date, date] | None:
    """First and last day of a range; the caller sees to it that they are in order."""
    if re.fullmatch(date_words.week_pattern(), start) and re.fullmatch(r"[0-9]{1,2}", end):
        end = f"w{end}"  # "uge 47-49"
    since, until = period_meant(start, today, language), period_meant(end, today, language)
    if since is None or until is None:
        return None
    first, last = since.taken(today, looks), until.taken(today, looks)
    if looks == "back" and first is not None and until.kind != "nothing":
        last = until.since(first.first)
    if first is None or last is None:
        return None
    if since.kind == "day" or (since.kind != "nothing" and first.first > last.last):
        first = since.until(last.last) or first
    return first.first, last.last
