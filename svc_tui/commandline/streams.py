"""What a process is given by whoever starts it: closed streams, and bytes that are not UTF-8.

Only the standard library is imported here.
"""

from __future__ import annotations

import os
import sys
from typing import Final, TextIO

_ESCAPED: Final = range(0xDC80, 0xDD00)
"""How Python keeps a byte that it could not read."""


def fill_closed() -> None:
    """Open what was closed at the start (`>&-`, `<&-`), so that no file of ours takes its place.

    A database opened as the standard output would be written into by whatever prints.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115


def as_letters(text: str) -> str:
    """Text of an argument: bytes that are not UTF-8 are taken as Latin-1, as they are on the keyboard."""
    if text.isascii() or not any(ord(letter) in _ESCAPED for letter in text):
        return text
    return "".join(_letter(ord(letter) - 0xDC00) if ord(letter) in _ESCAPED else letter for letter in text)


def _letter(byte: int) -> str:
    """Latin-1, and what Windows has in place of its control characters."""
    return bytes((byte,)).decode("windows-1252" if byte < 0xA0 else "latin-1", "replace")


def read_standard_input() -> str:
    """All of the standard input; bytes that are not UTF-8 are taken as Latin-1."""
    stream: TextIO = sys.stdin
    raw = getattr(stream, "buffer", None)
    if raw is None:  # a test's, or a program's that calls us
        return stream.read()
    return as_letters(raw.read().decode("utf-8", "surrogateescape"))
