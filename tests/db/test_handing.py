"""Handing out: what it would do is what it does, and it is undone as one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.history import undo
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit, always, nobody_asks
from svc_tui.services.planning import opening
from svc_tui.services.reports import board, handing, outlook
from svc_tui.services.reports.handing import Wish

NOON = datetime(2026, 11, 25, 12, 0)
HOUR = 3600


@pytest.fixture
def demo(database_url: str) -> Iterator[Session]:
    """A Danish demo shop that is open two hours a day; nobody is away."""
    store = open_database(database_url)
    create_demo(store, activities=1500, contacts=200, language="da", now=NOON)
    session = open_session(store, None, "da")
    session.employee = next(entry for entry in session.registers.employees if entry.role == Role.ADMINISTRATOR)
    session.clock = [datetime.fromisoformat("2026-11-25T12:00:00+01:00").timestamp()]
    opening.change_week(session, read_week("mon-fri 8-10", "en"))
    for row in opening.absences(session):
        opening.remove_absence(session, row.id)
    yield session
    store.close()


def busiest(session: Session) -> int:
    rows = board.board(session).people
    return next(row.responsible for row in sorted(rows, key=lambda row: -row.open) if row.responsible is not None)


def other(session: Session, who: int) -> int:
    return next(entry.id for entry in session.registers.employees if entry.id != who and not entry.retired)


def owners(session: Session, jobs: list[int]) -> list[int | None]:
    found: dict[int, int | None] = dict(session.store.sql("SELECT id, responsible_id FROM activity"))
    return [found[job] for job in jobs]


def test_what_is_written_is_understood(demo: Session) -> None:
    assert handing.parts_of_wish("fa") == ("fa", Wish(0))
    assert handing.parts_of_wish(" FA 10 ") == ("fa", Wish(0, 10))
    assert handing.parts_of_wish("fa 8h") == ("fa", Wish(0, None, 8 * HOUR))
    assert handing.parts_of_wish("fa 8 t") == ("fa", Wish(0, None, 8 * HOUR))
    assert handing.parts_of_wish("10") == ("", Wish(0, 10))
    assert handing.parts_of_wish("") == ("", Wish(0))
    everybody = [one.id for one in outlook.receivers(demo)]
    entry = demo.registers.employees[0]
    assert handing.meant_by(demo, entry.initials.casefold(), everybody)[0] == entry.id
    assert handing.meant_by(demo, entry.name.partition(" ")[0].casefold(), everybody)[0] == entry.id
    assert handing.meant_by(demo, "", everybody) == everybody
    assert handing.meant_by(demo, "zzz", everybody) == []


def test_a_number_takes_those_that_free_most_and_hours_what_must_be_done_last(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    tasks = {task.id: task for task in board.tasks(demo) if task.responsible == who and task.stage != 3}
    most = handing.chosen(demo, who, Wish(target, 3))
    assert sorted(tasks[job].left for job in most) == sorted(sorted(task.left for task in tasks.values())[-3:])
    last = handing.chosen(demo, who, Wish(target, None, 2 * HOUR))
    ordered = [task.id for task in sorted(tasks.values(), key=lambda task: task.order, reverse=True)]
    assert last == ordered[: len(last)]
    assert sum(tasks[job].left for job in last[:-1]) < 2 * HOUR <= sum(tasks[job].left for job in last)
    assert set(handing.chosen(demo, who, Wish(target))) == set(tasks)
    with pytest.raises(Invalid):
        handing.chosen(demo, who, Wish(who, 3))


def test_what_it_would_do_is_what_it_does_and_one_undo_takes_it_back(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    jobs = handing.chosen(demo, who, Wish(target, 5))
    found = outlook.outlook(demo, jobs, target)
    effects = outlook.foresee(demo, found).effects
    assert [effect.responsible for effect in effects] == [who, target]
    result = handing.hand_out(demo, [found.plan], nobody_asks, always)
    assert result.changed == len(jobs)
    assert owners(demo, jobs) == [target] * len(jobs)
    loads = board.loads(demo).people
    assert {effect.responsible: effect.after.load for effect in effects} == {who: loads[who], target: loads[target]}
    counts = {row.responsible: (row.open, row.late) for row in board.board(demo).people}
    for effect in effects:
        assert (effect.after.jobs, effect.after.late) == counts[effect.responsible]
    undo.undo_last(demo)
    assert owners(demo, jobs) == [who] * len(jobs)
    back = board.loads(demo).people
    assert {effect.responsible: effect.before.load for effect in effects} == {who: back[who], target: back[target]}


def test_an_absence_until_the_horizon_is_told(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    opening.save_absence(demo, target, datetime(2026, 11, 26), datetime(2026, 11, 27))
    opening.save_absence(demo, target, datetime(2027, 6, 1), datetime(2027, 6, 2))
    found = outlook.outlook(demo, handing.chosen(demo, who, Wish(target, 1)), target)
    assert [len(effect.away) for effect in outlook.foresee(demo, found).effects] == [0, 1]
    assert [len(one.away) for one in outlook.receivers(demo) if one.id == target] == [1]


def test_what_is_left_out_stays_and_the_figures_follow(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    jobs = handing.chosen(demo, who, Wish(target, 3))
    seen = outlook.outlook(demo, jobs, target)
    whole, part = outlook.foresee(demo, seen), outlook.foresee(demo, seen, jobs[:2])
    assert [part.effects[0].before, part.effects[1].before] == [whole.effects[0].before, whole.effects[1].before]
    assert part.effects[0].after.jobs == whole.effects[0].after.jobs + 2
    assert set(part.with_receiver) == {jobs[2]}
    assert set(part.with_giver) == set(jobs)
    handing.hand_out(demo, [outlook.only(seen.plan, jobs[2:])], nobody_asks, always)
    assert owners(demo, jobs) == [who, who, target]
    loads = board.loads(demo).people
    assert [effect.after.load for effect in part.effects] == [loads[who], loads[target]]


def test_each_job_is_finished_where_the_work_before_it_ends(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    seen = outlook.outlook(demo, handing.chosen(demo, who, Wish(target, 3)), target)
    found = outlook.foresee(demo, seen)
    line = opening.calendars(demo).people
    for person, finishes, tasks in (
        (who, found.with_giver, [task for task in board.tasks(demo) if task.responsible == who]),
        (target, found.with_receiver, [*seen.moving, *seen.own]),
    ):
        done = 0
        for task in sorted(tasks, key=lambda task: task.order):
            done += task.left
            if task.id in finishes:
                assert finishes[task.id] == line[person].add(demo.seconds(), done)


def test_what_speaks_against_somebody_is_told(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    jobs = handing.chosen(demo, who, Wish(target, 4))
    types: dict[int, int] = dict(demo.store.sql("SELECT id, type_id FROM activity"))
    kept = types[jobs[0]]
    opening.change_types(demo, target, [kept])
    seen = outlook.outlook(demo, jobs, target)
    strange = outlook.foresee(demo, seen).strange
    numbers = {job: row.number for job, row in seen.shown.items()}
    assert seen.are_said
    assert sorted(number for some in strange.values() for number in some) == sorted(
        numbers[job] for job in jobs if types[job] != kept
    )
    first = board.loads(demo).people[target].too_late
    loads = {effect.responsible: effect for effect in outlook.foresee(demo, seen).effects}
    pressed = outlook.foresee(demo, seen).pressed
    assert loads[target].after.load.too_late >= first + len(pressed)


def test_receivers_come_by_their_free_hours(demo: Session) -> None:
    found = outlook.receivers(demo)
    free = [one.free for one in found if one.load.capacity]
    assert free == sorted(free, reverse=True)
    assert {one.id for one in found} == {
        entry.id for entry in demo.registers.employees if not entry.retired and entry.role != Role.READONLY
    }
    assert all(one.free == (one.load.capacity or 0) - one.load.due for one in found)


def test_a_balance_is_one_act_with_fewer_jobs_too_late_and_is_undone_as_one(demo: Session) -> None:
    who = busiest(demo)
    promised = [task.id for task in board.tasks(demo) if task.stage != Stage.WORKING and task.deadline > demo.seconds()]
    bulk.at_once(demo, promised, Edit("responsible", who))
    for entry in demo.registers.employees:
        opening.change_types(demo, entry.id, [kind.id for kind in demo.registers.types])
    before = board.loads(demo)
    found = handing.proposal(demo)
    assert found.proposal.moves
    moves = {move.task.id: move.target for move in found.proposal.moves}
    assert set(moves) <= set(found.named)
    givers = owners(demo, list(moves))
    acts = demo.store.sql("SELECT COUNT(*) FROM change_set")
    handing.hand_out(demo, handing.plans(demo, moves), nobody_asks, always)
    assert demo.store.sql("SELECT COUNT(*) FROM change_set") == [(acts[0][0] + 1,)]
    assert owners(demo, list(moves)) == list(moves.values())
    assert board.loads(demo).all.too_late < before.all.too_late
    undo.undo_last(demo)
    assert owners(demo, list(moves)) == givers


def test_who_is_said_to_do_a_type_is_given_no_other(demo: Session) -> None:
    for entry in demo.registers.employees:
        opening.change_types(demo, entry.id, [demo.registers.types[0].id])
    found = handing.proposal(demo)
    assert {move.task.type for move in found.proposal.moves} <= {demo.registers.types[0].id}


def test_a_technician_hands_out_nothing_of_others(demo: Session) -> None:
    demo.employee = next(entry for entry in demo.registers.employees if entry.role == Role.TECHNICIAN)
    with pytest.raises(NotAllowed):
        handing.proposal(demo)
