"""Undo and redo from a list, and the way to the acts of late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.screens.long_act import LongAct
from svc_tui.services import undo
from svc_tui.services.session import Session
from svc_tui.services.undo import Undone
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.activity_list import ActivityListScreen


class ListUndo:
    """The acts on acts of one list."""

    def __init__(self, screen: ActivityListScreen, long: LongAct) -> None:
        self.screen = screen
        self.long = long

    async def do_act_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self._undo(undo.last_to_undo)

    async def do_act_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self._undo(undo.last_to_redo)

    async def _undo(self, which: Callable[[Session], int]) -> None:
        from svc_tui.screens.changes import told as sentence

        session = self.screen.session

        def act(told: Callable[[int, int], None], wanted: Callable[[], bool]) -> Undone:
            return undo.undo(session, which(session), told, wanted)

        async def then(undone: Undone) -> None:
            await self.screen.refresh_rows()
            self.screen.say(sentence(undone, self.screen.svc.formats.count))

        await self.long.run(act, then, _("Putting back"))

    async def do_list_changes(self, key: Key | None) -> None:
        """What was changed of late."""
        from svc_tui.screens.changes import ChangesScreen

        async def closed(has_undone: bool | None) -> None:
            if has_undone:
                await self.screen.refresh_rows()

        await self.screen.svc.show(ChangesScreen(), closed)
