"""Acts of what is ordered of suppliers, comes in and goes back, each begun and not carried out yet."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.domain.stock.going_back import ReturnReason, ReturnState
from svc_tui.services.core.session import Session
from svc_tui.services.stock import purchasing, receiving, returns
from svc_tui.services.stock.purchasing import Owed, ToOrder
from svc_tui.services.stock.receiving import Arrived
from svc_tui.services.stock.returns import NewReturn, ReturnRow
from tests.db.generation_cases import Cases
from tests.db.jobs import job
from tests.db.test_part_lines import of
from tests.db.test_purchasing import supplied

DAY = 86_400


def _lacking(shop: Session) -> list[ToOrder]:
    job(shop, lines=[of(supplied(shop), 2)])
    return purchasing.to_order(shop)


def _owed(shop: Session, *, sent: bool = True) -> Owed:
    """What a supplier owes: two pieces, which a job waits for."""
    purchasing.order(shop, _lacking(shop), shop.seconds() + DAY, sent=sent)
    [row] = purchasing.outstanding(shop)
    return row


def _to_return(shop: Session) -> ReturnRow:
    """A piece that came faulty, and lies apart."""
    receiving.receive(shop, Arrived(_owed(shop).id, 0, 1000))
    [row] = returns.open_returns(shop)
    return row


# -- orders to suppliers -------------------------------------------------------------------------------------------


def _order(shop: Session) -> Callable[[], object]:
    rows = _lacking(shop)
    return lambda: purchasing.order(shop, rows)


def _mark_sent(shop: Session) -> Callable[[], object]:
    row = _owed(shop, sent=False)
    return lambda: purchasing.mark_sent(shop, row)


def _expect(shop: Session) -> Callable[[], object]:
    row, later = _owed(shop), shop.seconds() + 9 * DAY
    return lambda: purchasing.expect(shop, row, later)


def _expect_whole(shop: Session) -> Callable[[], object]:
    row, later = _owed(shop), shop.seconds() + 9 * DAY
    return lambda: purchasing.expect(shop, row, later, whole=True)


def _forget_day(shop: Session) -> Callable[[], object]:
    row = _owed(shop)
    return lambda: purchasing.expect(shop, row, None)


def _note_on(shop: Session) -> Callable[[], object]:
    row = _owed(shop)
    return lambda: purchasing.note_on(shop, row, reference="SO-118", tracking="PN 4711")


def _cancel_rest(shop: Session) -> Callable[[], object]:
    row = _owed(shop)
    return lambda: purchasing.cancel_rest(shop, row)


def _withdraw(shop: Session) -> Callable[[], object]:
    row = _owed(shop, sent=False)
    return lambda: purchasing.cancel_rest(shop, row)


# -- what comes in -------------------------------------------------------------------------------------------------


def _receive(shop: Session) -> Callable[[], object]:
    arrived = Arrived(_owed(shop).id, 1000, 1000, cost=6000)
    return lambda: receiving.receive(shop, arrived)


def _receive_wrong(shop: Session) -> Callable[[], object]:
    row = _owed(shop)
    return lambda: receiving.receive_wrong(shop, row, 1000, "Rem 12 mm")


def _credit_instead(shop: Session) -> Callable[[], object]:
    row = _owed(shop)
    receiving.receive(shop, Arrived(row.id, 0, 1000))
    return lambda: receiving.credit_instead(shop, row, 1000)


# -- what goes back ------------------------------------------------------------------------------------------------


def _set_aside(shop: Session) -> Callable[[], object]:
    new = NewReturn(supplied(shop, stock=2).id, 1000, ReturnReason.SURPLUS, "SN 1")
    return lambda: returns.set_aside(shop, new)


def _send(shop: Session) -> Callable[[], object]:
    row = _to_return(shop)
    return lambda: returns.send(shop, [row])


def _settle(shop: Session) -> Callable[[], object]:
    returns.send(shop, [_to_return(shop)])
    [row] = returns.open_returns(shop)
    return lambda: returns.settle(shop, row, ReturnState.CREDITED, 4500)


CASES: Cases = {
    "purchasing.order": (_order,),
    "purchasing.mark_sent": (_mark_sent,),
    "purchasing.expect": (_expect, _expect_whole, _forget_day),
    "purchasing.note_on": (_note_on,),
    "purchasing.cancel_rest": (_cancel_rest, _withdraw),
    "receiving.receive": (_receive,),
    "receiving.receive_wrong": (_receive_wrong,),
    "receiving.credit_instead": (_credit_instead,),
    "returns.set_aside": (_set_aside,),
    "returns.send": (_send,),
    "returns.settle": (_settle,),
}
