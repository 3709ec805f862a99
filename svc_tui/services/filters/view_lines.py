"""The filter lines of saved views, in the words of whoever opens them."""

from __future__ import annotations

from svc_tui.domain.errors import FilterError
from svc_tui.domain.filters.filters import Days, Filter, Name, Term, parse, to_text, vocabulary_for
from svc_tui.domain.language.date_words import in_english
from svc_tui.domain.records import SavedViewRow
from svc_tui.services.core.session import Session
from svc_tui.services.filters.filter_names import vocabulary_of


def filter_of(session: Session, view: SavedViewRow) -> Filter:
    """What the view asks for, read in the language it was written in.

    Raises:
        FilterError: when it is no longer understood.
    """
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
