"""Arrivals: what suppliers owe, what is late first; what comes in is booked, and its jobs are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from svc_tui.commands import Where
from svc_tui.domain.errors import Asked, Invalid
from svc_tui.domain.language.money import parse_amount, parse_quantity
from svc_tui.domain.news import News
from svc_tui.domain.quoting import brief, filled
from svc_tui.domain.records import ProductRow
from svc_tui.domain.text import shown
from svc_tui.i18n import N_, _, n_
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct, on_yes
from svc_tui.screens.shell.part_questions import ask_anyway
from svc_tui.screens.shell.scans import LONGEST_SHOWN, show_found
from svc_tui.screens.stock.part_undo import PartUndo
from svc_tui.services.jobs import arrivals, scanning
from svc_tui.services.stock import purchasing, receiving
from svc_tui.services.stock.purchasing import Owed
from svc_tui.services.stock.receiving import Arrived, Receipt
from svc_tui.widgets.fields import Field, ParsedField, TextField
from svc_tui.widgets.keys import Key


@dataclass(frozen=True, slots=True)
class Came:
    """How many came, and what the supplier took for one."""

    pieces: int
    cost: int | None = None


class ArrivalsScreen(ListScreen[Owed]):
    """What suppliers owe."""

    places = frozenset((Where.TOP, Where.ARRIVALS))

    def __init__(self) -> None:
        super().__init__(empty=_("No supplier owes anything. o: what is to be ordered"), id="arrivals")
        self.rows: list[Owed] = []
        self.long = LongAct(self, self.bottom.stand)
        self.undo = PartUndo(self, self.long, self.read_again)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo,)

    # -- what it shows ---------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        late = sum(self._is_late(row) for row in self.rows)
        count = self.svc.formats.count
        told = n_("{count} late", "{count} late", late).format(count=count(late)) if late else ""
        return _("Arrivals"), told

    def columns(self) -> list[Column[Owed]]:
        formats = self.svc.formats
        return [
            Column(_("Expected"), 10, self._expected),
            Column(_("Supplier"), 8, lambda row: row.supplier_name or "-", flex=1),
            Column(_("Code"), 9, lambda row: row.code),
            Column(_("Text"), 10, lambda row: row.text, flex=2),
            Column(_("Qty"), 4, lambda row: formats.quantity(row.outstanding), right=True),
            Column(_("Jobs"), 8, lambda row: ", ".join(map(str, row.jobs)) or _("stock")),
            Column(_("Order"), 5, lambda row: str(row.number), right=True),
        ]

    def _is_late(self, row: Owed) -> bool:
        return row.expected is not None and row.expected < self.session.seconds()

    def _expected(self, row: Owed) -> str:
        if row.expected is None:
            return _("unknown")
        day = self.svc.formats.day(row.expected)
        return f"! {day}" if self._is_late(row) else day

    def source(self) -> FixedRows[Owed]:
        return FixedRows(self.rows, lambda row: row.id)

    def whole(self, row: Owed) -> str:
        jobs = ", ".join(map(str, row.jobs)) or _("stock")
        told = _("{text} from {supplier}, order {number}, for {jobs}").format(
            text=row.text or row.code, supplier=row.supplier_name or "-", number=row.number, jobs=jobs
        )
        return " · ".join(part for part in (told, row.tracking, row.shelf) if part)

    async def opened(self) -> None:
        self.rows = await self.ask_service(purchasing.outstanding)
        await super().opened()

    async def read_again(self) -> None:
        """Look again for what is owed, with the cursor on the same line."""
        self.rows = await self.ask_service(purchasing.outstanding)
        self.tell_title()
        await self.list.reload(self.source())

    async def others_committed(self, news: News) -> None:
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self.read_again, "reading what suppliers owe")

    # -- receiving -------------------------------------------------------------------------------------------

    async def do_arrival_receive(self, key: Key | None) -> None:
        """Book what came of the line under the cursor."""
        if (row := self.list.current) is not None:
            self._ask_how_many(row)

    def _ask_how_many(self, row: Owed) -> None:
        formats = self.svc.formats
        label = filled(_("How many came of {text}"), text=row.text or row.code)

        def told(came: Came) -> str:
            return formats.quantity(came.pieces)

        async def answered(which: Field) -> None:
            came = which.value if isinstance(which, ParsedField) else None
            if came is not None:
                await self._receive(Arrived(row.id, came.pieces, cost=came.cost), row)

        field = ParsedField("quantity", label, self._came, told)
        field.value = Came(row.outstanding)
        self.ask_text(field, answered)

    def _came(self, typed: str) -> Came:
        """`2`, or with the price of one `2 @ 95,00`."""
        language = self.svc.formats.language
        pieces, at, price = typed.partition("@")
        return Came(parse_quantity(pieces.strip(), language), parse_amount(price.strip(), language) if at else None)

    async def _receive(self, arrived: Arrived, row: Owed) -> None:
        try:
            receipt = await self.ask_service(receiving.receive, arrived)
        except Asked as why:
            ask_anyway(self, why, partial(self._receive, arrived._replace(anyway=True), row))
            return
        await self.read_again()
        self.say(self.told(receipt))
        if receipt.left and not receipt.faulty and row.outstanding > receipt.left:
            self._ask_rest(row, receipt)
        else:
            await self._propose(receipt)

    def told(self, receipt: Receipt) -> str:
        """Where what came goes: each job with the shelf of its device, and the stock with its own."""
        quantity = self.svc.formats.quantity
        places = [
            _("{count} to job {number}{shelf}").format(
                count=quantity(entry.pieces), number=entry.job.number, shelf=_on_shelf(entry.job.device_shelf)
            )
            for entry in receipt.for_jobs
        ]
        if receipt.to_stock:
            places.append(
                _("{count} to stock{shelf}").format(count=quantity(receipt.to_stock), shelf=_on_shelf(receipt.shelf))
            )
        if receipt.faulty:
            places.append(_("{count} faulty, to go back").format(count=quantity(receipt.faulty)))
        told = f"{receipt.text}: {', '.join(places)}."
        if receipt.below_cost:
            numbers = ", ".join(map(str, receipt.below_cost))
            told += " " + _("It costs more than job {numbers} pays for it.").format(numbers=numbers)
        return told

    def _ask_rest(self, row: Owed, receipt: Receipt) -> None:
        label = _("{count} still to come; when (-: nobody knows)").format(count=self.svc.formats.quantity(receipt.left))

        async def expected(when: int | None) -> None:
            await self.ask_service(purchasing.expect, row, when)
            await self.read_again()
            await self._propose(receipt)

        self._ask_day(label, expected)

    def _ask_day(self, label: str, then: Callable[[int | None], Awaitable[None]]) -> None:
        formats = self.svc.formats

        def read(typed: str) -> int:
            when = purchasing.on_day(self.session, formats.read_typed(typed))
            if when is None:
                raise Invalid(N_("Write a day: fr, +3, 24.11."), field="expected_at")
            return when

        async def answered(which: Field) -> None:
            await then(which.value if isinstance(which, ParsedField) and which.text.strip() != "-" else None)

        self.ask_text(ParsedField[int]("expected_at", label, read, formats.day), answered)

    async def _propose(self, receipt: Receipt) -> None:
        found = await self.ask_service(arrivals.proposals, receipt.lines)
        if found:
            from svc_tui.screens.stock.proposals import ProposalsScreen

            await self.svc.show(ProposalsScreen(found, self.told(receipt)), self._proposed)

    async def _proposed(self, told: str | None) -> None:
        await self.read_again()
        if told:
            self.say(told)

    async def take_scan(self, code: str) -> None:
        """The line that a code means is asked about; a job, an order or a device is shown as on other screens.

        What is being asked stays asked.
        """
        if self.bottom.is_asking:
            await super().take_scan(code)
            return
        found = await self.ask_service(arrivals.find, code, self.rows)
        if not found:
            scanned = await self.ask_service(scanning.look_up, code)
            if scanned.found and not any(isinstance(one, ProductRow) for one in scanned.found):
                await show_found(self, scanned)
                return
        await self._ask_of(found, code)

    async def _go_to(self, code: str) -> None:
        await self._ask_of(await self.ask_service(arrivals.find, code, self.rows), code)

    async def _ask_of(self, found: Sequence[Owed], code: str) -> None:
        if not found:
            text = brief(shown(code), LONGEST_SHOWN)
            self.complain(_("Nothing that is to come has the code {text}.").format(text=text))
            return
        await self.show_rows(found[0].id)
        self._ask_how_many(found[0])

    async def do_arrival_find(self, key: Key | None) -> None:
        """Go to what a code, a number or words mean."""

        async def answered(which: Field) -> None:
            if which.text.strip():
                await self._go_to(which.text)

        self.ask_text(TextField("code", _("Code, EAN, order or words"), limit=120), answered)

    # -- what is wrong with it ---------------------------------------------------------------------------------

    def _ask_pieces(self, label: str, most: int, then: Callable[[int], Awaitable[None]]) -> None:
        formats = self.svc.formats

        async def answered(which: Field) -> None:
            pieces = which.value if isinstance(which, ParsedField) else None
            if pieces:
                await then(pieces)

        field = ParsedField("quantity", label, lambda typed: parse_quantity(typed, formats.language), formats.quantity)
        field.value = most
        self.ask_text(field, answered)

    async def do_arrival_faulty(self, key: Key | None) -> None:
        """Some of what came is faulty."""
        if (row := self.list.current) is None:
            return

        async def came(pieces: int) -> None:
            await self._receive(Arrived(row.id, 0, pieces), row)
            self._ask_instead(row, pieces)

        self._ask_pieces(filled(_("How many of {text} are faulty"), text=row.text or row.code), row.outstanding, came)

    def _ask_instead(self, row: Owed, pieces: int) -> None:
        async def credit() -> None:
            await self.ask_service(receiving.credit_instead, row, min(pieces, row.outstanding))
            await self.read_again()
            self.say(_("The supplier owes no others: jobs that waited for them need them again."))

        self.ask_letter(
            _("They lie apart and are owed still. Credit instead of others? y: yes   Esc: no"), on_yes(credit)
        )

    async def do_arrival_wrong(self, key: Key | None) -> None:
        """Another part than was ordered came."""
        if (row := self.list.current) is None:
            return

        async def came(pieces: int) -> None:
            await self.ask_service(receiving.receive_wrong, row, pieces)
            await self.read_again()
            self.say(_("It is to go back (r), and what was ordered is still to come: e says when."))

        self._ask_pieces(filled(_("How many wrong ones came for {text}"), text=row.text or row.code), 1000, came)

    async def do_arrival_expect(self, key: Key | None) -> None:
        """When the supplier says it comes."""
        if (row := self.list.current) is None:
            return

        async def expected(when: int | None) -> None:
            await self.ask_service(purchasing.expect, row, when)
            await self.read_again()

        self._ask_day(filled(_("{text} comes (fr, +3; -: nobody knows)"), text=row.text or row.code), expected)

    async def do_arrival_tracking(self, key: Key | None) -> None:
        """The number that the parcel is followed by."""
        if (row := self.list.current) is None:
            return

        async def answered(which: Field) -> None:
            await self.ask_service(purchasing.note_on, row, tracking="" if which.text == "-" else which.text)
            await self.read_again()

        self.ask_text(TextField("tracking", _("Parcel of order {number}").format(number=row.number), limit=120),
                      answered)  # fmt: skip

    async def do_arrival_cancel(self, key: Key | None) -> None:
        """What is still to come of the line is not coming."""
        if (row := self.list.current) is None:
            return

        async def cancel() -> None:
            left = await self.ask_service(purchasing.cancel_rest, row)
            await self.read_again()
            self.say(_("Cancelled: {count}. Jobs that waited for it need it again (o).").format(
                count=self.svc.formats.quantity(left)))  # fmt: skip

        text = filled(_("{text}: nothing more comes of it?"), text=row.text or row.code)
        self.ask_letter(text + " " + _("y: yes   Esc: no"), on_yes(cancel), losing=on_yes(cancel))

    # -- beside it ---------------------------------------------------------------------------------------------

    async def do_arrival_to_order(self, key: Key | None) -> None:
        """Everything that jobs lack."""
        from svc_tui.screens.stock.to_order import ToOrderScreen

        await self.svc.show(ToOrderScreen(), self._proposed)

    async def do_arrival_returns(self, key: Key | None) -> None:
        """What goes back to suppliers."""
        from svc_tui.screens.stock.returns import ReturnsScreen

        await self.svc.show(ReturnsScreen(), self._proposed)

    async def do_arrival_view(self, key: Key | None) -> None:
        """Read the order of the line under the cursor."""
        if (row := self.list.current) is not None:
            from svc_tui.screens.stock.part_papers import read_order

            await read_order(self, row.number)


def _on_shelf(shelf: str) -> str:
    return f" ({shelf})" if shelf else ""
