"""Service orders: their rows, their lines with how far each is, and what of jobs can go onto one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from svc_tui.db.core.derived_orders import BILLING, WAYS
from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.orders.progress import DEPOSIT, Progress, Way
from svc_tui.domain.orders.records import BillingRecord, OrderLine, OrderRow

_ORDER = (
    "o.id, o.number, o.contact_id, o.payer, o.name, o.reference, o.progress, o.amount, o.currency, o.created_at,"
    " o.claim"
)
_OUT = (
    "NOT EXISTS (SELECT 1 FROM order_line x WHERE x.service_order_id = o.id AND x.kind <> 'deposit' AND x.quantity >"
    " COALESCE((SELECT sum(p.quantity) FROM dispatch_line p JOIN dispatch d ON d.id = p.dispatch_id"
    " WHERE p.order_line_id = x.id AND d.taken_back_at IS NULL), 0))"
)


UNBILLED = (Progress.ORDER, Progress.DISPATCHED)
"""Orders of which nothing is billed."""


class Wanted(NamedTuple):
    """Which orders a list shows; empty parts do not restrict."""

    progress: tuple[str, ...] = ()
    contacts: tuple[int, ...] = ()
    number: int = 0


def billing(store: Store) -> BillingRecord:
    """How the shop bills."""
    columns = ", ".join(f"{name}_id" if name == "dispatched_status" else name for name in BillingRecord._fields)
    found = store.sql(f"SELECT {columns} FROM billing ORDER BY id LIMIT 1")
    if not found:
        return BillingRecord(0)
    row = dict(zip(BillingRecord._fields, found[0], strict=True))
    return BillingRecord(**row | {name: bool(row[name]) for name in ("with_vat", "issue_here")})


def _condition(wanted: Wanted) -> tuple[str, list[object]]:
    parts, values = ["1 = 1"], []
    for column, chosen in (("o.progress", wanted.progress), ("o.contact_id", wanted.contacts)):
        if chosen:
            parts.append(f"{column} IN ({','.join('?' * len(chosen))})")
            values += list(chosen)
    if wanted.number:
        parts.append("o.number = ?")
        values.append(wanted.number)
    return " AND ".join(parts), values


def page(
    store: Store, wanted: Wanted, limit: int, older_than: int | None = None, newer_than: int | None = None
) -> list[OrderRow]:
    """Orders, the newest first. Index: id; progress, id; contact_id; number."""
    condition, values = _condition(wanted)
    if newer_than is not None:
        rows = store.sql(
            f"SELECT {_ORDER}, {_OUT} FROM service_order o WHERE {condition} AND o.id > ? ORDER BY o.id LIMIT ?",
            (*values, newer_than, limit),
        )
        return _orders(store, rows[::-1])
    if older_than is not None:
        condition, values = f"{condition} AND o.id < ?", [*values, older_than]
    rows = store.sql(
        f"SELECT {_ORDER}, {_OUT} FROM service_order o WHERE {condition} ORDER BY o.id DESC LIMIT ?", (*values, limit)
    )
    return _orders(store, rows)


def oldest(store: Store, wanted: Wanted, limit: int) -> list[OrderRow]:
    """The last rows of the list. Index: id."""
    condition, values = _condition(wanted)
    rows = store.sql(
        f"SELECT {_ORDER}, {_OUT} FROM service_order o WHERE {condition} ORDER BY o.id LIMIT ?", (*values, limit)
    )
    return _orders(store, rows[::-1])


def by_ids(store: Store, ids: Collection[int]) -> list[OrderRow]:
    """These orders, the oldest first. Index: id."""
    rows: list[Row] = []
    for chunk, marks in in_chunks(ids):
        rows += store.sql(f"SELECT {_ORDER}, {_OUT} FROM service_order o WHERE o.id IN ({marks}) ORDER BY o.id", chunk)
    return _orders(store, rows)


def _orders(store: Store, rows: Sequence[Row]) -> list[OrderRow]:
    jobs: dict[int, list[int]] = defaultdict(list)
    for chunk, marks in in_chunks(row[0] for row in rows):
        for order, number in store.sql(
            "SELECT DISTINCT l.service_order_id, a.number FROM order_line l JOIN activity a ON a.id = l.of_job"
            f" WHERE l.service_order_id IN ({marks}) ORDER BY a.number",
            chunk,
        ):
            jobs[order].append(number)
    return [
        OrderRow._make((*row[:6], Progress(row[6]), *row[7:10], bool(row[10]), bool(row[11]), tuple(jobs[row[0]])))
        for row in rows
    ]


def order_of_number(store: Store, number: int) -> int | None:
    """Index: number."""
    found = store.sql("SELECT id FROM service_order WHERE number = ?", (number,))
    return int(found[0][0]) if found else None


def hold(store: Store, orders: Collection[int]) -> None:
    """Nobody else bills, dispatches or changes these orders until the transaction ends; on SQLite nobody can anyway."""
    if store.dialect == "postgresql":
        for chunk, marks in in_chunks(orders):
            store.sql(f"SELECT id FROM service_order WHERE id IN ({marks}) ORDER BY id FOR UPDATE", chunk)


_LINE = (
    "l.id, l.service_order_id, l.position, l.of_line, l.of_job, l.kind, l.code, l.text, l.unit, l.quantity, l.price,"
    " l.discount, l.vat_rate, l.vat_category, l.share, l.amount, l.outcome, COALESCE(a.number, 0),"
    " COALESCE(d.brand, ''), COALESCE(d.model, ''), COALESCE(d.serial, '')"
)


def lines_of(store: Store, orders: Collection[int]) -> list[OrderLine]:
    """The lines of these orders, in their order. Index: service_order_id."""
    found: list[OrderLine] = []
    for chunk, marks in in_chunks(orders):
        for row in store.sql(
            f"SELECT {_LINE}, {', '.join(WAYS)} FROM order_line l LEFT JOIN activity a ON a.id = l.of_job"
            " LEFT JOIN device d ON d.id = a.device_id"
            f" WHERE l.service_order_id IN ({marks}) ORDER BY l.service_order_id, l.position, l.id",
            chunk,
        ):
            device = " ".join(part for part in row[18:21] if part)
            quantity = 0 if row[5] == DEPOSIT else row[9]
            found.append(OrderLine._make((*row[:18], device, Way(quantity, *map(int, row[21:])))))
    return found


class JobLine(NamedTuple):
    """A line of a job, as far as it is billed."""

    id: int
    job: int
    number: int
    kind: str
    code: str
    text: str
    unit: str
    planned: int
    used: int | None
    price: int
    discount: int
    payer: str
    transferred: int
    shared: int
    """What the parts on orders come to."""
    vat: int | None
    """The product's rate in the register; None where it has a percentage of its own."""
    vat_rate: int | None
    """The product's own; None for a line without product."""
    vat_category: str


