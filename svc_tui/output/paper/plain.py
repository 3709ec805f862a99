"""A sheet as plain text: for a file, a printer that knows nothing else, and whoever reads it on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from svc_tui.domain.paper.letters import cells
from svc_tui.domain.paper.sheet import Column, Fact, Row, Sheet
from svc_tui.domain.text import shown

PAGE_WIDTH: Final = 80
_GAP: Final = 2
_LEAST_TEXT: Final = 16
"""The cells that are left to the column of words, however many figures there are."""

_SIGNATURE: Final = 40
"""The cells of the line to sign on."""


def plain(sheet: Sheet, width: int = PAGE_WIDTH) -> str:
    """The sheet in lines of at most `width` cells; words are broken only where they are longer than that.

    A table that would leave its words too little room is told line by line, each figure with its heading.
    """
    return "\n".join(line.rstrip() for line in _lines(sheet, width)).strip("\n") + "\n"


def _lines(sheet: Sheet, width: int) -> Iterator[str]:
    for part in (_head, _facts, _table, _below, _tag):
        lines = list(part(sheet, width))
        if lines:
            yield from lines
            yield ""


def _head(sheet: Sheet, width: int) -> Iterator[str]:
    for line in sheet.shop:
        yield from wrapped(line, width)
    if sheet.receiver:
        yield ""
    for line in sheet.receiver:
        yield from wrapped(line, width)
    yield ""
    yield from wrapped(sheet.title, width)
    yield "=" * min(width, cells(shown(sheet.title)))


def _facts(sheet: Sheet, width: int) -> Iterator[str]:
    yield from pairs(sheet.facts, width)


def pairs(facts: Sequence[Fact], width: int) -> Iterator[str]:
    """Each fact's label and its value beside it, wrapped under itself; under its label where there is no room."""
    label = max((cells(shown(fact.label)) for fact in facts), default=0) + _GAP
    beside = label + _LEAST_TEXT <= width
    for fact in facts:
        lines = list(wrapped(fact.value, width - label if beside else width - _GAP)) or [""]
        name = shown(fact.label)
        if not beside:
            yield from wrapped(name, width)
            yield from (" " * _GAP + line for line in lines)
            continue
        yield filled_left(name, label) + lines[0]
        yield from (" " * label + line for line in lines[1:])


def _table(sheet: Sheet, width: int) -> Iterator[str]:
    if not sheet.columns:
        return
    widths = _column_widths(sheet, width)
    if widths:
        yield from _rows([column.heading for column in sheet.columns], sheet.columns, widths)
        yield "-" * (sum(widths) + _GAP * (len(widths) - 1))
    for row in sheet.rows:
        yield from _told(row, sheet.columns, widths, width)
    if sheet.sums:
        yield "-" * (sum(widths) + _GAP * (len(widths) - 1) if widths else width)
        yield from _sums(sheet, sum(widths) + _GAP * (len(widths) - 1) if widths else width)


def _column_widths(sheet: Sheet, width: int) -> list[int]:
    """What each column takes: figures what they need, words share what is left. Empty where that is too little."""
    needed = [
        max([cells(shown(column.heading)), *(_cells(row, place) for row in sheet.rows if not row.is_heading)])
        for place, column in enumerate(sheet.columns)
    ]
    words = [place for place, column in enumerate(sheet.columns) if not column.figures]
    left = width - _GAP * (len(needed) - 1) - sum(need for place, need in enumerate(needed) if place not in words)
    if left < sum(min(needed[place], _LEAST_TEXT) for place in words):
        return []
    for place in sorted(words, key=lambda place: needed[place]):
        share = left // len(words)
        needed[place] = min(needed[place], share)
        words.remove(place)
        left -= needed[place]
    return needed


def _cells(row: Row, place: int) -> int:
    return cells(shown(row.cells[place]))


def _told(row: Row, columns: Sequence[Column], widths: Sequence[int], width: int) -> Iterator[str]:
    if row.is_heading:
        yield from wrapped(row.cells[0], width)
    elif widths:
        yield from _rows(row.cells, columns, widths)
    else:
        told = [Fact(column.heading, cell) for cell, column in zip(row.cells, columns, strict=True) if cell]
        yield from pairs(told, width)
    under = _words_at(columns, widths)
    for line in wrapped(row.note, width - under):
        yield " " * under + line
    if not widths and not row.is_heading:
        yield ""


def _words_at(columns: Sequence[Column], widths: Sequence[int]) -> int:
    """Where the first column of words begins."""
    words = next((place for place, column in enumerate(columns) if not column.figures), 0)
    return sum(widths[:words]) + _GAP * words if widths else _GAP


def _rows(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """A text a column, in as many lines as the longest of them takes."""
    broken = [
        [shown(text)] if column.figures else list(wrapped(text, room)) or [""]
        for text, column, room in zip(texts, columns, widths, strict=True)
    ]
    for line in zip_longest(*broken, fillvalue=""):
        parts = (
            filled_right(text, room) if column.figures else filled_left(text, room)
            for text, column, room in zip(line, columns, widths, strict=True)
        )
        yield (" " * _GAP).join(parts)


def _sums(sheet: Sheet, width: int) -> Iterator[str]:
    figures = max(cells(shown(one.value)) for one in sheet.sums)
    for one in sheet.sums:
        label = width - figures - _GAP
        *before, last = list(wrapped(one.label, max(label, 1))) or [""]
        yield from (filled_right(line, label) for line in before)
        yield filled_right(last, label) + " " * _GAP + filled_right(shown(one.value), figures)


def _below(sheet: Sheet, width: int) -> Iterator[str]:
    for paragraph in (*sheet.remarks, sheet.small, sheet.link):
        if paragraph:
            yield from wrapped(paragraph, width)
            yield ""
    if sheet.signature:
        yield from ("", "_" * min(width, _SIGNATURE), *wrapped(sheet.signature, width), "")
    yield from wrapped(sheet.foot, width)


def _tag(sheet: Sheet, width: int) -> Iterator[str]:
    if not sheet.tag:
        return
    yield "- " * (width // 2)
    yield from wrapped(sheet.number, width)
    yield from pairs(sheet.tag, width)


# -- words and cells -------------------------------------------------------------------------------------------------


def wrapped(text: str, width: int) -> Iterator[str]:
    """A text in lines of at most `width` cells; its own line ends stay. Nothing for an empty text."""
    for paragraph in text.splitlines():
        line = ""
        for word in shown(paragraph).split():
            if line and cells(line) + 1 + cells(word) <= width:
                line += f" {word}"
                continue
            if line:
                yield line
            *whole, line = _broken(word, width)
            yield from whole
        yield line


def _broken(word: str, width: int) -> list[str]:
    """A word in pieces that fit."""
    pieces, piece = [], ""
    for sign in word:
        if piece and cells(piece + sign) > width:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def filled_left(text: str, width: int) -> str:
    """A text with blanks behind it."""
    return text + " " * (width - cells(text))


def filled_right(text: str, width: int) -> str:
    """A text with blanks in front."""
    return " " * (width - cells(text)) + text
