"""Everything of many rows, read in batches: for the lists of the command line and for files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svc_tui.db.lists import activities as rows
from svc_tui.db.transfer import exporting
from svc_tui.db.transfer.exporting import BATCH, CONTACT_FIELDS, DEVICE_FIELDS, PRODUCT_FIELDS
from svc_tui.domain.operations import Value
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow, ApprovalRecord, DeviceRow, LineRecord, LinkRecord, NoteRecord
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session, to_local

__all__ = [
    "CONTACT_FIELDS",
    "DEVICE_FIELDS",
    "PRODUCT_FIELDS",
    "ActivityDetail",
    "activities",
    "activity_rows",
    "contacts",
    "details",
    "devices",
    "products",
]

Record = dict[str, Any]
"""A row by the names of its fields, values as the database holds them."""


@dataclass(frozen=True, slots=True)
class ActivityDetail:
    """A job and what hangs on it; names that are in the registers stay ids."""

    row: ActivityRow
    version: int
    total: int
    shipped: Mapping[str, Value]
    """Its own fields that no list shows, by their names."""
    device: DeviceRow | None
    links: tuple[LinkRecord, ...]
    lines: tuple[LineRecord, ...]
    notes: tuple[NoteRecord, ...]
    """Oldest first."""
    approvals: tuple[ApprovalRecord, ...]
    """Oldest first."""
    orders: Mapping[int, Sequence[int]]
    """The numbers of the service orders that a line is on, by the line's id."""


def activity_rows(session: Session, query: ActivityQuery) -> Iterator[list[ActivityRow]]:
    """The list's rows that match, in its order, batch by batch.

    Raises:
        NotAllowed: when the employee may not see activities.
    """
    session.require(Right.ACTIVITY_READ)
    last: ActivityRow | None = None
    while batch := rows.page(session.store, query, BATCH, after=last):
        yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1]


def details(session: Session, batch: Sequence[ActivityRow]) -> list[ActivityDetail]:
    """The jobs of these rows with all that hangs on them, in six queries however many they are."""
    session.require(Right.ACTIVITY_READ)
    found = exporting.hanging_on(session.store, [row.id for row in batch])
    return [
        ActivityDetail(
            row=row,
            version=found.heads[row.id].version,
            total=found.heads[row.id].total,
            shipped=found.heads[row.id].shipped,
            device=found.devices.get(row.id),
            links=tuple(found.links.get(row.id, ())),
            lines=tuple(found.lines.get(row.id, ())),
            notes=tuple(found.notes.get(row.id, ())),
            approvals=tuple(found.approvals.get(row.id, ())),
            orders=found.orders,
        )
        for row in batch
        if row.id in found.heads  # deleted since the page was read
    ]


def activities(session: Session, query: ActivityQuery) -> Iterator[ActivityDetail]:
    """All that match, for a file.

    Raises:
        NotAllowed: when the employee may not export.
    """
    session.require(Right.EXPORT_DATA)
    for batch in activity_rows(session, query):
        yield from details(session, batch)


def contacts(session: Session) -> Iterator[Record]:
    """Every contact by `CONTACT_FIELDS`.

    Raises:
        NotAllowed: when the employee may not export.
    """
    session.require(Right.EXPORT_DATA)
    last = 0
    while batch := exporting.contacts_after(session.store, last):
        last = batch[-1][0]
        for _, *values in batch:
            record = dict(zip(CONTACT_FIELDS, values, strict=True))
            flags = ("is_company", "is_customer", "is_supplier", "retired")
            yield record | {name: bool(record[name]) for name in flags}


def devices(session: Session) -> Iterator[Record]:
    """Every device by `DEVICE_FIELDS`: the owner is its number, warranties are days. Never the lock code.

    Raises:
        NotAllowed: when the employee may not export.
    """
    session.require(Right.EXPORT_DATA)
    last = 0
    while batch := exporting.devices_after(session.store, last):
        last = batch[-1][0]
        for _, *values in batch:
            record = dict(zip(DEVICE_FIELDS, values, strict=True))
            for name in ("warranty_parts_until", "warranty_labour_until"):
                moment = record[name]
                record[name] = "" if moment is None else to_local(moment).date().isoformat()
            yield record | {"retired": bool(record["retired"]), "owner": record["owner"] or ""}


def products(session: Session) -> Iterator[Record]:
    """Every product by `PRODUCT_FIELDS`; the supplier is its own number or ours.

    Raises:
        NotAllowed: when the employee may not export.
    """
    session.require(Right.EXPORT_DATA)
    last = 0
    while batch := exporting.products_after(session.store, last):
        last = batch[-1][0]
        for _, named, *values in batch:
            record = dict(zip(PRODUCT_FIELDS, values, strict=True))
            rate = session.registers.vat_percent(named, record["vat_rate"], session.seconds())
            yield record | {"retired": bool(record["retired"]), "vat_rate": rate}
