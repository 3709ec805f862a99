"""A line between the program and PostgreSQL that loses the answer to a commit, and may stay cut for a while."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit


class Line:
    """Forwards every connection made to `url`.

    Attributes:
        url: The address of the database by way of this line.
        holds: Whether it swallows everything: nothing arrives any more, and nobody is told.
    """

    def __init__(self, address: str, folder: Path) -> None:
        parts = urlsplit(address)
        self._target = Path(unquote(parse_qs(parts.query)["host"][0]), ".s.PGSQL.5432")
        self._socket = folder / ".s.PGSQL.5432"
        self.url = parts._replace(query=f"host={quote(str(folder), safe='/')}").geturl()
        self._listening: socket.socket | None = None
        self._open: list[socket.socket] = []
        self._swallows = False
        self._stays_cut = False
        self.holds = False
        self.swallowed = threading.Event()
        self._ended = threading.Event()
        self.restore()

    def swallow_the_next_commit(self, *, and_stay_cut: bool = False) -> None:
        """Lose the answer to the next commit, with the connection; and let nobody in until `restore`."""
        self.swallowed.clear()
        self._swallows, self._stays_cut = True, and_stay_cut

    def cut(self) -> None:
        """Break every connection, and let nobody in until `restore`."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
            self._socket.unlink(missing_ok=True)
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def restore(self) -> None:
        """Let everybody in."""
        if self._listening is None:
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(str(self._socket))
            listening.listen(20)
            self._listening = listening
            threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def end(self) -> None:
        """Break everything for good."""
        self._ended.set()
        self.cut()

    def _accept(self, listening: socket.socket) -> None:
        while not self._ended.is_set():
            try:
                near, _ = listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self._target))
            self._open += [near, far]
            threading.Thread(target=self._forward, args=(near, far), daemon=True).start()

    def _forward(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, suppress(OSError):
            while True:
                for end in select.select([near, far], [], [], 0.1)[0]:
                    if self.holds:
                        self._ended.wait(0.05)
                        continue
                    data = end.recv(1 << 16)
                    if not data:
                        return
                    # The tag of the answer: the command itself may be a prepared one, which has no text.
                    if end is far and self._swallows and b"COMMIT\0" in data:
                        self._swallows = False
                        if self._stays_cut:
                            self.cut()
                        self.swallowed.set()
                        return
                    (far if end is near else near).sendall(data)


@contextmanager
def line_to(address: str, folder: Path) -> Iterator[Line]:
    """A line to a database, until the block ends.

    Args:
        address: Of the database, over a socket in a folder.
        folder: Where the line's own socket lies; its path is short.
    """
    line = Line(address, folder)
    try:
        yield line
    finally:
        line.end()
