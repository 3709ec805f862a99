"""What is done to an order, from the list and from the order itself: billing it, letting it go out, cancelling."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from svc_tui.domain.language.money import parse_amount, parse_quantity
from svc_tui.domain.orders.labels import KIND_LABELS
from svc_tui.domain.orders.records import GoesOut, Goods, IssuedLine
from svc_tui.i18n import N_, _, n_
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.long_act import on_yes
from svc_tui.services.orders import crediting, dispatching, issuing, orders
from svc_tui.services.orders.crediting import Credit
from svc_tui.services.orders.dispatching import Out
from svc_tui.services.orders.issuing import Issued
from svc_tui.services.orders.orders import OrderSheet
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, ParsedField, TextField, YesNoField
from svc_tui.widgets.form import Form

WAYS: Mapping[GoesOut, str] = {GoesOut.PICKUP: N_("picked up"), GoesOut.SHIPMENT: N_("sent")}
GOODS: Mapping[Goods, str] = {
    Goods.NOTHING: N_("only the money"), Goods.BACK: N_("the goods come back"), Goods.AGAIN: N_("is billed again"),
}  # fmt: skip
MOST_LINES = 30
"""So many lines of an order have a field of their own in a dialog."""


class Part(NamedTuple):
    """A line of which some may be chosen."""

    id: int
    text: str
    left: int


class OrderActs:
    """Acts on one order of a screen."""

    def __init__(
        self, screen: BaseScreen, order: Callable[[], int | None], done: Callable[[int | None], Awaitable[None]]
    ) -> None:
        """
        Args:
            screen: Where it is asked and told.
            order: The id of the order that is meant.
            done: Shows what became of it.
        """
        self.screen = screen
        self._order, self._done = order, done

    async def _open(self) -> OrderSheet | None:
        order_id = self._order()
        return None if order_id is None else await self.screen.ask_service(orders.open_order, order_id)

    # -- billing -------------------------------------------------------------------------------------------------

    async def do_order_bill(self, key: object) -> None:
        """Bill all that is left; it is asked with what it comes to."""
        if (order := await self._open()) is None:
            return
        wanted = await self.screen.ask_service(issuing.all_left, [order.row.id])
        self._ask_to_bill(order, wanted)

    def _ask_to_bill(self, order: OrderSheet, wanted: Mapping[int, int]) -> None:
        question = (
            _("Invoice order {number} to {name}?")
            if order.billing.issue_here
            else _("Hand order {number} of {name} over to be billed?")
        )
        text = question.format(number=order.row.number, name=order.row.name)
        self.screen.ask_letter(text + " " + _("y: yes   Esc: no"), on_yes(partial(self._bill, [wanted])))

    async def _bill(self, bills: Sequence[Mapping[int, int]]) -> None:
        from svc_tui.output.paper.documents import rendered

        made = await self.screen.ask_service(issuing.issue, bills, rendered)
        await self._done(self._order())
        self.screen.say(self._told(made))

    def _told(self, made: Sequence[Issued]) -> str:
        one, formats = made[0], self.screen.svc.formats
        if len(made) == 1:
            text = _("{kind} {number}: {amount}.")
            told = text.format(kind=_(KIND_LABELS[one.kind]), number=one.label, amount=formats.amount(one.payable))
        else:
            text = n_("{count} document made.", "{count} documents made.", len(made))
            told = text.format(count=formats.count(len(made)))
        if one.handover:
            told += " " + _("Run {number}.").format(number=one.handover)
        return told

    async def do_order_bill_part(self, key: object) -> None:
        """Bill some of the lines."""
        if (order := await self._open()) is None:
            return
        parts = [Part(line.id, line.text, line.left) for line in order.lines if line.left > 0]
        if not parts:
            self.screen.say(_("All of it is billed already."))
            return

        async def save(form: Form) -> object:
            from svc_tui.output.paper.documents import rendered

            return await self.screen.ask_service(issuing.issue, [self._chosen(form, parts)], rendered)

        fields = self._quantities(parts)
        dialog = FormDialog(_("Bill some lines"), fields, save, explain=_("How much of each line; - for nothing."))
        await self.screen.svc.show(dialog, self._issued)

    async def _issued(self, made: Sequence[Issued] | Issued | None) -> None:
        if made is not None:
            await self._done(self._order())
            self.screen.say(self._told([made] if isinstance(made, Issued) else made))

    async def do_order_deposit(self, key: object) -> None:
        """Ask for the amount, and bill it."""
        if (order := await self._open()) is None:
            return
        language = self.screen.svc.formats.language

        def read(typed: str) -> int:
            return parse_amount(typed, language)

        async def answered(field: Field) -> None:
            from svc_tui.i18n import translation_to
            from svc_tui.output.paper.documents import rendered

            amount = field.value if isinstance(field, ParsedField) and isinstance(field.value, int) else 0
            text = translation_to(str(order.values["language"]))(N_("Deposit"))
            await self._issued(await self.screen.ask_service(issuing.deposit, order.row.id, amount, text, rendered))

        label = _("Deposit with VAT") if order.values["with_vat"] else _("Deposit without VAT")
        self.screen.ask_text(ParsedField("amount", label, read, self.screen.svc.formats.amount), answered)

    # -- going out -----------------------------------------------------------------------------------------------

    async def do_order_dispatch(self, key: object) -> None:
        """How it goes out, and what of it; what speaks against it stands above."""
        if (order := await self._open()) is None:
            return
        parts = [Part(line.id, line.text, line.way.to_dispatch) for line in order.lines if line.way.to_dispatch > 0]
        if not parts:
            self.screen.say(_("All of it went out already."))
            return
        against = await self.screen.ask_service(dispatching.doubts, order.row.id)
        status = await self.screen.ask_service(dispatching.status_after)
        await self.screen.svc.show(self._dispatch_dialog(order, parts, against, status), self._out)

    def _dispatch_dialog(
        self, order: OrderSheet, parts: Sequence[Part], against: Sequence[dispatching.Doubt], status: int | None
    ) -> FormDialog:
        way = EnumField("way", _("Way"), WAYS, GoesOut.PICKUP)
        receiver, carrier = (
            TextField("receiver", _("Received by"), limit=120),
            TextField("carrier", _("Carrier"), limit=60),
        )
        receiver.value = order.row.name
        tracking, seen = TextField("tracking", _("Tracking number"), limit=60), YesNoField("seen", _("Identity seen"))
        registers = self.screen.session.registers
        after: ChoiceField[int] = ChoiceField("status", _("Status of the jobs"), lambda: registers.choices("status"),
                                              none="-")  # fmt: skip
        after.value = status

        async def save(form: Form) -> object:
            out = Out(
                order.row.id, way.chosen, receiver.text, seen.chosen, carrier.text, tracking.text,
                self._chosen(form, parts), after.value,
            )  # fmt: skip
            return await self.screen.ask_service(dispatching.dispatch, out)

        doubts = " ".join(doubt.said.sentence(_) for doubt in against)
        explain = f"{doubts} {_('F2 lets it go out all the same.')}" if doubts else ""
        fields = [way, receiver, seen, carrier, tracking, after, *self._quantities(parts)]
        return FormDialog(_("Order {number} goes out").format(number=order.row.number), fields, save, explain=explain)

    async def _out(self, gone: dispatching.Gone | None) -> None:
        if gone is not None:
            await self._done(self._order())
            self.screen.say(_("It went out: packing slip {number}.").format(number=gone.number))

    async def take_back(self, dispatch_id: int) -> None:
        """Ask why, and take back what went out."""

        async def answered(field: Field) -> None:
            await self.screen.ask_service(dispatching.take_back, dispatch_id, field.text)
            await self._done(self._order())
            self.screen.say(_("Taken back."))

        self.screen.ask_text(TextField("reason", _("Why does it come back")), answered)

    # -- taking back ---------------------------------------------------------------------------------------------

    async def do_order_cancel(self, key: object) -> None:
        """Cancel it after asking."""
        if (order := await self._open()) is None:
            return

        async def go() -> None:
            await self.screen.ask_service(orders.cancel, order.row.id)
            await self._done(order.row.id)
            self.screen.say(_("Order {number} is cancelled; its lines can go onto another one.").format(
                number=order.row.number))  # fmt: skip

        text = _("Cancel order {number}? It keeps its number, and this is not undone.").format(number=order.row.number)
        self.screen.ask_letter(text + " " + _("y: yes   Esc: no"), on_yes(go), losing=(_("y"), "y", "j"))

    async def credit(self, document_id: int) -> None:
        """How much of which lines of a document, why, and what becomes of the goods."""
        lines: list[IssuedLine] = await self.screen.ask_service(crediting.lines_left, document_id)
        parts = [Part(line.id, line.text, line.left) for line in lines]
        reason = TextField("reason", _("Why"), limit=300)
        goods = EnumField("goods", _("The goods"), GOODS, Goods.NOTHING)

        async def save(form: Form) -> object:
            from svc_tui.output.paper.documents import rendered

            wanted = Credit(document_id, self._chosen(form, parts), {}, reason.text, goods.chosen)
            return await self.screen.ask_service(crediting.credit, wanted, rendered)

        explain = _("How much of each line is taken back; - for nothing.")
        dialog = FormDialog(_("Credit note"), [reason, goods, *self._quantities(parts)], save, explain=explain)
        await self.screen.svc.show(dialog, self._issued)

    # -- parts of lines ------------------------------------------------------------------------------------------

    def _quantities(self, parts: Sequence[Part]) -> list[Field]:
        """A field for each line, filled with all that is left of it."""
        formats = self.screen.svc.formats
        fields: list[Field] = []
        for part in parts[:MOST_LINES]:
            field: ParsedField[int] = ParsedField(
                f"line{part.id}", part.text[:40], lambda typed: parse_quantity(typed, formats.language),
                formats.quantity,
            )  # fmt: skip
            field.value = part.left
            fields.append(field)
        return fields

    @staticmethod
    def _chosen(form: Form, parts: Sequence[Part]) -> dict[int, int]:
        chosen: dict[int, int] = {}
        for part in parts:
            field: Any = form[f"line{part.id}"] if part in parts[:MOST_LINES] else None
            quantity = part.left if field is None else field.value or 0
            if quantity:
                chosen[part.id] = quantity
        return chosen
