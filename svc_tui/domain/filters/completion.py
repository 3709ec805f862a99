"""What is being written at one place of a filter line, and how the line goes on when a value is taken there."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.domain.errors import FilterError
from svc_tui.domain.filters.filter_pieces import NAME, after_space, piece_at, pieces_at
from svc_tui.domain.filters.filters import Field, Vocabulary, field_named, folded, value_text


class Spot(NamedTuple):
    """The word or value at the caret."""

    field: Field | None
    """The field whose value it is; None for a word, which may be the beginning of a field's name."""
    typed: str
    """As it stands, without quotes."""
    start: int
    end: int
    quoted: bool = False


class Completion(NamedTuple):
    """What taking a proposal makes of the line."""

    text: str
    caret: int
    hint: str
    """What is shown behind the caret until then."""


def spot_at(text: str, caret: int, vocabulary: Vocabulary) -> Spot:
    """What stands at the caret; an empty word between words, and at the end."""
    place = after_space(text, 0)
    while place < len(text) and caret >= place:
        place += text[place] == "-"
        name = NAME.match(text, place)
        field = _field(name[1], name.span(1), vocabulary) if name else None
        if name is None or field is None:
            word = piece_at(text, place)
            if caret <= word.end:
                return Spot(None, word.text, place, word.end, word.is_quoted)
            place = after_space(text, word.end)
            continue
        if caret < name.end():
            return Spot(None, name[1], place, name.end())
        pieces = pieces_at(text, name.end(), field, vocabulary)
        for piece in pieces:
            if caret <= piece.end:
                return Spot(field, piece.text, piece.start, piece.end, piece.is_quoted)
        place = after_space(text, pieces[-1].end)
    return Spot(None, "", caret, caret)


def _field(name: str, span: tuple[int, int], vocabulary: Vocabulary) -> Field | None:
    try:
        return field_named(name, span, vocabulary)
    except FilterError:
        return None


def with_value(text: str, spot: Spot, value: str, *, as_it_is: bool = False) -> Completion:
    """The line with a value in place of what stands there.

    Args:
        text: The line.
        spot: Where.
        value: A name, put in quotes where it must be.
        as_it_is: Whether it is a word of the language, such as a field's name with its colon, or `none`.
    """
    written = value if as_it_is else value_text(value)
    line = text[: spot.start] + written + text[spot.end :]
    return Completion(line, spot.start + len(written), hint_of(spot.typed, value))


def hint_of(typed: str, value: str) -> str:
    """The rest of the value where it begins as typed; else the whole of it behind an arrow."""
    if folded(value[: len(typed)]) == folded(typed):
        return value[len(typed) :]
    return f" → {value}"
