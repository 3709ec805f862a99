"""The Product tab: the quick line, lines changed and taken away."""

from __future__ import annotations

import pytest

from svc_tui.domain.records import LineKind, PartState
from tests.ui.desk import Desk, SheetPage

JOB = "TV uden billede"


async def _part(desk: Desk) -> SheetPage:
    sheet = await desk.list.new()
    await sheet.go_to("Part")
    return sheet


async def test_enter_in_the_quick_line_adds_and_stays_for_the_next_part(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("hdmi-2m")
    await desk.press("enter")
    assert sheet.at == "Part"
    assert sheet.text("Part") == ""
    assert "HDMI-2M" in desk.message
    await desk.type("pumpe")
    await desk.press("enter")
    assert [line.code for line in sheet.lines] == ["HDMI-2M", "PUMPE-7"]
    assert desk.title.endswith("Total 554.00")


async def test_tab_in_the_quick_line_adds_and_goes_on(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("hdmi-2m")
    await desk.press("tab")
    assert sheet.at == "Fault told"
    assert [line.code for line in sheet.lines] == ["HDMI-2M"]


@pytest.mark.parametrize(
    ("typed", "code", "quantity"),
    [
        ("3x HDMI", "HDMI-2M", 3000), ("3xHDMI", "HDMI-2M", 3000), ("2*hdmi-5m", "HDMI-5M", 2000),
        ("1.5 x time", "TIME", 1500), ("1,5x time", "TIME", 1500), ("5700000000056", "PUMPE-7", 1000),
        ("2x 5700000000056", "PUMPE-7", 2000), ("stroem", "STRØM-A4", 1000), ("3 stk hdmi-5m", "HDMI-5M", 3000),
        ("hdmi-2m x2", "HDMI-2M", 2000), ("1.5 time", "TIME", 1500), ("2 timer", "TIME", 2000),
        ("timer 2", "TIME", 2000),
    ],
)  # fmt: skip
async def test_the_quick_line_understands_quantity_code_ean_and_name(
    desk: Desk, typed: str, code: str, quantity: int
) -> None:
    sheet = await _part(desk)
    await desk.type(typed)
    await desk.press("enter")
    assert [(line.code, line.planned) for line in sheet.lines] == [(code, quantity)]


async def test_a_part_in_no_register_becomes_a_free_line(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("2x gummifod til Miele")
    await desk.press("enter")
    line = sheet.lines[0]
    assert (line.code, line.text, line.planned, line.product_id) == ("", "gummifod til Miele", 2000, None)
    assert not sheet.is_marked("Part")


async def test_a_price_typed_is_the_lines_price(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("2x kabel til ovn à 149")
    await desk.press("enter")
    await desk.type("hdmi-2m x2 à 99.50")
    assert desk.shows("2 x HDMI-2M")
    await desk.press("enter")
    assert [(line.code, line.text, line.planned, line.price) for line in sheet.lines] == [
        ("", "kabel til ovn", 2000, 14_900), ("HDMI-2M", sheet.lines[1].text, 2000, 9_950),
    ]  # fmt: skip


async def test_a_line_at_price_nothing_says_so(desk: Desk) -> None:
    await _part(desk)
    await desk.type("gummifod til Miele")
    await desk.press("enter")
    assert desk.message.startswith("Added at price 0: gummifod til Miele")


@pytest.mark.parametrize("typed", ["5701234567899", "XYZ-4711", "2x XYZ-4711"])
async def test_an_unknown_ean_or_code_is_told_and_enter_again_makes_free_text_with_a_price(
    desk: Desk, typed: str
) -> None:
    sheet = await _part(desk)
    await desk.type(typed)
    await desk.press("enter")
    assert "is no product" in desk.message
    assert sheet.lines == []
    assert (sheet.at, sheet.text("Part")) == ("Part", typed)
    await desk.press("enter")
    assert desk.question.startswith("Price of")
    await desk.type("249.50")
    await desk.press("enter")
    assert [(line.text, line.price, line.product_id) for line in sheet.lines] == [
        (typed.removeprefix("2x "), 24_950, None)
    ]
    assert (sheet.at, sheet.text("Part")) == ("Part", "")


async def test_the_next_code_takes_the_place_of_an_unknown_one(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.burst(*"5701234567899", "enter", *"5700000000056", "enter")
    assert [line.code for line in sheet.lines] == ["PUMPE-7"]


async def test_a_save_asks_about_an_unknown_code_and_saves_nothing(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("5701234567899")
    await desk.press("f2", "f2")
    assert sheet.number is None
    assert sheet.is_marked("Part")
    assert "is no product" in desk.message


async def test_tab_leaves_an_unknown_code_marked(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("5701234567899")
    await desk.press("tab")
    assert sheet.at == "Fault told"
    assert sheet.is_marked("Part")
    assert "is no product" in desk.message
    assert (sheet.lines, sheet.text("Part")) == ([], "5701234567899")


async def test_a_price_that_cannot_be_read_is_refused(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("kabel à abc")
    await desk.press("enter")
    assert sheet.lines == []
    assert sheet.is_marked("Part")
    assert sheet.text("Part") == "kabel à abc"


async def test_a_part_is_needed_and_hours_are_not(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("hdmi-2m")
    await desk.press("enter")
    await desk.type("time")
    await desk.press("enter")
    assert [(line.kind, line.state) for line in sheet.lines] == [
        (LineKind.PART, PartState.NEEDED),
        (LineKind.HOURS, PartState.NONE),
    ]


async def test_lines_are_saved_with_the_sheet(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("3x hdmi-2m")
    await desk.press("enter")
    await sheet.fill("Subject", "Tre kabler")
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert [(line.code, line.planned) for line in stored.lines] == [("HDMI-2M", 3000)]
    assert stored.total == 38700


async def test_what_stands_in_the_quick_line_at_save_is_added(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("hdmi-2m")
    await desk.press("f2")
    assert [line.code for line in (await desk.stored(10061)).lines] == ["HDMI-2M"]
    assert sheet.number == 10061


async def test_the_product_picker_adds_what_is_picked_and_stays_in_the_quick_line(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.press("f4")
    await desk.type("afløb")
    await desk.press("enter")
    assert [line.code for line in sheet.lines] == ["PUMPE-7"]
    assert sheet.at == "Part"


async def test_a_quantity_typed_before_the_picker_is_kept(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("4x hdmi")
    await desk.press("f4", "down", "enter")
    assert [(line.code, line.planned) for line in sheet.lines] == [("HDMI-5M", 4000)]


async def _table(desk: Desk) -> SheetPage:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("product")
    await sheet.go_to_table()
    return sheet


async def test_enter_on_a_line_changes_it(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("enter")
    dialog = desk.dialog
    await dialog.fill("Planned quantity", "2")
    await dialog.fill("Unit price", "500")
    await dialog.fill("Discount %", "10")
    await dialog.fill("Payer", "sup")
    await desk.press("f2")
    line = sheet.lines[0]
    assert (line.planned, line.price, line.discount, line.payer, line.state) == (
        2000, 50000, 1000, "supplier", "needed",
    )  # fmt: skip
    assert desk.title.endswith("Total 1,545.00")
    await desk.press("f2")
    stored = (await desk.stored(10054)).lines[0]
    assert (stored.planned, stored.price, stored.discount, stored.payer, stored.state) == (
        2000, 50000, 1000, "supplier", "needed",
    )  # fmt: skip


async def test_hours_that_were_used_count_instead_of_those_planned(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("down", "enter")
    await desk.dialog.fill("Used quantity", "1.5")
    await desk.press("f2", "f2")
    assert (await desk.stored(10054)).lines[1].used == 1500
    assert sheet.number == 10054


@pytest.mark.parametrize(
    ("label", "typed"),
    [("Unit price", "gratis"), ("Planned quantity", "mange"), ("Discount %", "110"), ("Payer", "ingen")],
)  # fmt: skip
async def test_a_line_that_cannot_be_understood_is_refused_with_its_field(desk: Desk, label: str, typed: str) -> None:
    sheet = await _table(desk)
    await desk.press("enter")
    dialog = desk.dialog
    await dialog.fill(label, typed)
    await desk.press("f2")
    assert desk.dialog.at == label, "the dialog is left with a value that the save of the sheet refuses"
    assert desk.dialog.text(label) == typed
    await desk.press("escape")
    assert not sheet.screen.is_changed


async def test_a_line_is_taken_away_and_the_save_takes_it_for_good(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("delete")
    assert [line.code for line in sheet.lines] == ["TIME"]
    await desk.press("f2")
    assert [line.code for line in (await desk.stored(10054)).lines] == ["TIME"]


async def test_a_line_taken_away_is_back_when_the_changes_are_discarded(desk: Desk) -> None:
    await _table(desk)
    await desk.press("delete", "escape", "d")
    assert len((await desk.stored(10054)).lines) == 2


async def test_several_lines_are_taken_away_and_added_in_one_go(desk: Desk) -> None:
    sheet = await _table(desk)
    await desk.press("delete", "delete")
    assert sheet.lines == []
    await sheet.go_to("Part")
    await desk.type("hdmi-2m")
    await desk.press("enter")
    await desk.type("hdmi-5m")
    await desk.press("enter")
    await sheet.go_to_table()
    await desk.press("home", "delete")
    await sheet.go_to("Part")
    await desk.type("pumpe")
    await desk.press("enter")
    assert [line.code for line in sheet.lines] == ["HDMI-5M", "PUMPE-7"]
    await desk.press("f2")
    assert [line.code for line in (await desk.stored(10054)).lines] == ["HDMI-5M", "PUMPE-7"]


async def test_the_faults_are_kept(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("product")
    await sheet.fill("Fault told", "Intet billede")
    await sheet.fill("Found", "To dioder")
    await desk.press("f2")
    values = (await desk.stored(10054)).values
    assert (values["fault_told"], values["fault_found"]) == ("Intet billede", "To dioder")


async def test_going_into_the_product_tab_begins_in_the_quick_line(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("product")
    assert sheet.at == "Part"
    await desk.press("f12")
    await desk.type("hdmi")
    await desk.press("enter")
    assert sheet.lines[-1].code == "HDMI-2M"
    await desk.press("f12")
    assert sheet.at == "Subject"


async def test_the_next_tab_takes_the_cursor_out_of_the_quick_line(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("product")
    await desk.type("hdmi")
    await desk.press("f8")
    assert sheet.tab == "history"
    await desk.type("3")
    assert sheet.tab == "product"
    assert sheet.text("Part") == "hdmi"


@pytest.mark.parametrize("leave", ["up", "shift+tab", "click"])
async def test_the_quick_line_keeps_what_was_typed_when_it_is_left_without_adding(desk: Desk, leave: str) -> None:
    sheet = await _part(desk)
    await desk.type("3x hdmi-2m")
    if leave == "click":
        form, subject = sheet.screen.header, sheet.field("Subject")
        form.post_message(form.Clicked(form, subject))
        await desk.rest()
    else:
        await desk.press(leave)
    assert sheet.at != "Part"
    assert sheet.text("Part") == "3x hdmi-2m"
    assert desk.shows("3 x HDMI-2M")
    await sheet.go_to("Part")
    await desk.press("enter")
    assert [(line.code, line.planned) for line in sheet.lines] == [("HDMI-2M", 3000)]


async def test_a_part_that_was_left_in_the_quick_line_is_asked_about_and_saved(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("3x hdmi-2m")
    await desk.press("up", "escape")
    assert desk.message.startswith("Not saved yet.")
    await desk.press("escape", "f2")
    assert [(line.code, line.planned) for line in sheet.lines] == [("HDMI-2M", 3000)]


async def test_a_number_that_could_be_a_quantity_shows_what_it_was_taken_for(desk: Desk) -> None:
    sheet = await _part(desk)
    await desk.type("2 hdmi")
    taken = sheet.field("Part").hint()
    await desk.press("enter")
    assert taken.startswith(f"{desk.app.formats.quantity(sheet.lines[0].planned)} x HDMI-")
