"""Things done one after the other, while the keys that asked for them wait for a moment only."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Act = Callable[[], Awaitable[None]]

PATIENCE = 0.05
"""Seconds a key waits for what it asked for before the next key is dealt with."""

REST = 0.02
"""Seconds after the last act before something is done ahead: what the key changed is painted first."""


class _Asked:
    """Something that is not done yet."""

    def __init__(self, act: Act, done: asyncio.Future[None]) -> None:
        self.act = act
        self.done = done
        self.is_awaited = True


class Turns:
    """Acts in the order they were asked for."""

    def __init__(
        self,
        do: Callable[[Act], Awaitable[None]],
        ahead: Callable[[], Awaitable[bool]],
        troubled: Callable[[Exception], None],
    ) -> None:
        """
        Args:
            do: Does an act, with what belongs before and after each.
            ahead: Called when nothing is asked for; does a piece of what may be asked next, False when there is none.
            troubled: Told what went wrong when whoever asked has gone on.
        """
        self._do = do
        self._ahead = ahead
        self._asked: deque[_Asked] = deque()
        self._runner: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        self._troubled = troubled

    async def ask(self, act: Act, *, instead: bool = False, patience: float | None = PATIENCE) -> None:
        """Do something after all that was asked for before.

        Args:
            act: What to do.
            instead: Whether what was asked for before is given up.
            patience: Seconds to wait until it is done; None for as long as it takes.
        """
        if instead:
            self.give_up()
        asked = _Asked(act, asyncio.get_running_loop().create_future())
        self._asked.append(asked)
        if self._later is not None:
            self._later.cancel()
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
        if patience != 0:
            await asyncio.wait({asked.done}, timeout=patience)
        if not asked.done.done():
            asked.is_awaited = False
        elif not asked.done.cancelled() and (error := asked.done.exception()) is not None:
            raise error

    @property
    def are_resting(self) -> bool:
        """Whether nothing is being done, so that what takes no time may be done past the turns: they take longer."""
        return not self._asked and (self._runner is None or self._runner.done())

    def rest_anew(self) -> None:
        """Something was done: a moment passes before something is done ahead."""
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(REST, self._begin_ahead)

    def give_up(self) -> None:
        """Forget what was asked for and is not done."""
        for asked in self._asked:
            asked.done.cancel()
        self._asked.clear()
        if self._runner is not None:
            self._runner.cancel()
            self._runner = None

    @property
    def are_over(self) -> bool:
        """Whether all that was asked for is done."""
        return not self._asked

    async def over(self) -> None:
        """Wait until all that was asked for is done."""
        while self._asked:
            await asyncio.wait({self._asked[-1].done})

    async def _run(self) -> None:
        while self._asked:
            await self._one(self._asked[0])
            self._asked.popleft()
        self.rest_anew()

    def _begin_ahead(self) -> None:
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._look_ahead())

    async def _look_ahead(self) -> None:
        try:
            while not self._asked and await self._ahead():
                pass
        except Exception as error:
            self._troubled(error)
        if self._asked:
            await self._run()

    async def _one(self, asked: _Asked) -> None:
        try:
            await self._do(asked.act)
        except Exception as error:
            if not asked.is_awaited:
                self._troubled(error)
            elif not asked.done.done():
                asked.done.set_exception(error)
        if not asked.done.done():
            asked.done.set_result(None)
