"""What was typed into a sheet and cannot be saved there: one key puts it into the job's note, or into a new job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from svc_tui.domain.errors import Conflict, DomainError, NotFound, Restored
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.records import LineRecord, LinkRecord
from svc_tui.i18n import _
from svc_tui.screens.shell.record_kept import Discarded
from svc_tui.screens.shell.record_rescue import RecordRescue
from svc_tui.services.jobs.activities import Sheet

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


def way_out(error: DomainError) -> str:
    """A refusal that saving again does not help, with what does; empty for any other."""
    if isinstance(error, Conflict):
        names = ", ".join(_(FIELD_LABELS.get(name, name)) for name in error.fields)
        return f"{names}: {error.brief(_)} " + _("F11 puts what you typed into the job's note.")
    if isinstance(error, NotFound):  # its own sentence is about a row of a list, which is read again
        return _("This job is gone. What you typed is kept here.") + " " + _("F11 makes a new job of what stands here.")
    if isinstance(error, Restored):
        return error.brief(_) + " " + _("F11 makes a new job of what stands here.")
    return ""


class Rescue(RecordRescue[Sheet]):
    """Does it for one sheet: into the note of the job as it is stored now, or into a new job where it is gone."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__(sheet)
        self.sheet = sheet

    async def onto(self, fresh: Sheet) -> None:
        sheet = self.sheet
        sheet.svc.discarded = Discarded(sheet)
        text = await self._told()
        await sheet.refill(fresh)
        await sheet.open_tab("note" if "note" in sheet.tabs else sheet.tab)
        sheet.note.box.text = text
        sheet.focus_on(*sheet.note.steps()[0])
        sheet.tell_tabs()
        sheet.say(_("The job is as it is stored now, and what you typed is in the note: F2 saves it."))

    async def from_texts(self) -> None:
        sheet = self.sheet
        subject, text, list_id = sheet.header.subject.text, await self._told(whole=True), sheet.list_id
        sheet.adopt()
        await sheet.load(sheet.begun(), list_id)
        sheet.header.subject.show(subject)
        sheet.header.subject.touched = True
        sheet.header.refresh()
        sheet.note.box.text = text

    async def _told(self, *, whole: bool = False) -> str:
        """What was typed and is not stored, each under its label; the sheet is as it was opened then.

        Args:
            whole: Everything that stands in the sheet, typed or not.
        """
        sheet = self.sheet
        fields = [field for form in sheet.forms() for field in form.fields]
        typed = [(field, field.text) for field in fields]
        links, lines, note = list(sheet.linked.links), list(sheet.product.lines), sheet.note.box.text.strip()
        base = sheet.job
        await sheet.refill(base)
        told = [note] if note else []
        told += [f"{field.label}: {text}" for field, text in typed if text.strip() and (whole or text != field.text)]
        told += [f"{field.label}: -" for field, text in typed if field.text.strip() and not text.strip()]
        told += _rows([_line(line, sheet) for line in base.lines], [_line(line, sheet) for line in lines], whole=whole)
        told += _rows([_link(link) for link in base.links], [_link(link) for link in links], whole=whole)
        return "\n".join(told)


def _rows(before: Sequence[str], now: Sequence[str], *, whole: bool) -> list[str]:
    """Rows that came, and with a minus those that went."""
    came = [row for row in now if whole or row not in before]
    return came + [f"- {row}" for row in before if row not in now]


def _line(line: LineRecord, sheet: ActivitySheetScreen) -> str:
    quantity = sheet.svc.formats.quantity(line.quantity)
    return " ".join(filter(None, (quantity, line.unit, line.code, line.text, sheet.svc.formats.amount(line.price))))


def _link(link: LinkRecord) -> str:
    return ", ".join(filter(None, (link.contact, link.person)))
