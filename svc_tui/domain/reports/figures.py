"""What statistics are: by what jobs are grouped, which of them a period counts, and the figures of a group.

A job counts once as finished: at its first finish that was not undone, whatever became of it afterwards. Times are
whole minutes of the shop's hours; a middle or a nine-tenths value is one that occurs, the first that so many jobs do
not exceed. Hours are thousandths of an hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple


class By(StrEnum):
    """What jobs are grouped by."""

    TYPE = "type"
    STATUS = "status"
    RESPONSIBLE = "responsible"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    PRODUCT = "product"
    MODEL = "model"
    MONTH = "month"

    @property
    def is_shared(self) -> bool:
        """Whether a job may be in more than one group, so that groups add up to more than there is."""
        return self in (By.SUPPLIER, By.PRODUCT)


class Basis(StrEnum):
    """Which jobs a period counts."""

    FINISHED = "finished"
    """What came in it, what was finished in it, and what is open now: what went through the shop."""
    REGISTERED = "registered"
    """Jobs that came in it, and what has become of them."""


class Which(StrEnum):
    """The jobs behind one figure."""

    REGISTERED = "registered"
    FINISHED = "finished"
    OPEN = "open"


Key = tuple[int | str | None, ...]
"""What a group has in common: an id, a month, brand and model. None, or empty texts, is a job that has none."""

BACK_WITHIN: Final = 30 * 86_400
"""Seconds after its finish within which the same device must not be registered again, for a job to be fixed at once."""


class Group(NamedTuple):
    """The figures of one group, or of all together."""

    key: Key
    registered: int = 0
    finished: int = 0
    open: int = 0
    median: int | None = None
    """Minutes of the shop's hours from registered to finished that half of the jobs did not exceed."""
    ninetieth: int | None = None
    """The same of nine in ten."""
    turnaround: int = 0
    """All that time together, in seconds."""
    waited: int = 0
    """Of it what the jobs waited."""
    hours: int = 0
    """Work on the finished jobs: used, where that is said, else planned."""
    devices: int = 0
    """Finished jobs on a device."""
    back: int = 0
    """Of them those whose device was registered again within thirty days."""

    @property
    def waits(self) -> int | None:
        """Per cent of the time that was waiting."""
        return _per_cent(self.waited, self.turnaround)

    @property
    def fixed(self) -> int | None:
        """Per cent of the devices that did not come back within thirty days."""
        return _per_cent(self.devices - self.back, self.devices)

    def count(self, which: Which) -> int:
        """How many jobs a figure counts."""
        return {Which.REGISTERED: self.registered, Which.FINISHED: self.finished, Which.OPEN: self.open}[which]


def _per_cent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole > 0 else None


Histogram = Mapping[int, int]
"""How often a value occurs."""


def quantile(values: Histogram, tenths: int) -> int | None:
    """The smallest value that so many tenths of all do not exceed; None of none."""
    total = sum(values.values())
    if not total:
        return None
    wanted = -(-total * tenths // 10)
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if seen >= wanted:
            return value
    raise AssertionError("the last value is not exceeded by any")


def together(histograms: Iterable[Histogram]) -> dict[int, int]:
    """Several as one."""
    made: dict[int, int] = {}
    for values in histograms:
        for value, count in values.items():
            made[value] = made.get(value, 0) + count
    return made


def in_order(groups: Iterable[Group], by: By) -> list[Group]:
    """Months as they come, all else by what was finished, then by what came."""
    if by is By.MONTH:
        return sorted(groups, key=lambda group: str(group.key[0]))
    return sorted(groups, key=lambda group: (-group.finished, -group.registered, -group.open, _sortable(group.key)))


def _sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple((part is None, f"{part:020}" if isinstance(part, int) else str(part)) for part in key)


def added(groups: Iterable[Group]) -> Group:
    """All groups as one, as far as figures add up: a middle does not."""
    made = Group(())
    for group in groups:
        made = made._replace(
            registered=made.registered + group.registered, finished=made.finished + group.finished,
            open=made.open + group.open, turnaround=made.turnaround + group.turnaround,
            waited=made.waited + group.waited, hours=made.hours + group.hours,
            devices=made.devices + group.devices, back=made.back + group.back,
        )  # fmt: skip
    return made
