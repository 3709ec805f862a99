"""The tables. Models are never bound to a database: `Store` runs their queries (see engine.py).

Conventions: ids are 64 bit and never shown; times are whole seconds since 1970 UTC; money is whole minor
units; quantities are thousandths; percentages are hundredths of a percent; `*_key` columns hold the search
key of the column they are named after (domain/text.py). Editable tables carry `version`, raised by every
change. What is derived says so.
"""

from __future__ import annotations

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    Index,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from svc_tui.db.core.table import Table


class Counter(Table):
    """The running numbers people see: one row a series, raised in the transaction that uses the number."""

    name = CharField(40, unique=True)
    value = BigIntegerField()


class Company(Table):
    """The shop: one row. `opens` and `closes` are minutes after midnight."""

    name = TextField()
    address = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    vat_number = TextField(default="")
    country_code = CharField(4, default="45")
    currency = CharField(3, default="DKK")
    default_duration = IntegerField(default=60)
    done_end_rule = CharField(10, default="never")
    user_field1_name = TextField(default="")
    user_field2_name = TextField(default="")
    time_zone = CharField(60, default="UTC")
    language = CharField(5, default="en")
    opens = SmallIntegerField(default=540)
    closes = SmallIntegerField(default=1020)
    repair_warranty_days = IntegerField(default=90)
    version = IntegerField(default=1)


class Employee(Table):
    """Somebody who works here. `login` is the system user that means this person."""

    initials = CharField(8, unique=True)
    name = TextField()
    name_key = TextField()
    role = CharField(20)
    login = CharField(64, null=True, unique=True)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class UserSetting(Table):
    """One setting of one employee; the value is JSON."""

    employee = ForeignKeyField(Employee, on_delete="CASCADE")
    name = CharField(60)
    value = TextField()

    class Meta:
        indexes = ((("employee", "name"), True),)


class SavedView(Table):
    """A filter line with a name. `language` is the one it was written in; an empty `list_code` is every list."""

    owner = ForeignKeyField(Employee, on_delete="CASCADE")
    name = TextField()
    name_key = TextField()
    shared = BooleanField(default=False, index=True)
    list_code = CharField(40, default="")
    text = TextField(default="")
    language = CharField(5)
    column = CharField(20, column_name="order_column")
    descending = BooleanField(default=False)
    key = CharField(1, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("owner", "name_key"), True),)


class ActivityList(Table):
    code = CharField(40, unique=True)
    name = TextField()
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class ActivityStatus(Table):
    """`stage` is a `domain.records.Stage`; `done_key` marks the one that the Done key sets; `longest` are the minutes
    that a job should have it at most; `waits_for` is nothing, parts, customer or supplier; in one that `pauses`, time
    does not count towards what was promised."""

    name = TextField()
    name_key = TextField()
    stage = SmallIntegerField()
    done_key = BooleanField(default=False)
    waits_for = CharField(10, default="")
    pauses = BooleanField(default=False)
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    longest = IntegerField(null=True)
    version = IntegerField(default=1)


class ActivityType(Table):
    name = TextField()
    name_key = TextField()
    default_status = ForeignKeyField(ActivityStatus, null=True)
    default_responsible = ForeignKeyField(Employee, null=True)
    default_duration = IntegerField(null=True)
    responsible_required = BooleanField(default=False)
    customer_required = BooleanField(default=False)
    default_payer = CharField(10, default="customer")
    colour = CharField(20, default="")
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class TypeList(Table):
    """A type is flagged for a list."""

    type = ForeignKeyField(ActivityType, on_delete="CASCADE")
    list = ForeignKeyField(ActivityList, on_delete="CASCADE")

    class Meta:
        indexes = ((("type", "list"), True),)


class StatusList(Table):
    """A status is flagged for a list."""

    status = ForeignKeyField(ActivityStatus, on_delete="CASCADE")
    list = ForeignKeyField(ActivityList, on_delete="CASCADE")

    class Meta:
        indexes = ((("status", "list"), True),)


class Priority(Table):
    name = TextField()
    name_key = TextField()
    rank = IntegerField()
    is_default = BooleanField(default=False)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


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
    """Article, part, resource or hours (`kind`); `code` is unique, `code_key` is what it is found by when typed."""

    code = TextField(unique=True)
    code_key = TextField()
    name = TextField()
    name_key = TextField(index=True)
    ean = TextField(default="", index=True)
    kind = CharField(10, default="part")
    unit = TextField(default="")
    price = BigIntegerField(default=0)
    cost = BigIntegerField(default=0)
    vat_rate = IntegerField(default=2500)
    supplier = ForeignKeyField(Contact, null=True)
    supplier_code = TextField(default="")
    product_group = TextField(default="")
    stock = BigIntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("code_key", "id"), False),)


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


_FILTERED_BY = ("type", "status", "responsible", "priority")
_SORTED_BY = ("number", "end_at", "promised_at", "changed_at")


