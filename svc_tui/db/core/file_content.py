"""What a shop's file holds, told by the few pages in which any two of its states differ, and how far its log is in it.

In write-ahead mode only the moving of the log changes the file, and the log's index says how far that has come
(https://sqlite.org/walformat.html, 2). So if the file changes and that does not, somebody else has written it: last
week's file of the same shop, copied over the open one. Whatever is done to a shop begins a new row of the history, at
the right end of its tree. Some 10 microseconds.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import NamedTuple

from svc_tui.db.core.file_line import Line

_PAGE_SIZE_AT, COOKIE_AT = 16, 40
_INTERIOR = 0x05
"""A page of a table's tree that leads to others (https://sqlite.org/fileformat2.html, 1.6)."""
_DEEPEST = 20
"""Levels of a tree; SQLite allows no more."""
_INDEX_BYTES = 136


class Moved(NamedTuple):
    """How far the log was moved into the file."""

    log: tuple[int, ...]
    """Which index it is, and the log's salts: another pair whenever it is begun anew."""
    wanted: int
    """Up to which frame somebody moves it, or did."""
    done: int
    """Up to which frame it is in the file."""

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody moves it now, nor ended in the middle of it."""
        return self.wanted == self.done


class Content(NamedTuple):
    """What tells one state of a shop's file from every other one."""

    size: int
    pages: tuple[bytes, ...]
    """The first one, and the way down to the end of the history."""


def moved(line: Line, index: Path) -> Moved | None:
    """How far the log of the file is in it, by the log's index; None where there is none."""
    descriptor = line.open_beside(index)
    if descriptor is None:
        return None
    raw = os.pread(descriptor, _INDEX_BYTES, 0)
    if len(raw) < _INDEX_BYTES:
        return None
    salts = struct.unpack_from("=2I", raw, 32)
    return Moved((descriptor, *salts), struct.unpack_from("=I", raw, 128)[0], struct.unpack_from("=I", raw, 96)[0])


def content(descriptor: int, first: bytes, root: int) -> Content:
    """What the file holds now.

    Args:
        descriptor: Of the file.
        first: Its first page, or the beginning of it.
        root: The page with which the history's tree begins; 0 where there is none.
    """
    size = int.from_bytes(first[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2], "big")
    page_size = 65_536 if size == 1 else size
    pages, number = [first], root
    while number and page_size and len(pages) <= _DEEPEST:
        page = os.pread(descriptor, page_size, (number - 1) * page_size)
        pages.append(page)
        if len(page) < 12 or page[0] != _INTERIOR:
            break
        number = int.from_bytes(page[8:12], "big")
    return Content(os.fstat(descriptor).st_size, tuple(pages))
