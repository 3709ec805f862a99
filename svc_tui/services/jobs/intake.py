"""What the counter should hear when something comes in or goes out: told in a line, never in the way."""

from __future__ import annotations

from typing import Final, NamedTuple

from svc_tui.db.people import contacts, intake
from svc_tui.db.people.intake import EarlierJob
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.answers import PartQuestion
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.job_edits import Edit, ends
from svc_tui.services.stock import settling
from svc_tui.services.stock.devices import NewDevice

_DAY: Final = 86_400


class DeviceNews(NamedTuple):
    """What is worth knowing of a device at the counter."""

    open: EarlierJob | None = None
    """Another job on it that is not done."""
    repaired: EarlierJob | None = None
    """The last repair, where it is within the shop's own warranty on repairs."""


def of_device(session: Session, device_id: int, job_id: int | None) -> DeviceNews:
    """What other jobs say of a device."""
    session.require(Right.ACTIVITY_READ)
    jobs = intake.jobs_on_device(session.store, device_id, job_id)
    since = session.seconds() - session.registers.company.repair_warranty_days * _DAY
    repaired = [job for job in jobs if job.stage == Stage.DONE and (job.done_at or 0) >= since]
    return DeviceNews(
        next((job for job in jobs if Stage(job.stage).is_open), None),
        max(repaired, key=lambda job: job.done_at or 0, default=None),
    )


def known_serial(session: Session, device: NewDevice, owner_id: int | None) -> str:
    """Whose a device with this serial number already is, where a new one would stand beside it; empty for nobody's."""
    key = code_key(device.serial)
    for known in contacts.devices_with_serial(session.store, key) if key else ():
        is_same = search_key(known.brand) == search_key(device.brand) and known.owner_id in (None, owner_id)
        if not is_same:
            owner = contacts.contact_by_id(session.store, known.owner_id) if known.owner_id else None
            return ", ".join(part for part in (owner.name if owner else "", known.label) if part)
    return ""


def parts_asked(session: Session, activity_id: int, edit: Edit) -> list[PartQuestion]:
    """What has to be said of the parts of a job before an edit can make it done or cancelled."""
    session.require(Right.ACTIVITY_READ)
    stage, answers = ends(session.registers, (edit,))
    return settling.questions(session.store, activity_id, stage, answers)


def parts_asked_before(session: Session, activity_id: int, stage: Stage) -> list[PartQuestion]:
    """What has to be said of the parts of a job before it gets a stage."""
    session.require(Right.ACTIVITY_READ)
    return settling.questions(session.store, activity_id, stage)
