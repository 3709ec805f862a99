"""Where jobs were, since when, until when they are due and what is left of them is what their history tells."""

from __future__ import annotations

import json
import random
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from svc_tui.db.core import reckoning as engine
from svc_tui.db.core.changes import Value, change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.shop_models import ActivityStatus
from svc_tui.db.core.shop_rules import ShopRules, change_rules, rules_of
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.reindexing import reindex
from svc_tui.domain.errors import DomainError
from svc_tui.domain.language.dates import parse_typed
from svc_tui.domain.operations import touches
from svc_tui.domain.planning.deadlines import Deadline, HistoryAct, StatusRule, Stay, deadline, spans_of, standing
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.domain.planning.workload import HoursLine, hours_left
from svc_tui.domain.records import LateBy, LineRecord, Stage
from svc_tui.services.core.session import Session, open_session, to_seconds
from svc_tui.services.history import history, undo
from svc_tui.services.jobs import activities, bulk
from svc_tui.services.jobs.bulk import Edit
from svc_tui.services.planning import opening, reckoning
from tests.db.jobs import again, changed, employee, job, set_company, set_type
from tests.db.jobs import priority as priority_of
from tests.db.jobs import status as status_of

MONDAY = datetime(2026, 11, 23, 9, 0)
COLUMNS = "status_since, promised_set_at, touched_at, first_done_at, turnaround, late_at, late_by, work_left"


@pytest.fixture
def desk(shop: Session) -> Session:
    """A shop that is open from 8 to 16, whose clock is the test's, with a limit and a pause."""
    set_company(shop, time_zone="Europe/Copenhagen")
    shop.clock = [float(to_seconds(MONDAY))]
    opening.change_week(shop, read_week("mon-fri 8-16", "en"))
    set_status(shop, "Venter på dele", longest=16 * 60)
    set_status(shop, "Venter på kunde", pauses=True, longest=40 * 60)
    reckoning.finish(shop.store, lambda _done, _all: None)
    shop.reload_registers()
    return shop


def set_status(session: Session, name: str, **values: Value) -> None:
    with change_set(session.store, None, "status.change") as changes:
        changes.update(ActivityStatus, status_of(session, name), values)
    session.reload_registers()


def later(session: Session, **amount: float) -> None:
    session.clock[0] += timedelta(**amount).total_seconds()


def at(session: Session, text: str) -> int:
    """A time typed in the shop, in seconds UTC."""
    return to_seconds(datetime.strptime(text, "%Y-%m-%d %H:%M"))


def stored(session: Session, job_id: int) -> dict[str, Any]:
    (row,) = session.store.sql(f"SELECT {COLUMNS} FROM activity WHERE id = ?", (job_id,))
    return dict(zip(COLUMNS.split(", "), row, strict=True))


def spans(session: Session, job_id: int) -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for row in session.store.sql(
            "SELECT status_id, responsible_id, from_at, to_at, worked FROM job_span WHERE activity_id = ?"
            " ORDER BY from_at",
            (job_id,),
        )
    ]


def status(session: Session, sheet: activities.Sheet, name: str) -> None:
    bulk.at_once(session, [sheet.id or 0], Edit("status", status_of(session, name)))


def promise(session: Session, sheet: activities.Sheet, text: str) -> None:
    bulk.at_once(session, [sheet.id or 0], Edit("promised", parse_typed(text, session.now(), "da")))


def hours(planned: int, used: int | None = None, line_id: int = -1) -> LineRecord:
    return LineRecord(line_id, 0, "hours", None, "", "Arbejde", "t", planned, used, 50_000, 0, "customer", "")


# -- told by hand ------------------------------------------------------------------------------------------------------


def test_a_promise_is_the_deadline_and_a_pause_moves_it(desk: Session) -> None:
    sheet = job(desk)
    promise(desk, sheet, "24-11 16:00")
    assert stored(desk, sheet.id or 0)["late_at"] == at(desk, "2026-11-24 16:00")
    assert stored(desk, sheet.id or 0)["promised_set_at"] == desk.seconds()
    later(desk, hours=1)
    status(desk, sheet, "Venter på kunde")
    assert stored(desk, sheet.id or 0)["late_by"] == LateBy.STATUS  # the promise is suspended, its own limit is not
    later(desk, hours=3)
    status(desk, sheet, "I arbejde")
    found = stored(desk, sheet.id or 0)
    assert found["late_at"] == at(desk, "2026-11-25 11:00")  # three hours of the shop later
    assert found["late_by"] == LateBy.PROMISE


