"""The activity lists: a filter line resolved against the registers, pages and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from svc_tui.db import activities as rows
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow
from svc_tui.domain.rights import Right
from svc_tui.services.filtering import (
    ALL,
    choices_of,
    has_period,
    resolve,
    resolve_filter,
    resolve_terms,
    without_period,
)
from svc_tui.services.session import Session

__all__ = [
    "ALL", "Counts", "choices_of", "counts", "last_page", "page", "resolve", "resolve_filter", "resolve_terms",
    "row_in", "without_period",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs match, and how many more would without the period."""

    matching: int
    hidden_by_period: int


def page(
    session: Session,
    query: ActivityQuery,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """Rows of a list that follow or precede one; see `db.activities.page`."""
    session.require(Right.ACTIVITY_READ)
    return rows.page(session.store, query, limit, after, before)


def last_page(session: Session, query: ActivityQuery, limit: int) -> list[ActivityRow]:
    """The last rows of a list."""
    session.require(Right.ACTIVITY_READ)
    return rows.last_page(session.store, query, limit)


def counts(session: Session, query: ActivityQuery, wanted: Callable[[], bool] = lambda: True) -> Counts | None:
    """Counted for the line under the list; runs on the connection for long reads.

    None when it is no longer `wanted` by the time its turn comes.
    """
    if not wanted():
        return None
    matching = rows.count(session.store, query)
    if not has_period(query):
        return Counts(matching, 0)
    return Counts(matching, rows.count(session.store, without_period(query)) - matching)


def row_in(session: Session, query: ActivityQuery, activity_id: int) -> ActivityRow | None:
    """A job's row if the query shows it."""
    found = rows.page(session.store, replace(query, ids=frozenset((activity_id,))), 1)
    return found[0] if found else None
