"""With the mouse switched on: a click does what it shows, a double-click opens, the wheel moves."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.screens.shell.help import HelpScreen
from svc_tui.widgets.filter_line import FilterLine
from svc_tui.widgets.form import Form
from svc_tui.widgets.lines import KeyBar
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip
from tests.ui.desk import Desk


async def _click(desk: Desk, widget: type[Widget], x: int, y: int, times: int = 1) -> None:
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


async def test_a_click_below_the_rows_does_nothing(desk: Desk) -> None:
    await desk.list.filter("projektor")
    await _click(desk, RowList, 5, 10)
    assert desk.list.current.number == 10056


async def test_a_click_on_a_heading_sorts_and_a_second_one_turns_it_round(desk: Desk) -> None:
    x = desk.lines[2].index("Subject") + 1
    await _click(desk, RowList, x, 0)
    subjects = [row.subject for row in desk.list.rows]
    assert desk.list.screen.order.now.column == "subject"
    await _click(desk, RowList, x, 0)
    assert desk.list.screen.order.now.descending
    assert [row.subject for row in desk.list.rows] != subjects


async def test_a_click_into_the_filter_line_writes_there_and_one_on_a_row_leaves_it(desk: Desk) -> None:
    await _click(desk, FilterLine, 12, 0)
    await desk.type("projektor")
    assert desk.list.screen.filter_line.editor.value == "projektor"
    await _click(desk, FilterLine, 9, 0)
    await desk.type("x")
    assert "x" in desk.list.screen.filter_line.editor.value[:2]
    await desk.press("backspace")
    await _click(desk, RowList, 5, 1)
    await desk.press("enter")
    assert desk.sheet.number == 10056


async def test_a_click_on_the_key_bar_presses_the_key(desk: Desk) -> None:
    await _click(desk, KeyBar, desk.lines[-1].index("F1"), 0)
    desk.on_top(HelpScreen)
    await _click(desk, KeyBar, desk.lines[-1].index("F3"), 0)
    desk.on_top(ActivityListScreen)


async def test_a_click_on_a_tab_opens_it(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    y = next(place for place, line in enumerate(desk.lines) if "History" in line)
    await _click(desk, TabStrip, desk.lines[y].index("History"), 0)
    assert sheet.tab == "history"


async def test_the_wheel_moves_the_list(desk: Desk) -> None:
    rows = desk.screen.query(RowList).first()
    before = rows.cursor
    rows.post_message(events.MouseScrollDown(rows, 1, 1, 0, 0, 0, False, False, False))
    await desk.rest()
    assert rows.cursor == before + 3
    rows.post_message(events.MouseScrollUp(rows, 1, 1, 0, 0, 0, False, False, False))
    await desk.rest()
    assert rows.cursor == before


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
