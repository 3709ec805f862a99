"""Hours, special days and absences, kept by keys."""

from __future__ import annotations

from svc_tui.domain.planning.hours_text import read_week
from svc_tui.screens.registers.hours import HoursScreen
from svc_tui.services.planning import opening
from tests.ui.desk import Desk


async def _hours(desk: Desk) -> HoursScreen:
    await desk.app.show(HoursScreen())
    await desk.rest()
    return desk.on_top(HoursScreen)


async def test_the_shops_week_is_changed_and_undone(desk: Desk) -> None:
    await _hours(desk)
    before = await desk.ask(opening.week_of)
    await desk.press("enter", "ctrl+u")
    await desk.type("mon-fri 8-12 12:30-16:30, sat 10-13")
    await desk.press("enter")
    assert await desk.ask(opening.week_of) == read_week("mon-fri 8-12 12:30-16:30, sat 10-13", "en")
    await desk.press("u")
    assert await desk.ask(opening.week_of) == before


async def test_a_week_that_is_none_is_refused_and_nothing_is_changed(desk: Desk) -> None:
    await _hours(desk)
    before = await desk.ask(opening.week_of)
    await desk.press("enter", "ctrl+u")
    await desk.type("mon 16-8")
    await desk.press("enter")
    assert "mon-fri 8-12" in desk.message
    assert await desk.ask(opening.week_of) == before


async def test_an_absence_and_a_special_day_are_added_told_changed_and_taken_away(desk: Desk) -> None:
    screen = await _hours(desk)
    await desk.press("n")
    await desk.type("bk 1/12..5/12, ferie")
    await desk.press("enter")
    [row] = await desk.ask(opening.absences)
    assert row.reason == "ferie"
    assert row.to_at - row.from_at == 5 * 86_400
    assert any("Bent Krogh" in line and "01/12 - 05/12 ferie" in line for line in desk.lines)
    await desk.press("n")
    await desk.type("24/12 8-12, Juleaften")
    await desk.press("enter")
    days = {day.day: day for day in await desk.ask(opening.special_days)}
    assert (days["2026-12-24"].hours, days["2026-12-24"].name) == ("8:00-12:00", "Juleaften")
    assert await desk.hop("down", lambda: screen.list.current == row)
    await desk.press("enter", "ctrl+u")
    await desk.type("bk 1/12..2/12, syg")
    await desk.press("enter")
    [row] = await desk.ask(opening.absences)
    assert (row.reason, row.to_at - row.from_at) == ("syg", 2 * 86_400)
    await desk.press("delete", "y")
    assert await desk.ask(opening.absences) == ()
    await desk.press("u")
    assert [one.reason for one in await desk.ask(opening.absences)] == ["syg"]


async def test_what_is_neither_is_refused_with_the_remedy(desk: Desk) -> None:
    await _hours(desk)
    await desk.press("n")
    await desk.type("xyz")
    await desk.press("enter")
    assert "24/12 8-12" in desk.message
