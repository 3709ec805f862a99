"""Billing orders: an invoice is issued here, or what is to be billed is handed over to the bookkeeping program.

A number is drawn in the transaction that issues, and its papers are made there: when one cannot be made nothing is
issued, and no number is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from svc_tui.db.core.changes import Changes
from svc_tui.db.orders import documents as issued
from svc_tui.db.orders import orders as rows
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.order_tables import DOCUMENT, DOCUMENT_LINE, HANDOVER, ORDER_LINE
from svc_tui.domain.orders import handed
from svc_tui.domain.orders.amounts import next_part
from svc_tui.domain.orders.document import Document, DocumentKind, as_json
from svc_tui.domain.orders.progress import DEPOSIT
from svc_tui.domain.orders.records import DocumentRow, OrderLine
from svc_tui.domain.orders.requirements import require_complete
from svc_tui.domain.orders.totals import Billed, BilledLine, Totals, totals
from svc_tui.domain.rights import Right
from svc_tui.services.core import known_acts
from svc_tui.services.core.session import Session
from svc_tui.services.orders.orders import require_stands
from svc_tui.services.orders.telling import Row, told

RECORD, JSON_LINES, CSV = "record", "jsonl", "csv"
ONE: Final = 1_000


class Paper(NamedTuple):
    """A document in one format."""

    format: str
    media_type: str
    body: bytes


Render = Callable[[Document], Sequence[Paper]]
"""Makes the papers of a document; whatever it raises, nothing is issued."""


class Issued(NamedTuple):
    """What was issued or handed over."""

    id: int
    kind: DocumentKind
    label: str
    gross: int
    payable: int
    handover: int = 0
    """The number of the run; 0 for what was issued here."""


def all_left(session: Session, orders: Sequence[int]) -> dict[int, int]:
    """Every line of these orders with what is to be billed of it.

    Raises:
        Invalid: when nothing is.
    """
    found = {line.id: line.left for line in rows.lines_of(session.store, orders) if line.left > 0}
    if not found:
        raise Invalid(N_("All of it is billed already."))
    return found


def to_bill(session: Session, limit: int = 1_000) -> list[int]:
    """The orders of which something is to be billed, the oldest first."""
    session.require(Right.ACTIVITY_READ)
    states = rows.Wanted(progress=("order", "dispatched", "partly"))
    return [order.id for order in rows.page(session.store, states, limit)[::-1] if not order.claim]


def issue(
    session: Session, bills: Sequence[Mapping[int, int]], render: Render, *, operation_key: str | None = None
) -> list[Issued]:
    """Bill parts of orders, each bill as one document; all of it in one act.

    Args:
        session: Who bills.
        bills: For each document how much of which lines of orders, by their ids; of one payer.
        render: Makes the papers.
        operation_key: Of the act, where it may be tried again.

    Raises:
        Invalid: when a line has less left, or the document lacks something, with the field and what to do.
    """
    session.require(Right.ORDER_ISSUE)
    with session.act("order.invoice", Right.ORDER_ISSUE, operation_key) as changes:
        if (done := known_acts.made(changes, DOCUMENT)) is not None:
            return [_issued_before(changes, done[0])]
        issuer = Issuer(session, changes, render)
        for bill in bills:
            issuer.bill(bill)
        return issuer.finish()


def deposit(
    session: Session, order_id: int, amount: int, text: str, render: Render, *, operation_key: str | None = None
) -> Issued:
    """Bill a deposit on an order: a document of its own, which the last invoice takes off.

    Args:
        session: Who bills.
        order_id: The order.
        amount: In minor units, with VAT or without as the order's prices are.
        text: What it is called, in the language of whoever pays.
        render: Makes the papers.
        operation_key: Of the act, where it may be tried again.

    Raises:
        Invalid: when the amount is nothing, or more than the order comes to.
    """
    with session.act("order.deposit", Right.ORDER_ISSUE, operation_key) as changes:
        if (done := known_acts.made(changes, DOCUMENT)) is not None:
            return _issued_before(changes, done[0])
        rows.hold(changes.store, [order_id])
        order = require_stands(changes, order_id)
        lines = rows.lines_of(changes.store, [order_id])
        line_id = changes.insert(ORDER_LINE, _deposit_line(order, order_id, lines, amount) | {"text": text})
        issuer = Issuer(session, changes, render)
        issuer.bill({line_id: ONE})
        return issuer.finish()[0]


def _deposit_line(order: Values, order_id: int, lines: Sequence[OrderLine], amount: int) -> Values:
    """At the rate that most of the order has."""
    if order["discount"]:
        raise Invalid(N_("An order with a discount on all of it takes no deposit: give the discount on its lines."))
    groups: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        groups[line.vat_category, line.vat_rate] += line.amount * line.left // max(line.quantity, 1)
    before = sum(line.amount for line in lines if line.is_deposit and line.way.billed > 0)
    key = max(groups, key=lambda one: groups[one]) if groups else ("S", 0)
    if not 0 < amount <= groups.get(key, 0) - before:
        raise Invalid(N_("A deposit is more than nothing, and no more than what is left to bill."), field="amount")
    return {
        "service_order": order_id, "position": len(lines) + 1, "kind": DEPOSIT, "quantity": ONE,
        "price": amount, "amount": amount, "vat_category": key[0], "vat_rate": key[1],
    }  # fmt: skip


def _issued_before(changes: Changes, document_id: int) -> Issued:
    found = issued.document(changes.store, document_id)
    assert found is not None
    return Issued(found.id, found.kind, found.label, found.gross, found.payable)


# -- one act of billing --------------------------------------------------------------------------------------------


class Issuer:
    """Issues documents in one transaction, and hands over all of them together where that is the shop's way."""

    def __init__(self, session: Session, changes: Changes, render: Render) -> None:
        self.session, self.changes, self.render = session, changes, render
        self.store = changes.store
        self.billing = rows.billing(self.store)
        self.made: list[Issued] = []
        self._documents: list[Document] = []
        self._handover = self._handover_number = 0

    def bill(self, quantities: Mapping[int, int]) -> None:
        """One document of so much of these lines of orders."""
        lines = self._lines(quantities)
        order = self._one_payer({line.order_id for line in lines})
        paid = issued.billed_amounts(self.store, [line.id for line in lines])
        bill: list[Row] = []
        for line in lines:
            quantity = quantities[line.id]
            left = ONE - line.way.invoiced if line.is_deposit else line.left
            if not 0 < quantity <= left:
                raise Invalid(N_("Of “{text}” less is left than was chosen: it is billed already."), text=line.text)
            amount = next_part(line.amount, line.quantity, line.way.invoiced - line.way.again, paid[line.id], quantity)
            bill.append(Row(line, quantity, amount))
        if not any(line.is_deposit for line in lines):
            bill += self._deductions(bill)
        whole = self.totals_of(bill, order)
        if whole.gross < 0:
            raise Invalid(N_("An invoice cannot come to less than nothing: make a credit note."))
        self.write(self.billing.kind(), order, bill, whole)

    def _lines(self, quantities: Mapping[int, int]) -> list[OrderLine]:
        orders = rows.orders_of_lines(self.store, quantities)
        rows.hold(self.store, orders)
        found = [line for line in rows.lines_of(self.store, orders) if line.id in quantities]
        if not found:
            raise Invalid(N_("Nothing is chosen to be billed."))
        return found

    def _one_payer(self, orders: set[int]) -> Values:
        """The first of the orders; all have the same payer and are reckoned in the same way."""
        found = [require_stands(self.changes, order) for order in sorted(orders)]
        alike = ("contact", "payer", "currency", "with_vat", "discount", "claim")
        if any(order[name] != found[0][name] for order in found for name in alike):
            raise Invalid(N_("Orders on one invoice have the same payer, currency and discount: bill them apart."))
        if found[0]["claim"]:
            raise Invalid(
                N_("The supplier credits this claim by himself: write down what came of it instead of an invoice.")
            )
        return found[0]

    def _deductions(self, bill: Sequence[Row]) -> list[Row]:
        """What was paid beforehand is taken off, a line for each deposit, never more than the invoice comes to."""
        room: dict[tuple[str, int], int] = defaultdict(int)
        for row in bill:
            room[row.line.vat_category, row.line.vat_rate] += row.amount
        orders = sorted({row.line.order_id for row in bill})
        deposits = {line.id: line for line in rows.lines_of(self.store, orders) if line.is_deposit}
        found = []
        for paid in issued.deposits_of(self.store, orders):
            key = paid.vat_category, paid.vat_rate
            line, off = deposits[paid.order_line], min(paid.left_amount, room[key])
            if off > 0:
                room[key] -= off
                text = f"{line.text} {issued.label_of(self.store, paid.document_id)}"
                found.append(Row(line, ONE, -off, deducts=paid.id, text=text))
        return found

    def totals_of(self, bill: Sequence[Row], order: Values) -> Totals:
        """What these lines come to."""
        lines = tuple(
            BilledLine(row.quantity, row.line.price, row.line.discount, row.line.vat_rate, row.line.vat_category,
                       row.amount)
            for row in bill
        )  # fmt: skip
        return totals(Billed(lines, bool(order["with_vat"]), int(order["discount"] or 0)))

    # -- writing -------------------------------------------------------------------------------------------------

    def write(
        self, kind: DocumentKind, order: Values, bill: Sequence[Row], whole: Totals, *, back: DocumentRow | None = None,
        **more: Value,
    ) -> None:  # fmt: skip
        """Draw the number, make the papers, and keep all of it.

        Args:
            kind: What it is.
            order: The first order in it.
            bill: Its lines.
            whole: What it comes to.
            back: What it takes back.
            more: Further fields of the document.
        """
        today = self.session.now().date()
        self._require_later(kind, today)
        if kind in (DocumentKind.BASIS, DocumentKind.CORRECTION):
            self._begin_handover()
        number = self.changes.next_number(str(kind))
        document = told(self.session, self.store, kind, number, order, bill, whole, back, str(more.get("reason") or ""))
        require_complete(document)
        papers = list(self.render(document))
        if not papers:
            raise Invalid(N_("No paper was made of it, so that nothing is issued."))
        made = self.changes.insert(
            DOCUMENT,
            {
                "kind": str(kind), "number": number, "label": document.number, "contact": order["contact"],
                "takes_back": back.id if back else None, "handover": self._handover or None,
                "day": document.day, "due": document.due, "currency": document.currency, "net": whole.net,
                "vat": whole.vat, "gross": whole.gross, "payable": whole.payable, "at": self.changes.at,
                "author": self.changes.actor_id, **more,
            },
        )  # fmt: skip
        for position, row in enumerate(bill, 1):
            self._write_line(made, position, row)
        record = Paper(RECORD, "application/json", as_json(document).encode())
        for paper in (record, *papers):
            issued.add_file(self.changes, paper.format, paper.media_type, paper.body, document=made)
        self._documents.append(document)
        self.made.append(Issued(made, kind, document.number, whole.gross, whole.payable, self._handover_number))

    def _write_line(self, document: int, position: int, row: Row) -> None:
        line = row.line
        self.changes.insert(
            DOCUMENT_LINE,
            {
                "document": document, "position": position, "order_line": line.id, "takes_back": row.takes_back,
                "deducts": row.deducts,
                "quantity": row.quantity if row.stored_quantity is None else row.stored_quantity,
                "amount": row.amount, "vat_rate": line.vat_rate, "vat_category": line.vat_category,
            },
        )  # fmt: skip

    def _require_later(self, kind: DocumentKind, today: date) -> None:
        last = issued.last_day(self.store, str(kind))
        if last > today.isoformat():
            raise Invalid(
                N_("The last one of this series was issued on {day}, after today: look at the machine's clock."),
                day=last,
            )

    def _begin_handover(self) -> None:
        if self._handover:
            return
        self._handover_number = self.changes.next_number("handover")
        name = f"handover-{self._handover_number}"
        self._handover = self.changes.insert(
            HANDOVER,
            {"number": self._handover_number, "at": self.changes.at, "author": self.changes.actor_id, "name": name},
        )

    def finish(self) -> list[Issued]:
        """The files of what is handed over; gives what was made."""
        if self._handover:
            for format_, media, body in (
                (JSON_LINES, "application/x-ndjson", handed.json_lines(self._documents)),
                (CSV, "text/csv", handed.csv_table(self._documents)),
            ):
                issued.add_file(self.changes, format_, media, body, handover=self._handover)
        if not self.made:
            raise Invalid(N_("Nothing is chosen to be billed."))
        return self.made
