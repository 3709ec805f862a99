"""The papers of parts: an order as the supplier gets it, and the sheet that goes with what is sent back."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.db.stock import return_rows
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, NotFound
from svc_tui.domain.language import dates, money
from svc_tui.domain.paper.sheet import Column, Fact, Kind, Row, Sheet, Sum
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.going_back import REASON_LABELS
from svc_tui.services.core.session import Session
from svc_tui.services.stock import purchasing

Translate = Callable[[str], str]


def order_sheet(session: Session, number: int, translate: Translate, language: str) -> Sheet:
    """An order to a supplier as a paper.

    Raises:
        NotFound: when there is none with this number.
    """
    head, lines = purchasing.by_number(session, number)
    facts = [Fact(translate(N_("Order")), str(number))]
    if head.reference:
        facts.append(Fact(translate(N_("Reference")), head.reference))
    if head.expected_at is not None:
        facts.append(Fact(translate(N_("Expected")), dates.format_date(
            clock.local(head.expected_at).date(), clock.local(head.created_at), language)))  # fmt: skip
    rows = [
        Row((line.code, line.text, f"{money.format_quantity(line.ordered, language)} {line.unit}".strip(),
             money.format_amount(line.cost, language)))
        for line in lines
    ]  # fmt: skip
    total = sum(line.cost * line.ordered // 1000 for line in lines)
    return Sheet(
        Kind.PURCHASE, language, str(number), translate(N_("Order to a supplier")),
        clock.local(head.created_at).date(), _shop(session),
        tuple(filter(None, (head.supplier_name, *head.address.split("\n")))),
        facts=tuple(facts), columns=_columns(translate, translate(N_("Cost")), last_is_figure=True),
        rows=tuple(rows),
        sums=(Sum(translate(N_("Total")), money.format_amount(total, language), strong=True),) if total else (),
        remarks=(head.note,) if head.note else (), code=f"P{number}",
    )  # fmt: skip


def return_sheet(session: Session, number: int, translate: Translate, language: str) -> Sheet:
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
                line.code, line.text, money.format_quantity(line.quantity, language),
                translate(REASON_LABELS[line.reason]),
            ),
            line.serial,
        )
        for line in lines
    ]  # fmt: skip
    expected = sum(line.cost * line.quantity // 1000 for line in lines)
    return Sheet(
        Kind.RETURN, language, str(number), translate(N_("Return to a supplier")),
        clock.local(lines[0].sent_at or lines[0].created_at).date(), _shop(session), (lines[0].supplier_name,),
        columns=_columns(translate, translate(N_("Reason")), last_is_figure=False),
        rows=tuple(rows),
        sums=(Sum(translate(N_("Credit expected")), money.format_amount(expected, language), strong=True),),
    )  # fmt: skip


def order_csv(session: Session, number: int) -> list[tuple[str, ...]]:
    """An order as rows of a file, the first one the heading: what suppliers' programs read."""
    _, lines = purchasing.by_number(session, number)
    rows = [(str(number), line.code, line.text, money.format_quantity(line.ordered, "en"), line.unit) for line in lines]
    return [("order", "code", "text", "quantity", "unit"), *rows]


def _shop(session: Session) -> tuple[str, ...]:
    company = session.registers.company
    return tuple(filter(None, (company.name, *company.address.split("\n"), company.phone, company.email)))


def _columns(translate: Translate, last: str, *, last_is_figure: bool) -> tuple[Column, ...]:
    return (
        Column(translate(N_("Code"))), Column(translate(N_("Text"))),
        Column(translate(N_("Quantity")), figures=True), Column(last, figures=last_is_figure),
    )  # fmt: skip
