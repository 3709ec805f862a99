"""A list of any length: it holds a window of rows and asks its source for more by key, never by number.

What a key asks of the list is done in turn, and rows may take their time: the key waits for them for a moment, then
the next key is dealt with, and the rows are shown when they come. Something new to show takes the place of all that
was asked before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.message import Message

from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, LineWidget, Span, fit, line_of
from svc_tui.widgets.look import look
from svc_tui.widgets.row_selection import RowSelection
from svc_tui.widgets.row_source import Column, FixedRows, Source
from svc_tui.widgets.row_window import Motion, RowWindow
from svc_tui.widgets.turns import PATIENCE, Act, Turns

R = TypeVar("R")

SHORTEST_CUT = 4
"""A last column that has fewer cells left is not shown."""

MOST_DRAWN = 200
"""Lines that are kept as they were drawn."""

MOST_IN_RANGE = 50_000
"""Rows that a range to the end of a list may take in."""


class RowList(LineWidget, Generic[R]):
    """Rows under a heading, one of them under the cursor."""

    DEFAULT_CSS = "RowList { height: 1fr; }"

    typing = False

    @dataclass
    class Opened(Message):
        """A row was double-clicked."""

        list: RowList[Any]

    def __init__(
        self,
        columns: Sequence[Column[R]] = (),
        *,
        heading: bool = True,
        marks: bool = False,
        empty: str = "",
        id: str | None = None,
    ) -> None:
        """
        Args:
            columns: What is shown of a row; may be replaced by `set_columns`.
            heading: Whether the first line names the columns.
            marks: Whether rows can be selected; the first cell tells which are.
            empty: What stands in a list without rows.
            id: The widget's id.
        """
        super().__init__(id=id)
        self.columns = list(columns)
        self.heading = heading
        self.empty = empty
        self.marks = marks
        self.window: RowWindow[R] = RowWindow()
        self.selection = RowSelection()
        self.has_the_focus = False
        self.on_move: Callable[[], Awaitable[None]] | None = None
        """Called when another row is under the cursor."""
        self.on_done: Callable[[], None] = _nothing
        """Called after whatever was asked: another row may be under the cursor, or the same one, changed."""
        self.turns = Turns(self._do, self._fetch_ahead)
        self.across: Callable[[R], str] = lambda row: ""
        """A text that stands across the whole line of a row, in place of its columns."""
        self._widths: list[int] = []
        self._drawn: dict[tuple[R, bool], Line] = {}
        """Lines of rows without the cursor, as they were drawn with these columns."""

    # -- content -------------------------------------------------------------------------------------------

    @property
    def source(self) -> Source[R]:
        """Where the rows come from."""
        return self.window.source

    @property
    def rows(self) -> list[R]:
        """Consecutive rows of the source, some of them on the screen."""
        return self.window.rows

    @property
    def top(self) -> int:
        """Which of the rows is the first on the screen."""
        return self.window.top

    @property
    def cursor(self) -> int:
        """Which of the rows is under the cursor."""
        return self.window.cursor

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self.window.current

    @property
    def room(self) -> int:
        """Rows that fit on the screen."""
        return max(self.size.height - (1 if self.heading else 0), 1)

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns."""
        self.columns = list(columns)
        self._measure()
        self.refresh()

    async def show(self, source: Source[R], keep: object | None = None) -> None:
        """Show the first rows of a source; the cursor goes to the row with the key `keep` if it is among them."""
        await self.in_turn(lambda: self.window.show(source, keep), instead=True, patience=None)

    async def reload(self, source: Source[R] | None = None) -> None:
        """Read the rows again; the cursor stays on its row, or where it was."""
        self._drawn.clear()  # what a row shows may hang on more than the row
        self.window.is_outdated = True
        await self.in_turn(lambda: self.window.reload(source), patience=None)

    async def reload_soon(self) -> None:
        """Read the rows again in the background, for some have changed; also if something takes its turn."""
        self.window.is_outdated = True
        await self.in_turn(self.window.reload, patience=0)

    async def move(self, by: int) -> None:
        """Move the cursor by rows; stops at the ends."""
        await self._make(self.window.by_rows(by))

    async def page_by(self, pages: int) -> None:
        """Move by screens."""
        await self._make(self.window.by_pages(pages))

    async def home(self) -> None:
        """Go to the first row."""
        await self._make(self.window.to_first, self.window.fetch_before)

    async def end(self) -> None:
        """Go to the last row."""
        await self._make(self.window.to_last, self.window.fetch_after)

    # -- in turn -------------------------------------------------------------------------------------------

    async def in_turn(self, motion: Act, *, instead: bool = False, patience: float | None = PATIENCE) -> None:
        """Do something with the list after all that was asked of it before, and draw what it changed; see `Turns`."""
        await self.turns.ask(motion, instead=instead, patience=patience)

    async def _make(self, motion: Motion, towards: Act | None = None) -> None:
        is_plain = self.on_move is None and self.selection.anchor is None
        if is_plain and self.turns.are_resting and motion.is_at_hand():
            seen = self._seen()
            motion.go()
            self._paint(seen)
            self.on_done()
            self.turns.rest_anew()
        else:
            await self.in_turn(lambda: self._moving(motion, towards))

    async def settled(self) -> None:
        """Wait until all that was asked is done: the row under the cursor is the one that was meant."""
        await self.turns.over()

    async def _do(self, motion: Act) -> None:
        seen, current = self._seen(), self._key_at_cursor()
        self.window.room = self.room
        await motion()
        self._paint(seen)
        if self._key_at_cursor() != current and self.on_move is not None:
            await self.on_move()
        self.on_done()

    async def _fetch_ahead(self) -> bool:
        if self.window.is_outdated:  # it was to be read again, and something else took the turn
            await self._do(self.window.reload)
            return True
        fetch = self.window.lacking
        if fetch is not None:
            await fetch()
        return fetch is not None

    def _key_at_cursor(self) -> object:
        current = self.current
        return None if current is None else self.source.key(current)

    # -- selecting -----------------------------------------------------------------------------------------

    async def toggle(self) -> None:
        """Select the row under the cursor, or no longer, and go to the next one."""
        await self.in_turn(self._toggle)

    async def _toggle(self) -> None:
        current = self.current
        if current is not None:
            if self.selection.anchor is not None:
                self.selection.end_range()
            else:
                self.selection.toggle(self.source.key(current))
                await self.window.make(self.window.by_rows(1))

    async def select_range(self) -> None:
        """Begin a range at the row under the cursor, or end the one that is being selected."""
        await self._select(self._begin_or_end_range)

    async def keep_range(self) -> None:
        """Begin a range at the row under the cursor unless one is being selected."""
        await self._select(lambda: None if self.selection.anchor is not None else self._begin_or_end_range())

    def _begin_or_end_range(self) -> None:
        current = self.current
        if self.selection.anchor is not None:
            self.selection.end_range()
        elif current is not None:
            self.selection.begin_range(self.source.key(current))

    async def select_everything(self) -> None:
        """Select all that match, or nothing."""
        await self._select(self.selection.select_everything)

    async def clear_selection(self) -> None:
        """Select nothing."""
        await self._select(self.selection.clear)

    async def _select(self, act: Callable[[], None]) -> None:
        async def do() -> None:
            act()

        await self.in_turn(do)

    async def _moving(self, motion: Motion, towards: Act | None) -> None:
        """Move, and take what is passed into the range.

        Args:
            motion: Where to.
            towards: What fetches the rows on the way of a leap, in case a range needs them.
        """
        selection = self.selection
        if selection.anchor is None:
            await self.window.make(motion)
            return
        begun = self.window.place_of(selection.anchor)
        if towards is not None:
            await self._take_in(towards)
        await self.window.make(motion)
        start, end = self.window.place_of(selection.anchor), self.cursor
        whole = start is not None
        if start is None:  # far away by now; what lies between is selected already
            start = self.top if begun is None or begun <= self.top else len(self.rows) - 1
        passed = self.rows[min(start, end) : max(start, end) + 1]
        selection.extend([self.source.key(row) for row in passed], anew=whole)

    async def _take_in(self, towards: Act) -> None:
        """Select every row on the way to an end of the list."""
        window, taken = self.window, 0
        forwards = towards == window.fetch_after
        while taken < MOST_IN_RANGE:
            passed = window.rows[window.cursor :] if forwards else window.rows[: window.cursor + 1]
            self.selection.extend([self.source.key(row) for row in passed], anew=False)
            taken += len(passed)
            if window.at_end if forwards else window.at_start:
                return
            window.cursor = window.top = len(window.rows) - 1 if forwards else 0
            await towards()

    # -- drawing -------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._measure()
        self.window.room = self.room
        self.window.scroll_to_cursor()
        self.refresh()

    @property
    def widths(self) -> tuple[int, ...]:
        """Cells of each column that fits."""
        return tuple(self._widths)

    def _measure(self) -> None:
        """Reckon how wide the columns are that fit. A text is cut, a number is shown whole or not at all."""
        self._drawn.clear()
        widths: list[int] = []
        whole = max(self.size.width - self.marks, 0)
        left = whole
        for column in self.columns:
            if column.width > left and (column.right or column.whole or left < SHORTEST_CUT):
                break
            widths.append(min(column.width, left))
            left = max(left - column.width - 1, 0)
        left = max(whole - sum(widths) - max(len(widths) - 1, 0), 0)
        shares = sum(column.flex for column in self.columns[: len(widths)]) or 1
        self._widths = [
            width + left * column.flex // shares for column, width in zip(self.columns, widths, strict=False)
        ]

    def _seen(self) -> list[tuple[R, bool, bool]]:
        """What stands on the screen, line by line: the row, whether the cursor is on it, whether it is selected."""
        rows = self.rows[self.top : self.top + self.room]
        at_cursor, key, selection = self.cursor - self.top, self.source.key, self.selection
        if not (self.marks and selection):
            return [(row, y == at_cursor, False) for y, row in enumerate(rows)]
        return [(row, y == at_cursor, key(row) in selection) for y, row in enumerate(rows)]

    def _paint(self, before: list[tuple[R, bool, bool]]) -> None:
        """Draw again the lines that differ."""
        now = self._seen()
        differing = [y for y, (was, becomes) in enumerate(zip(before, now, strict=False)) if was != becomes]
        if len(before) != len(now) or len(differing) > 4:
            self.refresh()
            return
        for y in differing:
            self.repaint(y + self.heading)

    def line(self, y: int) -> Line:
        if self.heading and y == 0:
            cells = [
                fit(column.title, width, right=column.right)
                for column, width in zip(self.columns, self._widths, strict=False)
            ]
            return line_of([(" " * self.marks + " ".join(cells), look().heading)], self.size.width, look().heading)
        place = self.top + y - self.heading
        if place >= len(self.rows):
            text = self.empty if not self.rows and place == self.top else ""
            return line_of([(fit(f" {text}", self.size.width), look().dim)], self.size.width)
        return self._row(place)

    def _row(self, place: int) -> Line:
        row = self.rows[place]
        base = look().plain
        if place == self.cursor:
            base = look().cursor if self.has_the_focus else look().resting
        if across := self.across(row):
            return line_of([(fit(across, self.size.width), base)], self.size.width, base)
        is_selected = self.marks and bool(self.selection) and self.source.key(row) in self.selection
        if base is not look().plain or not self.marks:
            return self._drawn_row(row, base, is_selected)
        # A list that scrolls by a row draws all its lines again, and nearly all of them are the same.
        drawn = self._drawn.get((row, is_selected))
        if drawn is None:
            if len(self._drawn) >= MOST_DRAWN:
                self._drawn.clear()
            drawn = self._drawn[row, is_selected] = self._drawn_row(row, base, is_selected)
        return drawn

    def _drawn_row(self, row: R, base: Style, is_selected: bool) -> Line:
        is_plain = base is look().plain
        spans: list[Span] = []
        cells: list[str] = []
        if self.marks:
            spans.append(("*" if is_selected else " ", look().mark if is_plain else base))
        for (_title, _width, cell, _flex, right, _whole, style), width in zip(self.columns, self._widths, strict=False):
            text = fit(cell(row), width, right=right)
            if style is None or not is_plain:
                cells.append(text)
                continue
            spans += ((" ".join((*cells, "")), base), (text, style(row)))
            cells = [""]
        width = self.size.width
        taken = self.marks + sum(self._widths) + max(len(self._widths) - 1, 0)
        if taken < width:
            cells.append(" " * (width - taken - bool(cells)))
        spans.append((" ".join(cells), base))
        line = Line(spans, max(taken, width))
        return line.cut(width) if taken > width else line  # when the width has changed and nothing is measured yet

    # -- keys ----------------------------------------------------------------------------------------------

    def focus_changed(self, focused: bool) -> None:
        """The cursor's row is drawn according to the focus."""
        self.has_the_focus = focused
        if self.rows:
            self.repaint(self.cursor - self.top + self.heading)

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """The keys that move the cursor."""
        name = key.spelled
        if name in ("down", "up"):
            await self.move(1 if name == "down" else -1)
        elif name in ("pagedown", "pageup"):
            await self.page_by(1 if name == "pagedown" else -1)
        elif name in ("home", "g"):
            await self.home()
        elif name in ("end", "G"):
            await self.end()
        elif name in ("tab", "shift+tab"):
            return Outcome.NEXT if name == "tab" else Outcome.PREVIOUS
        else:
            return Outcome.PASSED
        return Outcome.TAKEN

    async def paste(self, text: str) -> None:
        """A list takes no text."""

    async def on_click(self, event: events.Click) -> None:
        place = self.top + event.y - self.heading
        if 0 <= place < len(self.rows):
            await self.move(place - self.cursor)
            if event.chain == 2:
                self.post_message(self.Opened(self))


__all__ = ["Column", "FixedRows", "RowList", "Source"]


def _nothing() -> None:
    """Nobody listens."""
