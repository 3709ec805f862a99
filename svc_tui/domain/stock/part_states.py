"""The state of a job's line, and of a job, told from quantities: what is worst speaks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from svc_tui.domain.records import LineKind, PartState

WORST_FIRST: Final = (
    PartState.NEEDED, PartState.ORDERED, PartState.ARRIVED, PartState.RESERVED, PartState.USED, PartState.NONE,
)  # fmt: skip

OPEN: Final = frozenset((PartState.NEEDED, PartState.ORDERED, PartState.ARRIVED, PartState.RESERVED))
"""States of a part that is not dealt with: a job is not done with one."""

HERE: Final = frozenset((PartState.ARRIVED, PartState.RESERVED, PartState.USED))
"""States of a part whose pieces are all in the house, or were."""


def missing(planned: int, reserved: int, ordered: int, used: int) -> int:
    """What nobody has dealt with yet, in thousandths."""
    return max(0, planned - reserved - ordered - used)


def state_of(kind: str, planned: int, reserved: int, came: int, ordered: int, used: int) -> PartState:
    """The state of a line.

    Args:
        kind: A `LineKind`; only parts have a state.
        planned: How many are wanted; like all of these in thousandths.
        reserved: How many lie here for this line.
        came: How many of it came for this line, by an order or by hand; they are called arrived, others reserved.
        ordered: How many are on their way to it.
        used: How many are in the device.
    """
    if kind != LineKind.PART:
        return PartState.NONE
    if missing(planned, reserved, ordered, used):
        return PartState.NEEDED
    if ordered > 0:
        return PartState.ORDERED
    if reserved > 0:
        return PartState.ARRIVED if came > 0 else PartState.RESERVED
    return PartState.USED if used > 0 else PartState.NONE


def worst(states: Iterable[PartState]) -> PartState:
    """The state of a job whose lines have these."""
    return min(states, key=WORST_FIRST.index, default=PartState.NONE)
