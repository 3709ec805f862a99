"""What goes out of an order: picked up or sent, whole or by line; and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.orders import goods
from svc_tui.db.orders import orders as rows
from svc_tui.domain.errors import N_, DomainError, Invalid
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import DISPATCH, DISPATCH_LINE, SERVICE_ORDER
from svc_tui.domain.orders.records import DispatchRow, GoesOut
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY
from svc_tui.services.core import known_acts
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.jobs.activity_rules import after_status
from svc_tui.services.orders.orders import require_stands

_LIMITS: Final = {"receiver": 120, "carrier": 60, "tracking": 60}


class Out(NamedTuple):
    """What goes out, and how."""

    order: int
    way: GoesOut = GoesOut.PICKUP
    receiver: str = ""
    identity_seen: bool = False
    carrier: str = ""
    tracking: str = ""
    quantities: Mapping[int, int] | None = None
    """How much of which lines; None for all that is still here."""
    status: int | None = None
    """The status that its jobs get; None leaves them."""


class Gone(NamedTuple):
    """What went out."""

    id: int
    number: int
    jobs: int
    """How many got the status."""


class Doubt(NamedTuple):
    """What speaks against letting it go out: it is asked about, and what was done in spite of it is kept."""

    kind: str
    said: DomainError


def doubts(session: Session, order_id: int) -> list[Doubt]:
    """Loan devices that are still out with its jobs, and money that was not asked for.

    Raises:
        NotFound: when there is no such order.
    """
    session.require(Right.ACTIVITY_READ)
    store = session.store
    read(store, SERVICE_ORDER, order_id)  # it must be there
    found = [
        Doubt("loan", DomainError(N_("Loan device {name} is not back."), name=device.name))
        for device in goods.lent_with(store, rows.jobs_of(store, [order_id]))
    ]
    [order] = rows.by_ids(store, [order_id])
    if order.progress in rows.UNBILLED and not order.claim:
        found.append(Doubt("money", DomainError(N_("Nothing of it is billed yet."))))
    return found


def dispatch(session: Session, out: Out, *, operation_key: str | None = None) -> Gone:
    """Let it go out.

    Raises:
        Invalid: when nothing is left to go out, or more than is left is chosen.
    """
    texts = {name: whole_line(getattr(out, name), name, limit) for name, limit in _LIMITS.items()}
    with session.act("order.dispatch", Right.ORDER_ISSUE, operation_key) as changes:
        if (done := known_acts.made(changes, DISPATCH)) is not None:
            return Gone(done[0], int(done[1]["number"] or 0), 0)
        rows.hold(changes.store, [out.order])
        order = require_stands(changes, out.order)
        against = doubts(session, out.order)
        wanted = _wanted(changes, out)
        number = changes.next_number("dispatch")
        made = changes.insert(
            DISPATCH,
            {
                "number": number, "service_order": out.order, "at": changes.at, "author": changes.actor_id,
                "way": str(out.way), "identity_seen": out.identity_seen,
                "warned": ", ".join(doubt.kind for doubt in against), **texts,
                "receiver": texts["receiver"] or order["name"],
            },
        )  # fmt: skip
        for line, quantity in wanted.items():
            changes.insert(DISPATCH_LINE, {"dispatch": made, "order_line": line, "quantity": quantity})
        return Gone(made, number, _set_status(session, changes, out))


def _wanted(changes: Changes, out: Out) -> dict[int, int]:
    lines = {line.id: line for line in rows.lines_of(changes.store, [out.order])}
    left = {line.id: line.way.to_dispatch for line in lines.values() if line.way.to_dispatch > 0}
    wanted = (
        left if out.quantities is None else {line: quantity for line, quantity in out.quantities.items() if quantity}
    )
    if not wanted:
        raise Invalid(N_("All of it went out already."))
    for line, quantity in wanted.items():
        if not 0 < quantity <= left.get(line, 0):
            raise Invalid(N_("Of “{text}” less is left than was chosen: it went out already."),
                          text=lines[line].text if line in lines else "?")  # fmt: skip
    return wanted


def _set_status(session: Session, changes: Changes, out: Out) -> int:
    """The jobs whose lines all went out get the status."""
    status = session.registers.status(out.status)
    if status is None:
        return 0
    count = 0
    for job in rows.jobs_of(changes.store, [out.order]):
        row = read(changes.store, ACTIVITY, job, lock=True)
        if row["status"] != status.id:
            follows = after_status(session.registers, row, status.id, changes.at)
            changes.update(ACTIVITY, job, {"status": status.id} | follows)
            count += 1
    return count


def take_back(session: Session, dispatch_id: int, reason: str) -> None:
    """Take back what went out: it keeps its number, and says why.

    Raises:
        Invalid: while something of the order is invoiced, or without a reason.
    """
    text = whole_line(reason, "reason")
    if not text:
        raise Invalid(N_("Write why it comes back."), field="reason")
    with session.act("order.take_back", Right.ORDER_ISSUE) as changes:
        row: Values = read(changes.store, DISPATCH, dispatch_id, lock=True)
        if row["taken_back_at"] is not None:
            raise Invalid(N_("It was taken back already."))
        order = int(row["service_order"] or 0)
        rows.hold(changes.store, [order])
        if any(line.way.billed > 0 for line in rows.lines_of(changes.store, [order]) if not line.is_deposit):
            raise Invalid(N_("Something of this order is invoiced: credit that first."))
        changes.update(DISPATCH, dispatch_id, {"taken_back_at": changes.at, "reason": text})


def of_order(session: Session, order_id: int) -> list[DispatchRow]:
    """What went out of an order."""
    session.require(Right.ACTIVITY_READ)
    return goods.dispatches_of(session.store, [order_id])


def status_after(session: Session) -> int | None:
    """The status that jobs are proposed to get once they went out; None where the shop has none for it."""
    chosen = session.registers.status(rows.billing(session.store).dispatched_status)
    return chosen.id if chosen is not None and not chosen.retired and chosen.stage is not Stage.NONE else None
