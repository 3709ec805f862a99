"""The records that cross the layers: named tuples for rows that go out, frozen dataclasses for acts.

Times are whole seconds since 1970 UTC, money is whole minor units, quantities are thousandths.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Literal, NamedTuple

from svc_tui.domain.damage import Misfit
from svc_tui.domain.listing import Around

ContactKind = Literal["all", "customer", "supplier"]
"""Which contacts a search shows."""


class WaitsFor(StrEnum):
    """Whom or what a job waits for in a status."""

    NOTHING = ""
    PARTS = "parts"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"

    @classmethod
    def _missing_(cls, value: object) -> WaitsFor:
        return cls.NOTHING


class Stage(IntEnum):
    """Where in its life a status puts a job."""

    NONE = 0
    READY = 1
    WAITING = 2
    WORKING = 3
    DONE = 4
    CANCELLED = 5

    @classmethod
    def _missing_(cls, value: object) -> Stage:
        return cls.NONE  # another program wrote it; `svc-tui check` names it

    @property
    def is_open(self) -> bool:
        """Still to be worked on."""
        return self not in (Stage.DONE, Stage.CANCELLED)


class LateBy(IntEnum):
    """Which of its deadlines is a job's earlier one."""

    NOTHING = 0
    PROMISE = 1
    STATUS = 2
    """The longest time in its status."""

    @classmethod
    def _missing_(cls, value: object) -> LateBy:
        return cls.NOTHING


class LinkRole(StrEnum):
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    PAYER = "payer"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> LinkRole:
        return cls.OTHER


class LineKind(StrEnum):
    PART = "part"
    RESOURCE = "resource"
    HOURS = "hours"
    TEXT = "text"


class Payer(StrEnum):
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    US = "us"


class PartState(StrEnum):
    """Where the pieces of a part are; see `domain/stock/part_states.py`."""

    NONE = ""
    NEEDED = "needed"
    ORDERED = "ordered"
    ARRIVED = "arrived"
    RESERVED = "reserved"
    USED = "used"


class ListRecord(NamedTuple):
    id: int
    code: str
    name: str
    retired: bool = False


class StatusRecord(NamedTuple):
    id: int
    name: str
    key: str
    stage: Stage
    done_key: bool
    lists: frozenset[int]
    retired: bool = False
    longest: int | None = None
    """Minutes that a job should have it at most."""
    waits_for: WaitsFor = WaitsFor.NOTHING
    pauses: bool = False
    """Whether time in it is not taken from what was promised."""
    after_parts: bool = False
    """Whether it is proposed for a job that waited for parts once the last one has come."""


class TypeRecord(NamedTuple):
    id: int
    name: str
    key: str
    lists: frozenset[int]
    default_status: int | None
    default_responsible: int | None
    default_duration: int | None
    responsible_required: bool
    customer_required: bool
    colour: str
    retired: bool = False
    default_payer: str = "customer"


class VatRateRecord(NamedTuple):
    id: int
    name: str
    key: str
    percent: int
    """Hundredths of a per cent."""
    before: int | None = None
    """The percentage until `from_at`."""
    from_at: int | None = None
    is_default: bool = False
    """Whether new products have it."""
    retired: bool = False

    def on(self, at: int) -> int:
        """The percentage at a moment."""
        return self.percent if self.from_at is None or self.before is None or at >= self.from_at else self.before


class PriorityRecord(NamedTuple):
    id: int
    name: str
    key: str
    rank: int
    is_default: bool
    retired: bool = False


class EmployeeRecord(NamedTuple):
    id: int
    initials: str
    name: str
    key: str
    role: str
    login: str | None
    retired: bool = False


class SavedViewRow(NamedTuple):
    """A filter line with a name; an empty `list_code` is every list."""

    id: int
    owner_id: int
    name: str
    name_key: str
    shared: bool
    list_code: str
    text: str
    language: str
    """The one the text was written in."""
    column: str
    descending: bool
    key: str = ""
    """The letter or digit that opens it from the list of views."""


