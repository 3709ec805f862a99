"""What a spreadsheet does to the values of a list, undone where nothing was lost.

`="5701"` is a text that looks like a formula, `'570` a text marked as one, `5701.0` a number that was a code. A number
in powers of ten has lost its last digits unless all of them stand there.
"""

from __future__ import annotations

import re
from typing import Final

from svc_tui.domain.errors import N_, Invalid

_AS_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"')
_MARKED_TEXT = re.compile(r"'(?=[=+\-@＝＋－＠\t]|[0-9][0-9 .\-]*$)")
_ERROR = re.compile(
    r"#(?:REF|REFERENCE|N/?A|I/T|I/R|NV|SAKNAS|NAME|NAVN|NAMN|VALUE|VÆRDI|VERDI|VÄRDEFEL|VÄRDE!?|NUM|TAL|OGILTIGT|NULL"
    r"|NUL|DIV/0|DIVISION/0|DELING/0|SKÄRNING|SPILL|CALC|GETTING_DATA|ERROR)[!?]?|#{3,}",
    re.IGNORECASE,
)
_POWERS = re.compile(r"([+-]?[0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,3})")
_POINT_NOUGHT = re.compile(r"([0-9]+)[.,]0+")
_EMPTY: Final = frozenset(("-", "–", "—", "null", "(null)", "\\n", "n/a", "nan"))

_LOST = N_("The spreadsheet shortened {column} to {value}. Format the column as text there, and fill it in again.")
_BROKEN = N_("The spreadsheet could not work out {column}: {value}. Put it right there.")


def mended(value: str, field: str) -> str:
    """A cell as it was before a spreadsheet wrote it.

    Raises:
        Invalid: when it holds an error of the spreadsheet instead of a value.
    """
    text = value.strip(" \u00a0")
    if not text:
        return ""
    if text[0] == "=" and (quoted := _AS_TEXT.fullmatch(text)):
        text = quoted[1].replace('""', '"').strip()
    if text[:1] == "'" and _MARKED_TEXT.match(text):
        text = text[1:]
    if text[:1] == "#" and _ERROR.fullmatch(text):
        raise Invalid(_BROKEN, field=field, column=field, value=text)
    return "" if text.casefold() in _EMPTY else text


def code_of(text: str, field: str, fewest: int = 1) -> str:
    """A code, a bar code or a number that is not reckoned with, as it was before a spreadsheet took it for a number.

    Args:
        text: The cell, mended.
        field: Which field it is.
        fewest: So many digits before `.0` for it to be the spreadsheet's.

    Raises:
        Invalid: when digits of it are lost.
    """
    if (whole := _POINT_NOUGHT.fullmatch(text)) and len(whole[1]) >= fewest:
        return whole[1]
    if found := _POWERS.fullmatch(text):
        digits, power = found[1].lstrip("+") + (found[2] or ""), int(found[3])
        if found[2] and len(found[2]) >= power:
            kept, rest = digits[: len(digits) - len(found[2]) + power], found[2][power:]
            if not rest.strip("0"):
                return kept
        raise Invalid(_LOST, field=field, column=field, value=text)
    return text


def bar_code(text: str) -> str:
    """A bar code with the noughts at its beginning that a spreadsheet drops; only where the check digit agrees."""
    if not (text.isascii() and text.isdecimal()):
        return text
    if not text.strip("0"):
        return ""
    if len(text) in (7, 11, 10) and has_check_digit(text.zfill(13)):
        return text.zfill(8 if len(text) == 7 else 13)
    return text


def has_check_digit(code: str) -> bool:
    """Whether the last digit of an EAN is the one that follows from the others."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code[:-1]), 1))
    return (10 - total % 10) % 10 == int(code[-1])
