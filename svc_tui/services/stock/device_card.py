"""The card of a device: what it shows, its earlier repairs, and saving it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from svc_tui.db.core.changes import read
from svc_tui.db.people import cards, contacts, intake
from svc_tui.db.people.cards import Named
from svc_tui.db.people.intake import Repair
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.operations import Values, new_operation_key
from svc_tui.domain.records import ContactRow
from svc_tui.domain.rights import Right
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import DEVICE
from svc_tui.domain.text import search_key
from svc_tui.services.core.row_saving import Saved, resumed, save_row
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line, whole_text

__all__ = [
    "DAYS",
    "FIELDS",
    "LINES",
    "DeviceCard",
    "DeviceEdit",
    "Repair",
    "new_card",
    "open_card",
    "repairs",
    "same_serial",
    "save",
]

LINES: Final = {
    "brand": 100, "model": 100, "serial": 100, "accessories": 300, "condition": 300, "lock_code": 60, "shelf": 60,
}  # fmt: skip
"""Fields of one line, and how many letters each holds."""

DAYS: Final = ("warranty_parts_until", "warranty_labour_until")
FIELDS: Final = (*LINES, *DAYS, "owner", "note", "retired")
"""What the card edits."""


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """What is stored of one device, or the beginnings of a new one (`id` None)."""

    id: int | None
    version: int
    values: Values
    owner: ContactRow | None = None
    generation: str = ""

    def is_of(self, other: DeviceCard) -> bool:
        """Whether both are of the same row: in a restored shop another one may have the id."""
        return self.id == other.id and (self.generation == other.generation or self.values == other.values)


@dataclass(frozen=True, slots=True)
class DeviceEdit:
    """What the user made of a card: `base` as it was opened, beside it what is wanted now."""

    base: DeviceCard
    values: Values
    operation_key: str = field(default_factory=new_operation_key)


def new_card(session: Session, owner: ContactRow | None = None) -> DeviceCard:
    """The beginnings of a new device, of a contact if one is given."""
    values: Values = dict.fromkeys(LINES, "") | dict.fromkeys(DAYS)
    values |= {"owner": owner.id if owner else None, "note": "", "retired": False}
    return DeviceCard(None, 0, values, owner, session.generation)


def open_card(session: Session, device_id: int) -> DeviceCard:
    """Everything a card shows of one device, but its jobs and its history.

    Raises:
        NotFound: when the device is gone.
    """
    session.require(Right.ACTIVITY_READ)
    row = read(session.store, DEVICE, device_id)
    owner = contacts.contact_by_id(session.store, int(row["owner"])) if row["owner"] else None
    values = {name: row[name] for name in FIELDS}
    return DeviceCard(device_id, int(row["version"] or 0), values, owner, session.generation)


def save(session: Session, edit: DeviceEdit) -> Saved:
    """Save a card.

    Raises:
        Invalid: with the field that is refused.
        Conflict: when somebody else changed the same field since the card was opened.
        Restored, NotAllowed, NotFound, DatabaseTrouble, Unclear: as for any act.
    """
    base, mine = edit.base, _checked(edit.values)
    name = "device.create" if base.id is None else "device.save"
    with session.act(name, Right.DEVICE_EDIT, edit.operation_key, read_in=base.generation) as changes:
        done = resumed(changes, DEVICE, base.id, base.values)
        return save_row(changes, DEVICE, done.id, done.base, mine, _keys)


def _checked(values: Values) -> Values:
    """The values as they are stored.

    Raises:
        Invalid: when nothing tells the device, or something is too long.
    """
    found: Values = {name: whole_line(values[name], name, limit) for name, limit in LINES.items()}
    found |= {name: values[name] for name in (*DAYS, "owner")}
    found |= {"note": whole_text(values["note"], "note"), "retired": bool(values["retired"])}
    if not any(found[name] for name in ("brand", "model", "serial")):
        raise Invalid(N_("Write at least the brand of the device, or its serial number."), field="brand")
    return found


def _keys(values: Values) -> Values:
    return {
        "serial_key": code_key(str(values["serial"])),
        "name_key": search_key(f"{values['brand']} {values['model']}"),
    }


def same_serial(session: Session, serial: str, but: int | None) -> list[Named]:
    """Other devices with this serial number: they may be the same one."""
    session.require(Right.ACTIVITY_READ)
    key = code_key(serial)
    return cards.owners_of_serial(session.store, key, but) if key else []


def repairs(session: Session, device_id: int, limit: int, before: Repair | None = None) -> list[Repair]:
    """Jobs on a device with date, fault and what was done, the newest first; those that follow `before`."""
    session.require(Right.ACTIVITY_READ)
    return intake.repairs(session.store, device_id, limit, before)
