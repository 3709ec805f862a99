"""The next free time, against a count quarter by quarter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from svc_tui.domain.planning.free_time import GRID, next_free
from svc_tui.domain.planning.hours import Calendar, Moments, Timeline

HOUR, DAY = 3600, 86_400
MONDAY = 1_795_993_200  # 30/11 2026, midnight in Copenhagen
LUNCH = ((480, 720), (750, 960))
"""8 to 12 and 12:30 to 16."""


def line(week: tuple[tuple[Moments, ...], ...] = (LUNCH,) * 5 + ((), ())) -> Timeline:
    return Timeline(Calendar("Europe/Copenhagen", week), MONDAY - DAY, MONDAY + 60 * DAY)


def at(day: int, hour: float) -> int:
    return MONDAY + day * DAY + int(hour * HOUR)


def test_it_begins_at_the_next_quarter_within_hours() -> None:
    assert next_free(line(), (), at(0, 9) + 61, HOUR) == (at(0, 9.25), at(0, 10.25))
    assert next_free(line(), (), at(0, 3), HOUR) == (at(0, 8), at(0, 9))
    assert next_free(line(), (), at(4, 16), HOUR) == (at(7, 8), at(7, 9))


def test_it_goes_over_no_break_that_it_can_avoid() -> None:
    assert next_free(line(), (), at(0, 11.5), HOUR) == (at(0, 12.5), at(0, 13.5))
    assert next_free(line(), (), at(0, 15.5), HOUR) == (at(1, 8), at(1, 9))
    assert next_free(line(), (), at(0, 8.25), 4 * HOUR) == (at(1, 8), at(1, 12))
    assert next_free(line(), (), at(0, 8), 6 * HOUR) == (at(0, 8), at(0, 14.5))


def test_what_is_there_already_is_gone_round() -> None:
    busy = [(at(0, 10), at(0, 11)), (at(0, 8), at(0, 9.5)), (at(0, 9), at(0, 9.25))]
    assert next_free(line(), busy, at(0, 8), HOUR) == (at(0, 11), at(0, 12))
    assert next_free(line(), busy, at(0, 8), HOUR // 2) == (at(0, 9.5), at(0, 10))
    # Away all of the week and of the next one.
    assert next_free(line(), [(at(0, 0), at(14, 0))], at(0, 8), HOUR) == (at(14, 8), at(14, 9))


def test_who_never_works_is_never_free() -> None:
    assert next_free(line(((),) * 7), (), at(0, 8), HOUR) is None
    assert next_free(line(), [(at(0, 0), at(90, 0))], at(0, 8), HOUR) is None


def counted(hours: Timeline, busy: list[Moments], moment: int, seconds: int) -> Moments | None:
    """Every quarter tried in turn."""
    broken = None
    for begins in range(-(-moment // GRID) * GRID, hours.end, GRID):
        ends = hours.add(begins, seconds) if hours.is_working(begins) else None
        if ends is None or any(start < ends and begins < end for start, end in busy):
            continue
        if ends - begins == seconds:
            return begins, ends
        broken = broken or (begins, ends)
    return broken


@settings(max_examples=300, deadline=None)
@given(
    starts=some.lists(some.tuples(some.integers(0, 12 * 96), some.integers(1, 60)), max_size=12),
    moment=some.integers(0, 10 * DAY),
    quarters=some.integers(1, 40),
)
def test_it_is_what_trying_every_quarter_finds(starts: list[tuple[int, int]], moment: int, quarters: int) -> None:
    busy = [(MONDAY + start * GRID + 300, MONDAY + (start + length) * GRID + 300) for start, length in starts]
    hours = Timeline(Calendar("Europe/Copenhagen", (LUNCH,) * 5 + ((), ())), MONDAY, MONDAY + 30 * DAY)
    assert next_free(hours, busy, MONDAY + moment, quarters * GRID) == counted(
        hours, busy, MONDAY + moment, quarters * GRID
    )
