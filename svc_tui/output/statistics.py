"""A table of statistics as CSV, as a workbook and as JSON. Minutes and thousandths become hours with two decimals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.reports.figures import By, Group
from svc_tui.domain.reports.labels import BY_LABELS, COLUMNS
from svc_tui.i18n import translation_to
from svc_tui.output import csv_out
from svc_tui.output.activity_json import Json
from svc_tui.output.csv_out import Cell, decimal
from svc_tui.services.reports.statistics import Line, Table, Wanted

Figure = int | float | str | None
"""A cell of a workbook: numbers are numbers."""


def write(path: Path, table: Table, language: str) -> int:
    """Write a table to a file, by its ending; gives how many rows it has, all together among them.

    Args:
        path: Where; the ending says what is written.
        table: What.
        language: Of the headings and the numbers.

    Raises:
        Invalid: when the ending means nothing, or the disk is full.
        OSError: when it cannot be written.
    """
    ending = path.suffix.casefold()
    if ending == ".csv":
        return csv_out.write(path, _headings(table, language), csv_rows(table, language), language)
    if ending == ".xlsx":
        from svc_tui.output import xlsx_out

        return xlsx_out.write(path, _headings(table, language), _rows(table, language, lambda hours: hours))
    raise Invalid(N_("The ending of {file} says what is written: .csv or .xlsx."), file=path.name)


def csv_rows(table: Table, language: str) -> Iterable[Sequence[Cell]]:
    """The rows as a spreadsheet of the language reads them."""
    return _rows(table, language, lambda hours: decimal(f"{hours:.2f}", language))


def csv_text(table: Table, language: str) -> str:
    """The same as one text, with its headings."""
    return csv_out.as_text(_headings(table, language), csv_rows(table, language), language)


def _headings(table: Table, language: str) -> list[str]:
    translate = translation_to(language)
    return [translate(name) for name in (BY_LABELS[table.wanted.by], *COLUMNS)]


def _rows(table: Table, language: str, written: Callable[[float], Figure]) -> Iterable[list[Figure]]:
    translate = translation_to(language)
    for line in table.lines:
        yield [line.name or translate(N_("none")), *_figures(line.group, written)]
    yield [translate(N_("All")), *_figures(table.all.group, written)]


def _figures(group: Group, written: Callable[[float], Figure]) -> list[Figure]:
    def hours(minutes: int | None) -> Figure:
        return None if minutes is None else written(round(minutes / 60, 2))

    return [
        group.registered, group.finished, group.open, hours(group.median), hours(group.ninetieth), group.waits,
        written(round(group.hours / 1_000, 2)), group.devices, group.back, group.fixed,
    ]  # fmt: skip


def as_object(table: Table) -> Json:
    """The table for another program: times in minutes and seconds of the shop's hours, work in hours."""
    wanted = table.wanted
    first, last = (day.isoformat() if day else None for day in wanted.period)
    return {
        "by": wanted.by.value,
        "basis": wanted.basis.value,
        "first": first,
        "last": last,
        "filter": wanted.text,
        "groups": [_object(line, wanted) for line in table.lines],
        "all": _object(table.all, wanted),
        "left_out": table.more,
    }


def _object(line: Line, wanted: Wanted) -> Json:
    group = line.group
    return {
        "name": line.name or None,
        "filter": None if wanted.by is By.MONTH else line.term,
        "registered": group.registered,
        "finished": group.finished,
        "open": group.open,
        "median_minutes": group.median,
        "ninetieth_minutes": group.ninetieth,
        "turnaround_seconds": group.turnaround,
        "waited_seconds": group.waited,
        "hours": group.hours / 1_000,
        "on_devices": group.devices,
        "back_within_30_days": group.back,
    }
