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

from svc_tui.domain.languages import every, language_of

# Patterns as text: `re` compiles and keeps them when they are first used, and a start writes dates but reads none.
DAY_OF_MONTH = r"(?:den |d\. ?)?([0-9]{1,2})\.?"
DIGITS = r"[0-9]{4}|[0-9]{6}|[0-9]{8}"
ISO_DATE = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
SEPARATED_DATE = r"(?:den |d\. ?)?([0-9]{1,2})([./-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2})|\.)?"
SLASH_DASH_DATE = r"([0-9]{1,2})/([0-9]{1,2})-([0-9]{4}|[0-9]{2})"  # 24/11-26, usual in Denmark and Sweden
NAMED_DATE = (
    r"(?:(?P<weekday>[^\W\d_]+)[.,]? )?(?:den |d\. ?)?(?P<day>[0-9]{1,2})\.? ?(?P<month>[^\W\d_]+)[.,]?"
    r"(?: ?(?P<year>[0-9]{4}|[0-9]{2}))?"
)
ISO_WEEK = r"([0-9]{4})-?w([0-9]{1,2})"
MONTH = r"([^\W\d_]+)\.?(?: ?([0-9]{4}))?"
NUMBERED_MONTH = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<month_>[0-9]{1,2})[./-](?P<year_>[0-9]{4})"
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


def short_weekday(number: int, language: str) -> str:
    """The day's name in three small letters, Monday 0: `mon`."""
    return language_of(language).weekdays[number][:3].casefold()


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
    words = language_of(language)
    near = sorted((word for word in words.near if len(word) > 1), key=lambda word: abs(words.near[word]))
    return [*near, *words.weekdays, *words.months]


def week_word(language: str) -> str:
    """What stands before the number of a week."""
    return language_of(language).week[0]


@cache
def week_pattern() -> str:
    """The number of a week, with or without its year, behind a word for it in any language."""
    return rf"(?:{'|'.join(every('week'))})\.? ?([0-9]{{1,2}})(?:[ /-]([0-9]{{4}}))?"


@cache
def offset_pattern() -> str:
    """So many days or weeks from today: `+3`, `-2u`."""
    weeks = "".join(word for word in every("week") if len(word) == 1)
    return rf"([+-])([0-9]{{1,4}})([d{weeks}]?)"


@cache
def time_pattern() -> str:
    """A time of day, with or without a word before it in any language."""
    at = "|".join(every("at"))
    return rf"(?:(?:{at})\.? ?)?([0-9]{{1,2}})(?::([0-9]{{2}})(?::[0-5][0-9])?|\.?([0-9]{{2}}))?"


def in_english(text: str, language: str) -> str:
    """A date as typed in one language, its words in English, which every language understands."""
    english = language_of("en")
    relative = {days: word for word, days in english.near.items() if len(word) > 1}

    def word_for(match: re.Match[str]) -> str:
        word = match[0].casefold()
        days = days_from_today(word, language)
        if days is not None:
            return relative.get(days, f"{days:+}")
        if (weekday := weekday_number(word, language)) is not None:
            return english.weekdays[weekday]
        month = month_number(word, language)
        return match[0] if month is None else english.months[month - 1]

    return re.sub(_DATE_WORD, word_for, text)


def spellings(name: str) -> frozenset[str]:
    """The word in small letters, and as a keyboard without its letters writes it."""
    folded = name.casefold()
    return frozenset({folded, folded.translate(_TWO_PLAIN), folded.translate(_ONE_PLAIN)})


def _merged(names: Sequence[str], english: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(spellings(own) | spellings(other) for own, other in zip(names, english, strict=True))


@cache
def _weekday_spellings(language: str) -> tuple[frozenset[str], ...]:
    return _merged(language_of(language).weekdays, language_of("en").weekdays)


@cache
def _month_spellings(language: str) -> tuple[frozenset[str], ...]:
    return _merged(language_of(language).months, language_of("en").months)


@cache
def _relative_spellings(language: str) -> dict[str, int]:
    known = {**language_of("en").near, **language_of(language).near}
    return {spelling: days for word, days in known.items() for spelling in spellings(word)}


def _only_match(prefix: str, spellings: Sequence[frozenset[str]]) -> int | None:
    """Index of the one name with this prefix; None if there is none, or more than one."""
    matches = [index for index, names in enumerate(spellings) if any(name.startswith(prefix) for name in names)]
    return matches[0] if len(matches) == 1 else None
