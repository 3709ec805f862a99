"""Reading orders to suppliers: what is to be ordered, what is on its way, and for whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks

_OVER = "a.stage IN (4, 5)"
MOST = 2_000


class Lacking(NamedTuple):
    """A job's line of a part that nobody has dealt with."""

    line: int
    activity: int
    job: int
    promise: int | None
    product: int | None
    code: str
    text: str
    unit: str
    missing: int
    supplier: int | None
    supplier_name: str
    supplier_code: str
    cost: int


def lacking(store: Store) -> list[Lacking]:
    """Lines of open jobs that lack pieces, the oldest promise first. Index: activity_by_parts, activity_line_open."""
    rows = store.sql(
        "SELECT l.id, a.id, a.number, a.promised_at, l.product_id, COALESCE(p.code, l.code), COALESCE(p.name, l.text),"
        " COALESCE(p.unit, l.unit), l.planned - l.reserved - COALESCE(l.used, 0)"
        " - (SELECT COALESCE(SUM(c.quantity), 0) FROM part_claim c WHERE c.line_id = l.id),"
        " p.supplier_id, COALESCE(s.name, ''), COALESCE(p.supplier_code, ''), COALESCE(p.cost, 0)"
        " FROM activity a JOIN activity_line l ON l.activity_id = a.id LEFT JOIN product p ON p.id = l.product_id"
        " LEFT JOIN contact s ON s.id = p.supplier_id"
        f" WHERE a.part_state = 'needed' AND a.part_state <> '' AND NOT {_OVER} AND l.state = 'needed'"
        f" ORDER BY a.promised_at IS NULL, a.promised_at, a.number, l.position, l.id LIMIT {MOST}"
    )
    return [Lacking._make((*row[:8], int(row[8]), *row[9:])) for row in rows]


class Owed(NamedTuple):
    """A line of an order to a supplier of which pieces are still to come."""

    id: int
    purchase: int
    number: int
    supplier: int | None
    supplier_name: str
    product: int | None
    code: str
    text: str
    unit: str
    ordered: int
    received: int
    outstanding: int
    cost: int
    expected: int | None
    sent_at: int | None
    reference: str
    tracking: str
    shelf: str
    jobs: tuple[int, ...] = ()
    """Numbers of the jobs that wait for it, in the order in which they get it."""


_OWED = (
    "SELECT l.id, u.id, u.number, u.supplier_id, COALESCE(s.name, ''), l.product_id, l.code, l.text, l.unit,"
    " l.ordered, l.received, l.outstanding, l.cost, COALESCE(l.expected_at, u.expected_at), u.sent_at, u.reference,"
    " u.tracking, COALESCE(p.shelf, '') FROM purchase_line l JOIN purchase u ON u.id = l.purchase_id"
    " LEFT JOIN contact s ON s.id = u.supplier_id LEFT JOIN product p ON p.id = l.product_id WHERE "
)


def owed(store: Store, now: int) -> list[Owed]:
    """What is to come: late first, then without a day, then by day. Index: purchase_line_open."""
    rows = store.sql(
        f"{_OWED}l.outstanding > 0 ORDER BY CASE WHEN COALESCE(l.expected_at, u.expected_at) < ? THEN 0"
        " WHEN COALESCE(l.expected_at, u.expected_at) IS NULL THEN 1 ELSE 2 END,"
        f" COALESCE(l.expected_at, u.expected_at), u.number, l.id LIMIT {MOST}",
        (now,),
    )
    return _with_jobs(store, [Owed(*row) for row in rows])


def lines_of(store: Store, purchase: int) -> list[Owed]:
    """All lines of an order. Index: purchase_line_purchase_id."""
    return _with_jobs(store, [Owed(*row) for row in store.sql(f"{_OWED}u.id = ? ORDER BY l.id", (purchase,))])


def _with_jobs(store: Store, lines: Sequence[Owed]) -> list[Owed]:
    """Index: part_claim_purchase_line_id."""
    jobs: dict[int, list[int]] = {line.id: [] for line in lines}
    for chunk, marks in in_chunks(jobs):
        for line, number in store.sql(
            "SELECT c.purchase_line_id, a.number FROM part_claim c JOIN activity a ON a.id = c.activity_id"
            f" WHERE c.purchase_line_id IN ({marks}) ORDER BY a.promised_at IS NULL, a.promised_at, a.number",
            chunk,
        ):
            if number not in jobs[line]:
                jobs[line].append(number)
    return [line._replace(jobs=tuple(jobs[line.id])) for line in lines]


class Waiting(NamedTuple):
    """A job whose last part came."""

    activity: int
    number: int
    subject: str
    stage: int
    status: int | None
    type: int | None
    responsible: int | None


def complete(store: Store, lines: Collection[int]) -> list[Waiting]:
    """The open jobs of these lines that wait for no part any more. Index: id."""
    found: dict[int, Waiting] = {}
    for chunk, marks in in_chunks(lines):
        for row in store.sql(
            "SELECT a.id, a.number, a.subject, a.stage, a.status_id, a.type_id, a.responsible_id FROM activity a"
            f" WHERE a.id IN (SELECT activity_id FROM activity_line WHERE id IN ({marks}))"
            f" AND a.part_state IN ('arrived', 'reserved') AND NOT {_OVER} ORDER BY a.promised_at IS NULL,"
            " a.promised_at, a.number",
            chunk,
        ):
            found[row[0]] = Waiting(*row)
    return list(found.values())


class PartJob(NamedTuple):
    """Whose line a piece went to."""

    line: int
    number: int
    subject: str
    device_shelf: str
    price: int


def jobs_of_lines(store: Store, lines: Collection[int]) -> dict[int, PartJob]:
    """The jobs of lines, with where their devices stand. Index: id."""
    found: dict[int, PartJob] = {}
    for chunk, marks in in_chunks(lines):
        for row in store.sql(
            "SELECT l.id, a.number, a.subject, COALESCE(d.shelf, ''), l.price FROM activity_line l"
            " JOIN activity a ON a.id = l.activity_id LEFT JOIN device d ON d.id = a.device_id"
            f" WHERE l.id IN ({marks})",
            chunk,
        ):
            found[row[0]] = PartJob(*row)
    return found


class Head(NamedTuple):
    """An order to a supplier."""

    id: int
    number: int
    supplier: int | None
    supplier_name: str
    address: str
    sent_at: int | None
    expected_at: int | None
    reference: str
    note: str
    created_at: int


def head(store: Store, number: int) -> Head | None:
    """An order by its number. Index: purchase_number."""
    rows = store.sql(
        "SELECT u.id, u.number, u.supplier_id, COALESCE(s.name, ''), COALESCE(s.address, ''), u.sent_at, u.expected_at,"
        " u.reference, u.note, u.created_at FROM purchase u LEFT JOIN contact s ON s.id = u.supplier_id"
        " WHERE u.number = ?",
        (number,),
    )
    return Head(*rows[0]) if rows else None
