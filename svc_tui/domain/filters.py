"""The filter line: one language for the line above a list, for saved views and for the command line.

    status:venter type:tv ansv:ah kunde:"jensen & søn" start:<uge48 -type:garanti dead screen

`field:value` restricts a field, a comma between values means any of them, a minus in front means not, and
everything else is words to search for. Terms and words must all hold. Three decisions a reader may ask about:

* Field names of all four languages are always known, so that a view can be shared; `to_text` writes fields and stages
  in English. Dates stay as typed (`t` must move with the day): parse a saved view in the language of its owner.
* `xyz:...` with a name that is no field is words (`12:30`, `http://...`), unless the name looks like a slip for a field
  (`statsu:`) or abbreviates several (`st:`): then it is refused, since a restriction that silently became a search
  shows the wrong jobs. `name:/...` and `name:\\...` are always words, and so is anything in quotes.
* A quote opens only at the start of a word or value (`24"` is an inch mark), is doubled to stand for itself, and may
  be left open at the end, as it is while the line is being typed.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import NamedTuple

from svc_tui.domain.date_words import spellings
from svc_tui.domain.dates import parse_period, shown
from svc_tui.domain.errors import N_, Invalid

SEVERAL_FIELDS = N_("“{text}:” may be several fields; write {choices} or put quotes around it to search for the words")
NO_SUCH_FIELD = N_("“{text}:” is not a field; write {choices} or put quotes around it to search for the words")
NO_VALUE = N_("“{text}:” needs a value, for example {example}; put quotes around it to search for the word")
NO_STAGE = N_("“{text}” is not a stage; write one of {choices}")
NO_NUMBER = N_("“{text}” is not a job number; write digits only, for example nr:10432")
NOTHING_LEFT = N_("“{text}” would leave no job at all; remove the minus to show every one")


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


@dataclasses.dataclass(frozen=True)
class Name:
    """A name or code, or the beginning of one, as typed; a register says what it means."""

    text: str


@dataclasses.dataclass(frozen=True)
class Number:
    """The number of a job."""

    number: int


@dataclasses.dataclass(frozen=True)
class Days:
    """A period, both days included and None for an open end, with the text it was read from."""

    first: date | None
    last: date | None
    text: str


Value = Name | Number | Days | Stage | Missing


@dataclasses.dataclass(frozen=True)
class Term:
    """One restriction: the field has any of the values, or none of them if negated."""

    field: Field
    values: tuple[Value, ...]
    negated: bool = False
    span: tuple[int, int] = dataclasses.field(default=(0, 0), compare=False)
    """Where it stands in the line."""


@dataclasses.dataclass(frozen=True)
class Filter:
    """What a filter line asks for; terms and words must all hold."""

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    unrestricted: tuple[Field, ...] = ()
    """Fields for which `all` was asked in so many words; lifts a list's own default for them."""

    @property
    def is_empty(self) -> bool:
        """Whether every job passes."""
        return not (self.terms or self.words or self.not_words)

    def __str__(self) -> str:
        return to_text(self)


class FilterError(Invalid):
    """A mistake in the filter line, from `start` up to `end`."""

    def __init__(self, message: str, start: int, end: int, **values: object) -> None:
        super().__init__(message, field=None, **values)
        self.start = start
        self.end = end


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
}
_STAGE_WORDS: Mapping[tuple[Stage, ...], str] = {  # note "klar": ready in Danish and Norwegian, done in Swedish
    (Stage.READY,): "ready klar klar redo",
    (Stage.WAITING,): "waiting venter venter väntar",
    (Stage.WORKING,): "working arbejder arbeider arbetar",
    (Stage.DONE,): "done færdig ferdig klar",
    (Stage.CANCELLED,): "cancelled annulleret avbrutt avbruten",
    OPEN: "open åben åpen öppen",
}
_NONE_WORDS = frozenset({"none", "ingen"})
_ALL_WORDS = frozenset({"all", "alle", "alla"})
_ALWAYS_FILLED = frozenset({Field.NUMBER, Field.STAGE})
_DATE_FIELDS = frozenset({Field.START, Field.PROMISED})

