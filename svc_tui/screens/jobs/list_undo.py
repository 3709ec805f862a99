"""Undo and redo from a list, and the way to the acts of late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.history import undo
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen


class ListUndo:
    """The acts on acts of one list."""

    def __init__(self, screen: ActivityListScreen, long: LongAct) -> None:
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

    async def do_list_changes(self, key: Key | None) -> None:
        """What was changed of late."""
        from svc_tui.screens.history.changes import ChangesScreen

        async def closed(has_undone: bool | None) -> None:
            if has_undone:
                await self.screen.refresh_rows()

        await self.screen.svc.show(ChangesScreen(), closed)
