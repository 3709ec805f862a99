"""The next free time: within somebody's hours, beside his open jobs and absences."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.domain.errors import Invalid
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from svc_tui.services.planning import opening
from svc_tui.services.planning.free_time import next_free
from tests.db.jobs import job

HOUR = 3600
NOON = datetime(2026, 11, 25, 12, 0)  # a Wednesday; the shop is open from nine to five


@pytest.fixture
def at_noon(shop: Session) -> Session:
    shop.clock = [float(to_seconds(NOON))]
    return shop


def at(day: int, hour: int, minute: int = 0) -> int:
    return to_seconds(datetime(2026, 11, day, hour, minute))


def appointment(session: Session, begins: int, ends: int | None) -> int:
    assert session.employee is not None
    made = job(session, "Besøg", responsible=session.employee.id, start_at=begins, end_at=ends)
    assert made.id is not None
    return made.id


def test_open_jobs_are_in_the_way_until_they_are_done(at_noon: Session) -> None:
    me = at_noon.employee.id if at_noon.employee else 0
    assert next_free(at_noon, me, HOUR) == (at(25, 12), at(25, 13))
    first = appointment(at_noon, at(25, 12), at(25, 15))
    appointment(at_noon, at(25, 15), None)  # an hour, as the company says of any job
    assert next_free(at_noon, me, HOUR) == (at(25, 16), at(25, 17))
    assert next_free(at_noon, me, 2 * HOUR) == (at(26, 9), at(26, 11))
    assert next_free(at_noon, me, HOUR, but=first) == (at(25, 12), at(25, 13))
    assert next_free(at_noon, me, HOUR, after=at(25, 16)) == (at(26, 9), at(26, 10))
    bulk.at_once(at_noon, [first], Edit("done"))
    assert next_free(at_noon, me, HOUR) == (at(25, 12), at(25, 13))


def test_nobody_is_free_while_away_and_nobody_else_is_in_the_way(at_noon: Session) -> None:
    me = at_noon.employee.id if at_noon.employee else 0
    appointment(at_noon, at(25, 12), at(25, 15))
    opening.save_absence(at_noon, me, datetime(2026, 11, 25, 14), datetime(2026, 11, 27, 13, 10))
    assert next_free(at_noon, me, HOUR) == (at(27, 13, 15), at(27, 14, 15))
    assert next_free(at_noon, None, HOUR) == (at(25, 12), at(25, 13))


def test_who_is_away_for_years_is_refused_with_a_remedy(at_noon: Session) -> None:
    me = at_noon.employee.id if at_noon.employee else 0
    opening.save_absence(at_noon, me, datetime(2026, 11, 1), datetime(2036, 11, 1))
    with pytest.raises(Invalid) as refusal:
        next_free(at_noon, me, HOUR)
    assert refusal.value.field == "start_at"
