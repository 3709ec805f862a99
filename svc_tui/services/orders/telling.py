"""The record of a document, whole, before it is issued: who sells and buys, its lines, how it is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from svc_tui.db.core.changes import read
from svc_tui.db.core.engine import Store
from svc_tui.db.orders import orders as rows
from svc_tui.domain.operations import Values
from svc_tui.domain.orders import check_digits
from svc_tui.domain.orders.document import Document, DocumentKind, DocumentLine, Party, Payment, Reference
from svc_tui.domain.orders.records import BillingRecord, DocumentRow, OrderLine
from svc_tui.domain.orders.totals import Totals
from svc_tui.domain.tables import CONTACT
from svc_tui.services.core.session import Session, to_local

_COUNTRIES: Final = {"45": "DK", "46": "SE", "47": "NO", "44": "GB", "49": "DE", "358": "FI"}


class Row(NamedTuple):
    """A line that is about to be issued."""

    line: OrderLine
    quantity: int
    amount: int
    takes_back: int | None = None
    """The line that it takes back."""
    deducts: int | None = None
    """The line of the deposit that it takes off."""
    text: str = ""
    """In place of that of the order's line."""
    stored_quantity: int | None = None
    """Where it differs: 0 for a reduction of the price."""


def told(
    session: Session, store: Store, kind: DocumentKind, number: int, order: Values, bill: Sequence[Row],
    whole: Totals, back: DocumentRow | None, reason: str,
) -> Document:  # fmt: skip
    """The document as it is going to be kept.

    Args:
        session: Who issues it.
        store: The database, within the transaction that issues it.
        kind: What it is.
        number: Of its series.
        order: The first order in it; the others have the same payer.
        bill: Its lines.
        whole: What they come to.
        back: What it takes back.
        reason: Why.
    """
    billing, today = rows.billing(store), session.now().date()
    numbers = {found.id: found.number for found in rows.by_ids(store, {row.line.order_id for row in bill})}
    out = rows.last_dispatch(store, numbers)
    terms = int(order["terms"] or 0)
    return Document(
        kind=kind,
        number=billing.label(kind, number),
        day=today.isoformat(),
        due="" if kind.takes_back else due_of(today, terms),
        currency=str(order["currency"]),
        language=str(order["language"]),
        seller=seller_of(session),
        buyer=buyer_of(store, order),
        lines=_lines(bill, whole, numbers),
        totals=whole,
        with_vat=bool(order["with_vat"]),
        discount=int(order["discount"] or 0),
        delivered=to_local(out).date().isoformat() if out else "",
        reference=str(order["reference"]),
        takes_back=Reference(back.label, back.day) if back else None,
        reason=reason,
        terms=terms,
        terms_text=billing.terms_text,
        note=str(order["note"]),
        our_reference=session.employee.name if session.employee else "",
        legal_line=billing.legal_line,
        payment=Payment() if kind.takes_back else payment_of(billing, number),
    )


def due_of(day: date, terms: int) -> str:
    """When it is to be paid."""
    return (day + timedelta(days=terms)).isoformat()


def seller_of(session: Session) -> Party:
    """The shop."""
    company = session.registers.company
    return Party(
        company.name, company.address, country=_COUNTRIES.get(company.country_code, ""),
        vat_number=company.vat_number, email=company.email, phone=company.phone,
    )  # fmt: skip


def buyer_of(store: Store, order: Mapping[str, object]) -> Party:
    """Who pays, as the order has it."""
    contact = read(store, CONTACT, int(str(order["contact"])))
    names = ("name", "address", "post_code", "city", "country", "vat_number", "gln", "email")
    return Party(
        **{name: str(order[name]) for name in names}, phone=str(contact["phone"]), number=int(contact["number"] or 0)
    )


def payment_of(billing: BillingRecord, number: int) -> Payment:
    """How an invoice with this number is paid; its reference has its check digit."""
    return Payment(
        billing.bank, billing.account, billing.iban, billing.bic, billing.giro, billing.payment_kind,
        _reference(billing.payment_kind, number), billing.mobile_payment,
    )  # fmt: skip


def _reference(kind: str, number: int) -> str:
    match kind:
        case "fik71":
            return check_digits.fik71(number)
        case "fik75":
            return check_digits.fik75(number)
        case "kid":
            return check_digits.kid(str(number))
        case "ocr":
            return check_digits.ocr(str(number))
    return ""


def _lines(bill: Sequence[Row], whole: Totals, numbers: Mapping[int, int]) -> tuple[DocumentLine, ...]:
    found = []
    for position, (row, net) in enumerate(zip(bill, whole.line_nets, strict=True), 1):
        line = row.line
        is_reduced = row.stored_quantity is not None
        price = abs(row.amount) if row.deducts or is_reduced else line.price
        quantity = -row.quantity if row.amount < 0 else row.quantity
        found.append(
            DocumentLine(
                position, row.text or line.text, quantity, price, row.amount, net, line.vat_rate, line.vat_category,
                line.code, line.unit, 0 if is_reduced or row.deducts else line.discount, line.job, line.device,
                numbers[line.order_id],
            )
        )  # fmt: skip
    return tuple(found)
