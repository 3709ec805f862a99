"""The first schema. Frozen: later changes are migrations of their own."""

from __future__ import annotations

from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    Model,
    NodeList,
    SmallIntegerField,
    SqliteDatabase,
    TextField,
)


class RowId(BigAutoField):
    def ddl(self, ctx: Any) -> Any:
        definition = super().ddl(ctx)
        on_sqlite = isinstance(self.model._meta.database, SqliteDatabase)
        return NodeList((definition, SQL("AUTOINCREMENT"))) if on_sqlite else definition


class Table(Model):
    id = RowId()

    class Meta:
        legacy_table_names = False


class Counter(Table):
    name = CharField(40, unique=True)
    value = BigIntegerField()


class Company(Table):
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
    version = IntegerField(default=1)


class Employee(Table):
    initials = CharField(8, unique=True)
    name = TextField()
    name_key = TextField()
    role = CharField(20)
    login = CharField(64, null=True, unique=True)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class UserSetting(Table):
    employee = ForeignKeyField(Employee, on_delete="CASCADE")
    name = CharField(60)
    value = TextField()

    class Meta:
        indexes = ((("employee", "name"), True),)


class ActivityList(Table):
    code = CharField(40, unique=True)
    name = TextField()
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class ActivityStatus(Table):
    name = TextField()
    name_key = TextField()
    stage = SmallIntegerField()
    done_key = BooleanField(default=False)
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class ActivityType(Table):
    name = TextField()
    name_key = TextField()
    default_status = ForeignKeyField(ActivityStatus, null=True)
    default_responsible = ForeignKeyField(Employee, null=True)
    default_duration = IntegerField(null=True)
    responsible_required = BooleanField(default=False)
    customer_required = BooleanField(default=False)
    colour = CharField(20, default="")
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class TypeList(Table):
    type = ForeignKeyField(ActivityType, on_delete="CASCADE")
    list = ForeignKeyField(ActivityList, on_delete="CASCADE")

    class Meta:
        indexes = ((("type", "list"), True),)


class StatusList(Table):
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
    code = TextField()
    code_key = TextField(unique=True)
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


class Device(Table):
    owner = ForeignKeyField(Contact, null=True)
    brand = TextField(default="")
    model = TextField(default="")
    serial = TextField(default="")
    serial_key = TextField(default="", index=True)
    name_key = TextField(default="")
    note = TextField(default="")
    warranty_parts_until = BigIntegerField(null=True)
    warranty_labour_until = BigIntegerField(null=True)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)


class Activity(Table):
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
        indexes = (
            (("start_at", "id"), False),
            (("type", "start_at", "id"), False),
            (("status", "start_at", "id"), False),
            (("stage", "start_at", "id"), False),
            (("responsible", "start_at", "id"), False),
            (("responsible", "status", "start_at", "id"), False),
            (("customer", "start_at", "id"), False),
            (("device", "start_at", "id"), False),
            (("priority", "start_at", "id"), False),
        )


class ActivityLink(Table):
    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    contact = ForeignKeyField(Contact)
    person = ForeignKeyField(ContactPerson, null=True)
    role = CharField(10)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("activity", "contact", "role"), True),)


class ActivityLine(Table):
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
    version = IntegerField(default=1)


class ActivityNote(Table):
    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)
    text = TextField()
    stamped = BooleanField(default=True)


class ChangeSet(Table):
    operation_key = CharField(36, unique=True)
    act = CharField(40)
    actor = ForeignKeyField(Employee, null=True, index=False)
    at = BigIntegerField(index=True)
    undoes = BigIntegerField(null=True, index=True)
    rows = IntegerField(default=0)


class Change(Table):
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


MODELS: tuple[type[Table], ...] = (
    Counter, Company, Employee, UserSetting, ActivityList, ActivityStatus, ActivityType, TypeList, StatusList,
    Priority, Contact, ContactPerson, Product, Device, Activity, ActivityLink, ActivityLine, ActivityNote,
    ChangeSet, Change,
)  # fmt: skip


SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE {name} USING fts5(body, content='', contentless_delete=1, detail=none, "
    "prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
    # Merging while saving makes every 64th save wait 20 to 200 ms; it is done when nobody types (search.tidy).
    "INSERT INTO {name}({name}, rank) VALUES('automerge', 0)",
    "INSERT INTO {name}({name}, rank) VALUES('crisismerge', 1000)",
    "INSERT INTO {name}({name}, rank) VALUES('secure-delete', 1)",
)
POSTGRESQL_SEARCH = (
    "CREATE TABLE {name} (rowid bigint PRIMARY KEY, body tsvector NOT NULL)",
    "CREATE INDEX {name}_body ON {name} USING gin (body)",
)
SQLITE_APPEND_ONLY = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
)
POSTGRESQL_APPEND_ONLY = (
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION svc_append_only()",
)
POSTGRESQL_REFUSE = (
    "CREATE FUNCTION svc_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the history is append-only'; END $$"
)
# Compared by code point, so that a prefix is a range of the index whatever language the server was set up in.
KEY_COLUMNS = (
    ("contact", "name_key"),
    ("product", "code_key"),
    ("product", "name_key"),
    ("device", "serial_key"),
)


def up(migrator: Any, db: Any) -> None:
    sqlite = type(migrator).__name__.startswith("Sqlite")
    with db.bind_ctx(MODELS):
        db.create_tables(MODELS)
    for name in ("activity_search", "contact_search", "product_search"):
        for statement in SQLITE_SEARCH if sqlite else POSTGRESQL_SEARCH:
            db.execute_sql(statement.format(name=name))
    if not sqlite:
        db.execute_sql(POSTGRESQL_REFUSE)
        for table, column in KEY_COLUMNS:
            db.execute_sql(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE "C"')
    for table in ("change_set", "change"):
        for statement in SQLITE_APPEND_ONLY if sqlite else POSTGRESQL_APPEND_ONLY:
            db.execute_sql(statement.format(table=table))
