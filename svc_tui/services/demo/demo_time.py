"""The demo shop's calendar and its history: weekdays from 8 to 17, and change sets in the order of their time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from svc_tui.db.transfer.bulk import Bulk
from svc_tui.domain import clock
from svc_tui.domain.tables import CHANGE, CHANGE_SET
from svc_tui.services.demo.demo_people import Dice

WORKDAY = 540
"""Minutes the shop is open a day; times are counted in them, so that nights and weekends take no time."""

_OPENS = 8 * 60
_YEARS = 3
_AHEAD = 7
_BUSY_DAYS = 40
_ROWS_A_WRITE = 20_000

ChangedRow = tuple[str, int, str, str | None, str | None]
"""Table, row, field, old, new: as the history holds them."""

Event = tuple[int, int | None, str, int, list[ChangedRow]]
"""Seconds, employee, act, job, what was changed."""


class Calendar:
    """Weekdays from three years before a day to a week after it."""

    def __init__(self, today: date) -> None:
        self.midnight = _seconds(today, 0)
        """Everything that has happened lies before it."""
        first = _years_before(today)
        days = [first + timedelta(days=offset) for offset in range((today - first).days + _AHEAD + 1)]
        self._days = [day for day in days if day.weekday() < 5]
        self._opens = [_seconds(day, _OPENS) for day in self._days]
        self.today = sum(day < today for day in self._days)
        """Place of today, on a weekend of the Monday after it."""
        self.last = len(self._days) - 1
        self.limit = self.today * WORKDAY - 1
        """The last minute of work that is over."""

    def day(self, place: int) -> date:
        """The date of a workday, counted from today: 0 is today, -1 the workday before."""
        return self._days[min(max(self.today + place, 0), self.last)]

    def at(self, minute: int) -> int:
        """Seconds UTC of a minute of work."""
        day, rest = divmod(minute, WORKDAY)
        return self._opens[day] + rest * 60

    def shares(self, count: int, dice: Dice) -> list[int]:
        """How many of `count` jobs are registered on each day: growing slowly, and more of late."""
        weights = [
            (0.8 + 0.4 * place / self.today + 3 * max(0.0, 1 - (self.today - place) / _BUSY_DAYS))
            * (1.25 if day.weekday() == 0 else 1)
            * (0.7 + 0.6 * dice.random())
            for place, day in enumerate(self._days[: self.today])
        ]
        scale = count / sum(weights)
        shares, passed, given = [], 0.0, 0
        for weight in weights:
            passed += weight * scale
            shares.append(round(passed) - given)
            given += shares[-1]
        shares[-1] += count - given
        return shares


def _seconds(day: date, minute: int) -> int:
    return clock.seconds_of(datetime.combine(day, time()) + timedelta(minutes=minute))


def _years_before(day: date) -> date:
    return day.replace(year=day.year - _YEARS, day=min(day.day, 28))


class History:
    """Keeps what happens to each job until its day is over, so that numbers of change sets follow the clock."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._next = bulk.next_id(CHANGE_SET)
        self._by_day: defaultdict[int, list[Event]] = defaultdict(list)

    def add(self, event: Event) -> None:
        self._by_day[event[0] // 86_400].append(event)

    def write_before(self, seconds: int) -> None:
        """Write every day that ended before this time."""
        sets: list[tuple[object, ...]] = []
        rows: list[tuple[object, ...]] = []
        for day in sorted(day for day in self._by_day if day < seconds // 86_400):
            for at, actor, act, activity, changed in sorted(self._by_day.pop(day), key=lambda event: event[0]):
                sets.append((self._next, f"demo-{self._next:09d}", act, actor, at, len(changed)))
                rows += [(self._next, activity, *row) for row in changed]
                self._next += 1
            if len(rows) >= _ROWS_A_WRITE:
                self._flush(sets, rows)
        self._flush(sets, rows)

    def _flush(self, sets: list[tuple[object, ...]], rows: list[tuple[object, ...]]) -> None:
        self._bulk.write(CHANGE_SET, ("id", "operation_key", "act", "actor", "at", "rows"), sets)
        self._bulk.write(CHANGE, ("change_set", "activity_id", "table", "row_id", "field", "old", "new"), rows)
        sets.clear()
        rows.clear()
