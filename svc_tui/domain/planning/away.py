"""Days with hours of their own, and when people are away, as they are stored."""

from __future__ import annotations

from typing import NamedTuple


class SpecialDayRow(NamedTuple):
    """A day with hours of its own."""

    id: int
    day: str
    """Such as 2026-12-24."""
    name: str
    hours: str


class AbsenceRow(NamedTuple):
    """When an employee is away."""

    id: int
    employee: int
    from_at: int
    to_at: int
    reason: str
