"""The list of service orders: by state, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.orders.labels import PROGRESS_LABELS
from svc_tui.domain.orders.progress import Progress
from svc_tui.domain.orders.records import OrderRow
from svc_tui.i18n import N_, _, n_
from svc_tui.screens.orders.order_acts import OrderActs
from svc_tui.screens.shell.list_screen import Column, KeysetRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct, on_yes
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.orders import issuing, orders
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.keys import Key


class States(NamedTuple):
    """Orders that are shown together."""

    label: str
    progress: tuple[Progress, ...]


STATES: Final = (
    States(N_("to bill"), orders.OPEN),
    States(N_("billed"), (Progress.INVOICED, Progress.HANDED, Progress.CREDITED)),
    States(N_("cancelled"), (Progress.CANCELLED,)),
    States(N_("all"), ()),
)


class OrdersScreen(ListScreen[OrderRow]):
    """Service orders."""

    places = frozenset((Where.ORDERS, Where.TOP))

    def __init__(self) -> None:
        super().__init__(empty=_("No order here. Ctrl+V on a job makes one; Right shows other states."), id="orders")
        self.state, self.asked = 0, ""
        self.wanted = orders.in_states(STATES[0].progress)
        self.acts = OrderActs(self, self._current, self._acted)
        self.long = LongAct(self, self.bottom.stand)
        self.undoing = Undoing(self, self.long, self.list.reload)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.acts,)

    def heading(self) -> tuple[str, str]:
        return _("Orders"), " · ".join(part for part in (self.asked, _(STATES[self.state].label)) if part)

    def columns(self) -> list[Column[OrderRow]]:
        formats = self.svc.formats
        return [
            Column(_("No."), 6, lambda row: str(row.number), right=True),
            Column(_("Date"), 12, lambda row: formats.list_when(row.created_at), whole=True),
            Column(_("Name"), 16, lambda row: row.name, flex=2),
            Column(_("Jobs"), 8, lambda row: ", ".join(map(str, row.jobs)), flex=1),
            Column(_("State"), 18, self._state),
            Column(_("Amount"), 12, lambda row: formats.amount(row.amount), right=True),
        ]

    @staticmethod
    def _state(row: OrderRow) -> str:
        """How far it is; what is invoiced and still here says so."""
        told = _(PROGRESS_LABELS[row.progress])
        is_billed = row.progress in (Progress.PARTLY, Progress.INVOICED, Progress.HANDED)
        return _("{state}, not out").format(state=told) if is_billed and not row.is_out else told

    def whole(self, row: OrderRow) -> str:
        return self.what_is_cut(row)

    def source(self) -> KeysetRows[OrderRow]:
        wanted = self.wanted

        def read(session: Session, limit: int, after: OrderRow | None, before: OrderRow | None) -> Sequence[OrderRow]:
            return orders.recent(session, wanted, limit, after, before)

        def last(session: Session, limit: int) -> Sequence[OrderRow]:
            return orders.oldest(session, wanted, limit)

        return KeysetRows(self, read, last)

    def follows(self, news: News) -> bool:
        return True

    async def show_again(self) -> None:
        """The list was opened: what it shows is read again."""
        if self.ready.is_set():
            self.adopt()
            self.tell_title()
            await self.list.reload()

    def _current(self) -> int | None:
        row = self.list.current
        return row.id if row is not None else None

    async def _acted(self, order_id: int | None) -> None:
        await self.list.reload()

    # -- commands ------------------------------------------------------------------------------------------------

    async def do_order_open(self, key: Key | None) -> None:
        """Open the order under the cursor."""
        if (row := self.list.current) is not None:
            await self.open_row(row)

    async def open_row(self, row: OrderRow) -> None:
        from svc_tui.screens.orders.order_card import open_order

        await open_order(self.svc, row.id, self._back_from)

    async def _back_from(self, _saved: object) -> None:
        await self.list.reload()

    async def do_orders_find(self, key: Key | None) -> None:
        """Ask whose orders, or which number."""

        async def answered(field: Field) -> None:
            await self._show_only(field.text)

        self.ask_text(TextField("orders", _("Number or name (-: all)")), answered)

    async def _show_only(self, text: str) -> None:
        self.asked = "" if text.strip() == "-" else text.strip()
        states = STATES[self.state].progress
        if self.asked.isdecimal():
            self.state, states = len(STATES) - 1, ()  # a number is looked for wherever it is
        self.wanted = await self.ask_service(orders.wanted, self.asked, states)
        self.tell_title()
        await self.show_rows()

    async def do_orders_next_state(self, key: Key | None) -> None:
        """The orders of the next state."""
        await self._turn(1)

    async def do_orders_previous_state(self, key: Key | None) -> None:
        """The orders of the state before."""
        await self._turn(-1)

    async def _turn(self, by: int) -> None:
        self.state = (self.state + by) % len(STATES)
        self.wanted = await self.ask_service(orders.wanted, self.asked, STATES[self.state].progress)
        self.tell_title()
        await self.show_rows()

    async def do_app_close(self, key: Key | None) -> None:
        """Esc shows all of the state again; else back."""
        if self.asked and key is not None and key.name == "escape":
            await self._show_only("")
        else:
            await super().do_app_close(key)

    async def do_orders_undo(self, key: Key | None) -> None:
        """Undo the user's last act."""
        await self.undoing.undo(undo.last_to_undo)

    async def do_orders_hand_over(self, key: Key | None) -> None:
        """Bill every order that is to be billed, each as a document of its own, after asking."""
        found = await self.ask_service(issuing.to_bill)
        if not found:
            self.say(_("Nothing is to be billed."))
            return

        async def go() -> None:
            from svc_tui.output.paper.documents import rendered

            bills = [await self.ask_service(issuing.all_left, [order]) for order in found]
            made = await self.ask_service(issuing.issue, bills, rendered)
            await self.list.reload()
            told = n_("{count} document made.", "{count} documents made.", len(made))
            told = told.format(count=self.svc.formats.count(len(made)))
            if made[0].handover:
                told += " " + _("Run {number}.").format(number=made[0].handover)
            self.say(told)

        question = n_("Bill {count} order?", "Bill {count} orders?", len(found))
        asked = question.format(count=self.svc.formats.count(len(found))) + " " + _("y: yes   Esc: no")
        self.ask_letter(asked, on_yes(go), losing=(_("y"), "y", "j"))

    async def do_orders_loans(self, key: Key | None) -> None:
        """The loan devices."""
        from svc_tui.screens.orders.loans import LoansScreen

        await self.svc.show(LoansScreen())

    async def do_orders_billing(self, key: Key | None) -> None:
        """How the shop bills."""
        from svc_tui.screens.orders.billing_form import billing_form

        await self.svc.show(await billing_form(self), partial(_told_saved, self))


async def _told_saved(screen: OrdersScreen, saved: object) -> None:
    if saved is not None:
        screen.say(_("Saved."))