def test_the_longest_time_in_a_status_is_a_deadline_that_a_hand_over_does_not_move(desk: Session) -> None:
    sheet = job(desk)
    status(desk, sheet, "Venter på dele")
    due = at(desk, "2026-11-25 09:00")  # 16 hours of the shop
    assert stored(desk, sheet.id or 0) | {"late_at": due, "late_by": LateBy.STATUS} == stored(desk, sheet.id or 0)
    begun = desk.seconds()
    later(desk, hours=2)
    bulk.at_once(desk, [sheet.id or 0], Edit("responsible", employee(desk, "AH")))
    assert stored(desk, sheet.id or 0)["late_at"] == due
    assert stored(desk, sheet.id or 0)["status_since"] == begun
    later(desk, days=7)
    assert desk.seconds() > due
    status(desk, sheet, "Udført")
    assert stored(desk, sheet.id or 0)["late_at"] is None


def test_an_act_undone_leaves_no_trace_in_the_spans(desk: Session) -> None:
    sheet = job(desk)
    begun = desk.seconds()
    later(desk, hours=1)
    status(desk, sheet, "Udført")
    assert stored(desk, sheet.id or 0)["first_done_at"] == desk.seconds()
    later(desk, hours=1)
    undo.undo_last(desk)
    found = stored(desk, sheet.id or 0)
    assert (found["first_done_at"], found["turnaround"], found["status_since"]) == (None, None, begun)
    assert [row[2:4] for row in spans(desk, sheet.id or 0)] == [(begun, None)]
    undo.redo_last(desk)
    assert stored(desk, sheet.id or 0)["first_done_at"] == begun + 3_600
    assert stored(desk, sheet.id or 0)["turnaround"] == 3_600


def test_handing_out_and_sorting_many_do_not_touch(desk: Session) -> None:
    sheet = job(desk)
    begun = desk.seconds()
    later(desk, hours=1)
    bulk.at_once(desk, [sheet.id or 0], Edit("responsible", employee(desk, "AH")))
    bulk.at_once(desk, [sheet.id or 0], Edit("priority", priority_of(desk, "Høj")))
    assert stored(desk, sheet.id or 0)["touched_at"] == begun
    later(desk, hours=1)
    status(desk, sheet, "I arbejde")
    assert stored(desk, sheet.id or 0)["touched_at"] == begun + 7_200
    undo.undo_last(desk)
    assert stored(desk, sheet.id or 0)["touched_at"] == begun


def test_work_left_follows_lines_and_the_usual_time_of_the_type(desk: Session) -> None:
    sheet = job(desk, lines=[hours(3_000)], end_at=None)
    assert stored(desk, sheet.id or 0)["work_left"] == 3 * 3_600
    line = sheet.lines[0] if sheet.lines else again(desk, sheet).lines[0]
    sheet = again(desk, sheet)
    activities.save(desk, activities.SheetEdit(sheet, sheet.values, sheet.links, (line._replace(used=2_500),)))
    assert stored(desk, sheet.id or 0)["work_left"] == 1_800
    type_id = desk.registers.types[0].id
    bare = job(desk, type=type_id, end_at=None)
    set_type(desk, type_id, default_duration=90)
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert stored(desk, bare.id or 0)["work_left"] == 90 * 60
    status(desk, bare, "Udført")
    assert stored(desk, bare.id or 0)["work_left"] == 0


# -- other rules -------------------------------------------------------------------------------------------------------


