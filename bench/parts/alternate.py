"""Fairness between the programs of a part."""

from __future__ import annotations

from collections.abc import Callable

from bench.record import Record


def alternate(record: Record, *acts: Callable[[], None]) -> None:
    """Do these, in every second round from the last to the first."""
    for act in acts if record.round % 2 == 0 else reversed(acts):
        act()
        record.noise()
