"""Who reads a paper: the language of its words, and how dates and figures are written in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from svc_tui.domain import clock
from svc_tui.domain.damage import is_beyond
from svc_tui.domain.language import money
from svc_tui.domain.languages import language_of


class Reader(NamedTuple):
    """The language of a paper, which need not be that of whoever prints it."""

    language: str
    translate: Callable[[str], str]
    """Gives a message in that language."""

    def say(self, message: str, **values: Any) -> str:
        """A message with its places filled."""
        return self.translate(message).format(**values)

    def date(self, day: date) -> str:
        """A day with its year, for a paper is kept for years: `30.11.2026`."""
        mark = language_of(self.language).day_mark
        return f"{day.day:02}{mark}{day.month:02}{mark}{day.year}"

    def day(self, seconds: int | None) -> str:
        """The day of a moment; empty for none."""
        return "" if seconds is None or is_beyond(seconds) else self.date(clock.local(seconds).date())

    def when(self, seconds: int | None) -> str:
        """A moment: `30.11.2026 17:00`; empty for none."""
        return "" if seconds is None or is_beyond(seconds) else f"{self.day(seconds)} {clock.local(seconds):%H:%M}"

    def amount(self, minor: int) -> str:
        """Money: `1.234,50`."""
        return money.format_amount(minor, self.language)

    def quantity(self, thousandths: int) -> str:
        """A quantity without needless zeros: `1,5`."""
        return money.format_quantity(thousandths, self.language)

    def percent(self, basis_points: int) -> str:
        """A percentage without its sign: `12,5`."""
        return money.format_percent(basis_points, self.language)
