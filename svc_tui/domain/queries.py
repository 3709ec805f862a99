"""What a list asks the database for: a filter whose names have become ids, and an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ORDER_COLUMNS: Final = (
    "number", "start", "subject", "customer", "type", "status", "responsible", "priority", "end", "promised", "changed",
)  # fmt: skip
"""The columns a list may be sorted by."""


@dataclass(frozen=True, slots=True)
class Order:
    """The column a list is sorted by, and the direction. What has no value there comes last in both directions.

    Raises:
        ValueError: for a column that lists cannot be sorted by.
    """

    column: str
    descending: bool = False

    def __post_init__(self) -> None:
        if self.column not in ORDER_COLUMNS:
            raise ValueError(f"lists are not sorted by {self.column}")


NEWEST_FIRST: Final = Order("start", descending=True)
OLDEST_FIRST: Final = Order("start")


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
        order: What the rows are sorted by.
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
    order: Order = NEWEST_FIRST
