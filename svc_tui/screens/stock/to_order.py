"""To order: everything that jobs lack, by supplier; one key orders it."""

from __future__ import annotations

from svc_tui.commands import Where
from svc_tui.domain.errors import Invalid
from svc_tui.domain.language.money import parse_quantity
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.i18n import N_, _, n_
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.stock.part_undo import PartUndo
from svc_tui.services.stock import purchasing
from svc_tui.services.stock.purchasing import ToOrder
from svc_tui.widgets.fields import Field, ParsedField
from svc_tui.widgets.keys import Key


class ToOrderScreen(ListScreen[ToOrder]):
    """What jobs lack; left with what was ordered, as a sentence."""

    places = frozenset((Where.TO_ORDER,))

    def __init__(self) -> None:
        super().__init__(empty=_("No job lacks a part."), id="to-order")
        self.rows: list[ToOrder] = []
        self.left_out: set[object] = set()
        self.quantities: dict[object, int] = {}
        self.long = LongAct(self, self.bottom.stand)
        self.undo = PartUndo(self, self.long, self.read_again)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo,)

    def heading(self) -> tuple[str, str]:
        jobs = len({job for row in self.rows for job in row.jobs})
        return _("To order"), n_("{count} job lacks parts", "{count} jobs lack parts", jobs).format(
            count=self.svc.formats.count(jobs)
        )

    def columns(self) -> list[Column[ToOrder]]:
        formats = self.svc.formats
        return [
            Column("", 1, lambda row: "-" if row.key in self.left_out else ""),
            Column(_("Supplier"), 8, lambda row: row.supplier_name or "-", flex=1),
            Column(_("Code"), 10, lambda row: row.supplier_code or row.code),
            Column(_("Text"), 10, lambda row: row.text, flex=2),
            Column(_("Qty"), 4, lambda row: formats.quantity(row.quantity), right=True),
            Column(_("Jobs"), 8, lambda row: ", ".join(map(str, row.jobs))),
            Column(_("Promised"), 12, lambda row: formats.list_when(row.promise) if row.promise else ""),
        ]

    def source(self) -> FixedRows[ToOrder]:
        return FixedRows(self.rows, lambda row: row.key)

    def whole(self, row: ToOrder) -> str:
        return _("{text} for {jobs}").format(text=row.text or row.code, jobs=", ".join(map(str, row.jobs)))

    async def opened(self) -> None:
        await self._look()
        await super().opened()

    async def _look(self) -> None:
        rows = await self.ask_service(purchasing.to_order)
        self.rows = [row._replace(quantity=max(row.quantity, self.quantities.get(row.key, 0))) for row in rows]

    async def read_again(self) -> None:
        """Look again for what is lacking, with the cursor on the same row."""
        await self._look()
        self.tell_title()
        await self.list.reload(self.source())

    async def others_committed(self, news: News) -> None:
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self.read_again, "reading what jobs lack")

    # -- commands ----------------------------------------------------------------------------------------------

    async def do_purchase_leave_out(self, key: Key | None) -> None:
        """Do not order the row under the cursor, or order it after all."""
        if (row := self.list.current) is not None:
            self.left_out ^= {row.key}
            await self.list.reload(self.source())

    async def do_purchase_quantity(self, key: Key | None) -> None:
        """Order more than the jobs lack."""
        if (row := self.list.current) is None:
            return
        formats = self.svc.formats

        def read(typed: str) -> int:
            return purchasing.more(row, parse_quantity(typed, formats.language)).quantity

        async def answered(which: Field) -> None:
            if isinstance(which, ParsedField) and which.value is not None:
                self.quantities[row.key] = which.value
                await self.read_again()

        field = ParsedField("quantity", filled(_("How many of {text}"), text=row.text), read, formats.quantity)
        field.value = row.quantity
        self.ask_text(field, answered)

    async def do_purchase_order(self, key: Key | None) -> None:
        """Order of the supplier under the cursor all that is not left out."""
        if (row := self.list.current) is None:
            return
        wanted = [one for one in purchasing.supplied(self.rows, row) if one.key not in self.left_out]
        if not wanted:
            self.complain(_("All of this supplier is left out: Space takes a row in again."))
            return
        formats = self.svc.formats

        def read(typed: str) -> int:
            when = purchasing.on_day(self.session, formats.read_typed(typed))
            if when is None:
                raise Invalid(N_("Write a day: fr, +3, 24.11."), field="expected_at")
            return when

        async def answered(which: Field) -> None:
            when = which.value if isinstance(which, ParsedField) and which.text.strip() != "-" else None
            numbers = await self.ask_service(purchasing.order, wanted, when)
            self.quantities.clear()
            await self.read_again()
            numbers_told = ", ".join(map(str, numbers))
            self.say(_("Ordered: order {number}. It is under Arrivals (5), where v reads it.").format(
                number=numbers_told))  # fmt: skip

        count = n_("{count} row", "{count} rows", len(wanted)).format(count=formats.count(len(wanted)))
        label = filled(_("Order {count} of {name}; comes (fr, +3; -: nobody knows)"), count=count,
                       name=row.supplier_name or "-")  # fmt: skip
        self.ask_text(ParsedField[int]("expected_at", label, read, formats.day), answered)
