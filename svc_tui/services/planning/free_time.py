"""The next free time of somebody: within his hours, beside his appointments."""

from __future__ import annotations

from svc_tui.db.planning.busy import appointments
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.planning.free_time import next_free as find
from svc_tui.domain.planning.hours import Moments
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.planning import opening

NO_TIME = N_("No such time is free in the two years for which hours are known; choose somebody else or a shorter end.")


def next_free(
    session: Session, responsible: int | None, seconds: int, after: int | None = None, but: int | None = None
) -> Moments:
    """When so much work can begin next, and when it ends then.

    Args:
        session: Who asks.
        responsible: Who is to do it; None for nobody yet: when the shop is open.
        seconds: How long it takes.
        after: It begins later than this moment; None for now or later.
        but: The job it is asked for, which is not in its own way.

    Raises:
        Invalid: when there is none.
        NotAllowed: when this role may not.
    """
    session.require(Right.ACTIVITY_READ)
    calendars = opening.calendars(session)
    moment = max(session.seconds(), after + 1 if after is not None else 0)
    line = calendars.people.get(responsible or 0, calendars.shop)
    found = find(line, _busy(session, responsible, moment, but), moment, max(seconds, 60))
    if found is None:
        raise Invalid(NO_TIME, field="start_at")
    return found


def _busy(session: Session, responsible: int | None, moment: int, but: int | None) -> list[Moments]:
    if responsible is None:
        return []
    usual = session.registers.company.default_duration * 60
    found = [
        (start, start + usual if end is None else end)
        for job, start, end in appointments(session.store, responsible, moment)
        if job != but
    ]
    return [(start, end) for start, end in found if end > moment]
