"""Keys never wait long for rows, and what they ask for happens in their order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from svc_tui.widgets.row_source import FixedRows
from svc_tui.widgets.turns import Turns
from tests.unit.test_widgets_rows import _List


class _Slow(FixedRows[int]):
    """Rows that come when they are let."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count), key=lambda row: row)
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked = 0

    async def page(self, limit: int, after: int | None, before: int | None) -> Sequence[int]:
        self.asked += 1
        await self.gate.wait()
        return await super().page(limit, after, before)

    async def last(self, limit: int) -> Sequence[int]:
        await self.gate.wait()
        return await super().last(limit)


async def _slow_list(count: int) -> tuple[_List, _Slow]:
    rows, source = _List(), _Slow(count)
    await rows.show(source)
    await asyncio.sleep(0)
    return rows, source


async def test_a_key_goes_on_before_its_rows_have_come() -> None:
    rows, source = await _slow_list(5_000)
    source.gate.clear()
    before = rows.current
    async with asyncio.timeout(3):
        await rows.end()
    assert rows.current == before
    source.gate.set()
    await rows.settled()
    assert rows.current == 4_999


async def test_keys_that_wait_for_rows_are_done_in_their_order() -> None:
    rows, source = await _slow_list(5_000)
    source.gate.clear()
    for step in (rows.end(), rows.move(-3), rows.page_by(-1), rows.move(1)):
        await step
    source.gate.set()
    await rows.settled()
    assert rows.current == 4_999 - 3 - rows.room + 1


async def test_something_new_to_show_takes_the_place_of_what_was_asked() -> None:
    rows, source = await _slow_list(5_000)
    source.gate.clear()
    await rows.end()
    await rows.move(-7)
    await rows.show(FixedRows(range(100), key=lambda row: row))
    source.gate.set()
    await rows.settled()
    assert (rows.current, len(rows.rows)) == (0, 11)


async def test_the_next_page_is_there_before_its_key_comes() -> None:
    rows, source = await _slow_list(5_000)
    for _page in range(20):
        await rows.page_by(1)
        await asyncio.sleep(0.05)  # the hands of whoever presses the keys
        asked = source.asked
        source.gate.clear()
        await rows.page_by(1)
        source.gate.set()
        await asyncio.sleep(0.05)
        assert rows.current == (2 * _page + 2) * rows.room
        assert source.asked - asked <= 1


async def test_what_goes_wrong_while_nobody_waits_is_told() -> None:
    troubles: list[Exception] = []
    gate = asyncio.Event()

    async def do(act: object) -> None:
        await gate.wait()
        raise ValueError("no rows")

    async def ahead() -> bool:
        return False

    turns = Turns(do, ahead, troubles.append)

    async def nothing() -> None:
        """Never reached."""

    await turns.ask(nothing, patience=0.01)
    assert not troubles
    gate.set()
    await turns.over()
    assert [str(trouble) for trouble in troubles] == ["no rows"]
    with pytest.raises(ValueError, match="no rows"):
        await turns.ask(nothing)
