"""What would go onto service orders: every line with its payer, and what each order comes to, before any is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from svc_tui.commands import Where
from svc_tui.domain.language.money import parse_quantity
from svc_tui.i18n import N_, _, n_
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.orders import transfer
from svc_tui.services.orders.transfer import Offer, Proposal, Proposed
from svc_tui.widgets.fields import Field, ParsedField
from svc_tui.widgets.keys import Key

PAYERS = {"customer": N_("customer"), "supplier": N_("supplier")}


class Row(NamedTuple):
    """A line that can go onto an order, or a line that says what one comes to."""

    order: Proposal
    offer: Offer | None
    """None for the line that names the order."""


class MakeOrders(ListScreen[Row]):
    """Left with the ids of the orders that were made."""

    places = frozenset((Where.MAKING,))

    def __init__(self, jobs: Sequence[int], proposed: Proposed) -> None:
        super().__init__(id="making")
        self.jobs, self.proposed = list(jobs), proposed
        self.quantities = {line.line: line.quantity for order in proposed.orders for line in order.lines}

    def heading(self) -> tuple[str, str]:
        return _("Service orders"), _("F2 makes them, Esc gives up")

    def columns(self) -> list[Column[Row]]:
        formats = self.svc.formats

        def offered(row: Row, text: Callable[[Offer], str]) -> str:
            return text(row.offer) if row.offer is not None else ""

        return [
            Column(_("Job"), 6, lambda row: offered(row, lambda line: str(line.number)), right=True),
            Column(_("Text"), 20, self._text, flex=1),
            Column(_("Qty"), 7, lambda row: offered(row, lambda line: self._quantity(line)), right=True),
            Column(_("Price"), 11, lambda row: offered(row, lambda line: formats.amount(line.price)), right=True),
            Column(_("Amount"), 12, self._amount, right=True),
        ]

    def _text(self, row: Row) -> str:
        if row.offer is None:
            return f"{_(PAYERS[row.order.payer]).capitalize()}: {row.order.name or '-'}"
        return f"  {row.offer.code} {row.offer.text}" if row.offer.code else f"  {row.offer.text}"

    def _quantity(self, line: Offer) -> str:
        chosen = self.quantities[line.line]
        return self.svc.formats.quantity(chosen) if chosen else "-"

    def _amount(self, row: Row) -> str:
        if row.offer is not None:
            chosen = self.quantities[row.offer.line]
            return self.svc.formats.amount(row.offer.amount(chosen)) if chosen else ""
        parts = [(line, self.quantities[line.line]) for line in row.order.lines if self.quantities[line.line]]
        return self.svc.formats.amount(transfer.order_totals(parts, with_vat=self.proposed.with_vat).gross)

    def whole(self, row: Row) -> str:
        return self.what_is_cut(row)

    def source(self) -> FixedRows[Row]:
        rows = []
        for order in self.proposed.orders:
            rows.append(Row(order, None))
            rows += [Row(order, line) for line in order.lines]
        return FixedRows(rows, key=lambda row: (row.order.payer, row.order.contact, row.offer and row.offer.line))

    async def opened(self) -> None:
        await super().opened()
        told = []
        if self.proposed.left:
            told.append(n_("{count} line is planned and not used: it stays on the job.",
                           "{count} lines are planned and not used: they stay on the job.",
                           len(self.proposed.left)).format(count=len(self.proposed.left)))  # fmt: skip
        if self.proposed.ours:
            told.append(_("We pay {amount} ourselves.").format(amount=self.svc.formats.amount(self.proposed.ours)))
        if told:
            self.say(" ".join(told))

    # -- commands ------------------------------------------------------------------------------------------------

    async def do_make_take_out(self, key: Key | None) -> None:
        """Leave the line out, or all lines of the order; or take them in again."""
        row = self.list.current
        if row is None:
            return
        lines = [row.offer] if row.offer is not None else list(row.order.lines)
        are_in = any(self.quantities[line.line] for line in lines)
        for line in lines:
            self.quantities[line.line] = 0 if are_in else line.quantity
        await self.list.reload()

    async def do_make_quantity(self, key: Key | None) -> None:
        """Ask how much of the line."""
        row = self.list.current
        if row is None or row.offer is None:
            return
        line, formats = row.offer, self.svc.formats

        async def answered(field: Field) -> None:
            wanted = field.value if isinstance(field, ParsedField) else None
            quantity = wanted if isinstance(wanted, int) else 0
            if not 0 <= quantity <= line.quantity:
                self.complain(_("At most {quantity} of it can go onto an order.").format(
                    quantity=formats.quantity(line.quantity)))  # fmt: skip
                return
            self.quantities[line.line] = quantity
            await self.list.reload()

        label = _("How much of it (at most {quantity})").format(quantity=formats.quantity(line.quantity))
        self.ask_text(
            ParsedField("quantity", label, lambda typed: parse_quantity(typed, formats.language), formats.quantity),
            answered,
        )

    async def do_make_do(self, key: Key | None) -> None:
        """Make the orders."""
        picks = transfer.picked(self.proposed, self.quantities)
        made = await self.ask_service(transfer.make, self.jobs, picks, read_in=self.proposed.generation)
        await self.svc.back(made)


async def make_orders(screen: BaseScreen, jobs: Sequence[int], done: Callable[[], Awaitable[None]]) -> None:
    """Propose orders of these jobs, and open the one that was made, or say how many."""
    proposed = await screen.ask_service(transfer.propose, list(jobs))

    async def closed(made: list[int] | None) -> None:
        if made is None:
            return
        await done()
        if len(made) == 1:
            from svc_tui.screens.orders.order_card import open_order

            await open_order(screen.svc, made[0])
        else:
            told = n_("{count} order made: 6 shows it.", "{count} orders made: 6 shows them.", len(made))
            screen.say(told.format(count=len(made)))

    await screen.svc.show(MakeOrders(jobs, proposed), closed)
