"""The commands about service orders: order, orders, dispatch, invoice, credit, document, hand-over."""

from __future__ import annotations

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import in_shop
from svc_tui.i18n import _


def add(commands: Commands) -> None:
    """Say what they take."""
    _add_making(commands)
    _add_billing(commands)
    _add_reading(commands)


def _add_making(commands: Commands) -> None:
    order = commands.add_act("order", _("make service orders of what was used on jobs, one for each payer"))
    order.add_argument("numbers", nargs="+", type=count, metavar=_("NUMBER"), help=_("numbers of jobs"))
    order.add_argument("--payer", choices=("customer", "supplier"), help=_("only what this one pays"))

    yes = commands.add("approve", _("note that a customer agreed to more: svc-tui approve 10432 2500 --who Jensen"))
    yes.add_argument("number", type=count, metavar=_("NUMBER"), help=_("the job"))
    yes.add_argument("amount", metavar=_("AMOUNT"), help=_("up to this, with VAT"))
    yes.add_argument("--who", required=True, metavar=_("NAME"), help=_("who said yes"))
    yes.add_argument("--way", choices=("phone", "mail", "counter"), default="phone", help=_("how it was said"))

    out = commands.add("dispatch", _("let an order go out: svc-tui dispatch 10001 --to Jensen"))
    out.add_argument("order", type=count, metavar=_("ORDER"))
    out.add_argument("--to", metavar=_("NAME"), default="", help=_("who gets it"))
    out.add_argument("--carrier", metavar=_("NAME"), default="", help=_("it is sent, by this carrier"))
    out.add_argument("--tracking", metavar=_("NUMBER"), default="", help=_("the carrier's number"))
    out.add_argument("--identity", action="store_true", help=_("identity was seen"))
    out.add_argument("--status", metavar=_("STATUS"), help=_("the status that its jobs get"))
    out.add_argument("--back", metavar=_("REASON"), help=_("take back instead what went out last"))


def _add_billing(commands: Commands) -> None:
    invoice = commands.add("invoice", _("invoice what is left of orders, or hand it over to be billed"))
    invoice.add_argument("orders", nargs="*", type=count, metavar=_("ORDER"))
    invoice.add_argument("--all", action="store_true", help=_("every order that is to be billed"))
    invoice.add_argument("--together", action="store_true", help=_("all of them on one document"))
    invoice.add_argument("--deposit", metavar=_("AMOUNT"), help=_("a deposit of this amount on one order"))
    invoice.add_argument("--json", action="store_true", help=_("one JSON object a line"))

    credit = commands.add("credit", _("take an invoice back: svc-tui credit 10001 --reason fejl --line 1=0,5"))
    credit.add_argument("number", type=count, metavar=_("NUMBER"))
    credit.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("why: the note says so"))
    credit.add_argument("--line", action="append", default=[], metavar="N=QTY", help=_(
        "so much of the line at this place; all that is left where no line is named"
    ))  # fmt: skip
    credit.add_argument("--reduce", action="append", default=[], metavar="N=AMOUNT", help=_(
        "so much off the price of the line at this place"
    ))  # fmt: skip
    goods = credit.add_mutually_exclusive_group()
    goods.add_argument("--back", action="store_true", help=_("the goods come back"))
    goods.add_argument("--again", action="store_true", help=_("it is billed again"))
    credit.add_argument("--repaid", metavar=_("AMOUNT"), help=_("write down instead that so much was paid back"))
    credit.add_argument("--json", action="store_true", help=_("as one JSON object"))


def _add_reading(commands: Commands) -> None:
    orders = commands.add("orders", _("print service orders: those to bill, or the one with a number"))
    orders.add_argument("number", nargs="?", type=count, metavar=_("ORDER"))
    orders.add_argument("--of", metavar=_("NAME"), default="", help=_("only those of a customer or supplier"))
    orders.add_argument("--all", action="store_true", help=_("also what is billed or cancelled"))
    orders.add_argument("--json", action="store_true", help=_("one JSON object a line"))

    document = commands.add("document", _("print what was issued: svc-tui document 10001 --kind credit"))
    document.add_argument("number", type=count, metavar=_("NUMBER"))
    document.add_argument("--kind", choices=("invoice", "credit", "basis", "correction"), help=_("of which series"))
    forms = document.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help=_("as one JSON object"))
    forms.add_argument("--out", metavar=_("FILE"), help=_("into a file; as PDF or XML where its name ends so"))
    document.add_argument("--form", choices=("text", "pdf", "peppol", "oioubl"), help=_("in which form it is written"))

    handed = commands.add("hand-over", _("write the files of a hand-over: svc-tui hand-over 10001 --out FOLDER"))
    handed.add_argument("number", nargs="?", type=count, metavar=_("NUMBER"))
    handed.add_argument("--out", metavar=_("FOLDER"), default=".")


RUN = {
    "approve": in_shop("orders", "approve"), "order": in_shop("orders", "make"), "orders": in_shop("orders", "show"),
    "dispatch": in_shop("orders", "dispatch"), "invoice": in_shop("orders", "invoice"),
    "credit": in_shop("orders", "credit"), "document": in_shop("orders", "document"),
    "hand-over": in_shop("orders", "hand_over"),
}  # fmt: skip
