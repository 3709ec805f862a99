"""Undo and redo on the screens of parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.history import undo
from svc_tui.widgets.keys import Key


class PartUndo:
    """The two commands."""

    def __init__(self, screen: BaseScreen, long: LongAct, then: Callable[[], Awaitable[None]]) -> None:
        """
        Args:
            screen: Where it is asked and told.
            long: What does it in the background.
            then: What follows when something was undone.
        """
        self.undoing = Undoing(screen, long, then)

    async def do_parts_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self.undoing.undo(undo.last_to_undo)

    async def do_parts_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self.undoing.undo(undo.last_to_redo)
