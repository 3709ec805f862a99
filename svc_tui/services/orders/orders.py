"""Service orders: reading one, changing what may still be changed, cancelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.orders import documents, goods
from svc_tui.db.orders import orders as rows
from svc_tui.db.orders.orders import Wanted
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.money import line_total
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.operations import Value, Values, new_operation_key
from svc_tui.domain.order_tables import ORDER_LINE, SERVICE_ORDER
from svc_tui.domain.orders.progress import Progress
from svc_tui.domain.orders.records import (
    BillingRecord,
    DispatchRow,
    DocumentRow,
    LoanDeviceRow,
    OrderLine,
    OrderRow,
)
from svc_tui.domain.orders.terms import checked_terms
from svc_tui.domain.orders.totals import Billed, BilledLine, Totals, totals
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import CONTACT
from svc_tui.services.core.row_saving import Saved, resumed, save_row
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line, whole_text
from svc_tui.services.orders.transfer import address_of
from svc_tui.services.people import contacts

LINES: Final = {
    "name": 200, "post_code": 20, "city": 100, "country": 60, "vat_number": 60, "gln": 13, "email": 200,
    "reference": 120,
}  # fmt: skip
"""Fields of one line, and how many letters each holds."""

FIELDS: Final = (*LINES, "address", "note", "discount", "terms", "language")
"""What is edited of an order."""

_NO_NUMBER: Final = -1
"""Asks for an order that there is not: 0 asks for all."""
OPEN: Final = (Progress.ORDER, Progress.DISPATCHED, Progress.PARTLY)
"""Orders of which something is to be billed."""


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """An order with all that hangs on it."""

    row: OrderRow
    values: Values
    version: int
    lines: tuple[OrderLine, ...]
    dispatches: tuple[DispatchRow, ...]
    documents: tuple[DocumentRow, ...]
    lent: tuple[LoanDeviceRow, ...]
    """Loan devices that are out with its jobs."""
    billing: BillingRecord
    generation: str

    @property
    def id(self) -> int | None:
        return self.row.id

    def is_of(self, other: OrderSheet) -> bool:
        """Whether both are of the same order: in a restored shop another one may have the id."""
        return self.id == other.id and (self.generation == other.generation or self.values == other.values)

    @property
    def totals(self) -> Totals:
        """What the order comes to."""
        return totals_of(self.lines, self.values)


@dataclass(frozen=True, slots=True)
class OrderEdit:
    """What the user made of an order: `base` as it was opened, beside it what is wanted now."""

    base: OrderSheet
    values: Values
    lines: Mapping[int, Values] = field(default_factory=dict)
    """Text, price and discount by the line's id; of those that were changed."""
    operation_key: str = field(default_factory=new_operation_key)


def totals_of(lines: Sequence[OrderLine], values: Mapping[str, Value]) -> Totals:
    """What lines come to on an order with these values."""
    return totals(
        Billed(
            tuple(
                BilledLine(line.quantity, line.price, line.discount, line.vat_rate, line.vat_category, line.amount)
                for line in lines
                if not line.is_deposit
            ),
            bool(values["with_vat"]),
            int(values["discount"] or 0),
        )
    )


def recent(
    session: Session, wanted: Wanted, limit: int, after: OrderRow | None = None, before: OrderRow | None = None
) -> list[OrderRow]:
    """A page of orders, the newest first."""
    session.require(Right.ACTIVITY_READ)
    return rows.page(session.store, wanted, limit, after.id if after else None, before.id if before else None)


def oldest(session: Session, wanted: Wanted, limit: int) -> list[OrderRow]:
    """The last rows of the list."""
    session.require(Right.ACTIVITY_READ)
    return rows.oldest(session.store, wanted, limit)


def wanted(session: Session, text: str, progress: Sequence[Progress] = ()) -> Wanted:
    """Which orders a text asks for: a number, or words of whoever pays.

    Raises:
        Invalid: when nobody is called so.
    """
    text, states = text.strip(), tuple(map(str, progress))
    digits = text.lstrip("Oo")
    if digits.isdecimal():
        return Wanted(states, number=whole_number(digits) or _NO_NUMBER)
    if not text:
        return Wanted(states)
    found = contacts.search(session, text, "all", 50)
    if not found:
        raise Invalid(N_("No order, and nobody called “{text}”."), text=text)
    return Wanted(states, contacts=tuple({contact.id for contact in found}))


def in_states(progress: Sequence[Progress]) -> Wanted:
    """All orders in these states; in any where none is named."""
    return Wanted(tuple(map(str, progress)))


def by_number(session: Session, number: int) -> int:
    """The id of an order.

    Raises:
        NotFound: when there is none with this number.
    """
    session.require(Right.ACTIVITY_READ)
    found = rows.order_of_number(session.store, number)
    if found is None:
        raise NotFound(N_("There is no order {number}."), number=number)
    return found


def of_jobs(session: Session, jobs: Sequence[int]) -> list[OrderRow]:
    """The orders that lines of these jobs are on."""
    session.require(Right.ACTIVITY_READ)
    return rows.orders_of_jobs(session.store, jobs)


