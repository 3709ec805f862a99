"""What a filter line asks of the parts of jobs: their state, the order they are on, the supplier it is from."""

from __future__ import annotations

from svc_tui.db.stock import finding
from svc_tui.domain.errors import N_, FilterError
from svc_tui.domain.filters import part_words
from svc_tui.domain.filters.filters import Missing, Name, Term
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import PartState
from svc_tui.services.core.session import Session
from svc_tui.services.people import contacts

_MOST_SUPPLIERS = 500
NO_STATE = N_("“{text}” is no state of a part; try {choices}")
NO_ORDER = N_("“{text}” is no number of an order to a supplier")


def in_states(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """Jobs whose worst part has one of these states; those without parts for none.

    Raises:
        FilterError: when a word means no state.
    """
    states: set[str] = set()
    for value in term.values:
        if isinstance(value, Missing):
            states.add("")
        elif isinstance(value, Name):
            found = part_words.states_of(value.text, session.language)
            if not found:
                raise _refused(term, NO_STATE, text=value.text, choices=", ".join(part_words.labels(session.language)))
            states |= found
    if term.negated:
        states = {str(state) for state in PartState} - states
    return query._replace(part_states=(*query.part_states, frozenset(states)))


def on_orders(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """Jobs with parts on these orders to suppliers, by number; those with nothing on order for none.

    Raises:
        FilterError: for what is no number.
    """
    numbers: list[int] = []
    for value in term.values:
        if isinstance(value, Name):
            digits = value.text.removeprefix("p").removeprefix("P")
            if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
                raise _refused(term, NO_ORDER, text=value.text)
            numbers.append(int(digits))
    return _only(session, query, term, finding.jobs_on_orders(session.store, numbers))


def from_suppliers(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """Jobs with parts on order from suppliers of these names; those with nothing on order for none."""
    suppliers = [
        found.id
        for value in term.values
        if isinstance(value, Name)
        for found in contacts.search(session, value.text, "all", _MOST_SUPPLIERS)
    ]
    return _only(session, query, term, finding.jobs_from_suppliers(session.store, suppliers))


def _only(session: Session, query: ActivityQuery, term: Term, jobs: frozenset[int]) -> ActivityQuery:
    if any(isinstance(value, Missing) for value in term.values):
        others = finding.jobs_on_order(session.store) - jobs
        shown, negated = others, not term.negated
    else:
        shown, negated = jobs, term.negated
    if negated:
        return query._replace(excluded=(*query.excluded, ("id", frozenset(shown))))
    return query._replace(ids=shown if query.ids is None else query.ids & shown)


def _refused(term: Term, message: str, **values: object) -> FilterError:
    return FilterError(message, term.span[0], term.span[1], **values)
