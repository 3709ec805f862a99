"""Returns: what goes back to suppliers, by supplier; what is sent is settled when they answer."""

from __future__ import annotations

from functools import partial

from svc_tui.commands import Where
from svc_tui.domain.language.money import parse_amount
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.domain.stock.going_back import REASON_LABELS, RETURN_STATE_LABELS, ReturnState
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct, on_yes
from svc_tui.screens.stock.part_undo import PartUndo
from svc_tui.services.stock import returns
from svc_tui.services.stock.returns import ReturnRow
from svc_tui.widgets.fields import Field, ParsedField
from svc_tui.widgets.keys import Key


class ReturnsScreen(ListScreen[ReturnRow]):
    """What goes back and is not settled."""

    places = frozenset((Where.RETURNS,))

    def __init__(self) -> None:
        super().__init__(empty=_("Nothing goes back to a supplier."), id="returns")
        self.rows: list[ReturnRow] = []
        self.long = LongAct(self, self.bottom.stand)
        self.undo = PartUndo(self, self.long, self.read_again)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo,)

    def heading(self) -> tuple[str, str]:
        worth = sum(row.cost * row.quantity // 1000 for row in self.rows)
        return _("Returns"), _("worth {amount}").format(amount=self.svc.formats.amount(worth)) if worth else ""

    def columns(self) -> list[Column[ReturnRow]]:
        formats = self.svc.formats
        return [
            Column(_("Supplier"), 8, lambda row: row.supplier_name or "-", flex=1),
            Column(_("Code"), 10, lambda row: row.code),
            Column(_("Text"), 10, lambda row: row.text, flex=2),
            Column(_("Qty"), 4, lambda row: formats.quantity(row.quantity), right=True),
            Column(_("Why"), 12, lambda row: _(REASON_LABELS.get(row.reason, row.reason)), flex=1),
            Column(_("State"), 10, lambda row: _(RETURN_STATE_LABELS.get(row.state, row.state))),
            Column(_("Sheet"), 5, lambda row: str(row.number or ""), right=True),
        ]

    def whole(self, row: ReturnRow) -> str:
        return self.what_is_cut(row)

    def source(self) -> FixedRows[ReturnRow]:
        return FixedRows(self.rows, lambda row: row.id)

    async def opened(self) -> None:
        self.rows = await self.ask_service(returns.open_returns)
        await super().opened()

    async def read_again(self) -> None:
        """Look again for what goes back, with the cursor on the same row."""
        self.rows = await self.ask_service(returns.open_returns)
        self.tell_title()
        await self.list.reload(self.source())

    async def others_committed(self, news: News) -> None:
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self.read_again, "reading what goes back")

    # -- commands ----------------------------------------------------------------------------------------------

    async def do_return_next(self, key: Key | None) -> None:
        """Send all that goes back to the supplier under the cursor, or say what came of the row that was sent."""
        row = self.list.current
        if row is not None and row.state == ReturnState.PROPOSED:
            self._ask_send(row)
        elif row is not None:
            self._ask_answer(row)

    def _ask_send(self, row: ReturnRow) -> None:
        wanted = [one for one in self.rows if one.supplier == row.supplier and one.state == ReturnState.PROPOSED]

        async def send() -> None:
            numbers = await self.ask_service(returns.send, wanted)
            await self.read_again()
            self.say(_("Sent back with sheet {number}.").format(number=", ".join(map(str, numbers))))

        count = n_("{count} row", "{count} rows", len(wanted)).format(count=self.svc.formats.count(len(wanted)))
        text = filled(_("Send {count} back to {name}?"), count=count, name=row.supplier_name or "-")
        refuse = partial(self._settle, row, ReturnState.REFUSED)
        self.ask_letter(text + " " + _("y: yes   x: keep it, scrap it   Esc: no"), on_yes(send) | {"x": refuse},
                        losing=(*on_yes(send), "x"))  # fmt: skip

    def _ask_answer(self, row: ReturnRow) -> None:
        self.ask_letter(
            filled(_("“{text}”: c: credited   r: replaced   x: refused   Esc: no answer yet"), text=row.text),
            {
                "c": partial(self._ask_credit, row), "r": partial(self._settle, row, ReturnState.REPLACED),
                "x": partial(self._settle, row, ReturnState.REFUSED),
            },
            losing=("c", "r", "x"),
        )  # fmt: skip

    async def _ask_credit(self, row: ReturnRow) -> None:
        formats = self.svc.formats

        async def answered(which: Field) -> None:
            if isinstance(which, ParsedField):
                await self._settle(row, ReturnState.CREDITED, which.value or 0)

        field = ParsedField(
            "credit", _("Credit given"), lambda typed: parse_amount(typed, formats.language), formats.amount
        )
        field.value = row.cost * row.quantity // 1000
        self.ask_text(field, answered)

    async def _settle(self, row: ReturnRow, state: ReturnState, credit: int = 0) -> None:
        await self.ask_service(returns.settle, row, state, credit)
        await self.read_again()
        self.say(filled(_("“{text}”: {state}."), text=row.text, state=_(RETURN_STATE_LABELS[state])))

    async def do_return_broken(self, key: Key | None) -> None:
        """What we broke ourselves."""
        from svc_tui.screens.shell.reader import ReaderScreen

        formats = self.svc.formats
        found = await self.ask_service(returns.own_breakage)
        lines = [
            f"{formats.day(one.at)}  {formats.quantity(one.quantity)} {one.code} {one.text}  {one.job or ''}"
            for one in found
        ]
        await self.svc.show(ReaderScreen(_("Broken by us"), "\n".join(lines) or _("Nothing.")))
