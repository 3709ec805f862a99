"""The dashboard: counts that open their jobs, handing out, balance, and what others save."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.domain.news import News
from svc_tui.domain.rights import Role
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.reports.balance import BalanceScreen
from svc_tui.screens.reports.dashboard import Dashboard
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from svc_tui.services.reports import board
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


async def _dashboard(desk: Desk) -> Dashboard:
    await desk.press("4")
    screen = desk.on_top(Dashboard)
    await _reckoned(desk, screen)
    return screen


async def _reckoned(desk: Desk, screen: Dashboard) -> None:
    """Until the work is set against hours."""
    for _ in range(200):
        await desk.rest()
        if screen.loads is not None:
            return
        await desk.pilot.pause(0.01)
    raise AssertionError("the loads never came")


def _text(desk: Desk) -> str:
    return " ".join(" ".join(line.split()) for line in desk.lines)


def _cursor(screen: Dashboard) -> tuple[str, int | None]:
    row = screen.list.current
    assert row is not None
    return row.kind, row.who


async def _to(desk: Desk, screen: Dashboard, initials: str) -> None:
    who = next(entry.id for entry in desk.session.registers.employees if entry.initials == initials)
    assert await desk.hop("down", lambda: _cursor(screen) == ("person", who))


async def test_a_row_a_person_nobody_first_and_all_last(desk: Desk) -> None:
    screen = await _dashboard(desk)
    kinds = [row.kind for row in screen.list.rows]
    assert kinds[0] == "nobody"
    assert kinds[-1] == "all"
    assert set(kinds[1:-1]) == {"person"}
    assert len(kinds) - 2 == sum(entry.role != Role.READONLY for entry in desk.session.registers.employees)
    assert desk.title.startswith("Dashboard")


async def test_enter_on_a_person_opens_exactly_his_jobs(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    row = screen.list.current
    assert row is not None
    await desk.press("enter")
    opened = desk.on_top(ActivityListScreen)
    await desk.rest()
    assert len(opened.list.rows) == row.counts.open > 0


async def test_a_count_of_the_head_opens_exactly_its_jobs(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await desk.press("tab", "right")
    late = int(screen.head.cells[1].figure)
    await desk.press("enter")
    opened = desk.on_top(ActivityListScreen)
    await desk.rest()
    assert len(opened.list.rows) == late
    await desk.press("4")
    assert desk.on_top(Dashboard) is screen


async def test_tab_goes_through_the_counts_and_back_to_the_people(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await desk.press("tab")
    assert screen.head.has_the_focus
    for _ in screen.head.cells:
        await desk.press("tab")
    assert screen.list.has_the_focus


async def test_right_and_left_go_through_the_lists(desk: Desk) -> None:
    screen = await _dashboard(desk)
    whole = screen.list.rows[-1].counts.open
    opened = 0
    for entry in desk.session.registers.lists:
        await desk.press("right")
        assert entry.name in desk.title
        opened += screen.list.rows[-1].counts.open
    assert opened == whole
    await desk.press("right")
    assert screen.list.rows[-1].counts.open == whole
    await desk.press("left", "right")
    assert screen.list_code == ""


async def test_a_number_of_jobs_is_handed_out_after_its_effect_was_told_and_one_key_takes_it_back(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    row = screen.list.current
    assert row is not None
    had = row.counts.open
    await desk.press("a")
    await desk.type("bk 1")
    await desk.press("enter")
    assert "Give 1 job to Bent Krogh?" in _text(desk)
    assert "SØ:" in _text(desk)
    assert "BK:" in _text(desk)
    await desk.press("y")
    await _reckoned(desk, screen)
    assert "1 job was handed out." in _text(desk)
    assert next(one for one in screen.list.rows if one.who == row.who).counts.open == had - 1
    await desk.press("u")
    await _reckoned(desk, screen)
    assert next(one for one in screen.list.rows if one.who == row.who).counts.open == had


async def test_escape_hands_out_nothing(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    before = await desk.ask(board.board)
    await desk.press("a")
    await desk.type("bk 1")
    await desk.press("enter", "escape")
    assert await desk.ask(board.board) == before


async def test_a_name_that_nobody_has_is_refused_with_the_remedy(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    await desk.press("a")
    await desk.type("xyz 3")
    await desk.press("enter")
    assert "fa 10" in _text(desk)


async def test_where_everybody_is_in_time_there_is_nothing_to_balance(desk: Desk) -> None:
    await _dashboard(desk)
    await desk.press("b")
    await desk.rest()
    assert "there is nothing to move" in _text(desk) or isinstance(desk.app.screen, BalanceScreen)


async def test_what_a_colleague_saves_is_on_the_board_and_the_cursor_stays(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    at = _cursor(screen)
    before = screen.list.rows[-1].counts.open
    row = screen.list.current
    assert row is not None
    job = next(task.id for task in await desk.ask(board.tasks) if task.responsible == row.who)
    await desk.ask(bulk.at_once, [job], Edit("done"))
    desk.app.live.heard(News(everything=True))
    assert await _until(desk, lambda: screen.list.rows[-1].counts.open == before - 1)
    assert _cursor(screen) == at


async def _until(desk: Desk, there: Callable[[], bool]) -> bool:
    for _ in range(200):
        await desk.rest()
        if there():
            return True
        await desk.pilot.pause(0.01)
    return False


async def test_on_forty_columns_the_figures_that_matter_stay(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await _dashboard(desk)
        heading = desk.lines[3]
        for word in ("Who", "Open", "Late", "!!", "Days"):
            assert word in heading, heading
        assert all(len(line) <= 40 for line in desk.lines)
