"""The keys that have come and are not dealt with, and which of them are a bar-code reader's."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from textual import events

from svc_tui.domain.scanning import ASKING, GS, HELD, JUMPS, MOVES, Kind, end_of, read_burst

Act = Callable[[], Awaitable[None]]
Item = events.Key | events.Paste | Act

GAP, HITCH = 0.032, 0.06
"""Seconds between the first two signs of a reader, which a letter waits for what may follow it before it is a command;
and between later ones, where a busy line or machine may have held one up: nobody types six so fast."""
PREFIX = "ctrl+b"
"""What a reader may be given to send before every code: then it is a scan whatever it says, also in a field."""
LONGEST = 5000
"""Signs looked at together; what is longer is a paste."""
_ENDS = {"enter": "\r", "tab": "\t", "ctrl+j": "\n"}
_PARTS = "ctrl+right_square_bracket"
"""The sign that parts a GS1 code, as a reader sends it."""


class Scan(NamedTuple):
    """A code that was read."""

    code: str


class LeftOut(NamedTuple):
    """Text that was pasted where no text goes."""


class KeyQueue:
    """First in, first out; what a reader typed comes out as one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._items: deque[Item] = deque()
        self._came = asyncio.Event()
        self._known: set[int] = set()
        """Ids of keys in the queue that were looked at and are keys."""
        self._last = ("", 0.0)
        """The key that was given out last, and when it had come."""
        self.refuses: Callable[[Item], bool] = lambda _item: False
        """Whether something that comes is not to be dealt with later."""

    def put(self, item: Item) -> None:
        """Something came."""
        if self.refuses(item):
            return
        self._items.append(item)
        self._came.set()

    @property
    def waiting(self) -> int:
        """How many wait; also from another thread."""
        return len(self._items)

    def leave_out_keys(self) -> int:
        """Forget the keys and pastes that wait, but for Ctrl+Q; gives how many."""
        kept = [item for item in self._items if not _is_typed(item)]
        left_out = len(self._items) - len(kept)
        self._items = deque(kept)
        return left_out

    @property
    def is_empty(self) -> bool:
        """Whether all was given out."""
        return not self._items

    async def get(self) -> Item:
        """What came first, and is no part of what was given out before."""
        while not self._items:
            self._came.clear()
            await self._came.wait()
        return self._items.popleft()

    async def read(
        self,
        key: events.Key,
        *,
        is_writing: bool,
        are_letters_text: bool,
        letters: tuple[str, str, str] = (MOVES, ASKING, JUMPS),
    ) -> Scan | LeftOut | None:
        """Whether a key that was just given out begins a scan or a paste; what belongs to it leaves the queue too.

        Args:
            key: The key.
            is_writing: Whether a field has the focus: there a scan is typed like anything else.
            are_letters_text: Whether letters begin to write here.
            letters: Those of commands that only move, that open a field, and that ask for a number.
        """
        if id(key) in self._known:
            self._known.discard(id(key))
            return None
        if key.key == PREFIX:
            return await self._read_prefixed(key)
        before, self._last = self._last, (key.key, key.time)
        is_repeated = before[0] == key.key and key.time - before[1] <= 2 * GAP
        if is_writing or not _sign(key) or key.key in _ENDS or is_repeated:
            return None
        burst = await self._burst(key)
        reading = read_burst(
            "".join(map(_sign, burst)), are_letters_text=are_letters_text,
            moves=letters[0], asking=letters[1], jumps=letters[2],
        )  # fmt: skip
        if len(burst) > LONGEST:
            reading = reading._replace(kind=Kind.PASTE)
        if reading.kind is Kind.KEYS:
            self._known = {id(other) for other in burst[1:]}
            return None
        self._last = ("", 0.0)
        self._take_out(burst[1 : reading.signs])
        return Scan(reading.code) if reading.kind is Kind.SCAN else LeftOut()

    async def _read_prefixed(self, key: events.Key) -> Scan | None:
        burst = await self._burst(key)
        text = "".join(map(_sign, burst[1:]))
        code = text.split("\r")[0].split("\t")[0].split("\n")[0]
        if not code:
            return None
        self._take_out(burst[1 : len(code) + 1 + end_of(text[len(code) :])])
        return Scan(code)

    def _take_out(self, keys: list[events.Key]) -> None:
        gone = {id(key) for key in keys}
        self._items = deque(item for item in self._items if id(item) not in gone)

    async def _burst(self, first: events.Key) -> list[events.Key]:
        """A key and those that came on its heels, which stay in the queue; waits as long as one may come."""
        burst, place = [first], 0
        while len(burst) <= LONGEST and not _is_held(burst):
            gap = GAP if len(burst) == 1 else HITCH
            while place < len(self._items) and not isinstance(self._items[place], events.Key | events.Paste):
                place += 1  # what was put between the keys has its turn later
            if place == len(self._items):
                if not await self._more_came(burst[-1].time + gap - self._clock()):
                    break
                continue
            item = self._items[place]
            if not isinstance(item, events.Key) or item.time - burst[-1].time > gap or not _sign(item):
                break
            burst.append(item)
            place += 1
        return burst

    async def _more_came(self, seconds: float) -> bool:
        """Wait as long as something may come; a moment in any case, for the loop may have been busy while keys came."""
        self._came.clear()
        try:
            await asyncio.wait_for(self._came.wait(), max(seconds, 0.001))
        except TimeoutError:
            return False
        return True


def _is_typed(item: Item) -> bool:
    """Whether somebody typed or pasted it, and did not want to leave."""
    return isinstance(item, events.Paste) or (isinstance(item, events.Key) and item.key != "ctrl+q")


def _sign(key: events.Key) -> str:
    if key.key in _ENDS:
        return _ENDS[key.key]
    if key.key == _PARTS:
        return GS
    return key.character or "" if key.is_printable else ""


def _is_held(burst: list[events.Key]) -> bool:
    """Whether it is a key held down, which is not waited for."""
    return len(burst) >= HELD and len({key.key for key in burst}) == 1 and not burst[0].key.isdigit()
