"""The lists of contacts, devices and products: what they ask the database for, and the rows they get.

An entry is a row of one of these registers. Like a list of jobs, a list of entries is a filter whose names have become
ids, and an order.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Register(StrEnum):
    """Whose list it is; the value is the name of its table."""

    CONTACTS = "contact"
    DEVICES = "device"
    PRODUCTS = "product"


ORDERS: Final[Mapping[Register, tuple[str, ...]]] = MappingProxyType(
    {
        Register.CONTACTS: ("name", "number", "city", "last"),
        Register.DEVICES: ("name", "serial", "owner", "last", "registered"),
        Register.PRODUCTS: ("name", "code"),
    }
)
"""What each list may be sorted by; `last` is the start of an entry's last job."""


class EntryOrder(NamedTuple):
    """The column a list is sorted by, and the direction. What has no value there comes last in both directions."""

    column: str = "name"
    descending: bool = False


BY_NAME: Final = EntryOrder()


class Where(StrEnum):
    """Where in an entry some words must be found."""

    ANYWHERE = "anywhere"
    INDEX = "index"
    """Under these words in the register's word index."""
    CODE = "code"
    """A product's code, or the supplier's, begins so."""
    EAN = "ean"
    CONTACT = "contact"
    """The owner of a device or the supplier of a product is found by these words."""


class Sought(NamedTuple):
    """Words that an entry must hold, or must not."""

    where: Where
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Any of these: prefixes of words that it must all hold."""
    empty: tuple[str, ...] = ()
    """Columns all of which being empty will do as well."""
    negated: bool = False


class Flags(NamedTuple):
    """Columns of which one must have its value, or none of them."""

    any_of: tuple[tuple[str, str | bool], ...]
    negated: bool = False


class Until(NamedTuple):
    """A time of an entry's that must lie in one of some periods; seconds UTC, the second exclusive."""

    columns: tuple[str, ...]
    """One of them will do."""
    periods: tuple[tuple[int | None, int | None], ...]
    none: bool = False
    """Whether an entry that has none of these times passes too."""
    negated: bool = False


class EntryQuery(NamedTuple):
    """A resolved filter of a register.

    Attributes:
        register: Whose list.
        sought: Words that must be found.
        flags: Columns with one of some values.
        until: Times in periods.
        numbers: Only contacts with these numbers.
        not_numbers: Contacts with these numbers are not shown.
        ids: Only these entries.
        owner: Only what belongs to this contact: its devices, or a supplier's products.
        retired: Whether those no longer in use are shown, or only they; None for all.
        order: What the rows are sorted by.
    """

    register: Register
    sought: tuple[Sought, ...] = ()
    flags: tuple[Flags, ...] = ()
    until: tuple[Until, ...] = ()
    numbers: frozenset[int] | None = None
    not_numbers: frozenset[int] = frozenset()
    ids: frozenset[int] | None = None
    owner: int | None = None
    retired: bool | None = False
    order: EntryOrder = BY_NAME


class ContactEntry(NamedTuple):
    """A contact as its list shows it."""

    id: int
    number: int
    name: str
    phone: str
    email: str
    post_code: str
    city: str
    vat_number: str
    is_customer: bool
    is_supplier: bool
    is_company: bool
    retired: bool
    last_at: int | None
    """Start of the last job it is the customer of."""
    last_job: int | None
    """That job's id."""


class DeviceEntry(NamedTuple):
    """A device as its list shows it: never its lock code."""

    id: int
    brand: str
    model: str
    serial: str
    owner_id: int | None
    owner: str
    shelf: str
    warranty_parts_until: int | None
    warranty_labour_until: int | None
    retired: bool
    last_at: int | None
    last_job: int | None
    words_key: str
    serial_key: str

    @property
    def name(self) -> str:
        """Brand and model."""
        return f"{self.brand} {self.model}".strip()


class ProductEntry(NamedTuple):
    """A product as its list shows it."""

    id: int
    code: str
    name: str
    ean: str
    kind: str
    unit: str
    price: int
    cost: int
    stock: int
    supplier_id: int | None
    supplier: str
    supplier_code: str
    product_group: str
    retired: bool
    code_key: str


Entry = ContactEntry | DeviceEntry | ProductEntry


class EntriesAround(NamedTuple):
    """An entry of a list, and those that stand before and after it."""

    before: list[Entry]
    row: Entry
    after: list[Entry]


class EntryCounts(NamedTuple):
    """What the line under a list tells."""

    matching: int
    retired: int
    """How many more there are that are no longer in use."""
