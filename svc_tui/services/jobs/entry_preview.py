"""What the preview beside a list of contacts, devices or products says: never a lock code."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.domain.entries import Register
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.filters.filter_fields import Field
from svc_tui.domain.filters.filter_words import vocabulary_for
from svc_tui.domain.operations import Values
from svc_tui.domain.records import ActivityRow, ContactRow, DeviceRow, PersonRecord
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import entry_jobs, same_jobs
from svc_tui.services.people import contact_card, contacts
from svc_tui.services.stock import device_card, product_card

MOST_JOBS = 5
"""So many of its last jobs are told."""


class EntryPreview(NamedTuple):
    """One entry with what hangs on it."""

    values: Values
    jobs: tuple[ActivityRow, ...]
    persons: tuple[PersonRecord, ...] = ()
    devices: tuple[DeviceRow, ...] = ()
    contact: ContactRow | None = None
    """The owner of a device, the supplier of a product."""


def read(session: Session, register: Register, entry_id: int) -> EntryPreview:
    """
    Raises:
        NotFound: when it is gone.
        NotAllowed: when the employee may not see jobs.
    """
    jobs = tuple(entry_jobs.page(session, register, entry_id, MOST_JOBS))
    if register is Register.CONTACTS:
        contact = contact_card.open_card(session, entry_id)
        return EntryPreview(contact.values, jobs, contact.persons, contact.devices)
    if register is Register.DEVICES:
        device = device_card.open_card(session, entry_id)
        return EntryPreview(device.values | {"lock_code": ""}, jobs, contact=device.owner)
    product = product_card.open_card(session, entry_id)
    return EntryPreview(product.values, jobs, contact=product.supplier)


def jobs_line(session: Session, register: Register, entry_id: int) -> str:
    """The filter line that shows all jobs of an entry.

    Raises:
        Invalid: when nothing tells its jobs apart.
    """
    if register is Register.CONTACTS:
        return same_jobs.of_customer(session, contacts.get(session, entry_id))
    values = read(session, register, entry_id).values
    if register is Register.DEVICES:
        device = DeviceRow(
            entry_id, int(values["owner"]) if values["owner"] else None,
            str(values["brand"]), str(values["model"]), str(values["serial"]),
        )  # fmt: skip
        return same_jobs.of_device(session, device)
    code = str(values["code"]).replace('"', "")
    if not code:
        raise Invalid(N_("This product has no code."))
    return f'{vocabulary_for(session.language).labels[Field.PART]}:"{code}"'
