"""Where a row of a register is used: what forbids deleting it, and what goes with it."""

from __future__ import annotations

from typing import Any

from svc_tui.db.core.engine import Store
from svc_tui.db.core.shop_models import UserSetting
from svc_tui.db.core.tables import AnyTable, column_of, described, pointing_at
from svc_tui.domain.tables import USER_SETTING, Described


def uses(store: Store, table: AnyTable, row_id: int) -> int:
    """How many rows point to this one and would be left pointing at nothing."""
    return sum(
        int(store.sql(f"SELECT count(*) FROM {use.table.name} WHERE {use.column} = ?", (row_id,))[0][0])
        for use in pointing_at(described(table))
        if not use.takes_along
    )


def goes_with(store: Store, table: AnyTable, row_id: int) -> list[tuple[Described, int]]:
    """Rows that mean nothing without this one: what hangs on it, and the settings that name it."""
    table = described(table)
    found: list[tuple[Described, int]] = []
    for use in pointing_at(table):
        if use.takes_along:
            rows = store.sql(f"SELECT id FROM {use.table.name} WHERE {use.column} = ? ORDER BY id", (row_id,))
            found += [(use.table, row[0]) for row in rows]
    if table.setting:
        naming = UserSetting.select(UserSetting.id).where(
            (UserSetting.name == table.setting) & (UserSetting.value == str(row_id))
        )
        found += [(USER_SETTING, row[0]) for row in store.rows(naming)]
    return list(dict.fromkeys(found))


def flags(store: Store, kind: str, row_id: int) -> dict[int, int]:
    """The lists a type or status is flagged for: list id to the id of the flag's row."""
    return {row[0]: row[1] for row in store.sql(f"SELECT list_id, id FROM {kind}_list WHERE {kind}_id = ?", (row_id,))}


def column(store: Store, table: AnyTable, name: str) -> list[tuple[int, Any]]:
    """(id, value) of every row of a register."""
    table = described(table)
    return [(row[0], row[1]) for row in store.sql(f"SELECT id, {column_of(table, name)} FROM {table.name}")]


_HELD_BY = {
    "activity_list": "activity WHERE type_id IN (SELECT type_id FROM type_list WHERE list_id = ?)",
    "activity_type": "activity WHERE type_id = ?",
    "activity_status": "activity WHERE status_id = ?",
    "priority": "activity WHERE priority_id = ?",
    "employee": "activity WHERE responsible_id = ?",
    "vat_rate": "product WHERE vat_id = ?",
}


def held_by(store: Store, table: AnyTable, row_id: int) -> int:
    """How many jobs, or products, have this value; of a list, how many it shows. Indexes: each column first."""
    held = _HELD_BY.get(described(table).name)
    return int(store.sql(f"SELECT count(*) FROM {held}", (row_id,))[0][0]) if held else 0
