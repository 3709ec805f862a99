"""A new job that begins from a contact or a device: it is linked already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from svc_tui.db.people import contacts
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet


def begin(
    session: Session, defaults: Mapping[str, int | None], customer_id: int | None, device_id: int | None
) -> Sheet:
    """The beginnings of a job for a contact, on a device, or both; without a contact the device's owner is meant."""
    store = session.store
    device = contacts.device_by_id(store, device_id) if device_id is not None else None
    if customer_id is None and device is not None:
        customer_id = device.owner_id
    customer = contacts.contact_by_id(store, customer_id) if customer_id is not None else None
    fresh = activities.new_sheet(session, None, defaults)
    values = fresh.values | {
        "customer": customer.id if customer else None, "device": device.id if device else None,
    }  # fmt: skip
    return replace(fresh, values=values, customer=customer, device=device)
