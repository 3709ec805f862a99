"""The order of letters: what texts are sorted by, in the language of the shop.

Capitals and accents count for nothing anywhere (é is e, ç is c, š is s). What a language has as letters of its own
stands behind z: in Danish and Norwegian æ, ø and å (written aa too), in Swedish å, ä and ö. Elsewhere they are the
letters they look like, and aa is two of them.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from svc_tui.domain.languages import CODES, language_of

SORTED_LETTERS: Final = 40
"""So much of a text is sorted by; the rest hardly ever decides, and the index is half as large."""

_ACCENTED: Final = {
    "a": "ÀÁÂÃÄÅàáâãäåĀāĂăĄą", "c": "ÇçĆćĈĉĊċČč", "d": "ĎďðÐđĐ", "e": "ÈÉÊËèéêëĒēĔĕĖėĘęĚě", "g": "ĜĝĞğĠġĢģ",
    "h": "ĤĥħĦ", "i": "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı", "j": "Ĵĵ", "k": "Ķķĸ", "l": "ĹĺĻļĽľłŁ", "n": "ÑñŃńŅņŇňŋŊ",
    "o": "ÒÓÔÕÖòóôõöŌōŎŏŐőøØ", "r": "ŔŕŖŗŘř", "s": "ŚśŜŝŞşŠšȘșſ", "t": "ŢţŤťȚțŧŦ", "u": "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų",
    "w": "Ŵŵ", "y": "ÝýÿŶŷŸ", "z": "ŹźŻżŽž",
}  # fmt: skip
_TWO: Final = {"Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe", "ß": "ss", "Þ": "th", "þ": "th", "Ĳ": "ij", "ĳ": "ij"}


class Alphabet(NamedTuple):
    """How a language sorts. The letters of its own stand behind z, for which there are the signs `{`, `|` and `}`."""

    name: str
    single: dict[str, str]
    """Letters, capital and small, and the one letter or sign in whose place each stands."""
    double: dict[str, str]
    """Letters that stand in the place of two."""
    pairs: tuple[tuple[str, str], ...] = ()
    """Two letters, after all else, that are one."""


@cache
def _alphabet(name: str) -> Alphabet:
    found = language_of(name)
    single = {letter: plain for plain, letters in _ACCENTED.items() for letter in letters}
    single |= {letter: place for place, letters in found.letters.items() for letter in letters}
    return Alphabet(name, single, {letter: two for letter, two in _TWO.items() if letter not in single}, found.pairs)


_CAPITALS: Final = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}


def alphabet_of(language: str) -> Alphabet:
    """The alphabet of a language, or of the one that it sorts as: Norwegian as Danish."""
    return _alphabet(language_of(language).sorts_as or (language if language in CODES else "en"))


def letters(text: str, alphabet: Alphabet) -> str:
    """What a text is sorted by. The databases reckon the same in their indexes (`db/lists/ordering.py`)."""
    key = text[:SORTED_LETTERS].translate(_CAPITALS)
    if not key.isascii():
        key = key.translate(_table(alphabet.name))
    for pair, place in alphabet.pairs:
        key = key.replace(pair, place)
    return key


def _table(name: str) -> dict[int, str]:
    found = _TABLES.get(name)
    if found is None:
        alphabet = _alphabet(name)
        found = _TABLES[name] = {ord(letter): key for letter, key in (alphabet.single | alphabet.double).items()}
    return found


_TABLES: Final[dict[str, dict[int, str]]] = {}
