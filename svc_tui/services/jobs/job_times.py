"""When a job starts, ends and is promised: what a typed day or time makes of what stands there.

What was left out keeps what stands in the field. Where nothing stands, a start without a time is at the shop's
opening, an end or a promise at its closing. An end is never put before its start that way, nor a promise of today
into what is already over: both are then the end of the day. That is no time anybody decided: the next day that is
typed for it is at the closing again.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from svc_tui.domain import clock
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.registers import CompanyRecord

END_OF_DAY: Final = time(23, 59)


def moment(
    typed: Typed, field: str, company: CompanyRecord, at: int, stands: int | None = None, start: int | None = None
) -> int:
    """The moment that is meant, in seconds UTC.

    Args:
        typed: What was typed.
        field: `start`, `end` or `promised`.
        company: Whose hours they are.
        at: The time of typing.
        stands: What stands in the field; None for nothing that anybody decided.
        start: The job's start.
    """
    standing = None if stands is None else clock.local(stands)
    day = typed.day or (standing.date() if standing else _day_of(field, at, start))
    earliest = start if field == "end" else at if field == "promised" else None
    if typed.clock is not None:
        return clock.seconds_of(datetime.combine(day, typed.clock), not_before=start if field == "end" else None)
    offered = [] if standing is None or _is_nobodys(standing.time(), field) else [standing.time()]
    offered += [time_of(company.opens)] if field == "start" else [time_of(company.closes), END_OF_DAY]
    for wall in offered:
        found = clock.seconds_of(datetime.combine(day, wall))
        if earliest is None or found >= earliest or clock.local(earliest).date() != day:
            break
    return found


def _is_nobodys(wall: time, field: str) -> bool:
    """Whether a time stands there only because the closing was over."""
    return field != "start" and wall == END_OF_DAY


def time_of(minutes: int) -> time:
    """A time of day from minutes after midnight; 24:00 is the last minute."""
    return time(*divmod(minutes, 60)) if minutes < 24 * 60 else END_OF_DAY


def _day_of(field: str, at: int, start: int | None) -> date:
    """The day of a time that stands alone: today; of an end or a promise not before the day of the start."""
    today = clock.local(at).date()
    if field == "start" or start is None:
        return today
    begins = clock.local(start).date()
    return begins if field == "end" else max(begins, today)
