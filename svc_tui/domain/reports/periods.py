"""The period that statistics are of: days of the shop, both included."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from svc_tui.domain.filters.filter_words import ALL_WORDS
from svc_tui.domain.language.dates import parse_period

USUAL_MONTHS: Final = 12
_MONTHS = r"(\d{1,3}) *m"


class Period(NamedTuple):
    """First and last day; None for an open end."""

    first: date | None
    last: date | None


class Month(NamedTuple):
    """A month of the calendar."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """As it sorts: `2026-03`."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def moved(self, by: int) -> Month:
        """So many months later."""
        place = self.year * 12 + self.number - 1 + by
        return Month(place // 12, place % 12 + 1)


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def named_month(name: str) -> Month:
    """The month that is called so by `Month.name`."""
    year, number = name.split("-")
    return Month(int(year), int(number))


def last_months(today: date, months: int) -> Period:
    """So many months until today: to the last of June, the twelve that begin with the first of July."""
    tomorrow = today + timedelta(days=1)
    month = month_of(tomorrow).moved(-months)
    if month.year < 1:
        return Period(None, today)
    return Period(date(month.year, month.number, min(tomorrow.day, month.last.day)), today)


def read_period(text: str, now: datetime, language: str) -> Period:
    """What somebody typed for a period: `12m`, `2025`, `march`, `1/3-30/4`, `all`.

    Raises:
        Invalid: when it is none.
    """
    wanted = text.strip().casefold()
    if wanted in ALL_WORDS:
        return Period(None, None)
    if (found := re.fullmatch(_MONTHS, wanted)) and int(found[1]):
        return last_months(now.date(), int(found[1]))
    return Period(*parse_period(text, now, language, "back"))


def months_within(first: date, last: date) -> list[Month]:
    """The months that have a day in it, in order."""
    month, end = month_of(first), month_of(last)
    found = []
    while month <= end:
        found.append(month)
        month = month.moved(1)
    return found
