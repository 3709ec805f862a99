"""The quick line of the Product tab: `2x kabel à 149` is so many of a part at a price.

What a line says can be read in more than one way (`hdmi 2` is two of them, or a name with a number in it): the readings
are given in the order in which they are tried against the register.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import parse_amount, parse_quantity
from svc_tui.domain.languages import all_languages, every, language_of
from svc_tui.domain.text import clean_line, search_key

ONE: Final = 1000
"""Thousandths."""

_NUMBER: Final = r"(\d+(?:[.,]\d{1,3})?½?|½)"
_HALF: Final = r"(?:(\d{1,6})\s+)?1/2(?=\s*[^\W\d_])"
_CLOCK: Final = r"(\d{1,3})\s*(:|[^\W\d_]+)\s*([0-5]\d)\s*([^\W\d_]*)\.?(?:\s+(.*))?"
"""`1:30 time`, `1t30`, `1 time 30 min`."""
_TIMES: Final = "[x*×]"
_PRICE: Final = r"(?P<part>.*\S)(?:\s+[àáÀÁ@]\s*|\s+(?:a|at)\s+(?=-?[\d£$€k]))(?P<price>.*)"
_PRICE_BEHIND: Final = (
    r"(?P<part>.*\S)\s+(?P<price>\d[\d., ]*(?:,-|\s?(?:kr\.?|dkk|nok|sek|eur|gbp))|[£$€]\s?\d[\d.,]*)"
)


class Reading(NamedTuple):
    """One way to read it: so many thousandths of what is called `part`."""

    quantity: int
    part: str
    unit: str = ""


class QuickLine(NamedTuple):
    """What was typed.

    Attributes:
        readings: At least one, the likeliest first; a part that is in no register is the first.
        price: Of one, in minor units; None where none was typed.
        error: Why quantity or price cannot be read.
    """

    readings: tuple[Reading, ...]
    price: int | None = None
    error: Invalid | None = None


def read_quick_line(typed: str, language: str) -> QuickLine:
    """Quantity, part and price as typed in a language."""
    text = clean_line(typed)
    try:
        part, price = _price(text, language)
        readings = tuple(dict.fromkeys(_readings(part, language)))
    except Invalid as error:
        return QuickLine((Reading(ONE, text),), None, error)
    return QuickLine(readings, price)


def _price(text: str, language: str) -> tuple[str, int | None]:
    for pattern in (_PRICE, _PRICE_BEHIND):
        if found := re.fullmatch(pattern, text, re.IGNORECASE):
            if not found["price"].strip():
                raise Invalid(N_("Write the price behind à, for instance: cable à 149."), field="part")
            price = parse_amount(found["price"], language, "part")
            if price < 0:
                raise Invalid(N_("A price here is not below zero; Enter on the line changes it."), field="part")
            return found["part"].strip(), price
    return text, None


def _readings(text: str, language: str) -> list[Reading]:
    whole = Reading(ONE, text)
    if re.match(rf"[-−]\s*{_NUMBER}\s*(?:{_TIMES}(?!\w)|{_pieces()}\b)", text, re.IGNORECASE):
        raise Invalid(N_("A quantity here is not below zero; Enter on the line changes it."), field="part")
    if (found := re.fullmatch(_CLOCK, text)) and (timed := _hours_and_minutes(found, language)):
        return timed
    halved = re.sub(rf"^{_HALF}", r"\1½", text)  # `1 1/2 time`; `1/2 inch` stays a name
    if found := re.fullmatch(rf"{_NUMBER}\s*([^\W\d_]+)\.?(?:\s+(.*))?", halved):
        timed = _timed(found[1], found[2], (found[3] or "").strip(), language)
        if timed:
            return timed
    for pattern in (
        rf"(?P<n>{_NUMBER})\s*(?:{_TIMES}\s+|[*×])(?P<part>.+)",
        r"(?P<n>\d{1,3})x\s*(?P<part>\D.*)",
        rf"(?P<n>{_NUMBER})\s*{_pieces()}\b\.?\s*(?P<part>.+)",
        rf"(?P<part>.*\S)\s+{_TIMES}\s*(?P<n>{_NUMBER})",
        rf"(?P<part>.*[^\s\d])\s*[*×]\s*(?P<n>{_NUMBER})",
        rf"(?P<part>.*\S)\s+(?P<n>{_NUMBER})\s*(?:[x×]|{_pieces()}\.?)",
    ):
        if found := re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL):
            quantity = _quantity(found["n"], language)
            return [Reading(quantity, part) for part in (found["part"].strip(), *_hours(found["part"], language))]
    if found := re.fullmatch(rf"(?P<part>.*\S)\s+(?P<n>{_NUMBER})", text):
        if names := _hours(found["part"], language):
            return [Reading(_quantity(found["n"], language), name) for name in names]
        return [whole, *_counted(found["n"], found["part"], language)]
    if found := re.fullmatch(rf"(?P<n>{_NUMBER})\s+(?P<part>.+)", text):
        return [whole, *_counted(found["n"], found["part"], language)]
    return [whole]


def _timed(number: str, unit: str, part: str, language: str) -> list[Reading]:
    """`2 timer`, `90 min`, `1,5 hours installation`; nothing where the word is no time."""
    unit = search_key(unit)
    if len(unit) == 1 and part:
        return []
    if unit in every("minutes"):
        quantity, word = (_quantity(number, language) + 30) // 60, language_of(language).hours[0]
        return [Reading(quantity, part or word, word)]
    if unit not in _hour_words():
        return []
    names = (part,) if part else _names_of_hours(unit, language)
    return [Reading(_quantity(number, language), name, _hour_words()[unit]) for name in names]


def _hours_and_minutes(found: re.Match[str], language: str) -> list[Reading]:
    """Hours and minutes of them; nothing where no word says that they are hours."""
    hours, between, minutes, behind = found[1], found[2], found[3], search_key(found[4])
    part = (found[5] or "").strip()
    unit = behind if between == ":" else search_key(between) if behind in ("", *every("minutes")) else ""
    if unit not in _hour_words():
        return []
    quantity = int(hours) * ONE + (int(minutes) * ONE + 30) // 60
    names = (part,) if part else _names_of_hours(unit, language)
    return [Reading(quantity, name, _hour_words()[unit]) for name in names]


@cache
def _hour_words() -> dict[str, str]:
    """What an hour is called in any language, and how its products are named there."""
    return {word: language.hours[0] for language in all_languages() for word in language.hours}


@cache
def _pieces() -> str:
    return f"(?:{'|'.join(sorted(every('pieces'), key=len, reverse=True))})"


def _names_of_hours(unit: str, language: str) -> tuple[str, ...]:
    """What the hours of a shop may be called: as written, in the singular, in the shop's language."""
    names = (_hour_words()[unit], language_of(language).hours[0])
    return tuple(dict.fromkeys(names if len(unit) == 1 else (unit, *names)))


def _hours(text: str, language: str) -> tuple[str, ...]:
    """What the hours of the shop may be called where the text is a word for them."""
    key = search_key(text)
    return _names_of_hours(key, language) if key in _hour_words() and len(key) > 1 else ()


def _counted(number: str, part: str, language: str) -> list[Reading]:
    """A bare number beside a name: perhaps so many of it; a number that cannot be read is part of the name."""
    try:
        return [Reading(_quantity(number, language), part.strip())]
    except Invalid:
        return []


def _quantity(number: str, language: str) -> int:
    """
    Raises:
        Invalid: when the number can be read in two ways, such as `1.234` in Danish.
    """
    half = 500 if number.endswith("½") else 0
    digits = number.removesuffix("½")
    return (parse_quantity(digits, language, "part") if digits else 0) + half