def job_lines(store: Store, jobs: Collection[int], *, lock: bool = False) -> list[JobLine]:
    """The lines of these jobs. Index: activity_id; of_line.

    Args:
        store: The database.
        jobs: Ids.
        lock: Whether nobody else may change them until the transaction ends.
    """
    if lock and store.dialect == "postgresql":
        for chunk, marks in in_chunks(jobs):
            store.sql(f"SELECT id FROM activity_line WHERE activity_id IN ({marks}) ORDER BY id FOR UPDATE", chunk)
    found: list[JobLine] = []
    for chunk, marks in in_chunks(jobs):
        found += [
            JobLine._make((*row[:13], int(row[13]), *row[14:]))
            for row in store.sql(
                "SELECT k.id, k.activity_id, a.number, k.kind, k.code, k.text, k.unit, k.planned, k.used, k.price,"
                " k.discount, k.payer, k.transferred, COALESCE((SELECT sum(l.share) FROM order_line l JOIN"
                " service_order o ON o.id = l.service_order_id WHERE l.of_line = k.id AND o.cancelled_at IS NULL), 0),"
                " p.vat_id, p.vat_rate, COALESCE(p.vat_category, 'S')"
                " FROM activity_line k JOIN activity a ON a.id = k.activity_id LEFT JOIN product p ON"
                f" p.id = k.product_id WHERE k.activity_id IN ({marks}) ORDER BY a.number, k.position, k.id",
                chunk,
            )
        ]
    return found


