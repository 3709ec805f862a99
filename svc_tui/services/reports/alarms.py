"""What somebody must hear of his own jobs: what becomes late or became it, and what somebody handed to him."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from svc_tui.db.reports import alarms as rows
from svc_tui.db.reports.alarms import DueJob, GivenJob
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.planning import opening

SOON: Final = 3_600
"""A job is told so many seconds before it becomes late."""
LOOKED_BACK: Final = 8 * 3_600
"""Hours of his own for which somebody who signs in is told what was handed to him."""
_MOST: Final = 30 * 86_400


class Alarms(NamedTuple):
    """What there is to hear."""

    late: tuple[DueJob, ...] = ()
    """What is late already, the longest first."""
    soon: tuple[DueJob, ...] = ()
    """What becomes late within the hour."""
    given: tuple[GivenJob, ...] = ()
    """What was handed to him, the first coming first."""
    next_at: int | None = None
    """When there may be more to hear, if nothing changes meanwhile."""
    in_hours: bool = True
    """Whether he works now."""

    def without(self, told: Collection[tuple[str, int, int]]) -> Alarms:
        """What is left when some was told already."""
        return self._replace(
            late=tuple(job for job in self.late if ("late", job.id, job.late_at) not in told),
            soon=tuple(job for job in self.soon if ("soon", job.id, job.late_at) not in told),
            given=tuple(job for job in self.given if ("given", job.id, job.at) not in told),
        )

    @property
    def names(self) -> frozenset[tuple[str, int, int]]:
        """What tells each of them from every other."""
        return frozenset((
            *(("late", job.id, job.late_at) for job in self.late),
            *(("soon", job.id, job.late_at) for job in self.soon),
            *(("given", job.id, job.at) for job in self.given),
        ))  # fmt: skip

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hear."""
        return not (self.late or self.soon or self.given)


def begins(session: Session) -> int:
    """From when on somebody who signs in now is told what was handed to him: his last eight hours of work."""
    now = session.seconds()
    who = session.employee.id if session.employee is not None else 0
    calendars = opening.calendars(session)
    since = calendars.people.get(who, calendars.shop).add(now, -LOOKED_BACK)
    return max(since if since is not None else now - _MOST, now - _MOST)


def alarms(session: Session, since: int) -> Alarms:
    """What there is to hear now.

    Args:
        session: Whose jobs.
        since: From when on what was handed to him counts, seconds UTC.
    """
    if session.employee is None:
        return Alarms()
    session.require(Right.ACTIVITY_READ)
    now, who = session.seconds(), session.employee.id
    due = rows.due_jobs(session.store, who, now + SOON)
    line = opening.calendars(session).people.get(who)
    later = rows.next_due(session.store, who, now + SOON)
    nexts = [job.late_at + 1 for job in due if job.late_at >= now] + ([later - SOON + 1] if later is not None else [])
    return Alarms(
        tuple(job for job in due if job.late_at < now), tuple(job for job in due if job.late_at >= now),
        tuple(rows.given_jobs(session.store, who, since)), min(nexts, default=None),
        line is None or line.is_working(now),
    )  # fmt: skip
