"""`svc-tui import`: reads a file into the shop and says what it understood, what it changed and what it left."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from svc_tui.commandline.progress import bar
from svc_tui.commandline.running import OK, REFUSED
from svc_tui.domain.language.money import format_amount, format_percent
from svc_tui.domain.text import clean_line, shown
from svc_tui.domain.transfer.csv_columns import CONTACT_COLUMNS, PRODUCT_COLUMNS
from svc_tui.domain.transfer.file_encoding import label
from svc_tui.i18n import _, n_
from svc_tui.services.core.session import Session
from svc_tui.services.transfer.imports import Asked, BadLine, Change, Report

_LONGEST_VALUE = 60
_SEPARATORS = {"\t": "Tab", " ": "blank"}


def asked(options: argparse.Namespace) -> Asked:
    """What the arguments settle."""
    return Asked(
        dry_run=options.dry_run,
        encoding=options.encoding or "",
        maps=tuple(options.map or ()),
        renumber=options.renumber,
        overwrite=options.overwrite,
    )


def show_columns(kind: str | None) -> None:
    """Print the fields and the names of columns that are read into them."""
    for name, columns in (("contacts", CONTACT_COLUMNS), ("products", PRODUCT_COLUMNS)):
        if kind in (None, name):
            print(f"{name}:")
            for field, names in columns.items():
                print(f"  {field}: {', '.join(dict.fromkeys(names))}")


def read(session: Session, kind: str, path: Path, wanted: Asked) -> int:
    """Import contacts or products and tell what became of every line; the exit code is 1 when one was not taken.

    Raises:
        Invalid: when the file cannot be read at all.
        NotAllowed, DatabaseTrouble.
    """
    from svc_tui.services.transfer.import_contacts import import_contacts
    from svc_tui.services.transfer.import_products import import_products

    importing = import_contacts if kind == "contacts" else import_products
    try:
        with bar(_("Reading lines")) as progress:
            report = importing(session, path, progress=progress, asked=wanted)
    except KeyboardInterrupt:
        if not wanted.dry_run:
            print(_("Broken off. What was read so far is kept; the same file may be read again."), file=sys.stderr)
        raise
    for told in (*_form(report), *_columns(report), *_changes(session, report, dry_run=wanted.dry_run)):
        print(shown(told))
    for entry in sorted(chain(report.bad, report.remarks), key=lambda entry: entry.line):
        print(_told(entry), file=sys.stderr)
    print(_summary(report, dry_run=wanted.dry_run))
    if report.act is not None:
        print(_("svc-tui undo {act} takes it back.").format(act=report.act))
    return REFUSED if report.bad else OK


# -- what was understood -------------------------------------------------------------------------------------------


def _form(report: Report) -> Iterator[str]:
    form, notes = report.form, report.notes
    if form is None:
        return
    if form.kind == "csv":
        separator = _SEPARATORS.get(form.within, form.within)
        decimals = _("decimal comma") if form.decimal_comma else _("decimal point")
        yield _("The file: {encoding}, columns parted by “{separator}”, {decimals}.").format(
            encoding=label(form.encoding), separator=separator, decimals=decimals
        )
    else:
        yield _("The file: {encoding}, {kind}.").format(encoding=label(form.encoding), kind=form.kind)
    if notes.old:
        yield n_(
            "{count} line is not UTF-8 and was read as {encoding}: line {line}.",
            "{count} lines are not UTF-8 and were read as {encoding}; the first is line {line}.",
            notes.old,
        ).format(count=notes.old, encoding=label(form.old), line=notes.first_old)
    if notes.new:
        yield n_(
            "{count} line is not {encoding} and was read as UTF-8: line {line}.",
            "{count} lines are not {encoding} and were read as UTF-8; the first is line {line}.",
            notes.new,
        ).format(count=notes.new, encoding=label(form.encoding), line=notes.first_new)
    if notes.twice:
        yield n_(
            "{count} line was UTF-8 encoded twice and was put right: line {line}.",
            "{count} lines were UTF-8 encoded twice and were put right; the first is line {line}.",
            notes.twice,
        ).format(count=notes.twice, line=notes.first_twice)
    if notes.wrapped:
        yield n_(
            "{count} line was one quoted value and was taken apart: line {line}.",
            "{count} lines were one quoted value each and were taken apart; the first is line {line}.",
            notes.wrapped,
        ).format(count=notes.wrapped, line=notes.first_wrapped)
    passed = report.passed + notes.headings
    if passed:
        yield n_(
            "{count} line is no row (a total or a repeated heading) and was passed over.",
            "{count} lines are no rows (totals, repeated headings) and were passed over.",
            passed,
        ).format(count=passed)


def _columns(report: Report) -> Iterator[str]:
    read = [f"{column.name}={column.field}" for column in report.columns if column.field]
    yield _("Columns read: {columns}.").format(columns=", ".join(read))
    for column in report.columns:
        values = n_("{count} value", "{count} values", column.values).format(count=column.values)
        if column.field and column.values:
            yield _("Not read: {values} of {column}, where another column has the field already.").format(
                values=values, column=column.name
            )
        elif not column.field and column.instead:
            yield _("Not read: {column} ({values}); {other} is read into that field.").format(
                column=column.name, values=values, other=column.instead
            )
        elif not column.field and column.nearest:
            yield _("Not read: {column} ({values}). The nearest name: {nearest}; --map settles it.").format(
                column=column.name, values=values, nearest=column.nearest
            )
        elif not column.field:
            yield _("Not read: {column} ({values}).").format(column=column.name, values=values)


def _changes(session: Session, report: Report, *, dry_run: bool) -> Iterator[str]:
    names = {column.field: column.name for column in reversed(report.columns) if column.field}
    for change in report.changes:
        yield _("line {line}: {row}: {column} {old} -> {new}").format(
            line=change.line,
            row=change.row,
            column=names.get(change.field, change.field),
            old=_value(session, change, change.old),
            new=_value(session, change, change.new),
        )
    if report.changes_untold:
        yield n_(
            "{count} further change is not listed.", "{count} further changes are not listed.", report.changes_untold
        ).format(count=report.changes_untold)


def _value(session: Session, change: Change, value: object) -> str:
    if value is None or value == "":
        return _("(empty)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if change.field in ("price", "cost") and isinstance(value, int):
        return format_amount(value, session.language)
    if change.field == "vat_rate" and isinstance(value, int):
        return f"{format_percent(value, session.language)} %"
    text = clean_line(str(value), _LONGEST_VALUE + 1)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


# -- what became of the lines --------------------------------------------------------------------------------------


def _told(entry: BadLine) -> str:
    told = _("line {line}: {reason}").format(line=entry.line, reason=entry.reason.sentence(_))
    if entry.more:
        told += " " + n_("(And {count} line more.)", "(And {count} lines more.)", entry.more).format(count=entry.more)
    return shown(told)


def _summary(report: Report, *, dry_run: bool) -> str:
    counts = _("{new} new, {changed} changed, {unchanged} unchanged, {bad} bad").format(
        new=report.new, changed=report.changed, unchanged=report.unchanged, bad=len(report.bad)
    )
    told = n_("{count} line: {counts}.", "{count} lines: {counts}.", report.read).format(
        count=report.read, counts=counts
    )
    unwritten = _("Nothing was written.")
    return f"{told} {unwritten}" if dry_run else told
