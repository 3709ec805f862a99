"""Commands of service orders: the list, one of them, making and billing them, loan devices."""

from __future__ import annotations

from svc_tui.commands.words import Command, Where
from svc_tui.domain.errors import N_
from svc_tui.domain.rights import Right

W = Where
COMMANDS: tuple[Command, ...] = (
    Command("go.6", N_("Orders"), N_("Service orders: what goes out, and what is billed"), ("6",), (W.TOP,)),
    Command("order.make", N_("Order"), N_("Service orders of what was used on the job, or on those selected"),
            ("ctrl+v",), (W.SHEET, W.LIST), Right.ORDER_ISSUE),
    Command("loan.lend", N_("Lend"), N_("Lend a device to the customer of this job, or take it back"), ("L",),
            (W.SHEET, W.LIST), Right.ACTIVITY_EDIT),
    Command("job.approve", N_("Customer's yes"), N_("Note that the customer agreed to more than the ceiling"), ("Y",),
            (W.SHEET, W.LIST), Right.ACTIVITY_EDIT),
    Command("make.take_out", N_("Take out"), N_("Leave this line out, or take it in again"), ("space",), (W.MAKING,),
            bar=2),
    Command("make.quantity", N_("Quantity"), N_("Put less than all of this line onto the order"), ("enter",),
            (W.MAKING,), bar=1),
    Command("make.do", N_("Make"), N_("Make the orders shown, one for each payer"), ("f2", "ctrl+s"), (W.MAKING,),
            Right.ORDER_ISSUE, bar=3),
    Command("orders.find", N_("Find"), N_("Only the orders of a customer or supplier, or the one with a number"),
            ("/",), (W.ORDERS,), bar=2),
    Command("orders.next_state", N_("State"), N_("The orders of the next state: to bill, billed, all"), ("right",),
            (W.ORDERS,), bar=3),
    Command("orders.previous_state", N_("State before"), N_("The orders of the state before"), ("left",),
            (W.ORDERS,)),
    Command("orders.hand_over", N_("Bill all"), N_("Bill every order that is to be billed; asks first"), ("H",),
            (W.ORDERS,), Right.ORDER_ISSUE, bar=8),
    Command("orders.loans", N_("Loan devices"), N_("The devices that are lent: with whom, and until when"), ("L",),
            (W.ORDERS,), bar=9),
    Command("orders.billing", N_("Billing"), N_("How the shop bills: series, terms, accounts"), ("B",), (W.ORDERS,),
            Right.COMPANY_EDIT),
    Command("orders.undo", N_("Undo"), N_("Undo your last act"), ("u",), (W.ORDERS,), Right.UNDO_OWN),
    Command("order.open", N_("Open"), N_("Open the order under the cursor"), ("enter",), (W.ORDERS,), bar=1),
    Command("order.bill", N_("Bill"), N_("Invoice what is left of the order, or hand it over"), ("f9", "ctrl+v", "i"),
            (W.ORDERS, W.ORDER), Right.ORDER_ISSUE, bar=4),
    Command("order.bill_part", N_("Bill part"), N_("Invoice or hand over some of the order's lines"), ("ctrl+x", "I"),
            (W.ORDERS, W.ORDER), Right.ORDER_ISSUE),
    Command("order.dispatch", N_("Out"), N_("Let it go out: picked up, or sent; all of it or some lines"),
            ("ctrl+d", "d"), (W.ORDERS, W.ORDER), Right.ORDER_ISSUE, bar=5),
    Command("order.deposit", N_("Deposit"), N_("Bill a deposit on the order"), ("ctrl+a", "A"), (W.ORDERS, W.ORDER),
            Right.ORDER_ISSUE),
    Command("order.address", N_("Address"), N_("Take the customer's present address onto the order"), (), (W.ORDER,),
            Right.ORDER_ISSUE),
    Command("order.cancel", N_("Cancel"), N_("Cancel the order; its lines can go onto another one"), ("delete",),
            (W.ORDERS,), Right.ORDER_ISSUE, bar=7),
    Command("order.job", N_("Job"), N_("Open the job that the line under the cursor comes from"), ("ctrl+y",),
            (W.ORDER,)),
    Command("loans.add", N_("New"), N_("Another device to lend"), ("f6", "ctrl+n", "n"), (W.LOANS,),
            Right.DEVICE_EDIT, bar=2),
    Command("loans.change", N_("Change"), N_("Change the device under the cursor"), ("enter",), (W.LOANS,),
            Right.DEVICE_EDIT, bar=1),
    Command("loans.back", N_("Back"), N_("The device under the cursor is back"), ("b",), (W.LOANS,),
            Right.ACTIVITY_EDIT, bar=3),
    Command("loans.job", N_("Job"), N_("Open the job that the device is out with"), ("ctrl+y",), (W.LOANS,), bar=4),
)  # fmt: skip
