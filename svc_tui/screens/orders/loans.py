"""Devices that the shop lends: which there are, with whom they are, and what should be back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.operations import Values
from svc_tui.domain.orders.records import LoanDeviceRow
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.picker import Picked, Picker, Question
from svc_tui.screens.shell.picker import Row as Answer
from svc_tui.services.core.session import to_seconds
from svc_tui.services.orders import loans
from svc_tui.widgets.fields import Field, ParsedField, TextField, YesNoField
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key


class LoansScreen(ListScreen[LoanDeviceRow]):
    """Every loan device; what is late stands first."""

    places = frozenset((Where.LOANS,))

    def __init__(self) -> None:
        super().__init__(empty=_("No loan devices yet. Press n for one."), id="loans")
        self.devices: list[LoanDeviceRow] = []

    def heading(self) -> tuple[str, str]:
        return _("Loan devices"), ""

    def columns(self) -> list[Column[LoanDeviceRow]]:
        formats = self.svc.formats
        return [
            Column(_("No."), 6, lambda row: f"L{row.number}", right=True),
            Column(_("Device"), 18, lambda row: row.name, flex=2),
            Column(_("Serial no."), 12, lambda row: row.serial, flex=1),
            Column(_("Out with"), 16, lambda row: f"{row.job} {row.contact}".strip() if row.loan else "", flex=2),
            Column(_("Due back"), 12, lambda row: formats.list_when(row.due_at) if row.due_at else ""),
            Column(_("State"), 9, self._state),
        ]

    def _state(self, row: LoanDeviceRow) -> str:
        if row.loan is not None:
            return _("late") if row.due_at is not None and row.due_at < self.session.seconds() else _("out")
        return _("retired") if row.retired else _("here")

    def whole(self, row: LoanDeviceRow) -> str:
        return self.what_is_cut(row)

    def source(self) -> FixedRows[LoanDeviceRow]:
        return FixedRows(self.devices, key=lambda row: row.id)

    async def opened(self) -> None:
        await self._read()
        await super().opened()

    async def _read(self) -> None:
        found = await self.ask_service(loans.all_devices)
        self.devices = sorted(found, key=lambda row: (row.due_at is None, row.due_at or 0, row.number))

    async def _show_again(self) -> None:
        await self._read()
        await self.list.reload(self.source())

    def follows(self, news: News) -> bool:
        return False

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read them again."""
        await self._show_again()

    # -- commands ------------------------------------------------------------------------------------------------

    async def do_loans_add(self, key: Key | None) -> None:
        """Another device."""
        await self._ask(None)

    async def do_loans_change(self, key: Key | None) -> None:
        """The device under the cursor."""
        await self._ask(self.list.current)

    async def _ask(self, row: LoanDeviceRow | None) -> None:
        fields = [TextField("name", _("Device"), limit=120), TextField("serial", _("Serial number"), limit=100),
                  TextField("condition", _("Condition"), limit=200), TextField("note", _("Note"))]  # fmt: skip
        retired = YesNoField("retired", _("Retired"), row.retired if row else False)
        for field in fields:
            field.value = getattr(row, field.name) if row else ""

        async def save(form: Form) -> object:
            values: Values = {field.name: field.text for field in fields}
            return await self.ask_service(
                loans.save_device, row.id if row else None, values | {"retired": retired.chosen}
            )

        async def closed(saved: object) -> None:
            if saved is not None:
                await self._show_again()

        title = _("Loan device L{number}").format(number=row.number) if row else _("New loan device")
        await self.svc.show(FormDialog(title, [*fields, retired], save), closed)

    async def do_loans_back(self, key: Key | None) -> None:
        """It is back: in which condition."""
        row = self.list.current
        if row is None or row.loan is None:
            self.say(_("It is not out."))
            return
        _ask_condition(self, row, self._show_again)

    async def do_loans_job(self, key: Key | None) -> None:
        """The job that it is out with."""
        row = self.list.current
        if row is None or row.job_id is None:
            self.say(_("It is not out."))
            return

        async def closed(_saved: object) -> None:
            await self._show_again()

        await self.svc.open_job(row.job_id, closed)


def _ask_condition(screen: BaseScreen, device: LoanDeviceRow, done: Callable[[], Awaitable[None]]) -> None:
    async def answered(field: Field) -> None:
        await screen.ask_service(loans.bring_back, device.loan or 0, field.text)
        await done()
        screen.say(_("{name} is back.").format(name=device.name))

    screen.ask_text(TextField("condition", _("{name} is back: its condition").format(name=device.name)), answered)


async def lend(screen: BaseScreen, job: int) -> None:
    """Lend a device with a job; what is out with it comes back first."""
    out = await screen.ask_service(loans.with_job, job)
    if out:

        async def nothing() -> None:
            """The sheet shows nothing of it."""

        _ask_condition(screen, out[0], nothing)
        return
    found = [row for row in await screen.ask_service(loans.all_devices) if row.loan is None and not row.retired]

    async def search(text: str, options: dict[str, Any]) -> list[Answer[LoanDeviceRow]]:
        wanted = text.casefold().split()
        return [
            Answer(row, (f"L{row.number}", row.name, row.serial))
            for row in found
            if all(word in f"l{row.number} {row.name} {row.serial}".casefold() for word in wanted)
        ]

    question: Question[LoanDeviceRow] = Question(
        _("Which device is lent"), ((_("No."), 6, 0), (_("Device"), 24, 1), (_("Serial no."), 16, 0)), search,
        empty=_("No loan device is here. The list of orders (6) has them under L."),
    )  # fmt: skip

    async def closed(picked: object) -> None:
        if isinstance(picked, Picked):
            _ask_due(screen, job, picked.value)

    await screen.svc.show(Picker(question), closed)


def _ask_due(screen: BaseScreen, job: int, device: LoanDeviceRow) -> None:
    formats = screen.svc.formats

    def read(typed: str) -> int:
        found = formats.read_typed(typed)
        from datetime import datetime, time

        day = found.day or screen.session.now().date()
        closes = screen.session.registers.company.closes
        return to_seconds(datetime.combine(day, found.clock or time(min(closes, 1439) // 60, min(closes, 1439) % 60)))

    async def answered(field: Field) -> None:
        due = field.value if isinstance(field, ParsedField) else None
        await screen.ask_service(loans.lend, device.id, job, due)
        screen.say(_("L{number} {name} is lent with this job.").format(number=device.number, name=device.name))

    screen.ask_text(ParsedField("due_at", _("Due back (Enter: not said)"), read, formats.when), answered)
