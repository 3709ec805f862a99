"""A bar on the error stream, where that is a terminal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_CELLS = 30
_PAUSE = 0.1


class Bar:
    """Draws how far something is; nothing at all where nobody looks.

    A thread of its own draws it: a terminal that is held (Ctrl-S) takes nothing more, and whoever reports his progress
    may be in the middle of a transaction that others wait for.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._text, self._last = "", ""
        self._is_over = threading.Event()
        self._drawing: threading.Thread | None = None

    def __call__(self, done: int, total: int = 0) -> None:
        """Show that `done` of `total` are done; a total of 0 is not known."""
        filled = _CELLS * done // total if total else 0
        bar = f" [{'#' * filled}{'.' * (_CELLS - filled)}] {100 * done // total:3} %" if total else ""
        self._text = f"{self._label}{bar} {done}"
        if self._drawing is None and sys.stderr.isatty():
            self._drawing = threading.Thread(target=self._draw, name="progress", daemon=True)
            self._drawing.start()

    def _draw(self) -> None:
        while True:
            is_over = self._is_over.wait(_PAUSE)
            text = "" if is_over else self._text
            if text != self._last and _is_in_front():
                ending = "\r" if is_over else ""
                sys.stderr.write("\r" + text.ljust(len(self._last)) + ending)
                sys.stderr.flush()
                self._last = text
            if is_over:
                return

    def clear(self) -> None:
        """Take the bar away. The act is over: whoever holds the terminal now makes nobody else wait."""
        self._is_over.set()
        if self._drawing is not None:
            self._drawing.join()


def _is_in_front() -> bool:
    """Whether the terminal is this job's: a terminal may stop one in the background that writes to it."""
    try:
        return os.tcgetpgrp(sys.stderr.fileno()) == os.getpgrp()
    except OSError:
        return False


@contextmanager
def bar(label: str) -> Iterator[Bar]:
    """A bar that is gone afterwards."""
    found = Bar(label)
    try:
        yield found
    finally:
        found.clear()
