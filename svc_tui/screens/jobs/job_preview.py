"""What the preview beside a list says of the job under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.records import LinkRole
from svc_tui.i18n import _
from svc_tui.services.jobs import due
from svc_tui.widgets.preview import GAP, Piece

if TYPE_CHECKING:
    from svc_tui.domain.preview import Head, Preview
    from svc_tui.screens.shell.base import BaseScreen

MOST_SUBJECT, MOST_FAULT, MOST_NOTE = 8, 4, 4
"""Lines of a subject, which is shown whole, of a fault and of a note entry."""


async def read(screen: BaseScreen, job_id: int) -> list[Piece]:
    """What the pane says of a job as it is stored now."""
    from svc_tui.services.jobs import preview  # a narrow terminal never shows one

    found: Preview | None = await screen.ask_service(preview.read, job_id)
    return pieces(screen, found) if found else []


def pieces(screen: BaseScreen, job: Preview) -> list[Piece]:
    """What the pane says of a job, the most asked for first."""
    found = [*_head(screen, job.head), *_customer(job.head)]
    for title, text in ((_("Fault told"), job.head.fault_told), (_("Found"), job.head.fault_found)):
        if text.strip():
            found += [GAP, Piece(title, kind="heading"), Piece(text.strip(), most=MOST_FAULT)]
    return found + _notes(screen, job) + _lines(screen, job) + _links(job)


def _head(screen: BaseScreen, job: Head) -> list[Piece]:
    registers, formats = screen.session.registers, screen.svc.formats
    kind, status = registers.type(job.type_id), registers.status(job.status_id)
    priority, person = registers.priority(job.priority_id), registers.employee(job.responsible_id)
    number = _("Job {number}").format(number=job.number)
    state = f"{formats.stage_letter(job.stage)} {status.name if status else ''}".rstrip()
    rest = " · ".join(entry.name for entry in (priority, person) if entry is not None)
    times = formats.when(job.start_at) + (f" - {_end(screen, job)}" if job.end_at else "")
    found = [
        Piece(f"{number} · {kind.name}" if kind else number, kind="heading"),
        Piece(job.subject, kind="title", most=MOST_SUBJECT),
        Piece(state, stage=job.stage),
        Piece(rest),
        Piece(_("Start"), kind="label", value=times),
    ]
    if job.promised_at:
        found.append(Piece(_("Promised"), kind="label", value=formats.when(job.promised_at)))
    if sign := due.signs(screen.session)(job.late_at):
        found.append(Piece(_("Deadline"), kind="label", value=f"{sign}{formats.when(job.late_at or 0)}"))
    if job.done_at:
        found.append(Piece(_("Done"), kind="label", value=formats.when(job.done_at)))
    if job.project:
        found.append(Piece(_("Project"), kind="label", value=job.project))
    return [piece for piece in found if piece.text]


def _end(screen: BaseScreen, job: Head) -> str:
    """The end: its time alone when it is on the day of the start."""
    formats = screen.svc.formats
    same_day = formats.day(job.start_at) == formats.day(job.end_at)
    whole = formats.when(job.end_at)
    return whole.rpartition(" ")[2] if same_day else whole


def _customer(job: Head) -> list[Piece]:
    found: list[Piece] = []
    if job.customer:
        found += [GAP, Piece(job.customer, kind="title")]
        found += [Piece(text) for text in (" · ".join(job.phones), job.email, job.place) if text]
    if job.device or job.serial:
        found += [GAP, Piece(job.device or job.serial, right=job.serial if job.device else "")]
    return found


def _notes(screen: BaseScreen, job: Preview) -> list[Piece]:
    registers, formats = screen.session.registers, screen.svc.formats
    found = [GAP, Piece(_("Note"), kind="heading")] if job.notes else []
    for note in job.notes:
        author = registers.employee(note.author_id)
        stamp = f"{formats.when(note.at)} {author.initials if author else ''}".strip() + ": " if note.stamped else ""
        found.append(Piece(stamp + note.text.strip(), most=MOST_NOTE))
    return found


def _lines(screen: BaseScreen, job: Preview) -> list[Piece]:
    formats = screen.svc.formats
    if not job.lines:
        return []
    found = [GAP, Piece(_("Product"), right=formats.amount(job.head.total), kind="heading")]
    for line in job.lines:
        text = f"{formats.quantity(line.quantity)} {line.text or line.code}"
        found.append(Piece(text, right=formats.amount(line.total)))
    return found


def _links(job: Preview) -> list[Piece]:
    from svc_tui.screens.people.contact_picker import ROLES  # no list needs the picker to open

    others = [link for link in job.links if link.role != LinkRole.CUSTOMER or link.contact != job.head.customer]
    found = [GAP, Piece(_("Contacts"), kind="heading")] if others else []
    for link in others:
        name = f"{link.contact}, {link.person}" if link.person else link.contact
        found += [Piece(f"{_(ROLES[LinkRole(link.role)])}: {name}")]
        found += [Piece(link.phone, indent=2)] if link.phone else []
    return found