def open_order(session: Session, order_id: int) -> OrderSheet:
    """An order with its lines, what went out of it and what was issued for it.

    Raises:
        NotFound: when it is gone.
    """
    session.require(Right.ACTIVITY_READ)
    store = session.store
    values = read(store, SERVICE_ORDER, order_id)
    [row] = rows.by_ids(store, [order_id])
    return OrderSheet(
        row, values, int(values["version"] or 0), tuple(rows.lines_of(store, [order_id])),
        tuple(goods.dispatches_of(store, [order_id])), tuple(documents.of_orders(store, [order_id])),
        tuple(goods.lent_with(store, rows.jobs_of(store, [order_id]))), rows.billing(store), session.generation,
    )  # fmt: skip


# -- changing ------------------------------------------------------------------------------------------------------


def save(session: Session, edit: OrderEdit) -> Saved:
    """Save what was changed of an order.

    Raises:
        Invalid: with the field that is refused; of what is invoiced neither address nor prices are changed.
        Conflict: when somebody else changed the same.
    """
    base = edit.base
    mine = _checked(edit.values)
    old = {name: base.values[name] for name in FIELDS}
    with session.act("order.save", Right.ORDER_ISSUE, edit.operation_key, read_in=base.generation) as changes:
        done = resumed(changes, SERVICE_ORDER, base.row.id, old)
        order_id = done.id or base.row.id
        rows.hold(changes.store, [order_id])
        stands = require_stands(changes, order_id)
        changed = {name for name in FIELDS if mine[name] != done.base[name]}
        lines = {line.id: line for line in rows.lines_of(changes.store, [order_id])}
        if changed - {"note"} and any(line.way.invoiced > line.way.credited for line in lines.values()):
            raise Invalid(
                N_("Something of this order is invoiced: only its note can be changed."), field=min(changed - {"note"})
            )
        for line_id, values in edit.lines.items():
            _save_line(changes, lines.get(line_id), values, stands)
        return save_row(changes, SERVICE_ORDER, order_id, done.base, mine, lambda values: {})


def _save_line(changes: Changes, line: OrderLine | None, values: Values, order: Values) -> None:
    """The text, the price and the discount of a line that nothing was invoiced of."""
    if line is None:
        raise NotFound(N_("A line of the order is gone. Press F5 to read again."))
    if not line.is_free:
        raise Invalid(N_("“{text}” is invoiced and stays as it is."), field="lines", text=line.text)
    price, discount = int(values["price"] or 0), int(values["discount"] or 0)
    text = whole_line(values["text"], "text")
    if not text:
        raise Invalid(N_("A line needs a text: it says what is paid for."), field="text")
    if price < 0 or not 0 <= discount <= 10_000:
        raise Invalid(N_("A price is not below zero, and a discount between 0 and 100 percent."), field="price")
    amount = line.share
    if (price, discount) != (line.price, line.discount):
        amount = line_total(line.quantity, price, discount)
    changes.update(ORDER_LINE, line.id, {"text": text, "price": price, "discount": discount, "amount": amount})


def take_address(session: Session, order_id: int) -> None:
    """Copy the name, the address and the numbers of the contact as they are now.

    Raises:
        Invalid: when something of the order is invoiced.
    """
    with session.act("order.save", Right.ORDER_ISSUE) as changes:
        rows.hold(changes.store, [order_id])
        order = require_stands(changes, order_id)
        if documents.of_orders(changes.store, [order_id]):
            raise Invalid(N_("Something was issued for this order: its address stays as it was."))
        changes.update(SERVICE_ORDER, order_id, address_of(read(changes.store, CONTACT, int(order["contact"] or 0))))


def cancel(session: Session, order_id: int) -> None:
    """Cancel an order: its lines can go onto another one; the order and its number remain.

    Raises:
        Invalid: while something of it is invoiced or went out.
    """
    with session.act("order.cancel", Right.ORDER_ISSUE) as changes:
        rows.hold(changes.store, [order_id])
        require_stands(changes, order_id)
        lines = rows.lines_of(changes.store, [order_id])
        if any(line.way.invoiced > line.way.credited for line in lines):
            raise Invalid(N_("Something of this order is invoiced: credit that first."))
        if any(line.way.dispatched for line in lines):
            raise Invalid(N_("Something of this order went out: take that back first."))
        changes.update(SERVICE_ORDER, order_id, {"cancelled_at": changes.at})


def require_stands(changes: Changes, order_id: int) -> Values:
    order = read(changes.store, SERVICE_ORDER, order_id, lock=True)
    if order["cancelled_at"] is not None:
        raise Invalid(N_("Order {number} is cancelled."), number=order["number"])
    return order


def _checked(values: Values) -> Values:
    found: Values = {name: whole_line(values[name], name, limit) for name, limit in LINES.items()}
    found |= {"address": whole_text(values["address"], "address", 500), "note": whole_text(values["note"], "note")}
    if not found["name"]:
        raise Invalid(N_("Write who pays: the name stands on the invoice."), field="name")
    discount = int(values["discount"] or 0)
    if not 0 <= discount <= 10_000:
        raise Invalid(N_("The discount must lie between 0 and 100 percent."), field="discount")
    terms = checked_terms(values["terms"])
    return found | {"discount": discount, "terms": terms, "language": values["language"]}


def paper(session: Session, document_id: int, format_: str) -> bytes:
    """The bytes of what was issued, in one format.

    Raises:
        NotFound: when it is not kept in this one.
    """
    session.require(Right.ACTIVITY_READ)
    body = documents.file_of(session.store, format_, document=document_id)
    if body is None:
        kept = ", ".join(documents.formats_of(session.store, document_id))
        raise NotFound(N_("It is not kept as {format}, only as {formats}."), format=format_, formats=kept)
    return body
