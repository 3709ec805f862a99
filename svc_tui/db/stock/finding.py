"""Jobs by the orders that their parts are on: what is claimed of suppliers is little, and is read whole."""

from __future__ import annotations

from collections.abc import Collection

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks


def jobs_on_orders(store: Store, numbers: Collection[int]) -> frozenset[int]:
    """Indexes: purchase_number, purchase_line_purchase_id, part_claim_purchase_line_id."""
    return _jobs(store, "number", numbers)


def jobs_from_suppliers(store: Store, suppliers: Collection[int]) -> frozenset[int]:
    """Indexes: purchase_supplier_id, purchase_line_purchase_id, part_claim_purchase_line_id."""
    return _jobs(store, "supplier_id", suppliers)


def _jobs(store: Store, column: str, values: Collection[int]) -> frozenset[int]:
    return frozenset(
        row[0]
        for chunk, marks in in_chunks(values)
        for row in store.sql(
            "SELECT c.activity_id FROM purchase u JOIN purchase_line l ON l.purchase_id = u.id"
            f" JOIN part_claim c ON c.purchase_line_id = l.id WHERE u.{column} IN ({marks})",
            chunk,
        )
    )


def jobs_on_order(store: Store) -> frozenset[int]:
    """All jobs with parts on order."""
    return frozenset(row[0] for row in store.sql("SELECT activity_id FROM part_claim"))
