"""Whether a job is late or due today, and why: the sign before its time, and what its sheet tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final, NamedTuple

from svc_tui.domain.records import LateBy
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.jobs.activities import Sheet

LATE: Final = "!"
TODAY: Final = "'"


class Due(NamedTuple):
    """The deadline of a job that is late or due today."""

    at: int
    is_late: bool
    by: LateBy
    promised_at: int | None
    moved: int
    """Seconds of the shop's hours by which time in statuses that pause has moved the promise."""
    status: int | None
    longest: int
    """Of a status: the most seconds of the shop's hours in it."""
    since: int
    """Since when the job has its status."""


def signs(session: Session) -> Callable[[int | None], str]:
    """The sign of a deadline, as the clock stands when it is asked: late, due today, or neither."""
    day = (0, 0)

    def sign(late_at: int | None) -> str:
        nonlocal day
        if late_at is None:
            return ""
        now = session.seconds()
        if late_at < now:
            return LATE
        if not day[0] <= now < day[1]:
            begins = session.now().replace(hour=0, minute=0, second=0, microsecond=0)
            day = (to_seconds(begins), to_seconds(begins + timedelta(days=1)))
        return TODAY if late_at < day[1] else ""

    return sign


def told(session: Session, job: Sheet) -> Due | None:
    """What a job's sheet says of its deadline; None for one that is not late and not due today."""
    sign = signs(session)(job.late_at)
    if not sign or job.late_at is None:
        return None
    promised, status = job.values.get("promised_at"), job.values.get("status")
    promised_at = int(promised) if isinstance(promised, int) else None
    entry = session.registers.status(status if isinstance(status, int) else None)
    longest = (entry.longest or 0) * 60 if entry is not None else 0
    return Due(
        job.late_at, sign == LATE, job.late_by, promised_at, _moved(session, job.late_at, promised_at),
        entry.id if entry is not None else None, longest, job.status_since,
    )  # fmt: skip


def _moved(session: Session, late_at: int, promised_at: int | None) -> int:
    if promised_at is None or late_at <= promised_at:
        return 0
    from svc_tui.services.planning import opening  # a promise that was not moved needs no hours

    return opening.calendars(session).shop.between(promised_at, late_at)
