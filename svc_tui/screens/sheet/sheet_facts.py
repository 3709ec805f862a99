"""What a sheet tells in a line: who pays what, and what the counter should know of a device, a promise, the parts."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.domain.records import LateBy, LineRecord
from svc_tui.formats import Formats
from svc_tui.i18n import _
from svc_tui.screens.sheet.line_dialog import PAYERS
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import lines as line_rules
from svc_tui.services.jobs.due import Due
from svc_tui.services.jobs.intake import DeviceNews


def totals(lines: Sequence[LineRecord], formats: Formats) -> str:
    """The sum of the lines, and each payer's share where it is not all the customer's."""
    total = line_rules.total(lines)
    shares = line_rules.totals(lines)
    text = _("Total {amount}").format(amount=formats.amount(total)) if total or shares else ""
    if set(shares) <= {"customer"}:
        return text
    told = ", ".join(f"{_(PAYERS[payer])} {formats.amount(amount)}" for payer, amount in shares.items())
    return f"{told} · {text}"


def deadline(found: Due, session: Session, formats: Formats) -> str:
    """That a job is late or due today, which deadline that is, and what has moved it."""
    when = formats.when(found.at)
    head = _("! Late since {when}").format(when=when) if found.is_late else _("' Due {when}").format(when=when)
    return f"{head}: {_why(found, session, formats)}"


def _why(found: Due, session: Session, formats: Formats) -> str:
    if found.by is LateBy.STATUS:
        entry = session.registers.status(found.status)
        return _("longest time in {status} ({hours} h since {since}).").format(
            status=entry.name if entry else "", hours=formats.hours(found.longest), since=formats.when(found.since)
        )
    promised = formats.when(found.promised_at or found.at)
    if not found.moved:
        return _("promised for then.")
    return _("promised {when}, moved by {hours} h that it waited.").format(
        when=promised, hours=formats.hours(found.moved)
    )


def of_device(news: DeviceNews, formats: Formats) -> str:
    """Another open job on a device, and that it was repaired here not long ago."""
    told: list[str] = []
    if news.open is not None:
        text = _("Open job on this device: {number} {subject}.")
        told.append(text.format(number=news.open.number, subject=news.open.subject).replace(" .", "."))
    if news.repaired is not None:
        job = news.repaired
        what = job.fault_found.split("\n")[0] or job.subject
        text = _("Repaired {when}, job {number}: {what}.")
        told.append(text.format(when=formats.when(job.done_at or 0), number=job.number, what=what))
    return " ".join(told)
