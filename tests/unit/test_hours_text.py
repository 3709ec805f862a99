"""Hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.planning.hours import Span, tidy
from svc_tui.domain.planning.hours_text import read_day, read_week, told_day, told_week

DAY: tuple[Span, ...] = ((480, 720), (750, 990))
SHORT: tuple[Span, ...] = ((600, 780),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mon-fri 8-12 12:30-16:30, sat 10-13", "en"),
        ("man-fre 8-12 12:30-16:30, lør 10-13", "da"),
        ("mandag - fredag 8-12 12.30-16.30; lørdag 10-13", "da"),
        ("MAN-FRE 0800-1200 1230-1630 lør 1000-1300 søn lukket", "da"),
        ("man tirs ons tor fre 8–12, 12:30–16:30 lor 10-13", "nb"),
        ("mån-fre 8-12 12:30-16:30, lör 10-13", "sv"),
        ("mon-fri 12:30-16:30 8-12, sat 10-12 12-13", "da"),
    ],
)
def test_a_week(text: str, language: str) -> None:
    assert read_week(text, language) == (DAY,) * 5 + (SHORT, ())


def test_a_week_over_sunday_and_one_without_hours() -> None:
    assert read_week("sat-mon 10-13", "en") == (SHORT, (), (), (), (), SHORT, SHORT)
    assert read_week("", "en") == ((),) * 7
    assert read_week("mon-sun 0-24", "en") == (((0, 1440),),) * 7


@pytest.mark.parametrize(
    "text",
    ["8-16", "mon", "mon-fri", "mon 16-8", "mon 8-25", "mon 8:70-9", "xyz 8-16", "mon 8-16 tue", "mon-tue-wed 8-9"],
)
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_week(text, "en")
    assert refusal.value.field == "hours"


def test_a_day() -> None:
    assert read_day("8-12, 12:30-16:30") == DAY
    assert read_day("-") == read_day("lukket") == read_day(" ") == ()
    with pytest.raises(Invalid):
        read_day("8-12 noon")


spans = st.sets(st.integers(0, 288), max_size=6).map(
    lambda cuts: tidy(zip(sorted(5 * cut for cut in cuts)[::2], sorted(5 * cut for cut in cuts)[1::2], strict=False))
)


@given(st.tuples(*[spans] * 7), st.sampled_from(["en", "da", "nb", "sv"]))
def test_what_is_told_can_be_typed_again(week: tuple[tuple[Span, ...], ...], language: str) -> None:
    assert read_week(told_week(week, language), language) == week
    assert read_day(told_day(week[0], language)) == week[0]