def _wide(*key: str, also: tuple[str, ...] = ()) -> tuple[tuple[str, ...], bool]:
    """An index that also holds what filters ask for."""
    return (*key, *(name for name in _FILTERED_BY if name not in key), *also), False


class Activity(Table):
    """One service job or case. `stage` (of the status), `total` (of the lines) are derived."""

    number = BigIntegerField(unique=True)
    subject = TextField(default="")
    start_at = BigIntegerField()
    end_at = BigIntegerField(null=True)
    promised_at = BigIntegerField(null=True)
    done_at = BigIntegerField(null=True)
    type = ForeignKeyField(ActivityType, null=True, index=False)
    status = ForeignKeyField(ActivityStatus, null=True, index=False)
    stage = SmallIntegerField(default=0)
    priority = ForeignKeyField(Priority, null=True, index=False)
    responsible = ForeignKeyField(Employee, null=True, index=False)
    customer = ForeignKeyField(Contact, null=True, index=False)
    device = ForeignKeyField(Device, null=True, index=False)
    project = TextField(default="")
    project_key = TextField(default="")
    fault_told = TextField(default="")
    fault_found = TextField(default="")
    user_field1 = TextField(default="")
    user_field2 = TextField(default="")
    in_task_list = BooleanField(default=False)
    total = BigIntegerField(default=0)
    created_at = BigIntegerField()
    created_by = ForeignKeyField(Employee, null=True, index=False)
    changed_at = BigIntegerField()
    version = IntegerField(default=1)

    class Meta:
        # Pages are read by key, never by offset: an index for every order, and one for every standing filter in the
        # order of the start. They carry what filters ask for, those of start and status also what is sorted by.
        indexes = (
            _wide("start_at", "id", also=_SORTED_BY),
            _wide("status", "start_at", "id", also=_SORTED_BY),
            _wide("type", "start_at", "id"),
            _wide("responsible", "start_at", "id"),
            _wide("responsible", "status", "start_at", "id"),
            _wide("priority", "start_at", "id"),
            _wide("customer", "start_at", "id"),
            _wide("promised_at", "id", also=("start_at",)),
            _wide("changed_at", "id", also=("start_at",)),
            (("device", "start_at", "id"), False),
            (("created_by", "start_at", "id"), False),
            (("created_at", "id"), False),
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
Activity.add_index(Index("activity_by_project", Activity, (Activity.project_key,), where=SQL("project_key <> ''")))
Activity.add_index(
    Index(
        "activity_open", Activity,
        (Activity.responsible, Activity.promised_at, Activity.id, Activity.stage, Activity.status, Activity.type,
         Activity.priority, Activity.created_at, Activity.start_at, Activity.end_at),
        where=SQL("stage IN (1, 2, 3)"),
    )
)  # fmt: skip
for _name in ("activity_by_subject", "activity_by_end"):
    Activity.add_index(Index(_name, Activity, (SQL(_name.removeprefix("activity_by_")), Activity.id)))


class ActivityLink(Table):
    """An activity and a contact (and person) with a role: customer, supplier, payer, other."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    contact = ForeignKeyField(Contact)
    person = ForeignKeyField(ContactPerson, null=True)
    role = CharField(10)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("activity", "contact", "role"), True), (("contact", "activity"), False))


class ActivityLine(Table):
    """A row of the Product tab. `order_id` is the service order it went to; such a line is locked."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    position = IntegerField()
    kind = CharField(10)
    product = ForeignKeyField(Product, null=True)
    code = TextField(default="")
    text = TextField(default="")
    unit = TextField(default="")
    planned = BigIntegerField(default=1000)
    used = BigIntegerField(null=True)
    price = BigIntegerField(default=0)
    discount = IntegerField(default=0)
    payer = CharField(10, default="customer")
    state = CharField(10, default="")
    order_id = BigIntegerField(null=True)
    words_key = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("product", "activity"), False),)


class ActivityNote(Table):
    """An entry of the note: rows are added, never changed, so that two people cannot overwrite each other."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)
    text = TextField()
    stamped = BooleanField(default=True)


class ChangeSet(Table):
    """Everything one act changed. Append-only: triggers refuse update and delete.

    An import writes several; all but its first are `part_of` that.
    """

    operation_key = CharField(36, unique=True)
    act = CharField(40)
    actor = ForeignKeyField(Employee, null=True, index=False)
    at = BigIntegerField(index=True)
    undoes = BigIntegerField(null=True, index=True)
    rows = IntegerField(default=0)
    part_of = BigIntegerField(null=True, index=True)

    class Meta:
        indexes = ((("actor", "id"), False),)


class Change(Table):
    """One changed field of one row: `field` is empty for a whole row created (`new`) or deleted (`old`)."""

    change_set = ForeignKeyField(ChangeSet)
    activity_id = BigIntegerField(null=True)
    table = CharField(30, column_name="table_name")
    row_id = BigIntegerField()
    field = CharField(40, default="")
    old = TextField(null=True)
    new = TextField(null=True)

    class Meta:
        indexes = (
            (("activity_id", "change_set"), False),
            (("table", "row_id"), False),
        )
