"""The tabs of the sheet that tell: the note with its earlier entries, and the history. Enter reads either whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from svc_tui.domain.records import HistoryRow, NoteRecord
from svc_tui.i18n import _
from svc_tui.screens.history.history_pane import HistoryLine, HistoryPane, Told
from svc_tui.screens.sheet.sheet_panes import SheetPane
from svc_tui.screens.shell.base import Step
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.jobs.activities import Sheet
from svc_tui.widgets.lines import wrapped
from svc_tui.widgets.row_list import Column, FixedRows, RowList
from svc_tui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen

INDENT = "   "
"""Before every line of a note but the first."""

BOX_LEAST, EARLIER_LEAST = 3, 4
"""Lines of the box for a new entry, and of the earlier ones with their heading, as long as there is room for both."""

WIDTH_AT_FIRST = 80
"""Columns of a tab that has not been shown yet."""

MOST_TOLD = 4
"""Lines that one change takes in the history; Enter shows it whole."""


class NotePane(SheetPane):
    """A new entry on top, the earlier ones under it, the newest first; the entry has the lines they leave."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__(sheet)
        self.box = TextBox(id="note")
        self.box.placeholder = _("A new entry")
        self.list: RowList[tuple[NoteRecord, int, str]] = RowList(
            [Column(_("Earlier entries"), 10, lambda row: row[2], flex=1)], empty=_("No entries yet."), id="notes"
        )
        self.box.changed_by_keys = self._typed
        self._notes: Sequence[NoteRecord] = ()
        self._width = self._earlier = 0

    def compose(self) -> ComposeResult:
        self.box.styles.height = BOX_LEAST
        yield self.box
        yield self.list

    def steps(self) -> list[Step]:
        return [(self.box, None), (self.list, None)]

    async def fill(self, record: Sheet) -> None:
        self.box.text = ""
        self._notes, self._width = record.notes, 0
        await self.list.show(FixedRows())
        await self._wrap()

    async def on_resize(self) -> None:
        await self._wrap()

    async def _typed(self) -> None:
        self._share_lines()

    async def _wrap(self) -> None:
        """Write the entries in lines of the width there is."""
        width = self.size.width or self.sheet.size.width or WIDTH_AT_FIRST
        if width != self._width:
            self._width = width
            rows = self._lines(self._notes, width)
            self._earlier = len(rows)
            current = self.list.current
            keep = (current[0].id, current[1]) if current else None
            await self.list.show(FixedRows(rows, key=lambda row: (row[0].id, row[1])), keep=keep)
        self._share_lines()

    def _share_lines(self) -> None:
        """The box has the lines that the earlier entries leave, and more while more is written in it."""
        height = self.size.height
        if height:
            written = min(self.box.wrapped_document.height + 1, height - EARLIER_LEAST)
            lines = min(max(height - self._earlier - 1, written, BOX_LEAST), height)
            if self.box.styles.height is None or self.box.styles.height.value != lines:
                self.box.styles.height = lines

    def _stamp(self, note: NoteRecord) -> str:
        author = self.sheet.session.registers.employee(note.author_id)
        when = self.sheet.svc.formats.when(note.at)
        return f"{when} {author.initials if author else ''}".strip() + ": " if note.stamped else ""

    def _lines(self, notes: Sequence[NoteRecord], width: int) -> list[tuple[NoteRecord, int, str]]:
        found: list[tuple[NoteRecord, int, str]] = []
        for note in notes:
            text = self._stamp(note) + note.text
            lines = [line for part in text.split("\n") for line in wrapped(part, max(width - len(INDENT), 1))]
            found += [(note, place, (INDENT if place else "") + line) for place, line in enumerate(lines)]
        return found

    def reading(self) -> tuple[str, str] | None:
        current = self.list.current
        return (_("Note"), self._stamp(current[0]) + current[0].text) if current else None


class JobHistoryPane(HistoryPane[Sheet]):
    """Every change of the job in lines of the width there is; each has a few, and is read whole with Enter."""

    _BEFORE = 14 + 5 + 2
    """Cells of when and who, with their gaps."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__(sheet, _changes)

    async def on_resize(self) -> None:
        await self.write()

    def lines(self, place: int, change: Told) -> Sequence[HistoryLine]:
        width = max((self.size.width or self.of.size.width or WIDTH_AT_FIRST) - self._BEFORE, 1)
        lines = wrapped(change.what, width)
        if len(lines) > MOST_TOLD:
            lines = [*lines[: MOST_TOLD - 1], f"{lines[MOST_TOLD - 1]} …"]
        whole = change.read_whole(change.what)
        return [
            HistoryLine((place, number), *(("", "") if number else (change.when, change.who)), line, whole)
            for number, line in enumerate(lines)
        ]


def _changes(session: Session, job: Sheet) -> list[HistoryRow]:
    return history.of_activity(session, job.id or 0)
