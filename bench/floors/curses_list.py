"""A curses list over the jobs of a shop, paged by key: Down, Page Down, Home, End; q ends it.

usage: curses_list.py FILE
"""

from __future__ import annotations

import curses
import os
import sys
from datetime import datetime
from typing import Any

from cysqlite import connect  # type: ignore[attr-defined]  # it says nothing of what it exports

Row = tuple[Any, ...]

COLUMNS = (
    "SELECT a.number, a.start_at, a.subject, COALESCE(c.name, ''), COALESCE(s.name, ''), COALESCE(e.initials, ''), a.id"
    " FROM activity a LEFT JOIN contact c ON c.id = a.customer_id LEFT JOIN activity_status s ON s.id = a.status_id"
    " LEFT JOIN employee e ON e.id = a.responsible_id"
)


class Jobs:
    """Pages of the jobs, the newest first."""

    def __init__(self, path: str) -> None:
        self.database = connect(f"file:{path}?mode=ro", uri=True)
        [(self.count,)] = list(self.database.execute("SELECT count(*) FROM activity"))

    def after(self, row: Row | None, limit: int) -> list[Row]:
        place = (row[1], row[6]) if row else (2**62, 0)
        order = "WHERE (a.start_at, a.id) < (?, ?) ORDER BY a.start_at DESC, a.id DESC"
        return list(self.database.execute(f"{COLUMNS} {order} LIMIT {limit}", place))

    def last(self, limit: int) -> list[Row]:
        return list(self.database.execute(f"{COLUMNS} ORDER BY a.start_at, a.id LIMIT {limit}"))[::-1]


class List:
    """The rows on the screen and a line that tells the cursor's place."""

    def __init__(self, screen: curses.window, jobs: Jobs) -> None:
        self.screen, self.jobs = screen, jobs
        self.height, self.width = screen.getmaxyx()
        self.room = self.height - 2
        self.top = self.cursor = 0
        self.rows = jobs.after(None, self.room)
        screen.scrollok(True)
        screen.idlok(True)
        screen.setscrreg(1, self.height - 2)
        screen.addnstr(0, 0, "   No. Start            Subject", self.width - 1, curses.A_BOLD)
        self.paint()

    def line(self, place: int) -> None:
        number, start, subject, customer, status, responsible, _id = self.rows[place]
        when = datetime.fromtimestamp(start).strftime("%Y-%m-%d %H:%M")
        text = f"{number:>6} {when} {subject:<34.34} {customer:<20.20} {status:<14.14} {responsible}"
        style = curses.A_REVERSE if place == self.cursor else curses.A_NORMAL
        self.screen.addnstr(place + 1, 0, text.ljust(self.width), self.width - 1, style)

    def paint(self) -> None:
        for place in range(len(self.rows)):
            self.line(place)
        self.tell()

    def tell(self) -> None:
        text = f"row {self.top + self.cursor + 1} of {self.jobs.count}"
        self.screen.addnstr(self.height - 1, 0, text.ljust(self.width), self.width - 1)

    def down(self) -> None:
        if self.cursor < len(self.rows) - 1:
            self.cursor += 1
        elif more := self.jobs.after(self.rows[-1], 1):
            self.rows = self.rows[1:] + more
            self.top += 1
            self.screen.scroll(1)
        else:
            return
        if self.cursor:
            self.line(self.cursor - 1)
        self.line(self.cursor)
        self.tell()

    def page_down(self) -> None:
        more = self.jobs.after(self.rows[-1], self.room)
        if len(more) < self.room:
            self.end()
            return
        self.rows, self.top = more, self.top + self.room
        self.paint()

    def home(self) -> None:
        self.rows, self.top, self.cursor = self.jobs.after(None, self.room), 0, 0
        self.paint()

    def end(self) -> None:
        self.rows = self.jobs.last(self.room)
        self.top, self.cursor = self.jobs.count - len(self.rows), len(self.rows) - 1
        self.paint()


def show(screen: curses.window) -> None:
    """Show the list until q."""
    curses.curs_set(0)
    shown = List(screen, Jobs(os.path.abspath(sys.argv[1])))
    acts = {
        curses.KEY_DOWN: shown.down,
        curses.KEY_NPAGE: shown.page_down,
        curses.KEY_HOME: shown.home,
        curses.KEY_END: shown.end,
    }
    while True:
        screen.refresh()
        key = screen.getch()
        if key == ord("q"):
            return
        if key in acts:
            acts[key]()


if __name__ == "__main__":
    curses.wrapper(show)
