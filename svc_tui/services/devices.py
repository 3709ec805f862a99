"""Devices in for service: found by serial number, chosen among the customer's, or new."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db import contacts
from svc_tui.db.changes import Changes
from svc_tui.db.models import Device
from svc_tui.db.search import serial_key
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.records import DeviceRow
from svc_tui.domain.registers import Choice, matching
from svc_tui.domain.text import clean_line, search_key
from svc_tui.services.session import Session

_SHORTEST_SERIAL = 4


class NewDevice(NamedTuple):
    """A device that is registered when the sheet is saved."""

    brand: str
    model: str
    serial: str

    @property
    def label(self) -> str:
        """Brand, model and serial number in one line."""
        return " ".join(part for part in self if part)


def read_typed(text: str) -> NewDevice | None:
    """`brand model serial` as typed; None when it cannot be told which word is which and must be asked.

    Three words or more can be told: the first is the brand, the last the serial number when it has a digit.
    """
    words = clean_line(text).split()
    if len(words) < 3 or not any(letter.isdigit() for letter in words[-1]):
        return None
    return NewDevice(words[0], " ".join(words[1:-1]), words[-1])


def search(session: Session, text: str, owner_id: int | None, limit: int = 50) -> list[DeviceRow]:
    """The owner's devices that match, then any device whose serial number begins so."""
    store = session.store
    own = contacts.devices_of(store, owner_id) if owner_id else []
    choices = [Choice(device.id, device.label, device.serial) for device in own]
    by_id = {device.id: device for device in own}
    found = [by_id[choice.id] for choice in matching(text, choices)]
    key = serial_key(text)
    if len(key) >= _SHORTEST_SERIAL:
        known = {device.id for device in found}
        found += [device for device in contacts.devices_by_serial(store, key, limit) if device.id not in known]
    return found[:limit]


def only_one(session: Session, owner_id: int) -> DeviceRow | None:
    """The owner's device if there is just one: it is the one meant."""
    own = contacts.devices_of(session.store, owner_id)
    return own[0] if len(own) == 1 else None


def find_or_create(changes: Changes, device: NewDevice, owner_id: int | None) -> int:
    """The device's id: one with this serial number that is the owner's or nobody's, else a new one.

    Raises:
        Invalid: when nothing at all is known of it.
    """
    brand, model, serial = (clean_line(part, 100) for part in device)
    if not (brand or model or serial):
        raise Invalid(N_("Write at least the brand of the device, or its serial number."), field="device")
    if key := serial_key(serial):  # a dash or a question mark is no number
        for known in contacts.devices_with_serial(changes.store, key):
            if search_key(known.brand) == search_key(brand) and known.owner_id in (None, owner_id):
                if known.owner_id is None and owner_id:
                    changes.update(Device, known.id, {"owner": owner_id})
                return known.id
    return changes.insert(
        Device,
        {
            "owner": owner_id, "brand": brand, "model": model, "serial": serial,
            "serial_key": serial_key(serial), "name_key": search_key(f"{brand} {model}"),
        },
    )  # fmt: skip
