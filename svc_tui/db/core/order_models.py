"""The tables of service orders and of what is issued for them; no start needs them.

What was issued (`Document` and what hangs on it) is never changed or deleted: triggers refuse it.
"""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, Field, ForeignKeyField, IntegerField, TextField

from svc_tui.db.core.people_models import Contact
from svc_tui.db.core.shop_models import ActivityStatus, Employee
from svc_tui.db.core.table import Table


class Bytes(Field):
    """Bytes as they are. Peewee's own field asks the driver for a type, which ours need not have."""

    field_type = "BLOB"


class Billing(Table):
    """How the shop bills: one row. `smallest_coin` is what cash is rounded to; `payment_kind` says what the reference
    on an invoice is (`fik71`, `fik75`, `kid`, `ocr`); `dispatched_status` is proposed for jobs once they went out."""

    with_vat = BooleanField(default=False)
    issue_here = BooleanField(default=False)
    terms = IntegerField(default=8)
    terms_text = TextField(default="")
    bank = TextField(default="")
    account = TextField(default="")
    iban = TextField(default="")
    bic = TextField(default="")
    payment_kind = CharField(10, default="")
    giro = TextField(default="")
    mobile_payment = TextField(default="")
    smallest_coin = IntegerField(default=0)
    legal_line = TextField(default="")
    order_prefix = CharField(10, default="")
    invoice_prefix = CharField(10, default="")
    credit_prefix = CharField(10, default="")
    basis_prefix = CharField(10, default="")
    folder = TextField(default="")
    dispatched_status = ForeignKeyField(ActivityStatus, null=True)
    version = IntegerField(default=1)


class ServiceOrder(Table):
    """What one payer owes for lines of jobs, with copies of what the contact was called then.

    `payer` is customer or supplier; `claim` marks a claim on a supplier, who credits it. `progress` (see
    `domain/orders/progress.py`) and `amount` (what it comes to, with VAT) are derived.
    """

    number = BigIntegerField(unique=True)
    contact = ForeignKeyField(Contact)
    payer = CharField(10)
    claim = BooleanField(default=False)
    with_vat = BooleanField(default=False)
    currency = CharField(3)
    discount = IntegerField(default=0)
    name = TextField(default="")
    address = TextField(default="")
    post_code = TextField(default="")
    city = TextField(default="")
    country = TextField(default="")
    vat_number = TextField(default="")
    gln = TextField(default="")
    email = TextField(default="")
    reference = TextField(default="")
    terms = IntegerField(default=8)
    language = CharField(5, default="")
    note = TextField(default="")
    created_at = BigIntegerField()
    created_by = ForeignKeyField(Employee, null=True, index=False)
    cancelled_at = BigIntegerField(null=True)
    progress = CharField(10, default="")
    amount = BigIntegerField(default=0)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("progress", "id"), False),)


class OrderLine(Table):
    """A line of an order: so much of a line of a job (`of_line`, `of_job`), or one of its own.

    A line of kind `deposit` is what was asked for beforehand; it is no part of what the order comes to.

    `share` is its part of what the job's line comes to, `amount` what is billed: the same, but for a line whose price
    was changed on the order.
    """

    service_order = ForeignKeyField(ServiceOrder, on_delete="CASCADE")
    position = IntegerField()
    of_line = BigIntegerField(null=True, index=True)
    of_job = BigIntegerField(null=True, index=True)
    kind = CharField(10)
    code = TextField(default="")
    text = TextField(default="")
    unit = TextField(default="")
    quantity = BigIntegerField()
    price = BigIntegerField(default=0)
    discount = IntegerField(default=0)
    vat_rate = IntegerField(default=2500)
    vat_category = CharField(2, default="S")
    share = BigIntegerField(default=0)
    amount = BigIntegerField(default=0)
    outcome = CharField(10, default="")
    version = IntegerField(default=1)


class Dispatch(Table):
    """What went out of an order: picked up by somebody, or sent. One that was taken back keeps its number."""

    number = BigIntegerField(unique=True)
    service_order = ForeignKeyField(ServiceOrder)
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)
    way = CharField(10)
    receiver = TextField(default="")
    identity_seen = BooleanField(default=False)
    carrier = TextField(default="")
    tracking = TextField(default="")
    warned = TextField(default="")
    taken_back_at = BigIntegerField(null=True)
    reason = TextField(default="")
    version = IntegerField(default=1)


class DispatchLine(Table):
    """So much of a line of the order went out."""

    dispatch = ForeignKeyField(Dispatch, on_delete="CASCADE")
    order_line = ForeignKeyField(OrderLine)
    quantity = BigIntegerField()


class Handover(Table):
    """One file of what is to be billed, made for the bookkeeping program."""

    number = BigIntegerField(unique=True)
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)
    name = TextField()


class Document(Table):
    """An invoice, a credit note, or the basis of one that was handed over. Days are ISO; amounts are never below zero.

    `label` is its number as people see it.
    """

    kind = CharField(10)
    number = BigIntegerField()
    label = CharField(30)
    contact = ForeignKeyField(Contact)
    takes_back = ForeignKeyField("self", null=True)
    handover = ForeignKeyField(Handover, null=True)
    day = CharField(10)
    due = CharField(10, default="")
    currency = CharField(3)
    net = BigIntegerField()
    vat = BigIntegerField()
    gross = BigIntegerField()
    payable = BigIntegerField()
    reason = TextField(default="")
    goods = CharField(10, default="")
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)

    class Meta:
        indexes = ((("kind", "number"), True), (("kind", "day"), False))


class DocumentLine(Table):
    """So much of a line of an order, or (`takes_back`) of a line of what is taken back, or (`deducts`) of a deposit."""

    document = ForeignKeyField(Document, on_delete="CASCADE")
    position = IntegerField()
    order_line = ForeignKeyField(OrderLine)
    takes_back = ForeignKeyField("self", null=True)
    deducts = ForeignKeyField("self", null=True)
    quantity = BigIntegerField()
    amount = BigIntegerField()
    vat_rate = IntegerField()
    vat_category = CharField(2)


class DocumentFile(Table):
    """The bytes of a document, or of a file that was handed over, in one format."""

    document = ForeignKeyField(Document, null=True, on_delete="CASCADE")
    handover = ForeignKeyField(Handover, null=True, on_delete="CASCADE")
    format = CharField(10)
    media_type = CharField(60)
    sha256 = CharField(64)
    body = Bytes()


class DocumentNote(Table):
    """What became of a document: repaid (amount, day, way), or its number in the bookkeeping program. Only added."""

    document = ForeignKeyField(Document, on_delete="CASCADE")
    kind = CharField(12)
    day = CharField(10)
    amount = BigIntegerField(default=0)
    text = TextField(default="")
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)


class LoanDevice(Table):
    """A device that the shop lends while it has the customer's."""

    number = BigIntegerField(unique=True)
    name = TextField()
    serial = TextField(default="")
    condition = TextField(default="")
    note = TextField(default="")
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class Loan(Table):
    """A loan device out with a job; `back_at` is empty while it is."""

    loan_device = ForeignKeyField(LoanDevice)
    of_job = BigIntegerField(index=True)
    contact = ForeignKeyField(Contact, null=True)
    out_at = BigIntegerField()
    due_at = BigIntegerField(null=True)
    condition_out = TextField(default="")
    back_at = BigIntegerField(null=True)
    condition_back = TextField(default="")
    author = ForeignKeyField(Employee, null=True, index=False)
    version = IntegerField(default=1)
