"""Where in the week it breaks: work day by day against hours. Moments are seconds UTC, amounts seconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from svc_tui.domain.planning.hours import Timeline
from svc_tui.domain.planning.workload import NEVER


class Basis(Enum):
    """Which day a job counts on."""

    DUE = "due"
    """That of its deadline; what is late already on the first."""
    START = "start"
    """That of its start."""


class Day(NamedTuple):
    """A day of the week shown: it reaches to the next one, for nobody works between them."""

    start: int
    end: int


class Cell(NamedTuple):
    """One day of one person."""

    work: int
    """What counts on this day."""
    hours: int
    """What he works on it, from now on."""
    free: int
    """By the deadline: hours until its end that are free when all due until then is done; by the start: of this day."""


class Work(NamedTuple):
    """A job as far as it counts here."""

    left: int
    at: int
    """Its deadline or its start; NEVER for none."""


def days(lines: Sequence[Timeline], midnights: Iterable[int], now: int, skip: int, count: int) -> tuple[Day, ...]:
    """So many days on which somebody still works, from now on.

    Args:
        lines: Everybody's hours, and the shop's.
        midnights: When days begin, today's first; one more than there are days.
        now: The time.
        skip: Leave out so many of them.
        count: How many.
    """
    wanted = skip + count + 1
    starts = []
    for start, end in _pairs(midnights):
        if any(line.between(max(start, now), end) > 0 for line in lines):
            starts.append(start)
        if len(starts) == wanted:
            break
        last = end
    else:
        starts.append(last)
    return tuple(Day(start, end) for start, end in _pairs(starts))[skip : skip + count]


def _pairs(moments: Iterable[int]) -> Iterator[tuple[int, int]]:
    moments = iter(moments)
    before = next(moments, None)
    for moment in moments:
        if before is not None:
            yield before, moment
        before = moment


def cells(
    line: Timeline, work: Sequence[Work], shown: Sequence[Day], now: int, basis: Basis, *, from_now: bool = True
) -> list[Cell]:
    """A person's days.

    Args:
        line: His hours.
        work: His open jobs.
        shown: Which days.
        now: The time.
        basis: Which day a job counts on.
        from_now: Whether the first day shown is the first on which somebody still works: late work is due on it.
    """
    found = []
    for place, day in enumerate(shown):
        catches_late = basis is Basis.DUE and from_now and not place
        mine = sum(job.left for job in work if job.at < day.end and (catches_late or job.at >= day.start))
        hours = max(line.between(max(day.start, now), day.end), 0)
        if basis is Basis.DUE:
            until = sum(job.left for job in work if job.at < day.end)
            free = max(line.between(now, day.end), 0) - until
        else:
            free = hours - mine
        found.append(Cell(mine, hours, free))
    return found


def later(work: Iterable[Work], end: int) -> int:
    """What counts on days after those shown."""
    return sum(job.left for job in work if end <= job.at < NEVER)
