"""The tables of parts: orders to suppliers, claims on them, the stock ledger, returns; see `domain/tables.py`."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.described import Described, Undo, fields
from svc_tui.domain.errors import N_
from svc_tui.domain.field_kinds import FieldKind

_LINE, _CODE, _NUMBER, _MOMENT = FieldKind.LINE, FieldKind.CODE, FieldKind.NUMBER, FieldKind.MOMENT
_AMOUNT, _QUANTITY, _REFERENCE, _UNTOLD = FieldKind.AMOUNT, FieldKind.QUANTITY, FieldKind.REFERENCE, FieldKind.UNTOLD

PURCHASE: Final = Described(
    "purchase", N_("Order to a supplier"), Undo.PUT_BACK,
    fields(
        number=_NUMBER, supplier=_REFERENCE, sent_at=_MOMENT, expected_at=_MOMENT, reference=_LINE, tracking=_LINE,
        note=_LINE, created_at=_MOMENT, created_by=_REFERENCE,
    ),
    called=("number",), number="number", derived=("version",), told_by="supplier",
)  # fmt: skip

PURCHASE_LINE: Final = Described(
    "purchase_line", N_("Line of an order to a supplier"), Undo.PUT_BACK,
    fields(
        purchase=_REFERENCE, product=_REFERENCE, code=_LINE, text=_LINE, unit=_LINE, ordered=_QUANTITY,
        received=_QUANTITY, cancelled=_QUANTITY, cost=_AMOUNT, expected_at=_MOMENT,
    ),
    called=("code", "text"), hangs_on=("purchase",), derived=("outstanding", "version"),
)  # fmt: skip

PART_CLAIM: Final = Described(
    "part_claim", N_("Ordered for the job"), Undo.PUT_BACK,
    fields(activity=_REFERENCE, line=_REFERENCE, purchase_line=_REFERENCE, quantity=_QUANTITY),
    hangs_on=("activity", "line"),
)  # fmt: skip

STOCK_MOVE: Final = Described(
    "stock_move", N_("Stock"), Undo.OPPOSITE,
    fields(
        of_product=_UNTOLD, kind=_CODE, quantity=_QUANTITY, quarantine=_QUANTITY, of_line=_UNTOLD,
        of_purchase=_UNTOLD, at=_MOMENT,
    ),
    append_only=True,
)  # fmt: skip

SUPPLIER_RETURN: Final = Described(
    "supplier_return", N_("Return to a supplier"), Undo.PUT_BACK,
    fields(
        number=_NUMBER, supplier=_REFERENCE, product=_REFERENCE, code=_LINE, text=_LINE, quantity=_QUANTITY,
        reason=_CODE, state=_CODE, serial=_LINE, cost=_AMOUNT, credit=_AMOUNT, note=_LINE, of_line=_UNTOLD,
        of_purchase=_UNTOLD, sent_at=_MOMENT, closed_at=_MOMENT, created_at=_MOMENT,
        created_by=_REFERENCE,
    ),
    called=("code", "text"), number="number", derived=("version",),
)  # fmt: skip
