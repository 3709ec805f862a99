"""Working hours against cases counted by other code, and at random against a count minute by minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.planning.hours import Calendar, Span, Timeline, of_person, tidy, worked_spans
from tests.unit.counted import calendar, cases, counted, moment, reached, timelines, works

ZONES = (
    "Europe/Copenhagen", "Europe/London", "Europe/Oslo", "America/Santiago", "Australia/Lord_Howe", "Asia/Beirut",
    "Pacific/Apia", "UTC",
)  # fmt: skip
LINES = timelines()
DAY = 86_400


@pytest.mark.parametrize("case", cases("add")["cases"], ids=lambda case: str(case["id"]))
def test_add(case: dict[str, object]) -> None:
    line = LINES[str(case["calendar"])]
    start, minutes = case["start_at"], case["minutes"]
    assert isinstance(start, int)
    assert isinstance(minutes, int)
    assert line.add(start, minutes * 60) == case["moment_at"], case["why"]


@pytest.mark.parametrize("case", cases("between")["cases"], ids=lambda case: str(case["id"]))
def test_between(case: dict[str, object]) -> None:
    line = LINES[str(case["calendar"])]
    start, end = case["from_at"], case["to_at"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert line.between(start, end) == case["seconds"], case["why"]
    assert line.between(end, start) == -line.between(start, end)


times = st.sets(st.integers(0, 96), max_size=6).map(lambda cuts: sorted(15 * cut for cut in cuts))
day_spans = times.map(lambda cuts: tidy((a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)))
clock_changes = st.sampled_from(
    ["2026-03-29", "2026-10-25", "2026-04-05", "2026-09-06", "2026-03-26", "2026-10-29", "2026-06-10"]
).map(lambda text: moment(f"{text}T00:00+00:00") - 2 * DAY)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, int]:
    """A calendar, and a moment around which something is the matter with it."""
    start = draw(clock_changes)
    first = date.fromtimestamp(start)
    days = draw(st.dictionaries(st.integers(0, 5).map(lambda n: first + timedelta(days=n)), day_spans, max_size=2))
    away = [start + 900 * a for a in sorted(draw(st.sets(st.integers(0, 500), max_size=4)))]
    gaps = tuple((a, b) for a, b in zip(away[::2], away[1::2], strict=False))
    week = tuple(draw(day_spans) for _ in range(7))
    return Calendar(draw(st.sampled_from(ZONES)), week, days, gaps), start


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(0, 300), st.integers(0, 300), st.integers(1, 120))
def test_counting_minute_by_minute_gives_the_same(
    drawn: tuple[Calendar, int], first: int, length: int, quarters: int
) -> None:
    told, begin = drawn
    line = Timeline(told, begin, begin + 7 * DAY)
    start = begin + first * 900
    end = min(start + length * 900, begin + 7 * DAY)
    assert line.between(start, end) == counted(told, start, end)
    assert line.add(start, quarters * 900) == reached(told, start, quarters * 900, begin + 7 * DAY)
    assert line.is_working(start) == works(told, start)


@given(calendars(), st.integers(0, 7 * DAY), st.integers(1, 3 * DAY))
def test_what_was_added_lies_between(drawn: tuple[Calendar, int], after: int, amount: int) -> None:
    told, begin = drawn
    line = Timeline(told, begin, begin + 7 * DAY)
    found = line.add(begin + after, amount)
    if found is not None:
        assert line.between(begin + after, found) == amount
        assert line.between(begin + after, found - 1) < amount
        latest = line.add(found, -amount)
        assert latest is not None
        assert latest >= begin + after
        assert line.between(latest, found) == amount


@given(calendars())
def test_working_spans_neither_touch_nor_overlap(drawn: tuple[Calendar, int]) -> None:
    told, begin = drawn
    found = worked_spans(told, begin, begin + 7 * DAY)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))


SHOP = Calendar("Europe/Copenhagen", (((480, 1020),),) * 5 + ((), ()), {date(2026, 12, 24): ((480, 720),)})
MORNINGS: tuple[tuple[Span, ...], ...] = (((480, 720),),) * 5 + ((), ())
SUNDAYS_TOO = SHOP._replace(days={date(2026, 12, 20): ((600, 900),)})
EVE = moment("2026-12-24T00:00+01:00")


def test_a_person_without_a_week_of_his_own_works_when_the_shop_is_open() -> None:
    assert of_person(SHOP).spans(date(2026, 12, 24)) == ((480, 720),)
    assert of_person(SUNDAYS_TOO).spans(date(2026, 12, 20)) == ((600, 900),)


def test_a_week_of_ones_own_keeps_to_special_days_and_is_not_called_in_by_them() -> None:
    person = of_person(SUNDAYS_TOO, MORNINGS)
    assert person.spans(date(2026, 12, 20)) == ()
    assert of_person(SHOP, (((600, 1200),),) * 7).spans(date(2026, 12, 24)) == ((600, 720),)


def test_who_is_away_does_not_work() -> None:
    line = Timeline(of_person(SHOP, None, [(EVE, EVE + DAY), (EVE + 3600, EVE + 7200)]), EVE, EVE + 2 * DAY)
    assert line.between(EVE, EVE + DAY) == 0
    assert line.total == 9 * 3600


def test_a_calendar_without_hours_ends_a_search() -> None:
    line = Timeline(Calendar("UTC", ((),) * 7), EVE, EVE + 400 * DAY)
    assert line.add(EVE, 60) is None
    assert line.add(EVE, -60) is None
    assert line.opens(EVE) is None
    assert line.add(EVE, 0) == EVE


def test_the_next_opening() -> None:
    line = Timeline(SHOP, EVE - DAY, EVE + 7 * DAY)
    assert line.opens(EVE) == EVE + 8 * 3600
    assert line.opens(EVE + 9 * 3600) == EVE + 9 * 3600
    assert line.opens(EVE + 12 * 3600) == EVE + DAY + 8 * 3600


@pytest.mark.parametrize("span", [(0, 0), (480, 480), (500, 480), (-1, 20), (0, 1441)])
def test_what_is_no_span_is_refused(span: Span) -> None:
    with pytest.raises(Invalid) as refusal:
        tidy([span])
    assert refusal.value.field == "hours"
    assert "08:00-16:30" in refusal.value.sentence()


def test_calendars_of_the_cases_are_read() -> None:
    assert calendar(cases("add")["calendars"]["gap"]).week[6] == ((135, 165), (210, 240))
