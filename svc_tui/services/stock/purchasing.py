"""Orders to suppliers: what jobs lack is gathered by supplier, and one act orders it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import NamedTuple

from svc_tui.db.core.changes import Changes, Values, read
from svc_tui.db.stock import purchases
from svc_tui.db.stock.purchases import Head, Lacking, Owed
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.pieces import Incoming
from svc_tui.domain.tables import PURCHASE, PURCHASE_LINE
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.stock import book
from svc_tui.services.stock.book import Book

__all__ = ["Head", "Owed", "ToOrder", "cancel_rest", "expect", "mark_sent", "order", "outstanding", "to_order"]


class ToOrder(NamedTuple):
    """What several jobs lack of one product, or one job of a part that is in no register."""

    supplier: int | None
    supplier_name: str
    product: int | None
    code: str
    supplier_code: str
    text: str
    unit: str
    quantity: int
    """In thousandths."""
    cost: int
    promise: int | None
    """The earliest of the jobs."""
    lines: tuple[Lacking, ...]

    @property
    def key(self) -> tuple[int | None, int]:
        """What it is known by: its product, or its line."""
        return (self.product, 0 if self.product is not None else self.lines[0].line)

    @property
    def jobs(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(line.job for line in self.lines))


def to_order(session: Session) -> list[ToOrder]:
    """Everything that open jobs lack and nobody has ordered, by supplier, the earliest promise of each first."""
    session.require(Right.ACTIVITY_READ)
    found: dict[object, ToOrder] = {}
    for line in purchases.lacking(session.store):
        key = line.product if line.product is not None else (line.line,)
        known = found.get(key)
        if known is None:
            found[key] = ToOrder(
                line.supplier, line.supplier_name, line.product, line.code, line.supplier_code, line.text, line.unit,
                line.missing, line.cost, line.promise, (line,),
            )  # fmt: skip
        else:
            found[key] = known._replace(quantity=known.quantity + line.missing, lines=(*known.lines, line))
    first: dict[int | None, int] = {}
    for place, row in enumerate(found.values()):
        first.setdefault(row.supplier, place)
    return sorted(found.values(), key=lambda row: first[row.supplier])


def outstanding(session: Session) -> list[Owed]:
    """What suppliers owe: what is late first, then what has no day, then by day."""
    session.require(Right.ACTIVITY_READ)
    return purchases.owed(session.store, session.seconds())


def order(session: Session, rows: Sequence[ToOrder], expected: int | None = None, *, sent: bool = True) -> list[int]:
    """Order these of their suppliers, one order for each; gives their numbers.

    Args:
        session: Who orders.
        rows: What is ordered; of what jobs have got meanwhile less, or nothing.
        expected: When it is to come; None when nobody knows.
        sent: Whether the supplier knows of it already.

    Raises:
        Invalid: when nothing of it is lacking any more.
    """
    with session.act("stock.order", Right.PRODUCT_EDIT) as changes:
        book.hold(changes.store)
        numbers: list[int] = []
        for supplier in dict.fromkeys(row.supplier for row in rows):
            own = [row for row in rows if row.supplier == supplier]
            if (number := _order_of(changes, supplier, own, expected, sent=sent)) is not None:
                numbers.append(number)
        if not numbers:
            raise Invalid(N_("Nothing of it is lacking any more: somebody else ordered it, or it came."))
    return numbers


def _order_of(
    changes: Changes, supplier: int | None, rows: Iterable[ToOrder], expected: int | None, *, sent: bool
) -> int | None:
    taken = Book(changes)
    supply = taken.load(lines=[line.line for row in rows for line in row.lines])
    wanted = [
        (row, [(line.line, supply.lines[line.line].missing) for line in row.lines if not supply.lines[line.line].over])
        for row in rows
    ]
    wanted = [(row, lines) for row, lines in wanted if any(missing for _, missing in lines)]
    if not wanted:
        return None
    number = changes.next_number("purchase")
    purchase = changes.insert(
        PURCHASE,
        {
            "number": number, "supplier": supplier, "sent_at": changes.at if sent else None, "expected_at": expected,
            "created_at": changes.at, "created_by": changes.actor_id,
        },
    )  # fmt: skip
    for row, lines in wanted:
        values: Values = {
            "purchase": purchase, "product": row.product, "code": row.supplier_code or row.code, "text": row.text,
            "unit": row.unit, "ordered": 0, "received": 0, "cancelled": 0, "cost": row.cost,
        }  # fmt: skip
        entry = changes.insert(PURCHASE_LINE, values)
        taken.add_incoming(Incoming(entry, row.product, 0))
        for line, missing in lines:
            if missing:
                supply.order(line, entry, missing)
        more = row.quantity - sum(line.missing for line in row.lines)
        if more > 0:
            supply.order_more(entry, more)
    taken.write()
    return number


def more(row: ToOrder, quantity: int) -> ToOrder:
    """The same with another quantity: what jobs lack at least; the rest is for stock.

    Raises:
        Invalid: for less than the jobs lack.
    """
    lacking = sum(line.missing for line in row.lines)
    if quantity < lacking:
        raise Invalid(N_("The jobs lack more than that. Lower what they plan, or leave the row out."), field="quantity")
    return row._replace(quantity=quantity)


def by_number(session: Session, number: int) -> tuple[Head, list[Owed]]:
    """An order with all its lines.

    Raises:
        NotFound: when there is none with this number.
    """
    session.require(Right.ACTIVITY_READ)
    found = purchases.head(session.store, number)
    if found is None:
        raise NotFound(N_("There is no order {number} to a supplier."), number=number)
    return found, purchases.lines_of(session.store, found.id)


def on_day(session: Session, typed: Typed) -> int | None:
    """When something of a day is late: at the end of its opening hours; None where no day was written."""
    if typed.day is None:
        return None
    closes = session.registers.company.closes
    return to_seconds(datetime.combine(typed.day, time(closes // 60 % 24, closes % 60)))


def expect(session: Session, row: Owed, expected: int | None, *, whole: bool = False) -> None:
    """A supplier says when it comes.

    Args:
        session: Who heard it.
        row: The line.
        expected: The day; None when nobody knows.
        whole: Whether it is of the whole order.
    """
    with session.act("stock.expect", Right.PRODUCT_EDIT) as changes:
        if whole:
            changes.update(PURCHASE, row.purchase, {"expected_at": expected})
            changes.update(PURCHASE_LINE, row.id, {"expected_at": None})
        elif expected is None:
            forget_day(changes, row)
        else:
            changes.update(PURCHASE_LINE, row.id, {"expected_at": expected})


def forget_day(changes: Changes, row: Owed) -> None:
    """Nobody knows any more when a line comes; the day of the order goes to its other lines."""
    day = read(changes.store, PURCHASE, row.purchase, lock=True)["expected_at"]
    for other in purchases.lines_of(changes.store, row.purchase) if day is not None else ():
        if other.id != row.id and read(changes.store, PURCHASE_LINE, other.id)["expected_at"] is None:
            changes.update(PURCHASE_LINE, other.id, {"expected_at": day})
    changes.update(PURCHASE, row.purchase, {"expected_at": None})
    changes.update(PURCHASE_LINE, row.id, {"expected_at": None})


def note_on(session: Session, /, row: Owed, **values: str) -> None:
    """The supplier's own number of an order (`reference`), or how its parcel is followed (`tracking`)."""
    written: Values = {name: whole_line(text, name, 120) for name, text in values.items()}
    with session.act("stock.expect", Right.PRODUCT_EDIT) as changes:
        changes.update(PURCHASE, row.purchase, written)


def mark_sent(session: Session, row: Owed) -> None:
    """The supplier knows of the order from now on."""
    with session.act("stock.order", Right.PRODUCT_EDIT) as changes:
        if read(changes.store, PURCHASE, row.purchase, lock=True)["sent_at"] is None:
            changes.update(PURCHASE, row.purchase, {"sent_at": changes.at})


def cancel_rest(session: Session, row: Owed) -> int:
    """What a line still owes is not coming; gives how many, in thousandths. Jobs that waited for it need it again.

    Raises:
        Invalid: when nothing is outstanding any more.
    """
    with session.act("stock.cancel", Right.PRODUCT_EDIT) as changes:
        book.hold(changes.store)
        taken = Book(changes)
        supply = taken.load(incoming=(row.id,))
        left = supply.incoming[row.id].outstanding
        if not left:
            raise Invalid(N_("Nothing of it is outstanding any more."))
        if row.sent_at is None:
            supply.withdraw(row.id, left)
        else:
            supply.cancel(row.id, left)
        taken.write()
    return left


def supplied(rows: Sequence[ToOrder], row: ToOrder) -> list[ToOrder]:
    """Of these, what the supplier of one has."""
    return [other for other in rows if other.supplier == row.supplier]
