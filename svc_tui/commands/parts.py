"""Commands of parts: arrivals, what is to be ordered, what goes back to suppliers."""

from __future__ import annotations

from svc_tui.commands.words import Command, Where
from svc_tui.domain.errors import N_
from svc_tui.domain.rights import Right

W = Where
COMMANDS: tuple[Command, ...] = (
    Command("go.5", N_("Arrivals"), N_("What suppliers owe, and what comes in"), ("5",), (W.TOP,)),
    Command("arrival.receive", N_("Came"), N_("Book what came of this line: a number, and a price as in 2 @ 95"),
            ("enter",), (W.ARRIVALS,), Right.PRODUCT_EDIT, bar=1),
    Command("arrival.find", N_("Find"), N_("Go to what a code, a number or words mean; a scan does the same"), ("/",),
            (W.ARRIVALS,), bar=2),
    Command("arrival.faulty", N_("Faulty"), N_("Some of what came is faulty: it lies apart and is owed still"), ("f",),
            (W.ARRIVALS,), Right.PRODUCT_EDIT, bar=5),
    Command("arrival.wrong", N_("Wrong part"), N_("Another part than was ordered came: it goes back"), ("w",),
            (W.ARRIVALS,), Right.PRODUCT_EDIT, bar=6),
    Command("arrival.expect", N_("Expected"), N_("When the supplier says it comes"), ("e",), (W.ARRIVALS,),
            Right.PRODUCT_EDIT, bar=7),
    Command("arrival.tracking", N_("Parcel"), N_("The number that the parcel is followed by"), ("t",), (W.ARRIVALS,),
            Right.PRODUCT_EDIT),
    Command("arrival.cancel", N_("Cancel rest"), N_("What is still to come of this line is not coming"), ("delete",),
            (W.ARRIVALS,), Right.PRODUCT_EDIT),
    Command("arrival.view", N_("Order"), N_("Read the order of this line as the supplier gets it"), ("v",),
            (W.ARRIVALS,)),
    Command("arrival.to_order", N_("To order"), N_("Everything that jobs lack, by supplier"), ("o",), (W.ARRIVALS,),
            bar=3),
    Command("arrival.returns", N_("Returns"), N_("What goes back to suppliers"), ("r",), (W.ARRIVALS,), bar=4),
    Command("purchase.order", N_("Order it"), N_("Order of this supplier all that is not left out"), ("enter", "f2"),
            (W.TO_ORDER,), Right.PRODUCT_EDIT, bar=1),
    Command("purchase.leave_out", N_("Leave out"), N_("Do not order this row, or order it after all"), ("space",),
            (W.TO_ORDER,), bar=2),
    Command("purchase.quantity", N_("Quantity"), N_("Order more than the jobs lack; the rest is for stock"), ("a",),
            (W.TO_ORDER,), Right.PRODUCT_EDIT, bar=3),
    Command("return.next", N_("Send, settle"), N_("Send all that goes back to this supplier, or say what came of it"),
            ("enter",), (W.RETURNS,), Right.PRODUCT_EDIT, bar=1),
    Command("return.broken", N_("Broken by us"), N_("What we broke ourselves, which goes back to nobody"), ("b",),
            (W.RETURNS,), bar=2),
    Command("proposal.tick", N_("Tick"), N_("Move this job, or leave it as it is"), ("space",), (W.PROPOSED,), bar=2),
    Command("proposal.do", N_("Move them"), N_("Give the ticked jobs the status and the responsible shown"),
            ("enter", "f2"), (W.PROPOSED,), Right.ACTIVITY_EDIT, bar=1),
    Command("parts.undo", N_("Undo"), N_("Undo your last act"), ("u",), (W.ARRIVALS, W.TO_ORDER, W.RETURNS),
            Right.UNDO_OWN, bar=8),
    Command("parts.redo", N_("Redo"), N_("Do again what you undid last"), ("U",),
            (W.ARRIVALS, W.TO_ORDER, W.RETURNS), Right.UNDO_OWN),
)  # fmt: skip
