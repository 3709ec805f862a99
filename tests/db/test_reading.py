"""The connection that reads for a list: the newest question is the only one, and an interruption hits nothing else."""

from __future__ import annotations

import asyncio
import time

import pytest

from svc_tui.db.core.engine import Store
from svc_tui.domain.errors import Overtaken
from svc_tui.services.core.session import Session

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)"
    " SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


def _endless(store: Store) -> None:
    store.sql(ENDLESS[store.dialect])


def _one(store: Store) -> int:
    return int(store.sql("SELECT 1")[0][0])


async def test_a_newer_question_interrupts_the_one_that_runs(shop: Session) -> None:
    store = shop.store
    old = asyncio.create_task(store.read(_endless, store))
    await asyncio.sleep(0.3)
    assert await asyncio.wait_for(store.read(_one, store), 20) == 1
    with pytest.raises(Overtaken):
        await old


async def test_of_many_questions_only_the_newest_is_answered(shop: Session) -> None:
    store = shop.store
    asked = [asyncio.create_task(store.read(_endless, store)) for _ in range(20)]
    await asyncio.sleep(0.05)
    newest = asyncio.create_task(store.read(_one, store))
    answers = await asyncio.wait_for(asyncio.gather(*asked, newest, return_exceptions=True), 30)
    assert all(isinstance(answer, Overtaken) for answer in answers[:-1])
    assert answers[-1] == 1


async def test_the_connection_is_sound_after_many_interruptions(shop: Session) -> None:
    store = shop.store
    for _ in range(30):
        old = asyncio.create_task(store.read(_endless, store))
        await asyncio.sleep(0.005)
        assert await asyncio.wait_for(store.read(_one, store), 20) == 1
        with pytest.raises(Overtaken):
            await old


async def test_what_can_wait_gives_way_and_begins_anew_when_nothing_else_is_asked(shop: Session) -> None:
    store, begun = shop.store, []

    def slow_at_first() -> int:
        begun.append(1)
        if len(begun) == 1:
            _endless(store)
        return _one(store)

    count = asyncio.create_task(store.read_later(slow_at_first))
    await asyncio.sleep(0.2)
    assert await asyncio.wait_for(store.read(_one, store), 20) == 1
    assert await asyncio.wait_for(count, 20) == 1
    assert len(begun) == 2


async def test_of_what_can_wait_the_last_goes_first_and_the_others_follow(shop: Session) -> None:
    store, begun = shop.store, []

    def counted(name: str) -> str:
        begun.append(name)
        if begun == ["below"]:
            _endless(store)
        return name

    below = asyncio.create_task(store.read_later(counted, "below"))
    await asyncio.sleep(0.2)
    shown = asyncio.create_task(store.read_later(counted, "shown"))
    assert [*await asyncio.wait_for(asyncio.gather(below, shown), 20)] == ["below", "shown"]
    assert begun == ["below", "shown", "below"]


async def test_what_can_wait_is_taken_back_in_the_middle(shop: Session) -> None:
    store = shop.store
    count = asyncio.create_task(store.read_later(_endless, store))
    await asyncio.sleep(0.2)
    count.cancel()
    with pytest.raises(asyncio.CancelledError):
        await count
    assert await asyncio.wait_for(store.read_later(_one, store), 20) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_no_question_waits_until_a_server_has_stopped_what_can_wait(shop: Session) -> None:
    """On PostgreSQL it has a connection of its own: the sleeping one here is not to be interrupted at all."""
    store = shop.store
    ended: list[int] = []

    def deaf() -> None:
        time.sleep(1.0)
        ended.append(1)

    count = asyncio.create_task(store.read_later(deaf))
    await asyncio.sleep(0.2)
    assert await asyncio.wait_for(store.read(_one, store), 20) == 1
    assert not ended
    await count


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_server_reads_and_counts_for_a_list_with_one_processor(shop: Session) -> None:
    def helpers() -> str:
        return str(shop.store.sql("SHOW max_parallel_workers_per_gather")[0][0])

    assert await shop.store.read(helpers) == "0"
    assert await shop.store.read_later(helpers) == "0"


async def test_saving_goes_on_while_a_question_runs(shop: Session) -> None:
    store = shop.store
    asked = asyncio.create_task(store.read(_endless, store))
    await asyncio.sleep(0.1)
    begun = time.monotonic()

    def write() -> None:
        with store.transaction():
            store.execute_sql("UPDATE counter SET value = value + 1 WHERE name = 'activity'")

    await store.run(write)
    assert not asked.done()
    store.close_reading()
    with pytest.raises(Overtaken):
        await asked
    assert time.monotonic() - begun < 20


async def test_what_can_wait_is_not_begun_once_the_program_ends(shop: Session) -> None:
    store = shop.store
    begun: list[int] = []
    await store.read(_one, store)  # after which what can wait does so for a moment
    count = asyncio.create_task(store.read_later(begun.append, 1))
    await asyncio.sleep(0)
    store.close_reading()
    with pytest.raises(Overtaken):
        await asyncio.wait_for(count, 20)
    assert not begun