class Payers(NamedTuple):
    """Who pays for a job."""

    job: int
    number: int
    customer: int | None
    payer: int | None
    """Linked as the payer in the customer's place."""
    supplier: int | None


def payers_of(store: Store, jobs: Collection[int]) -> dict[int, Payers]:
    """Who pays for these jobs, by the job's id. Index: id; activity_id."""
    found: dict[int, Payers] = {}
    for chunk, marks in in_chunks(jobs):
        for job, number, customer in store.sql(
            f"SELECT id, number, customer_id FROM activity WHERE id IN ({marks})", chunk
        ):
            found[job] = Payers(job, number, customer, None, None)
        for job, contact, role in store.sql(
            "SELECT activity_id, contact_id, role FROM activity_link"
            f" WHERE activity_id IN ({marks}) AND role IN ('payer', 'supplier') ORDER BY id DESC",
            chunk,
        ):
            found[job] = found[job]._replace(**{role: contact})
    return found


def orders_of_jobs(store: Store, jobs: Collection[int]) -> list[OrderRow]:
    """The orders that lines of these jobs are on, the oldest first. Index: of_job."""
    ids: set[int] = set()
    for chunk, marks in in_chunks(jobs):
        ids.update(
            row[0] for row in store.sql(f"SELECT service_order_id FROM order_line WHERE of_job IN ({marks})", chunk)
        )
    return by_ids(store, ids)


def jobs_of(store: Store, orders: Collection[int]) -> list[int]:
    """The jobs whose lines are on these orders. Index: service_order_id."""
    found: set[int] = set()
    for chunk, marks in in_chunks(orders):
        found.update(
            row[0]
            for row in store.sql(
                f"SELECT DISTINCT of_job FROM order_line WHERE of_job IS NOT NULL AND service_order_id IN ({marks})",
                chunk,
            )
        )
    return sorted(found)


def orders_of_lines(store: Store, lines: Collection[int]) -> list[int]:
    """The orders that these lines are of. Index: id."""
    found: set[int] = set()
    for chunk, marks in in_chunks(lines):
        found.update(
            row[0] for row in store.sql(f"SELECT service_order_id FROM order_line WHERE id IN ({marks})", chunk)
        )
    return sorted(found)


def last_dispatch(store: Store, orders: Collection[int]) -> int | None:
    """When something went out of these orders last. Index: service_order_id."""
    found: list[int] = []
    for chunk, marks in in_chunks(orders):
        found += [
            row[0]
            for row in store.sql(
                f"SELECT max(at) FROM dispatch WHERE taken_back_at IS NULL AND service_order_id IN ({marks})", chunk
            )
            if row[0]
        ]
    return max(found, default=None)


def bill_anew(store: Store) -> None:
    """How far every job is billed, after jobs were written past the gate."""
    store.execute_sql(f"UPDATE activity SET billing = {BILLING} WHERE billing <> {BILLING}")


def done_and_to_bill(store: Store, limit: int) -> list[int]:
    """The jobs that were done last of those to be billed, the oldest first. Index: activity_by_billing."""
    found = store.sql(
        "SELECT id FROM activity WHERE billing = 'tobill' AND stage = 4 AND customer_id IS NOT NULL"
        " ORDER BY done_at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [row[0] for row in found[::-1]]


def open_jobs(store: Store, limit: int) -> list[int]:
    """Jobs in work. Index: activity_open."""
    return [row[0] for row in store.sql("SELECT id FROM activity WHERE stage = 3 ORDER BY id DESC LIMIT ?", (limit,))]


def last_act(store: Store) -> int:
    """When something was done last. Index: id."""
    return int(store.sql("SELECT COALESCE(max(at), 0) FROM change_set")[0][0])
