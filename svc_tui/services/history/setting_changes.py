"""Changes of a user's own settings: each told by the setting's name, with names in place of ids."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from svc_tui.db.core import change_log
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.tables import SAVED_VIEW, TABLES, USER_SETTING, Described
from svc_tui.services.core.session import Session
from svc_tui.services.people.settings import UserSettings

TARGETS: Final[Mapping[str, Described]] = {table.setting: table for table in TABLES.values() if table.setting}
"""The table whose row a setting holds by its id."""


def as_settings(session: Session, rows: Sequence[HistoryRow]) -> list[HistoryRow]:
    """The same rows; one about a setting has that setting for its field, and what it says for its values.

    A setting that is not stored is as the shop has it: so is one before it was stored first.
    """
    asked = {row.row_id for row in rows if row.table == USER_SETTING.name}
    names = change_log.names_of(session.store, USER_SETTING, asked, ("name",)) if asked else {}
    told = [_told(row, names) if row.table == USER_SETTING.name else row for row in rows]
    views = _views(session, told) if asked else {}
    return [_with_views(row, views) if row.field == "opening_views" else row for row in told]


def names_by_act(session: Session, acts: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The settings that acts changed, by act. Indexes: change_set_id, (table_name, row_id)."""
    rows = change_log.rows_of_acts(session.store, acts, USER_SETTING)
    names = change_log.names_of(session.store, USER_SETTING, {row for _, row in rows}, ("name",))
    found: dict[int, list[str]] = defaultdict(list)
    for act, row in rows:
        found[act].append(names.get(row, ""))
    return {act: tuple(dict.fromkeys(filter(None, settings))) for act, settings in found.items()}


def _told(row: HistoryRow, names: Mapping[int, str]) -> HistoryRow:
    name = names.get(row.row_id, "")
    usual = json.dumps(getattr(UserSettings(), name, None))
    return row._replace(field=name or row.field, old=_side(row, row.old, usual), new=_side(row, row.new, usual))


def _side(row: HistoryRow, text: str | None, usual: str) -> str | None:
    """What a setting was or became, as JSON."""
    if text is None:
        return usual
    stored = json.loads(text)
    value = stored if row.field else stored.get("value")
    try:
        json.loads(value)
    except (TypeError, ValueError):
        return json.dumps(value)
    return str(value)


def _pairs(text: str | None) -> list[tuple[Any, Any]]:
    value = json.loads(text or "null")
    return [tuple(pair) for pair in value if isinstance(pair, list) and len(pair) == 2] if value else []


def _views(session: Session, rows: Sequence[HistoryRow]) -> dict[int, str]:
    asked = {
        view for row in rows if row.field == "opening_views" for side in (row.old, row.new) for _, view in _pairs(side)
    }
    return change_log.names_of(session.store, SAVED_VIEW, asked)


def _with_views(row: HistoryRow, names: Mapping[int, str]) -> HistoryRow:
    def side(text: str | None) -> str:
        return json.dumps([[code, names.get(view, f"#{view}")] for code, view in _pairs(text)])

    return row._replace(old=side(row.old), new=side(row.new))
