"""What a sheet says now, whether that differs from what is stored, and saving it."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

from svc_tui.domain.errors import Asked
from svc_tui.domain.job_fields import BY_NAME
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.operations import Values
from svc_tui.domain.records import PartState, Stage
from svc_tui.domain.stock import foreseen
from svc_tui.domain.stock.answers import Answer, Answers, Ask, PartQuestion
from svc_tui.domain.stock.pieces import Fate
from svc_tui.i18n import _
from svc_tui.screens.shell import ceiling
from svc_tui.screens.shell.drafting import typed_fields
from svc_tui.screens.shell.part_questions import ask_anyway, ask_of_parts
from svc_tui.services.jobs import activities, intake
from svc_tui.services.jobs.activities import Saved, SheetEdit
from svc_tui.services.reports import registering
from svc_tui.widgets.fields import ParsedField, TextField, YesNoField

if TYPE_CHECKING:
    from svc_tui.domain.operations import Pending
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class Saving:
    """Reads one sheet and saves it."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet
        self.tried: SheetEdit | None = None
        """What the last save was to store."""
        self.answers: Answers = ()
        """What was said of parts before the job is cancelled."""
        self.anyway = False
        """Whether pieces are taken that are another job's, or more than the stock says there are."""
        self.fates: dict[int, Fate] = {}
        """What becomes of pieces that are taken back, by line."""
        self._begun = 0.0
        self.keys = 0
        """Keys since the job was begun."""

    def values(self) -> Values:
        """What the sheet says now."""
        found = self.sheet.header.values(self.sheet.job.values)
        for field in (*self.sheet.product.form.fields, *self.sheet.misc.form.fields):
            if isinstance(field, TextField | YesNoField | ParsedField) and field.name in BY_NAME:
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

    async def save(self) -> bool:
        """Save everything or nothing; a refusal marks its field and keeps every letter."""
        sheet = self.sheet
        if sheet.product.part.text.strip():
            await sheet.line_acts.add_part(stay=True, asks=False)
        if not await sheet.understood():
            return False
        if asked := await self._asked_of_parts():
            await ask_of_parts(sheet, asked, self._parts_answered)
            return False
        return await sheet.stored()

    async def _asked_of_parts(self) -> list[PartQuestion]:
        """What has to be said of the parts of a job that is done or cancelled by this save."""
        sheet, lines = self.sheet, self.sheet.product.lines
        status = sheet.session.registers.status(sheet.header.choices["status"].value)
        stage = status.stage if status is not None else Stage.NONE
        if stage is Stage.DONE and (sheet.job.stage is not stage or tuple(lines) != sheet.job.lines):
            return [
                PartQuestion(line.id, Ask.OPEN, line.text or line.code, line.state, 0)
                for line in lines
                if line.state not in (PartState.NONE, PartState.USED)
            ]
        if stage is Stage.CANCELLED is not sheet.job.stage and sheet.job.id is not None:
            asked = await sheet.ask_service(intake.parts_asked_before, sheet.job.id, stage)
            here = {line.id for line in lines}
            return [one for one in asked if one.line in here and not one.is_answered(self.answers)]
        return []

    async def _parts_answered(self, answers: Answers) -> None:
        said = dict(answers)
        lines = self.sheet.product.lines
        for place, line in enumerate(lines):
            match said.get(line.id):
                case Answer.USED:
                    lines[place] = foreseen.changed(line, line.planned, line.planned)
                case Answer.UNNEEDED:
                    lines[place] = foreseen.changed(line, line.used or 0, line.used)
        self.answers = (*self.answers, *answers)
        await self.sheet.product.redraw()
        await self.sheet.do_form_save(None)

    async def _take_anyway(self) -> None:
        self.anyway = True
        await self.sheet.do_form_save(None)

    def begin(self) -> None:
        """Nothing is said of the parts of the job that is shown now, and no key was pressed in it."""
        self._begun, self.keys = monotonic(), 0
        self.answers, self.anyway = (), False
        self.fates.clear()

    async def store(self) -> int:
        """Save what stands here and say so; gives the job's id."""
        edit = self.tried = self.edit()
        saved = await self.sheet.ask_service(activities.save, edit)
        if edit.base.id is None and self.sheet.session.employee is not None:
            registering.note(self.sheet.session.employee.id, monotonic() - self._begun, self.keys)
        self.tell_saved(saved)
        if edit.values["ceiling"] is not None:
            self.sheet.say(f"{self.sheet.bottom.message} {await ceiling.told_of(self.sheet, saved.id)}".strip())
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
            anyway=self.anyway,
            fates=dict(self.fates),
            answers=self.answers,
            operation_key=sheet.edit_key,
        )

    def tell_saved(self, saved: Saved) -> None:
        """Say what was saved, and what else came of it."""
        self.sheet.saved_id = saved.id
        text = _("Job {number} is saved.").format(number=saved.number)
        if saved.moved_device:
            text += " " + _("The device went along: {device}.").format(device=saved.moved_device)
        if saved.freed:
            formats = self.sheet.svc.formats
            texts = ", ".join(f"{formats.quantity(pieces)} {name}" for name, pieces in saved.freed)
            text += " " + _("Back on the shelf: {parts}.").format(parts=texts)
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

    def asks_anyway(self, why: Asked) -> None:
        """Pieces of another job are taken once somebody says so."""
        ask_anyway(self.sheet, why, self._take_anyway)

    def _is_in_list(self) -> bool:
        """Whether the list the sheet was opened from shows the job."""
        kind = self.sheet.session.registers.type(self.sheet.header.choices["type"].value)
        return kind is not None and self.sheet.list_id in kind.lists
