"""A bar-code reader at the desk: it looks up, and never saves, chooses, deletes or runs commands."""

from __future__ import annotations

import pytest

from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.screens.shell.picker import Picker
from svc_tui.screens.stock.device_card import DeviceCardScreen
from tests.ui.desk import Desk
from tests.ui.test_saving import JOB, NUMBER

CODES = ["5709999999990", "dmpu123x", "V7000123", "aaddpp55", "xyzuuu99", "u1234567", "p241226", "n570999999999"]


async def everything(desk: Desk) -> list[tuple[object, ...]]:
    """What is stored of all jobs, and the acts of people."""
    sql = (
        "SELECT number, subject, start_at, status_id, type_id, responsible_id, version, total FROM activity ORDER BY id"
    )
    acts = await desk.app.store.run(desk.app.store.sql, "SELECT COUNT(*) FROM change_set WHERE actor_id IS NOT NULL")
    return [*await desk.app.store.run(desk.app.store.sql, sql), *acts]


async def scan(desk: Desk, code: str, end: str = "enter", *, prefix: bool = False) -> None:
    """A reader types the code and Enter, or Tab."""
    await desk.burst(*(["ctrl+b"] if prefix else []), *code, end)


@pytest.mark.parametrize("end", ["enter", "tab"])
@pytest.mark.parametrize("code", CODES)
async def test_an_unknown_code_in_a_list_is_said_and_changes_nothing(desk: Desk, code: str, end: str) -> None:
    before, row, title = await everything(desk), desk.list.current, desk.title
    await scan(desk, code, end)
    assert desk.message == f"“{code}” is unknown. Nothing was changed."
    assert (desk.list.current, desk.title) == (row, title)
    assert await everything(desk) == before


@pytest.mark.parametrize("prefix", [False, True])
async def test_a_line_feed_behind_enter_belongs_to_the_code(desk: Desk, prefix: bool) -> None:
    await desk.burst(*(["ctrl+b"] if prefix else []), *CODES[0], "enter", "ctrl+j")
    assert desk.message == f"“{CODES[0]}” is unknown. Nothing was changed."


async def test_a_jobs_label_opens_the_job(desk: Desk) -> None:
    await scan(desk, f"S{NUMBER}")
    assert desk.sheet.number == NUMBER
    assert desk.message == f"Job {NUMBER}"


async def test_a_short_number_opens_the_job_with_the_prefix(desk: Desk) -> None:
    await scan(desk, str(NUMBER), prefix=True)
    assert desk.sheet.number == NUMBER


async def test_a_serial_lists_the_devices_jobs(desk: Desk) -> None:
    await scan(desk, "0b3x4711")
    assert desk.title.startswith("All jobs")
    assert desk.list.screen.filter_line.editor.value == 'serial:"0B3X4711"'
    assert NUMBER in [row.number for row in desk.list.rows]
    assert desk.message == "Device: Samsung QE55Q80 0B3X4711"


async def test_an_ean_tells_of_the_product(desk: Desk) -> None:
    await scan(desk, "5700000000018")
    assert desk.message == "Product: HDMI-2M · HDMI-kabel 2 m · 129.00"
    desk.on_top(ActivityListScreen)


