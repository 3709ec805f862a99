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
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Self, assert_never

from svc_tui.domain.errors import N_, FilterError
from svc_tui.domain.filters.filter_fields import Field, Values
from svc_tui.domain.filters.filter_pieces import NAME, after_space, piece_at, pieces_at
from svc_tui.domain.filters.filter_values import (
    Days,
    Name,
    Number,
    Value,
    folded,
    is_one_of,
    looks_of,
    read_values,
)
from svc_tui.domain.filters.filter_words import (
    ALL_WORDS,
    NONE,
    NONE_WORDS,
    OPEN,
    Answer,
    Missing,
    Stage,
    Vocabulary,
    vocabulary_for,
)
from svc_tui.domain.language.dates import shown

__all__ = [
    "NONE",
    "OPEN",
    "Answer",
    "Days",
    "Field",
    "Filter",
    "FilterError",
    "Missing",
    "Name",
    "Number",
    "Stage",
    "Term",
    "Value",
    "Vocabulary",
    "Word",
    "field_named",
    "folded",
    "in_quotes",
    "looks_of",
    "parse",
    "to_text",
    "value_text",
    "vocabulary_for",
]

SEVERAL_FIELDS = N_("“{text}:” may be several fields; write {choices} or put quotes around it to search for the words")
NOT_WRITTEN_SO = N_("“{text}” asks for no field; write {choices} without a blank, or put quotes around the words")
NO_SUCH_FIELD = N_("“{text}:” is not a field; write {choices} or put quotes around it to search for the words")
NO_VALUE = N_("“{text}:” needs a value, for example {example}; put quotes around it to search for the word")
NOTHING_LEFT = N_("“{text}” would leave no job at all; remove the minus to show every one")


_ALMOST_A_TERM = r"([^\W\d_]+(?:-[^\W\d_]+)*)(?:\s*[=：]|\s+:)\s*(?=\S)"


@dataclasses.dataclass(frozen=True)
class Term:
    """One restriction: the field has any of the values, or none of them if negated."""

    field: Field
    values: tuple[Value, ...]
    negated: bool = False
    span: tuple[int, int] = dataclasses.field(default=(0, 0), compare=False)
    """Where it stands in the line."""


class Word(str):
    """A word to search for, or several in quotes that belong together; it knows where it stands in the line."""

    __slots__ = ("span",)

    span: tuple[int, int]

    def __new__(cls, text: str, span: tuple[int, int]) -> Self:
        word = super().__new__(cls, text)
        word.span = span
        return word


class Filter(NamedTuple):
    """What a filter line asks for; terms and words must all hold."""

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    """`Word`s where they were read from a line; empty quotes and a minus alone are empty ones."""
    not_words: tuple[str, ...] = ()
    unrestricted: tuple[Field, ...] = ()
    """Fields for which `all` was asked in so many words; lifts a list's own default for them."""

    def __str__(self) -> str:
        return to_text(self)


_SLIP_LENGTHS = range(3, 20)


def parse(text: str, vocabulary: Vocabulary, now: datetime, language: str) -> Filter:
    """The tree of a filter line, its periods reckoned from `now`. Raises FilterError and nothing else."""
    terms: list[Term] = []
    words: list[str] = []
    not_words: list[str] = []
    unrestricted: list[Field] = []
    place = after_space(text, 0)
    while place < len(text):
        start = place
        negated = text[place] == "-"
        place += negated
        name = NAME.match(text, place)
        field = field_named(name[1], name.span(1), vocabulary) if name else None
        if name is None or field is None:
            _refuse_almost_a_term(text, place, vocabulary)
            word = piece_at(text, place)
            (not_words if negated else words).append(Word(word.text, (start, word.end)))
            place = after_space(text, word.end)
            continue
        pieces = pieces_at(text, name.end(), field, vocabulary)
        span = (start, pieces[-1].end)
        if any(is_one_of(piece, ALL_WORDS) for piece in pieces):
            if negated:
                raise FilterError(NOTHING_LEFT, *span, text=shown(text[slice(*span)]))
            unrestricted.append(field)
        else:
            values = read_values(field, pieces, vocabulary, now, language)
            if not values:
                raise FilterError(NO_VALUE, *span, text=name[1], example=f"{name[1]}:{_example(field, vocabulary)}")
            terms.append(Term(field, values, negated, span))
        place = after_space(text, pieces[-1].end)
    return Filter(tuple(terms), tuple(words), tuple(not_words), tuple(dict.fromkeys(unrestricted)))


