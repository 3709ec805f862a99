"""Dialogs and settings: what was typed there is kept, or given up by an answer; never by one key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from svc_tui.screens.people.settings import SettingsScreen
from svc_tui.screens.shell.dialog import FormDialog
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk, FormPage

NOT_SAVED = "Not saved yet."


async def _new_contact(desk: Desk) -> tuple[FormPage, str]:
    await desk.press("l")
    await desk.type("Karla Friis")
    await desk.press("end", "enter")
    return desk.dialog, "Phone"


async def _line(desk: Desk) -> tuple[FormPage, str]:
    sheet = await desk.list.new()
    await sheet.go_to("Part")
    await desk.type("hdmi-2m")
    await desk.press("enter")
    await sheet.go_to_table()
    await desk.press("enter")
    return desk.dialog, "Code"


async def _view(desk: Desk) -> tuple[FormPage, str]:
    await desk.press("w", "f6")
    return desk.dialog, "Name"


async def _settings(desk: Desk) -> tuple[FormPage, str]:
    await desk.press("ctrl+e")
    return desk.form, "Lists open with"


async def _billing(desk: Desk) -> tuple[FormPage, str]:
    await desk.press("6", "B")
    return desk.dialog, "Invoices are issued here"


Opens = Callable[[Desk], Awaitable[tuple[FormPage, str]]]

EVERY_DIALOG = pytest.mark.parametrize("opens", [_new_contact, _line, _view, _settings])


@EVERY_DIALOG
async def test_leaving_asks_about_what_was_typed(desk: Desk, opens: Opens) -> None:
    page, label = await opens(desk)
    await page.type_into(label, "99887766")
    await desk.press("escape")
    assert desk.message.startswith(NOT_SAVED)
    await desk.press("escape")
    assert page.text(label) == "99887766"
    await desk.press("f3", "d")
    assert not isinstance(desk.screen, FormDialog | SettingsScreen)


@EVERY_DIALOG
async def test_what_was_only_looked_at_is_left_at_once(desk: Desk, opens: Opens) -> None:
    await opens(desk)
    await desk.press("tab", "escape")
    assert not isinstance(desk.screen, FormDialog | SettingsScreen)


@EVERY_DIALOG
async def test_the_answer_s_saves(desk: Desk, opens: Opens) -> None:
    page, label = await opens(desk)
    await page.type_into(label, "start:week48" if label == "Lists open with" else "99887766")
    await desk.press("escape", "s")
    assert not isinstance(desk.screen, FormDialog | SettingsScreen)


@EVERY_DIALOG
async def test_the_program_is_not_left_with_a_dialog_half_written(desk: Desk, opens: Opens) -> None:
    page, label = await opens(desk)
    await page.type_into(label, "99887766")
    await desk.press("ctrl+q")
    assert desk.message.startswith(NOT_SAVED)
    assert not desk.is_over
    await desk.press("escape")
    assert page.text(label) == "99887766"


async def test_after_a_dialog_the_sheet_beneath_is_asked_about_too(desk: Desk) -> None:
    page, label = await _line(desk)
    await page.type_into(label, "KABEL")
    await desk.press("ctrl+q", "d")
    assert not desk.is_over
    assert desk.sheet.screen.is_changed
    assert desk.message.startswith(NOT_SAVED)
    await desk.send("d")
    await desk.app.keys_done()
    assert desk.is_over


async def test_letters_typed_ahead_of_the_question_lose_nothing(desk: Desk) -> None:
    page, label = await _new_contact(desk)
    await page.type_into(label, "99887766")
    await desk.burst("escape", "d")
    assert page.text(label) == "99887766"


@pytest.mark.parametrize("size", [(80, 24), (80, 10), (40, 12)])
async def test_a_form_longer_than_the_window_shows_where_one_is(open_at: OpenDesk, size: tuple[int, int]) -> None:
    async with open_at(size=size) as desk:
        for opens in (_billing, _settings):
            page, _first = await opens(desk)
            for _field in page.form.fields:
                assert f" {page.at}"[:19] in "\n".join(desk.lines[1:-1])
                assert "F1" in desk.lines[-1]
                await desk.press("tab")
            await desk.press("escape")


async def test_what_refuses_a_job_is_read_in_a_low_window(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 12)) as desk:
        sheet = await desk.list.new()
        await sheet.type_into("Type", "xyzxyz")
        await desk.press("f2")
        assert "xyzxyz" in desk.message
        assert "xyzxyz" in " ".join(desk.lines[-5:-1])
        await sheet.go_to("Project")
        assert any(line.startswith(" Project") for line in desk.lines)
