"""The supervisor by keys alone: sees who has too much, moves ten jobs, takes it back, does it in balance."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.services.core.session import to_seconds
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.planning import opening
from tests.wire.desk import Desk
from tests.wire.shops import session_of

JOBS = 12
MOST_KEYS = 14
"""For ten jobs; the best rival needs sixty."""


def jobs_of(shop: Path, initials: str) -> list[int]:
    """Numbers of the open jobs that somebody has."""
    store = open_database(str(shop))
    try:
        rows = store.sql(
            "SELECT a.number FROM activity a JOIN employee e ON e.id = a.responsible_id"
            " WHERE e.initials = ? AND a.stage IN (1, 2, 3) ORDER BY a.number",
            (initials,),
        )
        return [number for (number,) in rows]
    finally:
        store.close()


@pytest.fixture
def busy(shop: Path) -> Path:
    """Bent has twelve jobs, all promised for tomorrow at noon, and works two hours a day; the shop never closes."""
    store = open_database(str(shop))
    session = session_of(store)
    bent = next(entry.id for entry in session.registers.employees if entry.initials == "BK")
    kind = next(entry.id for entry in session.registers.types if entry.name == "TV-Service")
    noon = session.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    for number in range(JOBS):
        sheet = activities.new_sheet(session, None, {})
        values = sheet.values | {
            "subject": f"Fejlsøgning {number} på øen",
            "type": kind,
            "responsible": bent,
            "promised_at": to_seconds(noon),
        }
        activities.save(session, SheetEdit(sheet, values, (), ()))
    opening.change_week(session, read_week("mon-sun 0:00-24:00", "en"))
    opening.change_week(session, read_week("mon-sun 10-12", "en"), bent)
    for entry in session.registers.employees:
        opening.change_types(session, entry.id, [kind])
    store.close()
    return shop


def to_row(desk: Desk, name: str) -> None:
    """Put the cursor on a person's row."""
    for _ in range(9):
        if name in desk.row():
            return
        desk.press("<Down>")
    raise AssertionError(f"no row of {name}:\n{desk.text()}")


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_ten_jobs_go_to_somebody_else_and_come_back(busy: Path, term: str) -> None:
    with Desk(busy, term=term) as supervisor:
        supervisor.press("4")
        assert supervisor.title.startswith(supervisor.told("Dashboard"))
        to_row(supervisor, "Bent Krogh")
        assert re.search(r"Bent Krogh\s+12\b", supervisor.row())
        keys = ["a", "a", "h", " ", "1", "0", "<Enter>", "<Enter>"]
        assert len(keys) <= MOST_KEYS
        supervisor.press("".join(keys[:-1]))
        supervisor.program.wait_for("til Anna Holm?")
        assert supervisor.title.startswith("10 sager")
        supervisor.press(keys[-1])
        supervisor.program.wait_for("10 sager er delt ud")
        assert len(jobs_of(busy, "BK")) == 2
        moved = jobs_of(busy, "AH")
        assert len(moved) == 10
        assert supervisor.job(moved[0])["responsible"] == "AH"
        supervisor.press("u")
        supervisor.program.wait_for("Esc: nej")
        supervisor.press("j")
        supervisor.program.wait_for("Fortrudt")
        assert len(jobs_of(busy, "BK")) == JOBS
        assert supervisor.quit() == 0


def test_ten_marked_jobs_go_to_the_one_with_most_free_hours_in_fourteen_keys(busy: Path) -> None:
    with Desk(busy, term="vt220") as supervisor:
        supervisor.press("4")
        to_row(supervisor, "Bent Krogh")
        keys = ["<Enter>", *["<Space>"] * 10, "a", "<Enter>", "<Enter>"]
        assert len(keys) <= MOST_KEYS
        supervisor.press("".join(keys))
        supervisor.program.wait_for("10 sager er delt ud")
        assert len(jobs_of(busy, "BK")) == JOBS - 10
        assert supervisor.quit() == 0


def test_a_person_opens_the_list_of_his_jobs(busy: Path) -> None:
    with Desk(busy, term="vt220") as supervisor:
        supervisor.press("4")
        to_row(supervisor, "Bent Krogh")
        supervisor.press("<Enter>l")
        supervisor.wait_for_count(JOBS)
        assert 'ansvarlig:"bk"' in supervisor.text()
        assert supervisor.quit() == 0


def test_the_day_of_a_supervisor_and_of_a_technician(busy: Path) -> None:
    with Desk(busy, "--screen", "dashboard", term="vt220") as supervisor:
        to_row(supervisor, "Bent Krogh")
        supervisor.program.wait_for("t for meget inden")  # he cannot be in time
        supervisor.press("".join(["<Enter>", *["<Space>"] * 10, "a", "<Enter>", "<Enter>"]))
        supervisor.program.wait_for("10 sager er delt ud")
        moved = jobs_of(busy, "AH")
        assert len(moved) == 10
        assert {supervisor.job(number)["responsible"] for number in moved[:2]} == {"AH"}
        supervisor.press("u")
        supervisor.program.wait_for("Esc: nej")
        supervisor.press("j")
        supervisor.program.wait_for("Fortrudt")
        assert len(jobs_of(busy, "BK")) == JOBS
        supervisor.press("<Esc>", "b")
        supervisor.program.wait_for("BK")
        assert supervisor.title.startswith(supervisor.told("Balance"))
        supervisor.press("<Enter>")
        supervisor.program.wait_for("delt ud")
        left = jobs_of(busy, "BK")
        assert 0 < len(left) < JOBS
        assert supervisor.quit() == 0
    with Desk(busy, user="bent", term="vt220") as technician:
        technician.press("N<Enter>")
        technician.program.wait_for("er din og i arbejde")
        taken = [number for number in left if technician.job(number)["stage"] == "working"]
        assert len(taken) == 1
        assert technician.job(taken[0])["responsible"] == "BK"
        assert technician.quit() == 0
