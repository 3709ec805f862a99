"""The dashboard: counts that open their jobs, handing out, balance, and what others save."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from svc_tui.domain.news import News
from svc_tui.domain.rights import Role
from svc_tui.domain.stock.answers import EVERY, Answer
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.reports.balance import BalanceScreen
from svc_tui.screens.reports.dashboard import Dashboard
from svc_tui.screens.reports.hand_out_screen import HandOutScreen
from svc_tui.screens.reports.person_screen import PersonScreen
from svc_tui.screens.shell.picker import Picker
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
        if screen.is_reckoned:
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
    opened = desk.on_top(PersonScreen)
    assert len(opened.list.rows) == row.counts.open > 0
    await desk.press("l")
    listed = desk.on_top(ActivityListScreen)
    await desk.rest()
    assert len(listed.list.rows) == row.counts.open


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


async def test_a_number_of_jobs_is_handed_out_after_its_effect_was_shown_and_one_key_takes_it_back(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    row = screen.list.current
    assert row is not None
    had = row.counts.open
    await desk.press("a")
    await desk.type("bk 1")
    await desk.press("enter")
    preview = desk.on_top(HandOutScreen)
    assert desk.title.startswith("1 job, 1.0 h to Bent Krogh?")
    assert [line.split()[0] for line in preview.about.lines[1:5]] == ["SØ", "then", "BK", "then"]
    await desk.press("enter")
    await _reckoned(desk, screen)
    assert "1 job was handed out." in _text(desk)
    assert next(one for one in screen.list.rows if one.who == row.who).counts.open == had - 1
    await desk.press("u")
    await _reckoned(desk, screen)
    assert next(one for one in screen.list.rows if one.who == row.who).counts.open == had


async def test_marked_jobs_go_to_the_one_with_most_free_hours_by_two_enters(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    await desk.press("enter", "space", "space")
    person = desk.on_top(PersonScreen)
    jobs = [job.task.id for job in person.list.rows[:2]]
    assert "2 marked" in _text(desk)
    await desk.press("a")
    first = desk.on_top(Picker).list.rows[0].value
    await desk.press("enter")
    assert {task.id for task in desk.on_top(HandOutScreen).seen.moving} == set(jobs)
    await desk.press("enter")
    assert desk.on_top(PersonScreen) is person
    found = await desk.ask(lambda session: session.store.sql(
        "SELECT DISTINCT responsible_id FROM activity WHERE id IN (?, ?)", tuple(jobs)
    ))  # fmt: skip
    assert found == [(first.target,)]
    assert not {job.task.id for job in person.list.rows} & set(jobs)
    assert "2 jobs were handed out." in _text(desk)
    await desk.press("u")
    await desk.rest()
    assert {job.task.id for job in person.list.rows} >= set(jobs)


async def test_what_is_left_out_in_the_preview_stays(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    await desk.press("a")
    await desk.type("bk 3")
    await desk.press("enter")
    preview = desk.on_top(HandOutScreen)
    count = len(preview.list.rows)
    assert count > 1
    stays = preview.list.rows[0].task.id
    before = preview.about.lines
    await desk.press("space")
    assert preview.left_out == {stays}
    assert desk.title.startswith(f"{count - 1} job")
    assert preview.about.lines != before
    await desk.press("up", "space")
    assert preview.about.lines == before
    await desk.press("up", "space", "enter")
    owner = await desk.ask(lambda session: session.store.sql(
        "SELECT e.initials FROM activity a JOIN employee e ON e.id = a.responsible_id WHERE a.id = ?", (stays,)
    ))  # fmt: skip
    assert owner == [("SØ",)]
    assert f"{count - 1} job" in _text(desk)


async def test_a_job_that_somebody_changes_meanwhile_is_left_out_and_named(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    await desk.press("a")
    await desk.type("bk 2")
    await desk.press("enter")
    preview = desk.on_top(HandOutScreen)
    job = preview.list.rows[0]
    await desk.ask(bulk.at_once, [job.task.id], Edit("done", parts=((EVERY, Answer.UNNEEDED),)))
    desk.app.live.heard(News(everything=True))
    assert await _until(desk, lambda: preview.left_out == {job.task.id})
    assert f"Changed by someone else, and left out: {job.row.number}" in _text(desk)
    assert desk.title.startswith("1 job,")


async def test_escape_hands_out_nothing(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    before = await desk.ask(board.board)
    await desk.press("a")
    await desk.type("bk 1")
    await desk.press("enter", "escape")
    assert await desk.ask(board.board) == before
    assert desk.on_top(Dashboard) is screen


async def test_a_name_that_nobody_has_finds_nobody_and_says_how_to_write_it(desk: Desk) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    await desk.press("a")
    await desk.type("xyz 3")
    await desk.press("enter")
    assert "Nobody here is called so" in _text(desk)
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


async def test_the_people_are_sorted_by_a_column_and_nobody_and_all_stay_at_the_ends(desk: Desk) -> None:
    screen = await _dashboard(desk)
    as_it_comes = [row.who for row in screen.list.rows]
    await desk.press("o")
    await desk.type("who")
    await desk.press("enter")
    names = [screen.figures.called(row) for row in screen.list.rows[1:-1]]
    assert names == sorted(names, key=str.casefold)
    await desk.press("O")
    assert [screen.figures.called(row) for row in screen.list.rows[1:-1]] == names[::-1]
    await desk.press("o")
    await desk.type("open")
    await desk.press("enter")
    counts = [row.counts.open for row in screen.list.rows[1:-1]]
    assert counts == sorted(counts, reverse=True)
    assert [screen.list.rows[0].kind, screen.list.rows[-1].kind] == ["nobody", "all"]
    await desk.press("o")
    await desk.type("as it")
    await desk.press("enter")
    assert [row.who for row in screen.list.rows] == as_it_comes


async def test_figures_that_are_being_reckoned_are_never_the_old_ones(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = await _dashboard(desk)
    await _to(desk, screen, "SØ")
    row = screen.list.current
    assert row is not None
    held = threading.Event()
    plain = board.loads

    def slow(*arguments: Any) -> Any:
        held.wait(10)
        return plain(*arguments)

    monkeypatch.setattr(board, "loads", slow)
    job = next(task.id for task in await desk.ask(board.tasks) if task.responsible == row.who)
    await desk.ask(bulk.at_once, [job], Edit("done"))
    desk.app.live.heard(News(frozenset({job})))
    for _ in range(500):  # desk.rest() would wait for what is held
        if next(one for one in screen.list.rows if one.who == row.who).load is None:
            break
        await desk.pilot.pause(0.01)
    else:
        raise AssertionError("the old figures stood")
    others = [one for one in screen.list.rows if one.kind == "person" and one.who != row.who]
    assert all(one.load is not None for one in others)
    held.set()
    await _reckoned(desk, screen)
    after = next(one for one in screen.list.rows if one.who == row.who)
    assert after.load == (await desk.ask(plain)).people[row.who]
