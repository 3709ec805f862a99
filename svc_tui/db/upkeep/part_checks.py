"""What `svc-tui check` asks of parts: states, balances and what is promised, all reckoned anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from svc_tui.db.core import part_totals
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import batches
from svc_tui.db.upkeep.questions import Question, asked
from svc_tui.domain.errors import N_, DomainError, Invalid

_BATCH = 2_000
_TOLD = ("part_state", "parts_here", "parts_all", "parts_due")


def parts(store: Store) -> Iterator[DomainError]:
    """Every line has the state that its quantities say, every job what follows from its lines."""
    wrong_lines, wrong_jobs = 0, 0
    for jobs in batches(store, "activity", _TOLD, _BATCH):
        lines = list(part_totals.of_lines(store, "activity_id BETWEEN ? AND ?", (jobs[0][0], jobs[-1][0])))
        told = part_totals.of_jobs(lines)
        wrong_lines += sum(line.stored != line.state for line in lines)
        wrong_jobs += sum(tuple(stored) != tuple(told.get(job, part_totals.NOTHING)) for job, *stored in jobs)
    if wrong_lines:
        yield Invalid(N_("{count} line(s) have another state than their quantities say."), count=wrong_lines)
    if wrong_jobs:
        yield Invalid(N_("{count} job(s) tell something else of their parts than their lines do."), count=wrong_jobs)


def stock(store: Store) -> Iterator[DomainError]:
    """What lies here is what the ledger says, and no piece is promised twice."""
    return asked(store, *_STOCK)


_STOCK: Final = (
    Question(
        N_("{count} product(s) have another stock than the ledger says, the first is {code}."),
        "SELECT p.code FROM product p LEFT JOIN (SELECT of_product, SUM(quantity) AS quantity,"
        " SUM(quarantine) AS quarantine FROM stock_move GROUP BY of_product) m ON m.of_product = p.id"
        " WHERE p.stock <> COALESCE(m.quantity, 0) OR p.quarantine <> COALESCE(m.quarantine, 0) ORDER BY p.id",
        first="code",
    ),
    Question(
        N_("{count} product(s) have less than nothing in stock or in quarantine, the first is {code}."),
        "SELECT code FROM product WHERE tracked AND (stock < 0 OR quarantine < 0) ORDER BY id",
        first="code",
    ),
    Question(
        N_("Of {count} product(s) more is reserved than lies here, the first is {code}."),
        "SELECT p.code FROM product p JOIN (SELECT product_id, SUM(reserved) AS reserved FROM activity_line"
        " WHERE reserved > 0 GROUP BY product_id) l ON l.product_id = p.id"
        " WHERE p.tracked AND l.reserved > p.stock ORDER BY p.id",
        first="code",
    ),
    Question(
        N_("Of {count} line(s) on order more is promised than is coming, the first is on order {number}."),
        "SELECT u.number FROM (SELECT purchase_line_id, SUM(quantity) AS quantity FROM part_claim"
        " GROUP BY purchase_line_id) c JOIN purchase_line l ON l.id = c.purchase_line_id"
        " JOIN purchase u ON u.id = l.purchase_id WHERE c.quantity > l.outstanding ORDER BY u.number",
    ),
    Question(
        N_("{count} line(s) have more parts than they need, the first is of job {number}."),
        "SELECT a.number FROM activity_line l LEFT JOIN (SELECT line_id, SUM(quantity) AS quantity FROM part_claim"
        " GROUP BY line_id) c ON c.line_id = l.id JOIN activity a ON a.id = l.activity_id WHERE l.reserved < 0"
        " OR (l.reserved + COALESCE(c.quantity, 0) > 0 AND l.reserved + COALESCE(c.quantity, 0) + COALESCE(l.used, 0)"
        " > CASE WHEN l.planned > COALESCE(l.used, 0) THEN l.planned ELSE COALESCE(l.used, 0) END) ORDER BY a.number",
    ),
    Question(
        N_("{count} line(s) on order owe another number than is to come, the first is on order {number}."),
        "SELECT u.number FROM purchase_line l JOIN purchase u ON u.id = l.purchase_id"
        " WHERE l.outstanding <> CASE WHEN l.ordered > l.received + l.cancelled"
        " THEN l.ordered - l.received - l.cancelled ELSE 0 END ORDER BY u.number",
    ),
)
