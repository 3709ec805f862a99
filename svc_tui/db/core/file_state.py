"""Whether the file that was opened is still the shop that lies there.

SQLite does not notice when somebody moves the file away, deletes its log or copies another file over it: saves would
go where nobody finds them, or the two would be mixed. So what can be seen from outside is compared at every look and
before every write (some 5 microseconds). The header of a busier shop that was copied over this one looks as if much had
been done here; but it is of another generation, and only a restore puts that in the place of this one and says so.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from svc_tui.db.core.file_line import Identity, Line, identity

_HEADER_BYTES = 100
_COUNTER_AT, _GENERATION_AT = 24, 60


class Header(NamedTuple):
    """What is compared of the file's first bytes (https://sqlite.org/fileformat2.html, 1.3)."""

    counter: int
    """SQLite raises it when it changes the first page."""
    generation: int
    """The user version: every copy of a shop gets another one (copies.py), and a restore brings it along."""

    @classmethod
    def of(cls, descriptor: int) -> Header:
        """The header as it is on the disk now."""
        raw = os.pread(descriptor, _HEADER_BYTES, 0)
        counter, generation = (int.from_bytes(raw[at : at + 4], "big") for at in (_COUNTER_AT, _GENERATION_AT))
        return cls(counter, generation)

    def may_follow(self, before: Header) -> bool:
        """Whether SQLite can have made this of `before`. The counter never falls, and what is put back raises it."""
        return self.counter > before.counter or self == before


PutBack = Callable[[int, int], bool]
"""Whether a restore put the second generation in the place of the first."""


class FileState:
    """What was seen of one open file."""

    def __init__(self, path: Path, line: Line, was_put_back: PutBack) -> None:
        self.path, self.line = path, line
        self._was_put_back = was_put_back
        self._header = Header.of(line.descriptor)
        self._log: Identity | None = None

    def note_log(self) -> None:
        """Remember the log that SQLite has open now; a file that is not written by several has none."""
        self._log = identity(Path(f"{self.path}-wal"))

    def is_in_place(self) -> bool:
        """Whether the same file lies at the path, with the same log, and nobody else's content in it."""
        return self.is_same_file() and self._is_same_content()

    def is_same_file(self) -> bool:
        """Whether the same file lies at the path, with the same log."""
        return identity(self.path) == self.line.of and self._is_same_log()

    def _is_same_log(self) -> bool:
        found = identity(Path(f"{self.path}-wal"))
        if self._log is None:
            self._log = found
        return found == self._log

    def _is_same_content(self) -> bool:
        for pause in (0.0, 0.01, 0.05):  # a header that another process is just writing may be read in two halves
            time.sleep(pause)
            header = Header.of(self.line.descriptor)
            before = self._header
            if header.may_follow(before) and self._is_of_this_shop(before, header):
                self._header = header
                return True
        return False

    def _is_of_this_shop(self, before: Header, now: Header) -> bool:
        is_new = before.counter == 0  # another first start is just making the file
        return is_new or now.generation == before.generation or self._was_put_back(before.generation, now.generation)
