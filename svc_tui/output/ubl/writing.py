"""What the UBL documents of all kinds share: elements in the schema's order, references, taxes, sums, units.

A format says how it writes a VAT category; what stands in the same form in both is written here once.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # only written, never read
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from svc_tui.domain.errors import N_
from svc_tui.domain.language.money import WHOLE, rounded
from svc_tui.domain.orders.document import Document, DocumentLine, Party
from svc_tui.domain.orders.totals import VatGroup

_CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_INVOICE: Final = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
_CREDIT: Final = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"

_UNITS: Final = {
    "stk": "C62", "st": "C62", "pcs": "C62", "pc": "C62", "time": "HUR", "timer": "HUR", "t": "HUR", "hour": "HUR",
    "hours": "HUR", "h": "HUR", "tim": "HUR", "min": "MIN", "km": "KMT", "m": "MTR", "kg": "KGM", "l": "LTR",
    "sæt": "SET", "sett": "SET", "set": "SET", "par": "PR", "pair": "PR", "dag": "DAY", "day": "DAY",
}  # fmt: skip
"""UN/ECE Recommendation 20. `STK` is a unit there, of cigarettes."""
ONE: Final = "C62"

_TOWN: Final = re.compile(r"(?:[A-Z]{1,2}-)?(\d{3,5}|\d{3} \d\d)\s+(\S.*)")
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


Translate = Callable[[str], str]


class Writer(ABC):
    """Writes one document. Empty elements are left out: the networks refuse them."""

    def __init__(self, document: Document, translate: Translate) -> None:
        self.document = document
        self.translate = translate
        self.takes_back = document.kind.takes_back
        space = _CREDIT if self.takes_back else _INVOICE
        self._space = space
        self.root = ET.Element(f"{{{space}}}{'CreditNote' if self.takes_back else 'Invoice'}")

    def basic(self, parent: ET.Element, name: str, text: Any, **attributes: str) -> None:
        """An element with a text."""
        told = _UNSEEN.sub("", str(text)).strip() if text is not None else ""
        if told:
            ET.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = told

    def group(self, parent: ET.Element, name: str) -> ET.Element:
        """An element that holds others."""
        return ET.SubElement(parent, f"{{{_CAC}}}{name}")

    def amount(self, parent: ET.Element, name: str, minor: int) -> None:
        """Money."""
        self.basic(parent, name, f"{Decimal(minor) / 100:.2f}", currencyID=self.document.currency)

    def percent(self, parent: ET.Element, rate: int) -> None:
        """A rate of VAT."""
        self.basic(parent, "Percent", f"{Decimal(rate) / 100:.2f}")

    @abstractmethod
    def category(self, parent: ET.Element, name: str, category: str, rate: int, *, says_why: bool = False) -> None:
        """A category of VAT with its rate, as the format writes it.

        Args:
            parent: Where it stands.
            name: What the element is called.
            category: The category (UNCL5305).
            rate: Hundredths of a per cent.
            says_why: Whether it is told why there is no VAT, where the format has a place for that.
        """

    # -- parts of a document --------------------------------------------------------------------------------------

    @property
    def note(self) -> str:
        """Why something is taken back, and what was written to it: one note, for more are refused."""
        return "\n".join(filter(None, (self.document.reason, self.document.note)))

    def order_reference(self) -> None:
        """The service order that it is of."""
        if self.document.orders:
            self.basic(self.group(self.root, "OrderReference"), "ID", self.document.orders[0])

    def billing_reference(self) -> None:
        """The document that it takes back."""
        if back := self.document.takes_back:
            of = self.group(self.group(self.root, "BillingReference"), "InvoiceDocumentReference")
            self.basic(of, "ID", back.number)
            self.basic(of, "IssueDate", back.day)

    def allowance(self, parent: ET.Element, amount: int) -> ET.Element:
        """What is taken off, of all or of a line; below zero, what is put on. Gives the element."""
        found = self.group(parent, "AllowanceCharge")
        self.basic(found, "ChargeIndicator", "false" if amount >= 0 else "true")
        reason = N_("Discount") if amount >= 0 else N_("Rounding")
        self.basic(found, "AllowanceChargeReason", self.translate(reason))
        self.amount(found, "Amount", abs(amount))
        return found

    def discounts(self) -> None:
        """What the discount on all of it takes off each group."""
        for one in self.document.totals.allowances:
            self.category(self.allowance(self.root, one.amount), "TaxCategory", one.category, one.rate)

    def taxes(self, parent: ET.Element, groups: Iterable[VatGroup]) -> None:
        """The VAT of groups."""
        found = tuple(groups)
        total = self.group(parent, "TaxTotal")
        self.amount(total, "TaxAmount", sum(group.vat for group in found))
        for group in found:
            part = self.group(total, "TaxSubtotal")
            self.amount(part, "TaxableAmount", group.base)
            self.amount(part, "TaxAmount", group.vat)
            self.category(part, "TaxCategory", group.category, group.rate, says_why=True)

    def sums(self, exclusive: int) -> None:
        """What it comes to.

        Args:
            exclusive: What the format understands by the tax exclusive amount.
        """
        told, found = self.document.totals, self.group(self.root, "LegalMonetaryTotal")
        self.amount(found, "LineExtensionAmount", told.line_sum)
        self.amount(found, "TaxExclusiveAmount", exclusive)
        self.amount(found, "TaxInclusiveAmount", told.gross)
        off = sum(one.amount for one in told.allowances if one.amount > 0)
        on = -sum(one.amount for one in told.allowances if one.amount < 0)
        for name, value in (
            ("AllowanceTotalAmount", off), ("ChargeTotalAmount", on), ("PrepaidAmount", told.prepaid),
            ("PayableRoundingAmount", told.rounding),
        ):  # fmt: skip
            if value:
                self.amount(found, name, value)
        self.amount(found, "PayableAmount", told.payable)

    def line(self, place: int, line: DocumentLine, one: str) -> ET.Element:
        """The beginning of a line: its number, how many, what it comes to. Gives the element."""
        found = self.group(self.root, "CreditNoteLine" if self.takes_back else "InvoiceLine")
        self.basic(found, "ID", place)
        self.quantity(found, line, one)
        self.amount(found, "LineExtensionAmount", line.net)
        return found

    def item(self, parent: ET.Element, line: DocumentLine, longest: int = 0) -> None:
        """What was delivered.

        Args:
            parent: The line's element.
            line: The line.
            longest: Letters that its name may have, the rest of which stands in the description; 0 for any.
        """
        found = self.group(parent, "Item")
        about = [line.text] if longest and len(line.text) > longest else []
        about += [line.device] if line.device else []
        about += [line.unit] if not is_unit_known(line.unit) else []
        self.basic(found, "Description", ", ".join(about))
        self.basic(found, "Name", line.text[: longest or None])
        if line.code:
            self.basic(self.group(found, "SellersItemIdentification"), "ID", line.code)
        self.category(found, "ClassifiedTaxCategory", line.category, line.rate)

    def price(self, parent: ET.Element, value: Decimal) -> None:
        """The price of one, without VAT."""
        told = f"{value:.6f}".rstrip("0")
        decimals = len(told.partition(".")[2])
        text = told + "0" * max(2 - decimals, 0)
        self.basic(self.group(parent, "Price"), "PriceAmount", text, currencyID=self.document.currency)

    def quantity(self, parent: ET.Element, line: DocumentLine, one: str) -> None:
        """How many, of which unit."""
        name = "CreditedQuantity" if self.takes_back else "InvoicedQuantity"
        text = f"{Decimal(line.quantity) / 1000:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        self.basic(parent, name, text, unitCode=unit_code(line.unit, one))

    def net_price(self, line: DocumentLine) -> Decimal:
        """The price of one without VAT, to six decimals where it was given with it."""
        value = Decimal(line.price) / 100
        if not self.document.with_vat:
            return value
        return (value * WHOLE / (WHOLE + line.rate)).quantize(Decimal("0.000001"))

    def cut(self, line: DocumentLine) -> int:
        """What the line's amount is below price by quantity, in minor units: its discount and what was rounded."""
        full = self.net_price(line) * line.quantity / 1000 * 100
        whole = rounded(int(full * 1_000_000), 1_000_000)
        return whole - line.net

    def lines(self) -> list[tuple[int, DocumentLine]]:
        """The lines with their numbers."""
        return list(enumerate(self.document.lines, 1))

    def done(self) -> bytes:
        """The whole file."""
        ET.register_namespace("", self._space)
        ET.register_namespace("cac", _CAC)
        ET.register_namespace("cbc", _CBC)
        ET.indent(self.root)
        whole: bytes = ET.tostring(self.root, encoding="UTF-8", xml_declaration=True)
        return whole


def unit_code(unit: str, one: str = ONE) -> str:
    """The code of a unit; of an unknown one that of a piece, and the word stands in the text."""
    return _UNITS.get(unit.strip().casefold().rstrip("."), one).replace(ONE, one)


def is_unit_known(unit: str) -> bool:
    """Whether there is a code for it."""
    return not unit or unit.strip().casefold().rstrip(".") in _UNITS


def address_of(party: Party) -> tuple[list[str], str, str]:
    """Lines of the street, postal code, town: the last line of an address holds both where nothing else does."""
    lines = [line.strip() for line in party.address.splitlines() if line.strip()]
    if party.post_code or party.city or not lines:
        return lines, party.post_code, party.city
    found = _TOWN.fullmatch(lines[-1])
    return (lines[:-1], found[1], found[2]) if found else (lines, "", "")
