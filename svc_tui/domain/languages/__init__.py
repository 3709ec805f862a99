"""What the program knows of a language besides its catalogue: one file of this folder for each.

A new language is a file here, its catalogue in `locale/` (without it the texts are English), and what a shop of it
begins with in `data/registers` and `data/demo`. A file is loaded when its language is first asked for; what is typed
in any of the languages, such as the fields of a filter, loads them all.

`tests/unit/test_languages.py` names what a file lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from os import listdir
from typing import Final, NamedTuple


class Language(NamedTuple):
    """The words, signs and letters of a language. Words are in small letters, the one that is shown first."""

    own_name: str
    """What it calls itself."""

    # -- days and times
    weekdays: tuple[str, ...]
    """Monday first."""
    months: tuple[str, ...]
    near: Mapping[str, int]
    """Words for the days around today, and how many days from it they are; a blank within is left out."""
    week: tuple[str, ...]
    """What stands before the number of a week, whole and short."""
    at: tuple[str, ...]
    """What may stand before a time of day."""

    # -- numbers and letters
    decimal_mark: str
    group_mark: str
    """Between each three digits."""

    # -- the lines of a job
    hours: tuple[str, ...]
    """The first is how the products of working hours are named."""
    minutes: tuple[str, ...]
    pieces: tuple[str, ...]
    """Units that mean nothing but that it is counted; patterns."""

    # -- filters
    fields: Mapping[str, str]
    """The names of each `domain.filters.filter_fields.Field`, by its value."""
    kinds: Mapping[str, str]
    """What contacts and products may be, by the names of `domain.filters.kind_words.KINDS`."""
    stages: Mapping[str, str]
    """The words for each stage, by the value of `domain.filters.filter_words.Stage`, and for `open`."""
    billings: Mapping[str, str]
    """The words for how far a job is billed."""
    part_states: Mapping[str, str]
    """The words for each state of a part, by `domain.records.PartState`."""
    yes: str
    no: str
    none: str
    """For a field without a value."""
    every: str
    """For a field that is not to be restricted."""
    me: str

    # -- the command line
    job_fields: Mapping[str, str]
    """The names of what is set of a job, beside those of `fields`."""
    company_fields: Mapping[str, str]
    """The names of what is set of the whole shop."""
    done_rules: Mapping[str, str]
    """When Done moves the end of a job."""

    day_mark: str = "/"
    """Between day and month."""
    letters: Mapping[str, str] = {}
    """Letters of its own, in the order of the signs `{`, `|` and `}`, which stand behind z; others by whose place they
    take."""
    pairs: tuple[tuple[str, str], ...] = ()
    """Two letters that are one."""
    sorts_as: str = ""
    """Another language with the same letters."""


CODES: Final = tuple(
    sorted(name.removesuffix(".py") for name in listdir(__path__[0]) if len(name) == 5 and name.endswith(".py"))
)
"""The languages that there are."""


def language_of(code: str) -> Language:
    """What is known of a language; of an unknown one that of English."""
    return _loaded(code if code in CODES else "en")


def all_languages() -> tuple[Language, ...]:
    """Every one of them, English first."""
    return tuple(_loaded(code) for code in sorted(CODES, key=lambda code: (code != "en", code)))


@cache
def _loaded(code: str) -> Language:
    found: Language = import_module(f"{__name__}.{code}").LANGUAGE
    return found


def every(name: str) -> tuple[str, ...]:
    """The words of one kind in all languages, each once: `every("hours")`."""
    found: list[str] = []
    for language in all_languages():
        words: str | tuple[str, ...] = getattr(language, name)
        found += [words] if isinstance(words, str) else words
    return tuple(dict.fromkeys(found))
