"""What happened to a job: its change sets, told as one line a field."""

from __future__ import annotations

from svc_tui.db.models import Change, ChangeSet
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.rights import Right
from svc_tui.services.session import Session


def of_activity(session: Session, activity_id: int, limit: int = 500) -> list[HistoryRow]:
    """Changes of a job and of what hangs on it, the newest first. Index: (activity_id, change_set_id)."""
    session.require(Right.HISTORY_READ)
    query = (
        Change.select(
            ChangeSet.id, ChangeSet.act, ChangeSet.at, ChangeSet.actor, Change.table, Change.row_id,
            Change.field, Change.old, Change.new,
        )
        .join(ChangeSet)
        .where(Change.activity_id == activity_id)
        .order_by(Change.change_set.desc(), Change.id)
        .limit(limit)
    )  # fmt: skip
    return [HistoryRow(*row) for row in session.store.rows(query)]
