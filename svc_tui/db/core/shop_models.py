"""The tables of the shop: its data, its people, its registers, their settings and views; see `table.py`."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, SmallIntegerField, TextField

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
    reserve_at_save = BooleanField(default=True)
    cost_follows = BooleanField(default=True)
    intake_terms = TextField(default="")
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
    after_parts = BooleanField(default=False)
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


class VatRate(Table):
    """A percentage that products name. From `from_at` on it is `percent`, until then `before`; without them always
    `percent`."""

    name = TextField()
    name_key = TextField()
    percent = IntegerField()
    before = IntegerField(null=True)
    from_at = BigIntegerField(null=True)
    is_default = BooleanField(default=False)
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class Priority(Table):
    name = TextField()
    name_key = TextField()
    rank = IntegerField()
    is_default = BooleanField(default=False)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)
