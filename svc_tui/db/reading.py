"""Reading for a list: a connection and a thread of its own, on which the newest question is the only one.

A key never waits for an answer that nobody wants any more: a question that is overtaken is interrupted in the middle
of its statement. What can wait (counts) gives way to every question and is asked again by whoever wants it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from svc_tui.domain.errors import Overtaken

P = ParamSpec("P")
T = TypeVar("T")


AGAIN = 0.01
"""Seconds after which a question that still runs is interrupted once more."""


class _Turn:
    """One question."""

    def __init__(self) -> None:
        self.is_overtaken = False


class Reader:
    """The reading thread of a session. At most one question runs; at most one is wanted."""

    def __init__(self, interrupt: Callable[[Any], None], connection: Callable[[], Any]) -> None:
        """
        Args:
            interrupt: Stops what a connection is doing; called from another thread than the connection's.
            connection: The driver's connection of the calling thread.
        """
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="database-reading")
        self._interrupt = interrupt
        self._connection = connection
        self._lock = threading.Lock()
        self._newest: _Turn | None = None
        self._running: tuple[_Turn, Any] | None = None
        self._later: _Turn | None = None
        self._asked = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

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
        self._quiet.clear()
        try:
            return await self._answer(turn, lambda: function(*args, **kwargs))
        finally:
            self._asked -= 1
            if not self._asked:
                self._quiet.set()

    async def read_later(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask for what can wait until nothing else is asked for.

        Raises:
            Overtaken: when `read` needed the connection, or something newer was asked for that can wait.
        """
        turn = _Turn()
        self._give_up(self._later)
        self._later = turn
        await self._quiet.wait()
        return await self._answer(turn, lambda: function(*args, **kwargs))

    def stop(self) -> None:
        """Give up whatever is asked: the program ends, or its answer is of no use any more."""
        for turn in (self._newest, self._later):
            self._give_up(turn)

    async def _answer(self, turn: _Turn, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, self._run, turn, act)

    def _give_up(self, turn: _Turn | None) -> None:
        """Interrupt a question, again and again until it has ended: between two statements nothing is interrupted."""
        if turn is None:
            return
        with self._lock:
            turn.is_overtaken = True
            if self._running is None or self._running[0] is not turn:
                return
            self._interrupt(self._running[1])
        with contextlib.suppress(RuntimeError):  # no loop runs any more: the program ends
            asyncio.get_running_loop().call_later(AGAIN, self._give_up, turn)

    def _run(self, turn: _Turn, act: Callable[[], T]) -> T:
        with self._lock:
            if turn.is_overtaken:
                raise Overtaken
            self._running = (turn, self._connection())
        try:
            return act()
        except Overtaken:
            # PostgreSQL hears of an interruption late: it may have meant the question before.
            if turn.is_overtaken:
                raise
            return act()
        finally:
            with self._lock:
                self._running = None
