"""What an electronic invoice needs beyond any other, which its schema and the rules of EN 16931 do not notice.

A number with a wrong check digit, a reference that nobody can pay with, sums that are not the lines': the file would be
sound, and would come back from the buyer. Each is refused with a sentence before anything is issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.orders import check_digits
from svc_tui.domain.orders.document import Document, DocumentKind
from svc_tui.domain.orders.requirements import is_company_known, is_number_of, require_complete
from svc_tui.domain.orders.totals import STANDARD, Billed, BilledLine, totals

_CURRENCIES_OF_TWO_DECIMALS: Final = frozenset(("DKK", "NOK", "SEK", "EUR", "GBP", "USD", "CHF", "PLN"))
_FIK_DIGITS: Final = {"fik71": 15, "fik75": 16}
_GLN_DIGITS: Final = 13
_SUMS: Final = ("line_sum", "net", "gross", "groups", "allowances", "line_nets")


def check(document: Document) -> None:
    """
    Raises:
        Invalid: with the first thing that is missing or wrong, and the remedy; also as `require_complete`.
    """
    if document.kind in (DocumentKind.BASIS, DocumentKind.CORRECTION):
        raise Invalid(N_("What is handed over is no invoice: the bookkeeping program issues it."))
    require_complete(document)
    for complaint in _complaints(document):
        raise complaint


def goes_electronically(document: Document) -> bool:
    """Whether the buyer has what such a document is addressed to: a GLN, or a company's number."""
    return bool(document.buyer.gln) or is_company_known(document.buyer)


def _complaints(document: Document) -> Iterator[Invalid]:
    buyer = document.buyer
    if buyer.gln and len(buyer.gln) != _GLN_DIGITS:
        yield Invalid(N_("The GLN {number} of {name} has not 13 digits."), number=buyer.gln, name=buyer.name)
    if not is_number_of(buyer):
        yield Invalid(
            N_("The VAT number {number} of {name} cannot be: a digit is wrong."), number=buyer.vat_number,
            name=buyer.name,
        )  # fmt: skip
    if not (document.reference or document.orders):
        yield Invalid(N_("{name} wants a reference on its invoices: write it on the order."), name=buyer.name)
    if not _can_be_paid_by(document):
        yield Invalid(
            N_("The payment reference {number} cannot be: a digit is wrong."), number=document.payment.reference
        )
    if document.currency not in _CURRENCIES_OF_TWO_DECIMALS:
        yield Invalid(N_("An electronic invoice in {currency} cannot be written."), currency=document.currency)
    if not document.kind.takes_back and not (document.due or document.terms_text):
        yield Invalid(N_("Say by when it is to be paid: the terms of payment are missing."))
    yield from _of_lines(document)


def _can_be_paid_by(document: Document) -> bool:
    """Whether the reference of a payment slip has its digits, the last of which checks the others."""
    digits, reference = _FIK_DIGITS.get(document.payment.kind), document.payment.reference
    if digits is None:
        return True
    is_whole = reference.isdecimal() and len(reference) == digits
    return is_whole and check_digits.luhn(reference[:-1]) == reference[-1]


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
