"""A slow line between a person and a program: what is sent waits for the bytes before it, then travels.

Down, towards the person: cut into slices of 20 ms, so that a screen grows as it does in reality. When much is under
way the program is no longer read and blocks, as behind a full window of SSH.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

OVERHEAD = 76
"""Bytes that SSH (36) and TCP/IP (40) put around a packet."""
PACKET = 1400
WINDOW = 65536
"""Bytes under way at which the program is held up."""
_SLICE = 0.02

Deliver = Callable[[float, bytes], None]


@dataclass(frozen=True, slots=True)
class Link:
    """A line's round trip in seconds, and its speed both ways in bits a second."""

    round_trip: float
    bits: float


THIN = Link(0.080, 64_000)


class Line:
    """Carries bytes both ways and hands each part over when it has arrived."""

    def __init__(self, link: Link, down: Deliver, up: Deliver) -> None:
        """
        Args:
            link: How slow.
            down: Gets what reaches the person, and when.
            up: Gets what reaches the program, and when.
        """
        self._link = link
        self._deliver = {False: down, True: up}
        self._free = {False: 0.0, True: 0.0}
        """When the serial line has sent all that was put on it."""
        self._queue: list[tuple[float, int, bool, bytes]] = []
        self._sent = self._down = 0
        self._ended = False
        self._changed = threading.Condition()
        self._carrier = threading.Thread(target=self._carry, name="line", daemon=True)
        self._carrier.start()

    def send_down(self, now: float, data: bytes) -> None:
        """From the program; waits while too much is under way."""
        size = max(64, min(PACKET, int(self._link.bits / 8 * _SLICE)))
        with self._changed:
            for begin in range(0, len(data), size):
                part = data[begin : begin + size]
                # A packet's cost is paid once a packet, not once a slice.
                cost = len(part) + (OVERHEAD if begin == 0 else OVERHEAD * len(part) / PACKET)
                self._put(now, part, cost, is_up=False)
                self._down += len(part)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._down <= WINDOW or self._ended)

    def send_up(self, now: float, data: bytes) -> None:
        """From the person."""
        with self._changed:
            self._put(now, data, len(data) + OVERHEAD, is_up=True)
            self._changed.notify_all()

    def _put(self, now: float, data: bytes, cost: float, *, is_up: bool) -> None:
        self._free[is_up] = max(now, self._free[is_up]) + cost * 8 / self._link.bits
        self._sent += 1
        heapq.heappush(self._queue, (self._free[is_up] + self._link.round_trip / 2, self._sent, is_up, data))

    def _carry(self) -> None:
        while True:
            with self._changed:
                while not self._ended and (not self._queue or self._queue[0][0] > time.perf_counter()):
                    self._changed.wait(self._queue[0][0] - time.perf_counter() if self._queue else None)
                if self._ended:
                    return
                due, _, is_up, data = heapq.heappop(self._queue)
                if not is_up:
                    self._down -= len(data)
                self._changed.notify_all()
            self._deliver[is_up](due, data)

    @property
    def is_carrying(self) -> bool:
        """Whether something is under way."""
        with self._changed:
            return bool(self._queue)

    def close(self) -> None:
        """Carry nothing more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._carrier.join(1.0)
