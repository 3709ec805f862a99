"""The records of a file of values: lines decoded, quotes followed over line ends, the heading found."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import clean_line
from svc_tui.domain.transfer.csv_marks import DateOrder, unwrapped
from svc_tui.domain.transfer.file_encoding import (
    LONGEST_LINE,
    WINDOWS,
    Text,
    byte_lines,
    decoded,
    unreadable,
)
from svc_tui.domain.transfer.other_files import Kind

Record = tuple[int, list[str] | Invalid]

_MOST_LINES_OF_A_RECORD: Final = 500

EXCEL_HINT = re.compile(r'"?sep=([;,|\t])"?', re.IGNORECASE)
EMPTY = N_("The file is empty. Choose a file whose first line names the columns.")
_BAD_HEADING = N_("The heading on line {line} cannot be read. Check the quotes in it.")
_BAD_QUOTES = N_(
    "The quotes on this line do not match. Close the quote that is open, and write a quote inside a quoted value twice."
)
_TOO_LONG = N_("This line is longer than {limit} characters. Check that the file is CSV, and shorten the line.")


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a file is written."""

    encoding: str
    delimiter: str
    decimal_comma: bool
    date_order: DateOrder
    layout: tuple[str, ...] = ()
    """The names of the columns where the file has no heading line; empty when a line names them."""
    old: str = WINDOWS
    """What a line that is not in the encoding is read as."""
    is_forced: bool = False
    """Whether the user said which encoding it is."""
    heading: int = 0
    """Records above the heading line."""
    inner: str = ""
    """What parts the values of a line that is one quoted value, where that is not the delimiter."""
    kind: Kind = "csv"

    @property
    def within(self) -> str:
        """What parts the values of a line that was saved as one value."""
        return self.inner or self.delimiter


@dataclass(slots=True)
class Notes:
    """What was put right while a file was read."""

    old: int = 0
    """Lines that are not in the file's own encoding."""
    first_old: int = 0
    new: int = 0
    """Lines that are UTF-8 in a file that is not."""
    first_new: int = 0
    twice: int = 0
    """Lines whose letters were encoded twice."""
    first_twice: int = 0
    headings: int = 0
    """Headings that stand again among the lines."""
    wrapped: int = 0
    """Lines that were one quoted value: the file was opened undivided, and saved again."""
    first_wrapped: int = 0


class Lines:
    """Physical lines and the number of the last one; lines of a record that came to nothing are given back."""

    def __init__(self, file: BinaryIO, form: CsvForm, notes: Notes | None = None) -> None:
        self.form = form
        self._notes = notes or Notes()
        self._lines = byte_lines(file, form.encoding)
        self._given_back: deque[Text] = deque()
        self.number = 0

    def take(self) -> Text | None:
        if self._given_back:
            text = self._given_back.popleft()
        else:
            line = next(self._lines, None)
            if line is None:
                return None
            text = decoded(line, self.form.encoding, self.form.old, is_forced=self.form.is_forced)
        self.number += 1
        if text.old or text.twice or text.new:
            self._note(text)
        return text

    def _note(self, text: Text) -> None:
        notes = self._notes
        if text.old:
            notes.old += 1
            notes.first_old = notes.first_old or self.number
        if text.new:
            notes.new += 1
            notes.first_new = notes.first_new or self.number
        if text.twice:
            notes.twice += 1
            notes.first_twice = notes.first_twice or self.number

    def give_back(self, lines: list[Text]) -> None:
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)


def read_records(lines: Lines, delimiter: str) -> Iterator[Record]:
    """The values of each record with the number of its first line."""
    encoding = lines.form.encoding
    while (found := lines.take()) is not None:
        number, line = lines.number, found.text
        if number == 1 and EXCEL_HINT.fullmatch(line.strip()):
            continue
        if len(line) > LONGEST_LINE:
            yield number, Invalid(_TOO_LONG, limit=LONGEST_LINE)
        elif '"' not in line:
            yield number, unreadable(encoding) if found.unreadable else line.rstrip("\r\n").split(delimiter)
        else:
            yield number, _quoted_record(found, lines, delimiter, encoding)


def _quoted_record(first: Text, lines: Lines, delimiter: str, encoding: str) -> list[str] | Invalid:
    """The values of the record that begins with a line, which may go on over line ends inside quotes."""
    following: list[Text] = []

    def lines_of_record() -> Iterator[str]:
        yield first.text
        while len(following) < _MOST_LINES_OF_A_RECORD and (taken := lines.take()) is not None:
            following.append(taken)
            yield taken.text

    try:
        record = next(csv.reader(lines_of_record(), delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error:
        lines.give_back(following)
        return Invalid(_BAD_QUOTES)
    return unreadable(encoding) if first.unreadable or any(text.unreadable for text in following) else record


def heading_of(records: Iterator[Record], form: CsvForm) -> tuple[str, ...]:
    """The column names, each once; columns without a name keep the empty one and are not read."""
    if form.layout:
        return form.layout
    above = form.heading
    for line, record in records:
        if isinstance(record, Invalid):
            if above > 0:
                above -= 1
                continue
            raise Invalid(_BAD_HEADING, line=line)
        names = [clean_line(name) for name in unwrapped(record, form.within)]
        if any(names):
            if above <= 0:
                return tuple(each_once(names))
            above -= 1
    raise Invalid(EMPTY)


def each_once(names: list[str]) -> Iterator[str]:
    """Names of columns, those that stand there again with a number behind."""
    seen: set[str] = set()
    for name in names:
        unique, count = name, 1
        while name and unique in seen:
            count += 1
            unique = f"{name} {count}"
        seen.add(unique)
        yield unique
