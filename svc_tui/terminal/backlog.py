"""How much input may wait: nobody types thousands of keys ahead, but a broken program or a mislaid file sends millions.

While much waits nothing more is read, so that the sender waits too and the memory stays as it is. What goes on so for
long is dropped, with what waits of it, and the user is told: a terminal that answers is worth more than the rest of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from textual import events

from svc_tui.i18n import _

MOST_WAITING = 6_000
"""Keys, clicks and pastes that wait before reading stops: more than a bar-code reader or a note pasted bit by bit."""
FEW = 600
"""So many are no flood any more."""
LONGEST = 8.0
"""Seconds a flood may last."""
QUIET = 0.1
"""Seconds without input after which a flood that is dropped is over."""
_NAP = 0.005


class Backlog:
    """Decides for every piece of input whether it is read."""

    def __init__(
        self,
        waiting: Callable[[], int],
        dropped: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            waiting: How much waits to be dealt with.
            dropped: Called when input begins to be dropped.
            clock: Seconds.
            sleep: Waits so many seconds.
        """
        self._waiting, self._dropped, self._clock, self._sleep = waiting, dropped, clock, sleep
        self._since: float | None = None
        """When much began to wait."""
        self._drops = False
        self._heard = clock()

    def admits(self) -> bool:
        """Whether input that has just come is to be dealt with. Waits while too much is waiting."""
        before, self._heard = self._heard, self._clock()
        if self._drops:
            self._drops = self._heard - before < QUIET
            return not self._drops
        if self._waiting() <= FEW:
            self._since = None
        while self._waiting() > MOST_WAITING:
            now = self._clock()
            self._since = now if self._since is None else self._since
            if now - self._since > LONGEST:
                self._drops, self._since, self._heard = True, None, now
                self._dropped()
                return False
            self._sleep(_NAP)
        self._heard = self._clock()
        return True


class Overrun:
    """What the app does about input that is being dropped: what waits of it is left out too, and then it says so."""

    is_on = False

    def begin(self) -> None:
        """Too much came."""
        self.is_on = True

    def passes(self, item: object) -> bool:
        """Whether something that waits is dealt with."""
        return not (self.is_on and isinstance(item, events.Key | events.Paste))

    def end(self, say: Callable[[str], None]) -> None:
        """Nothing waits any more."""
        if self.is_on:
            self.is_on = False
            say(_("Far too much was typed or pasted at once; the rest of it was left out."))
