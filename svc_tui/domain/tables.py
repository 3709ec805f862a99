"""One description per table of the database, and all that follows from it.

From here come the history and its sentences, undo, the news for other sessions, what forbids deleting a row of a
register, and the word index with what makes an entry outdated. `db/core/tables.py` puts the models beside it;
`tests/unit/test_tables.py` names whatever is not described.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain import order_tables, paper_tables
from svc_tui.domain.described import Described, Undo, Words
from svc_tui.domain.described import fields as _fields
from svc_tui.domain.errors import N_
from svc_tui.domain.field_kinds import FieldKind, WordKind
from svc_tui.domain.job_fields import JOB_FIELDS
from svc_tui.domain.stock_tables import PART_CLAIM, PURCHASE, PURCHASE_LINE, STOCK_MOVE, SUPPLIER_RETURN

__all__ = [
    "PART_CLAIM", "PURCHASE", "PURCHASE_LINE", "STOCK_MOVE", "SUPPLIER_RETURN", "Described", "Undo", "Words",
]  # fmt: skip

_LINE, _TEXT, _NUMBER, _FLAG = FieldKind.LINE, FieldKind.TEXT, FieldKind.NUMBER, FieldKind.FLAG
_AMOUNT, _QUANTITY, _PERCENT, _CODE = FieldKind.AMOUNT, FieldKind.QUANTITY, FieldKind.PERCENT, FieldKind.CODE
_MOMENT, _DAY, _MINUTES, _CLOCK = FieldKind.MOMENT, FieldKind.DAY, FieldKind.MINUTES, FieldKind.CLOCK
_REFERENCE, _UNTOLD = FieldKind.REFERENCE, FieldKind.UNTOLD
_WORDS, _NAME = WordKind.WORDS, WordKind.NAME

# -- what the shop is set up with ----------------------------------------------------------------------------------

COMPANY: Final = Described(
    "company", N_("Company"), Undo.PUT_BACK,
    _fields(
        name=_LINE, address=_TEXT, phone=_LINE, email=_LINE, vat_number=_LINE, country_code=_LINE, currency=_LINE,
        default_duration=_MINUTES, done_end_rule=_CODE, user_field1_name=_LINE, user_field2_name=_LINE,
        time_zone=_LINE, language=_LINE, opens=_CLOCK, closes=_CLOCK, repair_warranty_days=_NUMBER,
        reserve_at_save=_FLAG, cost_follows=_FLAG,
        intake_terms=_TEXT,
    ),
    called=("name",), register=True, derived=("version",),
)  # fmt: skip

EMPLOYEE: Final = Described(
    "employee", N_("Employee"), Undo.PUT_BACK,
    _fields(initials=_LINE, name=_LINE, name_key=_UNTOLD, role=_CODE, login=_LINE, retired=_FLAG),
    called=("name",), register=True, setting="default_responsible", derived=("version",),
)  # fmt: skip

USER_SETTING: Final = Described(
    "user_setting", N_("Setting"), Undo.PUT_BACK,
    _fields(employee=_REFERENCE, name=_UNTOLD, value=_UNTOLD),
    hangs_on=("employee",), one_thing=True,
)  # fmt: skip

SAVED_VIEW: Final = Described(
    "saved_view", N_("View"), Undo.PUT_BACK,
    _fields(
        owner=_REFERENCE, name=_LINE, name_key=_UNTOLD, shared=_FLAG, list_code=_LINE, text=_LINE, language=_LINE,
        column=_LINE, descending=_FLAG, key=_LINE,
    ),
    called=("name",), hangs_on=("owner",), derived=("version",),
)  # fmt: skip

ACTIVITY_LIST: Final = Described(
    "activity_list", N_("List"), Undo.PUT_BACK,
    _fields(code=_LINE, name=_LINE, position=_UNTOLD, retired=_FLAG),
    called=("name",), register=True, derived=("version",),
)  # fmt: skip

ACTIVITY_STATUS: Final = Described(
    "activity_status", N_("Status"), Undo.PUT_BACK,
    _fields(
        name=_LINE, name_key=_UNTOLD, stage=FieldKind.STAGE, done_key=_FLAG, waits_for=_CODE, pauses=_FLAG,
        after_parts=_FLAG,
        position=_UNTOLD, retired=_FLAG, longest=_MINUTES,
    ),
    called=("name",), register=True, setting="default_status", derived=("version",),
)  # fmt: skip

ACTIVITY_TYPE: Final = Described(
    "activity_type", N_("Type"), Undo.PUT_BACK,
    _fields(
        name=_LINE, name_key=_UNTOLD, default_status=_REFERENCE, default_responsible=_REFERENCE,
        default_duration=_MINUTES, responsible_required=_FLAG, customer_required=_FLAG, default_payer=_CODE,
        colour=_LINE, position=_UNTOLD, retired=_FLAG,
    ),
    called=("name",), register=True, setting="default_type", derived=("version",),
)  # fmt: skip

TYPE_LIST: Final = Described(
    "type_list", N_("List of a type"), Undo.PUT_BACK, _fields(type=_REFERENCE, list=_REFERENCE),
    hangs_on=("type",), register=True, append_only=True,
)  # fmt: skip

STATUS_LIST: Final = Described(
    "status_list", N_("List of a status"), Undo.PUT_BACK, _fields(status=_REFERENCE, list=_REFERENCE),
    hangs_on=("status", "list"), register=True, append_only=True,
)  # fmt: skip

PRIORITY: Final = Described(
    "priority", N_("Priority"), Undo.PUT_BACK,
    _fields(name=_LINE, name_key=_UNTOLD, rank=_UNTOLD, is_default=_FLAG, retired=_FLAG),
    called=("name",), register=True, setting="default_priority", derived=("version",),
)  # fmt: skip

VAT_RATE: Final = Described(
    "vat_rate", N_("VAT rate"), Undo.PUT_BACK,
    _fields(
        name=_LINE, name_key=_UNTOLD, percent=_PERCENT, before=_PERCENT, from_at=_DAY, is_default=_FLAG,
        position=_UNTOLD, retired=_FLAG,
    ),
    called=("name",), register=True, derived=("version",),
)  # fmt: skip

# -- when people work ----------------------------------------------------------------------------------------------

OPENING_HOURS: Final = Described(
    "opening_hours", N_("Opening hours"), Undo.PUT_BACK,
    _fields(employee=_REFERENCE, weekday=_NUMBER, opens=_CLOCK, closes=_CLOCK),
    hangs_on=("employee",), one_thing=True,
)  # fmt: skip

SPECIAL_DAY: Final = Described(
    "special_day", N_("Special day"), Undo.PUT_BACK, _fields(day=_LINE, name=_LINE, hours=_LINE),
    called=("day", "name"), derived=("version",),
)  # fmt: skip

ABSENCE: Final = Described(
    "absence", N_("Absence"), Undo.PUT_BACK,
    _fields(employee=_REFERENCE, from_at=_MOMENT, to_at=_MOMENT, reason=_LINE),
    called=("reason",), hangs_on=("employee",), derived=("version",),
)  # fmt: skip

MAY_DO: Final = Described(
    "may_do", N_("Type that somebody does"), Undo.PUT_BACK, _fields(employee=_REFERENCE, type=_REFERENCE),
    hangs_on=("employee", "type"),
)  # fmt: skip

# -- customers, devices, products ----------------------------------------------------------------------------------

CONTACT: Final = Described(
    "contact", N_("Contact"), Undo.PUT_BACK,
    _fields(
        number=_NUMBER, name=_LINE, name_key=_UNTOLD, is_company=_FLAG, is_customer=_FLAG, is_supplier=_FLAG,
        vat_number=_LINE, address=_TEXT, post_code=_LINE, city=_LINE, country=_LINE, phone=_LINE, mobile=_LINE,
        email=_LINE, note=_TEXT, external_key=_LINE, gln=_LINE, terms=_NUMBER, invoice_language=_CODE,
        buyer_reference=_LINE, claims=_CODE, claim_rate=_AMOUNT, claim_needs=_LINE, retired=_FLAG,
    ),
    called=("name",), number="number",
    words=(
        Words(
            "contact", number=_NAME, name=_NAME, city=_NAME, email=WordKind.EMAIL, phone=WordKind.PHONE,
            mobile=WordKind.PHONE, vat_number=WordKind.VAT,
        ),
        Words("contact", post_code=WordKind.TOWN, city=WordKind.TOWN),
        Words("activity", "activity.customer", name=_WORDS, number=_WORDS),
        Words("activity", "activity_link.contact", name=_WORDS),
    ),
    derived=("version",),
)  # fmt: skip

CONTACT_PERSON: Final = Described(
    "contact_person", N_("Contact person"), Undo.PUT_BACK,
    _fields(contact=_REFERENCE, name=_LINE, name_key=_UNTOLD, phone=_LINE, email=_LINE, retired=_FLAG),
    called=("name",), hangs_on=("contact",),
    words=(
        Words("contact", "contact_person.contact", name=_NAME, email=WordKind.EMAIL, phone=WordKind.PHONE),
        Words("activity", "activity_link.person", name=_WORDS),
    ),
    derived=("version",),
)  # fmt: skip

PRODUCT: Final = Described(
    "product", N_("Product"), Undo.PUT_BACK,
    _fields(
        code=_LINE, code_key=_UNTOLD, name=_LINE, name_key=_UNTOLD, ean=_LINE, kind=_CODE, unit=_LINE, price=_AMOUNT,
        cost=_AMOUNT, vat=_REFERENCE, vat_rate=_PERCENT,
        vat_category=_CODE, supplier=_REFERENCE, supplier_code=_LINE, product_group=_LINE,
        tracked=_FLAG, minimum=_QUANTITY, shelf=_LINE, retired=_FLAG,
    ),
    called=("name",),
    words=(
        Words(
            "product", code=WordKind.CODE, name=_WORDS, ean=_WORDS, supplier_code=_WORDS, product_group=_WORDS
        ),
    ),
    derived=("stock", "quarantine", "version"),
)  # fmt: skip

DEVICE: Final = Described(
    "device", N_("Device"), Undo.PUT_BACK,
    _fields(
        owner=_REFERENCE, brand=_LINE, model=_LINE, serial=_LINE, serial_key=_UNTOLD, name_key=_UNTOLD,
        accessories=_LINE, condition=_LINE, lock_code=FieldKind.SECRET, shelf=_LINE, warranty_parts_until=_DAY,
        warranty_labour_until=_DAY, note=_TEXT, retired=_FLAG,
    ),
    called=("brand", "model", "serial"),
    words=(
        Words(
            "device", brand=WordKind.BRAND, model=WordKind.BRAND, serial=WordKind.SERIAL, shelf=WordKind.SHELF,
            accessories=_WORDS, note=_WORDS,
        ),
        Words("contact", "device.owner", serial=WordKind.CODE),
        Words("activity", "activity.device", brand=_WORDS, model=_WORDS, serial=_WORDS),
    ),
    derived=("version",), keys=MappingProxyType({"words_key": ("brand", "model")}),
)  # fmt: skip

# -- jobs ----------------------------------------------------------------------------------------------------------

ACTIVITY: Final = Described(
    "activity", N_("Job"), Undo.PUT_BACK,
    _fields(
        number=_NUMBER, **{entry.name: entry.kind for entry in JOB_FIELDS}, done_at=_MOMENT, created_at=_MOMENT,
        created_by=_REFERENCE,
    ),
    called=("subject",), number="number",
    words=(
        Words("activity", number=_WORDS, **{entry.name: _WORDS for entry in JOB_FIELDS if entry.is_worded}),
    ),
    derived=(
        "version", "changed_at", "stage", "total", "status_since", "promised_set_at", "touched_at", "first_done_at",
        "turnaround", "late_at", "late_by", "work_left", "part_state", "parts_here", "parts_all", "parts_due",
        "waited", "hours", "billing",
    ),
    keys=MappingProxyType({"project_key": ("project",)}),
)  # fmt: skip

ACTIVITY_LINK: Final = Described(
    "activity_link", N_("Linked contact"), Undo.PUT_BACK,
    _fields(activity=_REFERENCE, contact=_REFERENCE, person=_REFERENCE, role=_CODE),
    hangs_on=("activity",), derived=("version",),
)  # fmt: skip

ACTIVITY_LINE: Final = Described(
    "activity_line", N_("Line"), Undo.PUT_BACK,
    _fields(
        activity=_REFERENCE, position=_UNTOLD, kind=_CODE, product=_REFERENCE, code=_LINE, text=_LINE, unit=_LINE,
        planned=_QUANTITY, used=_QUANTITY, price=_AMOUNT, discount=_PERCENT, payer=_CODE,
        reserved=_QUANTITY, came=_QUANTITY,
    ),
    called=("code", "text"), hangs_on=("activity",),
    words=(Words("activity", "activity_line.activity", code=_WORDS, text=_WORDS),),
    derived=("state", "version", "transferred"), keys=MappingProxyType({"words_key": ("code", "text")}),
)  # fmt: skip

ACTIVITY_NOTE: Final = Described(
    "activity_note", N_("Note"), Undo.PUT_BACK,
    _fields(activity=_REFERENCE, at=_MOMENT, author=_REFERENCE, text=_TEXT, stamped=_UNTOLD),
    called=("text",), hangs_on=("activity",), append_only=True,
    words=(Words("activity", "activity_note.activity", text=_WORDS),),
)  # fmt: skip

TIMER: Final = Described(
    "timer", N_("Timer"), Undo.PUT_BACK, _fields(activity=_REFERENCE, employee=_REFERENCE, started_at=_MOMENT),
    hangs_on=("activity", "employee"), append_only=True,
)  # fmt: skip

JOB_APPROVAL: Final = Described(
    "job_approval", N_("Customer's yes"), Undo.PUT_BACK,
    _fields(activity=_REFERENCE, at=_MOMENT, author=_REFERENCE, up_to=_AMOUNT, who=_LINE, way=_CODE),
    called=("who",), hangs_on=("activity",), append_only=True,
)  # fmt: skip

# -- what the program keeps by itself ------------------------------------------------------------------------------

COUNTER: Final = Described("counter", "", Undo.NEVER, _fields(name=_LINE, value=_NUMBER))

CHANGE_SET: Final = Described(
    "change_set", "", Undo.NEVER,
    _fields(
        operation_key=_LINE, act=_LINE, actor=_REFERENCE, at=_MOMENT, undoes=_NUMBER, rows=_NUMBER, part_of=_NUMBER
    ),
)  # fmt: skip

CHANGE: Final = Described(
    "change", "", Undo.NEVER,
    _fields(
        change_set=_REFERENCE, activity_id=_NUMBER, table=_LINE, row_id=_NUMBER, field=_LINE, old=_TEXT, new=_TEXT
    ),
)  # fmt: skip

JOB_SPAN: Final = Described(
    "job_span", "", Undo.NEVER,
    _fields(
        activity_id=_NUMBER, status_id=_NUMBER, stage=FieldKind.STAGE, responsible_id=_NUMBER, from_at=_MOMENT,
        to_at=_MOMENT, worked=_NUMBER,
    ),
)  # fmt: skip

RECKONING: Final = Described("reckoning", "", Undo.NEVER, _fields(rules=_NUMBER, reckoned=_NUMBER, reached=_NUMBER))

# ------------------------------------------------------------------------------------------------------------------

TABLES: Final[Mapping[str, Described]] = MappingProxyType(
    {
        found.name: found
        for found in (*globals().values(), *vars(order_tables).values(), *vars(paper_tables).values())
        if isinstance(found, Described)
    }
)
"""All of them by their name in the database."""

REGISTERS: Final = frozenset(table.name for table in TABLES.values() if table.register)
"""Tables that a session reads whole at its start."""

NAMED_IN_LISTS: Final = frozenset(
    table.name
    for table in TABLES.values()
    if table is not ACTIVITY
    and "activity" not in table.hangs_on
    and any(words.entry == "activity" for words in table.words)
)
"""Tables whose rows a job's row or preview names: those by whose words it is found, though they do not hang on it."""
