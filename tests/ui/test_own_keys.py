"""Own keys on the screen: pressed to be set, clashes told, followed from the next key on; a set; a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.people.own_keys import OwnKeysScreen
from svc_tui.services.people import settings as user_settings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the user's own file would lie."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "svc-tui").mkdir()
    return tmp_path / "svc-tui"


async def _find(desk: Desk, command: str) -> None:
    """Come to a command in the table of own keys."""
    await desk.press("ctrl+e", "f9", "/")
    await desk.type(command)
    await desk.press("enter")
    assert desk.on_top(OwnKeysScreen).list.current


async def _back(desk: Desk) -> None:
    await desk.press("escape", "escape", "escape")
    desk.on_top(ActivityListScreen)


async def test_the_key_pressed_next_becomes_the_commands_key(desk: Desk) -> None:
    await _find(desk, "postpone")
    await desk.press("enter")
    assert desk.message == "Press the key for “Postpone”.   Esc: none"
    await desk.press("Q")
    assert desk.message == "Kept. Postpone: Q"
    assert (await desk.ask(user_settings.load)).keys == (("activity.postpone", ("Q",)),)
    await _back(desk)
    await desk.press("p")
    assert not desk.question
    await desk.press("Q")
    assert desk.question.startswith("Postpone")


async def test_a_clash_is_told_and_only_yes_takes_the_key(desk: Desk) -> None:
    await _find(desk, "postpone")
    await desk.press("enter", "d")
    assert desk.message == "d is “Done” (lists of jobs). y: take it from there   Esc: no"
    await desk.press("escape")
    assert desk.app.settings.keys == ()
    await desk.press("n", "d", "y")
    assert desk.message == "Kept. Postpone: p d"
    await _back(desk)
    await desk.press("d")
    assert desk.question.startswith("Postpone")


async def test_a_key_that_leads_out_cannot_be_taken(desk: Desk) -> None:
    await _find(desk, "postpone")
    await desk.press("enter", "ctrl+q")
    assert desk.message == "Ctrl+Q is always “Quit”."
    await desk.press("enter", "tab")
    assert desk.message.startswith("“tab” can be no command's key")
    await desk.press("enter", "escape")
    assert desk.app.settings.keys == ()


async def test_help_of_fields_keeps_a_key_that_does_not_write(desk: Desk) -> None:
    await _find(desk, "valid here and now")
    await desk.press("enter", "h")
    assert desk.message == "“Help” needs a key that does not write in fields, and keeps F1."


async def test_delete_gives_back_what_it_came_with(desk: Desk) -> None:
    await _find(desk, "postpone")
    await desk.press("enter", "Q", "delete")
    assert desk.message == "Kept. Postpone: p"
    assert desk.app.settings.keys == ()


async def test_sentences_and_the_key_bar_name_the_own_key(desk: Desk) -> None:
    await _find(desk, "save and stay")
    await desk.press("enter", "f4", "y")
    await _back(desk)
    await desk.press("ctrl+e")
    assert desk.shows("F4 saves, Esc gives up")
    assert "F4 Save" in desk.key_bar
    await desk.press("f4")
    assert desk.message == "Kept."


async def test_the_set_of_vi_is_chosen_and_followed_at_once(desk: Desk) -> None:
    await desk.press("ctrl+e", "f9", "s")
    await desk.type("vi")
    await desk.press("enter")
    assert desk.message == "Kept."
    assert desk.title.endswith("vi")
    first = desk.on_top(OwnKeysScreen).list.current
    await desk.press("j")
    assert desk.on_top(OwnKeysScreen).list.current != first
    await desk.press("k")
    assert desk.on_top(OwnKeysScreen).list.current == first
    await desk.press("q", "escape")
    top = desk.list.current
    await desk.press("j", "j", "k", "k")
    assert desk.list.current == top
    await desk.press("J")
    assert desk.question.startswith("Jump")


async def test_letters_of_motions_write_in_fields(desk: Desk) -> None:
    await desk.app.change_settings(desk.app.settings._replace(key_set="vi"))
    sheet = await desk.list.new()
    await desk.type("jkqv:")
    assert sheet.text("Subject") == "jkqv:"


async def test_a_file_is_followed_told_where_it_errs_and_not_changed_here(open_at: OpenDesk, folder: Path) -> None:
    (folder / "keys.toml").write_text('[keys]\n"activity.postpone" = ["Q"]\n"no.such" = ["x"]\n')
    async with open_at() as desk:
        desk.app.tell_refused_keys()
        assert desk.message == "“no.such” is no command. svc-tui keys --ids names them all."
        await _find(desk, "postpone")
        assert desk.shows("Q                    file")
        await desk.press("enter")
        assert desk.message == "The file keys.toml says this on this machine: change it there."
        await _back(desk)
        await desk.press("Q")
        assert desk.question.startswith("Postpone")


async def test_own_keys_are_undone_among_the_changes(desk: Desk) -> None:
    await _find(desk, "postpone")
    await desk.press("enter", "Q")
    await _back(desk)
    await desk.press("h")
    assert desk.shows("Own keys")
    await desk.press("u")
    if desk.question:
        await desk.press("y")
    assert desk.app.settings.keys == ()
    await desk.press("escape", "p")
    assert desk.question.startswith("Postpone")
