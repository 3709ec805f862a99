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
    rows = store.sql(
        f"SELECT a.id, a.start_at, a.end_at FROM {_open_jobs(store)} AND a.responsible_id = ?"
        " AND (a.end_at > ? OR a.end_at IS NULL)",
        (responsible, since),
    )
    return [(int(row[0]), int(row[1]), None if row[2] is None else int(row[2])) for row in rows]


def starts(store: Store, since: int) -> dict[int, int]:
    """When open jobs begin that begin at a moment or later, by their ids. Index: activity_open."""
    rows = store.sql(f"SELECT a.id, a.start_at FROM {_open_jobs(store)} AND a.start_at >= ?", (since,))
    return {int(row[0]): int(row[1]) for row in rows}


def _open_jobs(store: Store) -> str:
    """The jobs that are open, by their index: what is not over, as the index has it, and has a status."""
    index = " INDEXED BY activity_open" if store.dialect == "sqlite" else ""
    return f"activity a{index} WHERE a.stage IN (0, 1, 2, 3) AND a.stage > 0"
