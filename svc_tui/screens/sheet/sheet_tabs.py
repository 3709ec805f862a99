"""The tabs of a sheet: which one is open, and the keys that lead into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.commands import Where
from svc_tui.i18n import _
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class SheetTabs:
    """Does the commands of the tab strip for one sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet
        self.keys = 0
        """Keys that the sheet took."""
        self._came = 0
        """The key that opened a tab last."""

    async def next(self, by: int, *, enters: bool = True) -> None:
        """The tab to the right or to the left; after the last one comes the first.

        Args:
            by: 1 or -1.
            enters: Whether the cursor goes into it; on the strip it stays there.
        """
        tabs = self.sheet.tabs
        place = tabs.index(self.sheet.tab) if self.sheet.tab in tabs else 0
        await self._open(tabs[(place + by) % len(tabs)], enters=enters)

    async def _open(self, name: str, *, enters: bool = True) -> None:
        sheet = self.sheet
        await self._leave_header()
        if sheet.svc.screen is not sheet:
            return  # what was left asks something
        await sheet.open_tab(name)
        self._came = self.keys
        sheet.focus_on(*(sheet.panes[name].entry() if enters else (sheet.strip, None)))
        sheet.tell_tabs()

    async def _leave_header(self) -> None:
        """What was typed there is understood; what stands in the quick line waits for Enter or the save."""
        header, left = self.sheet.header, self.sheet.field
        if left is not None and self.sheet.target is header:
            await header.leave(left)
            await self.sheet.after_commit(left)

    # -- writing -------------------------------------------------------------------------------------------

    @property
    def is_beside_fields(self) -> bool:
        """Whether the strip or a table has the focus, where letters are no text."""
        return Where.TABLE in self.sheet.places_now()

    def begins_to_write(self, key: Key) -> bool:
        """Whether a key is the first letter of what somebody writes who believes to be in a field."""
        sheet = self.sheet
        if not self.is_beside_fields or key.letter is None or not key.letter.isprintable() or key.letter == " ":
            return False
        return sheet.svc.keymap.find(key.spelled, sheet.places_now(), typing=False) is None

    def go_writing(self) -> bool:
        """The cursor into the first field of the open tab; False where there is none, which is said."""
        sheet = self.sheet
        pane = sheet.panes[sheet.tab]
        step = pane.first_field()
        if step is None:
            sheet.say(pane.unwritten())
            return False
        sheet.bottom.fade()
        sheet.focus_on(*step)
        if step[1] is not None and step[1].pending:
            step[1].editor.whole = False  # it goes on with what was typed there before
        sheet.tell_tabs()
        return True

    # -- commands ------------------------------------------------------------------------------------------

    async def do_tab_enter(self, key: Key | None) -> None:
        """Into the open tab; from there back to the subject, but not on the heels of the key that opened the tab."""
        sheet = self.sheet
        pane = sheet.panes[sheet.tab]
        if pane.holds(sheet.step_here()):
            if self._came == self.keys - 1:
                return
            sheet.focus_on(sheet.header, sheet.header.subject)
            sheet.tell_tabs()
        else:
            await self._open(sheet.tab)
            self._came = -1

    async def do_tab_next(self, key: Key | None) -> None:
        """The tab to the right."""
        await self.next(1)

    async def do_tab_previous(self, key: Key | None) -> None:
        """The tab to the left."""
        await self.next(-1)

    async def do_tab_number(self, key: Key | None) -> None:
        """The tab with the number of the key."""
        tabs, number = self.sheet.tabs, int(key.spelled) if key else 1
        if number <= len(tabs):
            await self._open(tabs[number - 1])
        else:
            self.sheet.say(_("There are {count} tabs.").format(count=len(tabs)))
