"""What a timer counts: whole minutes, hours in thousandths, and which line of a job its own follows."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from svc_tui.domain import clock
from svc_tui.domain.errors import Invalid
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.planning import timing
from svc_tui.domain.planning.timing import Times
from svc_tui.domain.records import LineRecord


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (3_600, 60), (-5, 0)]
)  # fmt: skip
def test_time_is_rounded_to_the_nearest_minute(seconds: int, minutes: int) -> None:
    assert timing.minutes(seconds) == minutes


@pytest.mark.parametrize(("minutes", "hours"), [(1, 17), (20, 333), (30, 500), (40, 667), (60, 1_000), (83, 1_383)])
def test_minutes_are_hours_in_thousandths(minutes: int, hours: int) -> None:
    assert timing.hours(minutes) == hours


@pytest.mark.parametrize(("minutes", "told"), [(0, "0:00"), (7, "0:07"), (83, "1:23"), (600, "10:00")])
def test_it_is_told_as_hours_and_minutes(minutes: int, told: str) -> None:
    assert timing.told(minutes) == told


def test_it_is_of_another_day_by_the_shops_clock() -> None:
    late, early = (clock.seconds_of(datetime(2026, 11, day, hour, 59)) for day, hour in ((24, 23), (25, 0)))
    assert timing.is_of_another_day(late, early)
    assert not timing.is_of_another_day(early, clock.seconds_of(datetime(2026, 11, 25, 23, 59)))


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (Times(1_000, 900), "before it was started"),
        (Times(1_000, 200_000), "still to come"),
        (Times(0, 24 * 3_600 + 1), "more than 24 hours"),
    ],
)
def test_times_that_cannot_be_are_refused_by_their_field(times: Times, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        times.require_sound(100_000)
    assert refused.value.field == "stopped_at"


EVENING = datetime(2026, 11, 24, 22, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (Typed(None, time(23, 15)), datetime(2026, 11, 24, 23, 15)),
        (Typed(None, time(1, 30)), datetime(2026, 11, 25, 1, 30)),
        (Typed(date(2026, 11, 24), time(1, 30)), datetime(2026, 11, 24, 1, 30)),
    ],
)
def test_a_time_alone_is_on_the_day_of_the_start_or_the_morning_after(typed: Typed, meant: datetime) -> None:
    assert timing.meant(typed, EVENING.date(), EVENING) == meant


def test_a_day_alone_says_no_time() -> None:
    with pytest.raises(Invalid, match="16:30"):
        timing.meant(Typed(EVENING.date(), None), EVENING.date())


def _line(line_id: int, product: int | None, planned: int, used: int | None, kind: str = "hours") -> LineRecord:
    return LineRecord(line_id, line_id, kind, product, "", "", "", planned, used, 0, 0, "customer", "")


def test_the_line_follows_the_first_of_hours_that_has_some_left() -> None:
    lines = [
        _line(1, 5, 1_000, None, "part"), _line(2, None, 1_000, None), _line(3, 7, 1_000, 1_000),
        _line(4, 8, 1_000, 200), _line(5, 9, 1_000, None),
    ]  # fmt: skip
    found = timing.line_to_follow(lines)
    assert found is not None
    assert found.id == 4
    assert timing.line_to_follow(lines[:3]) == lines[2]
    assert timing.line_to_follow(lines[:2]) is None
    # what an earlier timer counted uses up the plan of its product
    earlier = [_line(1, 7, 1_000, 0), _line(2, 7, 0, 1_500), _line(3, 8, 500, None)]
    assert timing.line_to_follow(earlier) == earlier[2]
