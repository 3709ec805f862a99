"""What every list with a filter line asks for and gets: of jobs, contacts, products, devices."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from svc_tui.domain.errors import FilterError

R = TypeVar("R")
Q = TypeVar("Q")


class SortOrder(NamedTuple):
    """The column a list is sorted by, and the direction. What has no value there comes last in both directions."""

    column: str
    descending: bool = False


class Asked(NamedTuple):
    """What a list is asked for: its filter line, and what it is sorted by unless a view that is named says."""

    text: str
    order: SortOrder
    brought: SortOrder | None = None
    """The order that a view brought before: it does not take the place of the user's own once more."""


class FirstPage(NamedTuple, Generic[R, Q]):
    """What a filter line asks for, and the first rows of it."""

    query: Q
    rows: list[R]
    remark: FilterError | None = None
    """A word that nothing can be searched for with, because of which there are none."""
    until: int | None = None
    """Seconds UTC at which the line means something else; None for a line that does not depend on the clock."""
    brought: SortOrder | None = None
    """What the saved views that the line names are sorted by."""


class Counts(NamedTuple):
    """What the line under a list tells."""

    matching: int
    """How many rows the list has."""
    hidden_by_period: int = 0
    """How many more it would have without the period."""
    elsewhere: int = 0
    """How many more hold the words, in other lists or outside the filter; a list's own most stands for that or more."""
    retired: int = 0
    """How many more it would have with those that are no longer in use."""
    order_is_kept: bool = True
    """Whether the rows come in the order asked for; those of a common word come as they were registered."""


class Around(NamedTuple, Generic[R]):
    """A row of a list, and those that stand before and after it."""

    before: list[R]
    row: R
    after: list[R]
