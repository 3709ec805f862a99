"""Saved views as they are used: found by name."""

from __future__ import annotations

from svc_tui.db.lists import views as rows
from svc_tui.domain.queries import NEWEST_FIRST, ORDER_COLUMNS, Order
from svc_tui.domain.records import SavedViewRow
from svc_tui.domain.rights import Right
from svc_tui.domain.stored_keys import view_key
from svc_tui.services.core.session import Session


def visible(session: Session, list_code: str | None = None) -> list[SavedViewRow]:
    """The user's own views and those shared with him; of one list, or of all for None."""
    session.require(Right.ACTIVITY_READ)
    if session.employee is None:
        return []
    found = rows.views_for(session.store, session.employee.id)
    return [view for view in found if list_code is None or view.list_code in ("", list_code)]


def of_all(session: Session) -> list[SavedViewRow]:
    """Every view that somebody saved, shared or not, by name.

    Raises:
        NotAllowed: for whoever may not keep the registers.
    """
    session.require(Right.REGISTER_EDIT)
    return rows.all_views(session.store)


def by_id(session: Session, view_id: int) -> SavedViewRow | None:
    """A view that the user may open."""
    return next((view for view in visible(session) if view.id == view_id), None)


def named(session: Session, name: str) -> SavedViewRow | None:
    """The view with this name, or the one whose name begins so; the user's own before those of others."""
    key = view_key(name)
    found = visible(session)
    whole = next((view for view in found if view.name_key == key), None)
    return whole or next((view for view in found if key and view.name_key.startswith(key)), None)


def order_of(view: SavedViewRow) -> Order:
    """What the view is sorted by."""
    return Order(view.column, view.descending) if view.column in ORDER_COLUMNS else NEWEST_FIRST
