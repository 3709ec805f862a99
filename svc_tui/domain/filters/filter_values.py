"""What the values of a filter line mean: names, numbers, stages, yes and no, days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import NamedTuple, assert_never

from svc_tui.domain.errors import N_, FilterError, Invalid
from svc_tui.domain.filters.filter_fields import Field, Values
from svc_tui.domain.filters.filter_pieces import Piece
from svc_tui.domain.filters.filter_words import (
    NONE,
    NONE_WORDS,
    Answer,
    Missing,
    Stage,
    Vocabulary,
)
from svc_tui.domain.language.date_words import normalised
from svc_tui.domain.language.dates import NOT_A_PERIOD, Looks, parse_date, parse_period, shown
from svc_tui.domain.numbers import whole_number

NO_STAGE = N_("“{text}” is not a stage; write one of {choices}")
NO_ANSWER = N_("“{text}” is neither yes nor no; write {choices}")
NEITHER_ANSWER_NOR_DAY = N_("“{text}” is neither yes, no nor a day; write {choices}")
NO_NUMBER = N_("“{text}” is not a job number; write digits only, for example nr:10432")
TOO_LONG_A_NUMBER = N_("No job has a number as long as {text}")
NO_SUCH_DAY = N_("There is no “{text}” in the calendar; between the first and the last day of a period write two dots")

_LIKE_A_DAY = (
    r"(?:<=|>=|<|>)? ?(?:[0-9]{4}-(?P<month>[0-9]{1,2})"
    r"|(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}-(?:0?[1-9]|1[0-2])(?:-(?:[0-9]{4}|[0-9]{2}))?))"
)


class Name(NamedTuple):
    """A name or code, or the beginning of one, as typed; a register says what it means."""

    text: str


class Number(NamedTuple):
    """The number of a job, or of days."""

    number: int


class Days(NamedTuple):
    """A period, both days included and None for an open end, with the text it was read from."""

    first: date | None
    last: date | None
    text: str


Value = Name | Number | Days | Stage | Missing | Answer


def folded(word: str) -> str:
    """A field name, stage or other word of the language as it is compared."""
    return unicodedata.normalize("NFC", word).casefold()


def is_one_of(piece: Piece, words: frozenset[str]) -> bool:
    return not piece.is_quoted and folded(piece.text) in words


def read_values(
    field: Field, pieces: list[Piece], vocabulary: Vocabulary, now: datetime, language: str
) -> tuple[Value, ...]:
    """What the pieces mean for this field, each once; empty ones, as after a last comma, count for nothing."""
    found: list[Value] = []
    for piece in pieces:
        if not piece.text:
            continue
        if is_one_of(piece, NONE_WORDS) and not field.about.is_always_filled:
            found.append(NONE)
            continue
        match field.about.values:
            case Values.STAGES:
                found.extend(_stages(piece, vocabulary))
            case Values.NUMBERS:
                found.append(_number(piece))
            case Values.ANSWERS:
                found.append(_answer(piece, vocabulary))
            case Values.DEADLINES:
                found.append(_answer_or_days(field, piece, vocabulary, now, language))
            case Values.AGES if re.fullmatch("[0-9]{1,4}", piece.text):
                found.append(Number(int(piece.text)))
            case Values.DAYS | Values.PAST_DAYS | Values.AGES:
                found.append(_days(field, piece, now, language))
            case (
                Values.TYPED | Values.REGISTERED | Values.PEOPLE | Values.LISTS | Values.CUSTOMERS | Values.SUPPLIERS
                | Values.CONTACTS | Values.SERIALS | Values.PRODUCTS | Values.VIEWS | Values.BILLINGS
                | Values.PART_STATES | Values.KINDS
            ):  # fmt: skip
                found.append(Name(piece.text))
            case _:
                assert_never(field.about.values)
    return tuple(dict.fromkeys(found))


def _stages(piece: Piece, vocabulary: Vocabulary) -> tuple[Stage, ...]:
    wanted = folded(piece.text)
    if wanted in vocabulary.stages:
        return vocabulary.stages[wanted]
    begun = {stages for word, stages in vocabulary.stages.items() if word.startswith(wanted)}
    if len(begun) != 1:
        raise FilterError(
            NO_STAGE, piece.start, piece.end, text=shown(piece.text), choices=", ".join(vocabulary.stage_labels)
        )
    return begun.pop()


def _answer(piece: Piece, vocabulary: Vocabulary) -> Answer:
    wanted = folded(piece.text)
    begun = {answer for word, answer in vocabulary.answers.items() if word.startswith(wanted)}
    if len(begun) != 1:
        choices = " / ".join(vocabulary.answer_labels)
        raise FilterError(NO_ANSWER, piece.start, piece.end, text=shown(piece.text), choices=choices)
    return begun.pop()


def _answer_or_days(field: Field, piece: Piece, vocabulary: Vocabulary, now: datetime, language: str) -> Answer | Days:
    try:
        return _answer(piece, vocabulary)
    except FilterError as neither:
        try:
            return _days(field, piece, now, language)
        except FilterError as refused:
            if refused.message != NOT_A_PERIOD:
                raise
            choices = " / ".join((*vocabulary.answer_labels, "t", "+1"))
            raise FilterError(
                NEITHER_ANSWER_NOR_DAY, piece.start, piece.end, text=shown(piece.text), choices=choices
            ) from neither


def _number(piece: Piece) -> Number:
    number = whole_number(piece.text.removeprefix("#"))
    if number is None:
        is_too_long = piece.text.removeprefix("#").isdecimal()
        message = TOO_LONG_A_NUMBER if is_too_long else NO_NUMBER
        raise FilterError(message, piece.start, piece.end, text=shown(piece.text))
    return Number(number)


def looks_of(field: Field) -> Looks:
    """Where the days lie that a question leaves open: behind for what was recorded, near for what is planned."""
    return "back" if field.about.values in (Values.PAST_DAYS, Values.AGES) else "nearest"


def _days(field: Field, piece: Piece, now: datetime, language: str) -> Days:
    if _is_no_day(piece.text, now, language):
        raise FilterError(NO_SUCH_DAY, piece.start, piece.end, text=shown(piece.text))
    try:
        first, last = parse_period(piece.text, now, language, looks_of(field))
    except Invalid as refused:
        raise FilterError(refused.message, piece.start, piece.end, **refused.values) from refused
    return Days(first, last, piece.text)


def _is_no_day(text: str, now: datetime, language: str) -> bool:
    """Whether something is written like one day or month that there is not (`30-02`), and no range of others."""
    written = re.fullmatch(_LIKE_A_DAY, normalised(text))
    if written is None:
        return False
    if written["month"]:
        return not 1 <= int(written["month"]) <= 12
    try:
        parse_date(written["day"], now, language)
    except Invalid:
        return True
    return False
