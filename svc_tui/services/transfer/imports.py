"""Reading a file into the shop: the part that is the same whatever is read.

Lines are written in batches, each an act of its own with a place in the history: good ones are kept, each bad one is
reported with its number and the reason. The acts of one import belong together (`part_of`), and are undone together.
A second run of the same file changes nothing, so one that was cut off is simply started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TypeVar

from svc_tui.db.core import search
from svc_tui.db.core.changes import Changes, Value
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.rights import Right
from svc_tui.domain.text import search_key
from svc_tui.domain.transfer.csv_columns import Columns, Source, fold_name, nearest, sources, wanted_columns
from svc_tui.domain.transfer.csv_reading import CsvForm, Notes, read_header, read_rows, sniff_file
from svc_tui.domain.transfer.row_reading import RowReader
from svc_tui.services.core.session import Session

_TIDY_PAGES: Final = 2_000
"""Pages of the word index that are merged after an import, of which every batch leaves one."""

BATCH: Final = 1_000
"""Lines of one change set: the database is held for about a tenth of a second at a time."""

MOST_TOLD: Final = 1_000
"""So many changes of known rows are kept to be told; the others are counted."""

_TOTALS: Final = frozenset(
    ("i alt", "ialt", "total", "totalt", "totals", "sum", "summa", "subtotal", "grand total", "samlet", "sammenlagt")
)
_COUNTS: Final = frozenset(
    ("antal", "antall", "antal varer", "antal kunder", "antal kontakter", "antal linjer", "antal raekker",
     "antal rader", "antal poster", "count", "rows", "number of rows", "records", "lines")
)  # fmt: skip
"""What a line that counts the others begins with, before a colon."""
_CURRENCIES: Final = frozenset(("dkk", "nok", "sek", "eur", "kr", "kr."))
_NO_COLUMN = N_(
    "No column of the file is known: {header}. The first line must name the columns. svc-tui import --columns lists "
    "the names; --map “{first}=field” settles one that is not among them."
)

Progress = Callable[[int, int], None]
"""Told how many lines have been read, and of about how many: a value may hold line ends of its own."""

Remark = Callable[[Invalid], None]
"""Takes what is to be said of the line that is being read."""


class Asked(NamedTuple):
    """What the user settled about an import."""

    dry_run: bool = False
    """Count what would happen and write nothing."""
    encoding: str = ""
    """How the file is written; found when empty."""
    maps: tuple[str, ...] = ()
    """`column=field`, as the command line has it."""
    renumber: bool = False
    """A line whose number is somebody else's gets a new one."""
    overwrite: bool = False
    """A line whose number is somebody else's counts."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not taken, or not whole."""

    line: int
    reason: Invalid
    more: int = 0
    """On how many further lines the same is to be said."""


class Change(NamedTuple):
    """A field of a known row that a line changes."""

    line: int
    row: str
    """What the row is called."""
    field: str
    old: Value
    new: Value


class Column(NamedTuple):
    """What became of a column of the file."""

    name: str
    field: str
    """The field it is read into; empty when it is not read."""
    values: int = 0
    """How many of its values are not read."""
    nearest: str = ""
    """The known name most like it, where it is not read at all."""
    instead: str = ""
    """The column that is read into the field which this one is called after."""


@dataclass(slots=True)
class Report:
    """What became of a file, or would."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    passed: int = 0
    """Lines that are no rows: totals, repeated headings, pictures of a product."""
    bad: list[BadLine] = field(default_factory=list)
    said: dict[tuple[str, str], BadLine] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    changes_untold: int = 0
    form: CsvForm | None = None
    notes: Notes = field(default_factory=Notes)
    columns: list[Column] = field(default_factory=list)
    act: int | None = None
    """The act in the history that undoing takes back; None when nothing was written."""

    @property
    def read(self) -> int:
        """All lines."""
        return self.new + self.changed + self.unchanged + len(self.bad)

    @property
    def remarks(self) -> list[BadLine]:
        """What is said of lines that were taken; the same of many lines once."""
        return list(self.said.values())

    def remark(self, line: int, reason: Invalid) -> None:
        """Say something of a line that is taken."""
        key = (reason.message, "|".join(map(str, reason.values.values())))
        known = self.said.get(key)
        self.said[key] = BadLine(line, reason) if known is None else BadLine(known.line, known.reason, known.more + 1)

    def change(self, change: Change) -> None:
        """Tell what a line changes in a known row."""
        if len(self.changes) < MOST_TOLD:
            self.changes.append(change)
        else:
            self.changes_untold += 1


Parsed = TypeVar("Parsed")


class Importer(Protocol[Parsed]):
    """What knows one kind of row: takes lines in batches and writes them, or only says what it would do."""

    def take(self, lines: list[tuple[int, Parsed]], report: Report) -> None:
        """Decide about these lines and write them, as one act."""


class Acts:
    """The acts of one import, which belong together."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self._name = name
        self._first: int | None = None

    @contextmanager
    def next(self, report: Report) -> Iterator[Changes]:
        """The act of a further batch."""
        with self._session.act(self._name, Right.IMPORT_DATA) as changes:
            changes.part_of = self._first
            yield changes
        if self._first is None:
            self._first = report.act = changes.id


