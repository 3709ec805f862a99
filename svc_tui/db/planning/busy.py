"""What somebody has to do at which time: his open jobs as appointments."""

from __future__ import annotations

from svc_tui.db.core.engine import Store


def appointments(store: Store, responsible: int, since: int) -> list[tuple[int, int, int | None]]:
    """Id, start and end of somebody's open jobs that are not over by then, or have no end. Index: activity_open.

    Args:
        store: The database.
        responsible: Whose.
        since: From when on, seconds UTC.
    """
    source = "activity a INDEXED BY activity_open" if store.dialect == "sqlite" else "activity a"
    rows = store.sql(
        f"SELECT a.id, a.start_at, a.end_at FROM {source} WHERE a.stage IN (1, 2, 3) AND a.responsible_id = ?"
        " AND (a.end_at > ? OR a.end_at IS NULL)",
        (responsible, since),
    )
    return [(int(row[0]), int(row[1]), None if row[2] is None else int(row[2])) for row in rows]


def starts(store: Store, since: int) -> dict[int, int]:
    """When open jobs begin that begin at a moment or later, by their ids. Index: activity_open."""
    source = "activity a INDEXED BY activity_open" if store.dialect == "sqlite" else "activity a"
    rows = store.sql(f"SELECT a.id, a.start_at FROM {source} WHERE a.stage IN (1, 2, 3) AND a.start_at >= ?", (since,))
    return {int(row[0]): int(row[1]) for row in rows}
