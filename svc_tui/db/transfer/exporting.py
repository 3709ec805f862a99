"""What hangs on many rows at once, read with one query a kind, for output in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.job_fields import FLAGS, SHIPPED
from svc_tui.domain.operations import Value
from svc_tui.domain.records import ApprovalRecord, DeviceRow, LineRecord, LinkRecord, NoteRecord
from svc_tui.domain.tables import CONTACT, DEVICE, PRODUCT

BATCH: Final = 500
"""Rows of one batch; far below the parameter limits of both databases."""

_UNSHIPPED: Final = frozenset(
    (
        "gln", "terms", "invoice_language", "buyer_reference", "claims", "claim_rate", "claim_needs", "vat",
        "vat_category", "tracked", "minimum", "shelf",
    )
)  # fmt: skip
"""How a contact or a product is billed and how a product is stocked: no import knows it, so no file has it.

Of VAT a file has the percentage.
"""

CONTACT_FIELDS: Final = tuple(name for name in CONTACT.shipped if name not in _UNSHIPPED)
PRODUCT_FIELDS: Final = (
    *(name for name in PRODUCT.shipped if name not in {*_UNSHIPPED, "retired"}), "stock", "retired",
)  # fmt: skip
"""With the stock, which is derived from the ledger, but which an import takes."""
DEVICE_FIELDS: Final = DEVICE.shipped
"""Not the lock code, which stays in the shop."""

# An import keeps a supplier's own number as the external key S<number>; see services/transfer/import_contacts.py.
_SUPPLIER: Final = (
    "CASE WHEN substr(c.external_key, 1, 1) = 'S' THEN substr(c.external_key, 2)"
    " ELSE CAST(CAST(c.number AS BIGINT) AS TEXT) END"
)


class Head(NamedTuple):
    """What of a job's own row the lists do not show."""

    version: int
    total: int
    shipped: Mapping[str, Value]
    """The fields `SHIPPED`."""


class Hanging(NamedTuple):
    """What a batch of jobs carries, by the job's id; a job without any is not in the mapping."""

    heads: dict[int, Head]
    devices: dict[int, DeviceRow]
    links: dict[int, list[LinkRecord]]
    lines: dict[int, list[LineRecord]]
    notes: dict[int, list[NoteRecord]]
    orders: dict[int, list[int]]
    """The numbers of the service orders that a line is on, by the line's id."""
    approvals: dict[int, list[ApprovalRecord]]


def _orders_of(store: Store, lines: Sequence[Row]) -> dict[int, list[int]]:
    """Index: of_line."""
    found: dict[int, list[int]] = defaultdict(list)
    for chunk, marks in in_chunks(row[1] for row in lines if row[-1]):
        for line, number in store.sql(
            "SELECT l.of_line, o.number FROM order_line l JOIN service_order o ON o.id = l.service_order_id"
            f" WHERE o.cancelled_at IS NULL AND l.of_line IN ({marks}) ORDER BY o.number",
            chunk,
        ):
            found[line].append(number)
    return found


def hanging_on(store: Store, ids: Sequence[int]) -> Hanging:
    """Versions, devices, links, lines, notes and approvals (oldest first) of these jobs. Indexes: id, activity_id."""
    if not ids:
        return Hanging({}, {}, {}, {}, {}, {}, {})
    marks = ",".join("?" * len(ids))
    heads = store.sql(
        "SELECT a.id, a.version, a.total, d.id, d.owner_id, d.brand, d.model, d.serial"
        f"{''.join(f', a.{name}' for name in SHIPPED)} FROM activity a"
        f" LEFT JOIN device d ON d.id = a.device_id WHERE a.id IN ({marks})",
        ids,
    )
    lines = store.sql(
        "SELECT activity_id, id, position, kind, product_id, code, text, unit, planned, used, price, discount, payer,"
        f" state, transferred, reserved FROM activity_line WHERE activity_id IN ({marks}) ORDER BY position, id",
        ids,
    )
    notes = store.sql(
        "SELECT activity_id, id, at, author_id, text, stamped FROM activity_note"
        f" WHERE activity_id IN ({marks}) ORDER BY at, id",
        ids,
    )
    approvals = store.sql(
        "SELECT activity_id, id, at, author_id, up_to, who, way FROM job_approval"
        f" WHERE activity_id IN ({marks}) ORDER BY id",
        ids,
    )
    by_line, by_note = _grouped(lines), _grouped(notes)
    return Hanging(
        heads={row[0]: Head(row[1], row[2], _shipped(row[8:])) for row in heads},
        devices={row[0]: DeviceRow(*row[3:8]) for row in heads if row[3] is not None},
        links=links_of_jobs(store, ids),
        lines={job: [LineRecord(*row) for row in rows] for job, rows in by_line.items()},
        notes={
            job: [NoteRecord(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
            for job, rows in by_note.items()
        },
        orders=_orders_of(store, lines),
        approvals={job: [ApprovalRecord(*row) for row in rows] for job, rows in _grouped(approvals).items()},
    )


def _shipped(values: Sequence[Any]) -> dict[str, Value]:
    named = zip(SHIPPED, values, strict=True)
    return {name: bool(value) if name in FLAGS else value for name, value in named}


def links_of_jobs(store: Store, ids: Iterable[int]) -> dict[int, list[LinkRecord]]:
    """The links of these jobs in the order they were linked. Index: (activity_id, contact_id, role)."""
    found: dict[int, list[LinkRecord]] = defaultdict(list)
    for chunk, marks in in_chunks(ids):
        for row in store.sql(
            "SELECT l.activity_id, l.id, l.contact_id, l.person_id, l.role, c.name, c.number, COALESCE(p.name, ''),"
            " COALESCE(NULLIF(p.phone, ''), NULLIF(c.phone, ''), c.mobile) FROM activity_link l"
            " JOIN contact c ON c.id = l.contact_id LEFT JOIN contact_person p ON p.id = l.person_id"
            f" WHERE l.activity_id IN ({marks}) ORDER BY l.id",
            chunk,
        ):
            found[row[0]].append(LinkRecord(*row[1:]))
    return found


def _grouped(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found


def contacts_after(store: Store, last_id: int) -> list[Row]:
    """The next batch of contacts: id, then `CONTACT_FIELDS`. Index: id."""
    columns = ", ".join(CONTACT_FIELDS)
    return store.sql(f"SELECT id, {columns} FROM contact WHERE id > ? ORDER BY id LIMIT {BATCH}", (last_id,))


def devices_after(store: Store, last_id: int) -> list[Row]:
    """The next batch of devices: id, then `DEVICE_FIELDS`, the owner by number. Index: id."""
    columns = ", ".join("c.number" if name == "owner" else f"d.{name}" for name in DEVICE_FIELDS)
    return store.sql(
        f"SELECT d.id, {columns} FROM device d LEFT JOIN contact c ON c.id = d.owner_id"
        f" WHERE d.id > ? ORDER BY d.id LIMIT {BATCH}",
        (last_id,),
    )


def products_after(store: Store, last_id: int) -> list[Row]:
    """The next products: id, VAT rate named, then `PRODUCT_FIELDS`, the supplier by its number or ours. Index: id."""
    columns = ", ".join(_SUPPLIER if name == "supplier" else f"p.{name}" for name in PRODUCT_FIELDS)
    return store.sql(
        f"SELECT p.id, p.vat_id, {columns} FROM product p LEFT JOIN contact c ON c.id = p.supplier_id"
        f" WHERE p.id > ? ORDER BY p.id LIMIT {BATCH}",
        (last_id,),
    )
