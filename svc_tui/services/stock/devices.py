"""Devices in for service: found by serial number, chosen among the customer's, or new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from svc_tui.db.core.changes import Changes
from svc_tui.db.people import contacts
from svc_tui.domain.device_text import NewDevice, read_device
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.operations import Values
from svc_tui.domain.records import DeviceRow
from svc_tui.domain.registers import Choice, matching
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import DEVICE
from svc_tui.domain.text import clean_line, search_key, words
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line

_SHORTEST_SERIAL = 4
_MOST_TOLD = 20
"""Devices that are told of one by one."""


class Offered(NamedTuple):
    """What a text in the device field stands for: devices that are known, else the one it would register."""

    found: tuple[DeviceRow, ...]
    new: NewDevice | None


def offered(session: Session, text: str, owner_id: int | None, limit: int = 20) -> Offered:
    """The devices that match, as `search` finds them; where none does, `brand model serial` as typed.

    A plus in front asks for a new one, whatever matches.
    """
    asked = clean_line(text)
    is_new = asked.startswith("+")
    found = () if is_new else tuple(search(session, asked, owner_id, limit))
    return Offered(found, None if found else read_typed(session, asked.lstrip("+")))


def read_typed(session: Session, text: str) -> NewDevice | None:
    """`brand model serial` as typed, beside the models the shop has had in; None when nothing at all is said.

    Index: device_by_name.
    """
    first = words(clean_line(text))[:1]
    known = contacts.models_of(session.store, first[0]) if first else []
    return read_device(text, known)


def search(session: Session, text: str, owner_id: int | None, limit: int = 50) -> list[DeviceRow]:
    """The owner's devices that match, then any device whose serial number begins so."""
    store = session.store
    own = contacts.devices_of(store, owner_id) if owner_id else []
    choices = [Choice(device.id, device.label, device.serial) for device in own]
    by_id = {device.id: device for device in own}
    found = [by_id[choice.id] for choice in matching(text, choices)]
    key = code_key(text)
    if len(key) >= _SHORTEST_SERIAL:
        known = {device.id for device in found}
        found += [device for device in contacts.devices_by_serial(store, key, limit) if device.id not in known]
    return found[:limit]


def only_one(session: Session, owner_id: int) -> DeviceRow | None:
    """The owner's device if there is just one: it is the one meant."""
    own = contacts.devices_of(session.store, owner_id)
    return own[0] if len(own) == 1 else None


def checked(device: NewDevice) -> NewDevice:
    """The device as it is stored.

    Raises:
        Invalid: when nothing at all is known of it.
    """
    known = NewDevice(*(whole_line(part, name, 100) for name, part in device._asdict().items()))
    if not any(known):
        raise Invalid(N_("Write at least the brand of the device, or its serial number."), field="device")
    return known


class Goes(StrEnum):
    """What becomes of a job's device when its customer is corrected."""

    STAYS = "stays"
    MOVES = "moves"
    """It stays, and belongs to the new customer: it was registered with this job, and no other job has it."""
    LEAVES = "leaves"
    """It belongs to somebody else."""


def goes(owner_id: int | None, customer_id: int | None, *, is_jobs_own: bool) -> Goes:
    """The one rule for sheet, lists and command line.

    Args:
        owner_id: Whom the device belongs to.
        customer_id: The job's customer from now on.
        is_jobs_own: Whether it was registered with this job, and no other job has it.
    """
    if owner_id is None or customer_id is None or owner_id == customer_id:
        return Goes.STAYS
    return Goes.MOVES if is_jobs_own else Goes.LEAVES


def taken_off(jobs: Iterable[tuple[Values, Values]]) -> list[int]:
    """Devices that leave their jobs with the customer; of each job the row as it stood, and what is written."""
    return [
        int(row["device"] or 0) for row, changed in jobs
        if row.get("device") and "customer" in changed and "device" in changed and changed["device"] is None
    ]  # fmt: skip


def with_owners(session: Session, ids: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Whose the devices are, and which; of many the first."""
    found = filter(None, (contacts.device_by_id(session.store, device) for device in ids[:_MOST_TOLD]))
    told = [(row, contacts.contact_by_id(session.store, row.owner_id) if row.owner_id else None) for row in found]
    return tuple((owner.name if owner else "-", row.label) for row, owner in told)


class After(NamedTuple):
    """What a customer that was just chosen makes of the device in the field."""

    goes: Goes
    owner: str
    """Name of whom the device belongs to."""
    only: DeviceRow | None
    """The customer's own device if there is just one: it is the one meant where there is none."""


def after_customer(session: Session, job_id: int | None, device: DeviceRow | None, customer_id: int) -> After:
    """What becomes of a job's device, and which one the customer may mean. `job_id`: None while it is not stored."""
    only = only_one(session, customer_id)
    if device is None or device.owner_id is None:
        return After(Goes.STAYS, "", only)
    own = job_id is not None and contacts.registered_with(session.store, [device.id]).get(device.id) == job_id
    owner = contacts.contact_by_id(session.store, device.owner_id)
    return After(goes(device.owner_id, customer_id, is_jobs_own=own), owner.name if owner else "", only)


def move(changes: Changes, job_id: int, device_id: int, customer_id: int) -> str:
    """Give a job's device to its new customer where the rule says so; gives its label then."""
    device = contacts.device_by_id(changes.store, device_id)
    own = contacts.registered_with(changes.store, [device_id]).get(device_id) == job_id
    if device is None or goes(device.owner_id, customer_id, is_jobs_own=own) is not Goes.MOVES:
        return ""
    changes.update(DEVICE, device_id, {"owner": customer_id})
    return device.label


def find_or_create(changes: Changes, device: NewDevice, owner_id: int | None) -> int:
    """The device's id: one with this serial number that is the owner's or nobody's, else a new one.

    Raises:
        Invalid: when nothing at all is known of it.
    """
    brand, model, serial = checked(device)
    if key := code_key(serial):  # a dash or a question mark is no number
        for known in contacts.devices_with_serial(changes.store, key):
            if search_key(known.brand) == search_key(brand) and known.owner_id in (None, owner_id):
                if known.owner_id is None and owner_id:
                    changes.update(DEVICE, known.id, {"owner": owner_id})
                return known.id
    return changes.insert(
        DEVICE,
        {
            "owner": owner_id, "brand": brand, "model": model, "serial": serial,
            "serial_key": code_key(serial), "name_key": search_key(f"{brand} {model}"),
        },
    )  # fmt: skip


__all__ = ["NewDevice", "Offered"]
