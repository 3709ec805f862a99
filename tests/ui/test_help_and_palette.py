"""Help tells the keys that are valid where it was asked for; the palette finds and does commands."""

from __future__ import annotations

import pytest

from svc_tui.commands import COMMANDS, Where, key_name
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.screens.shell.help import HelpScreen
from svc_tui.widgets.row_list import FixedRows
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

JOB = "TV uden billede"


def _lines(desk: Desk) -> list[tuple[str, str]]:
    source = desk.on_top(HelpScreen).list.source
    assert isinstance(source, FixedRows)
    return source.rows


def _rows(desk: Desk) -> list[tuple[str, str]]:
    """(keys, meaning) of every entry; a meaning may take several lines of the screen."""
    rows: list[tuple[str, str]] = []
    for keys, text in _lines(desk):
        if keys:
            rows.append((keys, text))
        else:
            before = rows.pop()
            rows.append((before[0], f"{before[1]} {text}"))
    return rows


def _told(desk: Desk) -> set[str]:
    return {row[1] for row in _rows(desk)}


def _valid(*places: Where) -> set[str]:
    return {
        command.help
        for command in COMMANDS
        if command.keys and (Where.EVERYWHERE in command.where or set(places) & set(command.where))
    }


@pytest.mark.parametrize("key", ["f1", "?"])
async def test_help_in_the_list_tells_exactly_the_keys_of_the_list(desk: Desk, key: str) -> None:
    await desk.press(key)
    assert _told(desk) == _valid(Where.LIST, Where.ROWS, Where.TOP, Where.CURSOR)
    await desk.press("escape")
    desk.on_top(ActivityListScreen)


async def test_help_in_a_table_of_the_sheet_tells_the_tabs_and_the_line_commands(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_table()
    await desk.press("?")
    told = _told(desk)
    assert _valid(Where.SHEET, Where.FORM, Where.TABLE) <= told
    assert not told & (_valid(Where.LIST, Where.ROWS) - _valid(Where.SHEET, Where.FORM, Where.TABLE))


async def test_help_in_a_field_tells_no_key_that_would_type_a_letter(desk: Desk) -> None:
    await desk.list.new()
    await desk.press("f1")
    rows = _rows(desk)
    commands = {command.help: command for command in COMMANDS}
    for keys, text in rows:
        if text in commands:
            assert all(len(key) > 1 for key in keys.split(" ")), f"{keys}: {text}"


async def test_every_key_that_help_tells_means_that_command_there(desk: Desk) -> None:
    await desk.list.open(JOB)
    places, typing = desk.screen.places_now(), desk.screen.is_typing
    await desk.press("f1")
    named = {key_name(key): key for command in COMMANDS for key in command.keys}
    for keys, text in _rows(desk):
        for key in keys.split(" "):
            if text in {command.help for command in COMMANDS}:
                found = desk.app.keymap.find(named[key], places, typing=typing)
                assert found is not None
                assert found.help == text


async def test_help_tells_everything_on_forty_columns_too(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await desk.press("f1")
        assert _told(desk) == _valid(Where.LIST, Where.ROWS, Where.TOP, Where.CURSOR)
        for _keys, text in _lines(desk):
            assert len(text) <= 40 - 23 or " " not in text


async def test_help_scrolls_to_its_end(desk: Desk) -> None:
    await desk.press("f1", "G")
    assert desk.shows("Your own settings")


async def test_the_key_bar_offers_only_keys_that_work(desk: Desk) -> None:
    for keys in ((), ("/",), ("escape", "n")):
        await desk.press(*keys)
        bar = desk.app.keymap.bar(desk.screen.places_now(), typing=desk.screen.is_typing)
        for key, command in bar:
            found = desk.app.keymap.find(key, desk.screen.places_now(), typing=desk.screen.is_typing)
            assert found is command, f"{key} is offered for {command.id}"


async def test_every_command_offered_in_the_key_bar_can_be_done(desk: Desk) -> None:
    """Screens that the keys of the list lead to: what they offer, they or the application can do."""
    missing: set[str] = set()
    for keys in ((), ("n",), ("f9",), ("escape", "escape", "f1"), ("escape", "f10"), ("escape", "ctrl+e")):
        await desk.press(*keys)
        for _key, command in desk.app.keymap.bar(desk.screen.places_now(), typing=desk.screen.is_typing):
            if not any(hasattr(doer, command.method) for doer in (desk.screen, *desk.screen.helpers, *desk.app.doers)):
                missing.add(f"{type(desk.screen).__name__}: {command.id}")
    assert missing == set()


@pytest.mark.parametrize("key", ["f10", "ctrl+p"])
async def test_the_palette_finds_a_command_and_does_it(desk: Desk, key: str) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press(key)
    await desk.type("postp")
    assert [cells[0] for cells in desk.picker.answers] == ["Postpone"]
    await desk.press("enter")
    assert desk.question.startswith("Postpone")
    await desk.type("fr")
    await desk.press("enter")
    assert desk.message.startswith("Job 10054 starts")


async def test_the_palette_finds_by_what_a_command_does(desk: Desk) -> None:
    await desk.press("f10")
    await desk.type("somebody else")
    assert [cells[0] for cells in desk.picker.answers] == ["Reassign"]


async def test_the_palette_of_the_sheet_saves(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("f10")
    await desk.type("save and stay")
    await desk.press("enter")
    desk.on_top(ActivitySheetScreen)
    assert desk.message.startswith("Job 10054 is saved.")


async def test_the_palette_of_the_sheet_links(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("f10")
    await desk.type("link a contact")
    await desk.press("enter")
    assert desk.title.startswith("Choose a contact")


async def test_help_from_the_palette_is_help_for_the_screen_below(desk: Desk) -> None:
    await desk.press("f10")
    await desk.type("keys that are valid")
    await desk.press("enter")
    assert _told(desk) == _valid(Where.LIST, Where.ROWS, Where.TOP, Where.CURSOR)


async def test_escape_leaves_the_palette_without_doing_anything(desk: Desk) -> None:
    await desk.press("f10", "escape")
    desk.on_top(ActivityListScreen)
    assert not desk.message


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize(
    "keys",
    [(), ("/",), ("n",), ("n", "f9"), ("f10",), ("f1",), ("h",), ("h", "enter"), ("ctrl+e",), ("V",), ("a",)],
    ids="-".join,
)
async def test_enter_and_help_are_in_every_key_bar(open_at: OpenDesk, keys: tuple[str, ...], width: int) -> None:
    async with open_at(size=(width, 24)) as desk:
        await desk.press(*keys)
        assert "Enter " in desk.key_bar
        assert "F1 Help" in desk.key_bar


async def test_enter_is_not_offered_in_a_list_without_rows(desk: Desk) -> None:
    await desk.press("w")
    assert desk.shows("No view")
    assert "Enter " not in desk.key_bar
    assert "F1 Help" in desk.key_bar


async def test_help_while_a_question_stands_tells_how_it_is_answered(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("a", "f1")
    assert desk.shows("with nothing typed it changes nothing")
    await desk.press("enter")
    assert desk.question.startswith("Responsible for")
