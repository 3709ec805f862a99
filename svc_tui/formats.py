"""Values to text and back in the user's language: what forms, lists and printouts share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache

from svc_tui.domain import clock
from svc_tui.domain.damage import is_beyond
from svc_tui.domain.errors import N_
from svc_tui.domain.language import dates, money
from svc_tui.domain.records import Stage

STAGE_LETTERS = {
    Stage.NONE: " ",
    # Translators: one letter for the stage "ready to be worked on", shown before the status in lists
    Stage.READY: N_("R|stage"),
    # Translators: one letter for the stage "waiting"
    Stage.WAITING: N_("W|stage"),
    # Translators: one letter for the stage "being worked on"
    Stage.WORKING: N_("P|stage"),
    # Translators: one letter for the stage "done"
    Stage.DONE: N_("D|stage"),
    # Translators: one letter for the stage "cancelled"
    Stage.CANCELLED: N_("X|stage"),
}


UNKNOWN = "?"
"""Stands for a time that is none."""


class Formats:
    """How one language writes times and numbers. `now` is asked anew for every value."""

    __slots__ = ("language", "now", "translate")

    def __init__(self, language: str, now: Callable[[], datetime], translate: Callable[[str], str] = str) -> None:
        self.language = language
        self.now = now
        self.translate = translate

    def when(self, seconds: int | None) -> str:
        """A stored time, short: `24.11. 09:00`."""
        if seconds is None or is_beyond(seconds):
            return "" if seconds is None else UNKNOWN
        return dates.format_when(clock.local(seconds), self.now(), self.language)

    def day(self, seconds: int | None) -> str:
        """Its date only."""
        if seconds is None or is_beyond(seconds):
            return "" if seconds is None else UNKNOWN
        return dates.format_date(clock.local(seconds).date(), self.now(), self.language)

    def clock(self, seconds: int) -> str:
        """Its time of day only."""
        return UNKNOWN if is_beyond(seconds) else f"{clock.local(seconds):%H:%M}"

    def short_date(self, day: date) -> str:
        """A day of the calendar, short: `24.11.`."""
        return dates.format_date(day, self.now(), self.language)

    def list_when(self, seconds: int) -> str:
        """At most 12 cells for a list: the time of day gives way to the year."""
        if is_beyond(seconds):
            return UNKNOWN
        return _list_when(seconds, self.now().date(), self.language, clock.zone_name())

    def read_typed(self, text: str) -> dates.Typed:
        """What was typed as a date, a time or both. Raises Invalid."""
        return dates.parse_typed(text, self.now(), self.language)

    def typed(self, found: dates.Typed) -> str:
        """The same in its proper form."""
        day = "" if found.day is None else dates.format_date(found.day, self.now(), self.language)
        return f"{day} {found.clock:%H:%M}".strip() if found.clock else day

    def amount(self, minor: int) -> str:
        """Money: `1.234,50`."""
        return money.format_amount(minor, self.language)

    def quantity(self, thousandths: int) -> str:
        """A quantity without needless zeros: `1,5`."""
        return money.format_quantity(thousandths, self.language)

    def tenths(self, number: float) -> str:
        """A number with one decimal: `6,7`."""
        return money.format_amount(round(number * 10) * 10, self.language)[:-1]

    def hours(self, seconds: int) -> str:
        """Work in hours with one decimal; from a thousand on without."""
        return str(seconds // 3_600) if seconds >= 3_600_000 else self.tenths(seconds / 3_600)

    def percent(self, basis_points: int) -> str:
        """A percentage without its sign: `12,5`."""
        return money.format_percent(basis_points, self.language)

    def count(self, number: int) -> str:
        """A count with its thousands apart: `1.234`."""
        return money.format_amount(number * 100, self.language)[:-3]

    def stage_letter(self, stage: int) -> str:
        """The letter that says a status' stage where colour cannot."""
        return self.translate(STAGE_LETTERS[Stage(stage)]).partition("|")[0] or " "


@lru_cache(2048)
def _list_when(seconds: int, today: date, language: str, _zone: str) -> str:
    """Kept: a list writes the same times again and again."""
    when = clock.local(seconds)
    day = dates.format_date(when.date(), datetime.combine(today, time()), language)
    text = f"{day} {when.hour:02}:{when.minute:02}"
    return text if len(text) <= 12 else day
