"""Reading for a list: a connection and a thread of its own, on which the newest question is the only one.

A key never waits for an answer that nobody wants any more: a question that is overtaken is interrupted in the middle
of its statement. What can wait (counts) gives way to every question, and begins again when nothing else is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from svc_tui.domain.errors import Overtaken
from svc_tui.domain.waits import GaveUp

P = ParamSpec("P")
T = TypeVar("T")


AGAIN = 0.01
"""Seconds after which a question that still runs is interrupted once more."""

SHORT = 0.005
"""Seconds that a question is let run before it is interrupted, where that takes long: PostgreSQL needs 4 to 20 ms."""

SETTLED = 0.03
"""Seconds for which nothing else was asked before what can wait begins: whoever reads one page soon reads the next."""


class _Turn:
    """One question."""

    def __init__(self) -> None:
        self.is_overtaken = False
        self.connection: Any = None
        """On which it runs; None before and afterwards."""
        self.begun = 0.0
        self.is_given_up = False
        self.running: asyncio.Future[Any] | None = None


class Reader:
    """The reading threads of a session. At most one question is wanted, and at most one that can wait."""

    def __init__(
        self,
        interrupt: Callable[[Any], None],
        connection: Callable[[], Any],
        *,
        stops_slowly: bool,
    ) -> None:
        """
        Args:
            interrupt: Stops what a connection is doing; called from another thread than the connection's.
            connection: The driver's connection of the calling thread.
            stops_slowly: Whether the database takes longer to stop a short question than to answer it. Then such a one
                is let end, and what can wait has a connection of its own, so that no question waits for its end.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database-reading")
        self._later_thread = (
            ThreadPoolExecutor(1, thread_name_prefix="database-counting") if stops_slowly else self._thread
        )
        self._interrupt = interrupt
        self._connection = connection
        self._grace = SHORT if stops_slowly else 0.0
        self._lock = threading.Lock()
        self._newest: _Turn | None = None
        self._later: _Turn | None = None
        self._waiting: list[object] = []
        self._asked = 0
        self._answered_at = 0.0
        self._moved = asyncio.Event()
        self._is_stopped = False

    @property
    def threads(self) -> tuple[ThreadPoolExecutor, ...]:
        """Each with a connection of its own, once it was used."""
        return tuple(dict.fromkeys((self._thread, self._later_thread)))

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask; whatever was asked before and is not answered yet is given up.

        Raises:
            Overtaken: when this was given up for a newer question.
        """
        turn = _Turn()
        for before in (self._newest, self._later):
            self._give_up(before)
        self._newest = turn
        self._asked += 1
        try:
            return await self._answer(self._thread, turn, lambda: function(*args, **kwargs))
        finally:
            self._asked -= 1
            self._answered_at = time.monotonic()
            self._moved.set()

    async def read_later(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask for what can wait until nothing else is asked for; whoever cancels this takes the question back.

        It is given up for every `read` and begins anew afterwards. Of several the last goes first.

        Raises:
            Overtaken: when the program ends.
        """
        place = object()
        self._give_up(self._later)
        self._waiting.append(place)
        try:
            while True:
                await self._is_quiet_for(place)
                if self._is_stopped:
                    raise Overtaken
                self._later = turn = _Turn()
                try:
                    with contextlib.suppress(Overtaken):
                        return await self._answer(self._later_thread, turn, lambda: function(*args, **kwargs))
                except asyncio.CancelledError:
                    self._give_up(turn)
                    raise
        finally:
            self._waiting.remove(place)
            self._moved.set()

    async def _is_quiet_for(self, place: object) -> None:
        """Wait until nothing is asked, and was for a moment, and nothing else that can wait goes first."""
        while True:
            if self._asked or self._waiting[-1] is not place:
                self._moved.clear()
                await self._moved.wait()
            elif (rest := self._answered_at + SETTLED - time.monotonic()) > 0:
                await asyncio.sleep(rest)
            else:
                return

    def stop(self) -> None:
        """Give up whatever is asked: the program ends."""
        self._is_stopped = True
        for turn in (self._newest, self._later):
            self._give_up(turn)

    @property
    def is_asked(self) -> bool:
        """Whether a question is not answered yet that a key may wait for."""
        return self._asked > 0

    def give_up(self) -> None:
        """Nobody waits for the newest question any more, whether it can be stopped or not."""
        turn = self._newest
        if turn is not None and turn.running is not None and not turn.running.done():
            turn.is_given_up = True
            self._give_up(turn)
            turn.running.cancel()

    async def _answer(self, thread: ThreadPoolExecutor, turn: _Turn, act: Callable[[], T]) -> T:
        turn.running = running = asyncio.get_running_loop().run_in_executor(thread, self._run, turn, act)
        try:
            return await running
        except (asyncio.CancelledError, Overtaken):
            if turn.is_given_up:
                raise GaveUp from None
            raise

    def _give_up(self, turn: _Turn | None) -> None:
        """Interrupt a question, again and again until it has ended: between two statements nothing is interrupted."""
        if turn is None:
            return
        with self._lock:
            turn.is_overtaken = True
            if turn.connection is None:
                return
            wait = turn.begun + self._grace - time.monotonic()
            if wait <= 0 or self._is_stopped:
                self._interrupt(turn.connection)
                wait = AGAIN
        with contextlib.suppress(RuntimeError):  # no loop runs any more: the program ends
            asyncio.get_running_loop().call_later(wait, self._give_up, turn)

    def _run(self, turn: _Turn, act: Callable[[], T]) -> T:
        connection = self._connection()  # which may have to be opened: not behind the lock
        with self._lock:
            if turn.is_overtaken:
                raise Overtaken
            turn.begun, turn.connection = time.monotonic(), connection
        try:
            return act()
        except Overtaken:
            # PostgreSQL hears of an interruption late: it may have meant the question before.
            if turn.is_overtaken:
                raise
            return act()
        finally:
            with self._lock:
                turn.connection = None
