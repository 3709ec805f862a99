"""What is told of parts and follows from quantities: the state of lines and jobs, what lies in stock, what is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.operations import Act
from svc_tui.domain.records import PartState
from svc_tui.domain.stock.part_states import HERE, state_of, worst

_LINES = (
    "SELECT l.activity_id, l.id, l.kind, l.planned, l.reserved, l.came, COALESCE(l.used, 0), l.state,"
    " COALESCE(SUM(c.quantity), 0), MIN(COALESCE(p.expected_at, u.expected_at))"
    " FROM activity_line l LEFT JOIN part_claim c ON c.line_id = l.id"
    " LEFT JOIN purchase_line p ON p.id = c.purchase_line_id LEFT JOIN purchase u ON u.id = p.purchase_id"
    " WHERE l.{which} GROUP BY l.id, l.activity_id"
)
"""Indexes: activity_line_activity_id, part_claim_line_id_purchase_line_id."""


class OfLine(NamedTuple):
    """What is told of a line."""

    activity: int
    line: int
    stored: str
    state: PartState
    due: int | None


class OfJob(NamedTuple):
    """What is told of a job: its worst line, how many of its parts are here and of how many, when the next is due."""

    state: str
    here: int
    all: int
    due: int | None


def of_lines(store: Store, which: str, values: Collection[int]) -> Iterator[OfLine]:
    """What follows from the quantities of some lines.

    Args:
        store: The database.
        which: A condition on the lines that begins with a column.
        values: What it compares with.
    """
    for activity, line, kind, planned, reserved, came, used, state, ordered, due in store.sql(
        _LINES.format(which=which), tuple(values)
    ):
        made = state_of(kind, planned, reserved, came, int(ordered), used)
        yield OfLine(activity, line, state, made, due if ordered else None)


def of_jobs(lines: Collection[OfLine]) -> dict[int, OfJob]:
    """What follows for their jobs."""
    by_job: dict[int, list[OfLine]] = {}
    for line in lines:
        by_job.setdefault(line.activity, []).append(line)
    found: dict[int, OfJob] = {}
    for job, own in by_job.items():
        parts = [line for line in own if line.state is not PartState.NONE]
        here = sum(line.state in HERE for line in parts)
        due = min((line.due for line in parts if line.due is not None), default=None)
        found[job] = OfJob(str(worst(line.state for line in parts)), here, len(parts), due)
    return found


_OF_JOB = "UPDATE activity SET part_state = ?, parts_here = ?, parts_all = ?, parts_due = ? WHERE id = ?"
NOTHING = OfJob("", 0, 0, None)


def tell_parts(store: Store, jobs: Collection[int], _act: Act | None = None) -> None:
    """Make anew what is told of the parts of jobs and their lines."""
    for chunk, marks in in_chunks(jobs):
        lines = list(of_lines(store, f"activity_id IN ({marks})", chunk))
        _write(store, lines, dict.fromkeys(chunk, NOTHING) | of_jobs(lines))


def _write(store: Store, lines: Collection[OfLine], jobs: dict[int, OfJob]) -> None:
    changed = [(str(line.state), line.line) for line in lines if line.stored != line.state]
    store.execute_many("UPDATE activity_line SET state = ? WHERE id = ?", changed)
    store.execute_many(_OF_JOB, [(*told, job) for job, told in jobs.items()])


def make_states(store: Store) -> None:
    """Make it anew for the whole shop."""
    last = 0
    while jobs := [row[0] for row in store.sql(
        "SELECT DISTINCT activity_id FROM activity_line WHERE activity_id > ? ORDER BY activity_id LIMIT 2000", (last,)
    )]:  # fmt: skip
        tell_parts(store, jobs)
        last = jobs[-1]


def add_up_stock(store: Store, products: Collection[int], _act: Act | None = None) -> None:
    """What lies here of products, and in quarantine. Index: stock_move_of_product_quantity_quarantine."""
    for chunk, marks in in_chunks(products):
        sums = dict.fromkeys(chunk, (0, 0))
        for product, quantity, quarantine in store.sql(
            f"SELECT of_product, SUM(quantity), SUM(quarantine) FROM stock_move WHERE of_product IN ({marks})"
            " GROUP BY of_product",
            chunk,
        ):
            sums[product] = (int(quantity), int(quarantine))
        store.execute_many(
            "UPDATE product SET stock = ?, quarantine = ? WHERE id = ?",
            [(*found, product) for product, found in sums.items()],
        )


def outstanding(ordered: int, received: int, cancelled: int) -> int:
    """What a supplier still owes of a line."""
    return max(0, ordered - received - cancelled)
