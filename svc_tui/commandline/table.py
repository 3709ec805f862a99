"""Columns of text on a terminal: how wide a text is drawn, cut and filled up to a width."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Collection, Sequence
from typing import NamedTuple

from svc_tui.domain.text import shown

GAP = "  "


class Column(NamedTuple):
    title: str
    width: int
    right: bool = False


def width(text: str) -> int:
    """Cells that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cut(text: str, limit: int) -> str:
    """At most `limit` cells of a text, with a sign that there was more."""
    if width(text) <= limit:
        return text
    taken, used = "", 0
    for letter in text:
        used += _cells(letter)
        if used > limit - 1:
            break
        taken += letter
    return f"{taken}…" if limit > 0 else ""


def line(columns: Sequence[Column], cells: Sequence[str], limit: int | None) -> str:
    """One row of a table; the last column takes what is left of `limit` cells, all it needs for None."""
    drawn: list[str] = []
    for column, cell in zip(columns[:-1], cells, strict=False):
        text = cut(shown(cell), column.width)
        padding = " " * (column.width - width(text))
        drawn.append(padding + text if column.right else text + padding)
    row = GAP.join([*drawn, shown(cells[-1])]).rstrip()
    return row if limit is None else cut(row, limit).rstrip()


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]], figures: Collection[int]) -> None:
    """A table whose columns are as wide as what is in them.

    Args:
        titles: Of the columns.
        rows: The cells.
        figures: Which columns stand on the right.
    """
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    widths = [max(map(width, cells)) for cells in zip(titles, *rows, strict=True)]
    columns = [Column("", wide, right=place in figures) for place, wide in enumerate(widths)]
    for cells in (titles, *rows):
        last = " " * (widths[-1] - width(cells[-1])) if columns[-1].right else ""
        print(line(columns, [*cells[:-1], last + cells[-1]], limit))
