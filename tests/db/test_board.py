"""The dashboard's figures: each is the count of a list, and equals what plain Python makes of the jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.errors import NotAllowed
from svc_tui.domain.language.dates import parse_typed
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.domain.planning.workload import LEAST
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.filters import lists
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from svc_tui.services.planning import opening
from svc_tui.services.reports import board, trends
from svc_tui.services.reports.board import Cell
from tests.db.conftest import PostgresServer

NOON = datetime(2026, 11, 25, 12, 0)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A Danish demo shop whose people work different weeks."""
    if request.param == "sqlite":
        store = open_database(str(tmp_path_factory.mktemp("board") / "shop.db"), create=True)
        migrate(store)
    else:
        server: PostgresServer = request.getfixturevalue("postgresql_server")
        store = open_database(server.url(server.create()))
    create_demo(store, activities=2000, contacts=300, language="da", now=NOON)
    session = open_session(store, None, "da")
    session.employee = next(entry for entry in session.registers.employees if entry.role == "administrator")
    session.clock = [float(int(datetime.fromisoformat("2026-11-25T12:00:00+01:00").timestamp()))]
    opening.change_week(session, read_week("mon-fri 8-12 12:30-16:30", "en"))
    first, second = (entry.id for entry in session.registers.employees[:2])
    opening.change_week(session, read_week("mon-fri 8-10", "en"), first)
    opening.save_absence(session, second, datetime(2026, 11, 26), datetime(2026, 11, 27))
    jobs = [job for (job,) in store.sql("SELECT id FROM activity WHERE stage IN (1, 2, 3) ORDER BY id LIMIT 5")]
    for job, promised in zip(jobs, ("t 15", "t 16", "+1 9", "+1 23", "+2 0"), strict=True):
        bulk.at_once(session, [job], Edit("promised", parse_typed(promised, session.now(), "da")))
    yield session
    store.close()


def count(session: Session, line: str, list_code: str | None = None) -> int:
    return lists.counts(session, lists.resolve(session, list_code, line)).matching


OPEN_JOBS = (
    "SELECT id, responsible_id, stage, type_id, late_at, created_at, start_at, end_at FROM activity"
    " WHERE stage IN (1, 2, 3)"
)


@pytest.mark.parametrize("cell", Cell, ids=lambda cell: cell.value)
def test_every_count_of_the_head_is_the_count_of_its_list(demo: Session, cell: Cell) -> None:
    shown = getattr(board.board(demo).head, cell.value)
    assert shown == count(demo, board.line_of(demo, cell))


def test_the_demo_shop_has_something_of_each(demo: Session) -> None:
    head = board.board(demo).head
    assert min(head.late, head.today, head.tomorrow, head.parts, head.customer, head.supplier) > 0


def test_the_open_jobs_are_read_from_their_own_index(demo: Session) -> None:
    if demo.store.dialect != "sqlite":
        return
    read: list[str] = []
    plain = demo.store.sql

    def sql(query: str, parameters: Sequence[object] = ()) -> list[Any]:
        read.extend(str(row) for row in plain(f"EXPLAIN QUERY PLAN {query}", parameters))
        return plain(query, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo.store, "sql", sql)
        trends.trends(demo)
    assert sum("USING INDEX job_span_open" in step for step in read) == 2, read
    assert not any("SCAN" in step and "CONSTANT" not in step for step in read if "job_span" in step), read
    read.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo.store, "sql", sql)
        board.board(demo, "product")
    assert any("COVERING INDEX activity_open" in step for step in read), read
    assert not any("activity_by_" in step for step in read), read


def test_every_row_is_the_count_of_its_list(demo: Session) -> None:
    found = board.board(demo)
    for row in (found.nobody, *found.people):
        assert row.open == count(demo, board.line_of_person(demo, row.responsible))
    assert sum(row.open for row in (found.nobody, *found.people)) == found.all.open == count(demo, "stage:open")


@pytest.mark.parametrize("list_code", ["product", "customer"])
def test_a_board_of_one_list_counts_its_jobs(demo: Session, list_code: str) -> None:
    found = board.board(demo, list_code)
    assert found.all.open == count(demo, "stage:open", list_code)
    assert found.head.late == count(demo, "late:yes", list_code)


def test_rows_equal_what_plain_python_counts(demo: Session) -> None:
    jobs = demo.store.sql(OPEN_JOBS)
    now = demo.seconds()
    for row in board.board(demo).people:
        mine = [job for job in jobs if job[1] == row.responsible]
        assert row.open == len(mine)
        assert row.late == sum(job[4] is not None and job[4] < now for job in mine)
        assert (row.ready, row.waiting, row.working) == tuple(sum(job[2] == n for job in mine) for n in (1, 2, 3))
        assert row.oldest == min((job[5] for job in mine), default=None)