def test_other_hours_move_deadlines_of_open_jobs_and_nothing_else(desk: Session) -> None:
    sheet = job(desk)
    status(desk, sheet, "Venter på dele")
    closed = job(desk)
    later(desk, hours=4)
    status(desk, closed, "Udført")
    before, history = stored(desk, closed.id or 0), spans(desk, closed.id or 0)
    version = desk.store.sql("SELECT version FROM activity WHERE id = ?", (sheet.id,))
    opening.change_week(desk, read_week("mon-fri 8-12", "en"))
    assert engine.is_outdated(desk.store)
    assert list(findings(desk.store)) == []  # while it waits to be reckoned, nothing is called wrong
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert not engine.is_outdated(desk.store)
    assert stored(desk, sheet.id or 0)["late_at"] == at(desk, "2026-11-27 09:00")
    assert (stored(desk, closed.id or 0), spans(desk, closed.id or 0)) == (before, history)
    assert desk.store.sql("SELECT version FROM activity WHERE id = ?", (sheet.id,)) == version
    assert list(findings(desk.store)) == []


def test_where_no_job_is_open_other_rules_leave_nothing_to_be_reckoned(desk: Session) -> None:
    closed = job(desk)
    status(desk, closed, "Udført")
    before = stored(desk, closed.id or 0)
    opening.change_week(desk, read_week("mon-fri 8-12", "en"))
    assert not engine.is_outdated(desk.store)
    assert not desk.store.has_other_rules
    assert stored(desk, closed.id or 0) == before
    opened = job(desk)
    for sheet in (opened, again(desk, closed)):
        status(desk, sheet, "Venter på dele")
        assert stored(desk, sheet.id or 0)["late_at"] == at(desk, "2026-11-27 09:00")
    assert list(findings(desk.store)) == []


