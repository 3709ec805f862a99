"""The papers of parts: an order as the supplier gets it, and the sheet that goes with what is sent back."""

from __future__ import annotations

from svc_tui.db.stock import return_rows
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, NotFound
from svc_tui.domain.language import money
from svc_tui.domain.paper.reader import Reader
from svc_tui.domain.paper.sheet import Column, Fact, Kind, Row, Sheet, Sum
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.going_back import REASON_LABELS
from svc_tui.services.core.session import Session
from svc_tui.services.stock import purchasing


def order_sheet(session: Session, number: int, reader: Reader) -> Sheet:
    """An order to a supplier as a paper.

    Raises:
        NotFound: when there is none with this number.
    """
    head, lines = purchasing.by_number(session, number)
    facts = [Fact(reader.say(N_("Order")), str(number))]
    if head.reference:
        facts.append(Fact(reader.say(N_("Reference")), head.reference))
    if head.expected_at is not None:
        facts.append(Fact(reader.say(N_("Expected")), reader.day(head.expected_at)))
    rows = [
        Row((line.code, line.text, reader.quantity(line.ordered, line.unit),
             reader.amount(line.cost)))
        for line in lines
    ]  # fmt: skip
    total = sum(line.cost * line.ordered // 1000 for line in lines)
    return Sheet(
        Kind.PURCHASE, reader.language, str(number), reader.say(N_("Order to a supplier")),
        clock.local(head.created_at).date(), _shop(session),
        tuple(filter(None, (head.supplier_name, *head.address.split("\n")))),
        facts=tuple(facts), columns=_columns(reader, reader.say(N_("Cost")), last_is_figure=True),
        rows=tuple(rows),
        sums=(Sum(reader.say(N_("Total")), reader.amount(total), strong=True),) if total else (),
        remarks=(head.note,) if head.note else (), code=f"P{number}",
    )  # fmt: skip


def return_sheet(session: Session, number: int, reader: Reader) -> Sheet:
    """What goes back to one supplier, on one sheet.

    Raises:
        NotFound: when there is none with this number.
    """
    session.require(Right.ACTIVITY_READ)
    lines = return_rows.of_number(session.store, number)
    if not lines:
        raise NotFound(N_("There is no return sheet {number}."), number=number)
    rows = [
        Row(
            (
                line.code, line.text, reader.quantity(line.quantity),
                reader.say(REASON_LABELS[line.reason]),
            ),
            line.serial,
        )
        for line in lines
    ]  # fmt: skip
    expected = sum(line.cost * line.quantity // 1000 for line in lines)
    return Sheet(
        Kind.RETURN, reader.language, str(number), reader.say(N_("Return to a supplier")),
        clock.local(lines[0].sent_at or lines[0].created_at).date(), _shop(session), (lines[0].supplier_name,),
        columns=_columns(reader, reader.say(N_("Reason")), last_is_figure=False),
        rows=tuple(rows),
        sums=(Sum(reader.say(N_("Credit expected")), reader.amount(expected), strong=True),),
    )  # fmt: skip


def order_csv(session: Session, number: int) -> list[tuple[str, ...]]:
    """An order as rows of a file, the first one the heading: what suppliers' programs read."""
    _, lines = purchasing.by_number(session, number)
    rows = [(str(number), line.code, line.text, money.format_quantity(line.ordered, "en"), line.unit) for line in lines]
    return [("order", "code", "text", "quantity", "unit"), *rows]


def _shop(session: Session) -> tuple[str, ...]:
    company = session.registers.company
    return tuple(filter(None, (company.name, *company.address.split("\n"), company.phone, company.email)))


def _columns(reader: Reader, last: str, *, last_is_figure: bool) -> tuple[Column, ...]:
    return (
        Column(reader.say(N_("Code"))), Column(reader.say(N_("Text"))),
        Column(reader.say(N_("Quantity")), figures=True), Column(last, figures=last_is_figure),
    )  # fmt: skip
