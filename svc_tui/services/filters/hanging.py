"""Terms that name exactly one thing: `model:`, `product:`, `linked:`. What statistics group by is opened with them."""

from __future__ import annotations

from typing import Final, Literal

from svc_tui.db.lists import hanging as rows
from svc_tui.db.people import contacts
from svc_tui.domain.errors import N_, FilterError
from svc_tui.domain.filters.filters import Field, Missing, Name, Term, vocabulary_for
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.queries import ActivityQuery, Hanging
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session
from svc_tui.services.people import contacts as contact_search

NO_SUCH = N_("“{text}” is no {what} here")
_WHAT: Final[dict[Field, Literal["model", "product", "linked"]]] = {
    Field.MODEL: "model", Field.PRODUCT: "product", Field.LINKED: "linked",
}  # fmt: skip


def restricted(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """The query with one of these terms.

    Raises:
        FilterError: when there is nothing of that name.
    """
    keys = [key for value in term.values if isinstance(value, Name) for key in _keys(session, term, value.text)]
    none = any(isinstance(value, Missing) for value in term.values)
    rule = Hanging(_WHAT[term.field], tuple(dict.fromkeys(keys)), none, term.negated)
    return query._replace(hanging=(*query.hanging, rule))


def _keys(session: Session, term: Term, text: str) -> list[str | int]:
    found: list[str | int] = []
    match term.field:
        case Field.MODEL:
            found += [key] if (key := search_key(text)) else []
        case Field.PRODUCT:
            found += rows.products_with_code(session.store, text, code_key(text))
        case _:
            found += _suppliers(session, text)
    if not found:
        what = vocabulary_for(session.language).labels[term.field]
        raise FilterError(NO_SUCH, *term.span, text=text, what=what)
    return found


def _suppliers(session: Session, text: str) -> list[int]:
    """The contact with this number, else all suppliers whom the words find."""
    number = whole_number(text)
    numbered = None if number is None else contacts.contact_by_number(session.store, number, "all", retired=True)
    if numbered is not None:
        return [numbered.id]
    found = (rows.suppliers_by_words(session.store, words) for words in contact_search.alternatives(session, text))
    return [one for some in found for one in some]
