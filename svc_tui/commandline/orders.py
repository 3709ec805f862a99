"""Service orders from the command line: made, let out, billed, credited, read back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.money import format_amount, parse_amount, parse_quantity
from svc_tui.domain.orders.labels import KIND_LABELS, PROGRESS_LABELS
from svc_tui.domain.orders.records import DocumentRow, GoesOut, Goods, OrderRow
from svc_tui.domain.records import Payer
from svc_tui.domain.text import shown
from svc_tui.i18n import _, translation_to
from svc_tui.output.files import written_bytes
from svc_tui.output.paper.documents import rendered
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.jobs import activities, ceilings
from svc_tui.services.jobs.ceilings import Way
from svc_tui.services.orders import crediting, dispatching, handover, issuing, orders, transfer
from svc_tui.services.orders.crediting import Credit
from svc_tui.services.orders.dispatching import Out
from svc_tui.services.orders.issuing import Issued
from svc_tui.services.orders.orders import OrderSheet


def make(session: Session, options: argparse.Namespace) -> None:
    """Make the orders of jobs, and say what each comes to; or say so only.

    Raises:
        Invalid: when there is nothing to go onto an order.
    """
    jobs = _jobs(session, options.numbers)
    proposed = transfer.propose(session, jobs)
    payers = (Payer(options.payer),) if options.payer else ()
    picks = transfer.picked(proposed, payers=payers)
    if options.dry_run:
        for order in proposed.orders:
            if not payers or order.payer in payers:
                told = _("Would make an order to {name}: {amount}.")
                print(told.format(name=shown(order.name), amount=format_amount(order.totals.gross, session.language)))
        return
    for order_id in transfer.make(session, jobs, picks, read_in=proposed.generation):
        made = orders.open_order(session, order_id)
        told = _("Order {number} to {name}: {amount}.")
        amount = format_amount(made.row.amount, session.language)
        print(told.format(number=made.row.number, name=shown(made.row.name), amount=amount))


def _jobs(session: Session, numbers: Sequence[int]) -> list[int]:
    found = activities.ids_of_numbers(session, numbers)
    for number in numbers:
        if number not in found:
            raise NotFound(N_("There is no job {number}."), number=number)
    return [found[number] for number in numbers]


def show(session: Session, options: argparse.Namespace) -> None:
    """Print orders, or the one with a number.

    Raises:
        NotFound: when there is none with this number.
    """
    if options.number is not None:
        _show_one(session, options.number, as_json=options.json)
    else:
        _show_all(session, options)


def _show_all(session: Session, options: argparse.Namespace) -> None:
    """The newest first."""
    wanted = orders.wanted(session, options.of, () if options.all else orders.OPEN)
    after: OrderRow | None = None
    while page := orders.recent(session, wanted, 200, after):
        for row in page:
            if options.json:
                print(_json(_row(row)))
                continue
            amount = format_amount(row.amount, session.language)
            print(f"{row.number:>6}  {_(PROGRESS_LABELS[row.progress]):<16} {amount:>12}  {shown(row.name)}")
        after = page[-1]


def _show_one(session: Session, number: int, *, as_json: bool) -> None:
    """With its lines, what went out and what was issued."""
    order = orders.open_order(session, orders.by_number(session, number))
    if as_json:
        print(_json(_whole(order)))
        return
    from svc_tui.output.paper.plain import plain
    from svc_tui.output.paper.readers import reader_in
    from svc_tui.services.orders import papers

    print(plain(papers.order_sheet(session, order, reader_in(session.language))), end="")
    for document in order.documents:
        amount = format_amount(document.payable, session.language)
        print(f"{_(KIND_LABELS[document.kind])} {document.label}  {document.day}  {amount}")


def approve(session: Session, options: argparse.Namespace) -> None:
    """Note that the customer of a job agreed to more."""
    job = activities.id_of_number(session, options.number)
    if job is None:
        raise NotFound(N_("There is no job {number}."), number=options.number)
    amount = parse_amount(options.amount, session.language, "up_to")
    now = ceilings.approve(session, job, amount, options.who, Way(options.way))
    print(_("Noted: up to {amount} is agreed for job {number}.").format(
        amount=format_amount(now.limit, session.language), number=now.number))  # fmt: skip


def dispatch(session: Session, options: argparse.Namespace) -> None:
    """Let an order go out, or take back what went out last."""
    order = orders.open_order(session, orders.by_number(session, options.order))
    if options.back is not None:
        standing = [out for out in order.dispatches if out.taken_back_at is None]
        if not standing:
            raise Invalid(N_("Nothing of order {number} went out."), number=options.order)
        dispatching.take_back(session, standing[-1].id, options.back)
        print(_("Taken back."))
        return
    status = None
    if options.status is not None:
        names = [entry for entry in session.registers.statuses if entry.name.casefold() == options.status.casefold()]
        if not names:
            raise Invalid(N_("There is no status “{text}”."), text=options.status)
        status = names[0].id
    for doubt in dispatching.doubts(session, order.row.id):
        print(doubt.said.sentence(_))
    way = GoesOut.SHIPMENT if options.carrier or options.tracking else GoesOut.PICKUP
    gone = dispatching.dispatch(
        session,
        Out(order.row.id, way, options.to, options.identity, options.carrier, options.tracking, status=status),
    )
    print(_("It went out: packing slip {number}.").format(number=gone.number))


def invoice(session: Session, options: argparse.Namespace) -> None:
    """Bill orders: each on a document of its own, or all on one."""
    if options.all == bool(options.orders):
        raise Invalid(N_("Write the numbers of orders, or --all."))
    found = issuing.to_bill(session) if options.all else [orders.by_number(session, one) for one in options.orders]
    if options.deposit is not None:
        if len(found) != 1:
            raise Invalid(N_("A deposit is on one order."))
        amount = parse_amount(options.deposit, session.language)
        language = str(orders.open_order(session, found[0]).values["language"])
        made = [issuing.deposit(session, found[0], amount, translation_to(language)(N_("Deposit")), rendered)]
    else:
        groups = [found] if options.together else [[order] for order in found]
        made = issuing.issue(session, [issuing.all_left(session, group) for group in groups], rendered)
    for one in made:
        _tell(session, one, as_json=options.json)


def credit(session: Session, options: argparse.Namespace) -> None:
    """Take a document back in whole or in part; or write down that money was paid back."""
    if options.repaid is not None:
        note = crediting.by_number(session, options.number, takes_back=True)
        crediting.note_repayment(session, note.id, parse_amount(options.repaid, session.language), options.reason)
        print(_("Written down."))
        return
    document = crediting.by_number(session, options.number)
    lines = {str(line.position): line.id for line in crediting.lines_of(session, document.id)}
    quantities = {_at(lines, text): parse_quantity(text.partition("=")[2], session.language) for text in options.line}
    reductions = {_at(lines, text): parse_amount(text.partition("=")[2], session.language) for text in options.reduce}
    if not quantities and not reductions:
        quantities = crediting.whole(session, document.id)
    goods = Goods.BACK if options.back else Goods.AGAIN if options.again else Goods.NOTHING
    text = translation_to(crediting.language_of(session, document.id))(N_("Price reduction"))
    wanted = Credit(document.id, quantities, reductions, options.reason, goods, text)
    _tell(session, crediting.credit(session, wanted, rendered), as_json=options.json)


_FORMS: Final = {".pdf": "pdf", ".xml": "peppol"}
"""In which form a document is written, by the end of the file's name."""


