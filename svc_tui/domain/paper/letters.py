"""Letters for printers that know one code page: what it lacks is replaced by something that can be read.

The number is that of `ESC t` on an Epson; other makers count differently, which is why it can be set for a printer.
CP437, with which most printers start, has no ø: a page is always chosen.
"""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple


class CodePage(NamedTuple):
    """A code page of printers."""

    name: str
    codec: str
    number: int
    tspl: str
    """What TSPL calls it."""


PAGES: Final = {
    page.name: page
    for page in (
        CodePage("cp858", "cp858", 19, "858"),
        CodePage("cp850", "cp850", 2, "850"),
        CodePage("cp865", "cp865", 5, "865"),
        CodePage("cp1252", "cp1252", 16, "1252"),
    )
}
DEFAULT_PAGE: Final = "cp858"

_STAND_INS: Final = {
    "–": "-", "—": "-", "−": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "*", "€": "EUR", "×": "x",
    "\u00a0": " ", "\u202f": " ", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "å": "aa", "Å": "Aa",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ß": "ss", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "OE", "½": "1/2", "§": "par.", "→": "->",
}  # fmt: skip
_UNKNOWN: Final = "?"


def encoded(text: str, page: str = DEFAULT_PAGE) -> bytes:
    """A text in a code page, without any sign that a printer could take for a command.

    What the page lacks becomes a stand-in, else its letter without accents, else a question mark. Line ends stay.
    """
    codec = PAGES[page].codec
    return b"".join(_one(sign, codec) for sign in unicodedata.normalize("NFC", text))


def _one(sign: str, codec: str) -> bytes:
    if sign == "\n":
        return b"\n"
    if unicodedata.category(sign)[0] == "C":
        return b""
    for tried in (sign, _STAND_INS.get(sign, ""), unicodedata.normalize("NFKD", sign)[:1], _UNKNOWN):
        try:
            found = tried.encode(codec)
        except UnicodeEncodeError:
            continue
        if found and min(found) >= 32:
            return found
    return b""


def cells(text: str) -> int:
    """How many letters wide a text is where all are equally wide: two for one of East Asia, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(_cells(sign) for sign in text)


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
