"""The tabs of a card: fields, the jobs of an entry, its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import ComposeResult

from svc_tui.domain.entries import Register
from svc_tui.domain.records import ActivityRow
from svc_tui.i18n import _
from svc_tui.screens.history.job_history import told
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.record_tabs import Pane
from svc_tui.services.history import history
from svc_tui.services.jobs import entry_jobs
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import Column, FixedRows, RowList

if TYPE_CHECKING:
    from svc_tui.screens.people.entry_card import Card, EntryCard

C = TypeVar("C", bound="Card")


class CardPane(Pane[C]):
    """The content of one tab of a card."""

    def __init__(self, card: EntryCard[C]) -> None:
        super().__init__()
        self.card = card


class FieldsPane(CardPane[C]):
    """Fields that have no room in the header."""

    form: Form

    def __init__(self, card: EntryCard[C], form: Form) -> None:
        super().__init__(card)
        self.form = form

    def compose(self) -> ComposeResult:
        yield self.form

    def steps(self) -> list[Step]:
        return [(self.form, field) for field in self.form.fields]


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


class JobsPane(CardPane[C]):
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
        self._stale = True

    def compose(self) -> ComposeResult:
        yield self.list

    def steps(self) -> list[Step]:
        return [(self.list, None)]

    async def fill(self, record: C) -> None:
        self._stale = True
        if self.card.tab == "jobs":
            await self.shown()

    async def shown(self) -> None:
        """They are read when the tab is opened."""
        if not self._stale:
            return
        self._stale = False
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


class EntryHistoryPane(CardPane[C]):
    """Every change of the entry, the newest first; read when the tab is opened."""

    def __init__(self, card: EntryCard[C], rows: Callable[[C], Mapping[str, Sequence[int]]]) -> None:
        """
        Args:
            card: Whose tab it is.
            rows: The rows whose changes are told, by the name of their table.
        """
        super().__init__(card)
        self._rows = rows
        self.list: RowList[tuple[int, str, str, str]] = RowList(
            [
                Column(_("When"), 14, lambda row: row[1]),
                Column(_("Who"), 5, lambda row: row[2]),
                Column(_("What"), 10, lambda row: row[3], flex=1),
            ],
            empty=_("Nothing is saved yet."),
            id="history",
        )
        self._stale = True

    def compose(self) -> ComposeResult:
        yield self.list

    def steps(self) -> list[Step]:
        return [(self.list, None)]

    async def fill(self, record: C) -> None:
        self._stale = True

    async def shown(self) -> None:
        if not self._stale:
            return
        self._stale = False
        card = self.card
        lines = [] if card.record.id is None else await card.ask_service(history.of_rows, self._rows(card.record))
        registers, formats = card.session.registers, card.svc.formats
        shown: list[tuple[int, str, str, str]] = []
        for line in lines:
            who = registers.employee(line.actor_id)
            for text in told(line, formats, registers):
                shown.append((len(shown), formats.when(line.at), who.initials if who else "", text.replace("\n", " ")))
        await self.list.show(FixedRows(shown, key=lambda row: row[0]))

    def reading(self) -> tuple[str, str] | None:
        current = self.list.current
        return (_("History"), f"{current[1]} {current[2]}\n{current[3]}") if current else None