_NAME = re.compile(r"([^\W\d_]+):(?![/\\])")
_SPACE = re.compile(r"\s*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)(?:"|\Z)')
_PLAIN_WORD = re.compile(r"\S*")
_PLAIN_VALUE = re.compile(r"[^\s,]*")
_SLIP_LENGTHS = range(3, 20)


class _Piece(NamedTuple):
    """A word or value of the line, without its quotes."""

    text: str
    is_quoted: bool
    start: int
    end: int


@cache
def vocabulary_for(language: str) -> Vocabulary:
    """The words of a language; an unknown one gets the English."""
    column = _LANGUAGES.index(language) if language in _LANGUAGES else 0
    own = {words.split()[column]: stages for stages, words in _STAGE_WORDS.items()}
    english = {words.split()[0]: stages for stages, words in _STAGE_WORDS.items()}
    return Vocabulary(
        fields={name: field for field, names in _FIELD_NAMES.items() for name in names.split()},
        labels={field: names.split()[column] for field, names in _FIELD_NAMES.items()},
        stages={form: stages for word, stages in (english | own).items() for form in spellings(word)},
        stage_labels=tuple(own),
    )


def parse(text: str, vocabulary: Vocabulary, now: datetime, language: str) -> Filter:
    """The tree of a filter line, its periods reckoned from `now`. Raises FilterError and nothing else."""
    terms: list[Term] = []
    words: list[str] = []
    not_words: list[str] = []
    unrestricted: list[Field] = []
    place = _after_space(text, 0)
    while place < len(text):
        start = place
        negated = text[place] == "-"
        place += negated
        name = _NAME.match(text, place)
        field = _field_named(name[1], name.span(1), vocabulary) if name else None
        if name is None or field is None:
            word = _piece(text, place, _PLAIN_WORD)
            if word.text:
                (not_words if negated else words).append(word.text)
            place = _after_space(text, word.end)
            continue
        pieces = _pieces(text, name.end())
        span = (start, pieces[-1].end)
        if any(_is_one_of(piece, _ALL_WORDS) for piece in pieces):
            if negated:
                raise FilterError(NOTHING_LEFT, *span, text=shown(text[slice(*span)]))
            unrestricted.append(field)
        else:
            values = _values(field, pieces, vocabulary, now, language)
            if not values:
                raise FilterError(NO_VALUE, *span, text=name[1], example=f"{name[1]}:{_example(field, vocabulary)}")
            terms.append(Term(field, values, negated, span))
        place = _after_space(text, pieces[-1].end)
    return Filter(tuple(terms), tuple(words), tuple(not_words), tuple(dict.fromkeys(unrestricted)))


def to_text(wanted: Filter) -> str:
    """A line that parses back to the same tree, given the same `now` and language; field names are English."""
    parts = [
        *(_term_text(term) for term in wanted.terms),
        *(f"{field.value}:all" for field in wanted.unrestricted),
        *(_word_text(word) for word in wanted.words),
        *(f"-{_word_text(word)}" for word in wanted.not_words),
    ]
    return " ".join(parts)


def _field_named(name: str, span: tuple[int, int], vocabulary: Vocabulary) -> Field | None:
    """The field with this name or unique prefix; None if the name has nothing to do with any field."""
    wanted = _folded(name)
    if wanted in vocabulary.fields:
        return vocabulary.fields[wanted]
    begun = {field: None for known, field in vocabulary.fields.items() if known.startswith(wanted)}
    if len(begun) == 1:
        return next(iter(begun))
    if begun:
        raise FilterError(SEVERAL_FIELDS, *span, text=name, choices=_choices(begun, vocabulary))
    similar = difflib.get_close_matches(wanted, vocabulary.fields, cutoff=0.8) if len(wanted) in _SLIP_LENGTHS else []
    if similar:
        meant = dict.fromkeys(vocabulary.fields[known] for known in similar)
        raise FilterError(NO_SUCH_FIELD, *span, text=name, choices=_choices(meant, vocabulary))
    return None


