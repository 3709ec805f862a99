"""`svc-tui statistics`: what came, what was finished and how long it took."""

from __future__ import annotations

import argparse
from pathlib import Path

from svc_tui.commandline.table import print_table
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.reports.figures import Basis, By
from svc_tui.domain.reports.labels import BY_LABELS
from svc_tui.domain.reports.periods import read_period
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.output import statistics as out
from svc_tui.output.activity_json import json_line
from svc_tui.services.core.session import Session
from svc_tui.services.reports import statistics
from svc_tui.services.reports.statistics import Line, Table, Wanted


def show(session: Session, options: argparse.Namespace) -> None:
    """Print a table of statistics, or write it to a file.

    Raises:
        Invalid: when it cannot be told what is meant, or the file cannot be written.
        NotAllowed: when this role may not see it.
    """
    text = " ".join(options.filter)
    period = read_period(options.period, session.now(), session.language) if options.period else None
    wanted = Wanted(
        By(options.by), period or statistics.usual_period(session), Basis(options.basis), text
    )  # fmt: skip
    is_for_people = not (options.json or options.csv or options.output)
    most = statistics.MOST if is_for_people else statistics.ALL
    table = statistics.whole(session, statistics.counts(session, wanted, most))
    if options.output:
        path = Path(options.output)
        count = _written(path, table, session.language)
        print(_("{count} rows are in {file}.").format(count=count, file=path))
    elif options.json:
        print(json_line(out.as_object(table)))
    elif options.csv:
        print(out.csv_text(table, session.language), end="")
    else:
        _print(session, table)


def _written(path: Path, table: Table, language: str) -> int:
    if path.exists():
        raise Invalid(N_("{file} is there already: name a new file."), field="output", file=path)
    return out.write(path, table, language)


def _print(session: Session, table: Table) -> None:
    formats = Formats(session.language, session.now, _)
    titles = [
        _(BY_LABELS[table.wanted.by]), *(title.partition("|")[0] for title in (
            _("In|statistics"), _("Out|statistics"), _("Open|statistics"),
        )), _("Median h"), _("90% h"), _("Waits"), _("Fixed"), _("Hours"),
    ]  # fmt: skip
    rows = [_row(formats, line, line.name or _("none")) for line in table.lines]
    print_table(titles, [*rows, _row(formats, table.all, _("All"))], range(1, len(titles)))
    if table.more:
        print(n_("{count} more is not shown.", "{count} more are not shown.", table.more).format(count=table.more))


def _row(formats: Formats, line: Line, name: str) -> list[str]:
    group = line.group

    def hours(minutes: int | None) -> str:
        return "" if minutes is None else formats.hours(minutes * 60)

    def per_cent(value: int | None) -> str:
        return "" if value is None else f"{value}%"

    return [
        name, str(group.registered), str(group.finished), str(group.open), hours(group.median), hours(group.ninetieth),
        per_cent(group.waits), per_cent(group.fixed), formats.hours(group.hours * 18 // 5),
    ]  # fmt: skip
