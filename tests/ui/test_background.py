"""What goes wrong beside the keys is said in the message line, and is in the log: a fault is planted in each use."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import NoReturn

import pytest

from svc_tui.domain.errors import N_, DatabaseTrouble
from svc_tui.screens.jobs import list_acts
from svc_tui.screens.shell import long_act, record_live
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.history import undo
from svc_tui.services.jobs import preview
from svc_tui.services.jobs.bulk import Result
from svc_tui.widgets.row_list import RowList
from tests.ui import test_restored
from tests.ui.colleague import until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk
from tests.ui.test_live import change

JOB = "TV uden billede"
SAID = "Something went wrong in the program"

put_back = test_restored.put_back


@pytest.fixture(autouse=True)
def no_hidden_errors() -> None:
    """Here errors are meant to be logged."""


def fail(*_args: object, **_named: object) -> NoReturn:
    raise ZeroDivisionError("planted")


async def fail_later(*_args: object, **_named: object) -> NoReturn:
    raise ZeroDivisionError("planted")


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """The names of what failed, where the log has the trace of the planted fault too."""
    records = [entry for entry in caplog.records if entry.levelno >= logging.ERROR]
    assert all(entry.exc_info and isinstance(entry.exc_info[1], ZeroDivisionError) for entry in records)
    return "\n".join(entry.getMessage() for entry in records)


async def told(desk: Desk, caplog: pytest.LogCaptureFixture, what: str) -> None:
    """Wait until a fault is said; the log names what it was in."""
    await until(desk, lambda: desk.message.startswith(SAID))
    assert desk.screen.bottom.complains
    assert what in logged(caplog)


async def test_the_preview(
    open_at: OpenDesk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_at(size=(120, 30)) as wide:
        monkeypatch.setattr(preview, "read", fail)
        await wide.press("down")
        await told(wide, caplog, "reading the preview")
        monkeypatch.undo()
        await wide.press("down")
        await until(wide, lambda: wide.shows(f"Job {wide.list.current.number} "))  # the next one is read again


async def test_the_count(desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "counts", fail)
    desk.list.screen.count_line.count(desk.list.screen.query_now)
    await told(desk, caplog, "counting")


async def test_what_others_saved_in_the_open_job(
    live: Desk, bent: Session, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = await live.list.open(JOB)
    monkeypatch.setattr(record_live, "_read_again", fail)
    change(bent, sheet.screen.job.id, subject="Repareret")
    await told(live, caplog, "reading what others saved in the record")


async def test_the_open_job_after_a_restore(
    live: Desk, put_back: Callable[[], None], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live.list.open(JOB)
    monkeypatch.setattr(record_live, "read_same", fail)
    await asyncio.to_thread(put_back)
    await told(live, caplog, "reading the record after a restore")


async def test_showing_what_was_refused(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = list_acts.ListActs(desk.list.screen)
    monkeypatch.setattr(desk.app, "show", fail_later)
    acts._tell(Result(None, 0, ("one",)))  # type: ignore[arg-type]  # which is never drawn
    await told(desk, caplog, "showing what was refused")


async def test_an_act_for_which_no_key_waits_any_more(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_act, "INLINE", 0)
    monkeypatch.setattr(undo, "prospect", fail)
    await desk.press("u")
    await told(desk, caplog, "a long act")


async def test_tidying(desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svc_tui.services.upkeep.tidy", fail)
    desk.app.housekeeping._is_untidy = True
    desk.app.housekeeping.tidy()
    await told(desk, caplog, "tidying")


async def test_loading_what_the_start_did_without(
    open_at: OpenDesk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_tui.app.SETTLE_AFTER", 0.001)
    monkeypatch.setattr("importlib.import_module", fail)
    async with open_at() as desk:
        await told(desk, caplog, "settling")


async def test_stopping_because_somebody_else_sent_the_signal(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_tui.app.suspend", fail_later)
    desk.app.asked_to_suspend()
    await told(desk, caplog, "stopping for the shell")


@pytest.mark.parametrize("keys", [(), ("h",)], ids=["jobs", "acts"])
async def test_rows_for_which_no_key_waits_any_more(
    desk: Desk, caplog: pytest.LogCaptureFixture, keys: tuple[str, ...]
) -> None:
    await desk.press(*keys)
    rows = desk.screen.query_one(RowList)

    async def read() -> None:
        await asyncio.sleep(0)
        fail()

    await rows.in_turn(read, patience=0)
    await told(desk, caplog, "reading rows")


async def test_a_callback_of_the_event_loop(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    asyncio.get_running_loop().call_soon(fail)
    await told(desk, caplog, "Exception in callback fail()")


async def test_a_refusal_beside_the_keys_is_said_in_its_words_and_not_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse() -> None:
        raise DatabaseTrouble(N_("The disk is full."))

    desk.screen.background(refuse, "trying")
    await until(desk, lambda: desk.message == "The disk is full.")
    assert logged(caplog) == ""


async def test_a_fault_does_not_hide_a_question_and_is_said_once_it_is_answered(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_tui.screens.shell.background.QUESTION_PATIENCE", 0.01)
    desk.screen.ask_letter("Sure?", {"y": fail_later})
    desk.screen.background(fail_later, "trying")
    await until(desk, lambda: "trying" in logged(caplog))
    await desk.app.keys_done()
    assert desk.message == "Sure?"
    await desk.press("escape")
    await told(desk, caplog, "trying")


async def test_what_is_begun_in_place_of_something_gives_that_up(desk: Desk) -> None:
    done: list[str] = []

    def act(name: str) -> Callable[[], object]:
        async def do() -> None:
            done.append(name)

        return do

    screen: BaseScreen = desk.screen
    for name in ("first", "second"):
        screen.background(act(name), name, in_place_of="looking")  # type: ignore[arg-type]
    await desk.rest()
    assert done == ["second"]


async def test_what_runs_beside_the_keys_ends_quietly_with_the_program(
    open_at: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with open_at() as desk:
        app, store = desk.app, desk.app.store
        store.close()
        for act in (store.run, store.run_long, store.read, store.read_later):
            app.background(partial(act, fail), "asking a closed database")
        app.background(app.housekeeping.settle, "settling")
        await desk.rest()
    app.background(app.housekeeping.settle, "settling")
    await asyncio.sleep(0)
    assert logged(caplog) == ""
