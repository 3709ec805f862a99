"""The tabs of a sheet: which one is open, and the keys that lead into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.activity_sheet import ActivitySheetScreen


class SheetTabs:
    """Does the commands of the tab strip for one sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet

    async def next(self, by: int) -> None:
        """The tab to the right or to the left; after the last one comes the first."""
        sheet, tabs = self.sheet, self.sheet.tabs
        place = tabs.index(sheet.tab) if sheet.tab in tabs else 0
        in_pane = sheet.panes[sheet.tab].holds(sheet.step_here())
        await sheet.open_tab(tabs[(place + by) % len(tabs)])
        if in_pane or sheet.target is sheet.strip:
            sheet.focus_on(sheet.strip)
        sheet.tell_tabs()

    # -- commands ------------------------------------------------------------------------------------------

    async def do_tab_enter(self, key: Key | None) -> None:
        """Into the open tab; from there back to the subject."""
        sheet = self.sheet
        pane = sheet.panes[sheet.tab]
        entry, subject = pane.entry(), (sheet.header, sheet.header.subject)
        sheet.focus_on(*(subject if entry is None or pane.holds(sheet.step_here()) else entry))
        sheet.tell_tabs()

    async def do_tab_next(self, key: Key | None) -> None:
        """The tab to the right."""
        await self.next(1)

    async def do_tab_previous(self, key: Key | None) -> None:
        """The tab to the left."""
        await self.next(-1)

    async def do_tab_number(self, key: Key | None) -> None:
        """The tab with the number of the key."""
        sheet, number = self.sheet, int(key.spelled) if key else 1
        if number <= len(sheet.tabs):
            await sheet.open_tab(sheet.tabs[number - 1])
            sheet.focus_on(sheet.strip)
            sheet.tell_tabs()
