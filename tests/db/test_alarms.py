"""What there is to hear of one's own jobs, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.history import undo
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from svc_tui.services.planning import opening
from svc_tui.services.reports import alarms

NOON = datetime(2026, 11, 25, 12, 0)


@pytest.fixture
def demo(database_url: str) -> Iterator[Session]:
    store = open_database(database_url)
    create_demo(store, activities=1500, contacts=200, language="da", now=NOON)
    session = open_session(store, None, "da")
    session.employee = next(entry for entry in session.registers.employees if entry.role == Role.SUPERVISOR)
    session.clock = [datetime.fromisoformat("2026-11-25T12:00:00+01:00").timestamp()]
    yield session
    store.close()


def colleague(session: Session) -> Session:
    """Somebody who hands out work."""
    other = open_session(session.store, None, "da")
    other.employee = next(entry for entry in session.registers.employees if entry.role == Role.ADMINISTRATOR)
    other.clock = session.clock
    return other


def test_late_and_soon_equal_what_plain_python_tells(demo: Session) -> None:
    now = demo.seconds()
    for entry in demo.registers.employees:
        demo.employee = entry
        found = alarms.alarms(demo, now)
        rows = demo.store.sql(
            "SELECT id, late_at FROM activity WHERE stage IN (1, 2, 3) AND responsible_id = ? AND late_at IS NOT NULL"
            " ORDER BY late_at, id",
            (entry.id,),
        )
        assert [job.id for job in found.late] == [job for job, at in rows if at < now]
        assert [job.id for job in found.soon] == [job for job, at in rows if now <= at < now + alarms.SOON]
        assert found.given == ()


def test_what_a_colleague_hands_over_is_given_and_what_one_takes_is_not(demo: Session) -> None:
    other = colleague(demo)
    assert demo.employee is not None
    assert other.employee is not None
    jobs = [job for (job,) in demo.store.sql(
        "SELECT id FROM activity WHERE stage = 1 AND responsible_id IS NOT NULL AND responsible_id <> ? ORDER BY id"
        " LIMIT 3", (demo.employee.id,),
    )]  # fmt: skip
    since = demo.seconds()
    demo.clock[0] += 60
    bulk.at_once(other, jobs[:2], Edit("responsible", demo.employee.id))
    bulk.at_once(demo, [jobs[2]], Edit("responsible", demo.employee.id))
    found = alarms.alarms(demo, since)
    assert [job.id for job in found.given] == jobs[:2]
    assert {job.by for job in found.given} == {other.employee.id}
    assert alarms.alarms(demo, demo.seconds()).given == ()
    demo.clock[0] += 60
    undo.undo_last(other)
    assert alarms.alarms(demo, since).given == ()


def test_a_change_of_anything_else_hands_nothing_over(demo: Session) -> None:
    other = colleague(demo)
    assert demo.employee is not None
    who = demo.employee.id
    since = demo.seconds()
    demo.clock[0] += 60
    job = demo.store.sql("SELECT id FROM activity WHERE stage = 1 AND responsible_id = ? LIMIT 1", (who,))
    if not job:
        job = demo.store.sql("SELECT id FROM activity WHERE stage = 1 LIMIT 1")
        bulk.at_once(demo, [job[0][0]], Edit("responsible", who))
        demo.clock[0] += 60
        since = demo.seconds()
        demo.clock[0] += 60
    bulk.at_once(other, [job[0][0]], Edit("priority", demo.registers.priorities[-1].id))
    assert alarms.alarms(demo, since).given == ()


def test_it_is_known_whether_one_works_and_when_there_may_be_more_to_hear(demo: Session) -> None:
    assert demo.employee is not None
    opening.change_week(demo, read_week("mon-fri 8-16", "en"), demo.employee.id)
    for row in opening.absences(demo):
        opening.remove_absence(demo, row.id)
    assert alarms.alarms(demo, demo.seconds()).in_hours
    later = alarms.alarms(demo, demo.seconds()).next_at
    due = demo.store.sql(
        "SELECT MIN(late_at) FROM activity WHERE stage IN (1, 2, 3) AND responsible_id = ? AND late_at >= ?",
        (demo.employee.id, demo.seconds()),
    )[0][0]
    assert (later is None) == (due is None)
    if later is not None and due is not None:
        assert demo.seconds() < later <= due + 1
    # eight hours of work before Wednesday noon: Tuesday noon
    assert alarms.begins(demo) == int(datetime.fromisoformat("2026-11-24T12:00:00+01:00").timestamp())
    demo.clock[0] += 6 * 3600
    assert not alarms.alarms(demo, demo.seconds()).in_hours


def test_what_was_told_is_left_out_until_it_is_another_deadline(demo: Session) -> None:
    for entry in demo.registers.employees:
        demo.employee = entry
        found = alarms.alarms(demo, demo.seconds())
        if found.late:
            assert found.without(found.names).is_empty
            assert found.without(frozenset()).names == found.names
            return
    raise AssertionError("nobody has anything late")
