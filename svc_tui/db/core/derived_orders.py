"""What follows from service orders: how far each is and what it comes to, and what of a job's line is on orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.operations import Act
from svc_tui.domain.orders.progress import DEPOSIT, Progress, Way, progress
from svc_tui.domain.orders.totals import Billed, BilledLine, totals

_OF_LINE = (
    "FROM document_line x JOIN document d ON d.id = x.document_id WHERE x.order_line_id = l.id AND x.deducts_id IS NULL"
)
WAYS = (
    "COALESCE((SELECT sum(x.quantity) FROM dispatch_line x JOIN dispatch d ON d.id = x.dispatch_id"
    " WHERE x.order_line_id = l.id AND d.taken_back_at IS NULL), 0)",
    f"COALESCE((SELECT sum(x.quantity) {_OF_LINE} AND d.kind IN ('invoice', 'basis')), 0)",
    f"COALESCE((SELECT sum(x.quantity) {_OF_LINE} AND d.kind IN ('credit', 'correction')), 0)",
    f"COALESCE((SELECT sum(x.quantity) {_OF_LINE} AND d.kind IN ('credit', 'correction') AND d.goods = 'again'), 0)",
    f"COALESCE((SELECT sum(x.quantity) {_OF_LINE} AND d.kind = 'basis'), 0)",
)
"""What of a line `l` of an order was dispatched, invoiced, credited, may be billed again, was handed over."""


class LineWay(NamedTuple):
    """A line of an order, and how far it is."""

    order: int
    line: int
    billed: BilledLine
    way: Way
    is_deposit: bool = False
    """It counts for how far the order is once it is invoiced, and for what the order comes to never."""


def ways_of(store: Store, orders: Collection[int]) -> list[LineWay]:
    """How far the lines of these orders are. Index: service_order_id, order_line_id."""
    found: list[LineWay] = []
    for chunk, marks in in_chunks(orders):
        for order, line, kind, quantity, price, discount, rate, category, amount, *sums in store.sql(
            "SELECT l.service_order_id, l.id, l.kind, l.quantity, l.price, l.discount, l.vat_rate, l.vat_category,"
            f" l.amount, {', '.join(WAYS)} FROM order_line l WHERE l.service_order_id IN ({marks})"
            " ORDER BY l.position, l.id",
            chunk,
        ):
            billed = BilledLine(quantity, price, discount, rate, category, amount)
            is_deposit = kind == DEPOSIT
            way = Way(0 if is_deposit else quantity, *map(int, sums))
            found.append(LineWay(order, line, billed, way, is_deposit))
    return found


def reckoned(store: Store, orders: Collection[int]) -> dict[int, tuple[Progress, int]]:
    """How far each of these orders is, and what it comes to with VAT. Index: id, service_order_id."""
    lines: dict[int, list[LineWay]] = defaultdict(list)
    for line in ways_of(store, orders):
        lines[line.order].append(line)
    found: dict[int, tuple[Progress, int]] = {}
    for chunk, marks in in_chunks(orders):
        for order, cancelled_at, with_vat, discount in store.sql(
            f"SELECT id, cancelled_at, with_vat, discount FROM service_order WHERE id IN ({marks})", chunk
        ):
            ways = [line.way for line in lines[order]]
            billed = tuple(line.billed for line in lines[order] if not line.is_deposit)
            whole = totals(Billed(billed, bool(with_vat), discount))
            found[order] = progress(ways, cancelled=cancelled_at is not None), whole.gross
    return found


def bring_orders(store: Store, ids: Collection[int], _act: Act) -> None:
    """Orders whose lines, or what became of them, changed."""
    store.execute_many(
        "UPDATE service_order SET progress = ?, amount = ? WHERE id = ?",
        [(str(how_far), amount, order) for order, (how_far, amount) in reckoned(store, ids).items()],
    )


def bring_orders_of(store: Store, lines: Collection[int], act: Act) -> None:
    """The same of the orders of these lines, of which something went out or was billed."""
    orders: set[int] = set()
    for chunk, marks in in_chunks(lines):
        orders.update(
            row[0] for row in store.sql(f"SELECT service_order_id FROM order_line WHERE id IN ({marks})", chunk)
        )
    bring_orders(store, orders, act)


BILLING = (
    "CASE WHEN EXISTS (SELECT 1 FROM activity_line k WHERE k.activity_id = activity.id AND k.payer <> 'us'"
    " AND k.price <> 0 AND COALESCE(k.used, CASE WHEN k.kind = 'text' THEN k.planned ELSE 0 END) > k.transferred)"
    " THEN 'tobill'"
    " ELSE COALESCE((SELECT max(CASE WHEN o.progress IN ('order', 'dispatched', 'partly') THEN 'ordered'"
    " WHEN o.progress = 'credited' THEN 'credited' ELSE 'invoiced' END) FROM order_line l"
    " JOIN service_order o ON o.id = l.service_order_id"
    " WHERE l.of_job = activity.id AND o.cancelled_at IS NULL), '') END"
)
"""How far a job is billed, of what is furthest behind: to bill, ordered, invoiced, credited (in the order of letters
from behind, which `max` goes by); empty where there is nothing to bill."""


def bring_jobs(store: Store, ids: Collection[int], _act: Act) -> None:
    """Jobs whose lines, or whose orders, changed."""
    for chunk, marks in in_chunks(ids):
        store.execute_sql(
            f"UPDATE activity SET billing = {BILLING} WHERE id IN ({marks}) AND billing <> {BILLING}", chunk
        )


def bring_jobs_of(store: Store, lines: Collection[int], act: Act) -> None:
    """The same of the jobs that these lines of orders come from."""
    jobs: set[int] = set()
    for chunk, marks in in_chunks(lines):
        found = store.sql(f"SELECT of_job FROM order_line WHERE of_job IS NOT NULL AND id IN ({marks})", chunk)
        jobs.update(row[0] for row in found)
    bring_jobs(store, jobs, act)


TRANSFERRED = (
    "SELECT sum(l.quantity) FROM order_line l JOIN service_order o ON o.id = l.service_order_id"
    " WHERE o.cancelled_at IS NULL AND l.of_line"
)
"""What of a line of a job is on orders that stand; how the line is named follows."""


def bring_lines(store: Store, ids: Collection[int], _act: Act) -> None:
    """Lines of jobs of which something went to an order, or came back from one."""
    for chunk, marks in in_chunks(ids):
        store.execute_sql(
            f"UPDATE activity_line SET transferred = COALESCE(({TRANSFERRED} = activity_line.id), 0)"
            f" WHERE id IN ({marks})",
            chunk,
        )
