"""One's own timer: started and stopped by one key, in the title line everywhere, asked about when it was forgotten."""

from __future__ import annotations

import pytest

from svc_tui.domain.news import News
from svc_tui.domain.records import LineRecord
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import timers
from svc_tui.services.jobs.timers import How, RunningTimer
from tests.ui import shop
from tests.ui.colleague import colleague
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk
from tests.ui.shop import read_job


def _later(desk: Desk, minutes: float) -> None:
    """Time goes on, as the title line sees it at its next look."""
    desk.session.clock[0] += minutes * 60
    desk.app.timing.tick()


async def _running(desk: Desk) -> RunningTimer | None:
    found: RunningTimer | None = await desk.ask(timers.running)
    return found


async def _number_here(desk: Desk) -> int:
    """Of the job under the cursor."""
    return desk.list.current.number


async def _hours(desk: Desk, number: int) -> list[tuple[str, int | None]]:
    sheet = await desk.app.store.run(read_job, desk.session, number)
    return [(line.code, line.used) for line in sheet.lines if line.kind == "hours"]


def _only_one_product(session: Session) -> None:
    session.store.execute_sql("UPDATE product SET retired = ? WHERE kind = 'hours' AND code <> 'TIME'", (True,))


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    """The desk of a shop with one hours product."""
    await desk.ask(_only_one_product)
    return desk


# -- one key -------------------------------------------------------------------------------------------------------


async def test_a_letter_starts_it_on_the_job_under_the_cursor_and_stops_it_with_a_line(desk: Desk) -> None:
    number = await _number_here(desk)
    assert "Timer" not in desk.title
    await desk.press("T")
    assert desk.message == f"Your timer runs on job {number}."
    assert desk.title.endswith(f"Timer {number} 0:00")
    _later(desk, 83)
    await desk.rest()
    assert desk.title.endswith(f"Timer {number} 1:23")
    await desk.press("T")
    assert desk.message == f"Your timer on job {number} is stopped after 1:23: 1.383 TIME."
    assert "Timer" not in desk.title
    assert await _hours(desk, number) == [("TIME", 1_383)]


async def test_what_it_made_is_undone_by_u_and_it_runs_again(desk: Desk) -> None:
    number = await _number_here(desk)
    await desk.press("T")
    _later(desk, 30)
    await desk.press("T", "u")
    assert await _hours(desk, number) == []
    timer = await _running(desk)
    assert timer is not None
    assert timer.number == number


async def test_it_stands_in_the_title_line_of_every_screen(desk: Desk) -> None:
    number = await _number_here(desk)
    await desk.press("T")
    for keys in (("2",), ("enter",), ("f3", "4"), ("7",), ("f10",), ("escape", "1")):
        await desk.press(*keys)
        assert f"Timer {number} 0:00" in desk.lines[0], keys
    await desk.press("T")
    assert "Timer" not in desk.title
    await desk.press("7")
    assert "Timer" not in desk.title, "also on a screen that was shown before"


async def test_opening_a_job_never_starts_it(desk: Desk) -> None:
    await desk.press("enter", "f3", "e", "escape")
    assert await _running(desk) is None


async def test_in_the_sheet_it_is_a_key_beside_the_fields_letters(desk: Desk) -> None:
    number = await _number_here(desk)
    await desk.press("enter", "T")
    assert await _running(desk) is None, "a letter is text there"
    await desk.press("backspace", "ctrl+a")
    assert desk.message == f"Your timer runs on job {number}."
    _later(desk, 60)
    await desk.press("ctrl+a")
    assert desk.message.startswith(f"Your timer on job {number} is stopped after 1:00")
    assert ("TIME", 1_000) in [(line.code, line.used) for line in desk.sheet.lines]


