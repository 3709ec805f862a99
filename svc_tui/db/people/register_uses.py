"""Where a row of a register is used: what forbids deleting it."""

from __future__ import annotations

from typing import Any, Final

from svc_tui.db.core.engine import Store
from svc_tui.db.core.models import StatusList, Table, TypeList, UserSetting

_USES: Final = {
    "activity_list": (("type_list", "list_id"),),
    "activity_type": (("activity", "type_id"),),
    "activity_status": (("activity", "status_id"), ("activity_type", "default_status_id")),
    "priority": (("activity", "priority_id"),),
    "employee": (
        ("activity", "responsible_id"),
        ("activity", "created_by_id"),
        ("activity_note", "author_id"),
        ("activity_type", "default_responsible_id"),
        ("change_set", "actor_id"),
    ),
}
_SETTINGS: Final = {
    "activity_type": "default_type",
    "activity_status": "default_status",
    "priority": "default_priority",
    "employee": "default_responsible",
}


def uses(store: Store, table: str, row_id: int) -> int:
    """How many rows point to this one and would be left pointing at nothing."""
    return sum(
        int(store.sql(f"SELECT count(*) FROM {other} WHERE {column} = ?", (row_id,))[0][0])
        for other, column in _USES[table]
    )


def goes_with(store: Store, table: str, row_id: int) -> list[tuple[type[Table], int]]:
    """Rows that mean nothing without this one: flags for lists, and the settings that name it."""
    found: list[tuple[type[Table], int]] = []
    if table in ("activity_list", "activity_status"):
        column = StatusList.list if table == "activity_list" else StatusList.status
        found += [(StatusList, row[0]) for row in store.rows(StatusList.select(StatusList.id).where(column == row_id))]
    if table == "activity_type":
        chosen = TypeList.select(TypeList.id).where(TypeList.type == row_id)
        found += [(TypeList, row[0]) for row in store.rows(chosen)]
    if table == "employee":
        own = UserSetting.select(UserSetting.id).where(UserSetting.employee == row_id)
        found += [(UserSetting, row[0]) for row in store.rows(own)]
    if name := _SETTINGS.get(table):
        naming = UserSetting.select(UserSetting.id).where(
            (UserSetting.name == name) & (UserSetting.value == str(row_id))
        )
        found += [(UserSetting, row[0]) for row in store.rows(naming)]
    return list(dict.fromkeys(found))


def flags(store: Store, kind: str, row_id: int) -> dict[int, int]:
    """The lists a type or status is flagged for: list id to the id of the flag's row."""
    return {row[0]: row[1] for row in store.sql(f"SELECT list_id, id FROM {kind}_list WHERE {kind}_id = ?", (row_id,))}


def column(store: Store, table: type[Table], name: str) -> list[tuple[int, Any]]:
    """(id, value) of every row of a register."""
    return [(row[0], row[1]) for row in store.rows(table.select(table.id, table._meta.fields[name]))]
