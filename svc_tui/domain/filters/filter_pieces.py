"""The words and values of a filter line: where each begins and ends, in quotes or not.

A value without quotes goes on with the words behind it as long as they go on with the name of a value:
`status:waiting for parts screen` asks for the status and for one word. What counts as a name the vocabulary says
(`Vocabulary.taken`), so that the screen, the command line and saved views read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from svc_tui.domain.filters.filter_fields import Field
from svc_tui.domain.filters.filter_words import Vocabulary
from svc_tui.domain.text import words

NAME = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*):(?![/\\])")
PLAIN_WORD = re.compile(r"\S*")
_SPACE = re.compile(r"\s*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)(?:"|\Z)')
_PLAIN_VALUE = re.compile(r"[^\s,]*")
_MOST_WORDS = 8
"""So many words behind a value may go on with it; no name has more."""


class Piece(NamedTuple):
    """A word or value of the line, without its quotes."""

    text: str
    is_quoted: bool
    start: int
    end: int


def after_space(text: str, place: int) -> int:
    """Where the next word begins."""
    match = _SPACE.match(text, place)
    return match.end() if match else place


def piece_at(text: str, place: int, plain: re.Pattern[str] = PLAIN_WORD) -> Piece:
    """The quoted text that starts here, or else what the plain pattern takes, which may be nothing."""
    if quoted := _QUOTED.match(text, place):
        return Piece(quoted[1].replace('""', '"').strip(), True, *quoted.span())
    match = plain.match(text, place)
    return Piece(match[0], False, *match.span()) if match else Piece("", False, place, place)


def pieces_at(text: str, place: int, field: Field, vocabulary: Vocabulary) -> list[Piece]:
    """The values from here on, as far as commas join them; at least one, which may be empty."""
    pieces = [_value_at(text, place, field, vocabulary)]
    while text.startswith(",", pieces[-1].end):
        place = pieces[-1].end + 1
        further = after_space(text, place)
        if further > place and vocabulary.taken(field, "", *_following(text, place)):
            place = further
        pieces.append(_value_at(text, place, field, vocabulary))
    return pieces


def _value_at(text: str, place: int, field: Field, vocabulary: Vocabulary) -> Piece:
    piece = piece_at(text, place, _PLAIN_VALUE)
    if piece.is_quoted or not piece.text or not text[piece.end :].strip():
        return piece
    following, ends_line = _following(text, piece.end)
    end = piece.end
    for _ in range(vocabulary.taken(field, piece.text, following, ends_line) if following else 0):
        end = piece_at(text, after_space(text, end), _PLAIN_VALUE).end
    return Piece(text[piece.start : end], False, piece.start, end)


def _following(text: str, place: int) -> tuple[list[str], bool]:
    """The plain words from here on that may go on with a value, and whether the last of them ends the line."""
    found: list[str] = []
    while len(found) < _MOST_WORDS and (further := after_space(text, place)) > place:
        if text.startswith(("-", '"'), further) or NAME.match(text, further):
            break
        word = piece_at(text, further, _PLAIN_VALUE)
        if not word.text:
            break
        found.append(word.text)
        place = word.end
    return found, place == len(text)


def taken_by_names(names: Iterable[Sequence[str]], begun: str, following: Sequence[str], ends_line: bool) -> int:
    """How many of the words that follow go on with one of some names.

    Args:
        names: The words of each name, folded.
        begun: What stands before, whose words may be beginnings of the name's.
        following: The words behind it; they must be the name's whole, for else `ready t` would swallow the `tv` that
            is being written.
        ends_line: Whether the last of them ends the line: then it may be a beginning too.
    """
    first = words(begun)
    known = [name for name in names if _begins(first, name)]
    for count in range(len(following), 0, -1):
        run = words(" ".join(following[:count]))
        is_begun = ends_line and count == len(following)
        if run and any(_goes_on(name[len(first) :], run, is_begun) for name in known):
            return count
    return 0


def _begins(begun: Sequence[str], name: Sequence[str]) -> bool:
    return len(begun) <= len(name) and all(whole.startswith(part) for whole, part in zip(name, begun, strict=False))


def _goes_on(rest: Sequence[str], run: Sequence[str], is_begun: bool) -> bool:
    if len(run) > len(rest) or list(rest[: len(run) - 1]) != list(run[:-1]):
        return False
    last = rest[len(run) - 1]
    return last.startswith(run[-1]) if is_begun else last == run[-1]