class ActivityRow(NamedTuple):
    """What a list shows of a job, by ids of the registers."""

    id: int
    number: int
    start_at: int
    end_at: int | None
    promised_at: int | None
    subject: str
    type_id: int | None
    status_id: int | None
    stage: int
    priority_id: int | None
    responsible_id: int | None
    customer: str
    changed_at: int
    customer_id: int | None = None
    phone: str = ""
    """The customer's, or else the mobile."""
    device: str = ""
    """Brand and model."""
    serial: str = ""
    late_at: int | None = None
    """Its deadline."""
    parts_here: int = 0
    """How many of its lines that need a part have it."""
    parts_all: int = 0
    parts_due: int | None = None
    """When the next of them is expected."""
    damage: tuple[Misfit, ...] = ()
    """What another program wrote into it that cannot be."""


RowsAround = Around[ActivityRow]
"""A row of a list of jobs, and those that stand before and after it."""


class ContactRow(NamedTuple):
    """A contact as a picker shows it; `person_id` is set on the row of one of its persons."""

    id: int
    number: int
    name: str
    phone: str
    email: str
    address: str
    city: str
    is_customer: bool
    is_supplier: bool
    person_id: int | None = None
    person: str = ""


class ProductRow(NamedTuple):
    id: int
    code: str
    name: str
    kind: str
    unit: str
    price: int
    stock: int
    ean: str = ""


class PersonRecord(NamedTuple):
    """A contact person; a negative id is one that is not saved yet."""

    id: int
    name: str
    phone: str
    email: str


class DeviceRow(NamedTuple):
    id: int
    owner_id: int | None
    brand: str
    model: str
    serial: str

    @property
    def label(self) -> str:
        """Brand, model and serial number in one line."""
        return " ".join(part for part in (self.brand, self.model, self.serial) if part)


class LinkRecord(NamedTuple):
    id: int
    contact_id: int
    person_id: int | None
    role: str
    contact: str
    number: int
    person: str
    phone: str


class LineRecord(NamedTuple):
    """A row of the Product tab; a negative id is one that is not saved yet."""

    id: int
    position: int
    kind: str
    product_id: int | None
    code: str
    text: str
    unit: str
    planned: int
    used: int | None
    price: int
    discount: int
    payer: str
    state: str
    transferred: int = 0
    """What of it is on service orders: such a line is locked."""
    reserved: int = 0
    """Pieces that lie here for it, in thousandths."""
    ordered: int = 0
    """Pieces on their way to it."""
    due: int | None = None
    """When the next of them are expected."""
    came: int = 0
    """Of those reserved or used, how many were brought for it."""
    here: int = 0
    """Pieces that came by hand, as somebody says who has not saved it yet; never stored."""

    @property
    def quantity(self) -> int:
        """What is charged: the used quantity once there is one, else the planned, in thousandths."""
        return self.planned if self.used is None else self.used


class NoteRecord(NamedTuple):
    id: int
    at: int
    author_id: int | None
    text: str
    stamped: bool


class ApprovalRecord(NamedTuple):
    """A job's customer agreed to more: up to so much, minor units with VAT; `way` is phone, mail or counter."""

    id: int
    at: int
    author_id: int | None
    up_to: int
    who: str
    way: str


class HistoryRow(NamedTuple):
    change_set: int
    act: str
    at: int
    actor_id: int | None
    table: str
    row_id: int
    field: str
    old: str | None
    new: str | None


class ActRecord(NamedTuple):
    """One change set as the Changes screen shows it."""

    id: int
    act: str
    root: str
    """The act that this goes back to: of an undo or a redo, what was undone; otherwise `act` itself."""
    at: int
    actor_id: int | None
    rows: int
    """Lines of history."""
    jobs: int
    number: int
    """The first job's, or that of a contact, an order and the like; 0 for what has none."""
    subject: str
    """The first job's, or the name of a contact or a device."""
    is_undone: bool
    undoes: int | None
    registered: bool = False
    """Whether a job was registered by it (or, of an undo, went with it)."""
    settings: tuple[str, ...] = ()
    """The settings of the actor's own that it changed, by their names."""


class ActStep(NamedTuple):
    """One line of what an act changed, with the job it belongs to."""

    id: int
    number: int
    subject: str
    history: HistoryRow
