"""Service orders of the demo shop, in all states, and some devices that it lends."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.db.core.engine import Store
from svc_tui.db.orders import orders as rows
from svc_tui.domain.orders.records import GoesOut
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.orders import billing, dispatching, issuing, loans, orders, transfer
from svc_tui.services.orders.dispatching import Out
from svc_tui.services.orders.issuing import Render

_MOST = 36
_ONE_OF = 20
"""One of so many jobs has an order."""
_MINUTE = 60
LOANS = (("iPhone SE", "LÅN-1"), ('Samsung TV 32"', "LÅN-2"), ("ThinkPad T480", "LÅN-3"))


def create_orders(store: Store, language: str, jobs: int, began: int, render: Render | None) -> None:
    """Make them of the jobs that are done.

    Args:
        store: The database, with the jobs in it.
        language: Of the shop.
        jobs: How many jobs it has.
        began: When the first is made, in seconds UTC; each next one a minute later.
        render: Makes the papers; None where nothing is to be billed.
    """
    with store.transaction():
        rows.bill_anew(store)
    session = open_session(store, None, language)
    chief = next(entry for entry in session.registers.employees if entry.role == Role.ADMINISTRATOR)
    session.employee = chief
    session.clock[:] = [began]
    if billing.read_billing(session).issue_here and not session.registers.company.vat_number:
        render = None  # a shop of nobody has no number, and without one it issues nothing
    done = rows.done_and_to_bill(store, min(_MOST, jobs // _ONE_OF))
    for place, job in enumerate(done):
        _tell(session, place, job, render)
    _lend(session, rows.open_jobs(store, 1))


def _tell(session: Session, place: int, job: int, render: Render | None) -> None:
    """One job's orders, each as far on its way as its place says."""
    proposed = transfer.propose(session, [job])
    payable = [order for order in proposed.orders if order.why_not is None]
    if not payable:
        return
    picks = transfer.picked(proposed._replace(orders=tuple(payable)))
    session.clock[0] += _MINUTE
    for order in transfer.make(session, [job], picks):
        session.clock[0] += _MINUTE
        match place % 6:
            case 1:
                dispatching.dispatch(session, Out(order))
            case 2 | 4 if render is not None:
                _bill(session, order, render)
            case 3 if render is not None:
                dispatching.dispatch(session, Out(order, GoesOut.SHIPMENT, carrier="GLS", tracking=f"0037{place:08d}"))
                _bill(session, order, render)
            case 5:
                orders.cancel(session, order)


def _bill(session: Session, order: int, render: Render) -> None:
    issuing.issue(session, [issuing.all_left(session, [order])], render)


def _lend(session: Session, jobs: Sequence[int]) -> None:
    made = [loans.save_device(session, None, {"name": name, "serial": serial}) for name, serial in LOANS]
    for job in jobs:
        loans.lend(session, made[0], job, int(session.clock[0]) + 7 * 86_400)
