"""What a click does: the same as the key that leads there, in its turn among the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import events

from svc_tui.commands import shown_key
from svc_tui.i18n import _
from svc_tui.widgets.filter_line import FilterLine
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import KeyBar
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip

if TYPE_CHECKING:
    from svc_tui.screens.shell.base import BaseScreen


class Mouse:
    """The part of a screen that hears clicks."""

    def on_key_bar_clicked(self, event: KeyBar.Clicked) -> None:
        """The key that was clicked is pressed."""
        screen = cast("BaseScreen", self)
        event.stop()
        known = {key for command in screen.svc.keymap.commands for key in command.keys} | {"enter", "escape"}
        key = next((key for key in known if shown_key(key, _) == event.key), None)
        if key is not None:
            screen.svc.key_came(events.Key(key, key if len(key) == 1 else None))

    def on_row_list_clicked(self, event: RowList.Clicked) -> None:
        """The keys go to the list whose row was clicked, where they can."""
        screen = cast("BaseScreen", self)
        event.stop()
        _go_to(screen, event.list)

    async def on_form_clicked(self, event: Form.Clicked) -> None:
        """A click on a field is a way to go there; the field that is left is understood first."""
        screen = cast("BaseScreen", self)
        event.stop()
        if screen.bottom.is_asking:
            return
        left = screen.field
        if left is not None and isinstance(screen.target, Form):
            await screen.target.leave(left)
            await screen.after_commit(left)
        if screen.svc.screen is screen:
            screen.focus_on(event.form, event.field)

    def on_filter_line_clicked(self, event: FilterLine.Clicked) -> None:
        """The keys go to the filter line, to where it was clicked."""
        screen = cast("BaseScreen", self)
        event.stop()
        _go_to(screen, event.filter_line, caret=event.caret)

    def on_tab_strip_clicked(self, event: TabStrip.Clicked) -> None:
        """The tab that was clicked is opened."""
        screen = cast("BaseScreen", self)
        event.stop()

        async def open_tab() -> None:
            command = next(command for command in screen.svc.keymap.commands if command.id == "tab.number")
            if not screen.bottom.is_asking:
                await screen.run_command(command, Key(str(event.place + 1), str(event.place + 1)))

        screen.svc.between_keys(open_tab)


def _go_to(screen: BaseScreen, target: Any, caret: int | None = None) -> None:
    async def go() -> None:
        if screen.bottom.is_asking or (target, None) not in screen.path():
            return
        left = screen.field
        if left is not None and isinstance(screen.target, Form):
            await screen.target.leave(left)
            await screen.after_commit(left)
        if screen.svc.screen is screen:
            screen.focus_on(target)
        if caret is not None and isinstance(target, FilterLine):
            target.editor.caret, target.editor.whole = min(caret, len(target.editor.value)), False
            target.refresh()

    screen.svc.between_keys(go)
