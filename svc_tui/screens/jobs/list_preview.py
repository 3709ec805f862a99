"""The preview beside a list of jobs: follows the cursor once it rests, and never keeps a key waiting."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget

from svc_tui.domain.errors import DomainError
from svc_tui.domain.news import NAMED_IN_LISTS, News
from svc_tui.domain.records import ActivityRow, LinkRole
from svc_tui.i18n import _
from svc_tui.widgets.preview import GAP, Piece, PreviewPane, pane_width

if TYPE_CHECKING:
    from svc_tui.domain.preview import Preview
    from svc_tui.screens.shell.base import BaseScreen

REST = 0.05
"""Seconds the cursor rests on a row before it is read: a held-down key reads nothing on its way."""

MOST_SUBJECT, MOST_FAULT, MOST_NOTE = 8, 4, 4
"""Lines of a subject, which is shown whole, of a fault and of a note entry."""


class ListPreview:
    """Owns the pane; the list's screen places it and tells it where the cursor is."""

    def __init__(self, screen: BaseScreen) -> None:
        self.screen = screen
        self.pane = PreviewPane(id="preview")
        self._wanted: ActivityRow | None = None
        self._shown: ActivityRow | None = None
        self._stale = False
        """What is shown was read before something was saved."""
        self._at_work = False

    def beside(self, rows: Widget) -> Horizontal:
        """The rows with the pane at their right, to be yielded by `compose_body`."""
        rows.styles.width = "1fr"
        holder = Horizontal(rows, self.pane)
        holder.styles.height = "1fr"
        return holder

    def make_room(self, columns: int, needed: int) -> None:
        """Place the pane on a terminal of so many columns, or hide it, where the rows need some for themselves."""
        width = pane_width(columns, needed)
        self.pane.display = width > 0
        if width:
            self.pane.styles.width = width
        self._read_on()

    def follow(self, row: ActivityRow | None, *, again: bool = False) -> None:
        """The cursor is on this row, or on none; `again` when what hangs on the row may have changed."""
        self._wanted = row
        self._stale = self._stale or again
        self._read_on()

    def follow_news(self, news: News) -> None:
        """Others committed this."""
        row = self._wanted
        if news.registers or news.tables & NAMED_IN_LISTS or (row is not None and row.id in news.activities):
            self.follow(row, again=True)

    @property
    def _is_due(self) -> bool:
        return self._stale or self._wanted != self._shown

    def _read_on(self) -> None:
        if self.pane.display and self._is_due and not self._at_work:
            self._at_work = True
            self.screen.background(self._read, "reading the preview")

    async def _read(self) -> None:
        from svc_tui.services.jobs import preview  # a narrow terminal never shows one

        try:
            while self._is_due:
                row = self._wanted
                await asyncio.sleep(REST)
                if self._wanted is not row:
                    continue
                self._stale = False
                found: Preview | None = None
                if row is not None:
                    try:
                        found = await self.screen.ask_service(preview.read, row.id)
                    except DomainError:
                        found = None  # the keys tell what is wrong; here is just nothing to see
                if self._wanted is row:
                    self._shown = row
                    self.pane.show(pieces(self.screen, found) if found else ())
        finally:
            self._at_work = False


def pieces(screen: BaseScreen, job: Preview) -> list[Piece]:
    """What the pane says of a job, the most asked for first."""
    found = [*_head(screen, job), *_customer(job)]
    for title, text in ((_("Fault told"), job.fault_told), (_("Found"), job.fault_found)):
        if text.strip():
            found += [GAP, Piece(title, kind="heading"), Piece(text.strip(), most=MOST_FAULT)]
    return found + _notes(screen, job) + _lines(screen, job) + _links(job)


def _head(screen: BaseScreen, job: Preview) -> list[Piece]:
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
    for label, seconds in ((_("Promised"), job.promised_at), (_("Done"), job.done_at)):
        if seconds:
            found.append(Piece(label, kind="label", value=formats.when(seconds)))
    if job.project:
        found.append(Piece(_("Project"), kind="label", value=job.project))
    return [piece for piece in found if piece.text]


def _end(screen: BaseScreen, job: Preview) -> str:
    """The end: its time alone when it is on the day of the start."""
    formats = screen.svc.formats
    same_day = formats.day(job.start_at) == formats.day(job.end_at)
    whole = formats.when(job.end_at)
    return whole.rpartition(" ")[2] if same_day else whole


def _customer(job: Preview) -> list[Piece]:
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
    found = [GAP, Piece(_("Product"), right=formats.amount(job.total), kind="heading")]
    for line in job.lines:
        text = f"{formats.quantity(line.quantity)} {line.text or line.code}"
        found.append(Piece(text, right=formats.amount(line.total)))
    return found


def _links(job: Preview) -> list[Piece]:
    from svc_tui.screens.people.contact_picker import ROLES  # no list needs the picker to open

    others = [link for link in job.links if link.role != LinkRole.CUSTOMER or link.contact != job.customer]
    found = [GAP, Piece(_("Contacts"), kind="heading")] if others else []
    for link in others:
        name = f"{link.contact}, {link.person}" if link.person else link.contact
        found += [Piece(f"{_(ROLES[LinkRole(link.role)])}: {name}")]
        found += [Piece(link.phone, indent=2)] if link.phone else []
    return found
