"""Where jobs have been, and as of which rules their deadlines are; no start needs them."""

from __future__ import annotations

from peewee import SQL, BigIntegerField, Index, SmallIntegerField

from svc_tui.db.core.table import Table


class JobSpan(Table):
    """A job in one status with one person, undone acts left out; derived. `to_at` is empty while it lasts.

    `worked` are seconds of the shop's hours as they were when it ended. The ids point to rows that may be gone.
    """

    activity_id = BigIntegerField()
    status_id = BigIntegerField(null=True)
    stage = SmallIntegerField(default=0)
    responsible_id = BigIntegerField(null=True)
    from_at = BigIntegerField()
    to_at = BigIntegerField(null=True)
    worked = BigIntegerField(null=True)

    class Meta:
        indexes = ((("activity_id", "from_at"), False),)


JobSpan.add_index(
    Index(
        "job_span_open", JobSpan,
        (JobSpan.to_at, JobSpan.from_at, JobSpan.responsible_id, JobSpan.activity_id, JobSpan.status_id,
         JobSpan.worked),
        where=SQL("stage IN (0, 1, 2, 3)"),
    )
)  # fmt: skip


class Reckoning(Table):
    """One row: by which rules (hours, limits, pauses) deadlines are reckoned, and those that open jobs are as of.

    `rules` is another number whenever the rules change; `reckoned` is the number that all open jobs have been reckoned
    by, and `reached` the last job that is done on the way there.
    """

    rules = BigIntegerField(default=0)
    reckoned = BigIntegerField(default=0)
    reached = BigIntegerField(default=0)
