"""Reads a shop's list in any usual form: encoding, delimiter, heading, decimal mark and date order are found in it.

Rows stream: nothing but the record at hand is kept. A line that cannot be read is handed out as an error with its
number, and reading goes on with the next line, also after a quote that was never closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.transfer import other_files
from svc_tui.domain.transfer.csv_columns import map_columns
from svc_tui.domain.transfer.csv_form import sniff_file
from svc_tui.domain.transfer.csv_marks import unwrapped
from svc_tui.domain.transfer.csv_records import CsvForm, Lines, Notes, each_once, heading_of, read_records
from svc_tui.domain.transfer.file_encoding import Text

__all__ = ["CsvForm", "Notes", "map_columns", "read_header", "read_rows", "sniff_file"]

_TOO_MANY_VALUES = N_(
    "This line has {found} values, but the heading has {expected}. Put quotes around values that contain “{delimiter}”."
)


def read_header(path: Path, form: CsvForm) -> tuple[str, ...]:
    """The names of the columns, as the rows of `read_rows` carry them.

    Raises:
        Invalid: The heading cannot be read.
    """
    if form.kind != "csv":
        return form.layout
    with path.open("rb") as file:
        return heading_of(read_records(Lines(file, form), form.delimiter), form)


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
        records = read_records(Lines(file, form, notes), form.delimiter)
        header = heading_of(records, form)
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
            if values[0] == header[0] and not form.layout and tuple(each_once(values[: len(header)])) == header:
                notes.headings += 1
                continue
            yield line, _row(header, values, form.delimiter)


def _row(header: tuple[str, ...], values: list[str], delimiter: str) -> dict[str, str] | Invalid:
    if any(values[len(header) :]):
        shown_delimiter = "Tab" if delimiter == "\t" else delimiter
        return Invalid(_TOO_MANY_VALUES, found=len(values), expected=len(header), delimiter=shown_delimiter)
    values += [""] * (len(header) - len(values))
    return {name: value for name, value in zip(header, values, strict=False) if name}


def _text_lines(path: Path, form: CsvForm, notes: Notes) -> Iterator[tuple[int, Text]]:
    with path.open("rb") as file:
        lines = Lines(file, form, notes)
        while (text := lines.take()) is not None:
            yield lines.number, text
