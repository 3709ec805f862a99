"""The words of the filter language: fields, stages, yes and no, none, me, in every language.

The words stand in `domain/languages`; here is what they mean, but for the fields: those are in `filter_fields.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from typing import NamedTuple

from svc_tui.domain.errors import Invalid
from svc_tui.domain.filters.filter_fields import PERIODS, Field, Subject, fields_of
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.language.dates import NOT_A_PERIOD, parse_period
from svc_tui.domain.languages import Language, all_languages, every, language_of


class Stage(Enum):
    """What a status means for the work, whatever the shop calls it."""

    READY = "ready"
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (Stage.READY, Stage.WAITING, Stage.WORKING)
"""The stages of a job that is not over; `stage:open` stands for them."""


class Missing(Enum):
    """The value of a field that has none."""

    NONE = "none"


NONE = Missing.NONE


class Answer(Enum):
    """The value of a field that asks whether something is so."""

    YES = "yes"
    NO = "no"


Taken = Callable[[Field, str, Sequence[str], bool], int]
"""Of a field, what stands as its value, the words behind it and whether the last of them ends the line: how many of
them go on with the name of a value."""


class Vocabulary(NamedTuple):
    """The words of the filter language as one user's language has them."""

    fields: Mapping[str, Field]
    """Every accepted field name, of all languages."""
    labels: Mapping[Field, str]
    """The name of each field in the user's language, for messages and completion."""
    stages: Mapping[str, tuple[Stage, ...]]
    """Every accepted stage word: the user's own and the English, also in plain letters."""
    stage_labels: tuple[str, ...]
    """The stage words of the user's language, for messages and completion."""
    answers: Mapping[str, Answer]
    """Every accepted yes and no: the user's own and the English."""
    answer_labels: tuple[str, str]
    """Yes and no in the user's language."""
    none_label: str
    """The user's word for a field without a value."""
    me: frozenset[str]
    """Every accepted word for the user himself, of all languages."""
    me_label: str
    """The one of his language."""
    taken: Taken
    """How many of the words behind a value belong to it."""


NONE_WORDS = frozenset(every("none"))
ALL_WORDS = frozenset(every("every"))

_ANY_DAY = datetime(2026, 1, 15)
"""What is a period on one day is one on every other."""


def _is_period(text: str, language: str) -> bool:
    try:
        parse_period(text, _ANY_DAY, language)
    except Invalid as refused:
        return refused.message != NOT_A_PERIOD  # it is one, but a wrong one: a week that no year has
    return True


def _taken_by_dates(language: str) -> Taken:
    def taken(field: Field, begun: str, following: Sequence[str], ends_line: bool) -> int:
        if field.about.values not in PERIODS:
            return 0
        lengths = range(len(following), 0, -1)
        return next((n for n in lengths if _is_period(" ".join((begun, *following[:n])), language)), 0)

    return taken


@cache
def vocabulary_for(language: str, subject: Subject = Subject.JOBS) -> Vocabulary:
    """The words of a language for filters about one subject; an unknown language gets the English."""
    fields = fields_of(subject)
    own, english = language_of(language), language_of("en")
    labels = {field: own.fields[field.value].split()[0] for field in fields}
    stages = {word: stage for spoken in (english, own) for word, stage in _stage_words(spoken).items()}
    return Vocabulary(
        fields={
            form: field
            for field in fields
            for spoken in all_languages()
            for name in spoken.fields[field.value].split()
            for form in spellings(name)
        },
        labels=labels,
        stages={form: stage for word, stage in stages.items() for form in spellings(word)},
        stage_labels=tuple(own.stages[name].split()[0] for name in (*(stage.value for stage in Stage), "open")),
        answers={english.yes: Answer.YES, own.yes: Answer.YES, english.no: Answer.NO, own.no: Answer.NO},
        answer_labels=(own.yes, own.no),
        none_label=own.none,
        me=frozenset(every("me")),
        me_label=own.me,
        taken=_taken_by_dates(language),
    )


def _stage_words(spoken: Language) -> dict[str, tuple[Stage, ...]]:
    meant = {stage.value: (stage,) for stage in Stage} | {"open": OPEN}
    return {word: stages for name, stages in meant.items() for word in spoken.stages[name].split()}
