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
from svc_tui.services.reports import board, handing
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
    entry = demo.registers.employees[0]
    letters = entry.initials.casefold()
    assert handing.read_wish(demo, letters) == Wish(entry.id)
    assert handing.read_wish(demo, f" {letters} 10 ") == Wish(entry.id, 10)
    assert handing.read_wish(demo, f"{letters} 8h") == Wish(entry.id, None, 8 * HOUR)
    assert handing.read_wish(demo, f"{letters} 8 t") == Wish(entry.id, None, 8 * HOUR)
    assert handing.read_wish(demo, entry.name.partition(" ")[0] + " 3") == Wish(entry.id, 3)
    for text in ("", "10", "zzz 10"):
        with pytest.raises(Invalid) as refusal:
            handing.read_wish(demo, text)
        assert refusal.value.field == "responsible"


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
    found = handing.prospect(demo, jobs, target)
    assert [effect.responsible for effect in found.effects] == [who, target]
    result = handing.hand_out(demo, [found.plan], nobody_asks, always)
    assert result.changed == len(jobs)
    assert owners(demo, jobs) == [target] * len(jobs)
    loads = board.loads(demo).people
    assert {effect.responsible: effect.after for effect in found.effects} == {who: loads[who], target: loads[target]}
    undo.undo_last(demo)
    assert owners(demo, jobs) == [who] * len(jobs)
    back = board.loads(demo).people
    assert {effect.responsible: effect.before for effect in found.effects} == {who: back[who], target: back[target]}


def test_an_absence_until_the_horizon_is_told(demo: Session) -> None:
    who = busiest(demo)
    target = other(demo, who)
    opening.save_absence(demo, target, datetime(2026, 11, 26), datetime(2026, 11, 27))
    opening.save_absence(demo, target, datetime(2027, 6, 1), datetime(2027, 6, 2))
    found = handing.prospect(demo, handing.chosen(demo, who, Wish(target, 1)), target)
    assert [len(effect.away) for effect in found.effects] == [0, 1]


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
