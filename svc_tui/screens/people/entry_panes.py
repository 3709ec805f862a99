"""The tables of a card, and the one of the jobs of an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from svc_tui.domain.entries import Register
from svc_tui.domain.records import ActivityRow
from svc_tui.i18n import _
from svc_tui.screens.shell.panes import LatePane, TablePane
from svc_tui.services.jobs import entry_jobs
from svc_tui.widgets.row_list import Column, FixedRows, RowList

if TYPE_CHECKING:
    from svc_tui.screens.people.entry_card import Card, EntryCard

C = TypeVar("C", bound="Card")


class CardPane(TablePane[C]):
    """A table of a card."""

    def __init__(self, card: EntryCard[C]) -> None:
        super().__init__()
        self.card = card


class JobRows:
    """The jobs of an entry, page by page with the newest first."""

    def __init__(self, card: EntryCard[Any], register: Register, entry_id: int) -> None:
        self._card, self._of = card, (register, entry_id)

    async def page(self, limit: int, after: ActivityRow | None, before: ActivityRow | None) -> Sequence[ActivityRow]:
        return await self._card.ask_service(entry_jobs.page, *self._of, limit, after, before)

    async def last(self, limit: int) -> Sequence[ActivityRow]:
        return await self._card.ask_service(entry_jobs.last_page, *self._of, limit)

    def key(self, row: ActivityRow) -> object:
        return row.id

    def anew(self) -> JobRows:
        return JobRows(self._card, *self._of)


class JobsPane(CardPane[C], LatePane[C]):
    """The jobs of an entry: Enter opens one."""

    def __init__(self, card: EntryCard[C], register: Register, empty: str) -> None:
        super().__init__(card)
        self.register = register
        registers, formats = card.session.registers, card.svc.formats

        def status(row: ActivityRow) -> str:
            found = registers.status(row.status_id)
            return f"{formats.stage_letter(row.stage)} {found.name if found else ''}".rstrip()

        def responsible(row: ActivityRow) -> str:
            found = registers.employee(row.responsible_id)
            return found.initials if found else ""

        self.list: RowList[ActivityRow] = RowList(
            [
                Column(_("No."), 6, lambda row: str(row.number), right=True),
                Column(_("Start"), 12, lambda row: formats.list_when(row.start_at), whole=True),
                Column(_("Subject"), 16, lambda row: row.subject, flex=2),
                Column(_("Status"), 14, status, flex=1),
                Column(_("Resp."), 5, responsible),
            ],
            empty=empty,
            id="jobs",
        )

    async def fill(self, record: C) -> None:
        await super().fill(record)
        if self.card.tab == "jobs":
            await self.shown()

    async def read(self) -> None:
        entry_id = self.card.record.id
        if entry_id is None:
            await self.list.show(FixedRows[ActivityRow]())
        else:
            await self.list.show(JobRows(self.card, self.register, entry_id))

    def unwritten(self) -> str:
        return _("Nothing is written here: Enter opens the job, F6 makes a new one.")

    def enter_label(self) -> str:
        return _("Open")

    async def open_row(self) -> None:
        if (row := self.list.current) is not None:
            await self.card.open_job(row.id)
