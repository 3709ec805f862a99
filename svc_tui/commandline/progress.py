"""A bar on the error stream, where that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_CELLS = 30
_PAUSE = 0.1


class Bar:
    """Draws how far something is; nothing at all where nobody looks."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._drawn_at = 0.0
        self._is_shown = sys.stderr.isatty()
        self._last = ""

    def __call__(self, done: int, total: int = 0) -> None:
        """Show that `done` of `total` are done; a total of 0 is not known."""
        now = time.monotonic()
        is_last = bool(total) and done >= total
        if not self._is_shown or (now - self._drawn_at < _PAUSE and not is_last):
            return
        self._drawn_at = now
        filled = _CELLS * done // total if total else 0
        bar = f" [{'#' * filled}{'.' * (_CELLS - filled)}] {100 * done // total:3} %" if total else ""
        text = f"{self._label}{bar} {done}"
        sys.stderr.write("\r" + text.ljust(len(self._last)))
        sys.stderr.flush()
        self._last = text

    def clear(self) -> None:
        """Take the bar away."""
        if self._last:
            sys.stderr.write("\r" + " " * len(self._last) + "\r")
            sys.stderr.flush()
            self._last = ""


@contextmanager
def bar(label: str) -> Iterator[Bar]:
    """A bar that is gone afterwards."""
    found = Bar(label)
    try:
        yield found
    finally:
        found.clear()
