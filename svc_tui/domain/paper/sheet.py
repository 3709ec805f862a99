"""A paper as it is read: every word and figure on it as text, whatever draws it.

Services make sheets of records, in the language of whoever reads the paper; `output/paper` draws them as PDF, as plain
text or for a receipt printer. So the three show the same, letter by letter, and a figure is formatted once.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Which paper it is."""

    RECEIPT = "receipt"
    """Given to the customer at intake, with a tag for the device."""
    TAG = "tag"
    JOB = "job"
    ESTIMATE = "estimate"
    ORDER = "order"
    SLIP = "slip"
    INVOICE = "invoice"
    CREDIT = "credit"
    PURCHASE = "purchase"
    RETURN = "return"


class Fact(NamedTuple):
    """Something with a name."""

    label: str
    value: str


class Column(NamedTuple):
    """A column of the table."""

    heading: str
    figures: bool = False
    """Whether it holds figures, which are set to the right and never broken."""


class Sum(NamedTuple):
    """A line below the table."""

    label: str
    value: str
    strong: bool = False


class Row(NamedTuple):
    """A line of the table, or a heading within it."""

    cells: tuple[str, ...]
    """As many as there are columns; of a heading one."""
    note: str = ""
    """What stands under it, in small letters."""

    @property
    def is_heading(self) -> bool:
        return len(self.cells) == 1


class Sheet(NamedTuple):
    """A paper."""

    kind: Kind
    language: str
    number: str
    """As it is read by people and, where it is a code, by a scanner."""
    title: str
    day: date
    """Of which day it is; no clock is asked when it is drawn."""
    shop: tuple[str, ...]
    """Name, address, numbers, one line each."""
    receiver: tuple[str, ...] = ()
    """Name and address, one line each."""
    facts: tuple[Fact, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    sums: tuple[Sum, ...] = ()
    remarks: tuple[str, ...] = ()
    """Paragraphs below."""
    small: str = ""
    """The small print: terms."""
    foot: str = ""
    code: str = ""
    """What the bar code says; empty for none."""
    link: str = ""
    """What the square code says; empty for none."""
    tag: tuple[Fact, ...] = ()
    """What the part that stays with the device says; empty where there is none."""
    signature: str = ""
    """The word beside the line to sign on; empty for none."""
    page: str = ""
    """The page's number: `Page {page} of {pages}`."""
