"""A list of any length: it holds a window of rows and asks its source for more by key, never by number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import LineWidget, Span, fit, strip_of
from svc_tui.widgets.look import look

R = TypeVar("R")

SHORTEST_CUT = 4
"""A last column that has fewer cells left is not shown."""

PAGES_HELD = 6
"""The window is cut to about so many screens of rows."""


class Source(Protocol[R]):
    """Where rows come from, in one fixed order."""

    async def page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        """At most `limit` rows that follow `after` or precede `before`; both None: the first."""

    async def last(self, limit: int) -> Sequence[R]:
        """The last rows."""

    def key(self, row: R) -> object:
        """What tells a row from every other, also after it was changed."""


class FixedRows(Generic[R]):
    """A source that holds all its rows."""

    def __init__(self, rows: Sequence[R] = (), key: Callable[[R], object] | None = None) -> None:
        self.rows = list(rows)
        self._key = key

    def key(self, row: R) -> object:
        return self._key(row) if self._key else id(row)

    async def page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        keys = [self.key(row) for row in self.rows]
        if before is not None:
            end = keys.index(self.key(before))
            return self.rows[max(end - limit, 0) : end]
        start = keys.index(self.key(after)) + 1 if after is not None else 0
        return self.rows[start : start + limit]

    async def last(self, limit: int) -> Sequence[R]:
        return self.rows[-limit:]


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: `width` cells, or a share of what is left over for `flex` above zero."""

    title: str
    width: int
    cell: Callable[[R], str]
    flex: int = 0
    right: bool = False
    style: Callable[[R], Style] | None = None


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
        empty: str = "",
        id: str | None = None,
    ) -> None:
        """
        Args:
            columns: What is shown of a row; may be replaced by `set_columns`.
            heading: Whether the first line names the columns.
            empty: What stands in a list without rows.
            id: The widget's id.
        """
        super().__init__(id=id)
        self.columns = list(columns)
        self.heading = heading
        self.empty = empty
        self.source: Source[R] = FixedRows()
        self.rows: list[R] = []
        """The window: consecutive rows of the source."""
        self.top = 0
        """The first row on the screen, within the window."""
        self.cursor = 0
        """The row under the cursor, within the window."""
        self.at_start = True
        self.at_end = True
        self.has_the_focus = False
        self.on_move: Callable[[], Awaitable[None]] | None = None
        self._widths: list[int] = []

    # -- content -------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """Rows that fit on the screen."""
        return max(self.size.height - (1 if self.heading else 0), 1)

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns."""
        self.columns = list(columns)
        self._measure()
        self.refresh()

    async def show(self, source: Source[R], keep: object | None = None) -> None:
        """Show the first rows of a source; the cursor goes to the row with the key `keep` if it is among them."""
        self.source = source
        limit = self._fetch
        rows = list(await source.page(limit, None, None))
        self.rows, self.at_start, self.at_end = rows, True, len(rows) < limit
        self.top, self.cursor = 0, 0
        if keep is not None:
            self._find(keep)
        self._scroll_to_cursor()
        self.refresh()

    async def reload(self, source: Source[R] | None = None) -> None:
        """Read the window again from its first row on; the cursor stays on its row, or where it was."""
        if source is not None:
            self.source = source
        keep = self.source.key(self.rows[self.cursor]) if self.rows else None
        place, top = self.cursor, self.top
        limit = max(len(self.rows), self._fetch)
        if self.rows and not self.at_start:
            first = self.rows[0]
            before = list(await self.source.page(1, None, first))
            rows = list(await self.source.page(limit, before[-1], None)) if before else []
            self.at_start = not before
        else:
            rows = []
        if not rows:
            rows, self.at_start = list(await self.source.page(limit, None, None)), True
        self.rows, self.at_end = rows, len(rows) < limit
        self.top, self.cursor = min(top, max(len(rows) - 1, 0)), min(place, max(len(rows) - 1, 0))
        if keep is not None:
            self._find(keep)
        self._scroll_to_cursor()
        self.refresh()

    async def go_to(self, row: R) -> None:
        """Show the rows around one that the source holds, with the cursor on it."""
        half = self._fetch // 2
        before = list(await self.source.page(half, None, row))
        after = list(await self.source.page(half, row, None))
        self.rows = [*before, row, *after]
        self.at_start, self.at_end = len(before) < half, len(after) < half
        self.cursor = len(before)
        self.top = max(self.cursor - self.room // 3, 0)
        self._scroll_to_cursor()
        self.refresh()

    @property
    def _fetch(self) -> int:
        return max(self.room * 2, 40)

    def _find(self, key: object) -> bool:
        for place, row in enumerate(self.rows):
            if self.source.key(row) == key:
                self.cursor = place
                return True
        return False

    # -- moving --------------------------------------------------------------------------------------------

    async def move(self, by: int) -> None:
        """Move the cursor by rows, fetching what is missing; stops at the ends."""
        target = self.cursor + by
        if target >= len(self.rows) and not self.at_end:
            before = self.cursor
            await self._fetch_after()
            target += self.cursor - before  # rows cut off at the top moved the cursor's place
        if target < 0 and not self.at_start:
            target += await self._fetch_before()
        await self._put_cursor(min(max(target, 0), max(len(self.rows) - 1, 0)))

    async def page_by(self, pages: int) -> None:
        """Move by screens: the view moves along, as far as there are rows."""
        step = self.room * pages
        before = self.top
        if pages > 0 and self.top + step + self.room > len(self.rows) and not self.at_end:
            await self._fetch_after()
        if pages < 0 and self.top + step < 0 and not self.at_start:
            self.top += await self._fetch_before()
        last_top = max(len(self.rows) - self.room, 0)
        offset = self.cursor - self.top
        target_top = min(max(self.top + step, 0), last_top)
        edge = target_top == self.top == before and (pages > 0 or before == 0)
        cursor = (len(self.rows) - 1 if pages > 0 else 0) if edge else target_top + offset
        self.top = target_top
        self.cursor = min(max(cursor, 0), max(len(self.rows) - 1, 0))
        self.refresh()
        await self._moved()

    async def home(self) -> None:
        """Go to the first row."""
        if self.at_start:
            await self._put_cursor(0)
            return
        await self.show(self.source)
        await self._moved()

    async def end(self) -> None:
        """Go to the last row."""
        if not self.at_end:
            self.rows = list(await self.source.last(self._fetch))
            self.at_start, self.at_end = len(self.rows) < self._fetch, True
            self.cursor, self.top = 0, 0
            self.refresh()
        await self._put_cursor(max(len(self.rows) - 1, 0))

    async def _fetch_after(self) -> None:
        more = list(await self.source.page(self._fetch, self.rows[-1] if self.rows else None, None))
        self.at_end = len(more) < self._fetch
        self.rows += more
        surplus = len(self.rows) - self._fetch * PAGES_HELD
        if surplus > 0 and (cut := min(surplus, self.top)) > 0:
            del self.rows[:cut]
            self.top -= cut
            self.cursor -= cut
            self.at_start = False

    async def _fetch_before(self) -> int:
        """Fetch rows before the window; gives by how many places everything moved."""
        more = list(await self.source.page(self._fetch, None, self.rows[0] if self.rows else None))
        self.at_start = len(more) < self._fetch
        self.rows[:0] = more
        self.top += len(more)
        self.cursor += len(more)
        if len(self.rows) > self._fetch * PAGES_HELD:
            del self.rows[self._fetch * PAGES_HELD :]
            self.at_end = False
        return len(more)

    async def _put_cursor(self, target: int) -> None:
        before, self.cursor = self.cursor, target
        if self._scroll_to_cursor():
            self.refresh()
        elif before != target:
            self.repaint(self._y(before))
            self.repaint(self._y(target))
        if before != target:
            await self._moved()

    async def _moved(self) -> None:
        if self.on_move is not None:
            await self.on_move()

    def _scroll_to_cursor(self) -> bool:
        before = self.top
        self.top = min(max(self.top, self.cursor - self.room + 1), self.cursor)
        self.top = max(self.top, 0)
        return self.top != before

    # -- drawing -------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._measure()
        self._scroll_to_cursor()
        self.refresh()

    def _measure(self) -> None:
        """Reckon how wide the columns are that fit. A text is cut, a number is shown whole or not at all."""
        widths: list[int] = []
        left = self.size.width
        for column in self.columns:
            if column.width > left and (column.right or left < SHORTEST_CUT):
                break
            widths.append(min(column.width, left))
            left = max(left - column.width - 1, 0)
        left = max(self.size.width - sum(widths) - max(len(widths) - 1, 0), 0)
        shares = sum(column.flex for column in self.columns[: len(widths)]) or 1
        self._widths = [
            width + left * column.flex // shares for column, width in zip(self.columns, widths, strict=False)
        ]

    def _y(self, place: int) -> int:
        return place - self.top + (1 if self.heading else 0)

    def line(self, y: int) -> Strip:
        if self.heading and y == 0:
            cells = [
                fit(column.title, width, right=column.right)
                for column, width in zip(self.columns, self._widths, strict=False)
            ]
            return strip_of([(" ".join(cells), look().heading)], self.size.width, look().heading)
        place = self.top + y - (1 if self.heading else 0)
        if place >= len(self.rows):
            text = self.empty if not self.rows and place == self.top else ""
            return strip_of([(fit(f" {text}", self.size.width), look().dim)], self.size.width)
        return self._row(place)

    def _row(self, place: int) -> Strip:
        row = self.rows[place]
        base = look().plain
        if place == self.cursor:
            base = look().cursor if self.has_the_focus else look().resting
        spans: list[Span] = []
        text = ""
        for column, width in zip(self.columns, self._widths, strict=False):
            cell = fit(column.cell(row), width, right=column.right)
            if column.style is None or base is not look().plain:
                text += cell + " "
                continue
            spans += [(text, base), (cell, column.style(row))]
            text = " "
        spans.append((text, base))
        return strip_of(spans, self.size.width, base)

    # -- keys ----------------------------------------------------------------------------------------------

    def focus_changed(self, focused: bool) -> None:
        """The cursor's row is drawn according to the focus."""
        self.has_the_focus = focused
        if self.rows:
            self.repaint(self._y(self.cursor))

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
        place = self.top + event.y - (1 if self.heading else 0)
        if 0 <= place < len(self.rows):
            await self._put_cursor(place)
            if event.chain == 2:
                self.post_message(self.Opened(self))
