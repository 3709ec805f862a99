"""The fields that a filter line may restrict, each described once.

How a line is read, what it proposes, the example in a refusal and the explanation under F1 follow from here. The names
are in `domain/languages`; what a field asks of the jobs is in `services/filters/filtering.py`, and of contacts, devices
and products in `services/filters/entry_filter.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Self

from svc_tui.domain.errors import N_


class Subject(Enum):
    """What a filter line is about: each has fields of its own."""

    JOBS = "jobs"
    CONTACTS = "contacts"
    DEVICES = "devices"
    PRODUCTS = "products"


class Values(Enum):
    """What sort of values a field has: how they are read, and what is proposed for one."""

    TYPED = "typed"
    """A text of which nothing is proposed."""
    REGISTERED = "registered"
    """Names in the register that is called like the field."""
    PEOPLE = "people"
    LISTS = "lists"
    STAGES = "stages"
    NUMBERS = "numbers"
    """The number of a job or of a contact."""
    ANSWERS = "answers"
    """Yes and no."""
    DAYS = "days"
    """Periods. Of a day without a year the nearest is meant."""
    PAST_DAYS = "past days"
    """Periods of what was recorded: a day without a year lies behind."""
    DEADLINES = "deadlines"
    """Yes, no, or periods."""
    AGES = "ages"
    """A number of days, or a period that lies behind."""
    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    CONTACTS = "contacts"
    SERIALS = "serials"
    PRODUCTS = "products"
    VIEWS = "views"
    BILLINGS = "billings"
    PART_STATES = "part states"
    KINDS = "kinds"
    """What kind of contact or product it is."""


@dataclass(frozen=True, slots=True)
class About:
    """All that is known of a field but its names."""

    name: str
    """In `to_text`, and under `fields` in the files of the languages."""
    values: Values
    restricts: Mapping[Subject, str]
    """What it restricts, a message id, in the lines of each subject that know it."""
    example: str = ""
    """A value it may have, where its sort of values has no example; `none` serves where there is none."""
    column: str = ""
    """Of a field with days: the time in a job's row that must lie in them. Jobs are found by it without more."""
    is_everyday: bool = False
    """A beginning that only one of these has means that one, whatever rarer field begins so too."""
    is_always_filled: bool = False
    """Whether nothing is without it: `none` is a name like any other there."""


_JOBS, _CONTACTS, _DEVICES, _PRODUCTS = Subject


