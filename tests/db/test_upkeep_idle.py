"""What is put off until nobody types."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from svc_tui.db.core import engine, search, sqlite_file
from svc_tui.db.core.engine import CHECKPOINT_AFTER, Row, Store, open_database
from svc_tui.db.lists import activities as rows
from svc_tui.domain.queries import ActivityQuery
from svc_tui.services import upkeep
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities


def _changes(shop: Session) -> int:
    return shop.store.data_version()


def _save_many(shop: Session, count: int) -> None:
    """Write some pages, again and again, without anybody putting the log into the file."""
    for number in range(count):
        with shop.store.transaction():
            shop.store.execute_sql("UPDATE company SET name = ?", (f"{number}" * 20_000,))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("is_long", [True, False])
def test_a_long_log_that_somebody_was_in_the_way_of_is_begun_anew(
    shop: Session, monkeypatch: pytest.MonkeyPatch, is_long: bool
) -> None:
    monkeypatch.setattr(engine, "CHECKPOINT_AFTER", 10**6)
    monkeypatch.setattr(engine, "LONG_LOG", 50 if is_long else 10**6)
    log, ask = Path(f"{shop.store.path}-wal"), shop.store.sql
    reader = open_database(shop.store.url)
    reader.execute_sql("BEGIN")
    reader.sql("SELECT name FROM company")
    _save_many(shop, 20)

    def sql(text: str, parameters: Sequence[object] = ()) -> list[Row]:
        found = ask(text, parameters)
        if reader.peewee.connection().in_transaction:
            reader.execute_sql("ROLLBACK")
        return found

    monkeypatch.setattr(shop.store, "sql", sql)
    shop.store.checkpoint()
    size = log.stat().st_size
    _save_many(shop, 5)
    assert (log.stat().st_size == size) is is_long
    reader.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_log_that_was_left_behind_is_put_away_by_whoever_opens_the_file(
    shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_away: list[Store] = []
    monkeypatch.setattr(Store, "move_log", lambda store: put_away.append(store))
    _save_many(shop, 10)
    open_database(shop.store.url).close()
    assert not put_away
    monkeypatch.setattr(sqlite_file, "LEFT_LOG", 20)
    open_database(shop.store.url).close()
    assert len(put_away) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_opening_a_file_with_a_long_log_waits_for_nobody_who_writes(
    shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "LEFT_LOG", 20)
    monkeypatch.setattr(engine, "LONG_LOG", 20)
    _save_many(shop, 10)
    opened = threading.Event()

    def open_it() -> None:
        open_database(shop.store.url).close()
        opened.set()

    with shop.store.transaction():
        threading.Thread(target=open_it, daemon=True).start()
        assert opened.wait(10)


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


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_many_saves_leave_behind_is_merged_piece_by_piece(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def segments() -> int:
        return int(shop.store.sql("SELECT count(DISTINCT segid) FROM activity_search_idx")[0][0])

    monkeypatch.setattr(upkeep, "MERGES", 1)
    monkeypatch.setattr(upkeep, "tidy_index", partial(search.tidy, pages=1))
    sheet = activities.new_sheet(shop, None, {})
    for number in range(60):
        values = sheet.values | {"subject": f"Ovnlåge {number} hænger"}
        activities.save(shop, activities.SheetEdit(sheet, values, (), ()))
    before, times = segments(), 0
    while upkeep.tidy(shop.store):
        times += 1
        assert times < 500
    assert times
    assert segments() < before / 4


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
