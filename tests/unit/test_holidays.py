"""Holidays against a library, which is no part of the program: it needs 19 MiB and a quarter of a second."""

from __future__ import annotations

from datetime import date

import holidays as library
import pytest

from svc_tui.domain.planning.holidays import easter, half_days, holidays

YEARS = range(2000, 2041)


@pytest.mark.parametrize("country", ["DK", "NO", "SE", "GB"])
def test_the_days_of_forty_years_are_those_of_the_library(country: str) -> None:
    part = "ENG" if country == "GB" else None
    theirs = library.country_holidays(country, subdiv=part, years=YEARS, categories=("public",))
    ours = {day for year in YEARS for day in holidays(country, year)}
    assert ours == set(theirs)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2038, date(2038, 4, 25)), (2285, date(2285, 3, 22))]
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_great_prayer_day_is_none_any_more() -> None:
    assert date(2023, 5, 5) in holidays("DK", 2023)
    assert date(2024, 4, 26) not in holidays("DK", 2024)


def test_half_days_are_none_that_are_holidays_anyway() -> None:
    assert date(2026, 12, 24) in half_days("DK", 2026)
    assert not set(half_days("NO", 2026)) & set(holidays("NO", 2026))
    assert [*half_days("DK", 2033)] == [day for day in half_days("DK", 2033) if day not in holidays("DK", 2033)]


def test_a_country_that_is_not_known_has_none() -> None:
    assert holidays("XX", 2026) == {}
    assert half_days("XX", 2026) == {}
