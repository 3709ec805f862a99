"""Reading the history: who changed what, the acts of late, and everything one act did."""

from __future__ import annotations

from svc_tui.db.engine import Row, Store


def last_change(store: Store, table: str, row_id: int, field: str) -> Row | None:
    """(actor, when, change set) of the last act that wrote a field of a row. Index: (table_name, row_id)."""
    found = store.sql(
        "SELECT s.actor_id, s.at, s.id FROM change c JOIN change_set s ON s.id = c.change_set_id"
        " WHERE c.table_name = ? AND c.row_id = ? AND c.field IN (?, '') ORDER BY c.change_set_id DESC LIMIT 1",
        (table, row_id, field),
    )
    return found[0] if found else None
