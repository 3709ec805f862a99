"""The words and shapes in which people write dates: names of days and months, "today", digits and their signs.

All of it is matched against `normalised` text. A word is accepted in the language asked for and in English; an
unknown language counts as English. Letters that a keyboard lacks may be written in one or two plain ones:
`loerdag`, `lordag`, `igaar`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

# Patterns as text: `re` compiles and keeps them when they are first used, and a start writes dates but reads none.
OFFSET = r"([+-])([0-9]{1,4})([duwv]?)"
DAY_OF_MONTH = r"(?:den |d\. ?)?([0-9]{1,2})\.?"
DIGITS = r"[0-9]{4}|[0-9]{6}|[0-9]{8}"
ISO_DATE = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
SEPARATED_DATE = r"(?:den |d\. ?)?([0-9]{1,2})([./-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2})|\.)?"
SLASH_DASH_DATE = r"([0-9]{1,2})/([0-9]{1,2})-([0-9]{4}|[0-9]{2})"  # 24/11-26, usual in Denmark and Sweden
NAMED_DATE = (
    r"(?:(?P<weekday>[^\W\d_]+)[.,]? )?(?:den |d\. ?)?(?P<day>[0-9]{1,2})\.? ?(?P<month>[^\W\d_]+)[.,]?"
    r"(?: ?(?P<year>[0-9]{4}|[0-9]{2}))?"
)
WEEK = r"(?:uge|uke|week|vecka|[uwv])\.? ?([0-9]{1,2})(?:[ /-]([0-9]{4}))?"
ISO_WEEK = r"([0-9]{4})-?w([0-9]{1,2})"
MONTH = r"([^\W\d_]+)\.?(?: ?([0-9]{4}))?"
NUMBERED_MONTH = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<month_>[0-9]{1,2})[./-](?P<year_>[0-9]{4})"
TIME = r"(?:(?:kl|klokken|klokka|klockan|at)\.? ?)?([0-9]{1,2})(?::([0-9]{2})(?::[0-5][0-9])?|\.?([0-9]{2}))?"
JOINED_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})t(?=[0-9])"
# A single letter is a word where it neither ends an offset (`+3d`) nor stands before a day (`d. 14`).
_DATE_WORD = (
    r"(?i)i[. ]?(?:dag|g\w+|mor\w+|over\w+|över\w+|for\w+|för\w+)|[^\W\d_]{2,}|(?<![^\W_])[^\W\d_](?!\. ?[0-9]|[0-9])"
)
DOTTED_RANGE = r"(.*?) ?\.{2,3} ?(.*)"
COMPARISON = r"(<=|>=|<|>) ?(.+)"

_MIN_WEEKDAY_LETTERS = 2
_MIN_MONTH_LETTERS = 3
_LONGEST = 60
_DASHES = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{NON-BREAKING HYPHEN}": "-"})
_TWO_PLAIN = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})
_ONE_PLAIN = str.maketrans({"æ": "a", "ä": "a", "ø": "o", "ö": "o", "å": "a"})


class _Words(NamedTuple):
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    relative: dict[str, int]
    long_date: str


_ENGLISH = _Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    relative={"t": 0, "today": 0, "tomorrow": 1, "yesterday": -1},
    long_date="{weekday} {day} {month} {year}",
)
_LANGUAGES = {
    "en": _ENGLISH,
    "da": _Words(
        weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        months=(
            *("januar", "februar", "marts", "april", "maj", "juni"),
            *("juli", "august", "september", "oktober", "november", "december"),
        ),
        relative={"idag": 0, "d": 0, "imorgen": 1, "igår": -1, "iovermorgen": 2, "overmorgen": 2, "iforgårs": -2},
        long_date="{weekday} den {day}. {month} {year}",
    ),
    "nb": _Words(
        weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        months=(
            *("januar", "februar", "mars", "april", "mai", "juni"),
            *("juli", "august", "september", "oktober", "november", "desember"),
        ),
        relative={"idag": 0, "d": 0, "imorgen": 1, "igår": -1, "iovermorgen": 2, "overmorgen": 2, "iforgårs": -2},
        long_date="{weekday} {day}. {month} {year}",
    ),
    "sv": _Words(
        weekdays=("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
        months=(
            *("januari", "februari", "mars", "april", "maj", "juni"),
            *("juli", "augusti", "september", "oktober", "november", "december"),
        ),
        relative={"idag": 0, "d": 0, "imorgon": 1, "igår": -1, "iövermorgon": 2, "övermorgon": 2, "iförrgår": -2},
        long_date="{weekday} {day} {month} {year}",
    ),
}


def normalised(text: str) -> str:
    """The text in small letters, with single spaces and plain hyphens; empty if it is too long to be a date."""
    if len(text) > _LONGEST:
        return ""
    return " ".join(unicodedata.normalize("NFC", text).casefold().translate(_DASHES).split())


def weekday_number(word: str, language: str) -> int | None:
    """Monday 0 to Sunday 6, from a name or a prefix of at least two letters that only one day has."""
    if len(word) < _MIN_WEEKDAY_LETTERS:
        return None
    return _only_match(word, _weekday_spellings(language))


def month_number(word: str, language: str) -> int | None:
    """January 1 to December 12, from a name or a prefix of at least three letters that only one month has."""
    if len(word) < _MIN_MONTH_LETTERS:
        return None
    index = _only_match(word, _month_spellings(language))
    return None if index is None else index + 1


def days_from_today(text: str, language: str) -> int | None:
    """0 for "today", 1 for "tomorrow" and so on; spaces and dots inside count for nothing (`i dag`, `i.dag`).

    A single letter stands alone: `d. 14` is the 14th in Danish, and not today at 14 o'clock.
    """
    squeezed = re.sub(r"[\s.]+", "", text)
    return _relative_spellings(language).get(squeezed if len(squeezed) > 1 else text)


def words_of(language: str) -> list[str]:
    """The words a date may be written with: today and its neighbours, weekdays, months."""
    words = _words(language)
    near = sorted((word for word in words.relative if len(word) > 1), key=lambda word: abs(words.relative[word]))
    return [*near, *words.weekdays, *words.months]


def week_word(language: str) -> str:
    """What stands before the number of a week."""
    return {"da": "uge", "nb": "uke", "sv": "vecka"}.get(language, "week")


def in_english(text: str, language: str) -> str:
    """A date as typed in one language, its words in English, which every language understands."""
    relative = {days: word for word, days in _ENGLISH.relative.items() if len(word) > 1}

    def word_for(match: re.Match[str]) -> str:
        word = match[0].casefold()
        days = days_from_today(word, language)
        if days is not None:
            return relative.get(days, f"{days:+}")
        if (weekday := weekday_number(word, language)) is not None:
            return _ENGLISH.weekdays[weekday]
        month = month_number(word, language)
        return match[0] if month is None else _ENGLISH.months[month - 1]

    return re.sub(_DATE_WORD, word_for, text)


def long_date(weekday: int, day: int, month: int, year: int, language: str) -> str:
    """A date with its names in full, in the order of the language; Monday is 0, January is 1."""
    words = _words(language)
    return words.long_date.format(weekday=words.weekdays[weekday], day=day, month=words.months[month - 1], year=year)


def spellings(name: str) -> frozenset[str]:
    """The word in small letters, and as a keyboard without its letters writes it."""
    folded = name.casefold()
    return frozenset({folded, folded.translate(_TWO_PLAIN), folded.translate(_ONE_PLAIN)})


def _words(language: str) -> _Words:
    return _LANGUAGES.get(language, _ENGLISH)


def _merged(names: Sequence[str], english: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(spellings(own) | spellings(other) for own, other in zip(names, english, strict=True))


@cache
def _weekday_spellings(language: str) -> tuple[frozenset[str], ...]:
    return _merged(_words(language).weekdays, _ENGLISH.weekdays)


@cache
def _month_spellings(language: str) -> tuple[frozenset[str], ...]:
    return _merged(_words(language).months, _ENGLISH.months)


@cache
def _relative_spellings(language: str) -> dict[str, int]:
    known = _ENGLISH.relative | _words(language).relative
    return {spelling: days for word, days in known.items() for spelling in spellings(word)}


def _only_match(prefix: str, spellings: Sequence[frozenset[str]]) -> int | None:
    """Index of the one name with this prefix; None if there is none, or more than one."""
    matches = [index for index, names in enumerate(spellings) if any(name.startswith(prefix) for name in names)]
    return matches[0] if len(matches) == 1 else None
