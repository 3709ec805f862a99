"""The header of the activity sheet: its fields, and how they are filled from a job and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from svc_tui.domain import clock
from svc_tui.domain.operations import Values
from svc_tui.domain.records import ContactRow, DeviceRow, LinkRecord, LinkRole, Payer
from svc_tui.domain.registers import Choice
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.jobs import activities, job_times
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.people import contacts
from svc_tui.services.stock import devices
from svc_tui.services.stock.devices import NewDevice
from svc_tui.widgets.fields import ChoiceField, Field, Found, LookupField, ParsedField, TextField
from svc_tui.widgets.form import Form, Slot

Device = DeviceRow | NewDevice

QUICK_PATH = ("subject", "start_at", "type", "status", "responsible", "customer", "device")
REST = ("end_at", "promised_at", "priority", "project")
_CHOICES = ("type", "status", "responsible", "priority")
_TIMES = ("start_at", "end_at", "promised_at")


class HeaderForm(Form):
    """Subject, times, type, status, responsible, customer, device."""

    def __init__(self, screen: BaseScreen) -> None:
        self.owner = screen
        self.list_id: int | None = None
        self._is_stored = False
        self._lasts: tuple[int, int] | None = None
        """Start and end of a stored job, whose end moves along with its start; None without an end."""
        self._decided: set[str] = set()
        """Times that somebody set, and that are kept in part; what a new job begins with is nobody's decision."""
        self._followed: dict[str, int | None] = {}
        """Type and start that the other fields have followed already: passing a field changes nothing."""
        formats = screen.svc.formats
        self.subject = TextField("subject", _("Subject"))
        self.times = {
            name: ParsedField(name, label, partial(self._read_time, name), formats.when)
            for name, label in (("start_at", _("Start")), ("end_at", _("End")), ("promised_at", _("Promised")))
        }
        self.choices = {
            name: ChoiceField(name, label, partial(self._offered, name), none=none)
            for name, label, none in (
                ("type", _("Type"), _("none")),
                ("status", _("Status"), ""),
                ("responsible", _("Responsible"), _("nobody")),
                ("priority", _("Priority"), _("none")),
            )
        }
        for name, choice in self.choices.items():
            choice.register = name
        self.customer = LookupField[ContactRow]("customer", _("Customer"), self._find_customer)
        self.device = LookupField[Device]("device", _("Device"), self._find_device)
        self.project = TextField("project", _("Project"), limit=120)
        slots = [
            Slot(self.subject, 0), Slot(self.times["start_at"], 1, 0), Slot(self.choices["type"], 2, 0),
            Slot(self.choices["status"], 3, 0), Slot(self.choices["responsible"], 4, 0), Slot(self.customer, 5),
            Slot(self.device, 6), Slot(self.times["end_at"], 1, 1), Slot(self.times["promised_at"], 2, 1),
            Slot(self.choices["priority"], 3, 1), Slot(self.project, 4, 1),
        ]  # fmt: skip
        super().__init__(slots, label_width=12, right_label_width=10, id="header")

    # -- what the fields offer -----------------------------------------------------------------------------

    @property
    def lists(self) -> frozenset[int] | None:
        """The lists whose values are offered: those of the type, else the one the job is made in."""
        kind = self.owner.session.registers.type(self.choices["type"].value)
        if kind is not None and kind.lists:
            return kind.lists
        return frozenset((self.list_id,)) if self.list_id is not None else None

    def _offered(self, name: str) -> Sequence[Choice[int]]:
        made_in = frozenset((self.list_id,)) if self.list_id is not None else None
        return self.owner.session.registers.choices(name, made_in if name == "type" else self.lists)

    async def _find_customer(self, text: str) -> list[Found[ContactRow]]:
        offered = await self.owner.ask_service(contacts.offered, text)
        if offered.suggested:
            return [_suggestion(contact) for contact in offered.suggested]
        return [Found(contact, contact.name, _detail(contact)) for contact in offered.found]

    async def _find_device(self, text: str) -> list[Found[Device]]:
        owner = self.customer.value
        offered = await self.owner.ask_service(devices.offered, text, owner.id if owner else None)
        found: list[Found[Device]] = [Found(device, device.label) for device in offered.found]
        if offered.new is not None:
            found.append(Found(offered.new, offered.new.label, told=told_apart(offered.new)))
        return found

    # -- filling and reading -------------------------------------------------------------------------------

    def fill(self, sheet: Sheet, list_id: int | None) -> None:
        """Show a job."""
        self.list_id = list_id
        values = sheet.values
        for field in self.fields:
            field.touched = False
        self.subject.value = str(values["subject"] or "")
        self.project.value = str(values["project"] or "")
        for name in _TIMES:
            seconds = values[name]
            self.times[name].value = None if seconds is None else int(seconds)
        for name in _CHOICES:
            self._put(name, values[name])
        self.put_customer(sheet.customer, sheet.links)
        self.put_device(sheet.device)
        self._is_stored = sheet.id is not None
        start, end = self.times["start_at"].value, self.times["end_at"].value
        self._lasts = None if start is None or end is None else (start, end)
        self._decided = set(_TIMES) if self._is_stored else set()
        self._followed = {"type": self.choices["type"].value, "start_at": start}
        self.refresh()

    def remembered(self) -> dict[str, int | None]:
        """What the other fields have followed, for `recall`."""
        return dict(self._followed)

    def recall(self, followed: Mapping[str, int | None]) -> None:
        """The other fields have followed this already."""
        self._followed = dict(followed)

    def _read_time(self, name: str, text: str) -> int:
        """What was typed for a time; what is left out keeps what stands there."""
        typed, session = self.owner.svc.formats.read_typed(text), self.owner.session
        stands = self.times[name].value if name in self._decided else None
        start, field = self.times["start_at"].value, name.removesuffix("_at")
        found = job_times.moment(typed, field, session.registers.company, session.seconds(), stands, start)
        self._decided.add(name)
        return found

    def _put(self, name: str, value: Any) -> None:
        """A register's value, whether or not it is still offered."""
        registers = self.owner.session.registers
        found: Any = getattr(registers, "employee" if name == "responsible" else name)(value)
        self.choices[name].put(found.id if found else None, found.name if found else "")

    def put_customer(self, contact: ContactRow | None, links: Sequence[LinkRecord] = ()) -> None:
        """Show a customer, and beside him the person that the links name."""
        self.customer.put(contact, contact.name if contact else "")
        self.customer.aside = beside(contact, links)

    def put_device(self, device: Device | None) -> None:
        """Show a device, registered or new."""
        self.device.put(device, device.label if device else "")

    def values(self, base: Values) -> Values:
        """What the fields say, over what the job has besides."""
        found = dict(base)
        found |= {"subject": self.subject.value, "project": self.project.value}
        found |= {name: field.value for name, field in self.times.items()}
        found |= {name: field.value for name, field in self.choices.items()}
        customer, device = self.customer.value, self.device.value
        found["customer"] = customer.id if customer else None
        found["device"] = device.id if isinstance(device, DeviceRow) else None
        return found

    @property
    def new_device(self) -> NewDevice | None:
        """A device that is registered with the save."""
        return self.device.value if isinstance(self.device.value, NewDevice) else None

    @property
    def default_payer(self) -> str:
        """Who pays a new line of a job of this type."""
        kind = self.owner.session.registers.type(self.choices["type"].value)
        return kind.default_payer if kind is not None else Payer.CUSTOMER.value

    # -- what follows from a value -------------------------------------------------------------------------

    def follow_type(self, field: Field) -> None:
        """A type was chosen: what it decides is filled in where the user has not decided it himself.

        What a stored job has was decided before; only its empty fields are filled.
        """
        if not self._is_news("type", self.choices["type"].value):
            return
        registers = self.owner.session.registers
        kind = registers.type(self.choices["type"].value)
        own = self.owner.svc.settings.defaults
        explicit = {
            name: choice.value
            for name, choice in self.choices.items()
            if choice.touched or self._is_stored or own.get(name) is not None
        }
        for name, value in activities.type_defaults(kind, explicit).items():
            if self.choices[name].value != value:
                self._put(name, value)
                self.repaint_field(self.choices[name])
        if not self._is_stored:
            self._move_end()

    def follow_start(self, field: Field) -> None:
        """The end follows the start, by the type's or the company's duration, until it is set by hand."""
        if self._is_news("start_at", self.times["start_at"].value):
            self._move_end()

    def wanted_seconds(self) -> int:
        """How long the job takes: from its start to its end where somebody said that, else as its type says."""
        start, end = self.times["start_at"].value, self.times["end_at"].value
        is_said = self._is_stored or self.times["end_at"].touched
        if is_said and start is not None and end is not None and end > start:
            return end - start
        registers = self.owner.session.registers
        return activities.duration(registers, registers.type(self.choices["type"].value)) * 60

    def decide_start(self, start: int) -> None:
        """Put a start into its field, as if it had been typed."""
        field = self.times["start_at"]
        field.value, field.touched = start, True
        self._decided.add("start_at")
        self.repaint_field(field)

    def _is_news(self, name: str, value: int | None) -> bool:
        before, self._followed[name] = self._followed.get(name), value
        return value != before

    def _move_end(self) -> None:
        start, end = self.times["start_at"], self.times["end_at"]
        if end.touched or start.value is None:
            return
        registers = self.owner.session.registers
        if not self._is_stored:
            minutes = activities.duration(registers, registers.type(self.choices["type"].value))
            moved: int | None = clock.later(start.value, minutes)
        else:
            moved = clock.moved_end(*self._lasts, start.value) if self._lasts else None
        if end.value != moved:
            end.value = moved
            self.repaint_field(end)


def _suggestion(contact: ContactRow) -> Found[ContactRow]:
    """A contact whose address only begins like the one written."""
    told = _("perhaps {name}, {email}? F4 chooses").format(name=contact.name, email=contact.email)
    return Found(contact, contact.name, told=told, suggested=True)


def _detail(contact: ContactRow) -> str:
    if contact.person:
        return " ".join(part for part in (contact.person, contact.phone) if part)
    return " ".join(part for part in (str(contact.number), contact.phone, contact.city) if part)


def beside(customer: ContactRow | None, links: Sequence[LinkRecord]) -> str:
    """Who of a customer is meant, and under which number: told beside the customer."""
    if customer is None:
        return ""
    linked = next((one for one in links if one.role == LinkRole.CUSTOMER and one.contact_id == customer.id), None)
    person, phone = (linked.person, linked.phone) if linked else (customer.person, customer.phone)
    return " ".join(part for part in (person, phone) if part)


def told_apart(device: NewDevice) -> str:
    """A device that would be registered: which word is taken for what."""
    return _("new: {brand} | {model} | {serial}").format(
        brand=device.brand or _("no brand"), model=device.model or _("no model"),
        serial=device.serial or _("no serial"),
    )  # fmt: skip
