"""A dialog of some fields, for what a line cannot ask: a new contact, a device, a line of the Product tab."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual.app import ComposeResult

from svc_tui.domain.errors import Conflict
from svc_tui.i18n import _
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.lines import Paragraph
from svc_tui.widgets.look import look

Save = Callable[[Form], Awaitable[object]]


class FormDialog(FormScreen):
    """Fields and one act; it closes with what the act gives, and stays with the reason when it is refused."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: Save,
        *,
        explain: str = "",
        at: str = "",
        left: Callable[[Form, Field], Awaitable[str]] | None = None,
        stored: Callable[[Conflict], Awaitable[Form | None]] | None = None,
    ) -> None:
        """
        Args:
            title: What is asked for.
            fields: One under the other.
            save: Takes the form, gives the result that the dialog closes with.
            explain: A sentence above the fields.
            at: Name of the field that has the focus first.
            left: Called when a field that was written in is left; gives what is to be said of it.
            stored: See `FormScreen.now_stored`.
        """
        super().__init__()
        self.title_text = title
        self.explain = explain
        self.first = at
        self.form = Form([Slot(field, row) for row, field in enumerate(fields)], label_width=18, id="dialog")
        self._save = save
        self._left = left
        self._stored = stored
        self._told: dict[str, str] = {}
        """What was in a field when it was left last."""

    def compose_body(self) -> ComposeResult:
        yield Paragraph(self.explain, look().dim, id="explain")
        yield self.form.filling()

    async def opened(self) -> None:
        self.title_line.tell(self.title_text, _("F2 saves, Esc gives up"))
        self.begin(self.form[self.first] if self.first else self.form.fields[0])

    async def after_commit(self, which: Field) -> None:
        if self._left is None or self._told.get(which.name, "") == which.text:
            return
        self._told[which.name] = which.text
        if told := await self._left(self.form, which):
            self.say(told)

    async def keep(self) -> None:
        await self.svc.back(await self._save(self.form))

    async def now_stored(self, conflict: Conflict) -> Form | None:
        return await self._stored(conflict) if self._stored is not None else None
