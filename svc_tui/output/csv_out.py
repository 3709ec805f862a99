"""CSV that a spreadsheet opens as what it is: with the language's separators, and no cell that is a formula.

A cell that begins with `=`, `+`, `-`, `@` or a tab would be run by the spreadsheet of whoever opens the file, so it
gets a quote in front, phone numbers too; numbers of ours do not. Our own import takes the quote away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TextIO

from svc_tui.domain.languages import language_of
from svc_tui.domain.text import shown, shown_text
from svc_tui.output.files import written


class Number(str):
    """A decimal number in the language's writing: the one text that may begin with a minus."""


Cell = str | int | float | bool | None

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def delimiter(language: str) -> str:
    """What parts the columns in a language's spreadsheets: a semicolon where the comma is the decimal mark."""
    return ";" if language_of(language).decimal_mark == "," else ","


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula and no terminal for a command."""
    visible = shown_text(text) if "\n" in text else shown(text)
    if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA):
        return f"'{visible}"
    return visible


def decimal(plain: str, language: str) -> Number:
    """A decimal number (`129.00`) as the language's spreadsheets read it."""
    return Number(plain.replace(".", language_of(language).decimal_mark))


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], language: str) -> int:
    """Write a file with a byte-order mark, whole or not at all; gives how many rows it has.

    Raises:
        OSError: when it cannot be written.
    """
    with written(path, encoding="utf-8-sig") as file:
        return _fill(file, header, rows, language)


def as_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], language: str) -> str:
    """The same rows as a text for standard output."""
    file = io.StringIO()
    _fill(file, header, rows, language)
    return file.getvalue()


def _fill(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], language: str) -> int:
    count = 0
    writer = csv.writer(file, delimiter=delimiter(language), lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return count


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return safe(value) if isinstance(value, str) and not isinstance(value, Number) else str(value)
