"""The tables of parts, beside those of jobs and products: orders to suppliers, claims on them, the ledger, returns.

What these quantities mean, and what always holds of them, stands in `domain/stock/supply.py`.
"""

from __future__ import annotations

from peewee import SQL, BigIntegerField, CharField, ForeignKeyField, Index, TextField
from peewee import IntegerField as Whole

from svc_tui.db.core.job_models import Activity, ActivityLine
from svc_tui.db.core.people_models import Contact, Product
from svc_tui.db.core.shop_models import Employee
from svc_tui.db.core.table import Table


class Purchase(Table):
    """An order to a supplier; without one the supplier is not known. It is sent once `sent_at` is told."""

    number = BigIntegerField(unique=True)
    supplier = ForeignKeyField(Contact, null=True)
    sent_at = BigIntegerField(null=True)
    expected_at = BigIntegerField(null=True)
    reference = TextField(default="")
    tracking = TextField(default="")
    note = TextField(default="")
    created_at = BigIntegerField()
    created_by = ForeignKeyField(Employee, null=True, index=False)
    version = Whole(default=1)


class PurchaseLine(Table):
    """A row of an order to a supplier. `expected_at` is told where it differs from the order's; `outstanding` (of
    ordered, received, cancelled) is derived."""

    purchase = ForeignKeyField(Purchase, on_delete="CASCADE")
    product = ForeignKeyField(Product, null=True)
    code = TextField(default="")
    text = TextField(default="")
    unit = TextField(default="")
    ordered = BigIntegerField(default=0)
    received = BigIntegerField(default=0)
    cancelled = BigIntegerField(default=0)
    outstanding = BigIntegerField(default=0)
    cost = BigIntegerField(default=0)
    expected_at = BigIntegerField(null=True)
    version = Whole(default=1)


PurchaseLine.add_index(
    Index("purchase_line_open", PurchaseLine, (PurchaseLine.product, PurchaseLine.id), where=SQL("outstanding > 0"))
)


class PartClaim(Table):
    """So much of what a supplier's line brings is for a job's line."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    line = ForeignKeyField(ActivityLine, on_delete="CASCADE", index=False)
    purchase_line = ForeignKeyField(PurchaseLine)
    quantity = BigIntegerField()

    class Meta:
        indexes = ((("line", "purchase_line"), True),)


class StockMove(Table):
    """Pieces that came or went: append-only, triggers refuse update and delete. An undo is a row with the opposite.

    What it is about is told by numbers and no references: the ledger stays when a job or a product goes.
    """

    of_product = BigIntegerField()
    kind = CharField(10)
    quantity = BigIntegerField()
    quarantine = BigIntegerField(default=0)
    of_line = BigIntegerField(null=True)
    of_purchase = BigIntegerField(null=True)
    at = BigIntegerField()

    class Meta:
        indexes = ((("of_product", "quantity", "quarantine"), False), (("of_line",), False))


class SupplierReturn(Table):
    """Pieces that go back to a supplier, or went: `state` is proposed, sent, credited, replaced or refused."""

    number = BigIntegerField(null=True, index=True)
    supplier = ForeignKeyField(Contact, null=True)
    product = ForeignKeyField(Product, null=True)
    code = TextField(default="")
    text = TextField(default="")
    quantity = BigIntegerField()
    reason = CharField(10)
    state = CharField(10, default="proposed")
    serial = TextField(default="")
    cost = BigIntegerField(default=0)
    credit = BigIntegerField(default=0)
    note = TextField(default="")
    of_line = BigIntegerField(null=True)
    of_purchase = BigIntegerField(null=True)
    sent_at = BigIntegerField(null=True)
    closed_at = BigIntegerField(null=True)
    created_at = BigIntegerField()
    created_by = ForeignKeyField(Employee, null=True, index=False)
    version = Whole(default=1)


SupplierReturn.add_index(
    Index("supplier_return_open", SupplierReturn, (SupplierReturn.supplier, SupplierReturn.id),
          where=SQL("closed_at IS NULL"))
)  # fmt: skip
