"""A list of any length: it holds a window of rows and asks its source for more by key, never by number.

What a key asks of the list is done in turn, and rows may take their time: the key waits for them for a moment, then
the next key is dealt with, and the rows are shown when they come. Something new to show takes the place of all that
was asked before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual import events
from textual.message import Message

from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, LineWidget, fit, line_of, wrapped
from svc_tui.widgets.look import look
from svc_tui.widgets.row_drawing import RowDrawing
from svc_tui.widgets.row_selection import RowSelection, passing
from svc_tui.widgets.row_source import Column, FixedRows, Source
from svc_tui.widgets.row_window import ROOM_AT_FIRST, Motion, RowWindow
from svc_tui.widgets.turns import PATIENCE, Act, Turns

WHEEL = 3
"""Rows that a notch of the wheel moves."""

R = TypeVar("R")


class RowList(LineWidget, Generic[R]):
    """Rows under a heading, one of them under the cursor."""

    DEFAULT_CSS = "RowList { height: 1fr; }"

    typing = False

    @dataclass
    class Opened(Message):
        """A row was double-clicked."""

        list: RowList[Any]

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        list: RowList[Any]

    @dataclass
    class HeadingClicked(Message):
        """The heading of a column was clicked."""

        list: RowList[Any]
        column: int

    @dataclass
    class Troubled(Message):
        """Rows could not be read, and whoever asked for them has gone on."""

        list: RowList[Any]
        error: Exception

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
        self.drawing: RowDrawing[R] = RowDrawing(columns, marks=marks)
        self.heading = heading
        self.empty = empty
        self.window: RowWindow[R] = RowWindow()
        self.selection = RowSelection()
        self.has_the_focus = False
        self.on_move: Callable[[], Awaitable[None]] | None = None
        """Called when another row is under the cursor."""
        self.on_measured: Callable[[], object] | None = None
        """Called when the columns have other widths, and cut other things."""
        self.on_done: Callable[[], None] = _nothing
        """Called after whatever was asked: another row may be under the cursor, or the same one, changed."""
        self.has_no_rows = False
        """Whether it was read and has no rows."""
        self.on_emptied: Callable[[], None] = _nothing
        """Called when there are rows where there were none, or none where there were."""
        self.displaced: R | None = None
        """The row that was under the cursor and went because others changed it; None once a key moved the cursor."""
        self.turns = Turns(self._do, self._fetch_ahead, self._troubled)

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
        height = self.size.height
        return max(height - (1 if self.heading else 0), 1) if height else ROOM_AT_FIRST

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns."""
        self.drawing.columns = list(columns)
        if self.drawing.needs:
            self.drawing.measure_by(self.rows[self.top : self.top + self.room], self.size.width)
        else:
            self.drawing.measure(self.size.width)
        self.refresh()

    async def show(self, source: Source[R], keep: object | None = None) -> None:
        """Show the first rows of a source; the cursor goes to the row with the key `keep` if the window can hold it."""
        self.displaced = None
        await self.in_turn(lambda: self.window.show(source, keep), instead=True, patience=None)

    async def reload(self, source: Source[R] | None = None) -> None:
        """Read the rows again; the cursor stays on its row, or where it was."""
        self.drawing.forget()
        self.window.is_outdated = True
        await self.in_turn(lambda: self.window.reload(source), patience=None)

    async def reload_soon(self) -> None:
        """Read the rows again in the background, for some have changed; also if something takes its turn."""
        self.window.is_outdated = True
        await self.in_turn(self._follow, patience=0)

    async def _follow(self) -> None:
        """Read the rows again, and remember the one under the cursor if it is gone: nobody has seen another there."""
        before = self.current
        await self.window.reload()
        if before is not None and self.displaced is None and self._key_at_cursor() != self.source.key(before):
            self.displaced = before

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
        self.displaced = None
        self.window.fit(self.room)
        is_plain = self.on_move is None and self.selection.anchor is None
        if is_plain and self.turns.are_resting and motion.is_at_hand():
            seen = self._seen()
            motion.go()
            self._paint(seen)
            self.on_done()
            self.turns.rest_anew()
        else:
            await self.in_turn(lambda: passing(self.window, self.selection, motion, towards))

    async def settled(self) -> None:
        """Wait until all that was asked is done: the row under the cursor is the one that was meant."""
        await self.turns.over()

    def _troubled(self, error: Exception) -> None:
        self.post_message(self.Troubled(self, error))

    async def _do(self, motion: Act) -> None:
        seen, current = self._seen(), self._key_at_cursor()
        self.window.fit(self.room)
        await motion()
        self._paint(seen)
        if self.has_no_rows is bool(self.rows):
            self.has_no_rows = not self.rows
            self.on_emptied()
        if self._key_at_cursor() != current and self.on_move is not None:
            await self.on_move()
        self.on_done()

    async def _fetch_ahead(self) -> bool:
        if self.window.is_outdated:  # it was to be read again, and something else took the turn
            await self._do(self._follow)
            return True
        fetch = self.window.lacking
        if fetch is not None:
            seen = self._seen()
            await fetch()
            self._paint(seen)  # the screen may have become larger
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
        await self._select(self._begin_range)

    def _begin_or_end_range(self) -> None:
        if self.selection.anchor is not None:
            self.selection.end_range()
        else:
            self._begin_range()

    def _begin_range(self) -> None:
        current = self.current
        if self.selection.anchor is None and current is not None:
            self.selection.begin_range(self.source.key(current))

    async def clear_selection(self) -> None:
        """Select nothing."""
        await self._select(self.selection.clear)

    async def _select(self, act: Callable[[], None]) -> None:
        async def do() -> None:
            act()

        await self.in_turn(do)

    # -- drawing -------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self.drawing.measure(self.size.width)
        self.window.fit(self.room)
        self.refresh()
        self.turns.rest_anew()
        if self.on_measured is not None:
            self.on_measured()

    def _seen(self) -> list[tuple[R, bool, bool]]:
        """What stands on the screen, line by line: the row, whether the cursor is on it, whether it is selected."""
        rows = self.rows[self.top : self.top + self.room]
        at_cursor, key, selection = self.cursor - self.top, self.source.key, self.selection
        if not (self.drawing.marks and selection):
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
        width = self.size.width
        if self.heading and y == 0:
            return self.drawing.heading(width)
        place = self.top + y - self.heading
        if place >= len(self.rows):
            told = [] if self.rows else wrapped(self.empty, max(width - 1, 1))
            text = told[place - self.top] if place - self.top < len(told) else ""
            return line_of([(fit(f" {text}", width), look().dim)], width)
        row, base = self.rows[place], look().plain
        if place == self.cursor:
            base = look().cursor if self.has_the_focus else look().resting
        is_selected = self.drawing.marks and bool(self.selection) and self.source.key(row) in self.selection
        return self.drawing.row(row, base, width, is_selected=is_selected)

    @property
    def caret(self) -> tuple[int, int]:
        """The first cell of the row under the cursor."""
        return 0, min(max(self.cursor - self.top, 0) + self.heading, max(self.size.height - 1, 0))

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
        if self.heading and event.y == 0:
            if (column := self.drawing.column_at(event.x)) is not None:
                self.post_message(self.HeadingClicked(self, column))
        elif 0 <= place < len(self.rows):
            self.post_message(self.Clicked(self))
            await self.move(place - self.cursor)
            if event.chain == 2:
                self.post_message(self.Opened(self))

    async def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        await self.move(WHEEL)

    async def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        await self.move(-WHEEL)


__all__ = ["Column", "FixedRows", "RowList", "Source"]


def _nothing() -> None:
    """Nobody listens."""
