"""Money as whole minor units (øre), quantities as whole thousandths, percentages as basis points.

How a number is read. The language says which mark is the decimal one: a point in English, a comma in Danish,
Norwegian and Swedish. With both marks present the last is the decimal one, so `1.234,50` and `1,234.50` are read in
every language. A single mark of the *other* kind is a decimal mark too (`12.5` in Danish), unless three digits
follow it as they follow a thousands mark: then `1.234` is 1234 as a Danish amount, while as a quantity, where both
readings are likely, it is refused. An amount with three decimals (`1.234` in English) is refused, never rounded.
"""

from __future__ import annotations

import re
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.languages import language_of
from svc_tui.domain.text import clean_line

AMOUNT_PLACES: Final = 2
QUANTITY_PLACES: Final = 3
PERCENT_PLACES: Final = 2
LARGEST_AMOUNT: Final = 10**13
"""An amount and a line total stay below this many minor units, so that a sum of 100,000 fits 64 bits."""
LARGEST_QUANTITY: Final = 10**12
WHOLE: Final = 10_000
"""A hundred percent in basis points."""

_LONGEST: Final = 60
# Patterns as text: `re` compiles and keeps them when they are first used, and a start reads no number.
_SPACES = r"[\s'\u2019]+"
_CURRENCY: Final = r"(?:kr\.?|dkk|nok|sek|eur|usd|gbp|[€$£])"
_AMOUNT_TRIM = rf"(?is)^\s*([-+−]?)\s*{_CURRENCY}?\s*(.*?)\s*{_CURRENCY}?\s*$"
_NO_MINOR_UNITS = r"[.,:][-–—]+$"
_SIGNED = r"(?s)([-+−]?)\s*(.*)"
_MARKED = r"[0-9]+(?:[., ][0-9]+)*[.,]?|[.,][0-9]+"
_GROUPED = r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*"

_UNREADABLE = N_("“{value}” cannot be read as a number. Write it in digits, for example {example}.")
_MISSING = N_("A number is missing. Write it in digits, for example {example}.")
_TOO_PRECISE = N_("“{value}” has too many decimals. Write at most {places}, for example {example}.")
_AMBIGUOUS = N_("“{value}” can be read in two ways. Write {whole} or {decimal}.")
_TOO_LARGE = N_("“{value}” is too large. Write a number with fewer digits, below {limit}.")
_NOT_A_PERCENTAGE = N_("“{value}” is not between 0 and 100 percent. Write for example {example}.")
_TOTAL_TOO_LARGE = N_("The total of the line is too large. Lower the quantity or the price.")


def parse_amount(text: str, language: str, field: str | None = None) -> int:
    """The minor units of an amount as people write it: `1.234,50`, `129,-`, `kr. 12.5`, `-12 €`.

    Raises:
        Invalid: Not a number, more than two decimals, or 10^13 minor units and more.
    """
    value = _Number(text, _without_currency(text), language, field, AMOUNT_PLACES).scaled()
    return _below(value, LARGEST_AMOUNT, AMOUNT_PLACES, text, field)


def _without_currency(text: str) -> str:
    trimmed = re.match(_AMOUNT_TRIM, text[: _LONGEST + 1])
    sign, number = (trimmed[1], trimmed[2]) if trimmed else ("", text)
    return sign + re.sub(_NO_MINOR_UNITS, "", number)


def parse_quantity(text: str, language: str, field: str | None = None) -> int:
    """The thousandths of a quantity: `2`, `1,5`, `0.125`. `1.234` in Danish is refused, for it can be read two ways.

    Raises:
        Invalid: Not a number, ambiguous, more than three decimals, or a thousand million and more.
    """
    number = _Number(text, text, language, field, QUANTITY_PLACES)
    number.refuse_ambiguous()
    return _below(number.scaled(), LARGEST_QUANTITY, QUANTITY_PLACES, text, field)


def parse_percent(text: str, language: str, field: str | None = None) -> int:
    """The basis points of a percentage from 0 to 100, with or without the sign: `25`, `12,5 %`.

    Raises:
        Invalid: Not a number, more than two decimals, or outside 0 to 100.
    """
    value = _Number(text, text.strip().removesuffix("%"), language, field, PERCENT_PLACES).scaled()
    if not 0 <= value <= WHOLE:
        raise Invalid(_NOT_A_PERCENTAGE, field=field, value=_quoted(text), example="25")
    return value


