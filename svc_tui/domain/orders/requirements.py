"""What a document must say before it may be issued; whoever lacks something is told which field, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.orders import check_digits
from svc_tui.domain.orders.document import Document, DocumentKind, Party

SIMPLE_UP_TO: Final = 300_000
"""In minor units: up to so much an invoice needs no address of the buyer (Denmark, momsbekendtgørelsen section 64)."""
REVERSE: Final = "AE"
"""The category in which the buyer accounts for the VAT."""
_FIK_CREDITOR: Final = 8

_CHECKED: Final[dict[str, Callable[[str], bool]]] = {
    "DK": check_digits.is_cvr, "NO": check_digits.is_norwegian_company, "SE": check_digits.is_swedish_company,
}  # fmt: skip


def require_complete(document: Document) -> None:
    """
    Raises:
        Invalid: with the first thing that is missing, or cannot be right, and where it is written.
    """
    first = next(_lacking(document), None)
    if first is not None:
        raise first


def _lacking(document: Document) -> Iterator[Invalid]:
    for line in document.lines:
        if not line.text:
            yield Invalid(N_("A line needs a text: it says what is paid for."), field="text")
    if not document.buyer.name:
        yield Invalid(N_("Write who pays: the name stands on the invoice."), field="name")
    if document.kind not in (DocumentKind.INVOICE, DocumentKind.CREDIT):
        return  # the bookkeeping program issues it, and knows what it needs
    yield from _of_seller(document)
    yield from _of_buyer(document)
    yield from _of_payment(document)
    if document.kind.takes_back and document.takes_back is None:
        yield Invalid(N_("A credit note names the invoice that it takes back."))


def _of_seller(document: Document) -> Iterator[Invalid]:
    seller = document.seller
    if not seller.vat_number:
        yield Invalid(
            N_("The shop's VAT number is missing: without it nothing can be invoiced. Write it in the company's data."),
            field="vat_number",
        )
    if not is_number_of(seller):
        yield Invalid(
            N_("The shop's VAT number {number} cannot be right: its check digit is wrong."),
            field="vat_number", number=seller.vat_number,
        )  # fmt: skip
    if not seller.address:
        yield Invalid(
            N_("The shop's address is missing: it stands on every invoice. Write it in the company's data."),
            field="address",
        )


def _of_buyer(document: Document) -> Iterator[Invalid]:
    buyer = document.buyer
    if abs(document.totals.gross) > SIMPLE_UP_TO and not (buyer.address and (buyer.post_code or buyer.city)):
        yield Invalid(
            N_("Above 3,000 an invoice needs the buyer's address: write address and town on the order."),
            field="address",
        )
    if buyer.gln and not document.reference:
        yield Invalid(
            N_("A buyer with a GLN wants a reference on the invoice: write it on the order."), field="reference"
        )
    if buyer.gln and not check_digits.is_gtin(buyer.gln):
        yield Invalid(N_("The buyer's GLN {number} cannot be right: its check digit is wrong."), field="gln",
                      number=buyer.gln)  # fmt: skip
    if any(line.category == REVERSE for line in document.lines) and not buyer.vat_number:
        yield Invalid(
            N_("Where the buyer accounts for the VAT, the invoice names his VAT number: write it on the order."),
            field="vat_number",
        )


def _of_payment(document: Document) -> Iterator[Invalid]:
    payment = document.payment
    if payment.iban and not check_digits.is_iban(payment.iban):
        yield Invalid(N_("The shop's IBAN {iban} cannot be right: its check digits are wrong."), field="iban",
                      iban=payment.iban)  # fmt: skip
    if payment.kind.startswith("fik") and not (payment.giro.isdecimal() and len(payment.giro) == _FIK_CREDITOR):
        yield Invalid(N_("A FIK creditor number has 8 digits: write it in the settings of billing."), field="giro")


def company_number(party: Party) -> str:
    """The number of a company without what stands around it: `13585628` of `DK 13 58 56 28`, nine digits of `… MVA`."""
    digits = "".join(sign for sign in party.vat_number if sign.isdecimal())
    if party.country == "SE" and len(digits) == 12:
        return digits[:10]  # the VAT number is the company's with 01 behind it
    return digits


def is_company_known(party: Party) -> bool:
    """Whether a party has the number of a company in a country whose numbers we know."""
    return party.country in _CHECKED and bool(company_number(party))


def is_number_of(party: Party) -> bool:
    """Whether the VAT number of a party has the right check digit, where its country's are known."""
    check = _CHECKED.get(party.country)
    return check is None or not party.vat_number or check(company_number(party))
