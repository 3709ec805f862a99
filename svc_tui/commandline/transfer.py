"""`svc-tui import` and `svc-tui export`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from svc_tui.commandline.progress import bar
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.queries import OLDEST_FIRST, ActivityQuery
from svc_tui.domain.text import shown
from svc_tui.i18n import _, n_
from svc_tui.output import csv_out, tables
from svc_tui.output.activity_json import Json, json_line
from svc_tui.output.csv_out import Cell
from svc_tui.output.files import written
from svc_tui.services import export
from svc_tui.services.filtering import resolve_terms
from svc_tui.services.imports import BadLine, Report
from svc_tui.services.session import Session


def read(session: Session, kind: str, path: Path, *, dry_run: bool) -> int:
    """Import contacts or products and tell what became of every line; the exit code is 1 when none could be taken.

    Raises:
        Invalid: when the file cannot be read at all.
        NotAllowed, DatabaseTrouble.
    """
    from svc_tui.services.import_contacts import import_contacts
    from svc_tui.services.import_products import import_products

    importing = import_contacts if kind == "contacts" else import_products
    try:
        with bar(_("Reading lines")) as progress:
            report = importing(session, path, dry_run=dry_run, progress=progress)
    except KeyboardInterrupt:
        if not dry_run:
            print(_("Broken off. What was read so far is kept; the same file may be read again."), file=sys.stderr)
        raise
    for entry in sorted(chain(report.bad, report.remarks), key=lambda entry: entry.line):
        print(_told(entry), file=sys.stderr)
    print(_summary(report, dry_run=dry_run))
    return 1 if report.bad and len(report.bad) == report.read else 0


def _told(entry: BadLine) -> str:
    return shown(_("line {line}: {reason}").format(line=entry.line, reason=entry.reason.sentence(_)))


def _summary(report: Report, *, dry_run: bool) -> str:
    counts = _("{new} new, {changed} changed, {unchanged} unchanged, {bad} bad").format(
        new=report.new, changed=report.changed, unchanged=report.unchanged, bad=len(report.bad)
    )
    told = n_("{count} line: {counts}.", "{count} lines: {counts}.", report.read).format(
        count=report.read, counts=counts
    )
    unwritten = _("Nothing was written.")
    return f"{told} {unwritten}" if dry_run else told


# -- export ------------------------------------------------------------------------------------------------------


def write(session: Session, kind: str, path: Path, terms: Sequence[str] = ()) -> None:
    """Export activities, contacts or products to a CSV or JSON file, by its ending.

    Args:
        session: Who exports.
        kind: What.
        path: The file.
        terms: Of the activities only those that pass this filter, as on the screen.

    Raises:
        Invalid: when that cannot be exported so.
        NotAllowed, DatabaseTrouble, OSError: nothing is left of the file then, a former one of that name stays.
    """
    if kind == "orders":
        raise Invalid(N_("Orders cannot be exported yet. Export activities, contacts or products."))
    if terms and kind != "activities":
        raise Invalid(N_("Only activities are exported by a filter."))
    query = resolve_terms(session, None, terms)._replace(order=OLDEST_FIRST)
    ending = path.suffix.casefold()
    if ending == ".csv":
        count = csv_out.write(path, *_rows(session, kind, query), session.language)
    elif ending == ".json":
        count = _write_json(path, _objects(session, kind, query))
    elif ending == ".xlsx":
        raise Invalid(N_("Excel files cannot be written yet. Name a file that ends in .csv: Excel opens it."))
    else:
        raise Invalid(N_("The ending of {file} says what is written: .csv or .json."), file=path.name)
    print(n_("{count} row was written to {file}.", "{count} rows were written to {file}.", count).format(
        count=count, file=shown(str(path))
    ))  # fmt: skip


def _rows(session: Session, kind: str, query: ActivityQuery) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    header: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    if kind == "activities":
        header, rows = tables.ACTIVITY_HEADER, tables.activity_rows(session, export.activities(session, query))
    elif kind == "contacts":
        header, rows = tables.CONTACT_HEADER, tables.contact_rows(export.contacts(session))
    else:
        header, rows = tables.PRODUCT_HEADER, tables.product_rows(session, export.products(session))
    return [_(name) for name in header], rows


def _objects(session: Session, kind: str, query: ActivityQuery) -> Iterator[Json]:
    if kind == "activities":
        return tables.activity_objects(session, export.activities(session, query))
    if kind == "contacts":
        return export.contacts(session)
    return tables.product_objects(export.products(session))


def _write_json(path: Path, objects: Iterator[Json]) -> int:
    count = 0
    with written(path, encoding="utf-8") as file:
        for found in objects:
            file.write(json_line(found) + "\n")
            count += 1
    return count
