"""The tables of the shop's hours; no start needs them."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, SmallIntegerField, TextField

from svc_tui.db.core.shop_models import ActivityType, Employee
from svc_tui.db.core.table import Table


class OpeningHours(Table):
    """One span of the week: of the shop, or of an employee with a week of his own. Minutes of the clock on the wall."""

    employee = ForeignKeyField(Employee, null=True, on_delete="CASCADE")
    weekday = SmallIntegerField()
    opens = SmallIntegerField()
    closes = SmallIntegerField()


class SpecialDay(Table):
    """A day with hours of its own (`08:00-12:00`), or none: a holiday."""

    day = CharField(10, unique=True)
    name = TextField(default="")
    hours = TextField(default="")
    version = IntegerField(default=1)


class Absence(Table):
    """When an employee is away."""

    employee = ForeignKeyField(Employee, on_delete="CASCADE")
    from_at = BigIntegerField()
    to_at = BigIntegerField()
    reason = TextField(default="")
    version = IntegerField(default=1)


class MayDo(Table):
    """An employee may be given jobs of a type. Who has no row is given what he did before."""

    employee = ForeignKeyField(Employee, on_delete="CASCADE")
    type = ForeignKeyField(ActivityType, on_delete="CASCADE")

    class Meta:
        indexes = ((("employee", "type"), True),)
