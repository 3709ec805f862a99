"""When somebody is free next: within his own hours, beside what he has to do then. Moments are seconds UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from svc_tui.domain.planning.hours import Moments, Timeline

GRID: Final = 900
"""Seconds: appointments begin at a quarter."""
_REACH: Final = 92 * 86_400
"""How far ahead a stretch without a break is looked for."""


def next_free(line: Timeline, busy: Iterable[Moments], moment: int, seconds: int) -> Moments | None:
    """The first stretch, from a quarter on, in which so much can be worked beside what is there already.

    It is without a break, unless there is no such stretch for three months: then it goes on behind the break, be that
    a lunch or a night.

    Args:
        line: The person's hours.
        busy: What is there already, in any order; half open as every span.
        moment: It begins at that moment or later.
        seconds: How much is to be worked; more than none.

    Returns:
        When it begins and when it ends; None when the hours that are known hold no such stretch.
    """
    first = None
    taken = sorted(busy)
    for begins, ends in _stretches(line, taken, moment, seconds):
        if ends - begins == seconds:
            return begins, ends
        if begins > moment + _REACH:
            break
        first = first or (begins, ends)
    return first


def _stretches(line: Timeline, busy: list[Moments], moment: int, seconds: int) -> Iterator[Moments]:
    """Where it could be done, each beginning later than the one before; of one span no more than one."""
    begins = _opens(line, _on_grid(moment))
    while begins is not None:
        ends = line.add(begins, seconds)
        if ends is None:
            return
        if taken := [end for start, end in busy if start < ends and end > begins]:
            # Whatever begins before all of it is over has some of it in the way.
            begins = _opens(line, _on_grid(max(taken)))
            continue
        yield begins, ends
        # What goes over a break here does so from every later moment of this span too.
        begins = _opens(line, _on_grid(line.closes(begins)))


def _opens(line: Timeline, moment: int) -> int | None:
    """The first quarter from then on that is worked."""
    found: int | None = moment
    while found is not None and not line.is_working(found):
        opened = line.opens(found)
        found = None if opened is None else _on_grid(opened)
    return found


def _on_grid(moment: int) -> int:
    return -(-moment // GRID) * GRID
