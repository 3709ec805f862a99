"""What the cards of contacts, devices and products show besides their own row."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.domain.records import DeviceRow, PersonRecord

_MOST = 500


class Named(NamedTuple):
    """A row and what it is called."""

    id: int
    name: str


def persons_of(store: Store, contact_id: int) -> list[PersonRecord]:
    """A contact's persons that are in use, as they were added. Index: contact_id."""
    rows = store.sql(
        "SELECT id, name, phone, email FROM contact_person WHERE contact_id = ? AND NOT retired ORDER BY id",
        (contact_id,),
    )
    return [PersonRecord(*row) for row in rows]


def is_person_used(store: Store, person_id: int) -> bool:
    """Whether a job's link names the person. Index: person_id."""
    return bool(store.sql("SELECT 1 FROM activity_link WHERE person_id = ? LIMIT 1", (person_id,)))


def devices_of(store: Store, contact_id: int) -> list[DeviceRow]:
    """A contact's devices in use, the last registered first. Index: device_by_owner."""
    rows = store.sql(
        "SELECT id, owner_id, brand, model, serial FROM device WHERE owner_id = ? AND NOT retired"
        f" ORDER BY id DESC LIMIT {_MOST}",
        (contact_id,),
    )
    return [DeviceRow(*row) for row in rows]


def contact_with_number(store: Store, number: int) -> Named | None:
    """Index: number."""
    rows = store.sql("SELECT id, name FROM contact WHERE number = ?", (number,))
    return Named(*rows[0]) if rows else None


def product_with_code(store: Store, code: str) -> Named | None:
    """Index: product_code."""
    rows = store.sql("SELECT id, name FROM product WHERE code = ?", (code,))
    return Named(*rows[0]) if rows else None


def owners_of_serial(store: Store, serial_key: str, but: int | None) -> list[Named]:
    """Other devices with this very serial number: id, and brand and model. Index: device_serial_key."""
    rows = store.sql(
        "SELECT id, TRIM(brand || ' ' || model) FROM device WHERE serial_key = ? AND id <> ? AND NOT retired"
        " ORDER BY id DESC LIMIT 5",
        (serial_key, but or 0),
    )
    return [Named(*row) for row in rows]
