"""What was typed into a record and cannot be saved there: one key takes it over to what is stored, or to a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from svc_tui.i18n import _
from svc_tui.screens.shell.record_kept import Discarded
from svc_tui.screens.shell.record_live import read_same
from svc_tui.widgets.fields import TextField
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.shell.record_kind import Record
    from svc_tui.screens.shell.record_screen import RecordScreen

R = TypeVar("R", bound="Record")


class RecordRescue(Generic[R]):
    """Does it for one screen."""

    def __init__(self, screen: RecordScreen[R]) -> None:
        self.screen = screen

    async def do_record_rescue(self, key: Key | None) -> None:
        """Onto the record as it is stored now; into a new one where it is gone."""
        screen, session = self.screen, self.screen.svc.session
        is_of_now = screen.record.generation == session.generation
        fresh = await screen.svc.store.run(read_same, session, screen, screen.record) if is_of_now else None
        if fresh is None and screen.record.id is None and is_of_now:
            screen.say(_(screen.words.is_new))
        elif fresh is None:
            await self.into_new(whole=is_of_now)
        elif not screen.is_changed:
            screen.say(_("Nothing was typed here that is not saved."))
        else:
            await self.onto(fresh)

    async def onto(self, fresh: R) -> None:
        """What was typed stands over the record as it is stored now."""
        screen = self.screen
        screen.svc.discarded = Discarded(screen)
        states = [(field, field.text, field.remembered()) for form in screen.forms() for field in form.fields]
        await screen.refill(screen.record)
        typed = [(field, state) for field, text, state in states if text != field.text]
        await screen.refill(fresh)
        for field, state in typed:
            field.recall(state)
        for form in screen.forms():
            form.refresh()
        screen.say(_("What you typed stands over what is stored now: F2 saves it."))

    async def into_new(self, *, whole: bool) -> None:
        """Everything that stands here; of another shop only the texts: its ids may mean something else there."""
        screen = self.screen
        kept = screen.svc.discarded = Discarded(screen)
        if whole:
            screen.adopt()
            await kept.as_new(screen.begun()).put_back()
        else:
            await self.from_texts()
        screen.tell_title()
        screen.say(_(screen.words.made_new))

    async def from_texts(self) -> None:
        """The beginnings of a new record in the shop as it is now, with the texts that stood here."""
        screen = self.screen
        fields = [field for form in screen.forms() for field in form.fields]
        texts = [(field, field.text) for field in fields if isinstance(field, TextField)]
        screen.adopt()
        await screen.load_beside(screen.begun(), screen.beside_anew(None))
        for field, text in texts:
            field.show(text)
            field.touched = True
        for form in screen.forms():
            form.refresh()