async def test_of_several_things_with_the_code_the_user_chooses(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.burst(
        *"To ting", "tab", "tab", *"tv", "tab", "tab", "tab", *"bente", "tab", *"LG C3 5700000000018", "tab"
    )
    await desk.press("f2")
    assert sheet.number is not None
    await desk.press("escape")
    await scan(desk, "5700000000018")
    desk.on_top(Picker)
    assert len(desk.picker.answers) == 2
    await desk.press("down", "enter")
    assert desk.message.startswith(("Product:", "Device:"))


async def test_beside_the_fields_of_a_sheet_the_quick_line_gets_the_part(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    before = await everything(desk)
    await sheet.go_to_strip()
    lines = len(sheet.lines)
    await scan(desk, "5700000000018")
    await scan(desk, "5700000000025")
    assert [line.code for line in sheet.lines[lines:]] == ["HDMI-2M", "HDMI-5M"]
    assert sheet.tab == "product"
    assert await everything(desk) == before


async def test_an_unknown_part_stands_in_the_quick_line_and_adds_nothing(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("product")
    await sheet.go_to_table()
    lines = list(sheet.lines)
    await scan(desk, "ddd9999x")
    assert sheet.lines == lines
    assert sheet.text("Part") == "ddd9999x"
    assert desk.message == "“ddd9999x” is no product's code or EAN. It stands in the quick line."


async def test_in_a_field_a_code_is_typed_and_with_the_prefix_no_enter_leaves_it(desk: Desk) -> None:
    sheet = await desk.list.new()
    await scan(desk, "ABC12345", prefix=True)
    assert sheet.at == "Subject"
    assert sheet.text("Subject") == "ABC12345"
    await scan(desk, "DEF67890")
    assert sheet.text("Subject") == "ABC12345DEF67890"
    assert sheet.at == "Start"


async def test_a_code_answers_no_question(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("escape")
    await scan(desk, "sdsd1234")
    assert desk.message.startswith("Not saved yet.")
    desk.on_top(ActivitySheetScreen)


async def test_lines_pasted_without_brackets_into_a_list_run_nothing(desk: Desk) -> None:
    before = await everything(desk)
    await desk.burst(*"dd", "enter", *"uu", "tab", *"p1", "enter")
    assert desk.message == "What was pasted was left out: put the cursor into a field first."
    assert await everything(desk) == before


async def test_ctrl_b_alone_is_the_tab_to_the_left(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("contacts")
    await desk.press("ctrl+b")
    assert sheet.tab == "note"


async def test_commands_typed_ahead_and_a_key_held_down_do_what_they_do_slowly(desk: Desk) -> None:
    await desk.burst(*"nFjernsyn dødt", "tab", "tab", *"tv", "tab", "f2")
    assert desk.sheet.text("Subject") == "Fjernsyn dødt"
    await desk.press("escape")
    first = desk.list.rows[0]
    await desk.press("g")
    await desk.burst(*["x"], *["down"] * 3, *"      ", "down")
    await desk.burst(*"GGGGGGGG", "g")
    assert desk.list.current == first


PLACES = {
    "dashboard": ("4",),
    "registers": ("R",),
    "a register": ("R", "enter"),
    "changes": ("h",),
    "contacts": ("7",),
    "products": ("8",),
    "devices": ("0",),
    "a contact's jobs": ("7", "enter", "f12"),
    "a product's history": ("8", "enter", "f12"),
    "the reader": ("e",),
    "statistics": ("9",),
    "orders": ("6",),
    "loan devices": ("6", "L"),
    "what is to be ordered": ("5", "o"),
    "returns": ("5", "r"),
    "the week": ("4", "k"),
    "the next job": ("N",),
    "the jobs of a person": ("4", "down", "enter"),
}


@pytest.mark.parametrize("place", PLACES)
async def test_on_every_screen_a_code_is_looked_up_and_an_unknown_one_changes_nothing(desk: Desk, place: str) -> None:
    await desk.press(*PLACES[place])
    before, title, stack = await everything(desk), desk.title, len(desk.app.screen_stack)
    for code in ("5709999999990", "dmpu123x"):
        await scan(desk, code)
        assert desk.message == f"“{code}” is unknown. Nothing was changed."
        assert (desk.title, len(desk.app.screen_stack)) == (title, stack)
    await scan(desk, f"S{NUMBER}")
    assert desk.on_top(ActivitySheetScreen).record.number == NUMBER
    await desk.press("escape")
    assert desk.title == title
    assert await everything(desk) == before


async def test_a_serial_opens_the_device_where_there_is_no_list_of_jobs(desk: Desk) -> None:
    await desk.press("4")
    await scan(desk, "0b3x4711")
    assert isinstance(desk.screen, DeviceCardScreen)
    await desk.press("escape")
    assert desk.title.startswith("Dashboard")


async def test_what_was_said_before_a_scan_is_gone_with_it(desk: Desk) -> None:
    await desk.press("8")
    await scan(desk, "dmpu123x")
    assert desk.message
    await scan(desk, "HDMI-2M")
    assert not desk.message


@pytest.mark.parametrize("list_of", ["7", "8", "0"])
async def test_words_written_in_the_tabs_of_a_card_run_no_command(desk: Desk, list_of: str) -> None:
    await desk.press(list_of, "enter")
    before, title = await everything(desk), desk.title
    for _tab in range(4):
        await desk.press("f8", *"hdmi")
        assert desk.title == title
    assert await everything(desk) == before
