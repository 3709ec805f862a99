"""Goods that come in: who gets them; nothing is moved by it, and nobody is told."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.stock import purchases
from svc_tui.db.stock.purchases import Owed, PartJob
from svc_tui.domain.errors import N_, Asked, Invalid
from svc_tui.domain.operations import new_operation_key
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.going_back import ReturnReason
from svc_tui.domain.tables import PRODUCT, PURCHASE_LINE
from svc_tui.services.core.session import Session
from svc_tui.services.stock import book, purchasing, returns
from svc_tui.services.stock.book import Book


class Arrived(NamedTuple):
    """What came of a line of an order."""

    line: int
    good: int
    """Right and whole pieces, in thousandths."""
    faulty: int = 0
    cost: int | None = None
    """What the supplier took for one, where it is another price than was ordered."""
    rest_expected: int | None = None
    """When the rest comes, where somebody knows."""
    anyway: bool = False
    """Whether more came than was ordered, and is kept."""


class ForJob(NamedTuple):
    """Pieces for a job."""

    job: PartJob
    pieces: int


class Receipt(NamedTuple):
    """Where what came went."""

    text: str
    for_jobs: tuple[ForJob, ...]
    """In the order in which they were served."""
    to_stock: int
    shelf: str
    faulty: int
    left: int
    """What the supplier still owes of the line."""
    below_cost: tuple[int, ...]
    """Jobs whose customer pays less for it than it costs now."""
    lines: tuple[int, ...]


def receive(session: Session, arrived: Arrived, operation_key: str = "") -> Receipt:
    """Book what came; nothing is moved and nobody is told.

    Raises:
        Asked: when more came than was ordered.
        Invalid: for less than nothing, or nothing at all.
    """
    if arrived.good < 0 or arrived.faulty < 0 or not arrived.good + arrived.faulty:
        raise Invalid(N_("Write how many came."), field="quantity")
    with session.act("stock.receive", Right.PRODUCT_EDIT, operation_key or new_operation_key()) as changes:
        book.hold(changes.store)
        taken = Book(changes)
        supply = taken.load(incoming=(arrived.line,))
        entry = supply.incoming[arrived.line]
        if arrived.good > entry.outstanding and not arrived.anyway:
            raise Asked(
                N_("Only {count} were still to come; the rest would be kept for who lacks it, or for stock."),
                field="quantity", count=entry.outstanding / 1000,
            )  # fmt: skip
        served = supply.receive(arrived.line, arrived.good, arrived.faulty)
        taken.write()
        row = read(changes.store, PURCHASE_LINE, arrived.line)
        if arrived.faulty:
            returns.propose(changes, row, arrived.faulty, ReturnReason.ARRIVED_FAULTY, arrived.line)
        left = supply.incoming[arrived.line].outstanding
        if arrived.rest_expected is not None and left:
            changes.update(PURCHASE_LINE, arrived.line, {"expected_at": arrived.rest_expected})
        cost = _cost(session, changes, row["product"], arrived.cost, int(row["cost"] or 0))
        lines = [line for line, _ in served.lines]
        jobs = purchases.jobs_of_lines(changes.store, lines)
        shelf = ""
        if row["product"]:
            shelf = str(read(changes.store, PRODUCT, int(row["product"]))["shelf"] or "")
        return Receipt(
            str(row["text"] or row["code"] or ""),
            tuple(ForJob(jobs[line], pieces) for line, pieces in served.lines),
            served.left, shelf, arrived.faulty, left,
            tuple(jobs[line].number for line in lines if cost is not None and jobs[line].price < cost),
            tuple(lines),
        )  # fmt: skip


def _cost(session: Session, changes: Changes, product: object, taken: int | None, ordered: int) -> int | None:
    """What one costs now, where that is another price than was ordered; the product's follows if the shop wants it."""
    if taken is None or taken == ordered:
        return None
    if product and session.registers.company.cost_follows:
        changes.update(PRODUCT, int(str(product)), {"cost": taken})
    return taken


def receive_wrong(session: Session, row: Owed, pieces: int, text: str = "") -> None:
    """Another part than was ordered came: it lies apart and is to go back, and the order stands as it did.

    Raises:
        Invalid: for nothing at all.
    """
    if pieces <= 0:
        raise Invalid(N_("Write how many came."), field="quantity")
    with session.act("stock.receive", Right.PRODUCT_EDIT) as changes:
        purchasing.forget_day(changes, row)
        returns.propose_wrong(changes, row, pieces, text)


def credit_instead(session: Session, row: Owed, faulty: int) -> None:
    """Faulty pieces that the supplier credits, and does not send again: what was claimed of them is needed.

    Raises:
        Invalid: when fewer are outstanding.
    """
    with session.act("stock.cancel", Right.PRODUCT_EDIT) as changes:
        book.hold(changes.store)
        taken = Book(changes)
        taken.load(incoming=(row.id,)).cancel(row.id, faulty)
        taken.write()
