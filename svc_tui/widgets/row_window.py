"""The window of a list: consecutive rows of a source, what part of them is on the screen, and the cursor.

Nothing here draws. Rows are asked for by key, never by number, so a million of them cost what a thousand do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from svc_tui.widgets.row_source import FixedRows, Source

R = TypeVar("R")

PAGES_HELD = 6
"""The window is cut to about so many fetches of rows."""


class RowWindow(Generic[R]):
    """Rows from somewhere in the middle of a source. Whatever raises leaves it as it was."""

    def __init__(self) -> None:
        self.source: Source[R] = FixedRows()
        self.rows: list[R] = []
        self.top = 0
        """The first row on the screen, within the window."""
        self.cursor = 0
        """The row under the cursor, within the window."""
        self.at_start = True
        self.at_end = True
        self.room = 1
        """Rows that fit on the screen."""

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def fetch(self) -> int:
        """How many rows are asked for at a time."""
        return max(self.room * 2, 40)

    @property
    def leap(self) -> int:
        """How many rows are asked for by a leap to an end: a screen, for what lies beyond is fetched ahead."""
        return self.room + 1

    def place_of(self, key: object) -> int | None:
        """Where a row stands in the window."""
        return next((place for place, row in enumerate(self.rows) if self.source.key(row) == key), None)

    # -- content -------------------------------------------------------------------------------------------

    async def show(self, source: Source[R], keep: object | None = None) -> None:
        """Show the first rows of a source; the cursor goes to the row with the key `keep` if it is among them."""
        limit = self.fetch
        rows = list(await source.page(limit, None, None))
        self.source = source
        self.rows, self.at_start, self.at_end = rows, True, len(rows) < limit
        self.top, self.cursor = 0, 0
        if keep is not None:
            self.cursor = self.place_of(keep) or 0
        self.scroll_to_cursor()

    async def reload(self, source: Source[R] | None = None) -> None:
        """Read the window again from its first row on; the cursor stays on its row, or where it was."""
        reading = source or self.source
        keep = self.source.key(self.rows[self.cursor]) if self.rows else None
        limit = max(len(self.rows), self.fetch)
        rows: list[R] = []
        at_start = True
        if self.rows and not self.at_start:
            before = list(await reading.page(1, None, self.rows[0]))
            rows = list(await reading.page(limit, before[-1], None)) if before else []
            at_start = not before
        if not rows:
            rows, at_start = list(await reading.page(limit, None, None)), True
        self.source = reading
        offset, last = self.cursor - self.top, max(len(rows) - 1, 0)
        self.rows, self.at_start, self.at_end = rows, at_start, len(rows) < limit
        place = self.place_of(keep) if keep is not None else None
        self.cursor = min(self.cursor, last) if place is None else place
        if self.top or not at_start:
            self.top = max(self.cursor - offset, 0)  # the cursor's line stays where the eye is
        self.scroll_to_cursor()

    @property
    def reach(self) -> tuple[int, int]:
        """How many rows before and after one are needed to show it with `put`."""
        return self.room // 3 + 1, self.room

    def put(self, before: Sequence[R], row: R, after: Sequence[R]) -> None:
        """Show rows of the source around one of them, with the cursor on it; `reach` says how many were asked for."""
        self.rows = [*before, row, *after]
        self.at_start, self.at_end = len(before) < self.reach[0], len(after) < self.reach[1]
        self.cursor = len(before)
        self.top = max(self.cursor - self.room // 3, 0)
        self.scroll_to_cursor()

    # -- moving --------------------------------------------------------------------------------------------

    async def move(self, by: int) -> None:
        """Move the cursor by rows, fetching what is missing; stops at the ends."""
        if self.cursor + by >= len(self.rows) and not self.at_end:
            await self.fetch_after()
        if self.cursor + by < 0 and not self.at_start:
            await self.fetch_before()
        self.cursor = min(max(self.cursor + by, 0), max(len(self.rows) - 1, 0))
        self.scroll_to_cursor()

    async def page_by(self, pages: int) -> None:
        """Move by screens: the view moves along, as far as there are rows."""
        step = self.room * pages
        if pages > 0 and self.top + step + self.room > len(self.rows) and not self.at_end:
            await self.fetch_after()
        if pages < 0 and self.top + step < 0 and not self.at_start:
            await self.fetch_before()
        before, offset = self.top, self.cursor - self.top
        self.top = min(max(self.top + step, 0), max(len(self.rows) - self.room, 0))
        stays = self.top == before and (pages > 0 or before == 0)
        cursor = (len(self.rows) - 1 if pages > 0 else 0) if stays else self.top + offset
        self.cursor = min(max(cursor, 0), max(len(self.rows) - 1, 0))
        self.scroll_to_cursor()

    async def home(self) -> None:
        """Go to the first row."""
        if not self.at_start:
            rows = list(await self.source.page(self.leap, None, None))
            self.rows, self.at_start, self.at_end = rows, True, len(rows) < self.leap
        self.top = self.cursor = 0

    async def end(self) -> None:
        """Go to the last row."""
        if not self.at_end:
            rows = list(await self.source.last(self.leap))
            self.rows, self.at_start, self.at_end = rows, len(rows) < self.leap, True
        self.cursor = max(len(self.rows) - 1, 0)
        self.top = max(len(self.rows) - self.room, 0)

    async def fetch_ahead(self) -> None:
        """Fetch what the next page would need, so that its key need not wait."""
        if not self.at_end and len(self.rows) - self.top - self.room < self.room:
            await self.fetch_after()
        elif not self.at_start and self.top < self.room:
            await self.fetch_before()

    @property
    def wants_more(self) -> bool:
        """Whether a page down or up would have to fetch."""
        below = not self.at_end and len(self.rows) - self.top - self.room < self.room
        return below or (not self.at_start and self.top < self.room)

    async def fetch_after(self) -> None:
        """Fetch the rows behind the window; what is far above the screen goes."""
        more = list(await self.source.page(self.fetch, self.rows[-1] if self.rows else None, None))
        self.at_end = len(more) < self.fetch
        self.rows += more
        surplus = len(self.rows) - self.fetch * PAGES_HELD
        if surplus > 0 and (cut := min(surplus, self.top)) > 0:
            del self.rows[:cut]
            self.top -= cut
            self.cursor -= cut
            self.at_start = False

    async def fetch_before(self) -> None:
        """Fetch the rows before the window; what is far below the screen goes."""
        more = list(await self.source.page(self.fetch, None, self.rows[0] if self.rows else None))
        self.at_start = len(more) < self.fetch
        self.rows[:0] = more
        self.top += len(more)
        self.cursor += len(more)
        if len(self.rows) > (most := max(self.fetch * PAGES_HELD, self.top + self.room)):
            del self.rows[most:]
            self.at_end = False

    def scroll_to_cursor(self) -> None:
        """Let the screen follow the cursor."""
        self.top = max(min(max(self.top, self.cursor - self.room + 1), self.cursor), 0)
