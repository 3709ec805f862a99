"""Reads a shop's CSV in any usual form: its encoding, delimiter, decimal mark and date order are found in the file.

Rows stream: nothing but the record at hand is kept. A line that cannot be read is handed out as an error with its
number, and reading goes on with the next line, also after a quote that was never closed.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, Literal, TextIO

from svc_tui.domain.csv_columns import (
    CONTACT_COLUMNS,
    MAMUT_FORMAT,
    MAMUT_LAYOUTS,
    NUMBER_FIELDS,
    PRODUCT_COLUMNS,
    Columns,
    fold_name,
)
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import clean_line, shown

DateOrder = Literal["dmy", "mdy", "ymd"]
Record = tuple[int, list[str] | Invalid]

_DELIMITERS: Final = (";", ",", "\t")
_SAMPLE_LINES: Final = 200
_CHUNK: Final = 1 << 20
_LONGEST_LINE: Final = 1_000_000
_MOST_LINES_OF_A_RECORD: Final = 500

_EXCEL_HINT = re.compile(r'"?sep=([;,|\t])"?', re.IGNORECASE)
_PARENTHESIS = re.compile(r"\([^()]*\)")
_WITH_VAT = re.compile(r"in[ck]l", re.IGNORECASE)

_EMPTY = N_("The file is empty. Choose a file whose first line names the columns.")
_WORKBOOK = N_("The file is a workbook. Save it as CSV in the spreadsheet program, and import that.")
_XML = N_("The file is XML. Export it as CSV or Excel with a heading line, and import that as CSV.")
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
    """The names of the columns where the file has no heading line; empty when its first line names them."""

    @property
    def number_language(self) -> str:
        """The language whose numbers the file's are written like, for `money.parse_...`."""
        return "da" if self.decimal_comma else "en"


def sniff(data: bytes) -> CsvForm:
    """The form of a whole file that is in memory; see `sniff_file`."""
    return _sniff(lambda: io.BytesIO(data))


def sniff_file(path: Path) -> CsvForm:
    """The form of a file, from all of its values, with flat memory.

    UTF-8 and UTF-16 are recognised by their marks or by trial; anything else is Windows-1252. Where no value tells,
    the decimal mark is a comma, in comma-separated files a point, and dates begin with the day.

    Raises:
        Invalid: Not CSV, or one of Mamut's formats without headings whose columns are not known.
    """
    return _sniff(lambda: path.open("rb"))


def read_header(path: Path, form: CsvForm) -> tuple[str, ...]:
    """The names of the columns, as the rows of `read_rows` carry them.

    Raises:
        Invalid: The heading cannot be read.
    """
    with _opened(path, form) as stream:
        return _header(_records(stream, form.delimiter), form)


def read_rows(path: Path, form: CsvForm) -> Iterator[tuple[int, dict[str, str] | Invalid]]:
    """Each row by column name, or why it cannot be read, with the number of the line it begins on.

    Empty lines are passed over. Values that a line leaves out at its end are empty, for Excel writes such lines.
    Values are stripped, not cleaned: the record that takes them does that.

    Raises:
        Invalid: The heading cannot be read.
    """
    with _opened(path, form) as stream:
        records = _records(stream, form.delimiter)
        header = _header(records, form)
        for line, record in records:
            if isinstance(record, Invalid):
                yield line, record
                continue
            values = [value.strip() for value in record]
            if any(values):
                yield line, _row(header, values, form.delimiter)


def map_columns(header: Sequence[str], columns: Columns) -> dict[str, str]:
    """Which column of the file holds which of our fields; fields the file does not have are left out.

    What stands in parentheses may be missing from our tables (`Kostpris (kr.)`), unless it says that VAT is included.
    """
    named: dict[str, str] = {}
    for column in header:
        named.setdefault(fold_name(column), column)
    for column in header:
        if not _WITH_VAT.search(column):
            named.setdefault(fold_name(_PARENTHESIS.sub("", column)), column)
    mapped: dict[str, str] = {}
    taken: set[str] = set()
    for field, names in columns.items():
        candidates = (named.get(fold_name(name)) for name in names)
        column_of_field = next((column for column in candidates if column and column not in taken), None)
        if column_of_field:
            mapped[field] = column_of_field
            taken.add(column_of_field)
    return mapped


def _opened(path: Path, form: CsvForm) -> TextIO:
    return path.open(encoding=form.encoding, errors="replace", newline="")


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
    for line, record in records:
        if isinstance(record, Invalid):
            raise Invalid(_BAD_HEADING, line=line)
        names = [clean_line(name) for name in record]
        if any(names):
            return tuple(_each_once(names))
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

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._given_back: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        line = self._given_back.popleft() if self._given_back else self._read()
        if not line:
            return None
        self.number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str:
        """The next line, cut where it is longer than any sensible one."""
        line = rest = self._stream.readline(_LONGEST_LINE + 1)
        while len(rest) > _LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = self._stream.readline(_LONGEST_LINE + 1)
        return line


