"""Statistics: every figure equals what plain Python makes of the rows, and is the count of the list it opens."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.errors import FilterError
from svc_tui.domain.reports.figures import Basis, By, Which
from svc_tui.domain.reports.periods import Period
from svc_tui.services.core.session import Session, open_session, to_local
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.filters import lists
from svc_tui.services.reports import statistics
from svc_tui.services.reports.statistics import Table, Wanted
from tests.db.conftest import PostgresServer

NOON = datetime(2026, 11, 25, 12, 0)
YEAR = Period(date(2025, 11, 26), date(2026, 11, 25))
ALL = Period(None, None)
LAST_MONTHS = Period(date(2026, 9, 10), None)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A Danish demo shop."""
    if request.param == "sqlite":
        store = open_database(str(tmp_path_factory.mktemp("statistics") / "shop.db"), create=True)
        migrate(store)
    else:
        server: PostgresServer = request.getfixturevalue("postgresql_server")
        store = open_database(server.url(server.create()))
    create_demo(store, activities=1500, contacts=200, language="da", now=NOON)
    session = open_session(store, None, "da")
    session.employee = next(entry for entry in session.registers.employees if entry.role == "administrator")
    session.clock = [float(int(datetime.fromisoformat("2026-11-25T12:00:00+01:00").timestamp()))]
    yield session
    store.close()


def table(session: Session, wanted: Wanted) -> Table:
    return statistics.whole(session, statistics.counts(session, wanted))


def counted(session: Session, line: str) -> int:
    return lists.counts(session, lists.resolve(session, None, line)).matching


FIELDS = (
    "id", "type_id", "status_id", "responsible_id", "customer_id", "device_id", "created_at", "first_done_at",
    "turnaround", "stage",
)  # fmt: skip
WAITING, DONE = 2, 4


def jobs_of(session: Session) -> list[dict[str, Any]]:
    """The rows of the jobs with what hangs on them; what follows is reckoned from the rows it follows from."""
    ask = session.store.sql
    found = [dict(zip(FIELDS, row, strict=True)) for row in ask(f"SELECT {', '.join(FIELDS)} FROM activity")]
    by_id = {job["id"]: job for job in found}
    names: dict[int, str] = dict(ask("SELECT id, name_key FROM device"))
    finishes = first_finishes(session)
    for job in found:
        job["products"], job["suppliers"], job["hours"], job["waited"] = set(), set(), 0, 0
        job["model"] = names.get(job["device_id"]) or None
        assert job["first_done_at"] == finishes.get(job["id"])
    for job_id, product, kind, planned, used in ask(
        "SELECT activity_id, product_id, kind, planned, used FROM activity_line"
    ):
        by_id[job_id]["products"].add(product)
        by_id[job_id]["hours"] += (planned if used is None else used) if kind == "hours" else 0
    for job_id, contact, role in ask("SELECT activity_id, contact_id, role FROM activity_link"):
        if role == "supplier":
            by_id[job_id]["suppliers"].add(contact)
    for job_id, stage, ends, worked in ask("SELECT activity_id, stage, to_at, worked FROM job_span"):
        finished = by_id[job_id]["first_done_at"]
        if stage == WAITING and ends is not None and finished is not None and ends <= finished:
            by_id[job_id]["waited"] += worked
    return found


def first_finishes(session: Session) -> dict[int, int]:
    """When jobs came into a status that means done first, told from the history alone."""
    ask = session.store.sql
    assert ask("SELECT COUNT(*) FROM change_set WHERE undoes IS NOT NULL")[0][0] == 0
    stages: dict[int, int] = dict(ask("SELECT id, stage FROM activity_status"))
    found: dict[int, int] = {}
    for job, field, new, at in ask(
        "SELECT c.row_id, c.field, c.new, s.at FROM change c JOIN change_set s ON s.id = c.change_set_id"
        " WHERE c.table_name = 'activity' AND c.field IN ('', 'status') AND c.new IS NOT NULL ORDER BY s.id, c.id"
    ):
        value = json.loads(new)
        status = value if field else (value or {}).get("status")
        if status is not None and stages.get(status) == DONE:
            found.setdefault(job, at)
    return found


def day(moment: int) -> date:
    return to_local(moment).date()


def within(moment: int | None, period: Period) -> bool:
    if moment is None:
        return False
    return (period.first or date.min) <= day(moment) <= (period.last or date.max)


def groups_of(job: dict[str, Any], by: By) -> set[object]:
    match by:
        case By.SUPPLIER:
            return job["suppliers"] or {None}
        case By.PRODUCT:
            return {one for one in job["products"] if one is not None} or {None}
        case By.MODEL:
            return {job["model"]}
        case _:
            return {job[f"{by.value}_id"]}


