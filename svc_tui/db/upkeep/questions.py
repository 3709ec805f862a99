"""Questions that one query answers: what it finds is wrong, so it is counted, and the first of it is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.domain.errors import DomainError, Invalid


class Question(NamedTuple):
    """What is asked of a database, and what is said when it is not sound."""

    sentence: str
    """A message id, with places for the count and for what the first is called."""
    query: str
    """It finds nothing in a sound database. The first column is what people call a row."""
    first: str = "number"
    """The place of the sentence for what the first is called."""


def asked(store: Store, *questions: Question) -> Iterator[DomainError]:
    """A sentence for each question that finds something, in their order."""
    for question in questions:
        found = [row[0] for row in store.sql(question.query)]
        yield from told(question.sentence, found, question.first)


def told(sentence: str, found: Sequence[object], first: str = "number") -> Iterator[DomainError]:
    """A sentence about what is wrong; none where nothing was found.

    Args:
        sentence: A message id, with places for the count and for the first.
        found: What people call the rows that are wrong.
        first: The place for the first of them.
    """
    if found:
        values = {"count": len(found), first: found[0]}
        yield Invalid(sentence, field=None, **values)
