"""`svc-tui export`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.queries import OLDEST_FIRST, ActivityQuery
from svc_tui.domain.text import shown
from svc_tui.i18n import n_, translation_to
from svc_tui.output import csv_out, tables
from svc_tui.output.activity_json import Json, json_line
from svc_tui.output.csv_out import Cell
from svc_tui.output.files import written
from svc_tui.services.core.session import Session
from svc_tui.services.filters.filtering import resolve_terms
from svc_tui.services.transfer import export


def write(
    session: Session, kind: str, path: Path, terms: Sequence[str] = (), wanted_language: str | None = None
) -> None:
    """Export activities, contacts, devices or products to a CSV or JSON file, by its ending.

    Args:
        session: Who exports.
        kind: What.
        path: The file.
        terms: Of the activities only those that pass this filter, as on the screen.
        wanted_language: Of a CSV file's headings and numbers; the shop's for None, whoever exports.

    Raises:
        Invalid: when that cannot be exported so.
        NotAllowed, DatabaseTrouble, OSError: nothing is left of the file then, a former one of that name stays.
    """
    if kind == "orders":
        raise Invalid(N_("Orders cannot be exported yet. Export activities, contacts, devices or products."))
    if terms and kind != "activities":
        raise Invalid(N_("Only activities are exported by a filter."))
    query = resolve_terms(session, None, terms).query._replace(order=OLDEST_FIRST)
    ending = path.suffix.casefold()
    language = wanted_language or session.registers.company.language
    if ending == ".csv":
        count = csv_out.write(path, *_rows(session, kind, query, language), language)
    elif ending == ".json":
        count = _write_json(path, _objects(session, kind, query))
    elif ending == ".xlsx":
        raise Invalid(N_("Excel files cannot be written yet. Name a file that ends in .csv: Excel opens it."))
    else:
        raise Invalid(N_("The ending of {file} says what is written: .csv or .json."), file=path.name)
    print(n_("{count} row was written to {file}.", "{count} rows were written to {file}.", count).format(
        count=count, file=shown(str(path))
    ))  # fmt: skip


def _rows(
    session: Session, kind: str, query: ActivityQuery, language: str
) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    header: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    if kind == "activities":
        header, rows = (
            tables.ACTIVITY_HEADER,
            tables.activity_rows(session, export.activities(session, query), language),
        )
    elif kind == "contacts":
        header, rows = tables.CONTACT_HEADER, tables.contact_rows(export.contacts(session))
    elif kind == "devices":
        header, rows = tables.DEVICE_HEADER, tables.device_rows(export.devices(session))
    else:
        header, rows = tables.PRODUCT_HEADER, tables.product_rows(export.products(session), language)
    translate = translation_to(language)
    return [translate(name) for name in header], rows


def _objects(session: Session, kind: str, query: ActivityQuery) -> Iterator[Json]:
    if kind == "activities":
        return tables.activity_objects(session, export.activities(session, query))
    if kind == "contacts":
        return export.contacts(session)
    if kind == "devices":
        return export.devices(session)
    return tables.product_objects(export.products(session))


def _write_json(path: Path, objects: Iterator[Json]) -> int:
    count = 0
    with written(path, encoding="utf-8") as file:
        for found in objects:
            file.write(json_line(found) + "\n")
            count += 1
    return count
