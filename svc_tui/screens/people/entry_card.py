"""The card of a contact, a device or a product: a record screen whose fields are bound to the values stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from svc_tui.commands import Command
from svc_tui.domain.damage import misfits
from svc_tui.domain.entries import Register
from svc_tui.domain.errors import Conflict, NotAllowed
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.news import News
from svc_tui.domain.operations import Values, new_operation_key
from svc_tui.i18n import _
from svc_tui.screens.people.entry_fields import Bound
from svc_tui.screens.shell.picker import Picked, Picker
from svc_tui.screens.shell.record_kind import Record
from svc_tui.screens.shell.record_rescue import RecordRescue
from svc_tui.screens.shell.record_screen import RecordScreen
from svc_tui.services.core.row_saving import Saved
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.secret_field import SecretField


class Card(Record, Protocol):
    """A record of named values."""

    @property
    def values(self) -> Values: ...


C = TypeVar("C", bound=Card)


class EntryCard(RecordScreen[C]):
    """A subclass says its fields, its tabs, and how it is read and saved."""

    register: Register
    bound: Sequence[Bound]
    """Every field, of the header and of the tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.rescue: RecordRescue[C] = RecordRescue(self)
        self.edit_key = ""
        """Operation key of the next save: a save tried again is the same one."""

    @property
    def helpers(self) -> tuple[object, ...]:
        return (*super().helpers, self.rescue)

    # -- values --------------------------------------------------------------------------------------------

    def values(self) -> Values:
        """What the card says now."""
        return self.record.values | {bound.name: bound.get() for bound in self.bound}

    def differs(self) -> bool:
        return self.values() != self.record.values

    def fill_header(self, record: C) -> None:
        for bound in self.bound:
            bound.field.touched = False
            bound.put(record.values[bound.name])
        for form in self.forms():
            form.refresh()

    async def load(self, record: C) -> None:
        await super().load(record)
        if record.id is not None and (wrong := misfits(self.register.value, record.id, record.values.items())):
            self.complain(wrong[0].told.brief(_))

    async def refill(self, record: C) -> None:
        self.edit_key = new_operation_key()
        await super().refill(record)

    # -- saving --------------------------------------------------------------------------------------------

    async def keep_card(self) -> Saved:
        """Save what stands here."""
        raise NotImplementedError

    def called(self) -> str:
        """What it is called, for messages."""
        raise NotImplementedError

    async def store(self) -> int:
        saved = await self.keep_card()
        text = _("{name} is saved.").format(name=self.called())
        if saved.merged:
            names = ", ".join(_(FIELD_LABELS.get(name, name)) for name in saved.merged)
            text += " " + _("Somebody else changed meanwhile, and it was kept: {fields}.").format(fields=names)
        self.say(text)
        return saved.id

    def seen(self, record: C, values: Values) -> C:
        """The record with these values as its base."""
        raise NotImplementedError

    async def now_stored(self, conflict: Conflict) -> Form | None:
        if self.record.id is None:
            return None
        now = await self.svc.store.run(self.read, self.session, self.record.id)
        names = [name for name in conflict.fields if name in now.values]
        if not names:
            return None
        mine = {bound.name: bound.field.remembered() for bound in self.bound}
        for bound in self.bound:
            if bound.name in names:
                bound.put(now.values[bound.name])
        texts = {bound.name: bound.field.text for bound in self.bound}
        for bound in self.bound:
            bound.field.recall(mine[bound.name])
        self.record = self.seen(self.record, self.record.values | {name: now.values[name] for name in names})
        return _form_of(texts)

    # -- others --------------------------------------------------------------------------------------------

    def concerns(self, news: News) -> bool:
        return news.everything or bool(news.tables & {self.register.value, "contact", "contact_person"}) or news.rows

    def changed_by(self, session: Session, record: C, news: News) -> int | None:
        try:
            found = history.of_rows(session, {self.register.value: [record.id or 0]}, 1)
        except NotAllowed:
            return None
        return found[0].actor_id if found else None

    def differing(self, before: C, now: C) -> list[str]:
        return [_(FIELD_LABELS.get(name, name)) for name, it in before.values.items() if now.values.get(name) != it]

    # -- ways on -------------------------------------------------------------------------------------------

    async def open_job(self, job_id: int) -> None:
        """Open a job of this entry."""
        await self.svc.open_job(job_id, self._back_from)

    async def open_entry(self, register: Register, entry_id: int) -> None:
        """Open the card of something that this one names."""
        await self.svc.open_card(register, entry_id, self._back_from)

    async def _back_from(self, saved_id: int | None) -> None:
        """What was saved there may show here."""
        if saved_id is not None and self.record.id is not None and not self.is_touched:
            tab = self.tab
            await self._reread_to(self.record.id)
            await self.open_tab(tab)

    async def do_field_look_up(self, key: Key | None) -> None:
        """Show what is hidden, or open the picker or the values of the field."""
        if isinstance(self.field, SecretField):
            if not self.field.offers:
                self.say(_("Nothing is kept hidden here yet."))
            self.field.reveal()
            for form in self.forms():
                form.refresh()
            return
        await self.look_up(self.field, key)

    async def look_up(self, field: Field | None, key: Key | None) -> None:
        """The picker of a field."""
        await super().do_field_look_up(key)

    def named(self) -> tuple[Register, int] | None:
        """The entry that this card names, which has a card too: the owner, the supplier."""
        return None

    def is_idle(self, command: Command) -> bool:
        return self.named() is None if command.id == "card.open" else super().is_idle(command)

    async def do_activity_new(self, key: Key | None) -> None:
        """A new job that is linked already."""
        await self.leave_for_job()

    async def do_card_open(self, key: Key | None) -> None:
        """The card of what this one names."""
        if (named := self.named()) is not None:
            await self.open_entry(*named)
        else:
            self.say(_("This is the card already."))

    async def do_line_remove(self, key: Key | None) -> None:
        """Nothing is deleted here that jobs may name."""
        self.say(_("Nothing is taken away here: what is no longer used is retired, under Misc."))

    async def do_card_merge(self, key: Key | None) -> None:
        """Make one of this and another one."""
        if self.record.id is None or self.is_changed:
            self.say(_("Save this first (F2)."))
            return
        await self.svc.show(self.other(), self._merge_with)

    def other(self) -> Picker:
        """Lets another entry of this kind be picked."""
        raise NotImplementedError

    async def _merge_with(self, picked: object) -> None:
        if not isinstance(picked, Picked):
            return
        from svc_tui.screens.shell.merging import MergeScreen

        await self.svc.show(MergeScreen(self.register, self.record.id or 0, picked.value.id), self._merged)

    async def _merged(self, entry_id: int | None) -> None:
        if entry_id is not None:
            self.saved_id = entry_id
            await self._reread_to(entry_id)
            await self.open_tab(self.tab)
            self.say(_("The two are one now. u in a list undoes it."))

    async def leave_for_job(self) -> None:
        """Begin a job of this entry; what is not saved here is saved before."""
        if (self.is_changed or self.record.id is None) and not await self.save():
            return
        if self.saved_id is not None and self.record.id is None:
            await self._reread_to(self.saved_id)
        await self.begin_job()

    async def begin_job(self) -> None:
        """Begin a job of this entry."""
        raise NotImplementedError


def _form_of(texts: dict[str, str]) -> Form:
    """A form of fields in which these texts stand."""
    fields = [TextField(name, _(FIELD_LABELS.get(name, name))) for name in texts]
    for field in fields:
        field.value = texts[field.name]
    return Form([Slot(field, place) for place, field in enumerate(fields)])
