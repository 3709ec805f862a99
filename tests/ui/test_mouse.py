"""With the mouse switched on: a click puts the cursor, a double-click opens."""

from __future__ import annotations

from svc_tui.screens.activity_sheet import ActivitySheetScreen
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import RowList
from tests.ui.desk import Desk


async def _click(desk: Desk, widget: type[RowList[object]] | type[Form], x: int, y: int, times: int = 1) -> None:
    target = desk.screen.query(widget).first()
    await desk.pilot.click(target, offset=(x, y), times=times)
    await desk.app.keys_done()
    await desk.rest()


async def test_a_click_puts_the_cursor_on_the_row(desk: Desk) -> None:
    fourth = desk.list.rows[3].number
    await _click(desk, RowList, 5, 4)
    assert desk.list.current.number == fourth


async def test_a_double_click_opens_the_job(desk: Desk) -> None:
    fourth = desk.list.rows[3].number
    await _click(desk, RowList, 5, 4, times=2)
    assert desk.sheet.number == fourth


async def test_a_click_below_the_rows_or_on_the_heading_does_nothing(desk: Desk) -> None:
    await desk.list.filter("projektor")
    await _click(desk, RowList, 5, 10)
    await _click(desk, RowList, 5, 0, times=2)
    assert desk.list.current.number == 10056


async def test_a_double_click_picks_in_a_picker(desk: Desk) -> None:
    await desk.list.new()
    await desk.press("f9")
    name = desk.picker.answers[1][0].strip()
    await _click(desk, RowList, 5, 2, times=2)
    desk.on_top(ActivitySheetScreen)
    assert name in [link.contact for link in desk.sheet.links] + [link.person for link in desk.sheet.links]


async def test_a_click_on_a_field_puts_the_cursor_there(desk: Desk) -> None:
    sheet = await desk.list.new()
    await _click(desk, Form, 15, 3)
    assert sheet.at == "Status"
    await desk.type("i arb")
    await desk.press("tab")
    assert sheet.text("Status") == "I arbejde"


async def test_the_key_after_a_click_goes_where_the_click_went(desk: Desk) -> None:
    await _click(desk, RowList, 5, 4)
    fourth = desk.list.current.number
    await desk.press("down", "up", "enter")
    assert desk.sheet.number == fourth
