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


async def test_a_job_is_done_when_each_open_part_is_used_or_not_needed(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Kabel mangler")
    await sheet.go_to("Part")
    for part in ("hdmi-2m", "baglys-55"):
        await desk.type(part)
        await desk.press("enter")
    await sheet.fill("Status", "udf")
    await desk.press("f2")
    assert desk.message.startswith("“HDMI-kabel…” is needed. +: it was used   *: not needed")
    assert sheet.number is None
    await desk.press("+")
    assert desk.message.startswith("“Baglysliste…” is needed.")
    await desk.press("*")
    assert sheet.number == 10061
    assert desk.message.startswith("Job 10061 is saved.")
    assert [(line.planned, line.used, line.state) for line in (await desk.stored(10061)).lines] == [
        (1000, 1000, "used"), (0, None, ""),
    ]  # fmt: skip


async def test_in_a_list_too_and_escape_leaves_the_job_as_it_is(desk: Desk) -> None:
    row = await desk.list.put_cursor(JOB)
    await desk.press("d")
    assert "is needed. +: it was used" in desk.message
    await desk.press("escape")
    assert (await desk.stored(row.number)).done_at is None
    await desk.press("d")
    await desk.press("+")
    stored = await desk.stored(row.number)
    assert stored.done_at is not None
    assert stored.lines[0].state == "used"
    await desk.press("u")
    stored = await desk.stored(row.number)
    assert (stored.done_at, stored.lines[0].state) == (None, "needed")


async def test_a_status_that_means_done_asks_too_and_the_enter_that_chose_it_is_no_answer(desk: Desk) -> None:
    row = await desk.list.put_cursor(JOB)
    await desk.press("s", *"udf", "enter", "enter")
    assert "is needed. +: it was used" in desk.message
    assert (await desk.stored(row.number)).done_at is None
    await desk.press("*")
    assert (await desk.stored(row.number)).done_at is not None


async def test_an_answer_typed_ahead_or_held_down_does_not_answer_what_was_not_read(desk: Desk) -> None:
    async def answer_at(seconds: float) -> None:
        event = key_event("+")
        event.time = begun + seconds
        await desk.app.on_event(event)
        await desk.app.keys_done()

    row = await desk.list.put_cursor(JOB)
    begun = time.monotonic()
    await desk.send("d")
    await answer_at(0)
    await desk.rest()
    for repeated in (0.5, 0.53, 0.56, 0.63, 0.7, 0.73):
        await answer_at(repeated)
    assert "is needed. +: it was used" in desk.message
    assert (await desk.stored(row.number)).done_at is None
    await answer_at(30)
    assert (await desk.stored(row.number)).done_at is not None


async def test_the_type_decides_who_pays_and_the_title_says_what_each_pays(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Type", "garanti")
    await sheet.go_to("Part")
    await desk.type("hdmi-2m")
    await desk.press("enter")
    assert [line.payer for line in sheet.lines] == ["supplier"]
    assert desk.title.endswith("supplier 129.00 · Total 129.00")


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