def _records(stream: TextIO, delimiter: str) -> Iterator[Record]:
    """The values of each record with the number of its first line."""
    lines = _Lines(stream)
    while (line := lines.take()) is not None:
        number = lines.number
        if number == 1 and _EXCEL_HINT.fullmatch(line.strip()):
            continue
        if len(line) > _LONGEST_LINE:
            yield number, Invalid(_TOO_LONG, limit=_LONGEST_LINE)
        elif '"' not in line:
            yield number, line.rstrip("\r\n").split(delimiter)
        else:
            yield number, _quoted_record(line, lines, delimiter)


def _quoted_record(line: str, lines: _Lines, delimiter: str) -> list[str] | Invalid:
    """The values of the record that begins with `line`, which may go on over line ends inside quotes."""
    following: list[str] = []

    def lines_of_record() -> Iterator[str]:
        yield line
        while len(following) < _MOST_LINES_OF_A_RECORD and (taken := lines.take()) is not None:
            following.append(taken)
            yield taken

    try:
        return next(csv.reader(lines_of_record(), delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error:
        lines.give_back(following)
        return Invalid(_BAD_QUOTES)


def _sniff(opened: Callable[[], BinaryIO]) -> CsvForm:
    with closing(opened()) as file:
        encoding = _encoding(file)
    with closing(opened()) as file:
        sample = list(islice(_text(file, encoding), _SAMPLE_LINES))
    delimiter = _delimiter(sample)
    form = CsvForm(encoding, delimiter, delimiter != ",", "dmy", _layout(sample, delimiter))
    with closing(opened()) as file:
        marks, orders = _votes(_records(_text(file, encoding), delimiter), form)
    if form.layout or marks["."] != marks[","]:
        comma = not form.layout and marks[","] > marks["."]
    else:
        comma = form.decimal_comma
    return CsvForm(encoding, delimiter, comma, _winner(orders), form.layout)


def _text(file: BinaryIO, encoding: str) -> TextIO:
    return io.TextIOWrapper(file, encoding, errors="replace", newline="")


def _encoding(file: BinaryIO) -> str:
    head = file.read(_CHUNK)
    if not head:
        raise Invalid(_EMPTY)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid(_WORKBOOK)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) // 10:
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while head:
            decoder.decode(head)
            head = file.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _delimiter(sample: list[str]) -> str:
    """The delimiter that gives the most known column names, then the most columns in the most lines."""
    if sample and (hint := _EXCEL_HINT.fullmatch(sample[0].strip())):
        return hint[1]
    return max(_DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))


def _fitness(sample: list[str], delimiter: str) -> tuple[int, float]:
    stream = io.StringIO("".join(sample), newline="")
    records = [record for _, record in _records(stream, delimiter) if isinstance(record, list) and any(record)]
    if not records:
        return 0, 0.0
    columns = len(records[0])
    known = sum(fold_name(name) in _known_names() for name in records[0])
    return known, (columns - 1) * sum(len(record) == columns for record in records) / len(records)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(
        fold_name(name)
        for columns in (CONTACT_COLUMNS, PRODUCT_COLUMNS)
        for names in columns.values()
        for name in names
    )


def _layout(sample: list[str], delimiter: str) -> tuple[str, ...]:
    first = next((line.strip() for line in sample if line.strip()), "")
    if first.startswith("<"):
        raise Invalid(_XML)
    name = first.split(delimiter)[0].strip('" ')
    if not re.fullmatch(MAMUT_FORMAT, name):
        return ()
    if name not in MAMUT_LAYOUTS:
        raise Invalid(_UNKNOWN_MAMUT, format=shown(name))
    return MAMUT_LAYOUTS[name]


_DATE = re.compile(r"([0-9]{1,4})[-./]([0-9]{1,2})[-./]([0-9]{1,4})(?:[ T].*)?")
_NUMBER = re.compile(r"[^0-9.,]{0,5}([0-9]*(?:[ \u00a0'][0-9]{3})*(?:[.,][0-9]+)+)[^0-9.,]{0,5}")


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
        for column, value in enumerate(record):
            if len(value) > 30:
                continue
            if (not numeric or column in numeric) and (mark := _decimal_mark(value)):
                marks[mark] += 1
            if order := _date_order(value):
                orders[order] += 1
    return marks, orders


def _decimal_mark(value: str) -> str | None:
    """The mark before the decimals, when the value leaves no doubt."""
    if not ("." in value or "," in value) or not (number := _NUMBER.fullmatch(value.strip())):
        return None
    parts: list[str] = re.split(r"[.,]", number[1])
    marks: list[str] = re.findall(r"[.,]", number[1])
    last = marks[-1]
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else None
    if len(marks) > 1:
        groups_of_three = all(len(part) == 3 for part in parts[1:])
        return ("," if last == "." else ".") if groups_of_three else None
    whole, decimals = parts
    doubtful = len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if doubtful else last


def _date_order(value: str) -> DateOrder | None:
    if not (date := _DATE.fullmatch(value.strip())):
        return None
    first, second = date[1], int(date[2])
    if len(first) == 4:
        return "ymd"
    if int(first) > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= int(first) else None


def _winner(orders: Counter[DateOrder]) -> DateOrder:
    return orders.most_common(1)[0][0] if orders else "dmy"
