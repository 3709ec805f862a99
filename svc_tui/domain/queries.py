"""What a list asks the database for: a filter whose names have become ids, and a place in the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Where a row stands in a list's order; pages are read from here on."""

    start_at: int
    id: int


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """A resolved filter. None means no restriction; None inside a set means "has none".

    Attributes:
        types: Ids of the types shown; a list's own types, or those filtered for.
        statuses, responsibles, priorities, customers, devices: Likewise.
        excluded: (column, ids) pairs of rows that are not shown.
        start_from, start_before: Period of the start time, seconds UTC, the second exclusive.
        promised_from, promised_before: Period of the promised time.
        number: One job's number.
        words: Prefixes that must all be found in the job's words.
        not_words: Prefixes of words that must not be found.
        ids: Only these jobs.
        newest_first: Direction of the order by start time.
    """

    types: frozenset[int | None] | None = None
    statuses: frozenset[int | None] | None = None
    responsibles: frozenset[int | None] | None = None
    priorities: frozenset[int | None] | None = None
    customers: frozenset[int | None] | None = None
    devices: frozenset[int | None] | None = None
    stages: frozenset[int] | None = None
    excluded: tuple[tuple[str, frozenset[int | None]], ...] = ()
    start_from: int | None = None
    start_before: int | None = None
    promised_from: int | None = None
    promised_before: int | None = None
    numbers: frozenset[int] | None = None
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    ids: frozenset[int] | None = None
    newest_first: bool = True
