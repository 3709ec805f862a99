"""When the demo shop's people work: part-time weeks, absences around today, and who may do what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from svc_tui.db.core.changes import Changes
from svc_tui.domain import clock
from svc_tui.domain.planning.hours_text import Week
from svc_tui.domain.tables import ABSENCE, MAY_DO
from svc_tui.domain.transfer.shipped import DemoWords
from svc_tui.services.demo.demo_people import Staff
from svc_tui.services.demo.demo_time import Calendar
from svc_tui.services.planning import opening

_SHORT_DAYS: Final[Week] = (((9 * 60, 15 * 60),),) * 4 + ((),) * 3
"""Monday to Thursday until three."""
_THREE_DAYS: Final[Week] = ((), ((8 * 60, 12 * 60), (12 * 60 + 30, 16 * 60 + 30)), ()) * 2 + ((),)
"""Tuesday and Friday, with a break."""
_AFTERNOONS: Final[Week] = (((12 * 60, 17 * 60),),) * 5 + ((),) * 2
_ANYBODYS: Final = ("warranty", "estimate", "installation")
"""Types that are given to whoever knows the device."""


def specialists(kinds: Sequence[str], technicians: Sequence[int]) -> dict[str, list[int]]:
    """Who repairs each kind of device; the first of them most of the time."""
    return {
        kind: [technicians[(place + step) % len(technicians)] for step in (0, 0, len(kinds))]
        for place, kind in enumerate(kinds)
    }


def create_hours(changes: Changes, calendar: Calendar, demo: DemoWords, staff: Staff, types: Mapping[str, int]) -> None:
    """Weeks, absences and what people may do; what there are too few people for is left out.

    Args:
        changes: The act that makes the shop.
        calendar: Its days.
        demo: Its words.
        staff: Its people.
        types: Ids of the types of job by the keys they are shipped with.
    """
    technicians = staff.technicians
    for who, week in ((_of(technicians, 1), _SHORT_DAYS), (_of(technicians, 3), _THREE_DAYS),
                      (_of(staff.counter, 1), _AFTERNOONS)):  # fmt: skip
        if who is not None:
            opening.write_week(changes, week, who)
    ill, holiday, course = demo.reasons_away
    for who, first, last, reason in (
        (_of(technicians, 2), -14, -13, course),
        (_of(technicians, 2), 0, 1, ill),
        (_of(technicians, 4), 3, 12, holiday),
        (_of(staff.leaders, 1), 1, 1, course),
    ):
        if who is not None:
            values = {"from_at": _midnight(calendar.day(first)), "to_at": _midnight(calendar.day(last), 1)}
            changes.insert(ABSENCE, {"employee": who, "reason": reason, **values})
    # The others may do what they did before.
    for who in technicians[:2]:
        known = [kind for kind, them in specialists(sorted(demo.kinds), technicians).items() if who in them]
        for kind in sorted({types[key] for key in (*known, *_ANYBODYS) if key in types}):
            changes.insert(MAY_DO, {"employee": who, "type": kind})


def _of(people: Sequence[int], place: int) -> int | None:
    return people[place] if place < len(people) else None


def _midnight(day: date, later: int = 0) -> int:
    return clock.seconds_of(datetime.combine(day + timedelta(days=later), time()))
