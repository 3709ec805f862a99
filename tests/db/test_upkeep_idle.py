"""What is put off until nobody types."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from pathlib import Path

import pytest

from svc_tui.db import activities as rows
from svc_tui.db.engine import CHECKPOINT_AFTER
from svc_tui.domain.queries import ActivityQuery
from svc_tui.services import activities, upkeep
from svc_tui.services.session import Session


def _changes(shop: Session) -> int:
    return shop.store.data_version()


def test_nothing_is_written_where_nothing_was_saved(two_sessions: tuple[Session, Session]) -> None:
    idle, watching = two_sessions
    idle.store.has_written = False
    before = _changes(watching)
    upkeep.tidy(idle.store)
    assert _changes(watching) == before


def test_a_saved_job_is_found_before_and_after_tidying(shop: Session) -> None:
    sheet = activities.new_sheet(shop, None, {})
    saved = activities.save(shop, activities.SheetEdit(sheet, sheet.values | {"subject": "Ovnlåge hænger"}, (), ()))
    assert shop.store.has_written
    upkeep.tidy(shop.store)
    assert not shop.store.has_written
    assert [row.id for row in rows.page(shop.store, ActivityQuery(words=("ovnlaage",)), 10)] == [saved.id]


def test_whoever_saves_without_a_rest_does_not_wait_for_the_log(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is put into the file by another thread after so many saves, and by none of them."""
    threads: list[str] = []
    put = shop.store.checkpoint

    def checkpoint() -> None:
        threads.append(threading.current_thread().name)
        put()

    monkeypatch.setattr(shop.store, "checkpoint", checkpoint)
    for _ in range(2 * CHECKPOINT_AFTER):
        with shop.store.transaction():
            shop.store.execute_sql("UPDATE counter SET value = value + 1 WHERE name = 'activity'")
    asyncio.run(shop.store.run_long(int))  # after all that was asked of that thread
    if shop.store.dialect == "postgresql":
        assert threads == []
    else:
        assert len(threads) == 2
        assert all(name.startswith("database-long") for name in threads)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this C library gives memory back by itself")
def test_freed_memory_is_given_back() -> None:
    pages = [bytes(5_000) for _ in range(8_000)]
    kept = pages[::200]  # what is still in use keeps the rest from going by itself
    before = _private_kilobytes()
    del pages
    upkeep.give_back_memory()
    assert _private_kilobytes() < before - 20_000
    assert len(kept) == 40


def _private_kilobytes() -> int:
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private"))
