"""Beside the fields of the sheet: what letters, digits, Del, `y` and `u` do on the tab strip and in the tables."""

from __future__ import annotations

import pytest

from svc_tui.domain.records import Stage
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip
from tests.ui.desk import Desk, SheetPage

JOB = "TV uden billede"
NUMBER = 10054


async def _table(desk: Desk, tab: str = "product") -> SheetPage:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab(tab)
    await sheet.go_to_table()
    return sheet


async def _strip(desk: Desk, tab: str) -> SheetPage:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_strip()
    assert await desk.hop("right", lambda: sheet.tab == tab), f"no tab {tab}"
    assert isinstance(sheet.screen.target, TabStrip)
    return sheet


# -- where the cursor stands ---------------------------------------------------------------------------------------


async def test_after_a_tab_key_the_cursor_stands_in_the_tab(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    screen = sheet.screen
    seen: list[object] = []
    for _tab in sheet.screen.tabs:
        await desk.press("f8")
        seen.append(sheet.at or screen.target)
    assert seen == [screen.linked.list, "Part", screen.history.list, "Own field 1", screen.note.box]
    await desk.press("f7")
    assert sheet.at == "Own field 1"
    await desk.press("f7", "3")
    assert sheet.at == "Part"


async def test_the_key_into_the_tab_right_after_the_one_that_opened_it_stays_there(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.press("f8", "f7", "f12")
    assert sheet.screen.target is sheet.screen.note.box
    await desk.type("Ringet")
    await desk.press("f12")
    assert (sheet.at, sheet.screen.note.box.text) == ("Subject", "Ringet")


async def test_what_was_typed_in_the_header_is_understood_before_the_tab_is_opened(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.type_into("Responsible", "bk")
    await desk.press("f8")
    assert sheet.text("Responsible") not in ("bk", "")
    assert sheet.at == ""


async def test_the_arrows_on_the_strip_leave_the_cursor_there(desk: Desk) -> None:
    sheet = await _strip(desk, "history")
    await desk.press("left")
    assert sheet.tab == "product"
    assert isinstance(sheet.screen.target, TabStrip)


async def test_a_tab_that_is_not_there_is_told(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("7")
    assert (sheet.tab, desk.message) == ("product", "There are 5 tabs.")


# -- letters write -------------------------------------------------------------------------------------------------


async def test_a_part_typed_on_the_way_from_the_note_is_a_part(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.press("f12", "f8", "f8")
    await desk.type("hdmi")
    await desk.press("enter")
    assert sheet.lines[-1].code == "HDMI-2M"
    assert (await desk.stored(NUMBER)).stage is not Stage.DONE


@pytest.mark.parametrize(
    "text", ["hdmi", "dsub", "nøgle", "lampe", "gummi", "Gummi", "-5", "0,5 time", "usb", "yale", "+x", "/"]
)
async def test_letters_on_the_strip_go_to_the_first_field_of_the_tab(desk: Desk, text: str) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_strip()
    await sheet.open_tab("product")
    await sheet.go_to_strip()
    before = list(sheet.lines)
    await desk.type(text)
    assert (sheet.at, sheet.text("Part")) == ("Part", text)
    assert sheet.lines == before


@pytest.mark.parametrize("text", ["hdmi", "done", "new", "link", "gummi", "=x", "usb"])
async def test_letters_in_the_table_of_lines_go_to_the_quick_line(desk: Desk, text: str) -> None:
    sheet = await _table(desk)
    before = list(sheet.lines)
    await desk.type(text)
    assert (sheet.at, sheet.text("Part"), sheet.lines) == ("Part", text, before)


async def test_letters_over_the_earlier_entries_go_into_the_new_one(desk: Desk) -> None:
    sheet = await _table(desk, "note")
    await desk.type("dødt barn")
    assert sheet.screen.note.box.text == "dødt barn"


async def test_letters_in_the_last_tab_go_into_its_first_field(desk: Desk) -> None:
    sheet = await _strip(desk, "misc")
    await desk.type("dunk")
    assert sheet.text("Own field 1") == "dunk"


@pytest.mark.parametrize("tab", ["contacts", "history"])
async def test_where_nothing_is_written_letters_do_nothing_and_say_so(desk: Desk, tab: str) -> None:
    sheet = await _table(desk, tab)
    await desk.type("dnlguy-")
    assert isinstance(sheet.screen.target, RowList)
    assert desk.message
    desk.on_top(ActivitySheetScreen)
    assert not sheet.screen.is_changed


async def test_a_paste_beside_the_fields_is_written_too(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.paste("hdmi-5m")
    assert (sheet.at, sheet.text("Part")) == ("Part", "hdmi-5m")
    await _again(desk)
    sheet = await _table(desk, "history")
    await desk.paste("hdmi-5m")
    assert not sheet.screen.is_changed


async def _again(desk: Desk) -> None:
    await desk.press("escape", "d")


async def test_what_waits_in_the_quick_line_is_gone_on_with(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.press("f8", "f8")
    await desk.type("hd")
    await desk.press("f8", "f7", "f7")
    sheet = await _strip_of_product(desk, sheet)
    await desk.type("mi")
    assert sheet.text("Part") == "hdmi"


async def _strip_of_product(desk: Desk, sheet: SheetPage) -> SheetPage:
    """To the strip without passing the quick line, which would take what stands in it."""
    assert await desk.hop("shift+tab", lambda: isinstance(sheet.screen.target, TabStrip | RowList))
    assert await desk.hop("shift+tab", lambda: isinstance(sheet.screen.target, TabStrip))
    assert await desk.hop("right", lambda: sheet.tab == "product")
    return sheet


async def test_done_is_an_action_of_the_sheet_by_the_palette(desk: Desk) -> None:
    await _table(desk)
    await desk.press("f10")
    await desk.type("done")
    await desk.press("enter")
    assert "is needed" in desk.message
    await desk.press("+")
    assert (await desk.stored(NUMBER)).stage is Stage.DONE


# -- taking away and bringing back ---------------------------------------------------------------------------------


async def test_what_is_taken_away_is_told_with_the_way_back_and_the_cursor_stays(desk: Desk) -> None:
    sheet = await _table(desk)
    first, second = sheet.lines
    await desk.press("delete")
    assert "u brings it back" in desk.message
    assert first.text in desk.message
    assert sheet.screen.product.list.current == second
    await desk.press("u")
    assert sheet.lines == [first, second]
    assert sheet.screen.product.list.current == first
    assert not sheet.screen.is_changed


async def test_the_cursor_stays_on_the_last_row_when_the_one_below_is_gone(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("end", "delete")
    assert sheet.screen.product.list.current == sheet.lines[-1]


async def test_a_line_taken_away_is_brought_back_after_the_save(desk: Desk) -> None:
    sheet = await _table(desk)
    first, second = sheet.lines
    await desk.press("delete", "f2")
    assert [line.code for line in (await desk.stored(NUMBER)).lines] == [second.code]
    await sheet.go_to_table()
    await desk.press("u", "f2")
    stored = (await desk.stored(NUMBER)).lines
    assert {(line.code, line.price, line.planned) for line in stored} == {
        (line.code, line.price, line.planned) for line in (first, second)
    }


async def test_a_line_taken_away_is_brought_back_when_the_job_is_opened_again(desk: Desk) -> None:
    await _table(desk)
    await desk.press("delete", "f2", "escape")
    sheet = await _table(desk)
    await desk.press("u")
    assert len(sheet.lines) == 2


async def test_what_was_discarded_is_not_brought_back_twice(desk: Desk) -> None:
    await _table(desk)
    await desk.press("delete", "escape", "d")
    sheet = await _table(desk)
    await desk.press("u")
    assert len(sheet.lines) == 2
    assert desk.message == "Nothing is left to bring back."


async def test_another_jobs_lines_are_not_brought_back(desk: Desk) -> None:
    await _table(desk)
    await desk.press("delete", "f2", "escape")
    sheet = await desk.list.open("Vaskemaskine")
    await sheet.open_tab("product")
    await sheet.go_to_table()
    await desk.type("u")
    assert sheet.text("Part") == "u"


async def test_the_customers_link_comes_back_with_the_customer(desk: Desk) -> None:
    sheet = await _table(desk, "contacts")
    customer = sheet.text("Customer")
    place = next(place for place, link in enumerate(sheet.links) if link.role == "customer")
    before = list(sheet.links)
    await desk.press("home", *["down"] * place, "delete")
    assert sheet.text("Customer") == ""
    await desk.press("u")
    assert (sheet.text("Customer"), sheet.links) == (customer, before)
    assert not sheet.screen.is_changed


async def test_where_there_is_nothing_to_take_away_it_is_said(desk: Desk) -> None:
    sheet = await _table(desk, "note")
    await desk.press("delete")
    assert desk.message == "There is nothing here to take away."
    assert not sheet.screen.is_changed


# -- a line's payer and state --------------------------------------------------------------------------------------


async def test_y_goes_round_those_who_pay_a_line(desk: Desk) -> None:
    sheet = await _table(desk)
    seen = [sheet.lines[0].payer]
    for _step in range(3):
        await desk.press("y")
        seen.append(sheet.lines[0].payer)
    assert seen == ["customer", "supplier", "us", "customer"]
    await desk.press("y", "f2")
    assert (await desk.stored(NUMBER)).lines[0].payer == "supplier"
    assert sheet.screen.product.list.current == sheet.lines[0]


async def test_a_part_arrives_by_the_palette(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("f10")
    await desk.type("arrived")
    await desk.press("enter")
    assert sheet.lines[0].state == "arrived"
