"""Where the rows of a list come from, and what is shown of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from rich.style import Style

R = TypeVar("R")


class Source(Protocol[R]):
    """Where rows come from, in one fixed order."""

    async def page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        """At most `limit` rows that follow `after` or precede `before`; both None: the first."""

    async def last(self, limit: int) -> Sequence[R]:
        """The last rows."""

    def key(self, row: R) -> object:
        """What tells a row from every other, also after it was changed."""

    def anew(self) -> Source[R]:
        """The source to read again from: what it was asked for may mean something else by now."""


class FixedRows(Generic[R]):
    """A source that holds all its rows."""

    def __init__(self, rows: Sequence[R] = (), key: Callable[[R], object] | None = None) -> None:
        self.rows = list(rows)
        self._key = key

    def key(self, row: R) -> object:
        return self._key(row) if self._key else id(row)

    async def page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        keys = [self.key(row) for row in self.rows]
        if before is not None:
            end = keys.index(self.key(before))
            return self.rows[max(end - limit, 0) : end]
        start = keys.index(self.key(after)) + 1 if after is not None else 0
        return self.rows[start : start + limit]

    async def last(self, limit: int) -> Sequence[R]:
        return self.rows[-limit:]

    def anew(self) -> FixedRows[R]:
        return self


class Column(NamedTuple, Generic[R]):
    """One column: `width` cells, or a share of what is left over for `flex` above zero."""

    title: str
    width: int
    cell: Callable[[R], str]
    flex: int = 0
    right: bool = False
    """Numbers stand on the right, and are shown whole or not at all."""
    whole: bool = False
    """Whether it is shown whole or not at all: half a date misleads."""
    style: Callable[[R], Style] | None = None
