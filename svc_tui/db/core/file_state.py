"""Whether the file that was opened is still the shop that lies there.

SQLite does not notice when somebody moves the file away, deletes its log or copies another file over it: saves would
go where nobody finds them, or the two would be mixed. So what can be seen from outside is compared at every look and
before every write (some 20 microseconds of the processor). The header of a busier shop that was copied over this one
looks as if much had been done here; but it is of another generation, and only a restore puts that in the place of this
one and says so. A copy of this very shop has the same generation: then the file was changed though its log was not
moved into it (file_content.py), or an act that was called saved here is gone from the history (`Store.acknowledged`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from svc_tui.db.core.file_content import COOKIE_AT, Content, Moved, content, moved
from svc_tui.db.core.file_line import Identity, Line, identity

_FIRST_BYTES = 4_096
"""The first page, of the size that shops are made with."""
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
        return cls.in_page(first_page(descriptor))

    @classmethod
    def in_page(cls, first: bytes) -> Header:
        """The header at the beginning of the first page."""
        return cls(_number(first, _COUNTER_AT), _number(first, _GENERATION_AT))

    def may_follow(self, before: Header) -> bool:
        """Whether SQLite can have made this of `before`. The counter never falls, and what is put back raises it."""
        return self.counter > before.counter or self == before


def first_page(descriptor: int) -> bytes:
    """The file's first page as it is on the disk now."""
    return os.pread(descriptor, _FIRST_BYTES, 0)


def _number(raw: bytes, at: int) -> int:
    return int.from_bytes(raw[at : at + 4], "big")


PutBack = Callable[[int, int], bool]
"""Whether a restore put the second generation in the place of the first."""


class Root:
    """Where the history's tree begins: asked again when the tables have changed."""

    def __init__(self, ask: Callable[[], int]) -> None:
        self._ask = ask
        self._known: tuple[int, int] | None = None

    def in_file(self, first: bytes) -> int:
        """The number of its first page; 0 while there is none."""
        cookie, known = _number(first, COOKIE_AT), self._known
        if known is None or known[0] != cookie or not known[1]:
            known = self._known = (cookie, self._ask())
        return known[1]


class FileState:
    """What was seen of one open file."""

    def __init__(self, path: Path, line: Line, was_put_back: PutBack, root: Callable[[], int]) -> None:
        """
        Args:
            path: Where it was opened.
            line: Of the file.
            was_put_back: What the shop says of itself.
            root: Reads with which page the history's tree begins.
        """
        self.path, self.line = path, line
        beside = os.path.realpath(path)
        self._log_path, self._index_path = Path(f"{beside}-wal"), Path(f"{beside}-shm")
        """SQLite's own files lie beside the real one, whatever leads to it."""
        self._was_put_back, self._root = was_put_back, Root(root)
        self._header = Header.of(line.descriptor)
        self._log: Identity | None = None
        self._held: tuple[Moved, Content] | None = None
        """What the file held, and how far its log was in it then; None where that cannot be compared."""
        self._spoiled: int | None = None
        """The generation whose file is known not to be whole any more; only a restore makes it another one."""
        self.log_moved = False
        """Whether the log was moved since somebody last cleared this: nobody can see what that covered up."""

    def note_log(self) -> None:
        """Remember the log that SQLite has open now; a file that is not written by several has none."""
        self._log = identity(self._log_path)

    def is_in_place(self) -> bool:
        """Whether the same file lies at the path, with the same log, and nobody else's content in it."""
        return self.is_same_file() and self._is_same_content()

    def is_same_file(self) -> bool:
        """Whether the same file lies at the path, with the same log."""
        return identity(self.path) == self.line.of and self._is_same_log()

    def _is_same_log(self) -> bool:
        found = identity(self._log_path)
        if self._log is None:
            self._log = found
        return found == self._log

    def note_loss(self) -> None:
        """Something is gone that was called saved."""
        self._spoiled = self._header.generation

    def _is_same_content(self) -> bool:
        for pause in (0.0, 0.01, 0.05):  # a header that another process is just writing may be read in two halves
            if pause:
                time.sleep(pause)
            before = self._header
            was_moved, first = moved(self.line, self._index_path), first_page(self.line.descriptor)
            header = Header.in_page(first)
            if header.generation == self._spoiled:
                return False
            if not (header.may_follow(before) and self._is_of_this_shop(before, header)):
                continue
            now = content(self.line.descriptor, first, self._root.in_file(first))
            is_moved_by_nobody = was_moved is not None and was_moved == moved(self.line, self._index_path)
            held = (was_moved, now) if was_moved and was_moved.is_at_rest and is_moved_by_nobody else None
            if self._may_hold(held):
                self._header, self._held, self._spoiled = header, held, None
                return True
            self._spoiled = header.generation
        return False

    def _may_hold(self, now: tuple[Moved, Content] | None) -> bool:
        """Whether nothing was put into the file but what stood in its log."""
        before = self._held
        if now is not None and before is not None and now[0] == before[0]:
            return now == before
        self.log_moved = True
        return True

    def _is_of_this_shop(self, before: Header, now: Header) -> bool:
        is_new = before.counter == 0  # another first start is just making the file
        return is_new or now.generation == before.generation or self._was_put_back(before.generation, now.generation)
