"""The week: opened from the dashboard, gone through by days, jobs planned in it."""

from __future__ import annotations

import pytest

from svc_tui.domain.rights import Role
from svc_tui.screens.reports.dashboard import Dashboard
from svc_tui.screens.reports.week import WeekScreen
from svc_tui.screens.reports.week_jobs import WeekJobs
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.screens.shell.picker import Picker
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


async def _week(desk: Desk) -> WeekScreen:
    await desk.press("4", "k")
    return desk.on_top(WeekScreen)


async def _to(desk: Desk, screen: WeekScreen, initials: str) -> None:
    who = next(entry.id for entry in desk.session.registers.employees if entry.initials == initials)
    await desk.press("g")
    assert await desk.hop("down", lambda: screen.list.current is not None and screen.list.current.who == who)


async def test_a_row_a_person_and_a_column_a_day(desk: Desk) -> None:
    screen = await _week(desk)
    assert desk.title.startswith("Week: promised work against hours")
    for day in ("Tue 24/11", "Wed 25/11", "Thu 26/11", "Fri 27/11", "Mon 30/11", "Later"):
        assert day in desk.lines[1]
    working = [entry for entry in desk.session.registers.employees if entry.role != Role.READONLY]
    assert len(screen.list.rows) == len(working)
    assert desk.shows("Figure: hours free at the end of the day")


async def test_right_and_left_go_through_the_days_and_never_before_today(desk: Desk) -> None:
    await _week(desk)
    await desk.press("right")
    assert "Tue 01/12" in desk.lines[1]
    await desk.press("left", "left")
    assert "Tue 24/11" in desk.lines[1]
    for _week_later in range(60):
        await desk.press("right")
    assert "/" in desk.lines[1]


async def test_by_the_start_a_planned_job_fills_its_day_and_is_moved_by_keys(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Besøg")
    await sheet.fill("Responsible", "bk")
    await sheet.fill("Start", "2711 10")
    await sheet.fill("End", "2711 13")
    await desk.press("f2", "f3")
    screen = await _week(desk)
    await desk.press("d")
    await _to(desk, screen, "BK")
    row = screen.list.current
    assert row is not None
    assert [bool(cell.work) for cell in row.cells] == [False, False, False, True, False]
    await desk.press("enter")
    jobs = desk.on_top(WeekJobs)
    assert [job.row.subject for job in jobs.list.rows] == ["Besøg"]
    await desk.press("+")
    assert desk.message == "Job 10061 starts 30/11 10:00."
    await desk.press(">")
    assert desk.message == "Job 10061 starts 30/11 10:15."
    await desk.press("-", "<")
    assert desk.message == "Job 10061 starts 27/11 10:00."
    await desk.press("+", "escape")
    row = desk.on_top(WeekScreen).list.current
    assert row is not None
    assert [bool(cell.work) for cell in row.cells] == [False, False, False, False, True]


async def test_a_move_is_taken_back_by_one_key_and_enter_opens_the_job(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Besøg")
    await sheet.fill("Responsible", "bk")
    await sheet.fill("Start", "2711 10")
    await desk.press("f2", "f3")
    screen = await _week(desk)
    await desk.press("d")
    await _to(desk, screen, "BK")
    await desk.press("enter", "+", "u")
    job = desk.on_top(WeekJobs).list.current
    assert job is not None
    assert desk.app.formats.when(job.row.start_at) == "27/11 10:00"
    await desk.press("enter")
    assert desk.on_top(ActivitySheetScreen).job.number == 10061
    await desk.press("escape")
    desk.on_top(WeekJobs)


async def test_handing_out_from_the_week_is_asked_on_the_dashboard_of_the_same_person(desk: Desk) -> None:
    screen = await _week(desk)
    await _to(desk, screen, "SØ")
    await desk.press("a")
    assert desk.on_top(Picker).title_line.left.startswith("SØ: jobs to whom?")
    await desk.press("escape")
    board = desk.on_top(Dashboard)
    assert board.list.current is not None


async def test_on_forty_columns_two_days_stay(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await _week(desk)
        assert "Tue 24/11" in desk.lines[1]
        assert "Wed 25/11" in desk.lines[1]
        assert all(len(line) <= 40 for line in desk.lines)


@pytest.mark.parametrize("size", [(80, 24), (80, 30), (60, 24), (40, 24), (120, 30)])
@pytest.mark.parametrize("language", ["en", "da"])
async def test_the_legend_is_told_whole_and_the_key_bar_is_the_last_line(
    open_at: OpenDesk, size: tuple[int, int], language: str
) -> None:
    async with open_at(size=size, language=language) as desk:
        screen = await _week(desk)
        assert desk.lines[-1].strip() == desk.key_bar.strip() != ""
        if screen.legend.display:
            below = " ".join(" ".join(desk.lines[len(screen.list.rows) + 2 : -1]).split())
            for text in screen._explained():
                assert text in below
