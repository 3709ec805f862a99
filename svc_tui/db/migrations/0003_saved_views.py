"""Saved views; jobs found by who registered them, and when."""

from __future__ import annotations

from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    Model,
    NodeList,
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


class Employee(Table):
    pass


class SavedView(Table):
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


INDEXES = (
    "CREATE INDEX activity_created_by_id_start_at_id ON activity (created_by_id, start_at, id)",
    "CREATE INDEX activity_created_at_id ON activity (created_at, id)",
)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([SavedView, Employee]):
        db.create_tables([SavedView])
    for statement in INDEXES:
        db.execute_sql(statement)
