"""One line of writers to a database file, whatever path each of them opened it by; nobody stands in it for ever.

SQLite's own waiting polls, so that newcomers win and some starve (p99 2 s instead of 0.3). Writers therefore stand in
line for a lock on the file itself. It is the same through a link, a hard link or a bind mount, and there is no side
file that somebody could delete.

A process loses SQLite's locks on a file when any descriptor of that file is closed in it
(https://sqlite.org/howtocorrupt.html, 2.2). So each process has one descriptor a file, shared by all who have it open,
and closed by the last one, whose connections are closed before.

The kernel wakes those who wait in the order in which they came, and so the waiting is left to it. But a thread that
waits in the kernel cannot be called back: a helper waits there, and whoever wanted the lock waits for the helper, as
long as he likes. The helper of somebody who gave up keeps the place in line for the next try.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from svc_tui.db.core.troubles import translate
from svc_tui.db.core.waiting import Patience

Identity = tuple[int, int]

_lines: dict[Identity, Line] = {}
_registry = threading.Lock()


def identity(path: Path) -> Identity | None:
    """Which file lies at `path`; None when none does."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class _Place:
    """A place in line, in which a helper waits."""

    def __init__(self) -> None:
        self.is_reached = threading.Event()
        self.is_wanted = True
        self.trouble: OSError | None = None


class Line:
    """The line of writers to one file, as this process knows it."""

    def __init__(self, of: Identity, descriptor: int) -> None:
        self.of = of
        self.descriptor = descriptor
        self.users = 0
        self._beside: dict[Identity, int] = {}
        """Descriptors of files that lie beside it; SQLite's locks on those are lost in the same way."""
        self._threads = threading.Lock()
        """Threads of one process share the descriptor, and with it the lock."""
        self._places = threading.Lock()
        self._place: _Place | None = None
        """Where this process stands in line; None while it does not, or holds the lock."""

    @contextmanager
    def turn(self, patience: Patience | None = None) -> Iterator[None]:
        """Wait for one's turn to write, and hold it.

        Raises:
            GaveUp, TooLong: when the patience is at its end; nothing is held then.
        """
        patience = patience or Patience()
        if not self._threads.acquire(blocking=False):
            patience.wait_for(lambda seconds: self._threads.acquire(timeout=seconds))
        try:
            self._take(patience)
            try:
                yield
            finally:
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _take(self, patience: Patience) -> None:
        with self._places:
            if self._place is None and self._is_free():
                return
            place = self._place or self._stand_in_line()
            place.is_wanted = True
        try:
            patience.wait_for(place.is_reached.wait)
        except BaseException:
            with self._places:
                place.is_wanted = False
                if place.is_reached.is_set():
                    self._let_go()
            raise
        with self._places:
            self._place = None
        if place.trouble is not None:
            raise place.trouble

    def _is_free(self) -> bool:
        """Take the lock if nobody holds it."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _stand_in_line(self) -> _Place:
        place = self._place = _Place()
        threading.Thread(target=self._wait, args=(place,), name="line", daemon=True).start()
        return place

    def _wait(self, place: _Place) -> None:
        """What the helper does."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        except OSError as error:
            place.trouble = error
        with _registry, self._places:
            place.is_reached.set()
            if not place.is_wanted:
                self._let_go()
                self._close_if_unused()

    def _let_go(self) -> None:
        """The turn came, and nobody wants it any more."""
        self._place = None
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def open_beside(self, path: Path) -> int | None:
        """An open descriptor of a file that lies beside this one, for looking at its bytes; None where none is."""
        found = identity(path)
        if found is None:
            return None
        with self._places:
            if found not in self._beside:
                try:
                    self._beside[found] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                except OSError:
                    return None
            return self._beside[found]

    def leave(self) -> None:
        """One user less; whoever calls it has closed his connections."""
        with _registry, self._places:
            self.users -= 1
            self._close_if_unused()

    def _close_if_unused(self) -> None:
        """A helper that still waits in the kernel keeps the descriptor open, and whoever comes meanwhile takes it."""
        if self.users == 0 and self._place is None and _lines.get(self.of) is self:
            del _lines[self.of]
            for descriptor in (self.descriptor, *self._beside.values()):
                os.close(descriptor)
            self._beside.clear()


def join(path: Path) -> Line:
    """The line of the file that lies at `path`; to be left again.

    Raises:
        DatabaseTrouble: when the file cannot be read.
    """
    with _registry:
        found = identity(path)
        line = _lines.get(found) if found is not None else None
        if line is None:
            line = _begin(path)
            _lines[line.of] = line
        line.users += 1
        return line


def _begin(path: Path) -> Line:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise translate(error, path) from error
    opened = os.fstat(descriptor)
    if not stat.S_ISREG(opened.st_mode):
        os.close(descriptor)
        raise translate(FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)), path)
    return Line((opened.st_dev, opened.st_ino), descriptor)
