"""Undo and redo from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.history import undo
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.shell.filtered_list import FilteredList


class ListUndo:
    """The acts on acts of one list."""

    def __init__(self, screen: FilteredList[Any, Any], long: LongAct) -> None:
        self.screen = screen
        self.undoing = Undoing(screen, long, self._undone)

    async def _undone(self) -> None:
        self.screen.follow_settings()  # the act may have been one on the columns
        await self.screen.refresh_rows()

    async def do_act_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self.undoing.undo(undo.last_to_undo)

    async def do_act_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self.undoing.undo(undo.last_to_redo)
