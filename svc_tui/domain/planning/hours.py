"""Working hours: the calendars of a shop and of its people, and counting in them.

One definition, everything follows from it: a moment works when the clock on the wall shows a time in one of the spans
of its day. Spans are half open, [from, to). So across a change of the clocks a span is as long as it really lasted: a
shop that is always open has days of 23 and of 25 hours, the hour that comes twice counts twice, and the one that
never comes does not count.

Moments are seconds UTC, amounts seconds. A deadline that falls on closing time is that closing time, not the next
opening.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import Final, NamedTuple

from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid

Span = tuple[int, int]
"""Minutes of the clock on the wall, from midnight: 0 <= from < to <= 1440."""
Moments = tuple[int, int]
"""From one moment to another, seconds UTC; the second is not in it."""

NO_DAYS: Final[Mapping[date, tuple[Span, ...]]] = MappingProxyType({})

_DAY = 86_400
_PROBE = 7 * _DAY
_EPOCH = date(1970, 1, 1).toordinal()
_NO_SPAN = N_("{start} to {end} is no time of opening: write it as 08:00-16:30, the first time before the second.")


class Calendar(NamedTuple):
    """The hours of a shop or of a person."""

    zone: str
    """Name of the time zone whose clock hangs on the wall."""
    week: tuple[tuple[Span, ...], ...]
    """The spans of seven days, Monday first."""
    days: Mapping[date, tuple[Span, ...]] = NO_DAYS
    """Days with spans of their own: none on a holiday."""
    absences: tuple[Moments, ...] = ()
    """When a person is away."""

    def spans(self, day: date) -> tuple[Span, ...]:
        """When it is worked on a day."""
        own = self.days.get(day)
        return self.week[day.weekday()] if own is None else own


def tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, and joined where they touch or overlap.

    Raises:
        Invalid: of one that is no span of a day.
    """
    made: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= 1440:
            raise Invalid(_NO_SPAN, field="hours", start=_wall(start), end=_wall(end))
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return tuple(made)


def of_person(
    shop: Calendar, week: tuple[tuple[Span, ...], ...] | None = None, absences: Iterable[Moments] = ()
) -> Calendar:
    """The calendar of a person.

    Args:
        shop: Of the shop.
        week: The person's own; None works when the shop is open, special days included. With a week of his own he
            works on special days what lies in both: a Sunday that is open does not call him in.
        absences: When he is away.
    """
    if week is None:
        return shop._replace(absences=_joined(absences))
    days = {day: _both(week[day.weekday()], spans) for day, spans in shop.days.items()}
    return Calendar(shop.zone, week, days, _joined(absences))


class Timeline:
    """A calendar unrolled from one moment to another: every question is a binary search.

    Outside of it nothing is worked. So a calendar without hours ends a search, too.
    """

    __slots__ = ("_before", "_ends", "_starts", "end", "start", "total")

    def __init__(self, calendar: Calendar, start: int, end: int) -> None:
        spans = worked_spans(calendar, start, end)
        self.start, self.end = start, end
        self._starts = array("q", (opens for opens, _ in spans))
        self._ends = array("q", (closes for _, closes in spans))
        self._before = array("q", accumulate((closes - opens for opens, closes in spans), initial=0))
        self.total = self._before[-1]
        """Seconds worked on the whole of it."""

    def worked(self, moment: int) -> int:
        """Seconds worked before a moment."""
        place = bisect_right(self._starts, moment)
        if not place:
            return 0
        return self._before[place - 1] + min(moment, self._ends[place - 1]) - self._starts[place - 1]

    def between(self, start: int, end: int) -> int:
        """Seconds worked from one moment to another; negative when the second lies before the first."""
        return self.worked(end) - self.worked(start)

    def add(self, moment: int, seconds: int) -> int | None:
        """The earliest moment by which so much has been worked since `moment`.

        Args:
            moment: From when.
            seconds: How much; 0 gives the moment itself, also outside hours. Of a negative amount the latest moment
                from which so much is worked until `moment`.

        Returns:
            None when the timeline ends before.
        """
        if not seconds:
            return moment
        wanted = self.worked(moment) + seconds
        if not 0 <= wanted <= self.total:
            return None
        find = bisect_left if seconds > 0 else bisect_right
        place = find(self._before, wanted) - 1
        return self._starts[place] + wanted - self._before[place]

    def is_working(self, moment: int) -> bool:
        """Whether it is worked at a moment."""
        place = bisect_right(self._starts, moment)
        return bool(place) and moment < self._ends[place - 1]

    def opens(self, moment: int) -> int | None:
        """The moment itself when it works, else the next opening; None when there is none any more."""
        if self.is_working(moment):
            return moment
        place = bisect_left(self._starts, moment)
        return self._starts[place] if place < len(self._starts) else None

    def closes(self, moment: int) -> int:
        """When the span ends that a working moment lies in; the moment itself when it does not work."""
        place = bisect_right(self._starts, moment)
        return max(moment, self._ends[place - 1]) if place else moment


def worked_spans(calendar: Calendar, start: int, end: int) -> list[Moments]:
    """When it is worked within [start, end), in order, joined where one touches the next."""
    made: list[Moments] = []
    for first, last, offset in _steady(calendar.zone, start, end):
        for opens, closes in _on_the_wall(calendar, first + offset, last + offset):
            if made and made[-1][1] == opens - offset:
                made[-1] = (made[-1][0], closes - offset)
            else:
                made.append((opens - offset, closes - offset))
    return _without(made, calendar.absences) if calendar.absences else made


def _on_the_wall(calendar: Calendar, first: int, last: int) -> Iterator[Moments]:
    """The spans within [first, last), in seconds that the clock on the wall has shown since 1970."""
    for number in range(first // _DAY, (last - 1) // _DAY + 1):
        midnight = number * _DAY
        for opens, closes in calendar.spans(date.fromordinal(_EPOCH + number)):
            start, end = max(midnight + opens * 60, first), min(midnight + closes * 60, last)
            if start < end:
                yield start, end


def _steady(zone: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """[start, end) in stretches of one offset from UTC, in seconds."""
    here, offset = start, clock.offset(zone, start)
    while here < end:
        probe = here
        while probe < end:
            probe = min(probe + _PROBE, end)
            if clock.offset(zone, probe) != offset:
                break
        else:
            yield here, end, offset
            return
        low, high = max(here, probe - _PROBE), probe
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if clock.offset(zone, middle) == offset else (low, middle)
        yield here, high, offset
        here, offset = high, clock.offset(zone, high)


def _both(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    return tuple((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d))


def _joined(pairs: Iterable[Moments]) -> tuple[Moments, ...]:
    made: list[Moments] = []
    for start, end in sorted(pairs):
        if end <= start:
            continue
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return tuple(made)


def _without(spans: Iterable[Moments], gaps: Sequence[Moments]) -> list[Moments]:
    made: list[Moments] = []
    for opens, closes in spans:
        for leaves, returns in gaps:
            if returns <= opens or leaves >= closes:
                continue
            if leaves > opens:
                made.append((opens, leaves))
            opens = max(opens, returns)
        if opens < closes:
            made.append((opens, closes))
    return made


def _wall(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
