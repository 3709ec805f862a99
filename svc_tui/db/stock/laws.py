"""What holds of parts after every act, asked of those that one touched."""

from __future__ import annotations

from collections.abc import Collection

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks


def reserved_twice(store: Store, products: Collection[int], *, counted: bool = True) -> str:
    """The name of a product of which more is reserved, or set aside, than the ledger says; empty for none.

    Args:
        store: The database.
        products: Which ones.
        counted: Whether only those count of which pieces are counted now.
    """
    which = " AND p.tracked" if counted else ""
    for chunk, marks in in_chunks(products):
        found = store.sql(
            "SELECT p.name FROM product p"
            " LEFT JOIN (SELECT of_product, SUM(quantity) AS quantity, SUM(quarantine) AS quarantine FROM stock_move"
            f" WHERE of_product IN ({marks}) GROUP BY of_product) m ON m.of_product = p.id"
            " LEFT JOIN (SELECT product_id, SUM(reserved) AS reserved FROM activity_line"
            f" WHERE product_id IN ({marks}) GROUP BY product_id) l ON l.product_id = p.id"
            f" WHERE p.id IN ({marks}){which} AND (COALESCE(m.quantity, 0) < COALESCE(l.reserved, 0)"
            " OR COALESCE(m.quarantine, 0) < 0) ORDER BY p.id LIMIT 1",
            (*chunk, *chunk, *chunk),
        )
        if found:
            return str(found[0][0])
    return ""


def promised_twice(store: Store, purchase_lines: Collection[int]) -> str:
    """What is called a line of an order to a supplier that owes less than is claimed of it; empty for none."""
    for chunk, marks in in_chunks(purchase_lines):
        found = store.sql(
            "SELECT p.code, p.text FROM purchase_line p JOIN part_claim c ON c.purchase_line_id = p.id"
            f" WHERE p.id IN ({marks}) GROUP BY p.id HAVING SUM(c.quantity) > p.outstanding ORDER BY p.id LIMIT 1",
            chunk,
        )
        if found:
            return str(found[0][1] or found[0][0])
    return ""


def has_too_much(store: Store, lines: Collection[int]) -> str:
    """What is called a line that has more pieces than it needs; empty for none."""
    for chunk, marks in in_chunks(lines):
        found = store.sql(
            "SELECT l.code, l.text FROM activity_line l LEFT JOIN part_claim c ON c.line_id = l.id"
            f" WHERE l.id IN ({marks}) GROUP BY l.id HAVING l.reserved + COALESCE(SUM(c.quantity), 0) > 0"
            " AND l.reserved + COALESCE(SUM(c.quantity), 0) + COALESCE(l.used, 0) > l.planned ORDER BY l.id LIMIT 1",
            chunk,
        )
        if found:
            return str(found[0][1] or found[0][0])
    return ""
