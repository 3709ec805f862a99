"""Saved views: some dozens of rows, read when the list of them is opened."""

from __future__ import annotations

from svc_tui.db.core.engine import Store
from svc_tui.db.lists.ordering import letters_sql
from svc_tui.domain.records import SavedViewRow

_COLUMNS = (
    "v.id, v.owner_id, v.name, v.name_key, v.shared, v.list_code, v.text, v.language, v.order_column, v.descending,"
    ' v."key"'
)


def views_for(store: Store, employee_id: int) -> list[SavedViewRow]:
    """An employee's own views, then those that others share, each by name. Indexes: (owner, name_key), shared."""
    name = letters_sql(store, "v.name")
    rows = [
        *store.sql(f"SELECT {_COLUMNS} FROM saved_view v WHERE v.owner_id = ? ORDER BY {name}, v.id", (employee_id,)),
        *store.sql(
            f"SELECT {_COLUMNS} FROM saved_view v WHERE v.shared = ? AND v.owner_id <> ? ORDER BY {name}, v.id",
            (True, employee_id),
        ),
    ]
    return [_view(row) for row in rows]


def all_views(store: Store) -> list[SavedViewRow]:
    """Everybody's, by name."""
    name = letters_sql(store, "v.name")
    return [_view(row) for row in store.sql(f"SELECT {_COLUMNS} FROM saved_view v ORDER BY {name}, v.id")]


def view_by_id(store: Store, view_id: int) -> SavedViewRow | None:
    """Index: id."""
    rows = store.sql(f"SELECT {_COLUMNS} FROM saved_view v WHERE v.id = ?", (view_id,))
    return _view(rows[0]) if rows else None


def _view(row: tuple[object, ...]) -> SavedViewRow:
    found = SavedViewRow(*row)  # type: ignore[arg-type]  # as the table has them
    return found._replace(shared=bool(found.shared), descending=bool(found.descending))
