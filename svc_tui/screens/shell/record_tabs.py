"""The tabs of a record: what one holds, which one is open, and the keys that lead into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.containers import Vertical

from svc_tui.commands import Where
from svc_tui.i18n import _
from svc_tui.screens.shell.base import Step
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from svc_tui.screens.shell.record_screen import RecordScreen

R = TypeVar("R")


class Pane(Vertical, Generic[R]):
    """The content of one tab. It is mounted when it is first shown; what it holds is there from the start."""

    DEFAULT_CSS = "Pane { height: 1fr; }"

    form: Form | None = None
    """Its fields, where it has some; they are understood and saved with the record."""

    def steps(self) -> list[Step]:
        """The stops of Tab in it."""
        return []

    def tables(self) -> Sequence[RowList[Any]]:
        """Its tables, whose cursors stay when the record is read again."""
        return [part for part, _field in self.steps() if isinstance(part, RowList)]

    def entry(self) -> Step:
        """Where one begins who goes straight into it."""
        return self.steps()[0]

    def first_field(self) -> Step | None:
        """Where one begins to write; None where nothing is written."""
        return next((step for step in (self.entry(), *self.steps()) if step[0].typing), None)

    def unwritten(self) -> str:
        """What is said to who writes where there is no field."""
        return _("This tab is only read.")

    def reading(self) -> tuple[str, str] | None:
        """Title and whole text of what the cursor is on in its table; None where there is nothing to read."""
        return None

    def enter_label(self) -> str:
        """What Enter does in its table, for the key bar; empty for nothing that has to be told."""
        return ""

    async def open_row(self) -> None:
        """Enter in its table, where there is nothing to read whole."""

    def holds(self, step: Step | None) -> bool:
        """Whether a stop is in it, and would be out of sight with another tab."""
        return step in (self.entry(), *self.steps())

    async def fill(self, record: R) -> None:
        """Show a record."""

    async def shown(self) -> None:
        """The tab was opened."""


class RecordTabs:
    """Does the commands of the tab strip for one screen."""

    def __init__(self, screen: RecordScreen[Any]) -> None:
        self.screen = screen
        self.keys = 0
        """Keys that the screen took."""
        self._came = 0
        """The key that opened a tab last."""

    async def next(self, by: int, *, enters: bool = True) -> None:
        """The tab to the right or to the left; after the last one comes the first.

        Args:
            by: 1 or -1.
            enters: Whether the cursor goes into it; on the strip it stays there.
        """
        tabs = self.screen.tabs
        place = tabs.index(self.screen.tab) if self.screen.tab in tabs else 0
        await self._open(tabs[(place + by) % len(tabs)], enters=enters)

    async def _open(self, name: str, *, enters: bool = True) -> None:
        screen = self.screen
        await self._leave_header()
        if screen.svc.screen is not screen:
            return  # what was left asks something
        await screen.open_tab(name)
        self._came = self.keys
        screen.focus_on(*(screen.panes[name].entry() if enters else (screen.strip, None)))
        screen.tell_tabs()

    async def _leave_header(self) -> None:
        """What was typed there is understood; what stands in a field of a tab waits for its own Enter or the save."""
        header, left = self.screen.header, self.screen.field
        if left is not None and self.screen.target is header:
            await header.leave(left)
            await self.screen.after_commit(left)

    # -- writing -------------------------------------------------------------------------------------------

    @property
    def is_beside_fields(self) -> bool:
        """Whether the strip or a table has the focus, where letters are no text."""
        return Where.TABLE in self.screen.places_now()

    def begins_to_write(self, key: Key) -> bool:
        """Whether a key is the first letter of what somebody writes who believes to be in a field."""
        screen = self.screen
        if not self.is_beside_fields or key.letter is None or not key.letter.isprintable() or key.letter == " ":
            return False
        return screen.svc.keymap.find(key.spelled, screen.places_now(), typing=False) is None

    def go_writing(self) -> bool:
        """The cursor into the first field of the open tab; False where there is none, which is said."""
        screen = self.screen
        pane = screen.panes[screen.tab]
        step = pane.first_field()
        if step is None:
            screen.say(pane.unwritten())
            return False
        screen.bottom.fade()
        screen.focus_on(*step)
        if step[1] is not None and step[1].pending:
            step[1].editor.whole = False  # it goes on with what was typed there before
        screen.tell_tabs()
        return True

    # -- commands ------------------------------------------------------------------------------------------

    async def do_tab_enter(self, key: Key | None) -> None:
        """Into the open tab; from there back to the first field, but not on the heels of the key that opened it."""
        screen = self.screen
        pane = screen.panes[screen.tab]
        if pane.holds(screen.step_here()):
            if self._came == self.keys - 1:
                return
            screen.focus_on(screen.header, screen.first_field)
            screen.tell_tabs()
        else:
            await self._open(screen.tab)
            self._came = -1

    async def do_tab_next(self, key: Key | None) -> None:
        """The tab to the right."""
        await self.next(1)

    async def do_tab_previous(self, key: Key | None) -> None:
        """The tab to the left."""
        await self.next(-1)

    async def do_tab_number(self, key: Key | None) -> None:
        """The tab with the number of the key."""
        tabs, number = self.screen.tabs, int(key.spelled) if key else 1
        if number <= len(tabs):
            await self._open(tabs[number - 1])
        else:
            self.screen.say(_("There are {count} tabs.").format(count=len(tabs)))

    async def do_line_edit(self, key: Key | None) -> None:
        """Enter in a table: what the cursor is on; on the tab strip, into the tab."""
        screen = self.screen
        if screen.target is screen.strip:
            await screen.go(1)
            return
        pane = screen.panes[screen.tab]
        if not pane.holds(screen.step_here()):
            return
        if reading := pane.reading():
            from svc_tui.screens.shell.reader import ReaderScreen

            await screen.svc.show(ReaderScreen(*reading))
        else:
            await pane.open_row()
