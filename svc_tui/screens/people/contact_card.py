"""The card of a contact: header, jobs, persons, devices, what is rarer, history."""

from __future__ import annotations

from dataclasses import replace

from svc_tui.commands import Where
from svc_tui.domain.entries import Register
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.operations import Values
from svc_tui.domain.records import DeviceRow, HistoryRow, PersonRecord
from svc_tui.i18n import N_, _
from svc_tui.screens.history.history_pane import HistoryPane
from svc_tui.screens.people.contact_picker import contact_picker
from svc_tui.screens.people.entry_card import EntryCard
from svc_tui.screens.people.entry_fields import flag, label, line
from svc_tui.screens.people.entry_panes import CardPane, JobsPane
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.panes import FieldsPane
from svc_tui.screens.shell.picker import Picker
from svc_tui.screens.shell.record_kind import Words
from svc_tui.services.core.row_saving import Saved
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.people import contact_card, contacts, towns
from svc_tui.services.people.contact_card import LINES, ContactCard, ContactEdit
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import Column, FixedRows, RowList

TABS = {
    "jobs": N_("Jobs"), "persons": N_("Persons"), "devices": N_("Devices"), "misc": N_("Misc."),
    "history": N_("History"),
}  # fmt: skip


class PersonsPane(CardPane[ContactCard]):
    """Who works there: Enter changes one, the last row adds one."""

    def __init__(self, card: ContactCardScreen) -> None:
        super().__init__(card)
        self.persons: list[PersonRecord] = []
        self._new = -1
        self.list: RowList[PersonRecord] = RowList(
            [
                Column(_("Name"), 20, lambda row: row.name or _("+ New person"), flex=2),
                Column(_("Phone"), 16, lambda row: row.phone),
                Column(_("E-mail"), 20, lambda row: row.email, flex=1),
            ],
            id="persons",
        )

    async def fill(self, record: ContactCard) -> None:
        self.persons = list(record.persons)
        await self.redraw()

    async def redraw(self, keep: int | None = None) -> None:
        """Show the persons as they are now."""
        rows = FixedRows([*self.persons, PersonRecord(0, "", "", "")], key=lambda row: row.id)
        await self.list.show(rows, keep=keep)

    def unwritten(self) -> str:
        return _("Nothing is written here: Enter changes the person, or adds one.")

    def enter_label(self) -> str:
        return _("Change")

    async def open_row(self) -> None:
        row = self.list.current
        if row is None:
            return
        fields = [TextField(name, label(name), limit=limit) for name, limit in
                  (("name", 120), ("phone", 60), ("email", 120))]  # fmt: skip
        for field in fields:
            field.value = getattr(row, field.name)

        async def read(form: Form) -> object:
            contacts.check_phone(form["phone"].text)
            contacts.check_email(form["email"].text)
            return PersonRecord(row.id, *(form[field.name].text.strip() for field in fields))

        async def closed(person: PersonRecord | None) -> None:
            if person is not None:
                await self._take(person)

        title = _("Contact person") if row.id else _("New contact person")
        await self.card.svc.show(FormDialog(title, fields, read), closed)

    async def _take(self, person: PersonRecord) -> None:
        if not person.name:
            self.card.complain(_("Write the name of the contact person."))
            return
        if person.id == 0:
            person = person._replace(id=self._new)
            self._new -= 1
            self.persons.append(person)
        else:
            self.persons = [person if known.id == person.id else known for known in self.persons]
        await self.redraw(person.id)
        self.card.say(_("Saved with the card: F2."))

    async def take_away(self) -> bool:
        """Take the person under the cursor away; it is gone with the save."""
        row = self.list.current
        if row is None or not row.id:
            return False
        self.persons = [person for person in self.persons if person.id != row.id]
        await self.redraw()
        self.card.say(_("{name} is taken away with the save (F2).").format(name=row.name))
        return True


class DevicesPane(CardPane[ContactCard]):
    """What the contact owns: Enter opens one."""

    def __init__(self, card: ContactCardScreen) -> None:
        super().__init__(card)
        self.list: RowList[DeviceRow] = RowList(
            [
                Column(_("Brand"), 14, lambda row: row.brand, flex=1),
                Column(_("Model"), 16, lambda row: row.model, flex=2),
                Column(_("Serial number"), 18, lambda row: row.serial, flex=1),
            ],
            empty=_("No device is registered for this contact."),
            id="devices",
        )

    async def fill(self, record: ContactCard) -> None:
        await self.list.reload(FixedRows(record.devices, key=lambda row: row.id))

    def unwritten(self) -> str:
        return _("Nothing is written here: Enter opens the device.")

    def enter_label(self) -> str:
        return _("Open")

    async def open_row(self) -> None:
        if (row := self.list.current) is not None:
            await self.card.open_entry(Register.DEVICES, row.id)


