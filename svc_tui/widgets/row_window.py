"""The window of a list: consecutive rows of a source, what part of them is on the screen, and the cursor.

Nothing here draws. Rows are asked for by key, never by number, so a million of them cost what a thousand do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, NamedTuple, TypeVar

from svc_tui.widgets.row_source import FixedRows, Source

R = TypeVar("R")

ROOM_AT_FIRST = 40
"""Rows of a screen whose size is not known yet."""

PAGES_HELD = 6
"""The window is cut to about so many fetches of rows."""


class _End(NamedTuple, Generic[R]):
    """The first or the last rows of a source, as they were read."""

    rows: Sequence[R]
    limit: int
    """So many were asked for."""
    is_current: bool = True
    """Whether the window was not read again since."""

    @property
    def is_all(self) -> bool:
        """Whether the source has no other rows."""
        return len(self.rows) < self.limit


class Motion(NamedTuple):
    """A way of the cursor."""

    is_at_hand: Callable[[], bool]
    """Whether all rows that it needs are there."""
    fetch: Callable[[], Awaitable[None]]
    go: Callable[[], None]


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
        self.room = ROOM_AT_FIRST
        """Rows that fit on the screen."""
        self._gave_way: tuple[int, int] | None = None
        """Where the screen began before it became smaller, and where it began then."""
        self.is_outdated = False
        """Whether rows are known to have changed since they were read; `reload` reads them again."""
        self._first: _End[R] | None = None
        self._last: _End[R] | None = None
        """What Home and End show at once when nothing is known to have changed."""

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
        """How many rows are asked for by another source or a leap to an end: a screen, the next is fetched ahead."""
        return self.room + 1

    def place_of(self, key: object) -> int | None:
        """Where a row stands in the window."""
        return next((place for place, row in enumerate(self.rows) if self.source.key(row) == key), None)

    # -- content -------------------------------------------------------------------------------------------

    async def show(self, source: Source[R], keep: object | None = None) -> None:
        """Show the first rows of a source; the cursor goes to the row with the key `keep` if the window can hold it."""
        limit = self.leap if keep is None else self.fetch * PAGES_HELD
        with self._reading_anew():
            rows = list(await source.page(limit, None, None))
        self.source = source
        self._first, self._last = _End(tuple(rows), limit), None
        self.rows, self.at_start, self.at_end = rows, True, len(rows) < limit
        self.top, self.cursor = 0, 0
        if keep is not None:
            self.cursor = self.place_of(keep) or 0
        self.scroll_to_cursor()

    async def reload(self, source: Source[R] | None = None) -> None:
        """Read the window again from its first row on; the cursor stays on its row, or where it was."""
        reading = source or self.source.anew()
        keep = self.source.key(self.rows[self.cursor]) if self.rows else None
        limit = max(len(self.rows), self.fetch)
        rows: list[R] = []
        at_start = True
        with self._reading_anew():
            if self.rows and not self.at_start:
                before = list(await reading.page(1, None, self.rows[0]))
                rows = list(await reading.page(limit, before[-1], None)) if before else []
                at_start = not before
            if not rows:
                rows, at_start = list(await reading.page(limit, None, None)), True
        self.source = reading
        self._first = _End(tuple(rows), limit) if at_start else _outdated(self._first)
        self._last = _outdated(self._last)
        offset, last = self.cursor - self.top, max(len(rows) - 1, 0)
        self.rows, self.at_start, self.at_end = rows, at_start, len(rows) < limit
        place = self.place_of(keep) if keep is not None else None
        self.cursor = min(self.cursor, last) if place is None else place
        if self.top or not at_start:
            self.top = max(self.cursor - offset, 0)  # the cursor's line stays where the eye is
        self.scroll_to_cursor()

    @contextmanager
    def _reading_anew(self) -> Iterator[None]:
        """Whatever changes from here on is not in the rows that are read, and will be told again."""
        before, self.is_outdated = self.is_outdated, False
        try:
            yield
        except BaseException:
            self.is_outdated |= before
            raise

    def outdate_ends(self) -> None:
        """Rows beyond those at hand changed: what Home and End show is read again when they are pressed."""
        self._first, self._last = _outdated(self._first), _outdated(self._last)

    @property
    def reach(self) -> tuple[int, int]:
        """How many rows before and after one are needed to show it with `put`; what is lacking before, after it."""
        before = self.room // 3
        return before + 1, self.room - before

    def put(self, before: Sequence[R], row: R, after: Sequence[R]) -> None:
        """Show rows of the source around one of them, with the cursor on it; `reach` says how many were asked for."""
        self.rows = [*before, row, *after]
        lacking = self.reach[0] - len(before)
        self.at_start, self.at_end = lacking > 0, len(after) < self.reach[1] + lacking
        self.cursor = len(before)
        self.top = max(self.cursor - self.room // 3, 0)
        self.scroll_to_cursor()

    # -- moving --------------------------------------------------------------------------------------------

    async def make(self, motion: Motion) -> None:
        """Move the cursor, fetching first what rows are missing."""
        if not motion.is_at_hand():
            await motion.fetch()
        motion.go()

    def by_rows(self, by: int) -> Motion:
        """The cursor some rows on or back; it stops at the ends."""

        def go() -> None:
            self.cursor = min(max(self.cursor + by, 0), max(len(self.rows) - 1, 0))
            self.scroll_to_cursor()

        return Motion(lambda: not self._lacks(self.cursor + by), self.fetch_after if by > 0 else self.fetch_before, go)

    def by_pages(self, pages: int) -> Motion:
        """Some screens on or back: the view moves along, as far as there are rows."""

        def edge() -> int:
            step = self.room * pages
            return self.top + step + (self.room - 1 if pages > 0 else 0)

        def go() -> None:
            before, offset = self.top, self.cursor - self.top
            self.top = min(max(self.top + self.room * pages, 0), max(len(self.rows) - self.room, 0))
            stays = self.top == before and (pages > 0 or before == 0)
            cursor = (len(self.rows) - 1 if pages > 0 else 0) if stays else self.top + offset
            self.cursor = min(max(cursor, 0), max(len(self.rows) - 1, 0))
            self.scroll_to_cursor()

        return Motion(lambda: not self._lacks(edge()), self.fetch_after if pages > 0 else self.fetch_before, go)

    def _lacks(self, place: int) -> bool:
        """Whether a row that would stand there is not in the window, but may be in the source."""
        return (place < 0 and not self.at_start) or (place >= len(self.rows) and not self.at_end)

    @property
    def to_first(self) -> Motion:
        """The first row, at once if nothing is known to have changed since it was read."""

        async def fetch() -> None:
            limit = self.leap
            self._first = _End(tuple(await self.source.page(limit, None, None)), limit)

        def go() -> None:
            if not self.at_start and self._first is not None:
                self.rows, self.at_start, self.at_end = list(self._first.rows), True, self._first.is_all
            self.top = self.cursor = 0

        return Motion(lambda: self.at_start or self._holds(self._first), fetch, go)

    @property
    def to_last(self) -> Motion:
        """The last row, at once if nothing is known to have changed since it was read."""

        async def fetch() -> None:
            limit = self.leap
            self._last = _End(tuple(await self.source.last(limit)), limit)

        def go() -> None:
            if not self.at_end and self._last is not None:
                self.rows, self.at_start, self.at_end = list(self._last.rows), self._last.is_all, True
            self.cursor = max(len(self.rows) - 1, 0)
            self.top = max(len(self.rows) - self.room, 0)

        return Motion(lambda: self.at_end or self._holds(self._last), fetch, go)

    def _holds(self, end: _End[R] | None) -> bool:
        return end is not None and end.is_current and end.limit >= self.leap and not self.is_outdated

    @property
    def lacking(self) -> Callable[[], Awaitable[None]] | None:
        """What fetches rows that the next key may need: the next page, or an end that was gone to and has changed."""
        if not self.at_end and len(self.rows) - self.top - self.room < self.room:
            return self.fetch_after
        if not self.at_start and self.top < self.room:
            return self.fetch_before
        if self._first is not None and not self.to_first.is_at_hand():
            return self.to_first.fetch
        if self._last is not None and not self.to_last.is_at_hand():
            return self.to_last.fetch
        return None

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

    def fit(self, room: int) -> None:
        """Show so many rows from now on. Rows that gave way at the top come back when there is room for them again."""
        before, self.room = self.room, room
        first = self.top
        if room > before and self._gave_way is not None and self._gave_way[1] == self.top:
            first = self._gave_way[0]
            self.top = first
        self.scroll_to_cursor()
        if room < before:
            self._gave_way = (first, self.top) if self.top != first else self._gave_way
        elif room > before:
            self._gave_way = None

    def scroll_to_cursor(self) -> None:
        """Let the screen follow the cursor."""
        self.top = max(min(max(self.top, self.cursor - self.room + 1), self.cursor), 0)


def _outdated(end: _End[R] | None) -> _End[R] | None:
    return None if end is None else end._replace(is_current=False)
