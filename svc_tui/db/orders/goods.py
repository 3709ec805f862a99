"""What went out, and what is lent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.orders.records import DispatchRow, LoanDeviceRow

_LENT = (
    "SELECT d.id, d.number, d.name, d.serial, d.condition, d.note, d.retired, l.id, COALESCE(a.number, 0), l.of_job,"
    " COALESCE(c.name, ''), l.out_at, l.due_at FROM loan_device d LEFT JOIN loan l ON l.loan_device_id = d.id"
    " AND l.back_at IS NULL LEFT JOIN activity a ON a.id = l.of_job LEFT JOIN contact c ON c.id = l.contact_id"
)


def dispatches_of(store: Store, orders: Collection[int]) -> list[DispatchRow]:
    """What went out of these orders, the oldest first. Index: service_order_id, dispatch_id."""
    rows = []
    for chunk, marks in in_chunks(orders):
        rows += store.sql(
            "SELECT id, number, service_order_id, at, way, receiver, identity_seen, carrier, tracking, warned,"
            f" taken_back_at, reason FROM dispatch WHERE service_order_id IN ({marks}) ORDER BY id",
            chunk,
        )
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for chunk, marks in in_chunks(row[0] for row in rows):
        for dispatch, line, quantity in store.sql(
            f"SELECT dispatch_id, order_line_id, quantity FROM dispatch_line WHERE dispatch_id IN ({marks})"
            " ORDER BY id",
            chunk,
        ):
            lines[dispatch].append((line, quantity))
    return [DispatchRow._make((*row[:6], bool(row[6]), *row[7:], tuple(lines[row[0]]))) for row in rows]


def loan_devices(store: Store) -> list[LoanDeviceRow]:
    """All loan devices, by number; a shop has some dozens."""
    return [LoanDeviceRow._make((*row[:6], bool(row[6]), *row[7:])) for row in store.sql(f"{_LENT} ORDER BY d.number")]


def lent_with(store: Store, jobs: Collection[int]) -> list[LoanDeviceRow]:
    """The devices that are out with these jobs. Index: of_job."""
    found: list[LoanDeviceRow] = []
    for chunk, marks in in_chunks(jobs):
        found += [
            LoanDeviceRow._make((*row[:6], bool(row[6]), *row[7:]))
            for row in store.sql(f"{_LENT} WHERE l.of_job IN ({marks}) ORDER BY d.number", chunk)
        ]
    return found
