"""The next job: what is ready for somebody, and that two people never take the same one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest

from svc_tui.db.core.engine import Store, open_database
from svc_tui.domain.errors import NotAllowed
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.history import undo
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from svc_tui.services.planning import opening
from svc_tui.services.reports import next_jobs
from svc_tui.services.reports.next_jobs import Taken

NOON = datetime(2026, 11, 25, 12, 0)


def of(store: Store, role: Role, place: int = 0) -> Session:
    """A session of one of the people with a role."""
    session = open_session(store, None, "da")
    session.employee = [entry for entry in session.registers.employees if entry.role == role][place]
    session.clock = [datetime.fromisoformat("2026-11-25T12:00:00+01:00").timestamp()]
    return session


@pytest.fixture
def shop(database_url: str) -> Iterator[Store]:
    store = open_database(database_url)
    create_demo(store, activities=1500, contacts=200, language="da", now=NOON)
    yield store
    store.close()


def ready_of(session: Session, who: int | None) -> list[int]:
    """Ids of the ready jobs of somebody whose parts are here, in the order that people are told, by plain Python."""
    ranks = {entry.id: entry.rank for entry in session.registers.priorities}
    rows = session.store.sql(
        "SELECT id, promised_at, priority_id, created_at, responsible_id FROM activity WHERE stage = 1"
    )
    lacking = {job for (job,) in session.store.sql(
        "SELECT activity_id FROM activity_line WHERE state IN ('needed', 'ordered')"
    )}  # fmt: skip
    mine = [
        (promised if promised is not None else 1 << 62, -ranks.get(priority, 0), created, job)
        for job, promised, priority, created, responsible in rows
        if responsible == who and job not in lacking
    ]
    return [job for *_order, job in sorted(mine)]


def row(session: Session, job: int) -> tuple[int | None, int]:
    return session.store.sql("SELECT responsible_id, stage FROM activity WHERE id = ?", (job,))[0]


def test_the_queue_is_what_is_ready_with_its_parts_in_the_order_of_deadlines(shop: Store) -> None:
    for place in range(3):
        session = of(shop, Role.TECHNICIAN, place)
        assert session.employee is not None
        found = next_jobs.next_jobs(session)
        assert [task.id for task in found.tasks] == ready_of(session, session.employee.id)


def test_of_what_nobody_has_only_the_types_that_one_may_do_are_offered(shop: Store) -> None:
    session = of(shop, Role.TECHNICIAN)
    me = session.employee
    assert me is not None
    shop.execute_sql("UPDATE activity SET responsible_id = NULL WHERE stage = 1")
    session.employee = next(entry for entry in session.registers.employees if entry.role == Role.ADMINISTRATOR)
    kind = session.store.sql("SELECT type_id FROM activity WHERE stage = 1 ORDER BY id LIMIT 1")[0][0]
    opening.change_types(session, me.id, [kind])
    session.employee = me
    found = next_jobs.next_jobs(session, nobodys=True)
    types: dict[int, int] = dict(session.store.sql("SELECT id, type_id FROM activity"))
    assert found.tasks
    assert [task.id for task in found.tasks] == [job for job in ready_of(session, None) if types[job] == kind]
    assert found.nobodys == len(found.tasks)
    assert next_jobs.next_jobs(session).tasks == ()


def test_somebody_of_whom_nothing_is_known_may_take_anything(shop: Store) -> None:
    session = of(shop, Role.TECHNICIAN)
    me = session.employee
    assert me is not None
    shop.execute_sql("UPDATE activity SET responsible_id = NULL")
    shop.execute_sql("DELETE FROM may_do")
    assert [task.id for task in next_jobs.next_jobs(session, nobodys=True).tasks] == ready_of(session, None)


def test_a_beginner_is_not_held_to_the_type_of_his_first_job(shop: Store) -> None:
    session = of(shop, Role.TECHNICIAN)
    shop.execute_sql("UPDATE activity SET responsible_id = NULL")
    shop.execute_sql("DELETE FROM may_do")
    first = next_jobs.take_next(session, nobodys=True)
    assert first is not None
    bulk.at_once(session, [first.id], Edit("done"))
    assert [task.id for task in next_jobs.next_jobs(session, nobodys=True).tasks] == ready_of(session, None)


def test_taking_one_is_one_act_that_is_undone_as_one(shop: Store) -> None:
    session = of(shop, Role.TECHNICIAN)
    me = session.employee
    assert me is not None
    job = next_jobs.next_jobs(session).tasks[0].id
    before = row(session, job)
    acts = shop.sql("SELECT COUNT(*) FROM change_set")[0][0]
    taken = next_jobs.take(session, job)
    assert (taken.id, taken.responsible_id, taken.stage) == (job, me.id, Stage.WORKING)
    assert shop.sql("SELECT COUNT(*) FROM change_set") == [(acts + 1,)]
    assert taken.number in next_jobs.next_jobs(session).in_work
    assert job not in [task.id for task in next_jobs.next_jobs(session).tasks]
    undo.undo_last(session)
    assert row(session, job) == before


def test_what_was_taken_is_not_taken_again(shop: Store) -> None:
    first, second = of(shop, Role.TECHNICIAN), of(shop, Role.TECHNICIAN, 1)
    job = next_jobs.next_jobs(first).tasks[0].id
    shop.execute_sql("UPDATE activity SET responsible_id = NULL WHERE id = ?", (job,))
    next_jobs.take(first, job)
    with pytest.raises(Taken) as refusal:
        next_jobs.take(second, job)
    assert first.employee is not None
    assert first.employee.name in refusal.value.sentence()
    with pytest.raises(Taken):
        next_jobs.take(first, job)
    assert first.employee.id == row(first, job)[0]


def test_what_was_given_to_somebody_else_meanwhile_stays_his(shop: Store) -> None:
    session, other = of(shop, Role.TECHNICIAN), of(shop, Role.TECHNICIAN, 1)
    job = next_jobs.next_jobs(session).tasks[0].id
    assert other.employee is not None
    bulk.at_once(of(shop, Role.SUPERVISOR), [job], Edit("responsible", other.employee.id))
    with pytest.raises(Taken):
        next_jobs.take(session, job)
    assert row(session, job)[0] == other.employee.id


def test_a_job_that_waits_meanwhile_is_not_taken(shop: Store) -> None:
    session = of(shop, Role.TECHNICIAN)
    job = next_jobs.next_jobs(session).tasks[0].id
    waiting = next(entry.id for entry in session.registers.statuses if entry.stage is Stage.WAITING)
    shop.execute_sql("UPDATE activity SET status_id = ?, stage = 2 WHERE id = ?", (waiting, job))
    with pytest.raises(Taken):
        next_jobs.take(session, job)


def test_two_at_the_same_moment_never_take_the_same_job(shop: Store, database_url: str) -> None:
    shop.execute_sql("UPDATE activity SET responsible_id = NULL WHERE stage = 1")
    shop.execute_sql("DELETE FROM may_do")
    shop.execute_sql("UPDATE activity SET responsible_id = NULL WHERE stage > 3")
    free = len(ready_of(of(shop, Role.TECHNICIAN), None))
    stores = [open_database(database_url) for _ in range(3)]
    sessions = [of(store, Role.TECHNICIAN, place) for place, store in enumerate(stores)]
    for session in sessions:
        assert session.employee is not None
        shop.execute_sql("UPDATE activity SET responsible_id = NULL WHERE responsible_id = ?", (session.employee.id,))
    begun = threading.Barrier(len(sessions))
    taken: list[list[int]] = [[] for _ in sessions]

    def take(place: int) -> None:
        begun.wait()
        for _ in range(4):
            got = next_jobs.take_next(sessions[place], nobodys=True)
            if got is not None:
                taken[place].append(got.id)

    threads = [threading.Thread(target=take, args=(place,)) for place in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    every = [job for theirs in taken for job in theirs]
    assert len(every) == len(set(every)) == min(12, free)
    looking = of(shop, Role.TECHNICIAN)
    for place, theirs in enumerate(taken):
        employee = sessions[place].employee
        assert employee is not None
        for job in theirs:
            assert row(looking, job) == (employee.id, Stage.WORKING)


def test_the_next_one_is_taken_where_the_first_is_gone(shop: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session, other = of(shop, Role.TECHNICIAN), of(shop, Role.TECHNICIAN, 1)
    first, second, *_rest = next_jobs.next_jobs(session).tasks
    seen = next_jobs.next_jobs(session)
    assert other.employee is not None
    bulk.at_once(of(shop, Role.SUPERVISOR), [first.id], Edit("responsible", other.employee.id))
    monkeypatch.setattr(next_jobs, "next_jobs", lambda *_args, **_more: seen)
    taken = next_jobs.take_next(session)
    assert taken is not None
    assert taken.id == second.id


def test_who_only_looks_takes_nothing(shop: Store) -> None:
    session = of(shop, Role.TECHNICIAN)
    job = next_jobs.next_jobs(session).tasks[0].id
    assert session.employee is not None
    session.employee = session.employee._replace(role=Role.READONLY)
    with pytest.raises(NotAllowed):
        next_jobs.take(session, job)