class _Number:
    """One number being read: what was written, the part that should be digits, and how it is to be understood."""

    def __init__(self, written: str, number: str, language: str, field: str | None, places: int) -> None:
        self._written = written
        self._field = field
        self._places = places
        self._decimal_mark = language_of(language).decimal_mark
        self._negative, self._body = self._split(number)

    def _split(self, number: str) -> tuple[bool, str]:
        if not number.strip():
            raise Invalid(_MISSING, field=self._field, example=self._example())
        if len(self._written) > _LONGEST or not (signed := re.fullmatch(_SIGNED, number.strip())):
            raise self._unreadable()
        body = re.sub(_SPACES, " ", signed[2].strip())
        if not re.fullmatch(_MARKED, body):
            raise self._unreadable()
        return signed[1] in ("-", "−"), body

    def scaled(self) -> int:
        """The number times ten to the power of its places."""
        whole, decimals = self._whole_and_decimals()
        # Four and more decimals come from other programs' exports (129.0000) and cannot be a thousands group.
        if len(decimals) > max(self._places, 3):
            decimals = decimals[: self._places] + decimals[self._places :].rstrip("0")
        if len(decimals) > self._places:
            raise Invalid(
                _TOO_PRECISE,
                field=self._field,
                value=_quoted(self._written),
                places=self._places,
                example=self._example(),
            )
        value = int((whole or "0") + decimals.ljust(self._places, "0"))
        return -value if self._negative else value

    def refuse_ambiguous(self) -> None:
        """Refuse a lone mark of the other language before three digits."""
        marks = re.findall(r"[.,]", self._body)
        if len(marks) != 1 or marks[0] == self._decimal_mark or not re.fullmatch(_GROUPED, self._body):
            return
        whole, decimals = self._body.split(marks[0])
        raise Invalid(
            _AMBIGUOUS,
            field=self._field,
            value=_quoted(self._written),
            whole=whole + decimals,
            decimal=whole + self._decimal_mark + decimals,
        )

    def _whole_and_decimals(self) -> tuple[str, str]:
        mark = self._mark_of_decimals()
        whole, _, decimals = self._body.rpartition(mark) if mark else (self._body, "", "")
        if whole.isdigit() or not whole:
            if " " in decimals:
                raise self._unreadable()
            return whole, decimals
        if not re.fullmatch(_GROUPED, whole) or not (decimals.isdigit() or not decimals):
            raise self._unreadable()
        return re.sub(r"[., ]", "", whole), decimals

    def _mark_of_decimals(self) -> str | None:
        """The mark the decimals stand behind, None when the number is whole."""
        marks = re.findall(r"[.,]", self._body)
        if not marks:
            return None
        last = str(marks[-1])
        if marks.count(last) > 1:
            return None
        if len(marks) == 1 and last != self._decimal_mark and re.fullmatch(_GROUPED, self._body):
            return None
        return last

    def _example(self) -> str:
        return f"12{self._decimal_mark}5"

    def _unreadable(self) -> Invalid:
        return Invalid(_UNREADABLE, field=self._field, value=_quoted(self._written), example=self._example())


def _quoted(text: str) -> str:
    """What was written, short enough for a sentence."""
    cleaned = clean_line(text)
    return cleaned if len(cleaned) <= 24 else cleaned[:23] + "…"


def _below(value: int, limit: int, places: int, written: str, field: str | None) -> int:
    if abs(value) >= limit:
        raise Invalid(_TOO_LARGE, field=field, value=_quoted(written), limit=str(limit // 10**places))
    return value


def format_amount(minor: int, language: str) -> str:
    """An amount with two decimals and grouped thousands: `1.234,50`, in English `1,234.50`.

    Norwegian and Swedish group with a plain space: a no-break space is drawn badly by old terminals.
    """
    whole, decimals = divmod(abs(minor), 10**AMOUNT_PLACES)
    grouped = f"{whole:,}".replace(",", language_of(language).group_mark)
    sign = "-" if minor < 0 else ""
    return f"{sign}{grouped}{language_of(language).decimal_mark}{decimals:0{AMOUNT_PLACES}}"


def format_quantity(thousandths: int, language: str) -> str:
    """A quantity without trailing zeros and without grouping: `1`, `1,5`, `1234`."""
    return plain_quantity(thousandths).replace(".", language_of(language).decimal_mark)


def format_percent(basis_points: int, language: str) -> str:
    """A percentage without trailing zeros and without the sign: `25`, `12,5`."""
    return _trimmed(plain_decimal(basis_points, PERCENT_PLACES)).replace(".", language_of(language).decimal_mark)


def plain_decimal(number: int, places: int) -> str:
    """A scaled whole number in the form for machines: `plain_decimal(12900, 2)` is `129.00`."""
    if places == 0:
        return str(number)
    whole, decimals = divmod(abs(number), 10**places)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{decimals:0{places}}"


def plain_quantity(thousandths: int) -> str:
    """A quantity in the form for machines, without trailing zeros: `1`, `1.5`."""
    return _trimmed(plain_decimal(thousandths, QUANTITY_PLACES))


def _trimmed(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".")


def line_total(quantity_thousandths: int, price_minor: int, discount_basis_points: int = 0) -> int:
    """Quantity times price less discount in minor units, rounded once, half away from zero.

    Raises:
        Invalid: The total is 10^13 minor units and more.
    """
    exact = quantity_thousandths * price_minor * (WHOLE - discount_basis_points)
    total = rounded(exact, 10**QUANTITY_PLACES * WHOLE)
    if abs(total) >= LARGEST_AMOUNT:
        raise Invalid(_TOTAL_TOO_LARGE, field="quantity")
    return total


def vat_of(net_minor: int, rate_basis_points: int) -> int:
    """The VAT on a net amount in minor units, rounded half away from zero."""
    return rounded(net_minor * rate_basis_points, WHOLE)


def rounded(numerator: int, denominator: int) -> int:
    """A quotient as a whole number, half away from zero; the denominator is positive."""
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -quotient if numerator < 0 else quotient
