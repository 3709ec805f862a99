"""Credit notes, and what is to be credited handed over: the whole of a document, some of its lines, or of their price.

A note copies the prices, rates and texts of what it takes back. Notes are not taken back themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from svc_tui.db.core.changes import read
from svc_tui.db.core.engine import Store
from svc_tui.db.orders import documents as issued
from svc_tui.db.orders import orders as rows
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.dates import parse_date
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import DOCUMENT, DOCUMENT_NOTE, SERVICE_ORDER
from svc_tui.domain.orders.amounts import Creditable, closing, credit_part
from svc_tui.domain.orders.document import Document, DocumentKind, from_json
from svc_tui.domain.orders.records import DocumentRow, Goods, IssuedLine, OrderLine
from svc_tui.domain.orders.totals import Totals
from svc_tui.domain.rights import Right
from svc_tui.services.core import known_acts
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.orders.issuing import ONE, RECORD, Issued, Issuer, Render
from svc_tui.services.orders.telling import Row

_NO_NOTE = N_("A credit note is not taken back: make a new invoice instead.")


class Credit(NamedTuple):
    """What is taken back of a document."""

    document: int
    quantities: Mapping[int, int]
    """How much of which of its lines."""
    reductions: Mapping[int, int]
    """By how much the price of which lines goes down, in minor units."""
    reason: str
    goods: Goods = Goods.NOTHING
    reduction_text: str = ""
    """What a reduction is called, in the language of whoever gets it."""


def whole(session: Session, document_id: int) -> dict[int, int]:
    """Every line of a document with what is left to take back of it.

    Raises:
        Invalid: when nothing is.
    """
    found = {line.id: line.left for line in issued.lines_of(session.store, document_id) if line.left > 0}
    if not found:
        raise Invalid(N_("All of it was taken back already."))
    return found


def credit(session: Session, wanted: Credit, render: Render, *, operation_key: str | None = None) -> Issued:
    """Make a credit note, or hand over what is to be credited.

    Raises:
        Invalid: for a note itself, for more than is left of a line, without a reason.
    """
    reason = whole_line(wanted.reason, "reason")
    if not reason:
        raise Invalid(N_("Write why it is credited: the note says so."), field="reason")
    with session.act("order.credit", Right.ORDER_CREDIT, operation_key) as changes:
        if (done := known_acts.made(changes, DOCUMENT)) is not None:
            found = require_document(changes.store, done[0])
            return Issued(found.id, found.kind, found.label, found.gross, found.payable)
        document = require_document(changes.store, wanted.document)
        if document.kind.takes_back:
            raise Invalid(_NO_NOTE)
        issuer = Issuer(session, changes, render)
        lines = issued.lines_of(changes.store, document.id)
        orders = rows.orders_of_lines(changes.store, [line.order_line for line in lines])
        rows.hold(changes.store, orders)
        lines = issued.lines_of(changes.store, document.id)  # as they are now that nobody else credits them
        sources = {line.id: line for line in rows.lines_of(changes.store, orders)}
        note = _rows(lines, sources, wanted)
        order = read(changes.store, SERVICE_ORDER, orders[0])
        mode = record_of(changes.store, document.id)
        order |= {"with_vat": mode.with_vat, "discount": mode.discount, "currency": document.currency}
        totals = _totals(issuer, document, lines, note, order)
        if totals.gross > document.gross - require_document(changes.store, document.id).credited:
            raise Invalid(N_("That is more than this invoice asked for, as a deposit was taken off: credit all of it."))
        kind = DocumentKind.CREDIT if document.kind is DocumentKind.INVOICE else DocumentKind.CORRECTION
        issuer.write(kind, order, note, totals, back=document, reason=reason, goods=str(wanted.goods))
        return issuer.finish()[0]


def _rows(lines: Sequence[IssuedLine], sources: Mapping[int, OrderLine], wanted: Credit) -> list[Row]:
    note: list[Row] = []
    for line in lines:
        source = sources[line.order_line]
        if quantity := wanted.quantities.get(line.id, 0):
            note.append(_taken(line, source, quantity))
        if amount := wanted.reductions.get(line.id, 0):
            if line.deducts or not 0 < amount <= line.left_amount - sum(row.amount for row in note
                                                                       if row.takes_back == line.id):  # fmt: skip
                raise Invalid(N_("The price of “{text}” cannot go down by more than is left of it."), text=source.text)
            text = f"{wanted.reduction_text} {source.text}".strip()
            note.append(Row(source, ONE, amount, line.id, text=text, stored_quantity=0))
    if not note:
        raise Invalid(N_("Nothing is chosen to be credited."))
    return note


def _taken(line: IssuedLine, source: OrderLine, quantity: int) -> Row:
    if not 0 < quantity <= line.left:
        raise Invalid(N_("Of “{text}” less is left than was chosen: it was credited already."), text=source.text)
    if line.deducts:
        return Row(source, quantity, line.amount - line.credited_amount, line.id, line.deducts, text=source.text)
    part = Creditable(line.quantity, line.amount, line.credited, line.credited_amount, line.reduced)
    amount = credit_part(part, quantity)
    if amount > line.left_amount:
        raise Invalid(N_("The deposit was taken off a later invoice: credit that one first, or less of the deposit."))
    return Row(source, quantity, amount, line.id)


def _totals(
    issuer: Issuer, document: DocumentRow, lines: Sequence[IssuedLine], note: Sequence[Row], order: Values
) -> Totals:
    """What the note comes to; the one that brings the document to zero takes exactly what is left of each group."""
    found = issuer.totals_of(note, order)
    now: dict[int | None, int] = {}
    for row in note:
        now[row.takes_back] = now.get(row.takes_back, 0) + row.amount
    if any(line.amount != line.credited_amount + now.get(line.id, 0) for line in lines):
        return found
    left = {(group.category, group.rate): (group.base, group.vat)
            for group in record_of(issuer.store, document.id).totals.groups}  # fmt: skip
    for before in issued.taking_back(issuer.store, document.id):
        for group in record_of(issuer.store, before.id).totals.groups:
            base, vat = left[group.category, group.rate]
            left[group.category, group.rate] = base - group.base, vat - group.vat
    missing = set(left) - {(group.category, group.rate) for group in found.groups}
    if any(left[key] != (0, 0) for key in missing):
        return found
    return closing(found, left, shares_net=bool(order["with_vat"]) and not order["discount"])


def lines_of(session: Session, document_id: int) -> list[IssuedLine]:
    """The lines of a document, and what was taken back of each."""
    session.require(Right.ACTIVITY_READ)
    return issued.lines_of(session.store, document_id)


def lines_left(session: Session, document_id: int) -> list[IssuedLine]:
    """Those of which something can still be taken back.

    Raises:
        Invalid: when there is none, or the document takes back itself.
    """
    session.require(Right.ORDER_CREDIT)
    if require_document(session.store, document_id).kind.takes_back:
        raise Invalid(_NO_NOTE)
    found = [line for line in lines_of(session, document_id) if line.left > 0]
    if not found:
        raise Invalid(N_("All of it was taken back already."))
    return found


def by_number(session: Session, number: int, kind: str | None = None, *, takes_back: bool = False) -> DocumentRow:
    """A document by its number.

    Args:
        session: Who asks.
        number: Of its series.
        kind: Which series; None for those that bill, or of what takes back.
        takes_back: Whether a note is meant.

    Raises:
        NotFound: when there is none.
    """
    session.require(Right.ACTIVITY_READ)
    kinds = (kind,) if kind else ("credit", "correction") if takes_back else ("invoice", "basis")
    found = issued.by_number(session.store, kinds, number)
    if found is None:
        raise NotFound(N_("There is no document {number}."), number=number)
    return found


def language_of(session: Session, document_id: int) -> str:
    """The language of whoever got a document."""
    return record_of(session.store, document_id).language


def record_of(store: Store, document_id: int) -> Document:
    """A document as it was issued.

    Raises:
        NotFound: when it is not there.
    """
    body = issued.file_of(store, RECORD, document=document_id)
    if body is None:
        raise NotFound(N_("The record of this document is missing: run svc-tui check."))
    return from_json(body.decode())


def require_document(store: Store, document_id: int) -> DocumentRow:
    """
    Raises:
        NotFound: when there is no such document.
    """
    found = issued.document(store, document_id)
    if found is None:
        raise NotFound(N_("There is no such document."))
    return found


def note_repayment(session: Session, document_id: int, amount: int, way: str, day: str = "") -> None:
    """Write down that money of a credit note was paid back; there is no ledger.

    Raises:
        Invalid: when it is no credit note, or more than it says.
    """
    when = parse_date(day, session.now(), session.language) if day else session.now().date()
    text = whole_line(way, "way", 120)
    with session.act("order.repaid", Right.ORDER_CREDIT) as changes:
        document = require_document(changes.store, document_id)
        if not document.kind.takes_back:
            raise Invalid(N_("Only what a credit note says is paid back."))
        before = sum(note[3] for note in issued.notes_of(changes.store, [document_id]) if note[1] == "repaid")
        if not 0 < amount <= document.gross - before:
            raise Invalid(N_("That is more than the credit note says and was not paid back yet."), field="amount")
        changes.insert(
            DOCUMENT_NOTE,
            {
                "document": document_id, "kind": "repaid", "day": when.isoformat(), "amount": amount, "text": text,
                "at": changes.at, "author": changes.actor_id,
            },
        )  # fmt: skip
