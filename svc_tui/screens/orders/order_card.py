"""An order: who pays, its lines, what went out and what was issued as a tree that opens each, its history."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from svc_tui.commands import Where
from svc_tui.domain.errors import Conflict
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.language.money import parse_amount, parse_percent
from svc_tui.domain.news import News
from svc_tui.domain.operations import Values, new_operation_key
from svc_tui.domain.orders.labels import PROGRESS_LABELS
from svc_tui.domain.orders.records import OrderLine
from svc_tui.domain.orders.terms import days_to_pay
from svc_tui.i18n import N_, _
from svc_tui.screens.history.history_pane import HistoryPane
from svc_tui.screens.orders.order_acts import OrderActs
from svc_tui.screens.orders.order_panes import LinesPane, PaperRow, PapersPane, changes
from svc_tui.screens.people.entry_fields import line, number
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.panes import FieldsPane
from svc_tui.screens.shell.record_kind import Words
from svc_tui.screens.shell.record_screen import RecordScreen
from svc_tui.services.core.session import Session
from svc_tui.services.orders import orders
from svc_tui.services.orders.orders import LINES, OrderEdit, OrderSheet
from svc_tui.widgets.fields import ParsedField, TextField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application

TABS = {"lines": N_("Lines"), "papers": N_("Papers"), "address": N_("Address"), "history": N_("History")}


async def open_order(app: Application, order_id: int, closed: Callable[[Any], Awaitable[None]] | None = None) -> None:
    """Show an order."""
    screen = app.kept("order", OrderCard)
    screen.adopt()
    await screen.load(await app.store.run(screen.read, app.session, order_id))
    await app.show(screen, closed)


class OrderCard(RecordScreen[OrderSheet]):
    """A service order."""

    places = frozenset((Where.ORDER, Where.RECORD, Where.FORM))
    words = Words(
        gone=N_("This order is gone."),
        gone_by=N_("This order is gone: {who} took it back."),
        not_restored=N_("The shop was put back to an earlier state, in which this order is not."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.tab = "lines"
        self.edit_key = ""
        self.acts = OrderActs(self, lambda: self.record.row.id, self._acted)

    def prepare(self) -> None:
        """Make the parts that need to know the session; once, before the first order is shown."""
        language, formats = self.session.language, self.svc.formats
        head = [
            line("name", LINES["name"]), line("reference", LINES["reference"]),
            number("terms", days_to_pay, str, empty=0),
            number("discount", lambda text: parse_percent(text, language), formats.percent, empty=0),
            line("note", 300),
        ]  # fmt: skip
        places = [(0, 0), (0, 1), (1, 0), (1, 1), (2, None)]
        self.header = Form(
            [Slot(bound.field, *place) for bound, place in zip(head, places, strict=True)],
            label_width=12, right_label_width=12, id="header",
        )  # fmt: skip
        rest = [
            line("address", 150), *(line(name, LINES[name]) for name in
                                    ("post_code", "city", "country", "vat_number", "gln", "email"))
        ]  # fmt: skip
        self.bound = [*head, *rest]
        address = Form([Slot(bound.field, place) for place, bound in enumerate(rest)], label_width=14, id="address")
        self.panes = {
            "lines": LinesPane(self), "papers": PapersPane(self), "address": FieldsPane(address),
            "history": HistoryPane(self, changes),
        }  # fmt: skip

    @property
    def helpers(self) -> tuple[object, ...]:
        return (*super().helpers, self.acts)

    # -- what an order is ------------------------------------------------------------------------------------------

    def read(self, session: Session, record_id: int) -> OrderSheet:
        return orders.open_order(session, record_id)

    def values(self) -> Values:
        """What stands here now."""
        return {name: self.record.values[name] for name in orders.FIELDS} | {
            bound.name: bound.get() for bound in self.bound
        }

    def differs(self) -> bool:
        return any(self.record.values[name] != value for name, value in self.values().items())

    def fill_header(self, record: OrderSheet) -> None:
        for bound in self.bound:
            bound.field.touched = False
            bound.put(record.values[bound.name])
        for form in self.forms():
            form.refresh()

    async def refill(self, record: OrderSheet) -> None:
        self.edit_key = new_operation_key()
        await super().refill(record)

    def title_told(self) -> tuple[str, str]:
        row, formats = self.record.row, self.svc.formats
        left = _("Order {number} · {name}").format(number=row.number, name=row.name)
        return left, f"{_(PROGRESS_LABELS[row.progress])} · {formats.amount(row.amount)} {row.currency}"

    def tab_label(self, name: str) -> str:
        return _(TABS[name])

    async def store(self) -> int:
        edit = OrderEdit(self.record, self.values(), operation_key=self.edit_key)
        saved = await self.ask_service(orders.save, edit)
        self.say(_("The order is saved."))
        return saved.id

    async def now_stored(self, conflict: Conflict) -> Form | None:
        return None

    def concerns(self, news: News) -> bool:
        return True

    def differing(self, before: OrderSheet, now: OrderSheet) -> list[str]:
        return [_(FIELD_LABELS.get(name, name)) for name in orders.FIELDS if before.values[name] != now.values[name]]

    # -- what is done to it ----------------------------------------------------------------------------------------

    async def _acted(self, _order: int | None) -> None:
        self.saved_id = self.record.row.id
        await self._reread_to(self.record.row.id)

    async def change_line(self, row: OrderLine) -> None:
        """Text, price and discount of a line."""
        if not row.is_free:
            self.say(_("This line is billed and stays as it is."))
            return
        formats = self.svc.formats
        text = TextField("text", _("Text"))
        price: ParsedField[int] = ParsedField(
            "price", _("Unit price"), lambda typed: parse_amount(typed, formats.language), formats.amount
        )
        discount: ParsedField[int] = ParsedField(
            "discount", _("Discount %"), lambda typed: parse_percent(typed, formats.language), formats.percent
        )
        text.value, price.value, discount.value = row.text, row.price, row.discount

        async def save(form: Form) -> object:
            values: Values = {"text": text.text, "price": price.value or 0, "discount": discount.value or 0}
            stored = {name: self.record.values[name] for name in orders.FIELDS}
            return await self.ask_service(orders.save, OrderEdit(self.record, stored, {row.id: values}))

        async def closed(saved: object) -> None:
            if saved is not None:
                await self._acted(None)
                self.say(_("The line is changed."))

        await self.svc.show(FormDialog(_("Line: {text}").format(text=row.text), [text, price, discount], save), closed)

    async def read_paper(self, row: PaperRow) -> None:
        """Show a paper as text."""
        from svc_tui.output.paper.plain import plain
        from svc_tui.output.paper.readers import reader_in
        from svc_tui.screens.shell.reader import ReaderScreen
        from svc_tui.services.orders import papers

        if row.kind == "document":
            body = await self.ask_service(orders.paper, row.id, "text")
            text = body.decode()
        else:
            reader = reader_in(str(self.record.values["language"]))
            sheet = papers.order_sheet(self.session, self.record, reader)
            if row.kind == "dispatch":
                out = next(entry for entry in self.record.dispatches if entry.id == row.id)
                sheet = papers.slip_sheet(self.session, self.record, out, reader)
            text = plain(sheet)
        await self.svc.show(ReaderScreen(row.label.lstrip("├└│ "), text))

    async def do_line_remove(self, key: Key | None) -> None:
        """Del: of the lines, the order is cancelled; a packing slip is taken back, an invoice credited."""
        papers = self.panes["papers"]
        assert isinstance(papers, PapersPane)
        row = papers.list.current if self.target is papers.list else None
        if row is None or row.kind == "order":
            await self.acts.do_order_cancel(key)
        elif row.kind == "dispatch":
            await self.acts.take_back(row.id)
        else:
            await self.acts.credit(row.id)

    async def do_record_rescue(self, key: Key | None) -> None:
        """No order is made of what stands here: they come from jobs."""
        self.say(_("Orders are made from jobs (Ctrl+V): write down what you typed, then F5 reads again."))

    async def do_order_address(self, key: Key | None) -> None:
        """Take the contact's present address onto the order."""
        await self.ask_service(orders.take_address, self.record.row.id)
        await self._acted(None)
        self.say(_("The address is that of the contact now."))

    async def do_order_job(self, key: Key | None) -> None:
        """Open the job of the line under the cursor."""
        lines = self.panes["lines"]
        assert isinstance(lines, LinesPane)
        row = lines.list.current
        if row is None or row.of_job is None:
            self.say(_("This line comes from no job."))
            return

        async def closed(_saved: object) -> None:
            if not self.is_changed:
                await self._reread_to(self.record.row.id)

        await self.svc.open_job(row.of_job, closed)
