"""The commands about parts: purchase orders what jobs lack, arrive books what comes in."""

from __future__ import annotations

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import in_shop
from svc_tui.i18n import _


def add(commands: Commands) -> None:
    """Say what they take."""
    purchase = commands.add("purchase", _(
        "print what jobs lack, order it of a supplier, or write an order: svc-tui purchase --supplier elgros"
    ))  # fmt: skip
    purchase.add_argument("number", nargs="?", type=count, metavar=_("ORDER"), help=_("print this order"))
    purchase.add_argument("--supplier", metavar=_("NAME"), help=_("order everything that jobs lack of this supplier"))
    purchase.add_argument("--expected", metavar=_("DAY"), help=_("when it comes: fr, +3, 24.11."))
    purchase.add_argument("--out", metavar=_("FILE"), help=_(
        "the order into a new file: .pdf, .csv, or text where it ends otherwise"
    ))  # fmt: skip
    purchase.add_argument("--json", action="store_true", help=_("one JSON object a line"))

    arrive = commands.add("arrive", _(
        "print what suppliers owe, or book what came: svc-tui arrive 5701234000017 2"
    ))  # fmt: skip
    arrive.add_argument("code", nargs="?", metavar=_("CODE"), help=_("EAN, code, order or words; one line has to fit"))
    arrive.add_argument("quantity", nargs="?", metavar=_("QUANTITY"), help=_("how many; all of it where left out"))
    arrive.add_argument("--move", action="store_true", help=_("move the jobs whose last part came, as is proposed"))
    arrive.add_argument("--json", action="store_true", help=_("one JSON object a line"))


RUN = {"purchase": in_shop("parts", "purchase"), "arrive": in_shop("parts", "arrive")}
