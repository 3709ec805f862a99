"""The shop's hours as one timeline that grows as far as somebody asks: a few years at first, more for older jobs."""

from __future__ import annotations

from datetime import date
from typing import Final

from svc_tui.domain.planning.hours import Calendar, Timeline

_YEAR: Final = 366 * 86_400
_AHEAD: Final = 2
_REACH: Final = 30 * _YEAR
"""So much later an amount of work is not waited for any more: a shop whose hours all lie in the past."""
_LOWEST: Final = -2_208_988_800
_HIGHEST: Final = 7_258_118_400
"""1900 and 2200: beyond them, where another program may have set a time, nothing is counted."""


class ShopLine:
    """Counts in a calendar, however far apart the moments are; the same answer whatever was asked before."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._line: Timeline | None = None

    def between(self, start: int, end: int) -> int:
        """Seconds worked from one moment to another; negative when the second lies before the first."""
        return self._over(min(start, end), max(start, end)).between(start, end)

    def add(self, moment: int, seconds: int) -> int | None:
        """The earliest moment by which so much has been worked since `moment`; None for not within thirty years."""
        found = self._over(moment, moment).add(moment, seconds)
        if found is None:
            found = self._over(moment, moment + _REACH).add(moment, seconds)
        return found if found is None or found <= moment + _REACH else None

    def _over(self, first: int, last: int) -> Timeline:
        """The timeline, from before one moment to well after another."""
        first, last = min(max(first, _LOWEST), _HIGHEST), min(max(last, _LOWEST), _HIGHEST)
        line = self._line
        if line is None or first < line.start or last > line.end:
            start, end = _new_year(first, 0), _new_year(last, _AHEAD)
            if line is not None:
                start, end = min(start, line.start), max(end, line.end)
            line = self._line = Timeline(self._calendar, start, end)
        return line


def _new_year(moment: int, more: int) -> int:
    """About the beginning of the year of a moment, or of one so many years later."""
    epoch = date(1970, 1, 1).toordinal()
    year = date.fromordinal(epoch + moment // 86_400).year + more
    return (date(year, 1, 1).toordinal() - epoch - 1) * 86_400
