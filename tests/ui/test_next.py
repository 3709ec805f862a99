"""The next job: a queue that is taken from by Enter, and taken back by one key."""

from __future__ import annotations

from svc_tui.domain.news import News
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.reports.dashboard import Dashboard
from svc_tui.screens.reports.next_screen import NextScreen
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from tests.ui.desk import Desk


async def _next(desk: Desk) -> NextScreen:
    await desk.press("N")
    return desk.on_top(NextScreen)


def _jobs(screen: NextScreen) -> list[int]:
    return [job.row.id for job in screen.list.rows]


async def _states(desk: Desk, job: int) -> tuple[int | None, int]:
    found: list[tuple[int | None, int]] = await desk.ask(lambda session: session.store.sql(
        "SELECT responsible_id, stage FROM activity WHERE id = ?", (job,)
    ))  # fmt: skip
    return found[0]


async def test_two_keys_take_the_next_job_and_one_takes_it_back(desk: Desk) -> None:
    screen = await _next(desk)
    mine = desk.session.employee
    assert mine is not None
    first = screen.list.rows[0]
    before = await _states(desk, first.row.id)
    await desk.press("enter")
    assert await _states(desk, first.row.id) == (mine.id, 3)
    assert str(first.row.number) in screen.about.lines[3]
    assert first.row.id not in _jobs(screen)
    assert f"Job {first.row.number} is yours and in work" in desk.message
    await desk.press("u")
    await desk.rest()
    assert await _states(desk, first.row.id) == before
    assert first.row.id in _jobs(screen)


async def test_what_nobody_has_is_one_key_away_and_taken_alike(desk: Desk) -> None:
    screen = await _next(desk)
    own = _jobs(screen)
    await desk.press("n")
    assert "Nobody's" in desk.title
    free = _jobs(screen)
    assert free
    assert not set(free) & set(own)
    await desk.press("enter")
    assert desk.session.employee is not None
    assert await _states(desk, free[0]) == (desk.session.employee.id, 3)
    await desk.press("n")
    assert _jobs(screen) == own


async def test_what_a_colleague_took_meanwhile_is_told_and_stays_his(desk: Desk) -> None:
    screen = await _next(desk)
    await desk.press("n")
    job = screen.list.rows[0].row
    other = next(entry for entry in desk.session.registers.employees if entry.initials == "SØ")
    await desk.ask(bulk.at_once, [job.id], Edit("responsible", other.id))
    await desk.press("enter")
    assert f"Job {job.number} was taken by Søren Øster… meanwhile." in desk.message
    assert job.id not in _jobs(screen)
    assert (await _states(desk, job.id))[0] == other.id


async def test_what_others_hand_out_comes_by_itself(desk: Desk) -> None:
    screen = await _next(desk)
    free = await desk.ask(lambda session: session.store.sql(
        "SELECT id FROM activity WHERE responsible_id IS NULL AND stage = 1 ORDER BY id LIMIT 1"
    ))  # fmt: skip
    job = free[0][0]
    assert job not in _jobs(screen)
    assert desk.session.employee is not None
    await desk.ask(bulk.at_once, [job], Edit("responsible", desk.session.employee.id))
    desk.app.live.heard(News(everything=True))
    for _ in range(200):
        await desk.rest()
        if job in _jobs(screen):
            return
        await desk.pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_tab_opens_the_job_and_escape_comes_back(desk: Desk) -> None:
    screen = await _next(desk)
    await desk.press("tab")
    desk.on_top(ActivitySheetScreen)
    await desk.press("escape")
    assert desk.on_top(NextScreen) is screen
    await desk.press("escape")
    desk.on_top(ActivityListScreen)


async def test_it_is_there_from_the_dashboard_too(desk: Desk) -> None:
    await desk.press("4")
    await _next(desk)
    await desk.press("escape")
    desk.on_top(Dashboard)


async def test_where_nothing_is_ready_enter_takes_nothing(desk: Desk) -> None:
    await desk.ask(lambda session: session.store.execute_sql("UPDATE activity SET stage = 4"))
    await _next(desk)
    await desk.press("enter")
    assert "There is nothing to take." in desk.message
