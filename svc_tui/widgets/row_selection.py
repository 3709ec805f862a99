"""Which rows of a list are selected: some by their keys, or all that match but for some."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from svc_tui.widgets.row_window import Motion, RowWindow

R = TypeVar("R")

MOST_IN_RANGE = 50_000
"""Rows that a range to the end of a list may take in."""


class RowSelection:
    """Keys of selected rows; they stay selected while rows come and go."""

    def __init__(self) -> None:
        self.keys: set[object] = set()
        """The selected rows; while everything is selected, those that are not."""
        self.everything = False
        self.anchor: object | None = None
        """The row from which a range is being selected; None while none is."""
        self._before: frozenset[object] = frozenset()

    def __contains__(self, key: object) -> bool:
        return (key in self.keys) is not self.everything

    def __bool__(self) -> bool:
        return self.everything or bool(self.keys)

    def count(self, matching: int | None) -> int | None:
        """How many rows are selected, of so many that match; None while that is not known."""
        if not self.everything:
            return len(self.keys)
        return None if matching is None else max(matching - len(self.keys), 0)

    def clear(self) -> None:
        """Select nothing."""
        self.keys = set()
        self.everything = False
        self.anchor = None

    def toggle(self, key: object) -> None:
        """Select a row, or no longer."""
        self.keys ^= {key}

    def select_everything(self) -> None:
        """Select all that match; where they are selected already, nothing."""
        everything = not self.everything or bool(self.keys)
        self.clear()
        self.everything = everything

    def begin_range(self, key: object) -> None:
        """Select from this row on to wherever the cursor goes."""
        self.anchor = key
        self._before = frozenset(self.keys)
        self.extend([key])

    def extend(self, keys: Iterable[object], *, anew: bool = True) -> None:
        """The rows between the anchor and the cursor.

        Args:
            keys: Those rows, or those of them that are known.
            anew: Whether they are all of the range, so that rows it had before and has no longer are let go.
        """
        base = self._before if anew else self.keys
        self.keys = set(base - set(keys) if self.everything else base | set(keys))

    def end_range(self) -> None:
        """The range stays as it is now."""
        self.anchor = None


async def passing(
    window: RowWindow[R], selection: RowSelection, motion: Motion, towards: Callable[[], Awaitable[None]] | None
) -> None:
    """Move the cursor, and take what is passed into the range that is being selected.

    Args:
        window: The rows.
        selection: What of them is selected.
        motion: Where to.
        towards: What fetches the rows on the way of a leap, in case a range needs them.
    """
    if selection.anchor is None:
        await window.make(motion)
        return
    begun = window.place_of(selection.anchor)
    if towards is not None:
        await _take_in(window, selection, towards)
    await window.make(motion)
    start, end = window.place_of(selection.anchor), window.cursor
    whole = start is not None
    if start is None:  # far away by now; what lies between is selected already
        start = window.top if begun is None or begun <= window.top else len(window.rows) - 1
    passed = window.rows[min(start, end) : max(start, end) + 1]
    selection.extend([window.source.key(row) for row in passed], anew=whole)


async def _take_in(window: RowWindow[R], selection: RowSelection, towards: Callable[[], Awaitable[None]]) -> None:
    """Select every row on the way to an end of the list."""
    taken, forwards = 0, towards == window.fetch_after
    while taken < MOST_IN_RANGE:
        passed = window.rows[window.cursor :] if forwards else window.rows[: window.cursor + 1]
        selection.extend([window.source.key(row) for row in passed], anew=False)
        taken += len(passed)
        if window.at_end if forwards else window.at_start:
            return
        window.cursor = window.top = len(window.rows) - 1 if forwards else 0
        await towards()