def _example(field: Field, vocabulary: Vocabulary) -> str:
    """A value that this field may have."""
    if field is Field.STAGE:
        return vocabulary.stage_labels[-1]
    if field is Field.NUMBER:
        return "10432"
    return "t" if field in _DATE_FIELDS else "none"


def _choices(fields: Iterable[Field], vocabulary: Vocabulary) -> str:
    return " / ".join(f"{vocabulary.labels[field]}:" for field in fields)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _piece(text: str, place: int, plain: re.Pattern[str]) -> _Piece:
    """The quoted text that starts here, or else what the plain pattern takes, which may be nothing."""
    if quoted := _QUOTED.match(text, place):
        return _Piece(quoted[1].replace('""', '"').strip(), True, *quoted.span())
    match = plain.match(text, place)
    return _Piece(match[0], False, *match.span()) if match else _Piece("", False, place, place)


def _pieces(text: str, place: int) -> list[_Piece]:
    """The values from here on, as far as commas join them; at least one, which may be empty."""
    pieces = [_piece(text, place, _PLAIN_VALUE)]
    while text.startswith(",", pieces[-1].end):
        pieces.append(_piece(text, pieces[-1].end + 1, _PLAIN_VALUE))
    return pieces


def _is_one_of(piece: _Piece, words: frozenset[str]) -> bool:
    return not piece.is_quoted and _folded(piece.text) in words


def _values(
    field: Field, pieces: list[_Piece], vocabulary: Vocabulary, now: datetime, language: str
) -> tuple[Value, ...]:
    """What the pieces mean for this field, each once; empty ones, as after a last comma, count for nothing."""
    found: list[Value] = []
    for piece in pieces:
        if not piece.text:
            continue
        if _is_one_of(piece, _NONE_WORDS) and field not in _ALWAYS_FILLED:
            found.append(NONE)
        elif field is Field.STAGE:
            found.extend(_stages(piece, vocabulary))
        elif field is Field.NUMBER:
            found.append(_number(piece))
        elif field in _DATE_FIELDS:
            found.append(_days(piece, now, language))
        else:
            found.append(Name(piece.text))
    return tuple(dict.fromkeys(found))


def _stages(piece: _Piece, vocabulary: Vocabulary) -> tuple[Stage, ...]:
    wanted = _folded(piece.text)
    if wanted in vocabulary.stages:
        return vocabulary.stages[wanted]
    begun = {stages for word, stages in vocabulary.stages.items() if word.startswith(wanted)}
    if len(begun) != 1:
        raise FilterError(
            NO_STAGE, piece.start, piece.end, text=shown(piece.text), choices=", ".join(vocabulary.stage_labels)
        )
    return begun.pop()


def _number(piece: _Piece) -> Number:
    match = re.fullmatch(r"#?([0-9]{1,18})", piece.text)
    if not match:
        raise FilterError(NO_NUMBER, piece.start, piece.end, text=shown(piece.text))
    return Number(int(match[1]))


def _days(piece: _Piece, now: datetime, language: str) -> Days:
    try:
        first, last = parse_period(piece.text, now, language)
    except Invalid as refused:
        raise FilterError(refused.message, piece.start, piece.end, **refused.values) from refused
    return Days(first, last, piece.text)


def _term_text(term: Term) -> str:
    values = ",".join(_value_text(value) for value in term.values)
    return f"{'-' if term.negated else ''}{term.field.value}:{values}"


def _value_text(value: Value) -> str:
    match value:
        case Stage() | Missing():
            return str(value.value)
        case Number():
            return str(value.number)
        case Name() | Days():
            text = value.text
    is_plain = not re.search(r'[\s,]|^["/\\]', text) and _folded(text) not in _NONE_WORDS | _ALL_WORDS
    return text if is_plain else _in_quotes(text)


def _word_text(word: str) -> str:
    return _in_quotes(word) if re.search(r'[\s:]|^["-]', word) else word


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
