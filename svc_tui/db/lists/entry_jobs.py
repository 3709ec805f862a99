"""The jobs of a contact, a device or a product, page by page with the newest first."""

from __future__ import annotations

from svc_tui.db.core.engine import Store
from svc_tui.db.lists.activities import rows_of
from svc_tui.domain.entries import Register
from svc_tui.domain.records import ActivityRow

_HANGING = {
    Register.CONTACTS: ("activity_link", "contact_id"),
    Register.PRODUCTS: ("activity_line", "product_id"),
}
_FAR = 2**62


def jobs_of(
    store: Store,
    register: Register,
    entry_id: int,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """At most `limit` jobs that follow `after`, or precede `before`; both None: the newest.

    Those of a device come by their start, all others as they were registered: whoever is linked in any role counts.

    Index: activity_link_by_contact, activity_line_by_product; (device, start_at, id).
    """
    row, backwards = after or before, before is not None
    sign, direction = (">", "ASC") if backwards else ("<", "DESC")
    end = -_FAR if backwards else _FAR
    if register is Register.DEVICES:
        place = (row.start_at, row.id) if row else (end, end)
        found = store.sql(
            f"SELECT id FROM activity WHERE device_id = ? AND (start_at, id) {sign} (?, ?)"
            f" ORDER BY start_at {direction}, id {direction} LIMIT {limit}",
            (entry_id, *place),
        )
    else:
        table, column = _HANGING[register]
        found = store.sql(
            f"SELECT DISTINCT activity_id FROM {table} WHERE {column} = ? AND activity_id {sign} ?"
            f" ORDER BY activity_id {direction} LIMIT {limit}",
            (entry_id, row.id if row else end),
        )
    ids = [one[0] for one in found]
    by_id = {job.id: job for job in rows_of(store, ids)} if ids else {}
    return [by_id[job] for job in (reversed(ids) if backwards else ids)]


def last_jobs_of(store: Store, register: Register, entry_id: int, limit: int) -> list[ActivityRow]:
    """The oldest ones, in the same order."""
    oldest = ActivityRow(-_FAR, 0, -_FAR, None, None, "", None, None, 0, None, None, "", 0)
    return jobs_of(store, register, entry_id, limit, before=oldest)


def count_jobs(store: Store, register: Register, entry_id: int) -> int:
    """How many there are; meant for the connection of long reads."""
    if register is Register.DEVICES:
        return int(store.sql("SELECT count(*) FROM activity WHERE device_id = ?", (entry_id,))[0][0])
    table, column = _HANGING[register]
    return int(store.sql(f"SELECT count(DISTINCT activity_id) FROM {table} WHERE {column} = ?", (entry_id,))[0][0])
