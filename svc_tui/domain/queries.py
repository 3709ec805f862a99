"""What a list asks the database for: a filter whose names have become ids, and an order."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, NamedTuple, Self

from svc_tui.domain.listing import SortOrder

ORDER_COLUMNS: Final = (
    "number", "start", "subject", "customer", "type", "status", "responsible", "priority", "end", "promised", "changed",
)  # fmt: skip
"""The columns a list may be sorted by."""

ORDER_FIELDS: Final = {column: column for column in ORDER_COLUMNS} | {
    "start": "start_at", "end": "end_at", "promised": "promised_at", "changed": "changed_at",
}  # fmt: skip
"""The field of a job that each of them goes by."""


class Order(SortOrder):
    """The column a list of jobs is sorted by, and the direction.

    Raises:
        ValueError: for a column that lists cannot be sorted by.
    """

    __slots__ = ()

    def __new__(cls, column: str, descending: bool = False) -> Self:
        if column not in ORDER_COLUMNS:
            raise ValueError(f"lists are not sorted by {column}")
        return super().__new__(cls, column, descending)


NEWEST_FIRST: Final = Order("start", descending=True)
OLDEST_FIRST: Final = Order("start")


Period = tuple[int | None, int | None]
"""From and before, seconds UTC; None is an open end."""


class Between(NamedTuple):
    """A time of the job that must lie in one of some periods, or must not."""

    column: str
    """Name of a column of times in seconds UTC: `end_at`, `changed_at`."""
    days: tuple[Period, ...] = ()
    none: bool = False
    """Whether a job without this time passes too."""
    negated: bool = False
    passed: bool | None = None
    """Whether a job passes whose time lies before `now`, or, when False, one whose does not."""
    now: int = 0
    """Seconds UTC."""
    of_open: bool = False
    """Whether only an open job passes."""

    @property
    def periods(self) -> tuple[Period, ...]:
        """All periods that it may lie in."""
        if self.passed is None:
            return self.days
        return (*self.days, (None, self.now) if self.passed else (self.now, None))


Where = Literal["customer", "device", "part", "project", "serial"]
"""What of a job is called something."""


class Holding(NamedTuple):
    """What a job's customer, device, its serial number, its lines or project must be called, or must not.

    Words of a device, a line or a project, not negated, are among the query's words too, which is how the jobs are
    found; this says where in the job the words must stand. Words of a customer are those a contact is found by, the one
    word of a serial number is how it begins.
    """

    where: Where
    names: tuple[tuple[str, ...], ...] = ()
    """Any of these: prefixes of words that it must all hold."""
    none: bool = False
    """Whether a job that has none passes too."""
    negated: bool = False


class Hanging(NamedTuple):
    """Exactly which device, product or supplier hangs on a job, or must not."""

    what: Literal["model", "product", "linked"]
    """The brand and model of its device; a product of its lines; a supplier it is linked to."""
    keys: tuple[str | int, ...] = ()
    """Any of these: the folded names of models, else ids."""
    none: bool = False
    """Whether a job that has none passes too."""
    negated: bool = False


class Direct(NamedTuple):
    """What the words of a query may be besides words: shown along with the jobs that hold them."""

    contact: tuple[str, ...] = ()
    """Prefixes that find contacts with this phone or e-mail: jobs they are linked to."""
    serial: str = ""
    """The beginning of a serial number: jobs on such a device."""


class Wording(NamedTuple):
    """Words that belong together, and what else they may mean; a job holds them all, or it does not."""

    words: tuple[str, ...]
    direct: Direct | None = None
    negated: bool = True


class DaysTaken(NamedTuple):
    """What a date that leaves something open was taken for: first and last day, None for an open end."""

    text: str
    first: date | None
    last: date | None


class ActivityQuery(NamedTuple):
    """A resolved filter. None means no restriction; None inside a set means "has none".

    Attributes:
        types: Ids of the types shown; a list's own types, or those filtered for.
        statuses, responsibles, priorities, customers, devices: Likewise.
        excluded: (column, ids) pairs of rows that are not shown.
        start_from, start_before: Period of the start time, seconds UTC, the second exclusive.
        promised_from, promised_before: Period of the promised time.
        number: One job's number.
        billings: How far it is billed, of which it must be one of each; empty for what has nothing to bill.
        part_states: States of its parts, of which it must have one of each; empty for a job without parts.
        creators: Ids of the employees who registered the job.
        between: Further times that must lie in a period.
        holding: Where in the job some words must stand.
        hanging: What must hang on the job.
        words: Prefixes that must all be found in the job's words; `a|b` stands for either, `a$` for the whole word.
        direct: What else the words may mean.
        wordings: Words that a job must not hold together.
        ids: Only these jobs.
        order: What the rows are sorted by.
        days: What is told of the dates in the filter; it asks for nothing.
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
    wordings: tuple[Wording, ...] = ()
    ids: frozenset[int] | None = None
    creators: frozenset[int | None] | None = None
    part_states: tuple[frozenset[str], ...] = ()
    billings: tuple[frozenset[str], ...] = ()
    between: tuple[Between, ...] = ()
    holding: tuple[Holding, ...] = ()
    hanging: tuple[Hanging, ...] = ()
    direct: Direct | None = None
    order: Order = NEWEST_FIRST
    days: tuple[DaysTaken, ...] = ()
