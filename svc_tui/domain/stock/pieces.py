"""What is said of pieces: lines that need them, suppliers' lines that bring them, moves of the stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from svc_tui.domain.stock import part_states


class MoveKind(StrEnum):
    """Why pieces came or went."""

    RECEIVE = "receive"
    USE = "use"
    BACK = "back"
    RETURN = "return"
    SCRAP = "scrap"
    COUNT = "count"


class Fate(StrEnum):
    """What becomes of a piece that is taken out of a device again."""

    GOOD = "good"
    FAULTY = "faulty"
    """It was so when it came: it goes back to the supplier."""
    BROKEN = "broken"
    """We broke it: scrapped, at our cost."""


class Move(NamedTuple):
    """A line of the stock ledger."""

    product: int
    kind: MoveKind
    quantity: int
    """What the stock grows by."""
    quarantine: int
    """What grows by it that waits to go back."""
    line: int | None = None
    incoming: int | None = None


@dataclass(slots=True)
class PartLine:
    """A job's line of a part."""

    id: int
    job: int
    """The number of its job."""
    product: int | None
    planned: int
    promise: int | None = None
    """When the job is promised; None comes last."""
    reserved: int = 0
    came: int = 0
    used: int = 0
    claims: dict[int, int] = field(default_factory=dict)
    """What of which supplier's line is for it."""
    text: str = ""
    activity: int = 0
    transferred: int = 0
    """What of it is on service orders: never fewer are used."""
    over: bool = False
    """Whether its job is done or cancelled: nothing is brought to it any more."""

    @property
    def ordered(self) -> int:
        return sum(self.claims.values())

    @property
    def missing(self) -> int:
        return part_states.missing(self.planned, self.reserved, self.ordered, self.used)

    @property
    def turn(self) -> tuple[bool, int, int, int]:
        """Whose turn it is: the oldest promise first, then the lowest number."""
        return (self.promise is None, self.promise or 0, self.job, self.id)


@dataclass(slots=True)
class Incoming:
    """A line of an order to a supplier."""

    id: int
    product: int | None
    ordered: int
    received: int = 0
    """Good pieces of the right product."""
    cancelled: int = 0

    @property
    def outstanding(self) -> int:
        return max(0, self.ordered - self.received - self.cancelled)


class Served(NamedTuple):
    """Where what came went."""

    lines: tuple[tuple[int, int], ...]
    """Lines and how many each got."""
    left: int
    """For stock."""
