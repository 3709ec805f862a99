"""A dialog of some fields, for what a line cannot ask: a new contact, a device, a line of the Product tab."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.errors import DomainError, Invalid
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import Paragraph, Space
from svc_tui.widgets.look import look

Save = Callable[[Form], Awaitable[object]]


class FormScreen(BaseScreen):
    """A form that F2 keeps and closes; left in another way, it asks about what was typed."""

    places = frozenset((Where.FORM,))

    form: Form

    def __init__(self) -> None:
        super().__init__()
        self._at_first: dict[str, str] = {}

    def begin(self, at: Field) -> None:
        """The form is filled: the cursor goes into a field, and what is typed from now on is not lost unasked."""
        self._at_first = {field.name: field.text for field in self.form.fields}
        self.focus_on(self.form, at)

    def path(self) -> list[Step]:
        return [(self.form, field) for field in self.form.fields]

    @property
    def holds_changes(self) -> bool:
        return any(field.touched and field.text != self._at_first[field.name] for field in self.form.fields)

    async def do_app_close(self, key: Key | None) -> None:
        """Back; asks only about what was typed."""
        await self._leave()

    async def may_close(self) -> bool:
        if not self.holds_changes:
            return True
        while self.svc.screen is not self:  # the question is asked here, not in a picker above
            await self.svc.back()
        await self._leave(lambda: self.svc.do_app_quit(None))  # the screens beneath may hold more
        return False

    async def _leave(self, then: Callable[[], Awaitable[None]] | None = None) -> None:
        """Back, after asking about what was typed; then something else, unless the answer was to stay."""

        async def go() -> None:
            await self.svc.back()
            if then is not None:
                await then()

        async def save() -> None:
            await self.do_form_save(None)
            if then is not None and self.svc.screen is not self:
                await then()

        if not self.holds_changes:
            await go()
            return
        self.ask_letter(
            _("Not saved yet.   s: save and close   d: discard the changes   Esc: stay"),
            {_("s"): save, "f2": save, "ctrl+s": save, _("d"): go},
            losing=(_("d"),),
        )

    async def do_form_save(self, key: Key | None) -> None:
        """Keep what the form says, and close."""
        raise NotImplementedError


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
    ) -> None:
        """
        Args:
            title: What is asked for.
            fields: One under the other.
            save: Takes the form, gives the result that the dialog closes with.
            explain: A sentence above the fields.
            at: Name of the field that has the focus first.
            left: Called when a field that was written in is left; gives what is to be said of it.
        """
        super().__init__()
        self.title_text = title
        self.explain = explain
        self.first = at
        self.form = Form([Slot(field, row) for row, field in enumerate(fields)], label_width=18, id="dialog")
        self._save = save
        self._left = left
        self._told: dict[str, str] = {}
        """What was in a field when it was left last."""

    def compose_body(self) -> ComposeResult:
        yield Paragraph(self.explain, look().dim, id="explain")
        yield self.form
        yield Space()

    async def opened(self) -> None:
        self.title_line.tell(self.title_text, _("F2 saves, Esc gives up"))
        self.begin(self.form[self.first] if self.first else self.form.fields[0])

    async def after_commit(self, which: Field) -> None:
        if self._left is None or self._told.get(which.name, "") == which.text:
            return
        self._told[which.name] = which.text
        if told := await self._left(self.form, which):
            self.say(told)

    async def do_form_save(self, key: Key | None) -> None:
        """Do the act; a refusal marks its field and keeps everything."""
        refused = await self.form.commit_all()
        if refused is not None:
            self.focus_on(self.form, refused)
            return
        try:
            result = await self._save(self.form)
        except DomainError as error:
            self.show_error(error)
            return
        await self.svc.back(result)

    def show_error(self, error: DomainError) -> None:
        super().show_error(error)
        for field in self.form.fields:
            if field.name == error.field and isinstance(error, Invalid):
                field.refuse(error)
                self.form.activate(field)
