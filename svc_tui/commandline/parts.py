"""`svc-tui purchase` and `arrive`: what jobs lack is ordered, and what comes in is booked."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from svc_tui.commandline.table import print_table
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import parse_quantity
from svc_tui.domain.text import search_key, shown
from svc_tui.formats import Formats
from svc_tui.i18n import _
from svc_tui.output.activity_json import json_line
from svc_tui.output.paper.plain import plain
from svc_tui.output.paper.readers import reader_in
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import arrivals
from svc_tui.services.stock import part_papers, purchasing, receiving
from svc_tui.services.stock.purchasing import Owed, ToOrder
from svc_tui.services.stock.receiving import Arrived


def purchase(session: Session, options: argparse.Namespace) -> None:
    """Print what jobs lack, order it of a supplier, or print an order.

    Raises:
        DomainError: when there is nothing to order, or no such order.
    """
    if options.number is not None:
        _write(session, options.number, options.out)
    elif options.supplier:
        _order(session, options)
    else:
        _show_lacking(session, purchasing.to_order(session), as_json=options.json)


def _show_lacking(session: Session, rows: list[ToOrder], *, as_json: bool) -> None:
    formats = Formats(session.language, session.now, _)
    if as_json:
        for row in rows:
            print(json_line({
                "supplier": row.supplier_name or None, "code": row.supplier_code or row.code, "text": row.text,
                "quantity": row.quantity / 1000, "jobs": list(row.jobs),
            }))  # fmt: skip
        return
    print_table(
        (_("Supplier"), _("Code"), _("Text"), _("Qty"), _("Jobs")),
        [
            (
                row.supplier_name or "-", row.supplier_code or row.code, row.text, formats.quantity(row.quantity),
                ", ".join(map(str, row.jobs)),
            )
            for row in rows
        ],
        {3},
    )  # fmt: skip


def _order(session: Session, options: argparse.Namespace) -> None:
    wanted = search_key(options.supplier)
    rows = [row for row in purchasing.to_order(session) if wanted in search_key(row.supplier_name)]
    if len({row.supplier for row in rows}) > 1:
        raise Invalid(N_("Several suppliers have that name: write more of it."), field="supplier")
    if not rows:
        raise Invalid(N_("No job lacks a part of {name}."), field="supplier", name=options.supplier)
    expected = None
    if options.expected:
        expected = purchasing.on_day(session, Formats(session.language, session.now, _).read_typed(options.expected))
    for number in purchasing.order(session, rows, expected):
        print(_("Ordered: order {number}.").format(number=number))


def _write(session: Session, number: int, out: str | None) -> None:
    sheet = part_papers.order_sheet(session, number, reader_in(session.language))
    if out is None:
        print(plain(sheet), end="")
        return
    path = Path(out)
    if path.suffix.casefold() == ".pdf":
        from svc_tui.output.paper.pdf import pdf

        content = pdf(sheet)
        with path.open("xb") as file:
            file.write(content)
    elif path.suffix.casefold() == ".csv":
        with path.open("x", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(part_papers.order_csv(session, number))
    else:
        with path.open("x", encoding="utf-8") as file:
            file.write(plain(sheet))


def arrive(session: Session, options: argparse.Namespace) -> None:
    """Print what suppliers owe, or book what came.

    Raises:
        DomainError: when the code means no line, or several.
    """
    rows = purchasing.outstanding(session)
    if options.code is None:
        _show_owed(session, rows, as_json=options.json)
        return
    formats = Formats(session.language, session.now, _)
    found = arrivals.find(session, options.code, rows)
    if len(found) != 1:
        raise Invalid(
            N_("{count} lines of orders fit {text}: name exactly one."),
            field="code",
            count=len(found),
            text=options.code,
        )
    row = found[0]
    pieces = parse_quantity(options.quantity, session.language) if options.quantity else row.outstanding
    receipt = receiving.receive(session, Arrived(row.id, pieces))
    for entry in receipt.for_jobs:
        print(shown(_("{count} to job {number}{shelf}").format(
            count=formats.quantity(entry.pieces), number=entry.job.number,
            shelf=f" ({entry.job.device_shelf})" if entry.job.device_shelf else "")))  # fmt: skip
    if receipt.to_stock:
        shelf = f" ({receipt.shelf})" if receipt.shelf else ""
        count = formats.quantity(receipt.to_stock)
        print(shown(_("{count} to stock{shelf}").format(count=count, shelf=shelf)))
    _tell_proposals(session, receipt.lines, moves=options.move)


def _tell_proposals(session: Session, lines: tuple[int, ...], *, moves: bool) -> None:
    found = arrivals.proposals(session, lines)
    ticked = [one for one in found if one.ticked]
    if moves and ticked:
        arrivals.move(session, ticked)
    for one in found:
        told = one.status_name if one.ticked else _(one.why)
        print(shown(f"{one.number} {one.subject}: {told}" + ("" if moves or not one.ticked else " (--move)")))


def _show_owed(session: Session, rows: list[Owed], *, as_json: bool) -> None:
    formats = Formats(session.language, session.now, _)
    if as_json:
        for row in rows:
            print(json_line({
                "order": row.number, "supplier": row.supplier_name or None, "code": row.code, "text": row.text,
                "outstanding": row.outstanding / 1000, "expected": _day(row.expected),
                "jobs": list(row.jobs),
            }))  # fmt: skip
        return
    print_table(
        (_("Expected"), _("Supplier"), _("Code"), _("Text"), _("Qty"), _("Jobs"), _("Order")),
        [
            (
                formats.day(row.expected) or _("unknown"), row.supplier_name or "-", row.code, row.text,
                formats.quantity(row.outstanding), ", ".join(map(str, row.jobs)) or _("stock"), str(row.number),
            )
            for row in rows
        ],
        {4, 6},
    )  # fmt: skip


def _day(seconds: int | None) -> str | None:
    return None if seconds is None else clock.local(seconds).date().isoformat()