def run(
    session: Session,
    path: Path,
    columns: Columns,
    needed: tuple[str, ...],
    parse: Callable[[dict[str, str], CsvForm, Remark], Parsed | None],
    importer: Importer[Parsed],
    asked: Asked,
    progress: Progress | None,
    foreseen: Callable[[CsvForm, dict[str, str]], None] | None = None,
) -> Report:
    """Read a file through an importer.

    Args:
        session: Who imports.
        path: The file.
        columns: The names its columns may have, by field.
        needed: Fields of which at least one must have a column.
        parse: Makes a line of the texts by field; None for one that is no row. Raises Invalid.
        importer: What the lines are given to.
        asked: What the user settled.
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
    named = frozenset(pair.rpartition("=")[0].strip() for pair in asked.maps)
    form = sniff_file(path, asked.encoding, named)
    header = read_header(path, form)
    found = sources(header, columns, wanted_columns(asked.maps, header, columns))
    mapped = {name: entries[0].column for name, entries in found.items()}
    if not any(name in mapped for name in needed):
        names = [name for name in header if name]
        raise Invalid(_NO_COLUMN, header=", ".join(names[:8]), first=names[0] if names else "")
    if foreseen is not None:
        foreseen(form, mapped)
    report = Report(form=form)
    reader = RowReader(header, found)
    batch: list[tuple[int, Parsed]] = []
    for read, (line, record) in enumerate(read_rows(path, form, report.notes), 1):
        try:
            if isinstance(record, Invalid):
                raise record
            values = reader.values(record)
            parsed = None if _is_total(values) else parse(values, form, partial(report.remark, line))
            if parsed is None:
                report.passed += 1
            else:
                batch.append((line, parsed))
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
    report.columns = _columns(header, found, reader, columns)
    if report.new + report.changed and not asked.dry_run:
        search.tidy(session.store, _TIDY_PAGES)
    return report


def _is_total(values: dict[str, str]) -> bool:
    """Whether a line adds up the others."""
    first = next((values[name] for name in ("code", "number", "name") if name in values), "")
    text = search_key(first)
    head, colon, _ = text.partition(":")
    words = [word for word in text.rstrip(":. ").replace("(", " ").replace(")", " ").split() if word not in _CURRENCIES]
    return " ".join(words) in _TOTALS or bool(colon and head.strip() in _TOTALS | _COUNTS)


def _columns(
    header: Sequence[str], found: Mapping[str, Sequence[Source]], reader: RowReader, columns: Columns
) -> list[Column]:
    """What became of each column that is read or has values, in the order of the file."""
    fields = {source.column: name for name, entries in found.items() for source in entries}
    unread = {entry.column: entry.values for entry in reader.unread}
    told: list[Column] = []
    for name in filter(None, header):
        if name in fields:
            told.append(Column(name, fields[name], unread.get(name, 0)))
        elif name in reader.typed:
            told.append(Column(name, "phone/mobile", unread.get(name, 0)))
        elif name in unread:
            close = nearest(name, columns)
            if close and close[1] in found and fold_name(close[0]) == fold_name(name):
                told.append(Column(name, "", unread[name], instead=found[close[1]][0].column))
            else:
                told.append(Column(name, "", unread[name], f"{close[0]}={close[1]}" if close else ""))
    return told


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
    "post_code": "post_town",
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
