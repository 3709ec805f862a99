"""What a list begins with: a saved view, or the user's filter for all lists."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.domain.queries import NEWEST_FIRST, Order
from svc_tui.domain.records import SavedViewRow
from svc_tui.services.core.session import Session
from svc_tui.services.people.settings import UserSettings


class Opening(NamedTuple):
    """What a list begins with."""

    text: str
    order: Order
    view: SavedViewRow | None = None


def without_view(settings: UserSettings, list_code: str) -> Opening | None:
    """The user's filter for all lists; None where this one may begin with a view, which must be read."""
    if list_code in dict(settings.opening_views):
        return None
    return Opening(settings.opening_filter, NEWEST_FIRST)


def opening(session: Session, settings: UserSettings, list_code: str) -> Opening:
    """What the user has a list begin with: a view of this list, or else his filter for all lists."""
    view_id = dict(settings.opening_views).get(list_code)
    if view_id is not None:
        # With the language of filters, which few have a list begin with.
        from svc_tui.services.filters import view_lines, view_reading

        view = view_reading.by_id(session, view_id)
        if view is not None:
            return Opening(view_lines.line_of(session, view), view_reading.order_of(view), view)
    return Opening(settings.opening_filter, NEWEST_FIRST)
