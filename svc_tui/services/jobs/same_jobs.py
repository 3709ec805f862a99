"""The filter lines that show all jobs of a customer, and all jobs of a device."""

from __future__ import annotations

from svc_tui.db.core.changes import read
from svc_tui.db.people import contacts
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.filters.filter_fields import Field
from svc_tui.domain.filters.filter_words import vocabulary_for
from svc_tui.domain.records import ContactRow, DeviceRow
from svc_tui.domain.rights import Right
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import ACTIVITY
from svc_tui.services.core.session import Session


def of_customer(session: Session, customer: ContactRow | None) -> str:
    """
    Raises:
        Invalid: when there is no customer.
    """
    if customer is None:
        raise Invalid(N_("This job has no customer yet."), field="customer")
    return f"{_label(session, Field.CUSTOMER)}:{customer.number}"


def of_device(session: Session, device: DeviceRow | None) -> str:
    """By its serial number; a device without one by its name and its owner.

    Raises:
        Invalid: when there is no device that is stored.
    """
    if device is None:
        raise Invalid(N_("This job has no device yet."), field="device")
    if key := code_key(device.serial):
        return f"{_label(session, Field.SERIAL)}:{key}"
    name = f'{_label(session, Field.DEVICE)}:"{device.label.replace(chr(34), " ").strip()}"'
    owner = contacts.contact_by_id(session.store, device.owner_id) if device.owner_id else None
    return f"{name} {of_customer(session, owner)}" if owner else name


def _label(session: Session, field: Field) -> str:
    return vocabulary_for(session.language).labels[field]


def of_job(session: Session, activity_id: int, of: Field) -> str:
    """The same for a job in a list.

    Raises:
        Invalid: when the job has no customer or device.
        NotFound: when it is gone.
    """
    session.require(Right.ACTIVITY_READ)
    row = read(session.store, ACTIVITY, activity_id)
    if of is Field.CUSTOMER:
        return of_customer(
            session, contacts.contact_by_id(session.store, int(row["customer"])) if row["customer"] else None
        )
    return of_device(session, contacts.device_by_id(session.store, int(row["device"])) if row["device"] else None)
