"""What of the parts of jobs has to be said before they are done or cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks

_OPEN = "l.state <> '' AND l.state <> 'used'"
_ON_ORDER = (
    "(SELECT COALESCE(SUM(c.quantity), 0) FROM part_claim c JOIN purchase_line p ON p.id = c.purchase_line_id"
    " JOIN purchase u ON u.id = p.purchase_id WHERE c.line_id = l.id AND u.sent_at IS NOT NULL)"
)
_IN_DEVICE = "CASE WHEN l.payer <> 'us' AND l.transferred = 0 THEN COALESCE(l.used, 0) ELSE 0 END"


class Asking(NamedTuple):
    """A job's line of a part of which something has to be said."""

    activity: int
    line: int
    product: int | None
    text: str
    state: str
    in_device: int
    """Pieces that are used, and are to be paid by somebody but us."""
    on_order: int
    """Pieces on their way to it that the supplier knows of."""


def to_be_done(store: Store, jobs: Collection[int]) -> Iterator[Asking]:
    """Lines of which more is planned than is used: their state is told at the end of an act only.

    Index: activity_line_activity_id.
    """
    yield from _asking(store, jobs, "l.kind = 'part' AND l.planned > COALESCE(l.used, 0)")


def to_be_cancelled(store: Store, jobs: Collection[int]) -> Iterator[Asking]:
    """Lines with pieces in the device or on their way. Indexes: activity_line_activity_id, part_claim_line_id."""
    for found in _asking(store, jobs, "l.kind = 'part'"):
        if found.in_device or found.on_order:
            yield found


def _asking(store: Store, jobs: Collection[int], which: str) -> Iterator[Asking]:
    for chunk, marks in in_chunks(jobs):
        for activity, line, product, code, text, state, in_device, on_order in store.sql(
            f"SELECT l.activity_id, l.id, l.product_id, l.code, l.text, l.state, {_IN_DEVICE}, {_ON_ORDER}"
            f" FROM activity_line l WHERE l.activity_id IN ({marks}) AND {which}"
            " ORDER BY l.activity_id, l.position, l.id",
            chunk,
        ):
            yield Asking(activity, line, product, text or code, state, int(in_device), int(on_order))


def lines_of_parts(store: Store, jobs: Collection[int]) -> list[int]:
    """The lines of parts of jobs. Index: activity_line_activity_id."""
    return [
        row[0]
        for chunk, marks in in_chunks(jobs)
        for row in store.sql(
            f"SELECT id FROM activity_line WHERE activity_id IN ({marks}) AND kind = 'part'"
            " ORDER BY activity_id, position, id",
            chunk,
        )
    ]


def unsent(store: Store, purchase_lines: Collection[int]) -> set[int]:
    """Those of these lines whose order no supplier has seen yet. Index: id."""
    return {
        row[0]
        for chunk, marks in in_chunks(purchase_lines)
        for row in store.sql(
            "SELECT p.id FROM purchase_line p JOIN purchase u ON u.id = p.purchase_id"
            f" WHERE p.id IN ({marks}) AND u.sent_at IS NULL",
            chunk,
        )
    }


def not_yet(store: Store, job: int, stage: int) -> list[int]:
    """The job, if it has another stage than that; nothing otherwise."""
    return [row[0] for row in store.sql("SELECT id FROM activity WHERE id = ? AND stage <> ?", (job, stage))]


def who_waits(store: Store, line: int) -> int:
    """The number of the job that is the next to get a piece of this line's product; 0 for none.

    Index: activity_line_open.
    """
    found = store.sql(
        "SELECT a.number FROM activity_line l JOIN activity a ON a.id = l.activity_id"
        f" WHERE l.product_id = (SELECT product_id FROM activity_line WHERE id = ?) AND {_OPEN} AND l.state = 'needed'"
        " AND a.stage NOT IN (4, 5) AND l.activity_id <> (SELECT activity_id FROM activity_line WHERE id = ?)"
        " ORDER BY a.promised_at IS NULL, a.promised_at, a.number LIMIT 1",
        (line, line),
    )
    return int(found[0][0]) if found else 0
