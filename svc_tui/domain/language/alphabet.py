"""The order of letters: what texts are sorted by, in the language of the shop.

Capitals and accents count for nothing anywhere (é is e, ç is c, š is s). What a language has as letters of its own
stands behind z: in Danish and Norwegian æ, ø and å (written aa too), in Swedish å, ä and ö. Elsewhere they are the
letters they look like, and aa is two of them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

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


def _alphabet(name: str, own: dict[str, str], *pairs: tuple[str, str]) -> Alphabet:
    single = {letter: plain for plain, letters in _ACCENTED.items() for letter in letters}
    single |= {letter: place for place, letters in own.items() for letter in letters}
    return Alphabet(name, single, {letter: two for letter, two in _TWO.items() if letter not in single}, pairs)


_ALPHABETS: Final = {
    "da": _alphabet("da", {"{": "ÆæÄä", "|": "ØøÖöŐő", "}": "Åå", "y": "ÜüŰű"}, ("aa", "}")),
    "sv": _alphabet("sv", {"{": "Åå", "|": "ÄäÆæ", "}": "ÖöØøŐő", "y": "ÜüŰű"}),
    "en": _alphabet("en", {}),
}
_CAPITALS: Final = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}


def alphabet_of(language: str) -> Alphabet:
    """The alphabet of a language; Norwegian sorts as Danish does."""
    return _ALPHABETS.get("da" if language == "nb" else language, _ALPHABETS["en"])


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
        alphabet = _ALPHABETS[name]
        found = _TABLES[name] = {ord(letter): key for letter, key in (alphabet.single | alphabet.double).items()}
    return found


_TABLES: Final[dict[str, dict[int, str]]] = {}
