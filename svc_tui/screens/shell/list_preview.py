"""The preview beside a list: follows the cursor once it rests, and never keeps a key waiting."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.widget import Widget

from svc_tui.domain.errors import DomainError
from svc_tui.domain.news import News
from svc_tui.widgets.preview import Piece, PreviewPane, pane_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from svc_tui.screens.shell.filtered_list import FilteredList

REST = 0.05
"""Seconds the cursor rests on a row before it is read: a held-down key reads nothing on its way."""


class ListPreview:
    """Owns the pane; the list's screen places it and tells it where the cursor is."""

    def __init__(self, screen: FilteredList[Any, Any]) -> None:
        self.screen = screen
        self.pane = PreviewPane(id="preview")
        self._wanted: Any = None
        self._shown: Any = None
        self._stale = False
        """What is shown was read before something was saved."""
        self._at_work = False

    def beside(self, rows: Widget) -> Horizontal:
        """The rows with the pane at their right, to be yielded by `compose_body`."""
        rows.styles.width = "1fr"
        holder = Horizontal(rows, self.pane)
        holder.styles.height = "1fr"
        return holder

    def make_room(self, columns: int, needed: int) -> None:
        """Place the pane on a terminal of so many columns, or hide it, where the rows need some for themselves."""
        width = pane_width(columns, needed)
        self.pane.display = width > 0
        if width:
            self.pane.styles.width = width
        self._read_on()

    def follow(self, row: Any, *, again: bool = False) -> None:
        """The cursor is on this row, or on none; `again` when what hangs on the row may have changed."""
        self._wanted = row
        self._stale = self._stale or again
        self._read_on()

    def follow_news(self, news: News) -> None:
        """Others committed this."""
        if self.screen.preview_concerns(self._wanted, news):
            self.follow(self._wanted, again=True)

    @property
    def _is_due(self) -> bool:
        return self._stale or self._wanted != self._shown

    def _read_on(self) -> None:
        if self.pane.display and self._is_due and not self._at_work:
            self._at_work = True
            self.screen.background(self._read, "reading the preview")

    async def _read(self) -> None:
        try:
            while self._is_due:
                row = self._wanted
                await asyncio.sleep(REST)
                if self._wanted is not row:
                    continue
                self._stale = False
                found: Sequence[Piece] = ()
                if row is not None:
                    try:
                        found = await self.screen.preview_of(row)
                    except DomainError:
                        found = ()  # the keys tell what is wrong; here is just nothing to see
                if self._wanted is row:
                    self._shown = row
                    self.pane.show(found)
        finally:
            self._at_work = False
