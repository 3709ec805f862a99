"""Who reads a paper: the language of its words, and how dates and figures are written in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from svc_tui.domain import clock
from svc_tui.domain.damage import is_beyond
from svc_tui.domain.errors import N_
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
        """A day with its year, as papers outlive it: `30.11.2026` where days are parted so, else as ISO has it."""
        return f"{day:%d.%m.%Y}" if language_of(self.language).day_mark == "." else day.isoformat()

    def iso(self, day: str) -> str:
        """A day as records have it (`2026-11-30`); empty for none."""
        return self.date(date.fromisoformat(day)) if day else ""

    def day(self, seconds: int | None) -> str:
        """The day of a moment; empty for none."""
        return "" if seconds is None or is_beyond(seconds) else self.date(clock.local(seconds).date())

    def when(self, seconds: int | None) -> str:
        """A moment: `30.11.2026 17:00`; empty for none."""
        return "" if seconds is None or is_beyond(seconds) else f"{self.day(seconds)} {clock.local(seconds):%H:%M}"

    def amount(self, minor: int) -> str:
        """Money: `1.234,50`."""
        return money.format_amount(minor, self.language)

    def quantity(self, thousandths: int, unit: str = "") -> str:
        """A quantity without needless zeros, with its unit if one is given: `1,5`, `2 stk`."""
        return f"{money.format_quantity(thousandths, self.language)} {unit}".strip()

    @property
    def page(self) -> str:
        """What stands at the foot of each page, with places for its number and for how many there are."""
        return self.translate(N_("Page {page} of {pages}"))

    def percent(self, basis_points: int) -> str:
        """A percentage without its sign: `12,5`."""
        return money.format_percent(basis_points, self.language)