def test_loads_equal_what_plain_python_makes_of_jobs_and_hours(demo: Session) -> None:
    calendars = opening.calendars(demo)
    found = board.loads(demo)
    now = demo.seconds()
    work = {task.id: task.left for task in board.tasks(demo)}
    jobs = demo.store.sql(OPEN_JOBS)
    assert set(work) == {job[0] for job in jobs}
    assert min(work.values()) >= LEAST
    for who, line in calendars.people.items():
        mine = sorted((job[4], job[0]) for job in jobs if job[1] == who and job[4] is not None)
        load = found.people[who]
        assert load.left == sum(work[job[0]] for job in jobs if job[1] == who)
        assert load.due == sum(work[job] for at, job in mine if at <= found.horizon)
        assert load.capacity == line.between(now, found.horizon)
        done, too_late = 0, 0
        ordered = [task for task in sorted(board.tasks(demo), key=lambda task: task.order) if task.responsible == who]
        for task in ordered:
            done += task.left
            late = now < task.deadline < 1 << 62 and done > line.between(now, task.deadline)
            too_late += late
        assert load.too_late == too_late
    assert found.all.left == sum(work.values())


def test_loads_of_some_people_are_those_of_all(demo: Session) -> None:
    everybody = board.loads(demo)
    some = [None, demo.registers.employees[1].id]
    assert board.loads(demo, people=some).people == {who: everybody.people[who] for who in some}


def test_work_left_is_what_is_planned_less_what_is_used(demo: Session) -> None:
    rows = demo.store.sql(
        "SELECT l.activity_id, SUM(l.planned), SUM(COALESCE(l.used, 0)), COUNT(*) FROM activity_line l"
        " JOIN activity a ON a.id = l.activity_id WHERE a.stage IN (1, 2, 3) AND l.kind = 'hours'"
        " GROUP BY l.activity_id"
    )
    left = {task.id: task.left for task in board.tasks(demo)}
    planned = [(job, plan, used) for job, plan, used, lines in rows if lines == 1 and plan]
    assert planned
    for job, plan, used in planned:
        assert left[job] == max(LEAST, (plan * 3600 // 1000) - (used * 3600 // 1000))


def test_who_is_away_all_the_time_has_no_hours(demo: Session) -> None:
    who = demo.registers.employees[2].id
    row = opening.save_absence(demo, who, datetime(2026, 11, 1), datetime(2029, 1, 1))
    try:
        load = board.loads(demo, people=[who]).people[who]
        assert load.capacity == 0
    finally:
        opening.remove_absence(demo, row)


def test_a_role_that_sees_no_statistics_is_refused(demo: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(right: object) -> None:
        raise NotAllowed("no")

    monkeypatch.setattr(Session, "require", lambda self, right: refuse(right))
    with pytest.raises(NotAllowed):
        board.board(demo)


def test_the_trend_equals_what_plain_python_makes_of_the_spans(demo: Session) -> None:
    now, ago = demo.seconds(), demo.seconds() - trends.AGO
    spans = demo.store.sql("SELECT activity_id, stage, responsible_id, from_at, to_at FROM job_span")
    jobs = {row[0]: row[1:] for row in demo.store.sql("SELECT id, type_id, start_at, end_at FROM activity")}
    lines: dict[int, list[tuple[int, int]]] = {}
    for job, product, planned in demo.store.sql(
        "SELECT activity_id, COALESCE(product_id, 0), planned FROM activity_line WHERE kind = 'hours'"
    ):
        lines.setdefault(job, []).append((product, planned))
    durations = {entry.id: entry.default_duration or 0 for entry in demo.registers.types}
    shop = opening.calendars(demo).shop

    def work(job: int) -> int:
        planned = sum(amount for _product, amount in lines.get(job, ())) * 3600 // 1000
        kind, start, end = jobs[job]
        if not planned:
            planned = shop.between(start, end) if end is not None else 0
        return max(planned or durations.get(kind, 0) * 60 or demo.registers.company.default_duration * 60, LEAST)

    def queue(at: int) -> dict[int | None, set[int]]:
        found: dict[int | None, set[int]] = {}
        for job, stage, who, start, end in spans:
            if stage in (1, 2, 3) and start <= at and (end is None or end > at):
                found.setdefault(who, set()).add(job)
        return found

    then, today = queue(ago), queue(now)
    found = trends.trends(demo)
    assert set(found.people) == {*then, *today}
    for who, trend in found.people.items():
        before, after = (sum(map(work, some.get(who, ()))) for some in (then, today))
        assert (trend.jobs, trend.work) == (len(today.get(who, ())) - len(then.get(who, ())), after - before)
        step = max(7200, before // 20)
        assert trend.sign == ("^" if after - before >= step else "v" if before - after >= step else "=")
    assert found.all.work == sum(trend.work for trend in found.people.values())
    assert any(trend.sign != "=" for trend in found.people.values())


def test_the_trend_of_a_list_is_that_of_its_jobs(demo: Session) -> None:
    parts = [trends.trends(demo, code).all for code in ("product", "customer")]
    assert sum(part.jobs for part in parts) >= trends.trends(demo).all.jobs


def test_only_who_is_concerned_is_reckoned_anew(demo: Session) -> None:
    before = board.board(demo)
    people = [row.responsible for row in before.people if row.open and row.responsible]
    job = next(task for task in board.tasks(demo) if task.responsible == people[0] and task.stage != 3)
    bulk.at_once(demo, [job.id], Edit("responsible", people[1]))
    after = board.board(demo)
    assert board.concerned(demo, before, after, {job.id}) == {people[0], people[1]}
    known = board.loads(demo)
    some = board.loads(demo, "", people[:2])
    assert board.renewed(known, some) == known
    bulk.at_once(demo, [job.id], Edit("responsible", people[0]))
    assert board.concerned(demo, after, after, {job.id}) == {people[0]}
