"""The words of the filter language: fields, stages, yes and no, none, me, in every language.

The four languages stand in one order throughout: English, Danish, Norwegian, Swedish.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from typing import NamedTuple

from svc_tui.domain.errors import Invalid
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.language.dates import NOT_A_PERIOD, parse_period


class Field(Enum):
    """What a term restricts; the value is its name in `to_text`."""

    STATUS = "status"
    STAGE = "stage"
    TYPE = "type"
    RESPONSIBLE = "responsible"
    CUSTOMER = "customer"
    START = "start"
    PROMISED = "promised"
    NUMBER = "number"
    SERIAL = "serial"
    PRIORITY = "priority"
    LIST = "list"
    END = "end"
    CHANGED = "changed"
    CREATED = "created"
    CREATOR = "creator"
    DEVICE = "device"
    PART = "part"
    PROJECT = "project"
    LATE = "late"
    VIEW = "view"


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


_LANGUAGES = ("en", "da", "nb", "sv")
_FIELD_NAMES: Mapping[Field, str] = {  # one a language, in that order, then short forms
    Field.STATUS: "status status status status",
    Field.STAGE: "stage fase fase fas",
    Field.TYPE: "type type type typ",
    Field.RESPONSIBLE: "responsible ansvarlig ansvarlig ansvarig ansv",
    Field.CUSTOMER: "customer kunde kunde kund",
    Field.START: "start start start start",
    Field.PROMISED: "promised lovet lovet lovat",
    Field.NUMBER: "number nummer nummer nummer nr",
    Field.SERIAL: "serial serienummer serienummer serienummer serie",
    Field.PRIORITY: "priority prioritet prioritet prioritet prio",
    Field.LIST: "list liste liste lista",
    Field.END: "end slut slutt slut",
    Field.CHANGED: "changed rettet endret ändrad ændret",
    Field.CREATED: "created oprettet opprettet skapad",
    Field.CREATOR: "creator opretter oppretter skapare createdby oprettetaf",
    Field.DEVICE: "device apparat apparat apparat",
    Field.PART: "part del del del",
    Field.PROJECT: "project projekt prosjekt projekt",
    Field.LATE: "late forsinket forsinket försenad",
    Field.VIEW: "view visning visning vy",
}
EVERYDAY = frozenset(
    (
        *(Field.STATUS, Field.STAGE, Field.TYPE, Field.RESPONSIBLE, Field.CUSTOMER, Field.START, Field.PROMISED),
        *(Field.NUMBER, Field.SERIAL, Field.PRIORITY, Field.LIST),
    )
)
"""A beginning that only one of these has means that one, whatever rarer field begins so too."""
_YES_WORDS = ("yes", "ja", "ja", "ja")
_NO_WORDS = ("no", "nej", "nei", "nej")
_ANSWERS = ((_YES_WORDS, Answer.YES), (_NO_WORDS, Answer.NO))
_NONE = ("none", "ingen", "ingen", "ingen")
_ME = ("me", "mig", "meg", "mig")
_STAGE_WORDS: Mapping[tuple[Stage, ...], str] = {  # note "klar": ready in Danish and Norwegian, done in Swedish
    (Stage.READY,): "ready klar klar redo",
    (Stage.WAITING,): "waiting venter venter väntar",
    (Stage.WORKING,): "working arbejder arbeider arbetar",
    (Stage.DONE,): "done udført ferdig klar",
    (Stage.CANCELLED,): "cancelled annulleret avbrutt avbruten",
    OPEN: "open åben åpen öppen",
}
_OTHER_STAGE_WORDS: Mapping[str, Mapping[str, tuple[Stage, ...]]] = {"da": {"færdig": (Stage.DONE,)}}
"""Further words that are accepted and never offered."""
NONE_WORDS = frozenset(_NONE)
ALL_WORDS = frozenset({"all", "alle", "alla"})
ALWAYS_FILLED = frozenset((Field.NUMBER, Field.STAGE, Field.LATE, Field.VIEW))
DATE_FIELDS = frozenset((Field.START, Field.PROMISED, Field.END, Field.CHANGED, Field.CREATED))
"""Fields whose values are periods."""


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
        if field not in DATE_FIELDS:
            return 0
        lengths = range(len(following), 0, -1)
        return next((n for n in lengths if _is_period(" ".join((begun, *following[:n])), language)), 0)

    return taken


@cache
def vocabulary_for(language: str) -> Vocabulary:
    """The words of a language; an unknown one gets the English."""
    column = _LANGUAGES.index(language) if language in _LANGUAGES else 0
    own = {words.split()[column]: stages for stages, words in _STAGE_WORDS.items()}
    english = {words.split()[0]: stages for stages, words in _STAGE_WORDS.items()}
    accepted = english | own | dict(_OTHER_STAGE_WORDS.get(language, {}))
    return Vocabulary(
        fields={
            form: field for field, names in _FIELD_NAMES.items() for name in names.split() for form in spellings(name)
        },
        labels={field: names.split()[column] for field, names in _FIELD_NAMES.items()},
        stages={form: stages for word, stages in accepted.items() for form in spellings(word)},
        stage_labels=tuple(own),
        answers={words[place]: answer for words, answer in _ANSWERS for place in (0, column)},
        answer_labels=(_YES_WORDS[column], _NO_WORDS[column]),
        none_label=_NONE[column],
        me=frozenset(_ME),
        me_label=_ME[column],
        taken=_taken_by_dates(language),
    )
