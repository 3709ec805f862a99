"""What statistics add up of each job follows its lines and its statuses, and comes back with an undo."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.db.core import job_figures
from svc_tui.db.upkeep.integrity import findings
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.bulk import Edit
from tests.db.jobs import again, job, line, status

HOUR = 3600
NINE = to_seconds(datetime(2026, 11, 24, 9))  # a Tuesday; the shop is open from nine to five


@pytest.fixture
def desk(shop: Session) -> Session:
    at(shop, 0)
    return shop


def at(session: Session, hours: float) -> None:
    session.clock = [float(NINE + int(hours * HOUR))]


def stored(session: Session, job_id: int | None) -> tuple[int, int]:
    [(hours, waited)] = session.store.sql("SELECT hours, waited FROM activity WHERE id = ?", (job_id,))
    return int(hours), int(waited)


def goes_to(session: Session, job_id: int | None, name: str, hours: float) -> None:
    at(session, hours)
    bulk.at_once(session, [job_id or 0], Edit("status", status(session, name)))


def test_hours_are_what_was_used_else_what_is_planned_and_parts_are_none(desk: Session) -> None:
    work = line("Arbejde")._replace(kind="hours", planned=2_500, used=None)
    sheet = job(desk, lines=[work, line("Kabel", -2, 1)])
    assert stored(desk, sheet.id) == (2_500, 0)
    used = [one._replace(used=1_250) if one.kind == "hours" else one for one in sheet.lines]
    activities.save(desk, SheetEdit(sheet, sheet.values, sheet.links, tuple(used)))
    assert stored(desk, sheet.id) == (1_250, 0)
    undo.undo_last(desk)
    assert stored(desk, sheet.id) == (2_500, 0)
    sheet = again(desk, sheet)
    activities.save(desk, SheetEdit(sheet, sheet.values, sheet.links, sheet.lines[1:]))
    assert stored(desk, sheet.id) == (0, 0)
    assert list(findings(desk.store)) == []


def test_waiting_counts_in_the_shops_hours_once_the_job_is_finished_and_not_after(desk: Session) -> None:
    sheet = job(desk, status=status(desk, "Venter på dele"))
    goes_to(desk, sheet.id, "I arbejde", 2)
    goes_to(desk, sheet.id, "Venter på kunde", 7)
    assert stored(desk, sheet.id) == (0, 0)
    goes_to(desk, sheet.id, "Udført", 25)  # at ten the next day
    assert stored(desk, sheet.id) == (0, 4 * HOUR)
    goes_to(desk, sheet.id, "Venter på dele", 26)
    goes_to(desk, sheet.id, "Udført", 28)
    assert stored(desk, sheet.id) == (0, 4 * HOUR)
    assert list(findings(desk.store)) == []


def test_a_finish_that_is_undone_counts_no_waiting(desk: Session) -> None:
    sheet = job(desk, status=status(desk, "Venter på dele"))
    goes_to(desk, sheet.id, "Udført", 2)
    assert stored(desk, sheet.id) == (0, 2 * HOUR)
    undo.undo_last(desk)
    assert stored(desk, sheet.id) == (0, 0)
    assert list(findings(desk.store)) == []


def test_all_of_it_is_made_anew_and_what_is_wrong_is_named(desk: Session) -> None:
    sheet = job(desk, status=status(desk, "Venter på dele"))
    goes_to(desk, sheet.id, "Udført", 2)
    desk.store.execute_sql("UPDATE activity SET waited = 7, hours = 9")
    assert job_figures.wrong_jobs(desk.store) == [sheet.number]
    assert any(str(sheet.number) in str(finding) for finding in findings(desk.store))
    with desk.store.transaction():
        job_figures.bring_all(desk.store)
    assert stored(desk, sheet.id) == (0, 2 * HOUR)
    assert list(findings(desk.store)) == []
