"""While a key waits for the database, the message line says for whom, Esc gives up, and what was typed stays."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from svc_tui import key_wait
from svc_tui.db.core.engine import Store
from svc_tui.services.jobs import activities
from tests.db.holders import STRANGER, holding
from tests.ui.colleague import until
from tests.ui.desk import Desk

JOB = "TV uden billede"
NUMBER = 10054


@pytest.fixture(autouse=True)
def told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a second in a test."""
    monkeypatch.setattr(key_wait, "TOLD_AFTER", 0.1)


async def test_it_is_told_who_holds_the_database_and_what_was_typed_is_saved_when_he_is_done(
    desk: Desk, database: Path
) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    with holding(database) as holder:
        await desk.send("f2")
        await until_told(desk, f"Waiting for Bent Krogh (process {holder.pid}), writing since")
        assert "Esc: give up" in desk.message
    await until_told(desk, "is saved")


async def test_what_was_said_before_a_key_waited_again_stands_when_it_is_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    told: list[str] = []
    open_sheet = activities.open_sheet

    def slow(*args: Any) -> object:
        deadline = time.monotonic() + 60
        while not told and time.monotonic() < deadline:
            time.sleep(0.02)
        return open_sheet(*args)

    monkeypatch.setattr(activities, "open_sheet", slow)
    await desk.send("f2")
    await until_told(desk, "Waiting for the database.")
    told.append(desk.message)
    await desk.app.keys_done()
    assert desk.message == f"Job {NUMBER} is saved."


async def test_escape_gives_up_and_keeps_what_was_typed(desk: Desk, database: Path) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    with holding(database, stopped=True):
        await desk.send("f2")
        await until_told(desk, "was stopped while it was writing")
        await desk.send("escape")
        await desk.app.keys_done()
        assert desk.message == "Given up: nothing was saved; what you typed is kept."
        assert sheet.text("Subject").endswith("!")
        await desk.type("?")
    await desk.press("f2")
    assert "is saved" in desk.message
    assert (await desk.stored(NUMBER)).values["subject"] == "TV uden billede, lyd er der!?"


async def test_keys_typed_in_despair_are_not_carried_out_and_it_is_told(desk: Desk, database: Path) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    with holding(database, STRANGER):
        await desk.send("f2")
        await desk.send("f9")
        await until_told(desk, "which holds the database")
        for key in ("f2", "enter", "d", "n"):
            await desk.send(key)
        await desk.send("escape")
        await desk.app.keys_done()
    assert "Given up" in desk.message
    assert "5 keys typed meanwhile were left out." in desk.message
    assert sheet.text("Subject").endswith("!")


async def test_ctrl_q_gives_up_and_asks_before_it_leaves(desk: Desk, database: Path) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    with holding(database):
        await desk.send("f2")
        await until_told(desk, "Waiting for")
        await desk.send("ctrl+q")
        await desk.app.keys_done()
        assert desk.message.startswith("Not saved yet.")


async def test_a_status_key_in_a_list_can_be_given_up_too(desk: Desk, database: Path) -> None:
    row = await desk.list.put_cursor("Projektor")
    before = (await desk.stored(row.number)).values["status"]
    with holding(database):
        await desk.send("d")
        await until_told(desk, "Waiting for Bent Krogh")
        await desk.send("escape")
        await desk.app.keys_done()
        await until(desk, lambda: "Given up" in desk.message)
    assert (await desk.stored(row.number)).values["status"] == before
    await desk.press("d")
    assert (await desk.stored(row.number)).values["status"] != before


async def test_a_question_that_is_slow_to_answer_can_be_given_up(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    ask = type(store).sql

    def slow(self: Store, *args: object) -> object:
        if threading.current_thread().name.startswith("database_"):
            go_on.wait(60)
        return ask(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "sql", slow)
    await desk.list.put_cursor(JOB)
    await desk.send("enter")
    await until_told(desk, "Waiting for the database.")
    await desk.send("escape")
    await desk.app.keys_done()
    assert "Given up" in desk.message
    go_on.set()


async def until_told(desk: Desk, text: str) -> None:
    """Wait until the message line says something, while a key is still being dealt with."""
    async with asyncio.timeout(60):
        while text not in desk.message:
            await asyncio.sleep(0.02)


async def test_a_refusal_that_takes_as_many_lines_as_the_wait_before_it_is_read_whole(
    desk: Desk, database: Path
) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    with holding(database):
        await desk.send("f2")
        await until_told(desk, "writing since")
        for key in ("d", "n", "j", "a"):
            await desk.send(key)
        await desk.send("escape")
        await desk.app.keys_done()
    assert " ".join(desk.screen_text().split()).count("4 keys typed meanwhile were left out.") == 1


async def test_what_is_told_too_late_is_not_told_and_no_key_is_left_out_for_it(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_looked_for, may_tell, may_answer, may_end = (threading.Event() for _ in range(4))

    def holder(_self: Store) -> None:
        is_looked_for.set()
        may_tell.wait(60)

    async def slow_key() -> None:
        await desk.app.store.run(may_answer.wait, 60)

    monkeypatch.setattr(type(store), "holder", holder)
    desk.app.between_keys(slow_key)
    await asyncio.to_thread(is_looked_for.wait, 60)
    may_answer.set()
    await desk.app.keys_done()
    beside = asyncio.create_task(desk.app.store.run(may_end.wait, 60))  # what is read beside the keys is no key's wait
    await asyncio.sleep(0)
    may_tell.set()
    looking = desk.app.wait._looking
    assert looking is not None
    await looking
    assert desk.message == ""
    await desk.send("?")
    await desk.app.keys_done()
    may_end.set()
    await beside
    await desk.rest()
    assert desk.shows("Help")


async def test_what_is_waited_for_is_not_told_any_more_on_the_screen_that_a_key_left(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    ask = type(store).sql

    def slow(self: Store, *args: object) -> object:
        if threading.current_thread().name.startswith("database_"):
            go_on.wait(60)
        return ask(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "sql", slow)
    await desk.list.put_cursor(JOB)
    await desk.send("enter")
    await until_told(desk, "Waiting for the database.")
    list_screen = desk.list.screen
    go_on.set()
    await desk.app.keys_done()
    await desk.rest()
    assert desk.sheet.number == NUMBER
    assert list_screen.bottom.message == ""
