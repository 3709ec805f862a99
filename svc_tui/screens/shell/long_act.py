"""Acts that may take long: the key waits for them a moment, then they go on in the background and can be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from svc_tui.domain.errors import N_, DomainError
from svc_tui.domain.waits import waiting
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen

T = TypeVar("T")
Told = Callable[[int, int], None]
Wanted = Callable[[], bool]

INLINE = 0.3
"""Seconds the key waits for an act of unknown size; a longer one goes on in the background."""

UNASKED = 3
"""So many jobs are changed or put back without asking first."""

SMALL = 200
"""Jobs that are changed while the key waits: what is typed ahead finds them changed."""


def on_yes(go: Callable[[], Awaitable[None]]) -> dict[str, Callable[[], Awaitable[None]]]:
    """The letters that mean yes; never Enter, which may have been typed ahead of the question."""
    return {_("y"): go, "y": go, "j": go}


class LongAct:
    """One act of a screen at a time, on the connection for long work."""

    def __init__(self, screen: BaseScreen, progress: Callable[[str], None]) -> None:
        """
        Args:
            screen: Whose act it is.
            progress: Shows how far the act has come; an empty text when it is over.
        """
        self.screen = screen
        self._show = progress
        self._running: asyncio.Future[Any] | None = None
        self._wanted = True
        self._has_told = False
        """Whether the act has told how far it has come."""

    @property
    def is_running(self) -> bool:
        """Whether an act goes on in the background."""
        return self._running is not None and not self._running.done()

    def stop(self) -> None:
        """Stop it, unless it is being committed."""
        self._wanted = False
        self.screen.svc.store.give_up(long=True)

    def free(self) -> None:
        """
        Raises:
            DomainError: while an act goes on.
        """
        if self.is_running:
            raise DomainError(N_("An act on many jobs is going on: Esc stops it."))

    async def run(
        self,
        act: Callable[[Told, Wanted], T],
        then: Callable[[T], Awaitable[None]],
        label: str,
        jobs: int | None = None,
    ) -> None:
        """Do something that may take long.

        It is looked ahead at anew whenever it is tried again, and gets another key. So an act whose answer was lost is
        looked up before: what is in is told, and not done twice.

        Args:
            act: Calls a service with `told`, which tells how many of how many are done, and with `wanted`, which says
                whether to go on.
            then: What is done with its result.
            label: Begins the line that tells how far it has come.
            jobs: How many it concerns; None where that is not known. The key waits for few, and not for many.
        """
        self.free()
        loop = asyncio.get_running_loop()
        self._wanted, self._has_told = True, False

        def told(done: int, whole: int) -> None:
            loop.call_soon_threadsafe(self._progress, label, done, whole)

        session = self.screen.session

        def run() -> T:
            session.require_no_surprise()
            return act(told, lambda: self._wanted)

        running = asyncio.ensure_future(self.screen.svc.store.run_long(run))
        self._running = running
        patience = INLINE if jobs is None else None if jobs <= SMALL else 0
        await asyncio.wait({running}, timeout=patience)
        if running.done():
            await self._finish(running, then)
        else:
            self._tell_time(label, running, loop.time())
            self.screen.background(partial(self._finish, running, then), "a long act")

    def _tell_time(self, label: str, running: asyncio.Future[Any], since: float) -> None:
        """Say that it goes on, every second anew until it tells how far it has come."""
        if running.done() or running is not self._running or self._has_told:
            return
        loop, named = asyncio.get_running_loop(), label
        seconds = round(loop.time() - since)
        waits = self.screen.svc.store.waits
        if seconds and waits.is_waiting:
            label = f"{label}: {waiting(waits.holder()).brief(_)}"
        text = _("{label} {seconds} s …   Esc: stop") if seconds else _("{label} …   Esc: stop")
        self._show(text.format(label=label, seconds=seconds))
        loop.call_later(1.0, self._tell_time, named, running, since)

    async def _finish(self, running: asyncio.Future[T], then: Callable[[T], Awaitable[None]]) -> None:
        try:
            result = await running
        finally:
            self._show("")
        await then(result)

    def _progress(self, label: str, done: int, whole: int) -> None:
        if self.is_running and 0 < done < whole:
            self._has_told = True
            count = self.screen.svc.formats.count
            text = _("{label} {done} of {whole} …   Esc: stop")
            self._show(text.format(label=label, done=count(done), whole=count(whole)))