class ContactCardScreen(EntryCard[ContactCard]):
    """A contact."""

    places = frozenset((Where.CARD, Where.RECORD, Where.FORM))
    register = Register.CONTACTS
    words = Words(
        gone=N_("This contact is gone."),
        gone_by=N_("This contact is gone: {who} took it away or merged it with another one."),
        not_restored=N_("The shop was put back to an earlier state, in which this contact is not."),
        new_offered=N_("F11 makes a new contact of what stands here."),
        is_new=N_("This is a new contact already: save it (F2)."),
        made_new=N_("A new contact of what stood here: F2 saves it."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.record = ContactCard(None, 0, {})
        self.tab = "jobs"

    def prepare(self) -> None:
        """Make the parts that need to know the session; once, before the first contact is shown."""
        head = [
            line("name", LINES["name"]), flag("is_customer", _("Customer")), flag("is_supplier", _("Supplier")),
            line("phone", LINES["phone"]), line("mobile", LINES["mobile"], called=_("Mobile")),
            line("email", LINES["email"]), line("address", LINES["address"]), line("post_code", LINES["post_code"]),
            line("city", LINES["city"]), line("vat_number", LINES["vat_number"]), flag("is_company", _("Is company")),
        ]  # fmt: skip
        rare = [
            line("number", 9, empty=None, called=_("Number")), line("country", LINES["country"], called=_("Country")),
            line("external_key", LINES["external_key"], empty=None, called=_("External key")),
            flag("retired", _("Retired")), line("note", 2_000),
        ]  # fmt: skip
        self.bound = [*head, *rare]
        places = [(0, None), (1, 0), (1, 1), (2, 0), (2, 1), (3, None), (4, None), (5, 0), (5, 1), (6, 0), (6, 1)]
        slots = [Slot(bound.field, *place) for bound, place in zip(head, places, strict=True)]
        self.header = Form(slots, label_width=12, right_label_width=12, id="header")
        misc = Form([Slot(bound.field, place) for place, bound in enumerate(rare)], label_width=18, id="misc")
        self.persons, self.devices = PersonsPane(self), DevicesPane(self)
        self.panes = {
            "jobs": JobsPane(self, self.register, _("No job yet. F6 makes one.")), "persons": self.persons,
            "devices": self.devices, "misc": FieldsPane(misc), "history": HistoryPane(self, _changes),
        }  # fmt: skip

    # -- what a contact is -----------------------------------------------------------------------------------

    def read(self, session: Session, record_id: int) -> ContactCard:
        return contact_card.open_card(session, record_id)

    def begun(self) -> ContactCard:
        return contact_card.new_card(self.session)

    def values(self) -> Values:
        found = super().values()
        number = str(found["number"] or "")
        known = whole_number(number)
        return found | {"number": number or None if known is None else known}

    def differs(self) -> bool:
        return super().differs() or tuple(self.persons.persons) != self.record.persons

    def seen(self, record: ContactCard, values: Values) -> ContactCard:
        return replace(record, values=values)

    def called(self) -> str:
        return str(self.values()["name"])

    async def keep_card(self) -> Saved:
        edit = ContactEdit(self.record, self.values(), tuple(self.persons.persons), self.edit_key)
        return await self.ask_service(contact_card.save, edit)

    def title_told(self) -> tuple[str, str]:
        values = self.record.values
        if self.record.id is None:
            return _("New contact"), ""
        return _("Contact {number} · {name}").format(number=values["number"], name=values["name"]), ""

    def tab_label(self, name: str) -> str:
        return _(TABS[name])

    def differing(self, before: ContactCard, now: ContactCard) -> list[str]:
        found = super().differing(before, now)
        found += [_(TABS["persons"])] if before.persons != now.persons else []
        return found + ([_(TABS["devices"])] if before.devices != now.devices else [])

    def beside(self) -> object:
        return tuple(self.persons.persons)

    def beside_anew(self, beside: object) -> object:
        assert isinstance(beside, tuple)
        return tuple(person._replace(id=-place) for place, person in enumerate(beside, 1))

    async def load_beside(self, record: ContactCard, beside: object) -> None:
        assert isinstance(beside, tuple)
        await self.load(record)
        self.persons.persons = list(beside)
        await self.persons.redraw()

    # -- what follows ----------------------------------------------------------------------------------------

    async def after_commit(self, which: Field) -> None:
        city = self.header["city"]
        if which.name == "post_code" and which.touched and which.text.strip() and not city.text:
            city.editor.put(await self.ask_service(towns.town_of, which.text))
            self.header.repaint_field(city)

    @property
    def takes_away(self) -> bool:
        return self.target is self.persons.list and self.persons.list.current is not None

    async def do_line_remove(self, key: Key | None) -> None:
        """Take a contact person away."""
        if self.target is not self.persons.list or not await self.persons.take_away():
            await super().do_line_remove(key)

    def other(self) -> Picker:
        return contact_picker(self)

    async def begin_job(self) -> None:
        await self.svc.new_job(customer_id=self.record.id, closed=self._back_from)


def _changes(session: Session, card: ContactCard) -> list[HistoryRow]:
    return history.of_rows(
        session, {"contact": [card.id or 0], "contact_person": [person.id for person in card.persons]}
    )
