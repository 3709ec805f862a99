"""The tables of an order: its lines, its papers as a tree, its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from svc_tui.domain.orders.labels import KIND_LABELS, PROGRESS_LABELS
from svc_tui.domain.orders.records import GoesOut, OrderLine
from svc_tui.domain.records import HistoryRow
from svc_tui.i18n import _
from svc_tui.screens.orders.order_acts import WAYS
from svc_tui.screens.shell.panes import TablePane
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.orders.orders import OrderSheet
from svc_tui.widgets.row_list import Column, FixedRows, RowList

if TYPE_CHECKING:
    from svc_tui.screens.orders.order_card import OrderCard


class OrderPane(TablePane[OrderSheet]):
    """A table of an order."""

    def __init__(self, card: OrderCard) -> None:
        super().__init__()
        self.card = card


class LinesPane(OrderPane):
    """The lines: Enter changes text, price and discount while nothing of it is billed."""

    def __init__(self, card: OrderCard) -> None:
        super().__init__(card)
        formats = card.svc.formats
        self.list: RowList[OrderLine] = RowList(
            [
                Column(_("Job"), 6, lambda row: str(row.job or ""), right=True),
                Column(_("Text"), 12, lambda row: row.text, flex=1),
                Column(_("Qty"), 6, lambda row: formats.quantity(row.quantity), right=True),
                Column(_("Price"), 10, lambda row: formats.amount(row.price), right=True),
                Column(_("Amount"), 10, lambda row: formats.amount(row.amount), right=True),
                Column(_("Out"), 5, lambda row: formats.quantity(row.way.dispatched) if row.way.dispatched else "",
                       right=True),
                Column(_("Billed"), 6, lambda row: formats.quantity(row.way.billed) if row.way.billed else "",
                       right=True),
            ],
            empty=_("No lines."),
            id="lines",
        )  # fmt: skip

    async def fill(self, record: OrderSheet) -> None:
        await self.list.reload(FixedRows(record.lines, key=lambda row: row.id))

    def unwritten(self) -> str:
        return _("Nothing is written here: Enter changes the line.")

    def enter_label(self) -> str:
        return _("Change")

    async def open_row(self) -> None:
        if (row := self.list.current) is not None:
            await self.card.change_line(row)


class PaperRow(NamedTuple):
    """A row of the tree."""

    key: str
    kind: str
    """order, dispatch, document."""
    id: int
    label: str
    when: str
    amount: str
    state: str


class PapersPane(OrderPane):
    """The order, what went out of it, what was issued and what took that back; Enter reads each."""

    def __init__(self, card: OrderCard) -> None:
        super().__init__(card)
        self.list: RowList[PaperRow] = RowList(
            [
                Column(_("Paper"), 20, lambda row: row.label, flex=2),
                Column(_("Date"), 12, lambda row: row.when),
                Column(_("Amount"), 12, lambda row: row.amount, right=True),
                Column(_("State"), 14, lambda row: row.state, flex=1),
            ],
            id="papers",
        )

    async def fill(self, record: OrderSheet) -> None:
        await self.list.reload(FixedRows(list(self._rows(record)), key=lambda row: row.key))

    def _rows(self, order: OrderSheet) -> Sequence[PaperRow]:
        formats = self.card.svc.formats
        number = f"{_('Order')} {order.billing.order_prefix}{order.row.number}"
        rows = [
            PaperRow("order", "order", order.row.id, number, formats.day(order.row.created_at),
                     formats.amount(order.row.amount), _(PROGRESS_LABELS[order.row.progress]))
        ]  # fmt: skip
        for out in order.dispatches:
            state = _("taken back") if out.taken_back_at else _(WAYS[GoesOut(out.way)])
            label = f"├ {_('Packing slip')} {out.number}"
            rows.append(PaperRow(f"out{out.id}", "dispatch", out.id, label, formats.day(out.at), "", state))
        for document in order.documents:
            deep = "│ └ " if document.takes_back else "├ "
            state = _("credited") if document.credited >= document.gross > 0 else ""
            if 0 < document.credited < document.gross:
                state = _("partly credited")
            rows.append(
                PaperRow(f"doc{document.id}", "document", document.id,
                         f"{deep}{_(KIND_LABELS[document.kind])} {document.label}", formats.day(document.at),
                         formats.amount(document.payable), state)
            )  # fmt: skip
        return rows

    def unwritten(self) -> str:
        return _("Nothing is written here: Enter reads the paper, Del takes it back.")

    def enter_label(self) -> str:
        return _("Read")

    async def open_row(self) -> None:
        if (row := self.list.current) is not None:
            await self.card.read_paper(row)


def changes(session: Session, order: OrderSheet) -> list[HistoryRow]:
    """Every change of an order, its lines and its papers, the newest first."""
    return history.of_rows(session, {
        "service_order": [order.row.id], "order_line": [row.id for row in order.lines],
        "dispatch": [row.id for row in order.dispatches], "document": [row.id for row in order.documents],
    })  # fmt: skip
