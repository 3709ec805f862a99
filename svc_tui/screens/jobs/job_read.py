"""The long texts of the job under the cursor of a list, whole: its subject, the faults, the notes."""

from __future__ import annotations

from collections.abc import Iterator

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.reader import ReaderScreen
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet


async def show(screen: BaseScreen, activity_id: int) -> None:
    """Open the texts of a job, as they are stored now."""
    job = await screen.ask_service(activities.open_sheet, activity_id)
    title = _("Job {number}").format(number=job.number)
    await screen.svc.show(ReaderScreen(title, "\n\n".join(_texts(screen, job))))


def _texts(screen: BaseScreen, job: Sheet) -> Iterator[str]:
    """Each with what it is called, but for the subject, which comes first."""
    if subject := str(job.values["subject"] or ""):
        yield subject
    for label, name in ((_("Fault told"), "fault_told"), (_("Found"), "fault_found")):
        if text := str(job.values[name] or "").strip():
            yield f"{label}\n{text}"
    for note in job.notes:
        author = screen.session.registers.employee(note.author_id)
        stamp = f"{screen.svc.formats.when(note.at)} {author.initials if author else ''}".strip()
        yield f"{stamp}\n{note.text}" if note.stamped else note.text
