"""Hours as people write them: `mon-fri 8-12 12:30-16:30, sat 10-13`, and of a single day `8-12`, `closed`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.date_words import normalised, short_weekday, weekday_number
from svc_tui.domain.planning.hours import Span, tidy

Week = tuple[tuple[Span, ...], ...]
"""The spans of seven days, Monday first."""

_SPAN: Final = r"(\d{1,2})(?:[:.]?(\d{2}))?-(\d{1,2})(?:[:.]?(\d{2}))?"
_CLOSED: Final = frozenset(("closed", "lukket", "stengt", "stängt", "-"))
_CLOSED_IN: Final = {"da": "lukket", "nb": "stengt", "sv": "stängt"}
_DAY: Final = 24 * 60

_NOT_READ = N_("“{text}” does not say when it is open; write for example mon-fri 8-12 12:30-16:30, sat 10-13.")
_NO_DAY_HOURS = N_("“{text}” is no time of opening; write for example 8-12, or - for closed.")


def read_week(text: str, language: str) -> Week:
    """A week as somebody typed it; days that are not named are closed, nothing is a week without hours.

    Raises:
        Invalid: when it is none.
    """
    week: list[list[Span]] = [[] for _ in range(7)]
    days: list[int] = []
    after_span = True
    for word in re.sub(r"\s*[-–]\s*", "-", text.casefold()).replace(",", " ").replace(";", " ").split():
        if word in _CLOSED or (span := _span(word)) is not None:
            if not days:
                raise Invalid(_NOT_READ, field="hours", text=text[:40])
            if word not in _CLOSED and span is not None:
                for day in days:
                    week[day].append(span)
            after_span = True
            continue
        named = _days(word, language)
        if not named:
            raise Invalid(_NOT_READ, field="hours", text=text[:40])
        days = named if after_span else days + named
        after_span = False
    if not after_span:
        raise Invalid(_NOT_READ, field="hours", text=text[:40])
    return tuple(tidy(spans) for spans in week)


def read_day(text: str) -> tuple[Span, ...]:
    """The spans of one day; none for `closed` or nothing.

    Raises:
        Invalid: when it is none.
    """
    words = re.sub(r"\s*[-–]\s*", "-", text.casefold().strip()).replace(",", " ").split()
    if not words or (len(words) == 1 and words[0] in _CLOSED):
        return ()
    spans = [_span(word) for word in words]
    found = [span for span in spans if span is not None]
    if len(found) < len(spans):
        raise Invalid(_NO_DAY_HOURS, field="hours", text=text[:40])
    return tidy(found)


def told_week(week: Week, language: str) -> str:
    """A week as it can be typed again; empty for one without hours."""
    groups = [
        (list(days), spans)
        for spans, days in ((spans, list(days)) for spans, days in groupby(range(7), key=lambda day: week[day]))
        if spans
    ]
    return ", ".join(f"{_named(days, language)} {told_day(spans, language)}" for days, spans in groups)


def told_day(spans: Sequence[Span], language: str) -> str:
    """The spans of a day as they can be typed again."""
    return " ".join(f"{_time(a)}-{_time(b)}" for a, b in spans) or _CLOSED_IN.get(language, "closed")


def _named(days: Sequence[int], language: str) -> str:
    first, last = (short_weekday(day, language) for day in (days[0], days[-1]))
    return first if len(days) == 1 else f"{first}-{last}"


def _time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _days(word: str, language: str) -> list[int]:
    """The days that a word names: one, or from one to another, also over Sunday."""
    ends = [weekday_number(normalised(part).rstrip("."), language) for part in word.split("-")]
    known: Iterable[int] = [end for end in ends if end is not None]
    days = list(known)
    if len(days) < len(ends) or len(days) > 2:
        return []
    if len(days) == 1:
        return days
    first, last = days
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _span(word: str) -> Span | None:
    found = re.fullmatch(_SPAN, word)
    if found is None:
        return None
    start, end = (int(found[hour]) * 60 + int(found[minute] or 0) for hour, minute in ((1, 2), (3, 4)))
    whole = all(int(found[minute] or 0) < 60 for minute in (2, 4))
    return (start, end) if whole and 0 <= start < end <= _DAY else None