def _refuse_almost_a_term(text: str, place: int, vocabulary: Vocabulary) -> None:
    """`status=waiting` and `status : waiting` mean the field and not three words."""
    almost = re.compile(_ALMOST_A_TERM).match(text, place)
    field = vocabulary.fields.get(folded(almost[1])) if almost else None
    if almost is not None and field is not None:
        written = shown(" ".join(almost[0].split()))
        raise FilterError(NOT_WRITTEN_SO, *almost.span(), text=written, choices=f"{almost[1]}:")


def to_text(wanted: Filter) -> str:
    """A line that parses back to the same tree, given the same `now` and language; field names are English."""
    parts = [
        *(_term_text(term) for term in wanted.terms),
        *(f"{field.value}:all" for field in wanted.unrestricted),
        *(_word_text(word) for word in wanted.words),
        *(f"-{_word_text(word)}" for word in wanted.not_words),
    ]
    return " ".join(parts)


def field_named(name: str, span: tuple[int, int], vocabulary: Vocabulary) -> Field | None:
    """The field with this name or unique prefix; None if the name has nothing to do with any field."""
    wanted = folded(name)
    if wanted in vocabulary.fields:
        return vocabulary.fields[wanted]
    begun = {field: None for known, field in vocabulary.fields.items() if known.startswith(wanted)}
    meant = [field for field in begun if field.about.is_everyday] or list(begun)
    if len(meant) == 1:
        return meant[0]
    if begun:
        raise FilterError(SEVERAL_FIELDS, *span, text=name, choices=_choices(meant, vocabulary))
    similar = difflib.get_close_matches(wanted, vocabulary.fields, cutoff=0.8) if len(wanted) in _SLIP_LENGTHS else []
    if similar:
        likely = dict.fromkeys(vocabulary.fields[known] for known in similar)
        raise FilterError(NO_SUCH_FIELD, *span, text=name, choices=_choices(likely, vocabulary))
    return None


def _example(field: Field, vocabulary: Vocabulary) -> str:
    """A value that this field may have."""
    match field.about.values:
        case Values.STAGES:
            return vocabulary.stage_labels[-1]
        case Values.NUMBERS:
            return "10432"
        case Values.ANSWERS | Values.DEADLINES:
            return vocabulary.answer_labels[0]
        case Values.DAYS | Values.PAST_DAYS:
            return "t"
        case Values.AGES:
            return "7"
        case (
            Values.TYPED | Values.REGISTERED | Values.PEOPLE | Values.LISTS | Values.CUSTOMERS | Values.SUPPLIERS
            | Values.CONTACTS | Values.SERIALS | Values.PRODUCTS | Values.VIEWS | Values.BILLINGS | Values.PART_STATES
            | Values.KINDS
        ):  # fmt: skip
            return field.about.example or vocabulary.none_label
        case _:
            assert_never(field.about.values)


def _choices(fields: Iterable[Field], vocabulary: Vocabulary) -> str:
    return " / ".join(f"{vocabulary.labels[field]}:" for field in fields)


def _term_text(term: Term) -> str:
    values = ",".join(_value_text(value) for value in term.values)
    return f"{'-' if term.negated else ''}{term.field.value}:{values}"


def _value_text(value: Value) -> str:
    match value:
        case Stage() | Missing() | Answer():
            return str(value.value)
        case Number():
            return str(value.number)
        case Name() | Days():
            return value_text(value.text)


def value_text(text: str) -> str:
    """A name as it stands behind its field: in quotes where it must."""
    is_plain = not re.search(r'[\s,]|^["/\\]', text) and folded(text) not in NONE_WORDS | ALL_WORDS
    return text if is_plain else in_quotes(text)


def _word_text(word: str) -> str:
    return in_quotes(word) if not word or re.search(r'[\s:=：]|^["-]', word) else word


def in_quotes(text: str) -> str:
    """The text as one word or value that means nothing but itself."""
    return '"' + text.replace('"', '""') + '"'
