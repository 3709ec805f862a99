"""The jobs that a contact is linked to, a device was in for, or a product is used in."""

from __future__ import annotations

from svc_tui.db.lists import entry_jobs as rows
from svc_tui.domain.entries import Register
from svc_tui.domain.records import ActivityRow
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session


def page(
    session: Session,
    register: Register,
    entry_id: int,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """At most `limit` jobs that follow `after`, or precede `before`, the newest first; both None: the newest."""
    session.require(Right.ACTIVITY_READ)
    return rows.jobs_of(session.store, register, entry_id, limit, after, before)


def last_page(session: Session, register: Register, entry_id: int, limit: int) -> list[ActivityRow]:
    """The oldest ones, in the same order."""
    session.require(Right.ACTIVITY_READ)
    return rows.last_jobs_of(session.store, register, entry_id, limit)


def count(session: Session, register: Register, entry_id: int) -> int:
    """How many there are; meant for the connection of long reads."""
    session.require(Right.ACTIVITY_READ)
    return rows.count_jobs(session.store, register, entry_id)
