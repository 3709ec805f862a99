"""Which rows point to a contact or a device, so that they can point to another one."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core import many, tables
from svc_tui.db.core.changes import Changes
from svc_tui.db.core.engine import Store
from svc_tui.db.core.tables import Reference, model_of
from svc_tui.domain.operations import Values
from svc_tui.domain.tables import TABLES


class Pointing(NamedTuple):
    """Rows of one table that point to a row by one field."""

    reference: Reference
    ids: tuple[int, ...]


def pointing(store: Store, table: str, row_id: int) -> list[Pointing]:
    """What points to a row, table by table. Index: each of these fields has one."""
    found: list[Pointing] = []
    for reference in tables.pointing_at(TABLES[table]):
        rows = store.sql(
            f'SELECT id FROM "{reference.table.name}" WHERE "{reference.column}" = ? ORDER BY id', (row_id,)
        )
        if rows:
            found.append(Pointing(reference, tuple(row[0] for row in rows)))
    return found


def count_pointing(store: Store, table: str, row_id: int) -> dict[str, int]:
    """How many rows point to a row, by table; a job that points to it twice counts once."""
    found: dict[str, int] = {}
    for reference in tables.pointing_at(TABLES[table]):
        sql = f'SELECT count(*) FROM "{reference.table.name}" WHERE "{reference.column}" = ?'
        found[reference.table.name] = found.get(reference.table.name, 0) + int(store.sql(sql, (row_id,))[0][0])
    return {name: count for name, count in found.items() if count}


def point_to(changes: Changes, found: Pointing, target: int) -> None:
    """Let these rows point to another row; one that would be there twice goes instead (who is linked already)."""
    reference = found.reference
    model = model_of(reference.table)
    stored = many.read_rows(changes.store, model, found.ids, lock=True)
    twice = _twice(changes.store, reference, stored, target)
    many.delete_rows(changes, model, {row: stored[row] for row in twice})
    many.update_rows(
        changes, model, [(row, values, {reference.field: target}) for row, values in stored.items() if row not in twice]
    )


def _twice(store: Store, reference: Reference, stored: dict[int, Values], target: int) -> set[int]:
    found: set[int] = set()
    model = model_of(reference.table)
    for unique in tables.unique_sets(reference.table):
        if reference.field not in unique:
            continue
        wanted = {
            tuple(target if name == reference.field else values[name] for name in unique): row
            for row, values in stored.items()
        }
        for there in many.rows_with(store, model, unique, {key[0] for key in wanted}):
            if (row := wanted.get(there[1:])) is not None and there[0] != row:
                found.add(row)
    return found
