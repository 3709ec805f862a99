"""The figures of statistics: middles and nine tenths, shares, and what a period is."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.reports import periods
from svc_tui.domain.reports.figures import By, Group, added, in_order, quantile, together
from svc_tui.domain.reports.periods import Month, Period, last_months, months_within, named_month, read_period

minutes = st.integers(0, 5_000)
NOW = datetime(2026, 11, 30, 9, 0)


@given(st.lists(minutes), st.integers(1, 10))
def test_a_quantile_is_the_first_value_that_so_many_do_not_exceed(values: list[int], tenths: int) -> None:
    found = quantile(Counter(values), tenths)
    if not values:
        assert found is None
        return
    assert found in values
    assert sum(value <= found for value in values) * 10 >= len(values) * tenths
    assert sum(value < found for value in values) * 10 < len(values) * tenths


@given(st.lists(st.lists(minutes)))
def test_histograms_together_are_the_histogram_of_all(parts: list[list[int]]) -> None:
    assert together(Counter(part) for part in parts) == Counter(value for part in parts for value in part)


@pytest.mark.parametrize(
    ("values", "median", "ninetieth"),
    [([5], 5, 5), ([1, 2], 1, 2), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9), ([7] * 9 + [1_000], 7, 7)],
)
def test_medians(values: list[int], median: int, ninetieth: int) -> None:
    assert quantile(Counter(values), 5) == median
    assert quantile(Counter(values), 9) == ninetieth


def test_shares() -> None:
    group = Group((1,), turnaround=300, waited=100, devices=3, back=1)
    assert (group.waits, group.fixed) == (33, 67)
    assert (Group((1,)).waits, Group((1,)).fixed) == (None, None)


def test_groups_come_by_what_was_finished_and_months_as_they_pass() -> None:
    few, many, none = Group((2,), finished=1), Group((3,), finished=9), Group((None,), finished=1)
    assert in_order([none, few, many], By.TYPE) == [many, few, none]
    january, march = Group(("2026-01",), finished=1), Group(("2026-03",), finished=9)
    assert in_order([march, january], By.MONTH) == [january, march]
    assert added([few, many]).finished == 10


@pytest.mark.parametrize(
    ("today", "count", "first"),
    [
        ("2026-11-30", 12, "2025-12-01"),
        ("2026-11-15", 12, "2025-11-16"),
        ("2028-02-28", 12, "2027-02-28"),
        ("2026-05-30", 3, "2026-02-28"),
        ("2026-11-30", 36, "2023-12-01"),
    ],
)
def test_so_many_months_until_today(today: str, count: int, first: str) -> None:
    day = date.fromisoformat(today)
    assert last_months(day, count) == Period(date.fromisoformat(first), day)


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("12m", "en", "2025-12-01", "2026-11-30"),
        ("3 m", "da", "2026-09-01", "2026-11-30"),
        ("2025", "da", "2025-01-01", "2025-12-31"),
        ("marts", "da", "2026-03-01", "2026-03-31"),
        ("1/3..30/4", "da", "2026-03-01", "2026-04-30"),
        ("alle", "da", None, None),
        ("all", "en", None, None),
    ],
)
def test_a_period_is_typed(text: str, language: str, first: str | None, last: str | None) -> None:
    found = read_period(text, NOW, language)
    assert [day and day.isoformat() for day in found] == [first, last]


@pytest.mark.parametrize("text", ["", "0m", "banana", "12q"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_period(text, NOW, "en")


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 3_000))
def test_months_are_whole_and_without_gaps(first: date, days: int) -> None:
    found = months_within(first, first + timedelta(days=days))
    assert found[0].first <= first
    assert found[-1].last >= first + timedelta(days=days)
    for month, following in pairwise(found):
        assert month.last + timedelta(days=1) == following.first
    assert [named_month(month.name) for month in found] == found


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert Month(2026, 1).moved(-1) == Month(2025, 12)
    assert Month(2025, 12).moved(14) == Month(2027, 2)
    assert periods.last_months(date(5, 1, 1), 999) == Period(None, date(5, 1, 1))
