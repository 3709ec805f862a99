"""Numbers as other programs and people write them in files: with currencies, brackets, minus behind, many decimals.

Which mark is the decimal one is settled for the whole file before (`csv_reading`), so no value is guessed alone.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import LARGEST_AMOUNT, LARGEST_QUANTITY, WHOLE
from svc_tui.domain.text import clean_line, search_key

_LONGEST: Final = 60
_AROUND = r"kr\.?|dkk|nok|sek|eur|usd|gbp|isk|chf|[€$£]|stk\.?|pcs\.?|st\.?"
_TRIM = re.compile(rf"(?i)^(?:{_AROUND})?\s*(.*?)\s*(?:{_AROUND})?$")
_NO_DECIMALS = re.compile(r"[.,:](?:[-–—]+|)$")
_SIGNED = re.compile(r"([-+−–]?)\s*(.*?)\s*([-−–]?)")
_GROUPS = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]*(?:[.,][0-9]*)?")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:%|$)")
_NO_VAT: Final = (
    "momsfri",
    "fritaget",
    "fritagen",
    "ingen",
    "uden moms",
    "exempt",
    "none",
    "zero",
    "no vat",
    "avgiftsfri",
)
_NO_STOCK: Final = (
    "ikke paa lager",
    "udsolgt",
    "utsolgt",
    "slutsaald",
    "slut",
    "out of stock",
    "sold out",
    "ingen",
    "none",
)

_UNREADABLE = N_("“{value}” in the column {column} is no number.")
_TOO_LARGE = N_("“{value}” in the column {column} is too large.")
_LONGEST_RATE: Final = 100
"""Characters of a cell in which a rate is looked for."""
_NO_RATE = N_("“{value}” in the column {column} is no VAT rate from 0 to 100.")


def decimal_of(text: str, *, comma: bool, field: str) -> Decimal:
    """The number that a cell holds.

    Args:
        text: The cell.
        comma: Whether the file writes decimals with a comma.
        field: Which field it is.

    Raises:
        Invalid: when it is none.
    """
    body, is_negative = _unsigned(" ".join(text.replace("'", "").replace("’", "").split()), text, field)
    marks = re.findall(r"[.,]", body)
    mark = "," if comma else "."
    if len(set(marks)) == 2:
        mark = marks[-1]
        body = body.replace("." if mark == "," else ",", "")
    elif len(marks) > 1 or (marks and marks[0] != mark and _GROUPS.fullmatch(body)):
        if not _GROUPS.fullmatch(body):
            raise _no_number(text, field)
        body = re.sub(r"[., ]", "", body)
    elif marks:
        mark = marks[0]
    body = body.replace(" ", "")
    if not _PLAIN.fullmatch(body) or not body.strip(".,"):
        raise _no_number(text, field)
    number = Decimal(body.replace(mark, "."))
    return -number if is_negative else number


def _unsigned(body: str, written: str, field: str) -> tuple[str, bool]:
    """The digits of a number and whether it is below nought: `-5`, `5-`, `(5)`, `kr. -5`, `- kr. 5`."""
    if len(written) > _LONGEST:
        raise _no_number(written, field)
    is_negative = False
    if body.startswith("(") and body.endswith(")"):
        body, is_negative = body[1:-1].strip(), True
    body = _NO_DECIMALS.sub("", body)
    for _ in range(2):  # the sign may stand before the currency or after it
        if signed := _SIGNED.fullmatch(body):
            below = sum(bool(sign) and sign != "+" for sign in (signed[1], signed[3]))
            if below + is_negative > 1:
                raise _no_number(written, field)
            is_negative = is_negative or below > 0
            body = signed[2]
        if trimmed := _TRIM.fullmatch(body):
            body = _NO_DECIMALS.sub("", trimmed[1])
    return body, is_negative


def amount(text: str, *, comma: bool, field: str) -> int:
    """Minor units; more decimals than two are rounded, half away from nought.

    Raises:
        Invalid: when it is no number, or too large.
    """
    return _scaled(text, 2, LARGEST_AMOUNT, comma=comma, field=field)


def quantity(text: str, *, comma: bool, field: str) -> int:
    """Thousandths, rounded; words for nothing in stock are nought.

    Raises:
        Invalid: when it is no number, or too large.
    """
    if search_key(text) in _NO_STOCK:
        return 0
    return _scaled(text, 3, LARGEST_QUANTITY, comma=comma, field=field)


def vat_rate(text: str, *, comma: bool, field: str) -> int:
    """Basis points of a VAT rate: `25`, `25,00 %`, `0,25` as a spreadsheet stores percentages, `20% (VAT on Income)`.

    Raises:
        Invalid: when no rate from 0 to 100 stands there.
    """
    key = search_key(text)
    if key.startswith(_NO_VAT):
        return 0
    found = _PERCENT.search(text.strip()) if len(text) <= _LONGEST_RATE else None
    if found is None:
        raise Invalid(_NO_RATE, field=field, column=field, value=_quoted(text))
    rate = decimal_of(found[1], comma=comma, field=field)
    if 0 < rate < 1 and "%" not in text:
        rate *= 100
    if not 0 <= rate <= 100:
        raise Invalid(_NO_RATE, field=field, column=field, value=_quoted(text))
    return int((rate * 100).quantize(Decimal(1), ROUND_HALF_UP))


def without_vat(gross: int, rate: int) -> int:
    """The net amount of one with VAT, in minor units, half away from nought."""
    exact = Decimal(gross) * WHOLE / (WHOLE + rate)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _scaled(text: str, places: int, limit: int, *, comma: bool, field: str) -> int:
    number = decimal_of(text, comma=comma, field=field)
    if abs(number) >= limit:
        raise Invalid(_TOO_LARGE, field=field, column=field, value=_quoted(text))
    scaled = int((number * 10**places).quantize(Decimal(1), ROUND_HALF_UP))
    if abs(scaled) >= limit:
        raise Invalid(_TOO_LARGE, field=field, column=field, value=_quoted(text))
    return scaled


def _no_number(text: str, field: str) -> Invalid:
    return Invalid(_UNREADABLE, field=field, column=field, value=_quoted(text))


def _quoted(text: str) -> str:
    return clean_line(text, 24)
