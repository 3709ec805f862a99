"""Contacts, their persons, products and devices; see `table.py`."""

from __future__ import annotations

from peewee import SQL, BigIntegerField, BooleanField, CharField, ForeignKeyField, Index, IntegerField, TextField

from svc_tui.db.core.shop_models import VatRate
from svc_tui.db.core.table import Table


class Contact(Table):
    """A company or a person outside the shop; only the name is required."""

    number = BigIntegerField(unique=True)
    name = TextField()
    name_key = TextField(index=True)
    is_customer = BooleanField(default=True)
    is_supplier = BooleanField(default=False)
    is_company = BooleanField(default=False)
    vat_number = TextField(default="")
    address = TextField(default="")
    post_code = TextField(default="")
    city = TextField(default="")
    country = TextField(default="")
    phone = TextField(default="")
    mobile = TextField(default="")
    email = TextField(default="")
    note = TextField(default="")
    external_key = TextField(null=True, index=True)
    gln = CharField(13, default="")
    terms = IntegerField(null=True)
    invoice_language = CharField(5, default="")
    buyer_reference = TextField(default="")
    claims = CharField(10, default="")
    claim_rate = BigIntegerField(null=True)
    claim_needs = TextField(default="")
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class ContactPerson(Table):
    contact = ForeignKeyField(Contact, on_delete="CASCADE")
    name = TextField()
    name_key = TextField()
    phone = TextField(default="")
    email = TextField(default="")
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class Product(Table):
    """Article, part, resource or hours (`kind`); `code` is unique, `code_key` is what it is found by when typed.
    `vat_rate` is its own percentage, for as long as it names none of the register (`vat`).

    Of one that is `tracked` pieces are counted: `stock` (here and good) and `quarantine` (to go back) are the sums of
    the ledger, and derived.
    """

    code = TextField(unique=True)
    code_key = TextField()
    name = TextField()
    name_key = TextField(index=True)
    ean = TextField(default="", index=True)
    kind = CharField(10, default="part")
    unit = TextField(default="")
    price = BigIntegerField(default=0)
    cost = BigIntegerField(default=0)
    vat = ForeignKeyField(VatRate, null=True)
    vat_rate = IntegerField(default=2500)
    vat_category = CharField(2, default="S")
    supplier = ForeignKeyField(Contact, null=True)
    supplier_code = TextField(default="")
    product_group = TextField(default="")
    tracked = BooleanField(default=False)
    stock = BigIntegerField(default=0)
    quarantine = BigIntegerField(default=0)
    minimum = BigIntegerField(default=0)
    shelf = TextField(default="")
    retired = BooleanField(default=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("code_key", "id"), False),)


Product.add_index(
    Index(
        "product_of_hours", Product, (Product.kind, Product.code_key, Product.id), where=SQL("kind = 'hours'")
    )
)  # fmt: skip


class Device(Table):
    """The thing that is in for service; independent of stock."""

    owner = ForeignKeyField(Contact, null=True, index=False)
    brand = TextField(default="")
    model = TextField(default="")
    serial = TextField(default="")
    serial_key = TextField(default="")
    name_key = TextField(default="")
    words_key = TextField(default="")
    accessories = TextField(default="")
    condition = TextField(default="")
    lock_code = TextField(default="")
    shelf = TextField(default="")
    note = TextField(default="")
    warranty_parts_until = BigIntegerField(null=True)
    warranty_labour_until = BigIntegerField(null=True)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("name_key", "brand", "model"), False),
            (("words_key", "id"), False),
            (("serial_key", "id"), False),
            (("owner", "id"), False),
        )


# Their expressions are in the migrations 0002, 0006 and 0012 and in `ordering`.
Contact.add_index(Index("contact_by_name", Contact, (SQL("name"), Contact.id)))
Contact.add_index(Index("contact_by_city", Contact, (SQL("city"), Contact.id)))
Product.add_index(Index("product_by_name", Product, (SQL("name"), Product.id)))
# What few entries are: a list that is asked for it would be walked in vain.
for _table, _name, _few in (
    (Contact, "contact_suppliers", "is_supplier"),
    (Contact, "contact_no_customers", "NOT is_customer"),
    (Contact, "contact_companies", "is_company"),
    (Contact, "contact_retired", "retired"),
    (Device, "device_retired", "retired"),
    (Product, "product_retired", "retired"),
):
    _table.add_index(Index(_name, _table, (_table.id,), where=SQL(_few)))
