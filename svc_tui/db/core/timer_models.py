"""The table of running timers; no start needs it to show the first list."""

from __future__ import annotations

from peewee import BigIntegerField, ForeignKeyField

from svc_tui.db.core.job_models import Activity
from svc_tui.db.core.shop_models import Employee
from svc_tui.db.core.table import Table


class Timer(Table):
    """A timer that runs: who works on which job since when. Nobody has two, and one that was stopped has no row."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    employee = ForeignKeyField(Employee, unique=True, on_delete="CASCADE")
    started_at = BigIntegerField()
