"""What a filter line asks of the billing of jobs: to bill, on an order, invoiced, credited."""

from __future__ import annotations

from svc_tui.domain.errors import N_, FilterError
from svc_tui.domain.filters import billing_words
from svc_tui.domain.filters.filters import Missing, Name, Term
from svc_tui.domain.queries import ActivityQuery
from svc_tui.services.core.session import Session

EVERY = frozenset(("", "tobill", "ordered", "invoiced", "credited"))
UNKNOWN = N_("“{text}” says nothing of billing; try {choices}")


def restricted(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """Jobs that are billed so far; those with nothing to bill for none.

    Raises:
        FilterError: when a word means nothing.
    """
    states: set[str] = set()
    for value in term.values:
        if isinstance(value, Missing):
            states.add("")
        elif isinstance(value, Name):
            found = billing_words.meant(value.text, session.language)
            if not found:
                choices = ", ".join(billing_words.labels(session.language))
                raise FilterError(UNKNOWN, term.span[0], term.span[1], text=value.text, choices=choices)
            states |= found
    wanted = EVERY - states if term.negated else frozenset(states)
    return query._replace(billings=(*query.billings, wanted))
