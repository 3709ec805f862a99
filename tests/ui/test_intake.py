"""What the sheet and the list tell at the counter, in a line that blocks nothing."""

from __future__ import annotations

import time

import pytest

from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk, key_event

JOB = "TV uden billede"


async def test_another_open_job_on_the_device_is_told(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Device", "0B3X4711")
    assert desk.message.startswith("Open job on this device: 10054 TV uden billede")


async def test_a_known_serial_number_of_somebody_else_is_told(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", "ole hansen")
    await sheet.fill("Device", "Philips TV sn 0B3X4711")
    assert desk.message.startswith("This serial number is known: Jensen & Søn ApS, Samsung QE55Q80 0B3X4711.")


async def test_parts_still_needed_are_asked_about_before_a_job_is_done(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Kabel mangler")
    await sheet.go_to("Part")
    await desk.type("hdmi-2m")
    await desk.press("enter")
    await sheet.fill("Status", "udf")
    await desk.press("f2")
    assert desk.message.startswith("1 part is still needed (")
    assert sheet.number is None
    await desk.press("enter")
    assert sheet.number == 10061
    assert desk.message.startswith("Job 10061 is saved.")


async def test_in_a_list_too_and_escape_leaves_the_job_as_it_is(desk: Desk) -> None:
    row = await desk.list.put_cursor(JOB)
    await desk.press("d")
    assert "still needed" in desk.message
    await desk.press("escape")
    assert (await desk.stored(row.number)).done_at is None
    await desk.press("d")
    await desk.press("enter")
    assert (await desk.stored(row.number)).done_at is not None


async def test_a_status_that_means_done_asks_too_and_the_enter_that_chose_it_is_not_the_answer(desk: Desk) -> None:
    row = await desk.list.put_cursor(JOB)
    await desk.press("s", *"udf")
    begun = time.monotonic()
    for after in (0, 0.5, 0.53, 0.56):
        event = key_event("enter")
        event.time = begun + after
        await desk.app.on_event(event)
        await desk.app.keys_done()
        await desk.rest()
    assert "still needed" in desk.message
    assert (await desk.stored(row.number)).done_at is None
    event = key_event("enter")
    event.time = begun + 30
    await desk.app.on_event(event)
    await desk.app.keys_done()
    assert (await desk.stored(row.number)).done_at is not None


async def test_enter_typed_ahead_or_held_down_does_not_answer_what_was_not_read(desk: Desk) -> None:
    async def enter_at(seconds: float) -> None:
        event = key_event("enter")
        event.time = begun + seconds
        await desk.app.on_event(event)
        await desk.app.keys_done()

    row = await desk.list.put_cursor(JOB)
    begun = time.monotonic()
    await desk.send("d")
    await enter_at(0)
    await desk.rest()
    for repeated in (0.5, 0.53, 0.56, 0.63, 0.7, 0.73):
        await enter_at(repeated)
    assert "still needed" in desk.message
    assert (await desk.stored(row.number)).done_at is None
    await enter_at(30)
    assert (await desk.stored(row.number)).done_at is not None


async def test_the_type_decides_who_pays_and_the_title_says_what_each_pays(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Type", "garanti")
    await sheet.go_to("Part")
    await desk.type("hdmi-2m")
    await desk.press("enter")
    assert [line.payer for line in sheet.lines] == ["supplier"]
    assert desk.title.endswith("supplier 129.00 · Total 129.00")


async def test_many_jobs_are_asked_about_in_one_question_with_how_many_still_need_parts(desk: Desk) -> None:
    row = await desk.list.put_cursor(JOB)
    await desk.press("space", "space", "d")
    assert "Set " in desk.message
    assert "1 still needs parts." in desk.message
    await desk.press("escape")
    assert (await desk.stored(row.number)).done_at is None


@pytest.mark.parametrize("typed", ["Lenovo ThinkPad T480s", "Samsung Galaxy S21 Ultra 5G", "LG OLED55C1 104MAXX12345"])
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
async def test_what_a_new_device_will_be_is_read_whole_while_typing(
    open_at: OpenDesk, typed: str, columns: int
) -> None:
    async with open_at(size=(columns, 30)) as desk:
        sheet = await desk.list.new()
        await sheet.go_to("Device")
        await desk.type(typed)
        makes = sheet.field("Device").makes
        assert makes.startswith("new: ")
        shown = " ".join(line.strip() for line in desk.lines)
        assert makes in shown
