"""The queue of keys: what a reader typed comes out as one, and nothing else waits for long or is lost."""

from __future__ import annotations

import asyncio
import time

from textual import events

from svc_tui.terminal.key_queue import GAP, KeyQueue, LeftOut, Scan

NAMES = {"\r": "enter", "\t": "tab", "\x02": "ctrl+b"}


def key(sign: str, at: float) -> events.Key:
    """A key that came at a time."""
    event = events.Key(NAMES.get(sign, sign), sign)
    event.time = at
    return event


async def outcome(text: str, gap: float = 0.001, *, is_writing: bool = False) -> list[str]:
    """What comes out of the queue, key by key: their names, codes in brackets."""
    queue = KeyQueue(clock=lambda: 1000.0)
    for place, sign in enumerate(text):
        queue.put(key(sign, place * gap))
    found = []
    while not queue.is_empty:
        event = await queue.get()
        assert isinstance(event, events.Key)
        read = await queue.read(event, is_writing=is_writing, are_letters_text=False)
        if isinstance(read, Scan):
            found.append(f"[{read.code}]")
        elif not isinstance(read, LeftOut):
            found.append(event.key)
    return found


async def test_a_code_comes_out_as_one_and_what_follows_as_keys() -> None:
    assert await outcome("dmpu123x\rd") == ["[dmpu123x]", "d"]


async def test_signs_at_a_readers_pace_are_a_scan_and_at_a_persons_are_keys() -> None:
    assert await outcome("5701234\r", GAP - 0.003) == ["[5701234]"]
    assert await outcome("5701234\r", 0.045) == [*"5701234", "enter"]


async def test_a_sign_that_was_held_up_does_not_break_a_code() -> None:
    queue = KeyQueue(clock=lambda: 1000.0)
    for place, sign in enumerate("5701234\r"):
        queue.put(key(sign, place * 0.005 + (0.05 if place > 3 else 0.0)))
    event = await queue.get()
    assert isinstance(event, events.Key)
    assert await queue.read(event, is_writing=False, are_letters_text=False) == Scan("5701234")


async def test_in_a_field_a_code_is_keys_but_not_with_the_prefix() -> None:
    assert await outcome("5701234\r", is_writing=True) == [*"5701234", "enter"]
    assert await outcome("\x0212\rx", is_writing=True) == ["[12]", "x"]
    assert await outcome("\x02", is_writing=True) == ["ctrl+b"]


async def test_typed_ahead_is_looked_at_once_and_no_part_of_it_is_taken_for_a_code() -> None:
    assert await outcome("nserial 12345678\rd") == ["n", *"serial 12345678", "enter", "d"]


async def test_two_codes_on_each_others_heels_are_two() -> None:
    assert await outcome("5701234\r5705678\t") == ["[5701234]", "[5705678]"]


async def test_a_paste_without_brackets_is_left_out_whole() -> None:
    assert await outcome("dd\ruu\tp1\r") == []


async def test_a_code_whose_signs_are_still_coming_is_waited_for() -> None:
    queue = KeyQueue()
    now = time.monotonic()

    async def read_on() -> None:
        for place, sign in enumerate("57012345\r"):
            await asyncio.sleep(0)
            queue.put(key(sign, now + place * 0.02))

    reader = asyncio.create_task(read_on())
    event = await queue.get()
    assert isinstance(event, events.Key)
    assert await queue.read(event, is_writing=False, are_letters_text=False) == Scan("57012345")
    await reader
    assert queue.is_empty


async def test_what_was_put_between_two_signs_keeps_its_turn() -> None:
    queue = KeyQueue(clock=lambda: 1000.0)

    async def act() -> None:
        """Something to be done between two keys."""

    for sign in "5701":
        queue.put(key(sign, 0.0))
    queue.put(act)
    for sign in "234\r":
        queue.put(key(sign, 0.01))
    event = await queue.get()
    assert isinstance(event, events.Key)
    assert await queue.read(event, is_writing=False, are_letters_text=False) == Scan("5701234")
    assert await queue.get() is act
    assert queue.is_empty
