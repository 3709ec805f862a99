"""The tables of service orders and of what is issued for them; a part of `domain/tables.py`."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.described import Described, Undo, fields
from svc_tui.domain.errors import N_
from svc_tui.domain.field_kinds import FieldKind

LINE, TEXT, NUMBER, FLAG = FieldKind.LINE, FieldKind.TEXT, FieldKind.NUMBER, FieldKind.FLAG
AMOUNT, QUANTITY, PERCENT, CODE = FieldKind.AMOUNT, FieldKind.QUANTITY, FieldKind.PERCENT, FieldKind.CODE
MOMENT, REFERENCE, UNTOLD = FieldKind.MOMENT, FieldKind.REFERENCE, FieldKind.UNTOLD

BILLING: Final = Described(
    "billing", N_("Billing"), Undo.PUT_BACK,
    fields(
        with_vat=FLAG, issue_here=FLAG, terms=NUMBER, terms_text=TEXT, bank=LINE, account=LINE, iban=LINE,
        bic=LINE, payment_kind=CODE, giro=LINE, mobile_payment=LINE, smallest_coin=NUMBER, legal_line=LINE,
        order_prefix=LINE, invoice_prefix=LINE, credit_prefix=LINE, basis_prefix=LINE, folder=LINE,
        dispatched_status=REFERENCE,
    ),
    derived=("version",),
)  # fmt: skip

SERVICE_ORDER: Final = Described(
    "service_order", N_("Order"), Undo.PUT_BACK,
    fields(
        number=NUMBER, contact=REFERENCE, payer=CODE, claim=FLAG, with_vat=FLAG, currency=LINE,
        discount=PERCENT, name=LINE, address=TEXT, post_code=LINE, city=LINE, country=LINE, vat_number=LINE,
        gln=LINE, email=LINE, reference=LINE, terms=NUMBER, language=CODE, note=TEXT, created_at=MOMENT,
        created_by=REFERENCE, cancelled_at=MOMENT,
    ),
    called=("name",), number="number", derived=("version", "progress", "amount"),
)  # fmt: skip

ORDER_LINE: Final = Described(
    "order_line", N_("Order line"), Undo.PUT_BACK,
    fields(
        service_order=REFERENCE, position=UNTOLD, of_line=UNTOLD, of_job=UNTOLD, kind=CODE, code=LINE, text=LINE,
        unit=LINE, quantity=QUANTITY, price=AMOUNT, discount=PERCENT, vat_rate=PERCENT, vat_category=CODE,
        share=UNTOLD, amount=AMOUNT, outcome=CODE,
    ),
    called=("code", "text"), hangs_on=("service_order",), of_job="of_job", derived=("version",),
)  # fmt: skip

DISPATCH: Final = Described(
    "dispatch", N_("Dispatch"), Undo.BY_HAND,
    fields(
        number=NUMBER, service_order=REFERENCE, at=MOMENT, author=REFERENCE, way=CODE, receiver=LINE,
        identity_seen=FLAG, carrier=LINE, tracking=LINE, warned=LINE, taken_back_at=MOMENT, reason=LINE,
    ),
    number="number", derived=("version",), told_by="service_order",
)  # fmt: skip

DISPATCH_LINE: Final = Described(
    "dispatch_line", N_("Dispatched line"), Undo.BY_HAND,
    fields(dispatch=REFERENCE, order_line=REFERENCE, quantity=QUANTITY), hangs_on=("dispatch",), append_only=True,
)  # fmt: skip

HANDOVER: Final = Described(
    "handover", N_("Hand-over"), Undo.BY_HAND, fields(number=NUMBER, at=MOMENT, author=REFERENCE, name=LINE),
    called=("name",), number="number", append_only=True,
)  # fmt: skip

DOCUMENT: Final = Described(
    "document", N_("Document"), Undo.BY_HAND,
    fields(
        kind=CODE, number=NUMBER, label=LINE, contact=REFERENCE, takes_back=REFERENCE, handover=REFERENCE,
        day=LINE, due=LINE, currency=LINE, net=AMOUNT, vat=AMOUNT, gross=AMOUNT, payable=AMOUNT, reason=LINE,
        goods=CODE, at=MOMENT, author=REFERENCE,
    ),
    called=("label",), number="number", append_only=True, told_by="contact",
)  # fmt: skip

DOCUMENT_LINE: Final = Described(
    "document_line", N_("Line of a document"), Undo.BY_HAND,
    fields(
        document=REFERENCE, position=UNTOLD, order_line=REFERENCE, takes_back=REFERENCE, deducts=REFERENCE,
        quantity=QUANTITY, amount=AMOUNT, vat_rate=PERCENT, vat_category=CODE,
    ),
    hangs_on=("document",), append_only=True,
)  # fmt: skip

DOCUMENT_FILE: Final = Described(
    "document_file", N_("File"), Undo.BY_HAND,
    fields(document=REFERENCE, handover=REFERENCE, format=CODE, media_type=LINE, sha256=UNTOLD),
    called=("format",), hangs_on=("document", "handover"), derived=("body",), append_only=True,
)  # fmt: skip

DOCUMENT_NOTE: Final = Described(
    "document_note", N_("What became of a document"), Undo.BY_HAND,
    fields(document=REFERENCE, kind=CODE, day=LINE, amount=AMOUNT, text=LINE, at=MOMENT, author=REFERENCE),
    called=("text",), hangs_on=("document",), append_only=True, told_by="document",
)  # fmt: skip

LOAN_DEVICE: Final = Described(
    "loan_device", N_("Loan device"), Undo.PUT_BACK,
    fields(number=NUMBER, name=LINE, serial=LINE, condition=LINE, note=TEXT, retired=FLAG),
    called=("name", "serial"), number="number", derived=("version",),
)  # fmt: skip

LOAN: Final = Described(
    "loan", N_("Loan"), Undo.PUT_BACK,
    fields(
        loan_device=REFERENCE, of_job=UNTOLD, contact=REFERENCE, out_at=MOMENT, due_at=MOMENT,
        condition_out=LINE, back_at=MOMENT, condition_back=LINE, author=REFERENCE,
    ),
    of_job="of_job", derived=("version",),
)  # fmt: skip
