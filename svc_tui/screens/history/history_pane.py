"""The history of a record in a tab of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from svc_tui.domain.records import HistoryRow
from svc_tui.i18n import _
from svc_tui.screens.history.job_history import told
from svc_tui.screens.shell.panes import LatePane
from svc_tui.screens.shell.record_kind import Record
from svc_tui.screens.shell.record_screen import RecordScreen
from svc_tui.services.core.session import Session
from svc_tui.widgets.row_list import Column, FixedRows, RowList

R = TypeVar("R", bound=Record)


class Told(NamedTuple):
    """A change: when, by whom, and what of it is told."""

    when: str
    who: str
    what: str

    def read_whole(self, what: str) -> str:
        """It and its stamp, for the reader."""
        return f"{self.when} {self.who}\n{what}"


class HistoryLine(NamedTuple):
    """A line of the table."""

    key: tuple[int, int]
    when: str
    who: str
    what: str
    whole: str
    """All of what was changed, of which this may be one line."""


class HistoryPane(LatePane[R]):
    """Every change of a record, the newest first; read when the tab is opened. Enter reads one whole."""

    def __init__(self, of: RecordScreen[R], changes: Callable[[Session, R], Sequence[HistoryRow]]) -> None:
        """
        Args:
            of: Whose tab it is.
            changes: Reads the changes of a record that is stored; called on the database thread.
        """
        super().__init__()
        self.of, self._changes = of, changes
        self.list: RowList[HistoryLine] = RowList(
            [
                Column(_("When"), 14, lambda row: row.when),
                Column(_("Who"), 5, lambda row: row.who),
                Column(_("What"), 10, lambda row: row.what, flex=1),
            ],
            empty=_("Nothing is saved yet."),
            id="history",
        )
        self._told: list[Told] = []

    async def read(self) -> None:
        record, registers, formats = self.of.record, self.of.session.registers, self.of.svc.formats
        changes = [] if record.id is None else await self.of.ask_service(self._changes, record)
        self._told = []
        for row in changes:
            who = registers.employee(row.actor_id)
            stamp = (formats.when(row.at), who.initials if who else "")
            self._told += [Told(*stamp, what) for what in told(row, formats, registers)]
        await self.write()

    async def write(self) -> None:
        """Show what was read."""
        lines = [line for place, change in enumerate(self._told) for line in self.lines(place, change)]
        await self.list.show(FixedRows(lines, key=lambda row: row.key))

    def lines(self, place: int, change: Told) -> Sequence[HistoryLine]:
        """The lines that a change takes."""
        what = change.what.replace("\n", " ")
        return [HistoryLine((place, 0), change.when, change.who, what, change.read_whole(what))]

    def reading(self) -> tuple[str, str] | None:
        current = self.list.current
        return (_("History"), current.whole) if current else None
