"""The history: every act, and every field that it changed; see `table.py`."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from svc_tui.db.core.shop_models import Employee
from svc_tui.db.core.table import Table


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