async def test_what_is_typed_in_the_sheet_stays_and_is_saved_beside_the_line(desk: Desk) -> None:
    number = await _number_here(desk)
    await desk.press("enter", "ctrl+a")
    await desk.sheet.type_into("Project", "Forår")
    _later(desk, 60)
    await desk.press("ctrl+a")
    assert "shown here once you save" in desk.message
    await desk.press("f2")
    stored = await desk.stored(number)
    assert stored.values["project"] == "Forår"
    assert await _hours(desk, number) == [("TIME", 1_000)]


async def test_a_new_job_is_saved_first(desk: Desk) -> None:
    await desk.press("n", "ctrl+a")
    assert "Go to a job that is saved" in desk.message
    assert await _running(desk) is None


async def test_who_may_only_look_is_told_so(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        await desk.press("T")
        assert "may only look" in desk.message
        assert await _running(desk) is None


# -- another job ---------------------------------------------------------------------------------------------------


async def test_on_another_job_it_asks_and_moves(desk: Desk) -> None:
    first = await _number_here(desk)
    await desk.press("T")
    _later(desk, 15)
    await desk.press("down", "T")
    second = await _number_here(desk)
    assert desk.message.startswith(f"Your timer runs on job {first} (0:15).")
    assert await _hours(desk, first) == []
    await desk.press("y")
    assert desk.message == (f"Your timer on job {first} is stopped after 0:15: 0.25 TIME. It runs on job {second}.")
    assert await _hours(desk, first) == [("TIME", 250)]
    assert desk.title.endswith(f"Timer {second} 0:00")


async def test_it_may_only_be_stopped_or_left_running(desk: Desk) -> None:
    first = await _number_here(desk)
    await desk.press("T")
    _later(desk, 15)
    await desk.press("down", "T", "escape")
    timer = await _running(desk)
    assert timer is not None
    assert timer.number == first
    await desk.press("T", "s")
    assert await _running(desk) is None
    assert await _hours(desk, first) == [("TIME", 250)]


# -- by which product ----------------------------------------------------------------------------------------------


def _several(session: Session) -> None:
    session.store.execute_sql("UPDATE product SET retired = ? WHERE kind = 'hours'", (False,))


async def test_with_several_products_it_asks_which_and_proposes_the_last_one(desk: Desk) -> None:
    await desk.ask(_several)
    first = await _number_here(desk)
    await desk.press("T")
    _later(desk, 60)
    await desk.press("T")
    assert desk.question.startswith(f"1:00 on job {first}: by which hours product")
    await desk.type("ti")
    await desk.press("enter")
    assert await _hours(desk, first) == [("TIME", 1_000)], "the code, not a word of another one's name"
    await desk.press("down", "T")
    second = await _number_here(desk)
    _later(desk, 60)
    await desk.press("T", "enter")
    assert await _hours(desk, second) == [("TIME", 1_000)]


async def test_a_minus_throws_the_time_away_and_esc_lets_it_run_on(desk: Desk) -> None:
    await desk.ask(_several)
    number = await _number_here(desk)
    await desk.press("T")
    _later(desk, 60)
    await desk.press("T", "escape")
    assert await _running(desk) is not None
    await desk.press("T", "-", "enter")
    assert await _running(desk) is None
    assert desk.message.endswith("without a line of hours.")
    assert await _hours(desk, number) == []


def _none(session: Session) -> None:
    session.store.execute_sql("UPDATE product SET retired = ? WHERE kind = 'hours'", (True,))


async def test_without_an_hours_product_the_time_is_not_lost_unasked(desk: Desk) -> None:
    await desk.ask(_none)
    await desk.press("T")
    _later(desk, 60)
    await desk.press("T", "escape")
    assert await _running(desk) is not None
    await desk.press("T", "d")
    assert await _running(desk) is None


# -- forgotten -----------------------------------------------------------------------------------------------------


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes unasked comes."""
    monkeypatch.delenv("SVC_TUI_ALARMS")


async def _forget(desk: Desk) -> int:
    """A timer that was started yesterday at ten, and a session that begins; gives the job's number."""
    number = await _number_here(desk)
    await desk.press("T")
    desk.session.clock[0] += 22 * 3_600
    desk.app.timing.begin()
    await desk.rest()
    return number


@pytest.mark.usefixtures("asking")
async def test_a_forgotten_one_is_asked_about_with_times_to_correct(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.ask(_only_one_product)
        number = await _forget(desk)
        assert desk.message.startswith(f"Your timer runs on job {number} since 24/11 10:00.")
        await desk.press("y")
        assert desk.dialog.text("Started") == "24/11 10:00"
        assert desk.dialog.text("Ended") == "24/11 17:00", "when he goes home"
        assert desk.dialog.at == "Ended"
        await desk.dialog.type_into("Ended", "1130")
        await desk.press("f2")
        assert desk.message == f"Your timer on job {number} is stopped after 1:30: 1.5 TIME."
        assert await _hours(desk, number) == [("TIME", 1_500)]


@pytest.mark.usefixtures("asking")
async def test_it_is_asked_once_and_the_key_asks_again(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.ask(_only_one_product)
        number = await _forget(desk)
        await desk.press("escape")
        desk.app.timing.tick()
        await desk.rest()
        assert desk.message == ""
        assert f"Timer {number} 22:00" in desk.title
        await desk.press("T")
        assert desk.dialog.at == "Ended"
        await desk.dialog.type_into("Ended", "930")
        await desk.press("f2")
        assert "still to come" in desk.message, "half past nine behind ten is this morning's"
        await desk.dialog.fill("Started", "9")
        await desk.dialog.fill("Ended", "930")
        await desk.press("f2")
        assert await _hours(desk, number) == [("TIME", 500)]


@pytest.mark.usefixtures("asking")
async def test_the_forgotten_time_can_be_thrown_away(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.ask(_only_one_product)
        number = await _forget(desk)
        await desk.press("y")
        await desk.dialog.fill("Make a line", "no")
        await desk.press("f2")
        assert await _running(desk) is None
        assert await _hours(desk, number) == []


@pytest.mark.usefixtures("asking")
async def test_it_is_not_asked_into_what_is_written(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.ask(_only_one_product)
        await desk.press("T")
        desk.session.clock[0] += 22 * 3_600
        await desk.press("enter")
        desk.app.timing.begin()
        await desk.rest()
        assert "since" not in desk.message
        await desk.press("f3")
        desk.app.timing.tick()
        await desk.rest()
        assert "since 24/11 10:00" in desk.message


# -- elsewhere -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("asking")
async def test_one_stopped_at_another_terminal_leaves_the_title_line(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.ask(_only_one_product)
        await desk.press("T")
        timer = await _running(desk)
        assert timer is not None
        desk.app.timing.tick()
        await desk.rest()
        assert desk.app.store.path is not None
        with colleague(desk.app.store.path) as other:
            timers.stop(shop.sign_in(other.store, "AH"), timer, How(line=False))
        desk.app.live.heard(News(frozenset((timer.job,)), tables=frozenset(("timer",))))
        desk.app.timing.tick()
        await desk.rest()
        assert "Timer" not in desk.title


async def test_a_job_that_comes_to_more_than_was_agreed_is_told(desk: Desk) -> None:
    await desk.press("enter")
    await desk.sheet.open_tab("misc")
    await desk.sheet.fill("Ceiling with VAT", "1")
    await desk.press("f2", "ctrl+a")
    _later(desk, 60)
    await desk.press("ctrl+a")
    assert "agreed is 1" in desk.message


async def test_the_hours_of_a_plan_are_used_up(desk: Desk) -> None:
    """What is planned of the product and not used yet is no longer charged beside the hours."""

    def planned(lines: list[LineRecord]) -> list[tuple[int, int | None]]:
        return [(line.planned, line.used) for line in lines if line.kind == "hours"]

    await desk.press("enter")
    await desk.sheet.fill("Part", "time")
    await desk.press("f2", "ctrl+a")
    _later(desk, 30)
    await desk.press("ctrl+a")
    assert planned(desk.sheet.lines) == [(1_000, 0), (0, 500)]
