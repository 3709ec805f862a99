"""Reads a shop's list in any usual form: encoding, delimiter, heading, decimal mark and date order are found in it.

Rows stream: nothing but the record at hand is kept. A line that cannot be read is handed out as an error with its
number, and reading goes on with the next line, also after a quote that was never closed.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import clean_line, shown
from svc_tui.domain.transfer import other_files
from svc_tui.domain.transfer.csv_columns import (
    MAMUT_FORMAT,
    MAMUT_LAYOUTS,
    NUMBER_FIELDS,
    PRODUCT_COLUMNS,
    known_names,
    map_columns,
)
from svc_tui.domain.transfer.csv_marks import DateOrder, date_order_of, decimal_mark, unwrapped, usual_order
from svc_tui.domain.transfer.file_encoding import (
    LONGEST_LINE,
    WINDOWS,
    Text,
    byte_lines,
    decoded,
    known_encoding,
    survey,
    unreadable,
    wide_encoding,
)
from svc_tui.domain.transfer.other_files import Kind

__all__ = ["CsvForm", "Notes", "map_columns", "read_header", "read_rows", "sniff_file"]

Record = tuple[int, list[str] | Invalid]

_DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE_LINES: Final = 200
_HEADING_AMONG: Final = 25
"""A heading stands in the first so many records: lists have titles, dates and empty lines above it."""
_CHUNK: Final = 1 << 16
_MOST_LINES_OF_A_RECORD: Final = 500

_EXCEL_HINT = re.compile(r'"?sep=([;,|\t])"?', re.IGNORECASE)

_EMPTY = N_("The file is empty. Choose a file whose first line names the columns.")
_WORKBOOK = N_("The file is a workbook. Save it as CSV in the spreadsheet program, and import that.")
_UNKNOWN_MAMUT = N_(
    "The file is in Mamut's format {format}, which does not name its columns. "
    "Put a line with the column names above the first line, and import it again."
)
_BAD_HEADING = N_("The heading on line {line} cannot be read. Check the quotes in it.")
_BAD_QUOTES = N_(
    "The quotes on this line do not match. Close the quote that is open, and write a quote inside a quoted value twice."
)
_TOO_LONG = N_("This line is longer than {limit} characters. Check that the file is CSV, and shorten the line.")
_TOO_MANY_VALUES = N_(
    "This line has {found} values, but the heading has {expected}. Put quotes around values that contain “{delimiter}”."
)


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
    twice: int = 0
    """Lines whose letters were encoded twice."""
    first_twice: int = 0
    headings: int = 0
    """Headings that stand again among the lines."""
    wrapped: int = 0
    """Lines that were one quoted value: the file was opened undivided, and saved again."""
    first_wrapped: int = 0


def sniff_file(path: Path, encoding: str = "", named: frozenset[str] = frozenset()) -> CsvForm:
    """The form of a file, from all of its values, with flat memory.

    Where no value tells, the decimal mark is a comma, in comma-separated files a point, and dates begin with the day.

    Args:
        path: The file.
        encoding: The one that the user says it has; found when empty.
        named: Names of columns that the user says there are.

    Raises:
        Invalid: No list that can be read, or one of Mamut's formats without headings whose columns are not known.
    """
    return _sniff(lambda: path.open("rb"), encoding, named)


def read_header(path: Path, form: CsvForm) -> tuple[str, ...]:
    """The names of the columns, as the rows of `read_rows` carry them.

    Raises:
        Invalid: The heading cannot be read.
    """
    if form.kind != "csv":
        return form.layout
    with path.open("rb") as file:
        return _header(_records(_Lines(file, form), form.delimiter), form)


def read_rows(path: Path, form: CsvForm, notes: Notes | None = None) -> Iterator[tuple[int, dict[str, str] | Invalid]]:
    """Each row by column name, or why it cannot be read, with the number of the line it begins on.

    Empty lines are passed over. Values that a line leaves out at its end are empty, for Excel writes such lines.
    Values are stripped, not cleaned: the record that takes them does that.

    Raises:
        Invalid: The heading cannot be read.
    """
    notes = Notes() if notes is None else notes
    if form.kind != "csv":
        yield from other_files.rows(path, form.kind, form.layout, _text_lines(path, form, notes))
        return
    with path.open("rb") as file:
        records = _records(_Lines(file, form, notes), form.delimiter)
        header = _header(records, form)
        for line, record in records:
            if isinstance(record, Invalid):
                yield line, record
                continue
            whole = unwrapped(record, form.within, len(header))
            if whole is not record:
                notes.wrapped += 1
                notes.first_wrapped = notes.first_wrapped or line
            values = [value.strip() for value in whole]
            if not any(value.strip("\x1a\0") for value in values):  # DOS ended files with Ctrl+Z
                continue
            if values[0] == header[0] and not form.layout and tuple(_each_once(values[: len(header)])) == header:
                notes.headings += 1
                continue
            yield line, _row(header, values, form.delimiter)


def _row(header: tuple[str, ...], values: list[str], delimiter: str) -> dict[str, str] | Invalid:
    if any(values[len(header) :]):
        shown_delimiter = "Tab" if delimiter == "\t" else delimiter
        return Invalid(_TOO_MANY_VALUES, found=len(values), expected=len(header), delimiter=shown_delimiter)
    values += [""] * (len(header) - len(values))
    return {name: value for name, value in zip(header, values, strict=False) if name}


def _header(records: Iterator[Record], form: CsvForm) -> tuple[str, ...]:
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
                return tuple(_each_once(names))
            above -= 1
    raise Invalid(_EMPTY)


def _each_once(names: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        unique, count = name, 1
        while name and unique in seen:
            count += 1
            unique = f"{name} {count}"
        seen.add(unique)
        yield unique


class _Lines:
    """Physical lines and the number of the last one; lines of a record that came to nothing are given back."""

    def __init__(self, file: BinaryIO, form: CsvForm, notes: Notes | None = None) -> None:
        self._form = form
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
            text = decoded(line, self._form.encoding, self._form.old, is_forced=self._form.is_forced)
        self.number += 1
        if text.old or text.twice:
            self._note(text)
        return text

    def _note(self, text: Text) -> None:
        notes = self._notes
        if text.old:
            notes.old += 1
            notes.first_old = notes.first_old or self.number
        if text.twice:
            notes.twice += 1
            notes.first_twice = notes.first_twice or self.number

    def give_back(self, lines: list[Text]) -> None:
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)


def _text_lines(path: Path, form: CsvForm, notes: Notes) -> Iterator[tuple[int, Text]]:
    with path.open("rb") as file:
        lines = _Lines(file, form, notes)
        while (text := lines.take()) is not None:
            yield lines.number, text


def _records(lines: _Lines, delimiter: str) -> Iterator[Record]:
    """The values of each record with the number of its first line."""
    encoding = lines._form.encoding
    while (found := lines.take()) is not None:
        number, line = lines.number, found.text
        if number == 1 and _EXCEL_HINT.fullmatch(line.strip()):
            continue
        if len(line) > LONGEST_LINE:
            yield number, Invalid(_TOO_LONG, limit=LONGEST_LINE)
        elif '"' not in line:
            yield number, unreadable(encoding) if found.unreadable else line.rstrip("\r\n").split(delimiter)
        else:
            yield number, _quoted_record(found, lines, delimiter, encoding)


def _quoted_record(first: Text, lines: _Lines, delimiter: str, encoding: str) -> list[str] | Invalid:
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


# -- finding the form ----------------------------------------------------------------------------------------------


def _sniff(opened: Callable[[], BinaryIO], said: str, named: frozenset[str]) -> CsvForm:
    form = _encoded(opened, said)
    with closing(opened()) as file:
        sample = [text for _, text in islice(_taken(_Lines(file, form)), _SAMPLE_LINES)]
    kind = other_files.kind_of(sample)
    if kind != "csv":
        with closing(opened()) as file:
            columns = other_files.columns(file, kind, _taken(_Lines(file, form)))
        return replace(form, kind=kind, layout=columns, decimal_comma=False)
    delimiter, inner, heading = _delimiter(sample, named)
    form = replace(form, delimiter=delimiter, inner=inner, heading=heading, layout=_layout(sample, delimiter))
    form = replace(form, decimal_comma=form.within != ",")
    with closing(opened()) as file:
        marks, orders = _votes(_records(_Lines(file, form), delimiter), form)
    comma = form.decimal_comma
    if form.layout or marks["."] != marks[","]:
        comma = not form.layout and marks[","] > marks["."]
    return replace(form, decimal_comma=comma, date_order=usual_order(orders))


def _taken(lines: _Lines) -> Iterator[tuple[int, str]]:
    while (text := lines.take()) is not None:
        yield lines.number, text.text


def _encoded(opened: Callable[[], BinaryIO], said: str) -> CsvForm:
    """The form of a file, of which nothing but the encoding is known yet."""
    with closing(opened()) as file:
        head = file.read(_CHUNK)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"):
        raise Invalid(_EMPTY)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid(_WORKBOOK)
    if said:
        return CsvForm(known_encoding(said), ";", True, "dmy", is_forced=True)
    if wide := wide_encoding(head):
        return CsvForm(wide, ";", True, "dmy")
    with closing(opened()) as file:
        found = survey(byte_lines(file, "utf-8"))
    return CsvForm(found.encoding, ";", True, "dmy", old=found.old)


def _delimiter(sample: list[str], named: frozenset[str]) -> tuple[str, str, int]:
    """The delimiter that gives the most known column names, then the most columns in the most lines.

    With it, the one within lines that are one quoted value, where that is another, and how many records stand above
    the heading.
    """
    if sample and (hint := _EXCEL_HINT.fullmatch(sample[0].strip())):
        return hint[1], "", _fitness(sample, hint[1], hint[1], named)[2]
    fits = {(mark, mark): _fitness(sample, mark, mark, named) for mark in _DELIMITERS}
    if not any(known for known, _, _ in fits.values()):
        pairs = [(mark, inner) for mark in _DELIMITERS for inner in _DELIMITERS if mark != inner]
        fits |= {(mark, inner): _fitness(sample, mark, inner, named) for mark, inner in pairs}
    mark, inner = max(fits, key=lambda pair: fits[pair][:2])
    return mark, "" if inner == mark else inner, fits[mark, inner][2]


def _fitness(sample: list[str], delimiter: str, inner: str, named: frozenset[str]) -> tuple[int, float, int]:
    """How many names of columns are known, how alike the lines are, and how many records stand above the heading."""
    data = io.BytesIO("".join(sample).encode("utf-8", "replace"))
    read = _records(_Lines(data, CsvForm("utf-8", delimiter, True, "dmy", is_forced=True)), delimiter)
    records = [
        record if isinstance(record, Invalid) else unwrapped(record, inner)
        for _, record in read
        if isinstance(record, Invalid) or any(value.strip() for value in record)
    ]
    good = [record for record in records if isinstance(record, list)]
    if not good:
        return 0, 0.0, 0
    first = [known_names(record, named) if isinstance(record, list) else 0 for record in records[:_HEADING_AMONG]]
    known = max(first)
    heading = first.index(known) if known else 0
    named_columns = records[heading]
    columns = len(named_columns) if isinstance(named_columns, list) else len(good[0])
    return known, (columns - 1) * sum(len(record) == columns for record in good) / len(good), heading


def _layout(sample: list[str], delimiter: str) -> tuple[str, ...]:
    first = next((line.strip() for line in sample if line.strip()), "")
    name = first.split(delimiter)[0].strip('" ')
    if not re.fullmatch(MAMUT_FORMAT, name):
        return ()
    if name not in MAMUT_LAYOUTS:
        raise Invalid(_UNKNOWN_MAMUT, format=shown(name))
    return MAMUT_LAYOUTS[name]


def _votes(records: Iterator[Record], form: CsvForm) -> tuple[Counter[str], Counter[DateOrder]]:
    """How many values are written with which decimal mark and in which date order."""
    header = _header(records, form)
    mapped = map_columns(header, PRODUCT_COLUMNS)
    numeric = {header.index(mapped[field]) for field in NUMBER_FIELDS if field in mapped}
    marks: Counter[str] = Counter()
    orders: Counter[DateOrder] = Counter()
    for _, record in records:
        if isinstance(record, Invalid):
            continue
        for column, value in enumerate(unwrapped(record, form.within, len(header))):
            if len(value) > 30:
                continue
            if (not numeric or column in numeric) and (mark := decimal_mark(value)):
                marks[mark] += 1
            if order := date_order_of(value):
                orders[order] += 1
    return marks, orders