def test_a_first_job_saved_by_somebody_else_while_the_rules_change_is_reckoned_by_the_new_ones(
    desk: Session, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job is written by the former rules, and not committed yet, when the other act has begun."""
    bent = open_session(open_database(database_url), None, "da")
    bent.employee, bent.clock = desk.employee, desk.clock
    has_read, is_changing = threading.Event(), threading.Event()

    def read_before(store: Store, number: int) -> ShopRules:
        rules = rules_of(store, number)
        if store is bent.store:
            has_read.set()
            is_changing.wait(0.5)  # in SQLite it waits for this job before it begins
        return rules

    def change_after(store: Store, key: str, when: int) -> None:
        is_changing.set()
        change_rules(store, key, when)

    with monkeypatch.context() as patch, ThreadPoolExecutor(1) as other:
        patch.setattr("svc_tui.db.core.spans.rules_of", read_before)
        patch.setattr("svc_tui.db.core.shop_rules.change_rules", change_after)
        saved = other.submit(job, bent, status=status_of(bent, "Venter på dele"))
        assert has_read.wait(30)
        opening.change_week(desk, read_week("mon-fri 8-12", "en"))
        sheet = saved.result()
    bent.store.close()
    assert engine.is_outdated(desk.store)
    assert stored(desk, sheet.id or 0)["late_at"] == at(desk, "2026-11-25 09:00")
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert stored(desk, sheet.id or 0)["late_at"] == at(desk, "2026-11-27 09:00")
    assert list(findings(desk.store)) == []


def test_a_holiday_a_limit_and_a_pause_are_rules_too(desk: Session) -> None:
    sheet = job(desk)
    status(desk, sheet, "Venter på dele")
    opening.save_special_day(desk, datetime(2026, 11, 24).date(), "Lukket", "-")
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert stored(desk, sheet.id or 0)["late_at"] == at(desk, "2026-11-26 09:00")
    set_status(desk, "Venter på dele", longest=None)
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert stored(desk, sheet.id or 0)["late_at"] is None
    promise(desk, sheet, "26-11 16:00")
    set_status(desk, "Venter på dele", pauses=True)
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert stored(desk, sheet.id or 0)["late_at"] is None


def test_reckoning_that_was_killed_is_gone_on_with_and_rules_changed_meanwhile_begin_anew(
    desk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STEP", 2)
    sheets = [job(desk, f"Sag {number}") for number in range(5)]
    for sheet in sheets:
        status(desk, sheet, "Venter på dele")
    opening.change_week(desk, read_week("mon-fri 8-12", "en"))
    assert engine.go_on(desk.store) == (2, 3, False)
    opening.change_week(desk, read_week("mon-fri 8-10", "en"))
    assert engine.go_on(desk.store) == (2, 3, False)
    assert reckoning.finish(desk.store, lambda _done, _all: None) == 3
    assert {stored(desk, sheet.id or 0)["late_at"] for sheet in sheets} == {at(desk, "2026-12-03 09:00")}
    assert list(findings(desk.store)) == []


def test_among_the_acts_of_late_stands_who_changed_the_rules_and_not_that_deadlines_followed(desk: Session) -> None:
    job(desk)
    opening.change_week(desk, read_week("mon-fri 8-12", "en"))
    newest = history.recent(desk, 1)[0]
    reckoning.finish(desk.store, lambda _done, _all: None)
    assert history.recent(desk, 1) == [newest]
    undo.undo(desk, newest.id)
    assert history.recent(desk, 2)[1].is_undone


def test_what_is_stored_wrongly_is_named_by_check_and_mended_by_reindexing(desk: Session) -> None:
    sheet = job(desk)
    status(desk, sheet, "Venter på dele")
    desk.store.execute_sql("UPDATE activity SET late_at = 5 WHERE id = ?", (sheet.id,))
    (finding,) = findings(desk.store)
    assert str(desk.store.sql("SELECT number FROM activity WHERE id = ?", (sheet.id,))[0][0]) in str(finding)
    assert reindex(desk.store, lambda _done, _all: None).spans == 1
    assert list(findings(desk.store)) == []


# -- the law: any order of acts ----------------------------------------------------------------------------------------


class Told(NamedTuple):
    """What an independent reader makes of one job's history."""

    spans: list[tuple[int | None, int | None, int, int | None]]
    promised_set_at: int | None
    touched_at: int
    first_done_at: int | None


def read_history(session: Session, job_id: int) -> Told:
    """By the functions that the vectors of deadlines are checked with, and by plain loops."""
    acts: dict[int, dict[str, Any]] = {}
    for act, when, name, undoes, table, field, new in session.store.sql(
        "SELECT s.id, s.at, s.act, s.undoes, c.table_name, c.field, c.new FROM change c"
        " JOIN change_set s ON s.id = c.change_set_id WHERE c.activity_id = ? ORDER BY c.id",
        (job_id,),
    ):
        found = acts.setdefault(act, {"at": when, "name": name, "undoes": undoes, "set": {}})
        if table == "activity" and new:
            value = json.loads(new)
            found["set"].update(value if not field else {field: value})
    steps = [
        HistoryAct(
            act, found["at"], found["set"].get("status"), found["set"].get("responsible", "same"), found["undoes"]
        )
        for act, found in acts.items()
    ]
    force = {step.id for step in standing(steps)}
    promised, since, touched = None, None, 0
    for act in sorted(force):
        now = acts[act]["set"].get("promised_at", promised)
        since, promised = (acts[act]["at"] if now is not None else None, now) if now != promised else (since, promised)
        touched = acts[act]["at"] if touches(acts[act]["name"]) else touched or acts[act]["at"]
    told = spans_of(steps)
    done = {entry.id for entry in session.registers.statuses if entry.stage is Stage.DONE}
    first = next((span.start for span in told if span.status in done), None)
    return Told([tuple(span) for span in told], since, touched, first)  # type: ignore[misc]  # four of them


def due(session: Session, job_id: int, told: Told) -> Deadline:
    rules = {
        entry.id: StatusRule(
            entry.id, entry.stage.is_open, entry.pauses, None if entry.longest is None else entry.longest * 60
        )
        for entry in session.registers.statuses
    }
    stays = [Stay(rules[where or 0], start, end) for where, _who, start, end in told.spans]
    ((promised,),) = session.store.sql("SELECT promised_at FROM activity WHERE id = ?", (job_id,))
    return deadline(opening.calendars(session).shop, stays, promised, told.promised_set_at)


def work(session: Session, job_id: int) -> int:
    lines = [
        HoursLine(product or 0, planned * 18 // 5, None if used is None else used * 18 // 5)
        for product, planned, used in session.store.sql(
            "SELECT product_id, planned, used FROM activity_line WHERE activity_id = ? AND kind = 'hours'", (job_id,)
        )
    ]
    ((start, end, of, stage),) = session.store.sql(
        "SELECT start_at, end_at, type_id, stage FROM activity WHERE id = ?", (job_id,)
    )
    entry = next((entry for entry in session.registers.types if entry.id == of), None)
    if not Stage(stage).is_open:
        return 0
    length = opening.calendars(session).shop.between(start, end) if end is not None else 0
    usual = entry.default_duration * 60 if entry is not None and entry.default_duration else None
    return hours_left(lines, max(length, 0) or None, usual, session.registers.company.default_duration * 60)


def require_law(session: Session) -> None:
    """What is stored of every job is what its history tells."""
    line = opening.calendars(session).shop
    for (job_id,) in session.store.sql("SELECT id FROM activity ORDER BY id"):
        told = read_history(session, job_id)
        kept = spans(session, job_id)
        assert [row[:4] for row in kept] == told.spans
        assert [row[4] for row in kept] == [
            None if end is None else line.between(start, end) for _, _, start, end in told.spans
        ]
        found = stored(session, job_id)
        ((created,),) = session.store.sql("SELECT created_at FROM activity WHERE id = ?", (job_id,))
        expected = due(session, job_id, told)
        assert found == {
            "status_since": found["status_since"], "promised_set_at": told.promised_set_at,
            "touched_at": told.touched_at, "first_done_at": told.first_done_at,
            "turnaround": None if told.first_done_at is None else line.between(created, told.first_done_at),
            "late_at": expected.at, "late_by": {"": 0, "promise": 1, "status": 2}[expected.why],
            "work_left": work(session, job_id),
        }  # fmt: skip


def acts(session: Session, dice: random.Random) -> dict[str, Callable[[Sequence[int]], object]]:
    """What people do to jobs."""

    def some_status() -> int:
        return dice.choice([entry.id for entry in session.registers.statuses])

    def saved(ids: Sequence[int]) -> None:
        sheet = activities.open_sheet(session, ids[0])
        lines = (
            (*sheet.lines, hours(dice.choice((500, 2_000)), dice.choice((None, 250)))) if dice.random() < 0.5 else ()
        )
        activities.save(session, replace(changed(sheet, status=some_status()), lines=tuple(lines)))

    def before(_ids: Sequence[int]) -> None:
        found = [
            row[0] for row in session.store.sql("SELECT id FROM change_set WHERE act LIKE 'activity.%' ORDER BY id")
        ]
        undo.undo(session, dice.choice(found))

    return {
        "registers": lambda _ids: job(session, "Ny", status=some_status()),
        "saves": saved,
        "status": lambda ids: bulk.at_once(session, ids, Edit("status", some_status())),
        "responsible": lambda ids: bulk.at_once(
            session, ids, Edit("responsible", dice.choice([entry.id for entry in session.registers.employees]))
        ),
        "promised": lambda ids: bulk.at_once(
            session, ids, Edit("promised", parse_typed(dice.choice(("t 15", "+1 9", "+3 12")), session.now(), "da"))
        ),
        "priority": lambda ids: bulk.at_once(session, ids, Edit("priority", priority_of(session, "Høj"))),
        "undoes": lambda _ids: undo.undo_last(session),
        "redoes": lambda _ids: undo.redo_last(session),
        "undoes an earlier act": before,
    }


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_in_whatever_order_what_is_stored_is_what_the_history_tells(desk: Session, seed: int) -> None:
    dice = random.Random(seed)
    for number in range(3):
        job(desk, f"Sag {number}", lines=[hours(2_000)])
    kinds = acts(desk, dice)
    done: defaultdict[str, int] = defaultdict(int)
    for _ in range(60):
        later(desk, minutes=dice.choice((0, 7, 45, 190, 1_500)))
        ids = [row[0] for row in desk.store.sql("SELECT id FROM activity ORDER BY id")]
        name = dice.choice(list(kinds))
        with suppress(DomainError):
            kinds[name](dice.sample(ids, min(len(ids), 2)))
            done[name] += 1
        require_law(desk)
    assert len(done) == len(kinds)
    assert list(findings(desk.store)) == []
