"""Saved views as they are used: found by name, in the words of whoever opens them."""

from __future__ import annotations

from svc_tui.db.lists import views as rows
from svc_tui.domain.errors import FilterError
from svc_tui.domain.filters.filters import Days, Filter, Name, Term, parse, to_text, vocabulary_for
from svc_tui.domain.language.date_words import in_english
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


def filter_of(session: Session, view: SavedViewRow) -> Filter:
    """What the view asks for, read in the language it was written in.

    Raises:
        FilterError: when it is no longer understood.
    """
    from svc_tui.services.filters.filter_names import vocabulary_of  # which knows the names of views too

    return parse(view.text, vocabulary_of(session, view.language), session.now(), view.language)


def line_of(session: Session, view: SavedViewRow) -> str:
    """The view's filter line, as the user can read and change it: in English words if it is in a foreign language."""
    if view.language == session.language:
        return view.text
    try:
        wanted = filter_of(session, view)
    except FilterError:
        return view.text
    return to_text(Filter(tuple(_in_english(term, view) for term in wanted.terms), wanted.words, wanted.not_words,
                          wanted.unrestricted))  # fmt: skip


def _in_english(term: Term, view: SavedViewRow) -> Term:
    me = vocabulary_for(view.language).me_label
    values = tuple(
        Days(value.first, value.last, in_english(value.text, view.language))
        if isinstance(value, Days)
        else Name(vocabulary_for("en").me_label)
        if isinstance(value, Name) and value.text == me
        else value
        for value in term.values
    )
    return Term(term.field, values, term.negated, term.span)


def order_of(view: SavedViewRow) -> Order:
    """What the view is sorted by."""
    return Order(view.column, view.descending) if view.column in ORDER_COLUMNS else NEWEST_FIRST
