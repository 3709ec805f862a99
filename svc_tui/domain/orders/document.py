"""A document as it was issued: all that a paper, a file for another program or an electronic invoice is written from.

It is frozen and whole, so that every writer tells the same, and nobody has to look anything up. Money is whole minor
units, quantities thousandths, percentages hundredths of a percent; days are ISO (`2026-11-30`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from svc_tui.domain.orders.totals import Allowance, Totals, VatGroup


class DocumentKind(StrEnum):
    """What a document is to who gets it."""

    INVOICE = "invoice"
    CREDIT = "credit"
    """A credit note: its amounts are positive, and it names what it takes back."""
    BASIS = "basis"
    """What is to be billed, handed over to the bookkeeping program, which issues the invoice. Never called one."""
    CORRECTION = "correction"
    """The same for what is to be credited."""

    @property
    def takes_back(self) -> bool:
        """Whether what it says is owed to the other side."""
        return self in (DocumentKind.CREDIT, DocumentKind.CORRECTION)


class Party(NamedTuple):
    """Who sells, or who buys; what is not known is empty."""

    name: str
    address: str = ""
    """Street and number, lines parted by a new line."""
    post_code: str = ""
    city: str = ""
    country: str = ""
    """Two letters (`DK`) where it is known, else as it was written."""
    vat_number: str = ""
    """As it was written, such as `DK12345674` or `12345674`."""
    gln: str = ""
    email: str = ""
    phone: str = ""
    number: int = 0
    """The customer's number in the shop; 0 for the shop."""


class DocumentLine(NamedTuple):
    """A line. `amount` may be some minor units from quantity by price, for a line billed in parts sums to its whole."""

    position: int
    text: str
    quantity: int
    price: int
    """Never negative; with VAT or without as the document says."""
    amount: int
    """With VAT or without as the price is. Below zero only for what is deducted, as a deposit that was paid."""
    net: int
    """The amount without VAT; all of them together are `totals.line_sum`."""
    rate: int
    category: str
    code: str = ""
    unit: str = ""
    discount: int = 0
    job: int = 0
    """The number of the job that it comes from; 0 for none. Lines of one job stand together."""
    device: str = ""
    """The job's device, with its serial number."""
    order: int = 0
    """The number of the service order."""


class Reference(NamedTuple):
    """The document that another one takes back, in whole or in part."""

    number: str
    day: str


class Payment(NamedTuple):
    """How it is to be paid; what the shop does not have is empty."""

    bank: str = ""
    """The bank's registration number or name."""
    account: str = ""
    iban: str = ""
    bic: str = ""
    giro: str = ""
    """FIK creditor (8 digits) or bankgiro."""
    kind: str = ""
    """`fik71`, `fik75`, `kid`, `ocr`, or empty: what `reference` is."""
    reference: str = ""
    """The digits to pay with, their check digit among them."""
    mobile: str = ""
    """MobilePay, Vipps or Swish number."""


class Document(NamedTuple):
    """A document. All that is not known is empty."""

    kind: DocumentKind
    number: str
    """As people see it, with the prefix of its series."""
    day: str
    """When it was issued."""
    due: str
    """Empty for what takes back."""
    currency: str
    language: str
    """Of the texts on it: that of who gets it."""
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    totals: Totals
    with_vat: bool = False
    """Whether the lines' prices hold the VAT."""
    discount: int = 0
    """On all of it."""
    delivered: str = ""
    """The day, where it is known."""
    reference: str = ""
    """The buyer's: a requisition, a person."""
    takes_back: Reference | None = None
    reason: str = ""
    """Why it takes back."""
    terms: int = 0
    """Days to pay within."""
    terms_text: str = ""
    note: str = ""
    our_reference: str = ""
    """Who issued it."""
    legal_line: str = ""
    """What the law wants beside the seller's number, such as “Foretaksregisteret”."""
    payment: Payment = Payment()

    @property
    def jobs(self) -> tuple[int, ...]:
        """The numbers of the jobs in it, in the order of its lines."""
        return tuple(dict.fromkeys(line.job for line in self.lines if line.job))

    @property
    def orders(self) -> tuple[int, ...]:
        """The numbers of the service orders in it."""
        return tuple(dict.fromkeys(line.order for line in self.lines if line.order))


def as_json(document: Document) -> str:
    """The document as it is kept; the same document is always the same text."""
    return json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def from_json(text: str) -> Document:
    """The document that `as_json` told. What a later version of the program added is left out."""
    found: dict[str, Any] = json.loads(text)
    totals = found["totals"]
    told = _known(Document, found) | {
        "kind": DocumentKind(found["kind"]),
        "seller": Party(**_known(Party, found["seller"])),
        "buyer": Party(**_known(Party, found["buyer"])),
        "lines": tuple(DocumentLine(**_known(DocumentLine, line)) for line in found["lines"]),
        "totals": Totals(**_known(Totals, totals) | {
            "line_nets": tuple(totals["line_nets"]),
            "groups": tuple(VatGroup(**group) for group in totals["groups"]),
            "allowances": tuple(Allowance(**allowance) for allowance in totals["allowances"]),
        }),
        "takes_back": Reference(**found["takes_back"]) if found["takes_back"] else None,
        "payment": Payment(**_known(Payment, found["payment"])),
    }  # fmt: skip
    return Document(**told)


def _known(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in kind._fields}
