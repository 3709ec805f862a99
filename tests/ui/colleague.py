"""Somebody else at a terminal of his own, and waiting until what he saves has come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.ui import shop
from tests.ui.desk import PATIENCE, Desk


@contextmanager
def colleague(database: Path) -> Iterator[Session]:
    """Bent Krogh (BK) at a terminal of his own."""
    store = open_database(str(database))
    yield shop.sign_in(store, "BK")
    store.close()


async def until(desk: Desk, condition: Callable[[], bool]) -> None:
    """Wait until news has come and made something so."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.02)
                await desk.rest()
    except TimeoutError:
        pytest.fail(f"it did not come; the screen:\n{desk.screen_text()}", pytrace=False)


async def heard(desk: Desk, bent: Session) -> None:
    """Wait until everything saved so far has been heard and dealt with."""
    number = desk.app.live.rounds
    await asyncio.to_thread(at_once, bent, [1], Edit("note", "Til sidst"))
    await until(desk, lambda: desk.app.live.rounds > number)
    await desk.app.keys_done()
    await desk.rest()
