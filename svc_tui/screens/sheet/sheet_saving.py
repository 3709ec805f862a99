"""What a sheet says now, whether that differs from what is stored, and saving it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svc_tui.domain.job_fields import BY_NAME
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.operations import Values
from svc_tui.domain.records import Stage
from svc_tui.i18n import _
from svc_tui.screens.sheet import sheet_facts
from svc_tui.screens.shell.drafting import typed_fields
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Saved, SheetEdit
from svc_tui.widgets.fields import TextField, YesNoField

if TYPE_CHECKING:
    from svc_tui.domain.operations import Pending
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class Saving:
    """Reads one sheet and saves it."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet
        self.tried: SheetEdit | None = None
        """What the last save was to store."""

    def values(self) -> Values:
        """What the sheet says now."""
        found = self.sheet.header.values(self.sheet.job.values)
        for field in (*self.sheet.product.form.fields, *self.sheet.misc.form.fields):
            if isinstance(field, TextField | YesNoField) and field.name in BY_NAME:
                found[field.name] = field.chosen if isinstance(field, YesNoField) else field.value
        return found

    def differs(self) -> bool:
        """Whether anything here, but for text not understood yet, differs from what is stored."""
        return (
            bool(self.sheet.product.part.text.strip())
            or self.values() != self.sheet.job.values
            or self.sheet.header.new_device is not None
            or tuple(self.sheet.linked.links) != self.sheet.job.links
            or tuple(self.sheet.product.lines) != self.sheet.job.lines
            or bool(self.sheet.note.box.text.strip())
            or self._is_unsaved_copy
        )

    @property
    def _is_unsaved_copy(self) -> bool:
        """A job that began with content: leaving it would lose the copy that was asked for."""
        return self.sheet.job.id is None and bool(
            self.sheet.job.lines or self.sheet.job.links or self.sheet.job.values["subject"]
        )

    def typed_parts(self) -> Iterator[tuple[str, str]]:
        """Everything a person would have to type again, also in tabs that are not shown."""
        sheet = self.sheet
        for form in sheet.forms():
            yield from typed_fields(form)
        yield _("Note"), sheet.note.box.text
        formats = sheet.svc.formats
        for line in sheet.product.lines:
            yield _("Part"), f"{formats.quantity(line.planned)} {line.code} {line.text} {formats.amount(line.price)}"

    async def save(self, *, is_confirmed: bool = False) -> bool:
        """Save everything or nothing; a refusal marks its field and keeps every letter.

        Args:
            is_confirmed: Whether the job may be done although it waits for parts.
        """
        sheet = self.sheet
        if sheet.product.part.text.strip():
            await sheet.line_acts.add_part(stay=True, asks=False)
        if not await sheet.understood():
            return False
        needed = sheet_facts.parts_needed(sheet.product.lines)
        if needed and not is_confirmed and self._becomes_done():
            sheet.ask_letter(sheet_facts.needed(needed), {"enter": self._save_all_the_same}, losing=("enter",))
            return False
        return await sheet.stored()

    async def store(self) -> int:
        """Save what stands here and say so; gives the job's id."""
        edit = self.tried = self.edit()
        saved = await self.sheet.ask_service(activities.save, edit)
        self.tell_saved(saved)
        if edit.base.id is None:
            self._print_receipt(saved)
        return saved.id

    def _print_receipt(self, saved: Saved) -> None:
        """The receipt of a job that was just registered, where a printer is set up for it."""
        if any(printer.at_intake for printer in self.sheet.session.registers.printers):
            from svc_tui.screens.paper import printing

            printing.print_receipt(self.sheet, saved.id)

    def edit(self) -> SheetEdit:
        """What is to be saved."""
        sheet = self.sheet
        return SheetEdit(
            base=sheet.job,
            values=self.values(),
            links=tuple(sheet.linked.links),
            lines=tuple(sheet.product.lines),
            new_note=sheet.note.box.text,
            stamp_note=sheet.svc.settings.note_stamp,
            new_device=sheet.header.new_device,
            operation_key=sheet.edit_key,
        )

    def tell_saved(self, saved: Saved) -> None:
        """Say what was saved, and what else came of it."""
        self.sheet.saved_id = saved.id
        text = _("Job {number} is saved.").format(number=saved.number)
        if saved.moved_device:
            text += " " + _("The device went along: {device}.").format(device=saved.moved_device)
        if saved.merged:
            names = ", ".join(_(FIELD_LABELS.get(name, name)) for name in saved.merged)
            text += " " + _("Somebody else changed meanwhile, and it was kept: {fields}.").format(fields=names)
        if self.sheet.list_id is not None and not self._is_in_list():
            text += " " + _("Without a type of this list it is shown under All jobs (3) only.")
        self.sheet.say(text)

    async def hears_outcome(self, lost: Pending) -> bool:
        """It is known now whether an act is in; True when that was the last save of this sheet, and it is told."""
        tried, sheet = self.tried, self.sheet
        if tried is None or not tried.operation_key == sheet.edit_key == lost.began_with:
            return False
        if not lost.is_in:
            sheet.complain(_("The job was not saved: save it again (F2)."))
            return True
        saved = await sheet.ask_service(activities.saved_with, sheet.edit_key)
        if self.edit() == tried and not any(field.pending for form in sheet.forms() for field in form.fields):
            self.tell_saved(saved)
            await sheet.show_saved()
        else:
            text = _("Job {number} was saved as it stood then. What you typed since is not saved yet: F2.")
            sheet.complain(text.format(number=saved.number))
        return True

    def _becomes_done(self) -> bool:
        status = self.sheet.session.registers.status(self.sheet.header.choices["status"].value)
        return status is not None and status.stage is Stage.DONE and self.sheet.job.stage is not Stage.DONE

    async def _save_all_the_same(self) -> None:
        if await self.save(is_confirmed=True):
            await self.sheet.show_saved()

    def _is_in_list(self) -> bool:
        """Whether the list the sheet was opened from shows the job."""
        kind = self.sheet.session.registers.type(self.sheet.header.choices["type"].value)
        return kind is not None and self.sheet.list_id in kind.lists
