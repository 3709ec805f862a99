"""Whole numbers as people and files write them, bounded where they are read.

A number, an id or a count of a shop fits the databases' 64 bits; what is longer is nobody's.
"""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 18
"""All numbers of so many digits fit 64 bits."""
LARGEST: Final = 10**MOST_DIGITS - 1


def whole_number(text: str, largest: int = LARGEST) -> int | None:
    """The number that a text of nothing but the digits 0 to 9 is; None when it is none, or larger than `largest`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        return None
    number = int(text)
    return number if number <= largest else None


def is_too_long(text: str) -> bool:
    """Whether a text is written like a whole number, and larger than any."""
    return text.isascii() and text.isdecimal() and whole_number(text) is None
