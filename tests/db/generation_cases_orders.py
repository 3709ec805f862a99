"""Acts of orders, billing, what goes out and what is lent, each begun and not carried out yet."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities, ceilings
from svc_tui.services.jobs.ceilings import Way
from svc_tui.services.orders import billing, crediting, dispatching, issuing, loans, orders, transfer
from svc_tui.services.orders.crediting import Credit
from svc_tui.services.orders.dispatching import Out
from svc_tui.services.orders.issuing import Issued
from svc_tui.services.orders.orders import OrderEdit, OrderSheet
from tests.db.billed import bill, change_contact, ordered, rendered, repaired, sells
from tests.db.generation_cases import Cases
from tests.db.jobs import changed, job


def _order(shop: Session) -> OrderSheet:
    """An order of which nothing is billed and nothing went out, in a shop that issues invoices itself."""
    sells(shop)
    return ordered(shop, repaired(shop))[0]


def _invoice(shop: Session) -> Issued:
    return bill(shop, _order(shop))


def _all_of(shop: Session, document: int) -> Credit:
    return Credit(document, crediting.whole(shop, document), {}, "fejl")


# -- orders --------------------------------------------------------------------------------------------------------


def _make(shop: Session) -> Callable[[], object]:
    jobs = [repaired(shop).id or 0]
    proposed = transfer.propose(shop, jobs)
    picks = transfer.picked(proposed)
    return lambda: transfer.make(shop, jobs, picks, read_in=proposed.generation)


def _save(shop: Session) -> Callable[[], object]:
    base = _order(shop)
    edit = OrderEdit(base, base.values | {"note": "Ring først"})
    return lambda: orders.save(shop, edit)


def _save_line(shop: Session) -> Callable[[], object]:
    base = _order(shop)
    [line] = base.lines
    edit = OrderEdit(base, base.values, {line.id: {"text": "Arbejde", "price": 1, "discount": 0}})
    return lambda: orders.save(shop, edit)


def _take_address(shop: Session) -> Callable[[], object]:
    order = _order(shop)
    change_contact(shop, order.row.contact_id, address="Vestergade 9")
    return lambda: orders.take_address(shop, order.row.id)


def _cancel(shop: Session) -> Callable[[], object]:
    order = _order(shop)
    return lambda: orders.cancel(shop, order.row.id)


# -- billing -------------------------------------------------------------------------------------------------------


def _billing(shop: Session) -> Callable[[], object]:
    base = billing.read_billing(shop)
    return lambda: billing.save(shop, base, {"terms": base.terms + 6})


def _numbers(shop: Session) -> Callable[[], object]:
    return lambda: billing.begin_numbers(shop, "invoice", 40_001)


def _issue(shop: Session) -> Callable[[], object]:
    left = issuing.all_left(shop, [_order(shop).row.id])
    return lambda: issuing.issue(shop, [left], rendered)


def _hand_over(shop: Session) -> Callable[[], object]:
    sells(shop, here=False)
    left = issuing.all_left(shop, [ordered(shop, repaired(shop))[0].row.id])
    return lambda: issuing.issue(shop, [left], rendered)


def _deposit(shop: Session) -> Callable[[], object]:
    order = _order(shop)
    return lambda: issuing.deposit(shop, order.row.id, 5_000, "A conto", rendered)


def _credit(shop: Session) -> Callable[[], object]:
    wanted = _all_of(shop, _invoice(shop).id)
    return lambda: crediting.credit(shop, wanted, rendered)


def _repayment(shop: Session) -> Callable[[], object]:
    note = crediting.credit(shop, _all_of(shop, _invoice(shop).id), rendered)
    return lambda: crediting.note_repayment(shop, note.id, 1_000, "MobilePay")


# -- what goes out, and what is lent -------------------------------------------------------------------------------


def _dispatch(shop: Session) -> Callable[[], object]:
    out = Out(_order(shop).row.id)
    return lambda: dispatching.dispatch(shop, out)


def _take_back(shop: Session) -> Callable[[], object]:
    gone = dispatching.dispatch(shop, Out(_order(shop).row.id))
    return lambda: dispatching.take_back(shop, gone.id, "Fortrudt")


def _device(shop: Session) -> int:
    return loans.save_device(shop, None, {"name": "Lånefjernsyn"})


def _new_loan_device(shop: Session) -> Callable[[], object]:
    return lambda: _device(shop)


def _loan_device(shop: Session) -> Callable[[], object]:
    device = _device(shop)
    return lambda: loans.save_device(shop, device, {"name": "Låneradio"})


def _lend(shop: Session) -> Callable[[], object]:
    device, sheet = _device(shop), job(shop)
    return lambda: loans.lend(shop, device, sheet.id or 0)


def _bring_back(shop: Session) -> Callable[[], object]:
    loan = loans.lend(shop, _device(shop), job(shop).id or 0)
    return lambda: loans.bring_back(shop, loan, "Ridset")


def _approve(shop: Session) -> Callable[[], object]:
    sheet = job(shop)
    activities.save(shop, changed(sheet, ceiling=10_000))
    return lambda: ceilings.approve(shop, sheet.id or 0, 20_000, "Bodil", Way.PHONE)


CASES: Cases = {
    "ceilings.approve": (_approve,),
    "transfer.make": (_make,),
    "orders.save": (_save, _save_line),
    "orders.take_address": (_take_address,),
    "orders.cancel": (_cancel,),
    "billing.save": (_billing,),
    "billing.begin_numbers": (_numbers,),
    "issuing.issue": (_issue, _hand_over),
    "issuing.deposit": (_deposit,),
    "crediting.credit": (_credit,),
    "crediting.note_repayment": (_repayment,),
    "dispatching.dispatch": (_dispatch,),
    "dispatching.take_back": (_take_back,),
    "loans.save_device": (_new_loan_device, _loan_device),
    "loans.lend": (_lend,),
    "loans.bring_back": (_bring_back,),
}
