"""F4 in the start field: the next free time of the responsible, and the one after it."""

from __future__ import annotations

from svc_tui.domain import clock
from svc_tui.domain.planning.hours import Timeline
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.services.planning import opening
from tests.ui.desk import Desk, SheetPage


def _times(sheet: SheetPage) -> tuple[int, int]:
    times = sheet.screen.header.times
    start, end = times["start_at"].value, times["end_at"].value
    assert start is not None
    assert end is not None
    return start, end


async def _hours(desk: Desk, initials: str) -> Timeline:
    who = next(entry.id for entry in desk.session.registers.employees if entry.initials == initials)
    calendars: opening.Calendars = await desk.ask(opening.calendars)
    return calendars.people[who]


async def test_the_start_becomes_the_next_time_the_responsible_is_free_and_the_end_follows(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Eftersyn")
    await sheet.fill("Responsible", "sø")
    await sheet.go_to("Start")
    await desk.press("f4")
    start, end = _times(sheet)
    hours = await _hours(desk, "SØ")
    assert hours.is_working(start)
    assert clock.local(start).minute % 15 == 0
    assert hours.between(start, end) == end - start
    assert "Søren" in desk.message
    assert desk.message.endswith("F4: the next time")
    await desk.press("f4")
    later, _end = _times(sheet)
    assert later > start
    await desk.press("f2")
    stored = await desk.stored(sheet.number or 0)
    assert stored.values["start_at"] == later


async def test_what_was_proposed_is_taken_by_the_next_job_and_not_proposed_again(desk: Desk) -> None:
    taken = []
    for _job in range(2):
        sheet = await desk.list.new()
        await desk.type("Eftersyn")
        await sheet.fill("Responsible", "sø")
        await sheet.go_to("Start")
        await desk.press("f4")
        taken.append(_times(sheet))
        await desk.press("f2", "f3")
    (_first, first_end), (second, _second_end) = taken
    assert first_end <= second


async def test_of_a_stored_job_its_own_time_is_not_in_the_way(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Eftersyn")
    await sheet.fill("Responsible", "sø")
    await sheet.go_to("Start")
    await desk.press("f4")
    start, _end = _times(sheet)
    await desk.press("f2", "f3")
    sheet = await desk.list.open("Eftersyn")
    await sheet.fill("Start", "+9 0100")
    await sheet.go_to("Start")
    await desk.press("f4")
    assert _times(sheet)[0] == start


async def test_without_a_responsible_it_is_when_the_shop_is_open(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Responsible", "-")
    await sheet.go_to("Start")
    await desk.press("ctrl+o")
    assert (await desk.ask(opening.calendars)).shop.is_working(_times(sheet)[0])
    assert desk.message.startswith("Nobody is responsible yet")
    assert isinstance(desk.screen, ActivitySheetScreen)