class Field(Enum):
    """What a term restricts, in the order in which fields are explained; the value is its name in `to_text`."""

    _value_: str
    about: About

    def __new__(cls, about: About) -> Self:
        field = object.__new__(cls)
        field._value_ = about.name
        field.about = about
        return field

    STATUS = About("status", Values.REGISTERED, {_JOBS: N_("the status, such as waiting for parts")}, is_everyday=True)
    STAGE = About(
        "stage",
        Values.STAGES,
        {_JOBS: N_("what the status means: ready, waiting, working, done, cancelled, open")},
        is_everyday=True,
        is_always_filled=True,
    )
    TYPE = About("type", Values.REGISTERED, {_JOBS: N_("the type")}, is_everyday=True)
    RESPONSIBLE = About("responsible", Values.PEOPLE, {_JOBS: N_("who has the job now")}, is_everyday=True)
    CUSTOMER = About(
        "customer", Values.CUSTOMERS, {_JOBS: N_("the customer by name, number, phone or town")}, is_everyday=True
    )
    START = About("start", Values.DAYS, {_JOBS: N_("when the work begins")}, column="start_at", is_everyday=True)
    PROMISED = About(
        "promised", Values.DAYS, {_JOBS: N_("when it is promised")}, column="promised_at", is_everyday=True
    )
    NUMBER = About(
        "number",
        Values.NUMBERS,
        {_JOBS: N_("the job's number"), _CONTACTS: N_("the contact's number")},
        is_everyday=True,
        is_always_filled=True,
    )
    SERIAL = About(
        "serial",
        Values.SERIALS,
        {
            _JOBS: N_("the beginning of the device's serial number"),
            _DEVICES: N_("the beginning of the serial number"),
        },
        is_everyday=True,
    )
    PRIORITY = About("priority", Values.REGISTERED, {_JOBS: N_("the priority")}, is_everyday=True)
    LIST = About(
        "list", Values.LISTS, {_JOBS: N_("the list the type belongs to")}, is_everyday=True, is_always_filled=True
    )
    END = About("end", Values.DAYS, {_JOBS: N_("when the work ends")}, column="end_at")
    CHANGED = About("changed", Values.PAST_DAYS, {_JOBS: N_("when it was changed last")}, column="changed_at")
    CREATED = About("created", Values.PAST_DAYS, {_JOBS: N_("when it was registered")}, column="created_at")
    CREATOR = About("creator", Values.PEOPLE, {_JOBS: N_("who registered it")})
    DEVICE = About("device", Values.TYPED, {_JOBS: N_("brand or model of the device")}, example="sony")
    PART = About("part", Values.PRODUCTS, {_JOBS: N_("code or text of a line")}, example="hdmi")
    PROJECT = About("project", Values.TYPED, {_JOBS: N_("the project")})
    LATE = About("late", Values.DEADLINES, {_JOBS: N_("whether its deadline has passed, or the day of its deadline")})
    STATUS_SINCE = About(
        "status-since", Values.PAST_DAYS, {_JOBS: N_("since when it has its status")}, is_always_filled=True
    )
    UNTOUCHED = About(
        "untouched",
        Values.AGES,
        {_JOBS: N_("open, and nobody has done anything to it for so many days, or since a day")},
        is_always_filled=True,
    )
    BILLING = About(
        "billing", Values.BILLINGS, {_JOBS: N_("how far it is billed: to bill, on an order, invoiced, credited")}
    )
    PART_STATE = About(
        "part-state", Values.PART_STATES, {_JOBS: N_("where its parts are: needed, ordered, arrived, reserved, used")}
    )
    EXPECTED = About("expected", Values.DAYS, {_JOBS: N_("when the next of its parts is expected")}, column="parts_due")
    ORDER = About(
        "order",
        Values.TYPED,
        {_JOBS: N_("the number of the order to a supplier that its parts are on")},
        example="1001",
    )
    VIEW = About("view", Values.VIEWS, {_JOBS: N_("the filter of a saved view")}, example="1", is_always_filled=True)
    FINISHED = About(
        "finished", Values.PAST_DAYS, {_JOBS: N_("when it was finished for the first time")}, column="first_done_at"
    )
    MODEL = About("model", Values.TYPED, {_JOBS: N_("exactly this brand and model of the device")})
    PRODUCT = About("product", Values.PRODUCTS, {_JOBS: N_("exactly the product with this code, on one of the lines")})
    LINKED = About("linked", Values.SUPPLIERS, {_JOBS: N_("the supplier it is linked to, by name or number")})
    PHONE = About("phone", Values.TYPED, {_CONTACTS: N_("a phone number, in any spacing")}, example="2012")
    EMAIL = About("email", Values.TYPED, {_CONTACTS: N_("an e-mail address, or the end of one")}, example="holm")
    VAT = About("vat", Values.TYPED, {_CONTACTS: N_("the VAT number")}, example="2468")
    CITY = About("city", Values.TYPED, {_CONTACTS: N_("town or post code")}, example="8000")
    CODE = About(
        "code", Values.TYPED, {_PRODUCTS: N_("the beginning of the code, ours or the supplier's")}, example="hdmi"
    )
    EAN = About("ean", Values.TYPED, {_PRODUCTS: N_("the beginning of the EAN")}, example="5701")
    KIND = About(
        "kind",
        Values.KINDS,
        dict.fromkeys((_CONTACTS, _PRODUCTS), N_("what kind it is, such as customer or part")),
        is_always_filled=True,
    )
    BRAND = About("brand", Values.TYPED, {_DEVICES: N_("brand or model")}, example="sony")
    OWNER = About("owner", Values.CONTACTS, {_DEVICES: N_("the owner by name, number, phone or town")})
    SHELF = About("shelf", Values.TYPED, {_DEVICES: N_("the shelf it lies on")})
    WARRANTY = About("warranty", Values.DAYS, {_DEVICES: N_("the day a warranty ends")})
    GROUP = About("group", Values.TYPED, {_PRODUCTS: N_("the product group")})
    SUPPLIER = About(
        "supplier",
        Values.SUPPLIERS,
        {
            _JOBS: N_("the supplier its parts are on order from"),
            _PRODUCTS: N_("the supplier by name, number, phone or town"),
        },
    )
    RETIRED = About(
        "retired",
        Values.ANSWERS,
        dict.fromkeys((_CONTACTS, _DEVICES, _PRODUCTS), N_("whether it is retired; all shows both")),
        is_always_filled=True,
    )


FIELDS: Final[Mapping[str, Field]] = {field.value: field for field in Field}
"""Each by its name in `to_text`."""

PERIODS: Final = frozenset((Values.DAYS, Values.PAST_DAYS, Values.DEADLINES, Values.AGES))
"""The values that are read as days and stretches of days."""


def fields_of(subject: Subject) -> tuple[Field, ...]:
    """The fields that a filter line about this may restrict, in the order in which they are explained."""
    return tuple(field for field in Field if subject in field.about.restricts)


def explained(subject: Subject) -> dict[Field, str]:
    """What each field of a subject restricts, as message ids."""
    return {field: field.about.restricts[subject] for field in fields_of(subject)}
