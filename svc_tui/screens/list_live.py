"""A list of jobs follows what others commit: its window is read again, and what differs is drawn."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from svc_tui.domain.news import News
from svc_tui.domain.records import ActivityRow

if TYPE_CHECKING:
    from svc_tui.screens.activity_list import ActivityListScreen

COUNT_EVERY = 5.0
"""Seconds between two counts because of others' commits: a count of a million jobs takes a tenth of one."""


class ListLive:
    """Reads a list again beside the keys, one read at a time."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen
        self._reading = False
        self._once_more = False
        self._count_is_due = False
        self._counted = float("-inf")
        self._registers: object = None

    def follow(self, news: News) -> None:
        """Others committed this."""
        if not news.rows:
            return
        if news.registers:
            self._follow_registers()
        if self._reading:
            self._once_more = True
        else:
            self._reading = True
            self.screen.run_worker(self._read(), exit_on_error=False)

    def _follow_registers(self) -> None:
        """Names of statuses and people are written by the columns."""
        if self._registers != self.screen.session.registers:
            self._registers = self.screen.session.registers
            self.screen.list.set_columns(self.screen.columns())
            self.screen.tell_title()

    async def _read(self) -> None:
        shown = self.screen.list
        try:
            self._once_more = False
            source, before = shown.source, list(shown.rows)
            limit = max(len(before), 2 * shown.room)
            first = await source.page(1, None, before[0]) if before and not shown.at_start else ()
            fresh = list(await source.page(limit, first[-1] if first else None, None))
        finally:
            self._reading = False

        async def put() -> None:
            is_same = shown.source is source and shown.rows == before
            if is_same:
                put_rows(self.screen, fresh, at_start=not first, at_end=len(fresh) < limit)
                self._count()
            if self._once_more or not is_same:
                self.follow(News(everything=True))

        self.screen.svc.between_keys(put)

    def _count(self) -> None:
        """Count again, soon if that is long ago."""
        if self._count_is_due:
            return
        self._count_is_due = True
        since = asyncio.get_running_loop().time() - self._counted
        self.screen.set_timer(max(COUNT_EVERY - since, 0.01), self._count_now)

    def _count_now(self) -> None:
        self._count_is_due = False
        self._counted = asyncio.get_running_loop().time()
        self.screen.count()


def put_rows(screen: ActivityListScreen, fresh: list[ActivityRow], *, at_start: bool, at_end: bool) -> None:
    """Show the same window as it is now: the cursor stays on its job, or on its line if the job has left.

    At the very top new rows appear above the cursor; elsewhere the cursor's line stays where it is on the screen.
    """
    shown = screen.list
    room = shown.room
    line, keep = shown.cursor - shown.top, shown.current.id if shown.current else None
    before = [*shown.rows[shown.top : shown.top + room]]
    was_first = shown.top == 0 and shown.at_start and at_start
    shown.rows, shown.at_start, shown.at_end = fresh, at_start, at_end
    last = max(len(fresh) - 1, 0)
    shown.cursor = next((place for place, row in enumerate(fresh) if row.id == keep), min(shown.cursor, last))
    top = 0 if was_first and shown.cursor < room else shown.cursor - line
    shown.top = min(max(top, 0), max(len(fresh) - room, 0))
    after = fresh[shown.top : shown.top + room]
    heading = 1 if shown.heading else 0
    places = {line, shown.cursor - shown.top} if line != shown.cursor - shown.top else set()
    places |= {y for y in range(max(len(before), len(after))) if before[y : y + 1] != after[y : y + 1]}
    for y in sorted(places):
        shown.repaint(y + heading)
