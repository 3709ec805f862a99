"""What was typed into a sheet and discarded: kept until the next, so that one key brings it back."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
    from svc_tui.services.jobs.activities import Sheet


class Discarded:
    """A sheet as it stood, with the job it was opened on: what others save meanwhile is merged when it is saved."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self._job, self._list_id = sheet.job, sheet.list_id
        self._fields = [(form, [field.remembered() for field in form.fields]) for form in sheet.saving.forms()]
        self._followed = sheet.header.remembered()
        self._links, self._lines = list(sheet.linked.links), list(sheet.product.lines)
        self._note = sheet.note.box.text
        self._tab, self._at = sheet.tab, _place(sheet)

    def as_new(self, begun: Sheet) -> Discarded:
        """The same on the beginnings of a new job: all of it is to be saved there."""
        fresh = copy(self)
        fresh._job = begun
        fresh._links = [link._replace(id=-place) for place, link in enumerate(self._links, 1)]
        fresh._lines = [line._replace(id=-place, order_id=None) for place, line in enumerate(self._lines, 1)]
        return fresh

    async def put_back(self, sheet: ActivitySheetScreen) -> None:
        """Fill the sheet as it stood, with the cursor where it was."""
        await sheet.load(self._job, self._list_id)
        sheet.header.recall(self._followed)
        sheet.linked.links, sheet.product.lines = list(self._links), list(self._lines)
        for form, states in self._fields:
            for field, state in zip(form.fields, states, strict=True):
                field.recall(state)
            form.refresh()
        sheet.note.box.text = self._note
        await sheet.linked.redraw()
        await sheet.product.redraw()
        sheet.tell_title()
        if self._tab in sheet.tabs:
            await sheet.open_tab(self._tab)
        if self._at is not None:
            sheet.focus_on(*self._at)
        sheet.tell_tabs()


def _place(sheet: Any) -> tuple[Form, Field] | None:
    """The field that has the focus, else the one of the header that had it last."""
    target = sheet.target if isinstance(sheet.target, Form) else sheet.header
    return (target, target.active) if target.active is not None else None
