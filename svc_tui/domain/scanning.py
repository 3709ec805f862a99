"""Whether keys that came faster than fingers are a bar-code reader's, a paste without brackets, or typed ahead.

A reader is a keyboard: it types the code, then Enter or Tab. What tells the three apart is what they say, for over a
network all of them arrive in one piece.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

GS = "\x1d"
"""Parts the elements of a GS1 code where one may be of any length."""
AIM = re.compile(r"\][A-Za-z]\d")
"""What a reader may put before a code: which kind it read (ISO/IEC 15424)."""
LEAST = 6
"""Signs of a code; fewer are commands."""
HELD = 4
"""Times the same letter in a row that are a key held down."""
ENDS = "\r\t\n"


class Kind(Enum):
    """What a burst is."""

    KEYS = auto()
    """Commands, typed ahead or held down: each does what it does when it is typed slowly."""
    SCAN = auto()
    """A code: it is looked up, and changes nothing."""
    PASTE = auto()
    """Text that was pasted where no text goes: it is left out."""


class Reading(NamedTuple):
    """What a burst is, and how many of its signs belong to that; what comes behind is a burst of its own."""

    kind: Kind
    signs: int
    code: str = ""


_CODE = re.compile(rf"{GS}?[^\W_]\S*")
MOVES = "0123456789gGx* "
"""Commands that only move, select or show another list, and may stand before one that asks for text."""
ASKING = "/acijlmnopstw"
"""Commands that open a field: what comes behind them is text."""
JUMPS = "j"
"""Commands that ask for a number to jump to."""


def read_burst(
    text: str, *, are_letters_text: bool = False, moves: str = MOVES, asking: str = ASKING, jumps: str = JUMPS
) -> Reading:
    """What signs are that came within 30 ms of each other, Enter as carriage return and Tab among them.

    Args:
        text: The signs.
        are_letters_text: Whether letters begin to write where these came, so that words are no commands.
        moves: Letters of commands that only move, as this user has them.
        asking: Those of commands that open a field.
        jumps: Those of commands that ask for a number to jump to.
    """
    first = re.split(f"[{ENDS}]", text, maxsplit=1)[0]
    everything = Reading(Kind.KEYS, len(text))
    if first == text:
        return everything  # nothing ended it
    scan = Reading(Kind.SCAN, len(first) + end_of(text[len(first) :]), first)
    is_typed_ahead = is_held(first) or asks_for_a_day(first, asking)
    if len(first) >= LEAST and not is_typed_ahead and is_code(first, jumps):
        return scan
    if not are_letters_text and re.search(r"\n[^\r\t\n]", text):
        return Reading(Kind.PASTE, len(text))  # a keyboard's Enter sends no line feed
    if are_letters_text or asks_for_text(first, moves, asking) or is_held(first):
        return everything
    if text[len(first) :].strip(ENDS) and first.strip(moves):
        return Reading(Kind.PASTE, len(text))
    return scan if len(first) >= LEAST else everything


def end_of(rest: str) -> int:
    """How many signs end a code: Enter or Tab, and the line feed that some readers send behind Enter."""
    return 2 if rest.startswith("\r\n") else 1


def is_code(text: str, jumps: str = JUMPS) -> bool:
    """Whether it looks like a number, a serial or a product's code: no blank, letters of one size, and a digit.

    What a reader puts before it does not count (`]d2`). A jump typed ahead (`j104217`) is none.
    """
    text = AIM.sub("", text, count=1)
    if not _CODE.fullmatch(text) or (text[0] in jumps and text[1:].isdecimal()):
        return False
    return any(map(str.isdigit, text)) and (text == text.upper() or text == text.lower())


def asks_for_text(text: str, moves: str = MOVES, asking: str = ASKING) -> bool:
    """Whether the first command among them opens a field, so that the rest is what is written there."""
    rest = text.lstrip(moves)
    return bool(rest) and rest[0] in asking


def asks_for_a_day(text: str, asking: str = ASKING) -> bool:
    """Whether it is a command that asks for something, and a day with its signs between: `p24/12`, `p26.3.27`."""
    return text[:1] in asking and re.fullmatch(r"\d{1,2}([/.])\d{1,2}(?:\1(?:\d\d){1,2}|\.)?", text[1:]) is not None


def is_held(text: str) -> bool:
    """Whether a key was held down: the same letter many times in a row, where digits do not make it a code."""
    if sum(map(str.isdigit, text)) > 1:
        return False
    return re.search(rf"([^\d])\1{{{HELD - 1}}}", text) is not None


_US_SIGNS = str.maketrans("+-?ÆØÖæøö)(=", "-/_:::;;;(*)")
"""What a reader set to a US keyboard sends on a Danish, Norwegian or Swedish one, and what it means."""


def as_us_keyboard(code: str) -> str:
    """The code as it reads if the reader believes to be a US keyboard."""
    return code.translate(_US_SIGNS)