def _at(lines: dict[str, int], text: str) -> int:
    place = text.partition("=")[0].strip()
    if place not in lines or "=" not in text:
        raise Invalid(N_("“{text}” names no line: write its place, =, and how much, as 1=2."), text=text)
    return lines[place]


def document(session: Session, options: argparse.Namespace) -> None:
    """Print what was issued, or write it into a file.

    Raises:
        NotFound: when there is no such document, or it is not kept in this form.
    """
    found = crediting.by_number(session, options.number, options.kind)
    by_name = _FORMS.get(Path(options.out).suffix.lower(), "text") if options.out else "text"
    form = "record" if options.json else options.form or by_name
    body = orders.paper(session, found.id, form)
    if options.out:
        _write(Path(options.out), body)
        print(_("Written: {file}").format(file=options.out))
    else:
        print(body.decode().rstrip("\n"))


def hand_over(session: Session, options: argparse.Namespace) -> None:
    """Write the files of a run; without a number say which runs there are."""
    if options.number is None:
        for run in handover.runs(session):
            print(f"{run.number:>6}  {to_local(run.at):%Y-%m-%d %H:%M}  {run.name}")
        return
    files = handover.files(session, options.number)
    for ending, body in (("jsonl", files.json_lines), ("csv", files.csv)):
        path = Path(options.out) / f"{files.name}.{ending}"
        _write(path, body)
        print(_("Written: {file}").format(file=path))


def _write(path: Path, body: bytes) -> None:
    with written_bytes(path) as file:
        file.write(body)


# -- telling -------------------------------------------------------------------------------------------------------


def _tell(session: Session, one: Issued, *, as_json: bool) -> None:
    if as_json:
        print(_json({"kind": one.kind.value, "number": one.label, "gross": one.gross, "payable": one.payable,
                     "run": one.handover or None}))  # fmt: skip
        return
    text = _("{kind} {number}: {amount}.")
    amount = format_amount(one.payable, session.language)
    told = text.format(kind=_(KIND_LABELS[one.kind]), number=one.label, amount=amount)
    print(f"{told} {_('Run {number}.').format(number=one.handover)}" if one.handover else told)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(row: OrderRow) -> dict[str, Any]:
    return {
        "number": row.number, "name": row.name, "payer": row.payer, "state": row.progress.value, "amount": row.amount,
        "currency": row.currency, "created": to_local(row.created_at).isoformat(), "dispatched": row.is_out,
        "claim": row.claim, "reference": row.reference, "jobs": list(row.jobs),
    }  # fmt: skip


def _whole(order: OrderSheet) -> dict[str, Any]:
    """Amounts in minor units, quantities in thousandths."""
    return _row(order.row) | {
        "lines": [
            {
                "job": line.job or None, "code": line.code, "text": line.text, "quantity": line.quantity,
                "unit": line.unit, "price": line.price, "amount": line.amount, "dispatched": line.way.dispatched,
                "billed": line.way.billed,
            }
            for line in order.lines
        ],
        "dispatches": [
            {"number": out.number, "way": out.way, "receiver": out.receiver, "tracking": out.tracking,
             "taken_back": out.taken_back_at is not None}
            for out in order.dispatches
        ],
        "documents": [_document(document, order.documents) for document in order.documents],
    }  # fmt: skip


def _document(document: DocumentRow, others: Sequence[DocumentRow]) -> dict[str, Any]:
    back = next((other.label for other in others if other.id == document.takes_back), None)
    return {
        "kind": document.kind.value, "number": document.label, "day": document.day, "due": document.due or None,
        "net": document.net, "vat": document.vat, "gross": document.gross, "takes_back": back,
        "credited": document.credited,
    }  # fmt: skip
