"""One line of writers to a database file, whatever path each of them opened it by.

SQLite's own waiting polls, so that newcomers win and some starve (p99 2 s instead of 0.3). Writers therefore stand in
line for a lock on the file itself. It is the same through a link, a hard link or a bind mount, and there is no side
file that somebody could delete.

A process loses SQLite's locks on a file when any descriptor of that file is closed in it
(https://sqlite.org/howtocorrupt.html, 2.2). So each process has one descriptor a file, shared by all who have it open,
and closed by the last one, whose connections are closed before.
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

from svc_tui.db.troubles import translate

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


class Line:
    """The line of writers to one file, as this process knows it."""

    def __init__(self, of: Identity, descriptor: int) -> None:
        self.of = of
        self.descriptor = descriptor
        self.users = 0
        self._threads = threading.Lock()
        """Threads of one process share the descriptor, and with it the lock."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn to write, and hold it."""
        with self._threads:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def leave(self) -> None:
        """One user less; whoever calls it has closed his connections."""
        with _registry:
            self.users -= 1
            if self.users == 0:
                del _lines[self.of]
                os.close(self.descriptor)


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
