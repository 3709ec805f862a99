"""What the key bar offers: the keys that do something here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svc_tui.commands import Command, Where, question_bar, shown_key
from svc_tui.i18n import _
from svc_tui.widgets.fields import ChoiceField
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application
    from svc_tui.screens.shell.base import Step
    from svc_tui.widgets.bottom_line import BottomLine
    from svc_tui.widgets.fields import Field
    from svc_tui.widgets.keys import Target
    from svc_tui.widgets.lines import KeyBar


class Offering:
    """How a screen tells which keys it takes."""

    if TYPE_CHECKING:
        bottom: BottomLine
        key_bar: KeyBar
        target: Target | None

        @property
        def svc(self) -> Application: ...
        @property
        def field(self) -> Field | None: ...
        @property
        def is_typing(self) -> bool: ...
        def places_now(self) -> frozenset[Where]: ...
        def path(self) -> list[Step]: ...

    enter_closes = False
    """Whether Enter closes it, as it is only read."""

    @property
    def rows_meant(self) -> RowList[Any] | None:
        """The list whose row under the cursor is meant by commands about a row."""
        return self.target if isinstance(self.target, RowList) else None

    def watch_rows(self) -> None:
        """Offer other keys once the list has its first row, or none any more."""
        if (rows := self.rows_meant) is not None:
            rows.on_emptied = self.offer_keys

    def is_idle(self, command: Command) -> bool:
        """Whether a command that is valid here would do nothing just now; the key bar leaves it out."""
        if command.id == "field.look_up" and isinstance(self.target, Form):
            # With every field it would come and go: 80 bytes a Tab. Where there is no list it says so.
            return not any(field.offers for field in self.target.fields)
        rows = self.rows_meant
        return command.is_of_row and rows is not None and rows.has_no_rows

    def offered_keys(self) -> list[tuple[str, str]]:
        """(key, what it does) of what is valid now, the most important first; what Enter does begins."""
        if self.bottom.is_asking:
            question = self.bottom.question
            bar, label = question_bar(self.svc.keymap, isinstance(question, ChoiceField)), "OK" if question else ""
        else:
            bar = self.svc.keymap.bar(self.places_now(), typing=self.is_typing)
            bar = [(key, command) for key, command in bar if not self.is_idle(command)]
            label = self.enter_label()
        offered = [("enter", label)] if label else []
        return offered + [(key, _(command.label)) for key, command in bar if key != "enter"]

    def offer_keys(self) -> None:
        """Show the keys that are valid now; what Enter does and that there is help always stand there."""
        offered = [(shown_key(key, _), label) for key, label in self.offered_keys()]
        self.key_bar.offer(offered, (shown_key("enter", _), shown_key("f1", _)))

    def enter_label(self) -> str:
        """What Enter does now, for the key bar; empty for nothing."""
        if self.enter_closes:
            return _("Close")
        command = self.svc.keymap.find("enter", self.places_now(), typing=self.is_typing)
        if command is not None:
            return "" if self.is_idle(command) else _(command.label)
        return _("Next") if isinstance(self.target, Form) and len(self.path()) > 1 else ""
