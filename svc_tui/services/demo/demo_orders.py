"""Service orders of the demo shop, in all states, and some devices that it lends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count

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
    desk = _Desk(session, render)
    for place, job in enumerate(done):
        desk.tell(place, job)
    desk.lend(rows.open_jobs(store, 1))


class _Desk:
    """Does one act after the other, each with the next key: as made at random, no two shops would be the same."""

    def __init__(self, session: Session, render: Render | None) -> None:
        self._session, self._render = session, render
        self._keys: Iterator[str] = (f"demo-order-{number:04d}" for number in count(1))

    def _act(self) -> AbstractContextManager[None]:
        return self._session.attempt(next(self._keys))

    def tell(self, place: int, job: int) -> None:
        """One job's orders, each as far on its way as its place says."""
        session = self._session
        proposed = transfer.propose(session, [job])
        payable = [order for order in proposed.orders if order.why_not is None]
        if not payable:
            return
        picks = transfer.picked(proposed._replace(orders=tuple(payable)))
        session.clock[0] += _MINUTE
        with self._act():
            made = transfer.make(session, [job], picks)
        for order in made:
            session.clock[0] += _MINUTE
            self._go_on(place, order)

    def _go_on(self, place: int, order: int) -> None:
        match place % 6:
            case 1:
                self._dispatch(Out(order))
            case 2 | 4 if self._render is not None:
                self._bill(order, self._render)
            case 3 if self._render is not None:
                self._dispatch(Out(order, GoesOut.SHIPMENT, carrier="GLS", tracking=f"0037{place:08d}"))
                self._bill(order, self._render)
            case 5:
                with self._act():
                    orders.cancel(self._session, order)

    def _dispatch(self, out: Out) -> None:
        with self._act():
            dispatching.dispatch(self._session, out)

    def _bill(self, order: int, render: Render) -> None:
        left = issuing.all_left(self._session, [order])
        with self._act():
            issuing.issue(self._session, [left], render)

    def lend(self, jobs: Sequence[int]) -> None:
        """The shop has devices to lend; the first is out with each of these jobs."""
        session, made = self._session, []
        for name, serial in LOANS:
            with self._act():
                made.append(loans.save_device(session, None, {"name": name, "serial": serial}))
        for job in jobs:
            with self._act():
                loans.lend(session, made[0], job, int(session.clock[0]) + 7 * 86_400)
