"""Pieces that go back to a supplier: proposed when they are found, sent, and settled; what we broke is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from svc_tui.db.core.changes import Changes, Value, Values, read
from svc_tui.db.stock import return_rows
from svc_tui.db.stock.purchases import Owed
from svc_tui.db.stock.return_rows import ReturnRow, Scrapped
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.going_back import ReturnReason, ReturnState
from svc_tui.domain.tables import ACTIVITY_LINE, PRODUCT, PURCHASE, PURCHASE_LINE, SUPPLIER_RETURN
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.stock import book
from svc_tui.services.stock.book import Book

__all__ = ["NewReturn", "ReturnRow", "Scrapped", "open_returns", "own_breakage", "send", "set_aside", "settle"]

NEXT: Mapping[ReturnState, tuple[ReturnState, ...]] = {
    ReturnState.PROPOSED: (ReturnState.SENT, ReturnState.REFUSED),
    ReturnState.SENT: (ReturnState.CREDITED, ReturnState.REPLACED, ReturnState.REFUSED),
}
"""What may follow a state: they only go forward, and back is an undo."""


def propose(
    changes: Changes, row: Mapping[str, Value], pieces: int, reason: ReturnReason, of_purchase: int | None,
    of_line: int | None = None,
) -> int:  # fmt: skip
    """Pieces that lie in quarantine are to go back; gives the return.

    Args:
        changes: The act.
        row: The line of an order, or of a job: its product, code, text and cost.
        pieces: How many, in thousandths.
        reason: Why.
        of_purchase: The line of the order they came by.
        of_line: The job's line they were for.
    """
    supplier: Value = None
    if of_purchase is not None:
        supplier = read(changes.store, PURCHASE, int(read(changes.store, PURCHASE_LINE, of_purchase)["purchase"] or 0))[
            "supplier"
        ]
    cost = row.get("cost")
    if row.get("product"):
        product = read(changes.store, PRODUCT, int(row["product"] or 0))
        supplier = supplier or product["supplier"]
        cost = product["cost"] if cost is None else cost
    values: Values = {
        "supplier": supplier, "product": row.get("product"), "code": row.get("code") or "",
        "text": row.get("text") or "", "quantity": pieces, "reason": str(reason), "cost": cost or 0,
        "of_purchase": of_purchase, "of_line": of_line, "created_at": changes.at, "created_by": changes.actor_id,
    }  # fmt: skip
    return changes.insert(SUPPLIER_RETURN, values)


def propose_of_line(changes: Changes, line: int, pieces: int) -> None:
    """Pieces were taken out of a device because they are faulty."""
    row = read(changes.store, ACTIVITY_LINE, line)
    of_part = {name: row[name] for name in ("product", "code", "text")}
    propose(changes, of_part, pieces, ReturnReason.FAULTY_IN_USE, None, line)


def propose_wrong(changes: Changes, row: Owed, pieces: int, text: str) -> None:
    """Another part than was ordered came."""
    values: Values = {
        "supplier": row.supplier, "text": whole_line(text, "text") or row.text, "code": "" if text else row.code,
        "quantity": pieces, "reason": str(ReturnReason.WRONG), "of_purchase": row.id, "created_at": changes.at,
        "created_by": changes.actor_id,
    }  # fmt: skip
    changes.insert(SUPPLIER_RETURN, values)


def open_returns(session: Session) -> list[ReturnRow]:
    """What is to go back or has gone and is not settled, by supplier."""
    session.require(Right.ACTIVITY_READ)
    return return_rows.open_rows(session.store)


def own_breakage(session: Session, limit: int = 200) -> list[Scrapped]:
    """What we broke, the newest first: no supplier's fault."""
    session.require(Right.ACTIVITY_READ)
    return return_rows.scrapped(session.store, limit)


class NewReturn(NamedTuple):
    """Free pieces that are to go back: too many, or an exchange part."""

    product: int
    pieces: int
    reason: ReturnReason
    serial: str = ""


def set_aside(session: Session, new: NewReturn) -> int:
    """Take free pieces from the stock: they are to go back.

    Raises:
        Invalid: when fewer are free.
    """
    with session.act("stock.return", Right.PRODUCT_EDIT) as changes:
        book.hold(changes.store)
        taken = Book(changes)
        taken.load(products=(new.product,)).set_aside(new.product, new.pieces)
        taken.write()
        product = read(changes.store, PRODUCT, new.product)
        row = {"product": new.product, "code": product["supplier_code"] or product["code"], "text": product["name"]}
        made = propose(changes, row, new.pieces, new.reason, None)
        if new.serial:
            changes.update(SUPPLIER_RETURN, made, {"serial": whole_line(new.serial, "serial", 120)})
        return made


def send(session: Session, rows: Sequence[ReturnRow]) -> list[int]:
    """These go back now, on one sheet for each supplier; gives the numbers of the sheets.

    Raises:
        Invalid: when one is on its way already.
    """
    with session.act("stock.return", Right.PRODUCT_EDIT) as changes:
        book.hold(changes.store)
        numbers: dict[int | None, int] = {}
        taken = Book(changes)
        for row in rows:
            stored = _forward(changes, row, ReturnState.SENT)
            supply = taken.load(products=(row.product,) if row.product is not None else ())
            if stored["reason"] != ReturnReason.WRONG:
                supply.send_back(row.product, int(stored["quantity"] or 0))
            if row.supplier not in numbers:
                numbers[row.supplier] = changes.next_number("return")
            changes.update(
                SUPPLIER_RETURN, row.id,
                {"state": str(ReturnState.SENT), "sent_at": changes.at, "number": numbers[row.supplier]},
            )  # fmt: skip
        taken.write()
    return list(numbers.values())


def settle(session: Session, row: ReturnRow, state: ReturnState, credit: int = 0) -> None:
    """The supplier credited, replaced or refused it.

    Args:
        session: Who heard it.
        row: The return.
        state: What became of it; what is replaced is here again and good.
        credit: What was given for it, in minor units.

    Raises:
        Invalid: when it is not at that point.
    """
    with session.act("stock.return", Right.PRODUCT_EDIT) as changes:
        book.hold(changes.store)
        stored = _forward(changes, row, state)
        values: Values = {"state": str(state), "closed_at": changes.at, "credit": credit}
        changes.update(SUPPLIER_RETURN, row.id, values)
        if row.product is None:
            return
        taken = Book(changes)
        supply = taken.load(products=(row.product,))
        pieces = int(stored["quantity"] or 0)
        if state is ReturnState.REPLACED and stored["reason"] != ReturnReason.ARRIVED_FAULTY:
            supply.come(row.product, pieces)
        elif state is ReturnState.REFUSED and stored["state"] == ReturnState.PROPOSED:
            supply.send_back(row.product, pieces) if stored["reason"] != ReturnReason.WRONG else None
        taken.write()


def _forward(changes: Changes, row: ReturnRow, state: ReturnState) -> Values:
    stored = read(changes.store, SUPPLIER_RETURN, row.id, lock=True)
    if state not in NEXT.get(ReturnState(str(stored["state"])), ()):
        raise Invalid(N_("“{text}” is not at that point: look at it again."), text=row.text)
    return stored
