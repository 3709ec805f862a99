"""Selecting the rows of a list that an act is to be about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svc_tui.i18n import _
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.shell.list_screen import ListScreen


class ListSelecting:
    """The commands that select."""

    def __init__(self, screen: ListScreen[Any]) -> None:
        self.screen = screen

    async def do_list_select(self, key: Key | None) -> None:
        """Select the row under the cursor, or no longer."""
        await self.screen.list.toggle()

    async def do_list_range(self, key: Key | None) -> None:
        """Begin a range here, or go on with it."""
        if key is not None and key.name == "shift+down":
            await self.screen.list.keep_range()
            await self.screen.list.move(1)
        else:
            await self.screen.list.select_range()

    async def do_list_select_all(self, key: Key | None) -> None:
        """Select all that match, or nothing."""
        rows = self.screen.list

        async def select() -> None:
            if rows.rows:
                rows.selection.select_everything()
            else:
                self.screen.say(_("There is nothing to select."))

        await rows.in_turn(select)
