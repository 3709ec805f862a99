"""What of others' commits concerns an open job, who made it, and what differs then."""

from __future__ import annotations

from svc_tui.domain.errors import NotAllowed
from svc_tui.domain.labels import FIELD_LABELS, TAB_LABELS
from svc_tui.domain.news import News
from svc_tui.i18n import _
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.jobs.activities import HEADER, Sheet


def concerns(job: Sheet, news: News) -> bool:
    """Whether the job itself changed, or what its sheet names."""
    return news.restored or news.registers or news.names or (job.id is not None and job.id in news.activities)


def changed_by(session: Session, job: Sheet, news: News) -> int | None:
    """Who changed the job last; called on the database thread."""
    activity_id = job.id or 0
    if activity_id in news.by:
        return news.by[activity_id]
    try:
        return next((row.actor_id for row in history.of_activity(session, activity_id, limit=1)), None)
    except NotAllowed:
        return None


def differing(before: Sheet, now: Sheet) -> list[str]:
    """What differs, as the sheet calls it."""
    found = [_(FIELD_LABELS[name]) for name in HEADER if before.values[name] != now.values[name]]
    for tab, old, new in (
        ("note", before.notes, now.notes),
        ("contacts", before.links, now.links),
        ("product", before.lines, now.lines),
    ):
        if old != new:
            found.append(_(TAB_LABELS[tab]))
    return found
