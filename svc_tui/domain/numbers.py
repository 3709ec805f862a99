"""Whole numbers as people and files write them, bounded where they are read.

A number, an id or a count of a shop fits the databases' 64 bits; what is longer is nobody's.
"""

from __future__ import annotations

from typing import Final

from svc_tui.domain.errors import N_, Invalid

MOST_DIGITS: Final = 18
"""All numbers of so many digits fit 64 bits."""
LARGEST: Final = 10**MOST_DIGITS - 1
NO_WHOLE_NUMBER: Final = N_("“{text}” is no whole number; write for example 42.")


def whole_number(text: str, largest: int = LARGEST) -> int | None:
    """The number that a text of nothing but the digits 0 to 9 is; None when it is none, or larger than `largest`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        return None
    number = int(text)
    return number if number <= largest else None


def is_too_long(text: str) -> bool:
    """Whether a text is written like a whole number, and larger than any."""
    return text.isascii() and text.isdecimal() and whole_number(text) is None


def read_number(text: str, field: str, *, largest: int = LARGEST, refusal: str = NO_WHOLE_NUMBER) -> int:
    """What a field for a whole number says; blanks around it do not count.

    Args:
        text: What was typed.
        field: The field, for the refusal.
        largest: The largest that it takes.
        refusal: What is said of anything else; `{text}` in it is what was typed.

    Raises:
        Invalid: when it is none, or larger.
    """
    found = whole_number(text.strip(), largest)
    if found is None:
        raise Invalid(refusal, field=field, text=text[:40])
    return found
