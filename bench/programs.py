"""The programs that are driven, and how their screens are read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.link import Link
from bench.shops import LANGUAGE, Shop
from bench.terminal import Answer, Seen, Terminal, View

FLOORS = Path(__file__).parent / "floors"
FIRST, LAST = 3, 27
"""Lines of our list that hold rows, in a terminal of 30."""

OURS, THOUSAND, MILLION = "ours", "ours, 1,000", "1M: ours"
BESIDE_VISIDATA = "ours beside VisiData"
FILE, SERVER, BUSY = "SQLite", "PostgreSQL", "ours, others writing"
TASK, RT, VISIDATA = "task", "RT (recorded)", "VisiData"
OPENS = {"7": "contacts", "8": "products", "0": "devices"}
"""The lists beside those of jobs, by the digit that leads to them."""
DATATABLE, CURSES, INPUT, SHEET = "DataTable", "curses", "Input", "fresh sheet"


def has(text: str, line: int | None = None) -> Seen:
    """The text stands on a line, or anywhere."""
    if line is not None:
        return lambda view: text in view.lines[line]
    return lambda view: any(text in row for row in view.lines)


class Ours(Terminal):
    """The program on a shop, standing in the list it opens with."""

    def __init__(self, shop: Shop, link: Link | None = None) -> None:
        command: list[str | Path] = [sys.executable, "-m", "svc_tui", "--database", shop.url, "--language", LANGUAGE]
        shown: Seen = lambda view: bool(view.lines[FIRST].strip()) and "No." in view.lines[2]  # noqa: E731
        super().__init__(command, shown, shop.env, link)

    def all_jobs(self) -> None:
        """Go to the list of all jobs, with the cursor on the first."""
        if "All jobs" not in self.view.lines[0]:
            self.press("3", has("All jobs", 0))
        self.press("<Home>")

    def filtered(self, text: str) -> None:
        """Show what passes a filter, with the cursor in the list."""
        self.press("/")
        self.press(f"<End><C-u>{text}<Enter>")
        self.rest()

    def sorted_by(self, title: str) -> Answer:
        """Sort by a column; gives the time until the heading tells it and rows are there."""
        self.press("o")
        self.press(title)
        return self.press("<Enter>")

    @property
    def cursor(self) -> str:
        """The row under the cursor."""
        return marked(self.view)


def marked(view: View) -> str:
    """The row of our list that is under the cursor."""
    y = view.marked(FIRST, LAST)
    return view.lines[y] if y >= 0 else ""


_NUMBER = re.compile(r"\s*(\d+)")


def marks(row: str) -> Seen:
    """The cursor is on this row."""
    return lambda view: marked(view) == row


def leaves(row: str, first: str | None = None) -> Seen:
    """The cursor is on another row; with `first`, the list begins with another, too."""
    return lambda view: marked(view) not in ("", row) and (first is None or view.lines[FIRST] != first)


def row_key(row: str) -> str:
    """What tells a row on the screen: its number and the beginning of its subject."""
    number = _NUMBER.match(row)
    return number[1].rjust(7) + subject_of(row)[:8] if number else " " * 15


def subject_of(row: str) -> str:
    """What stands behind the number, as wide as it is, and the start."""
    number = _NUMBER.match(row)
    return row[number.end() + 14 :] if number else ""


def shows(rows: list[str]) -> Seen:
    """The list holds the rows with these keys and, where they do not fill it, no more."""
    room = LAST - FIRST + 1
    wanted = (rows + [" " * 15] * room)[:room]
    return lambda view: [row_key(line) for line in view.lines[FIRST : LAST + 1]] == wanted


def floor(name: str, ready: str, *arguments: str | Path, link: Link | None = None) -> Terminal:
    """One of the floors, started."""
    return Terminal([sys.executable, FLOORS / f"{name}.py", *arguments], has(ready), link=link)


def datatable() -> Terminal:
    return floor("datatable", "row 1 of")


def curses_list(shop: Shop, link: Link | None = None) -> Terminal:
    return floor("curses_list", "row 1 of", shop.path, link=link)


def textual_input() -> Terminal:
    return floor("textual_input", "ready")


def fresh_sheet() -> Terminal:
    return floor("fresh_sheet", "ready")
