"""When a frame may go to the terminal: no more is on the way than the terminal answers for."""

from __future__ import annotations

from collections.abc import Callable

OPEN_QUESTIONS = 2
ASK_AFTER_BYTES = 400
ASK_WITHIN = 0.1
"""Seconds after a frame in which the next one is followed by a question, however small it is."""
FIRST_PATIENCE = 1.0
"""Seconds for the first answer; without one the terminal is taken to be silent, until an answer comes all the same."""
PATIENCE = 4.0
"""Seconds for later ones: a frame takes that long on the slowest lines."""


class Pace:
    """How many frames may be on the way; knows the time, no terminal."""

    def __init__(self, clock: Callable[[], float], interval: float = 0.0) -> None:
        """
        Args:
            clock: Seconds.
            interval: Least seconds between two frames.
        """
        self._clock = clock
        self._interval = interval
        self._open = 0
        self._asked = self._first_asked = 0.0
        self._sent = float("-inf")
        self._unasked_bytes = 0
        self._is_answering: bool | None = None

    def wait(self) -> float:
        """Seconds until the next frame may be sent; 0 when it may now. An answer can make it sooner."""
        now = self._clock()
        wait = self._sent + self._interval - now
        if self._open and self._is_answering is None:
            due = self._first_asked + FIRST_PATIENCE - now
        else:
            due = self._asked + PATIENCE - now
        if self._open and due <= 0:
            # No answer is coming: a terminal that has never given one is not asked again.
            self._is_answering = self._is_answering or False
            self._open = 0
        if self._open >= OPEN_QUESTIONS:
            wait = max(wait, due)
        return max(wait, 0.0)

    def sent(self, size: int) -> bool:
        """A frame of so many bytes goes out now; whether the terminal is to be asked after it."""
        now = self._clock()
        followed_fast = now - self._sent < ASK_WITHIN
        self._sent = now
        self._unasked_bytes += size
        if self._is_answering is False or not (followed_fast or self._unasked_bytes >= ASK_AFTER_BYTES):
            return False
        if not self._open:
            self._first_asked = now
        self._unasked_bytes = 0
        self._open += 1
        self._asked = now
        return True

    def answered(self) -> None:
        """The terminal has answered one question."""
        self._is_answering = True
        self._open = max(self._open - 1, 0)

    def start_over(self) -> None:
        """Questions that were open will not be answered any more."""
        self._open = 0
        self._sent = float("-inf")

    @property
    def is_answering(self) -> bool:
        """Whether the terminal has ever answered, and has not stopped."""
        return bool(self._is_answering)
