"""Statistics: counted beside the keys, grouped, charted, exported; every figure opens exactly its jobs."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from svc_tui.domain.reports.figures import Basis, By, Which
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.reports.statistics import StatisticsScreen
from svc_tui.services.reports import registering
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


async def _statistics(desk: Desk) -> StatisticsScreen:
    await desk.press("9")
    screen = desk.on_top(StatisticsScreen)
    await _counted(desk, screen)
    return screen


async def _counted(desk: Desk, screen: StatisticsScreen) -> None:
    for _ in range(300):
        await desk.rest()
        if screen.table is not None and screen.table.is_whole and screen.table.wanted == screen.wanted:
            await desk.rest()
            return
        await desk.pilot.pause(0.01)
    raise AssertionError("it was never counted")


def _text(desk: Desk) -> str:
    return " ".join(" ".join(line.split()) for line in desk.lines)


@pytest.mark.parametrize("which", Which)
async def test_enter_opens_exactly_the_jobs_of_the_figure_chosen(desk: Desk, which: Which) -> None:
    screen = await _statistics(desk)
    for _ in range(list(Which).index(which) + 2):  # it begins with what was finished
        await desk.press("right")
    assert screen.which is which
    assert screen.table is not None
    line = next(one for one in screen.table.lines if one.group.count(which))
    assert await desk.hop("down", lambda: screen.list.current == line)
    await desk.press("enter")
    opened = desk.on_top(ActivityListScreen)
    await desk.rest()
    assert len(opened.list.rows) == line.group.count(which) > 0


async def test_all_together_is_the_last_row_and_tab_goes_through_the_groupings(desk: Desk) -> None:
    screen = await _statistics(desk)
    seen = []
    for _ in By:
        await _counted(desk, screen)
        assert screen.table is not None
        assert screen.list.rows[-1] == screen.table.all
        seen.append(screen.table.wanted.by)
        await desk.press("tab")
    assert set(seen) == set(By)
    await _counted(desk, screen)
    await desk.press("shift+tab")
    await _counted(desk, screen)
    assert [seen[0], screen.wanted.by] == [By.TYPE, By.MONTH]


async def test_the_basis_the_period_and_the_filter_are_told_and_change_what_is_counted(desk: Desk) -> None:
    screen = await _statistics(desk)
    assert "by finish" in desk.title
    await desk.press("d")
    await _counted(desk, screen)
    assert screen.basis is Basis.REGISTERED
    assert "by registration" in desk.title
    whole = screen.list.rows[-1].group.registered
    await desk.press("p")
    await desk.type("24/11")
    await desk.press("enter")
    await _counted(desk, screen)
    assert "24/11" in desk.title
    assert 0 < screen.list.rows[-1].group.registered < whole
    await desk.press("p")
    await desk.type("all")
    await desk.press("enter")
    await _counted(desk, screen)
    assert "all time" in desk.title
    await desk.press("/")
    await desk.type("responsible:sø")
    await desk.press("enter")
    await _counted(desk, screen)
    assert desk.shows("Filter: responsible:sø")
    assert 0 < screen.list.rows[-1].group.registered < whole


@pytest.mark.parametrize(("key", "text", "said"), [("/", "type:nonsense", "nonsense"), ("p", "nonsense", "nonsense")])
async def test_what_is_not_understood_is_refused_and_nothing_is_counted_anew(
    desk: Desk, key: str, text: str, said: str
) -> None:
    screen = await _statistics(desk)
    before = screen.wanted
    await desk.press(key)
    await desk.type(text)
    await desk.press("enter")
    assert said in _text(desk)
    assert screen.wanted == before


async def test_months_as_columns_are_gone_through_and_opened(desk: Desk) -> None:
    screen = await _statistics(desk)
    await desk.press("shift+tab")
    await _counted(desk, screen)
    await desk.press("c")
    assert screen.chart.display
    assert not screen.list.display
    row = screen.list.current
    await desk.press("right")
    assert screen.list.current != row
    assert desk.standing.startswith("December 2025")
    await desk.press("c")
    assert screen.list.display


async def test_a_table_becomes_a_workbook_and_a_file_that_is_there_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    screen = await _statistics(desk)
    path = tmp_path / "figures.xlsx"
    for answer in ("", "y"):
        await desk.press("e")
        await desk.burst("ctrl+u", *str(path))
        await desk.press("enter")
        if answer:
            assert "figures.xlsx is there already. Replace it?" in _text(desk)
            await desk.press(answer)
        for _ in range(300):
            await desk.rest()
            if f"{len(screen.list.rows)} rows are in" in _text(desk):
                break
            await desk.pilot.pause(0.01)
        else:
            raise AssertionError(desk.screen_text())
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(screen.list.rows) + 1


async def test_an_ending_that_means_nothing_is_refused(desk: Desk, tmp_path: Path) -> None:
    await _statistics(desk)
    await desk.press("e")
    await desk.burst("ctrl+u", *str(tmp_path / "figures.doc"))
    await desk.press("enter")
    for _ in range(300):
        await desk.rest()
        if ".csv or .xlsx" in _text(desk):
            return
        await desk.pilot.pause(0.01)
    raise AssertionError(desk.screen_text())


async def test_ones_own_registrations_are_told_to_oneself(desk: Desk) -> None:
    registering.forget()
    screen = await _statistics(desk)
    await desk.press("m")
    assert "no job since the program began" in _text(desk)
    await desk.press("1", "n")
    await desk.type("Eftersyn")
    await desk.press("f2", "f3", "9")
    await _counted(desk, screen)
    await desk.press("m")
    assert re.search(r"Your last job took \d+ s and 9 keys\.", _text(desk))


async def test_on_forty_columns_the_figures_that_matter_stay(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await _statistics(desk)
        for word in ("Type", "Out", "Open", "90% h"):
            assert word in desk.lines[2], desk.lines[2]
        assert all(len(line) <= 40 for line in desk.lines)
