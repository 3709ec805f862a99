"""Whether a file is a shop's, asked before SQLite may write in it.

A file named by mistake must get no tables, and one that was emptied must not be greeted as a new shop. A shop's file
has the program's application id in its header (https://sqlite.org/fileformat2.html, 1.3.12); one of an earlier version
has none there, but the tables of a shop.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from svc_tui.domain.errors import N_, Invalid

APPLICATION_ID = 0x53564354
"""`SVCT`, in the header of every shop's file."""
NEW_FILE_PATIENCE = 5.0
"""Seconds a file may be empty because another first start is just making it."""

_SQLITE = b"SQLite format 3\0"
_ID_AT = 68
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", N_("a zip archive or a spreadsheet")),
    (b"\x1f\x8b", N_("a compressed file")),
    (b"(\xb5/\xfd", N_("a compressed file")),
    (b"\xfd7zXZ", N_("a compressed file")),
    (b"%PDF", N_("a PDF document")),
    (b"PGDMP", N_("a copy of a PostgreSQL database, for pg_restore")),
)


def says_so(path: Path, descriptor: int) -> bool:
    """Whether the first bytes of the file say that it is a shop's.

    Args:
        path: The file, to be named.
        descriptor: An open descriptor of it, which is not closed here.

    Raises:
        Invalid: when they say that it is something else, and what.
    """
    begin = os.pread(descriptor, 100, 0)
    while not begin and time.time() - os.fstat(descriptor).st_mtime < NEW_FILE_PATIENCE:
        time.sleep(0.02)
        begin = os.pread(descriptor, 100, 0)
    if not begin:
        raise Invalid(
            N_("{path} is empty: it holds no shop. Put the last backup back with svc-tui restore, or remove the file "
               "to begin a new shop."),
            path=path,
        )  # fmt: skip
    if kind := _other_kind(begin):
        raise Invalid(
            N_("{path} is no shop: it is {kind}. Nothing was changed in it. Name the shop's file, or move this one "
               "away and put the last backup back with svc-tui restore."),
            path=path, kind=Invalid(kind),
        )  # fmt: skip
    found = int.from_bytes(begin[_ID_AT : _ID_AT + 4], "big") if begin.startswith(_SQLITE) else 0
    if found not in (0, APPLICATION_ID):
        raise another_program(path)
    return found == APPLICATION_ID


def another_program(path: Path) -> Invalid:
    """The refusal of an SQLite database without a shop in it."""
    return Invalid(
        N_("{path} is the database of another program. Nothing was changed in it; name the shop's file."), path=path
    )


def _other_kind(begin: bytes) -> str:
    """What the file is instead of a database; nothing where SQLite itself had better say what is wrong with it."""
    if begin.startswith(_SQLITE):
        return ""
    if kind := next((kind for mark, kind in _KINDS if begin.startswith(mark)), ""):
        return kind
    is_text = not any(byte < 9 or 13 < byte < 32 for byte in begin)
    return N_("a text, such as a CSV file for svc-tui import") if is_text else ""
