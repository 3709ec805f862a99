"""Reading a CSV file into the shop: the part that is the same whatever is read.

Lines are written in batches, each an act of its own with a place in the history: good ones are kept, each bad one is
reported with its number and the reason. A second run of the same file changes nothing, so one that was cut off
is simply started again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, TypeVar

from svc_tui.domain.csv_columns import Columns
from svc_tui.domain.csv_reading import CsvForm, map_columns, read_header, read_rows, sniff_file
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.rights import Right
from svc_tui.services.session import Session

BATCH: Final = 1_000
"""Lines of one change set: the database is held for about a tenth of a second at a time."""

_GUARDED: Final = frozenset("=+-@")

Progress = Callable[[int, int], None]
"""Told how many lines have been read, and of about how many: a value may hold line ends of its own."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not taken, or not whole."""

    line: int
    reason: Invalid


@dataclass(slots=True)
class Report:
    """What became of a file, or would."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[BadLine] = field(default_factory=list)
    remarks: list[BadLine] = field(default_factory=list)
    """Lines that were taken, but for what is said of them."""

    @property
    def read(self) -> int:
        """All lines."""
        return self.new + self.changed + self.unchanged + len(self.bad)

    def add(self, other: Report) -> None:
        """Count what became of some lines more."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.bad += other.bad
        self.remarks += other.remarks


Parsed = TypeVar("Parsed")


class Importer(Protocol[Parsed]):
    """What knows one kind of row: takes lines in batches and writes them, or only says what it would do."""

    def take(self, lines: list[tuple[int, Parsed]], report: Report) -> None:
        """Decide about these lines and write them, as one act."""


def run(
    session: Session,
    path: Path,
    columns: Columns,
    needed: tuple[str, ...],
    parse: Callable[[dict[str, str], CsvForm], Parsed],
    importer: Importer[Parsed],
    progress: Progress | None,
    foreseen: Callable[[CsvForm, dict[str, str]], None] | None = None,
) -> Report:
    """Read a file through an importer.

    Args:
        session: Who imports.
        path: The file.
        columns: The names its columns may have, by field.
        needed: Fields of which at least one must have a column.
        parse: Makes a line of the texts by field; raises Invalid.
        importer: What the lines are given to.
        progress: Told how many lines have been read, and of about how many.
        foreseen: Told the form of the file and its columns by field, before the first line.

    Raises:
        Invalid: when the file cannot be read at all; nothing has been written then.
        NotAllowed, DatabaseTrouble: batches before the trouble are written; start it again afterwards.
    """
    session.require(Right.IMPORT_DATA)
    lines = _count_lines(path)
    if progress is not None:
        progress(0, lines)
    form = sniff_file(path)
    header = read_header(path, form)
    mapped = map_columns(header, columns)
    if not any(name in mapped for name in needed):
        raise Invalid(
            N_("No column of the file is known: {header}. The first line must name the columns."),
            header=", ".join(header[:8]),
        )
    if foreseen is not None:
        foreseen(form, mapped)
    report = Report()
    batch: list[tuple[int, Parsed]] = []
    for read, (line, record) in enumerate(read_rows(path, form), 1):
        try:
            if isinstance(record, Invalid):
                raise record
            values = {name: _unquoted(record[column]) for name, column in mapped.items()}
            batch.append((line, parse(values, form)))
        except Invalid as refused:
            report.bad.append(BadLine(line, refused))
        if len(batch) >= BATCH:
            importer.take(batch, report)
            batch = []
        if progress is not None and read % 100 == 0:
            progress(min(read, lines), lines)
    if batch:
        importer.take(batch, report)
    for entry in (*report.bad, *report.remarks):
        _name_columns(entry.reason, mapped)
    report.bad.sort(key=lambda bad: bad.line)
    return report


def _count_lines(path: Path) -> int:
    """Line ends of a file, at least one; it is read in no time compared with what follows."""
    with path.open("rb") as file:
        return max(sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")), 1)


_READ_FROM: Final = {
    "name": "person_name",
    "is_company": "is_private",
    "is_supplier": "supplier_number",
    "external_key": "supplier_number",
    "address": "address_2",
    "cost": "purchase_price",
    "supplier": "supplier_number",
}
"""Which other column a field may have come from."""


def _name_columns(reason: Invalid, mapped: dict[str, str]) -> None:
    """Have a refusal call the columns what the file calls them, not what our tables do."""
    for place in ("column", "fields"):
        if place in reason.values:
            fields = str(reason.values[place]).split(", ")
            found = (mapped.get(field) or mapped.get(_READ_FROM.get(field, "")) or field for field in fields)
            reason.values[place] = ", ".join(found)


def _unquoted(value: str) -> str:
    """Without the quote that keeps a spreadsheet from running a cell, in our own exports and others'."""
    return value[1:] if value[:1] == "'" and value[1:2] in _GUARDED else value