def middle(values: list[int], tenths: int) -> int | None:
    return sorted(values)[-(-len(values) * tenths // 10) - 1] if values else None


def reckoned(jobs: list[dict[str, Any]], everything: list[dict[str, Any]], wanted: Wanted) -> tuple[Any, ...]:
    """The figures of some jobs, by plain Python."""
    period, is_flow = wanted.period, wanted.basis is Basis.FINISHED
    came = [job for job in jobs if within(job["created_at"], period) or period == ALL]
    if is_flow:
        done = [job for job in jobs if within(job["first_done_at"], period)]
        still = [job for job in jobs if job["stage"] in (1, 2, 3)]
    else:
        done = [job for job in came if job["first_done_at"] is not None]
        still = [job for job in came if job["stage"] in (1, 2, 3)]
    minutes = [(job["turnaround"] or 0) // 60 for job in done]
    back = 0
    for job in done:
        end = job["first_done_at"] + 30 * 86_400
        back += job["device_id"] is not None and any(
            other["device_id"] == job["device_id"] and job["first_done_at"] < other["created_at"] <= end
            for other in everything
        )
    return (
        len(came), len(done), len(still), middle(minutes, 5), middle(minutes, 9),
        sum(job["turnaround"] or 0 for job in done), sum(job["waited"] for job in done),
        sum(job["hours"] for job in done), sum(job["device_id"] is not None for job in done), back,
    )  # fmt: skip


PLAIN = (By.TYPE, By.RESPONSIBLE, By.CUSTOMER, By.SUPPLIER, By.PRODUCT, By.MODEL)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("period", [YEAR, ALL, LAST_MONTHS], ids=["year", "all", "autumn"])
@pytest.mark.parametrize("by", PLAIN)
def test_every_figure_equals_what_plain_python_makes_of_the_rows(
    demo: Session, by: By, period: Period, basis: Basis
) -> None:
    wanted = Wanted(by, period, basis)
    found = table(demo, wanted)
    everything = jobs_of(demo)
    groups: dict[object, list[dict[str, Any]]] = {}
    for job in everything:
        for key in groups_of(job, by):
            groups.setdefault(key, []).append(job)
    expected = {key: reckoned(jobs, everything, wanted) for key, jobs in groups.items()}
    expected = {key: figures for key, figures in expected.items() if any(figures[:3])}
    assert {line.group.key[0]: line.group[1:] for line in found.lines} == expected
    assert found.all.group[1:] == reckoned(everything, everything, wanted)
    assert not found.more


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("period", [YEAR, ALL, LAST_MONTHS], ids=["year", "all", "autumn"])
def test_months_equal_what_plain_python_makes_of_the_rows(demo: Session, period: Period, basis: Basis) -> None:
    everything = jobs_of(demo)
    found = table(demo, Wanted(By.MONTH, period, basis))
    for line in found.lines:
        name = line.group.key[0]
        of_month = [
            (job, f"{day(job['created_at']):%Y-%m}" == name and within(job["created_at"], period)) for job in everything
        ]
        came = [job for job, is_in in of_month if is_in]
        done = [
            job for job in (came if basis is Basis.REGISTERED else everything)
            if job["first_done_at"] is not None
            and (basis is Basis.REGISTERED
                 or (f"{day(job['first_done_at']):%Y-%m}" == name and within(job["first_done_at"], period)))
        ]  # fmt: skip
        assert line.group[1:4] == (len(came), len(done), sum(job["stage"] in (1, 2, 3) for job in came)), name
        assert line.group.median == middle([(job["turnaround"] or 0) // 60 for job in done], 5)
    assert found.all.group.registered == sum(line.group.registered for line in found.lines)


@pytest.mark.parametrize("text", ["", "fase:åben", "ansvarlig:ingen", "skærm"])
@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("period", [YEAR, ALL, LAST_MONTHS], ids=["year", "all", "autumn"])
@pytest.mark.parametrize("by", By)
def test_every_figure_is_the_count_of_the_list_that_it_opens(
    demo: Session, by: By, period: Period, basis: Basis, text: str
) -> None:
    wanted = Wanted(by, period, basis, text)
    found = statistics.counts(demo, wanted)
    for line in [*random.Random(1).sample(found.lines, min(3, len(found.lines))), found.all]:
        for which in Which:
            opened = statistics.line_of(demo, wanted, line, which)
            assert counted(demo, opened) == line.group.count(which), opened


def test_customers_are_cut_to_those_with_most_jobs(demo: Session) -> None:
    wanted = Wanted(By.CUSTOMER, ALL)
    found = statistics.whole(demo, statistics.counts(demo, wanted, 5))
    whole = table(demo, wanted)
    assert found.lines == whole.lines[:5]
    assert found.more == len(whole.lines) - 5
    assert found.all == whole.all


def test_a_filter_line_with_a_mistake_is_refused(demo: Session) -> None:
    with pytest.raises(FilterError):
        statistics.counts(demo, Wanted(By.TYPE, YEAR, text="type:nonsense"))
