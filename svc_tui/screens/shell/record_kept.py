"""What was typed into a record and discarded: kept until the next, so that one key brings it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from copy import copy
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form

if TYPE_CHECKING:
    from svc_tui.screens.shell.base import BaseScreen
    from svc_tui.screens.shell.record_kind import Record
    from svc_tui.screens.shell.record_screen import RecordScreen

R = TypeVar("R", bound="Record")


class Discarded(Generic[R]):
    """A record as it stood on its screen, with what was stored when it was opened: others' changes since are merged."""

    def __init__(self, screen: RecordScreen[R]) -> None:
        self.screen, self.record = screen, screen.record
        self._fields = [(form, [field.remembered() for field in form.fields]) for form in screen.forms()]
        self._beside = screen.beside()
        self._tab, self._at = screen.tab, _place(screen)

    def as_new(self, begun: R) -> Discarded[R]:
        """The same on the beginnings of a new record: all of it is to be saved there."""
        fresh = copy(self)
        fresh.record, fresh._beside = begun, self.screen.beside_anew(self._beside)
        return fresh

    async def put_back(self) -> None:
        """Fill the screen as it stood, with the cursor where it was."""
        screen = self.screen
        await screen.load_beside(self.record, self._beside)
        for form, states in self._fields:
            for field, state in zip(form.fields, states, strict=True):
                field.recall(state)
            form.refresh()
        screen.tell_title()
        if self._tab in screen.tabs:
            await screen.open_tab(self._tab)
        if self._at is not None:
            screen.focus_on(*self._at)
        screen.tell_tabs()

    async def bring_back(self, screen: BaseScreen, closed: Callable[[Any], Awaitable[None]]) -> None:
        """Show the record again as it stood."""
        await self.put_back()
        await screen.svc.show(self.screen, closed)


def _place(screen: RecordScreen[Any]) -> tuple[Form, Field] | None:
    """The field that has the focus, else the one of the header that had it last."""
    target = screen.target if isinstance(screen.target, Form) else screen.header
    return (target, target.active) if target.active is not None else None
