"""A screen that is a form: what is typed is understood, refused with its field marked, and never lost unasked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from svc_tui.commands import Where
from svc_tui.domain.errors import Conflict, DomainError, Invalid
from svc_tui.i18n import _
from svc_tui.screens.shell import conflicts
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key


class FormScreen(BaseScreen):
    """A form that F2 keeps and closes; left in another way, it asks about what was typed.

    A subclass makes `form`, calls `begin` once it is filled, and says in `keep` what F2 does.
    """

    places = frozenset((Where.FORM,))

    form: Form

    def __init__(self) -> None:
        super().__init__()
        self._at_first: dict[str, str] = {}

    def begin(self, at: Field) -> None:
        """The form is filled: the cursor goes into a field, and what is typed from now on is not lost unasked."""
        self._at_first = {field.name: field.text for field in self.form.fields}
        self.focus_on(self.form, at)

    def forms(self) -> tuple[Form, ...]:
        """Every form here, in the order of its fields."""
        return (self.form,)

    def path(self) -> list[Step]:
        return [(form, field) for form in self.forms() for field in form.fields]

    # -- keeping -------------------------------------------------------------------------------------------

    async def do_form_save(self, key: Key | None) -> None:
        """Keep what the form says, and close; what cannot be understood is refused before."""
        refused = await self.form.commit_all()
        if refused is not None:
            self.focus_on(self.form, refused)
            return
        try:
            await self.keep()
        except Conflict as conflict:
            theirs = await self.now_stored(conflict)
            if theirs is None:
                raise
            self.mark_theirs(conflict, theirs)

    async def keep(self) -> None:
        """Save what the form says, and close.

        Raises:
            Invalid: the field it names is marked and gets the cursor; everything typed stays.
            Conflict: others changed the same; see `now_stored`.
        """
        raise NotImplementedError

    async def now_stored(self, conflict: Conflict) -> Form | None:
        """A form like this one, filled with what others saved; None where that is not told field by field.

        From now on it counts as seen: keeping again replaces it knowingly.
        """
        return None

    def mark_theirs(self, conflict: Conflict, theirs: Form) -> None:
        """What others made of a field stands beside what was typed there."""
        texts = {field.name: field.text for field in theirs.fields if field.name in conflict.fields}
        for form in self.forms():
            for field in form.fields:
                if field.name in texts:
                    field.theirs = texts[field.name] or "-"
                    form.repaint_field(field)
        self.complain(conflicts.told(conflict, theirs))

    def show_error(self, error: DomainError) -> None:
        """The sentence, and the field it names marked with the cursor in it."""
        super().show_error(error)
        for form in self.forms():
            for field in form.fields:
                if field.name == error.field and isinstance(error, Invalid):
                    field.refuse(error)
                    self.focus_on(form, field)
                    form.repaint_field(field)

    # -- leaving -------------------------------------------------------------------------------------------

    @property
    def holds_changes(self) -> bool:
        return any(field.touched and field.text != self._at_first.get(field.name) for field in self.form.fields)

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

        if self.holds_changes:
            ask_about_changes(self, save, go)
        else:
            await go()


def ask_about_changes(
    screen: BaseScreen, save: Callable[[], Awaitable[None]], discard: Callable[[], Awaitable[None]]
) -> None:
    """Ask what is to become of what is not saved; Esc stays."""
    screen.ask_letter(
        _("Not saved yet.   s: save and close   d: discard the changes   Esc: stay"),
        {_("s"): save, "f2": save, "ctrl+s": save, _("d"): discard},
        losing=(_("d"),),
    )
