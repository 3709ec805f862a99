"""What an electronic invoice needs that its schema and the rules of EN 16931 do not notice to be missing or wrong.

A number with a wrong check digit, an account that is none, a credit note of nothing: the file would be sound, and would
come back from the buyer. Each is refused with a sentence before anything is issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.orders import check_digits
from svc_tui.domain.orders.document import Document, DocumentKind, Party
from svc_tui.domain.orders.totals import STANDARD, Billed, BilledLine, totals

_CURRENCIES_OF_TWO_DECIMALS: Final = frozenset(("DKK", "NOK", "SEK", "EUR", "GBP", "USD", "CHF", "PLN"))
_FIK_DIGITS: Final = {"fik71": 15, "fik75": 16}
_CREDITOR_DIGITS: Final = 8
_CHECKED: Final = {
    "DK": check_digits.is_cvr, "NO": check_digits.is_norwegian_company, "SE": check_digits.is_swedish_company,
}  # fmt: skip
_GLN_DIGITS: Final = 13
_SUMS: Final = ("line_sum", "net", "gross", "groups", "allowances", "line_nets")


def check(document: Document) -> None:
    """
    Raises:
        Invalid: with the first thing that is missing or wrong, and the remedy.
    """
    for complaint in _complaints(document):
        raise complaint


def goes_electronically(document: Document) -> bool:
    """Whether the buyer has what such a document is addressed to: a GLN, or a company's number."""
    return bool(document.buyer.gln) or _is_known(document.buyer)


def company_number(party: Party) -> str:
    """The number of a company without what stands around it: `13585628` of `DK 13 58 56 28`, nine digits of `… MVA`."""
    digits = re.sub(r"\D", "", party.vat_number)
    return digits[:10] if party.country == "SE" and len(digits) == 12 else digits


def _is_known(party: Party) -> bool:
    return party.country in _CHECKED and bool(company_number(party))


def _complaints(document: Document) -> Iterator[Invalid]:
    if document.kind in (DocumentKind.BASIS, DocumentKind.CORRECTION):
        yield Invalid(N_("What is handed over is no invoice: the bookkeeping program issues it."))
    yield from _of_seller(document.seller)
    yield from _of_buyer(document)
    yield from _of_payment(document)
    if document.currency not in _CURRENCIES_OF_TWO_DECIMALS:
        yield Invalid(N_("An electronic invoice in {currency} cannot be written."), currency=document.currency)
    if document.kind.takes_back and document.takes_back is None:
        yield Invalid(N_("A credit note names the invoice that it takes back."))
    if not document.kind.takes_back and not (document.due or document.terms_text):
        yield Invalid(N_("Say by when it is to be paid: the terms of payment are missing."))
    yield from _of_lines(document)


def _of_seller(seller: Party) -> Iterator[Invalid]:
    if not (seller.name and seller.address):
        yield Invalid(N_("The shop's name and address stand on every invoice: write them in the shop's data."))
    if not company_number(seller):
        yield Invalid(N_("The shop's VAT number stands on every invoice: write it in the shop's data."))
    elif not _is_sound(seller):
        yield Invalid(
            N_("The shop's VAT number {number} cannot be: a digit is wrong. Correct it in the shop's data."),
            number=seller.vat_number,
        )


def _of_buyer(document: Document) -> Iterator[Invalid]:
    buyer = document.buyer
    if not buyer.name:
        yield Invalid(N_("Write the name of who is billed."))
    if buyer.gln and not (len(buyer.gln) == _GLN_DIGITS and check_digits.is_gtin(buyer.gln)):
        yield Invalid(N_("The GLN {number} of {name} cannot be: a digit is wrong."), number=buyer.gln, name=buyer.name)
    if company_number(buyer) and not _is_sound(buyer):
        yield Invalid(
            N_("The VAT number {number} of {name} cannot be: a digit is wrong."), number=buyer.vat_number,
            name=buyer.name,
        )  # fmt: skip
    if not (document.reference or document.orders):
        yield Invalid(N_("{name} wants a reference on its invoices: write it on the order."), name=buyer.name)


def _is_sound(party: Party) -> bool:
    checked = _CHECKED.get(party.country)
    return checked is None or checked(company_number(party))


def _of_payment(document: Document) -> Iterator[Invalid]:
    payment = document.payment
    if payment.iban and not check_digits.is_iban(payment.iban):
        yield Invalid(N_("The IBAN {number} cannot be: a digit is wrong."), number=payment.iban)
    digits = _FIK_DIGITS.get(payment.kind)
    if digits is None:
        return
    if not (payment.giro.isdecimal() and len(payment.giro) == _CREDITOR_DIGITS):
        yield Invalid(N_("The FIK creditor {number} has not 8 digits."), number=payment.giro)
    reference = payment.reference
    is_sound = reference.isdecimal() and len(reference) == digits
    if not (is_sound and check_digits.luhn(reference[:-1]) == reference[-1]):
        yield Invalid(N_("The payment reference {number} cannot be: a digit is wrong."), number=reference)


def _of_lines(document: Document) -> Iterator[Invalid]:
    for line in document.lines:
        if not line.text.strip():
            yield Invalid(N_("Line {line} says nothing: write what was delivered."), line=line.position)
        if line.price < 0:
            yield Invalid(N_("The price of line {line} is below zero."), line=line.position)
    lines = tuple(
        BilledLine(line.quantity, line.price, line.discount, line.rate, line.category or STANDARD, line.amount)
        for line in document.lines
    )
    told = document.totals
    reckoned = totals(Billed(lines, document.with_vat, document.discount, told.prepaid))
    # What brings an invoice to nothing takes what is left of its VAT, which may be a minor unit from its own.
    same = ("line_sum", "net", "allowances") if document.kind.takes_back else _SUMS
    if told.gross != told.net + told.vat or any(getattr(told, name) != getattr(reckoned, name) for name in same):
        yield Invalid(N_("The sums of {number} are not those of its lines."), number=document.number)
