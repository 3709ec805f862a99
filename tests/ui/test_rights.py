"""Somebody who may only look is told so, in a sentence, by every command that would change something."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.commands import COMMANDS, Where
from svc_tui.domain.rights import Role, allows
from tests.ui.conftest import OpenDesk

JOB = "TV uden billede"
FORBIDDEN = [
    (command.id, key)
    for command in COMMANDS
    if command.right is not None
    and not allows(Role.READONLY, command.right)
    and {Where.LIST, Where.ROWS} & set(command.where)
    for key in command.keys
]


@pytest.mark.parametrize(("command", "key"), FORBIDDEN, ids=[f"{command}-{key}" for command, key in FORBIDDEN])
async def test_a_readonly_employee_is_refused_in_the_list(open_at: OpenDesk, command: str, key: str) -> None:
    async with open_at(who="RO") as desk:
        await desk.list.put_cursor(JOB)
        await desk.press(key)
        assert "Your role may only look." in desk.message, command
        assert not desk.question
        assert desk.list.current.number == 10054


async def test_a_readonly_employee_may_open_a_job_and_read_it(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        sheet = await desk.list.open(JOB)
        await sheet.open_tab("history")
        assert desk.shows("Registered: TV uden billede")
        await desk.press("escape")
        assert desk.list.current.number == 10054


@pytest.mark.parametrize("key", ["f2", "ctrl+s"])
async def test_what_a_readonly_employee_typed_is_not_saved_and_not_lost(open_at: OpenDesk, key: str) -> None:
    async with open_at(who="RO") as desk:
        sheet = await desk.list.open(JOB)
        await desk.type("!")
        await desk.press(key)
        assert "Your role may only look." in desk.message
        assert sheet.text("Subject").endswith("!")
        assert (await desk.stored(10054)).values["subject"] == "TV uden billede, lyd er der"


@pytest.mark.parametrize("key", ["f6", "f9"])
async def test_a_readonly_employee_is_refused_in_the_sheet(open_at: OpenDesk, key: str) -> None:
    async with open_at(who="RO") as desk:
        sheet = await desk.list.open(JOB)
        await desk.press(key)
        assert "Your role may only look." in desk.message
        assert sheet.number == 10054


async def test_the_palette_refuses_too(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        await desk.press("f10")
        await desk.type("postpone")
        await desk.press("enter")
        assert "Your role may only look." in desk.message


async def test_a_readonly_employee_may_change_his_own_settings_or_is_told_why_not(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        await desk.press("v")
        assert desk.message.startswith(("Columns:", "Your role"))


async def test_a_technician_does_the_daily_work(open_at: OpenDesk, database: Path) -> None:
    async with open_at(who="SØ") as desk:
        await desk.list.put_cursor(JOB)
        await desk.press("d")
        assert desk.message.startswith("“Baglysliste…” is needed.")
        await desk.press("+")
        assert desk.message.startswith("Job 10054 is done."), desk.message
        await desk.press("a")
        assert desk.question
