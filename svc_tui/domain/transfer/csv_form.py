"""Finds in a list in which form it is written: encoding, delimiter, heading, decimal mark and date order."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import shown
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
from svc_tui.domain.transfer.csv_records import EMPTY, EXCEL_HINT, CsvForm, Lines, Record, heading_of, read_records
from svc_tui.domain.transfer.file_encoding import (
    byte_lines,
    known_encoding,
    survey,
    wide_encoding,
)

_DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE_LINES: Final = 200
_HEADING_AMONG: Final = 25
"""A heading stands in the first so many records: lists have titles, dates and empty lines above it."""
_CHUNK: Final = 1 << 16
_WORKBOOK = N_("The file is a workbook. Save it as CSV in the spreadsheet program, and import that.")
_UNKNOWN_MAMUT = N_(
    "The file is in Mamut's format {format}, which does not name its columns. "
    "Put a line with the column names above the first line, and import it again."
)


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


def _sniff(opened: Callable[[], BinaryIO], said: str, named: frozenset[str]) -> CsvForm:
    form = _encoded(opened, said)
    with closing(opened()) as file:
        sample = [text for _, text in islice(_taken(Lines(file, form)), _SAMPLE_LINES)]
    kind = other_files.kind_of(sample)
    if kind != "csv":
        with closing(opened()) as file:
            columns = other_files.columns(file, kind, _taken(Lines(file, form)))
        return replace(form, kind=kind, layout=columns, decimal_comma=False)
    delimiter, inner, heading = _delimiter(sample, named)
    form = replace(form, delimiter=delimiter, inner=inner, heading=heading, layout=_layout(sample, delimiter))
    form = replace(form, decimal_comma=form.within != ",")
    with closing(opened()) as file:
        marks, orders = _votes(read_records(Lines(file, form), delimiter), form)
    comma = form.decimal_comma
    if form.layout or marks["."] != marks[","]:
        comma = not form.layout and marks[","] > marks["."]
    return replace(form, decimal_comma=comma, date_order=usual_order(orders))


def _taken(lines: Lines) -> Iterator[tuple[int, str]]:
    while (text := lines.take()) is not None:
        yield lines.number, text.text


def _encoded(opened: Callable[[], BinaryIO], said: str) -> CsvForm:
    """The form of a file, of which nothing but the encoding is known yet."""
    with closing(opened()) as file:
        head = file.read(_CHUNK)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"):
        raise Invalid(EMPTY)
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
    if sample and (hint := EXCEL_HINT.fullmatch(sample[0].strip())):
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
    read = read_records(Lines(data, CsvForm("utf-8", delimiter, True, "dmy", is_forced=True)), delimiter)
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
    header = heading_of(records, form)
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
