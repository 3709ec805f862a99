"""What is to be written to put back what an act did: its parts, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from svc_tui.db.core.changes import Values
from svc_tui.domain.errors import DomainError
from svc_tui.domain.tables import Described
from svc_tui.domain.undoing import Effect, Image
from svc_tui.services.jobs.bulk import Refusal


@dataclass(slots=True, eq=False)
class Unit:
    """What an act did to one job and all that hangs on it, or to a row that belongs to no job.

    Number and subject (or the name of what is no job) are known once it was decided on.
    """

    effects: tuple[Effect, ...]
    activity: int | None
    number: int = 0
    subject: str = ""


class Restored(NamedTuple):
    table: Described
    row: int
    image: Image


class Updated(NamedTuple):
    table: Described
    row: int
    current: Values
    changed: Values


class Removed(NamedTuple):
    table: Described
    row: int
    current: Values


class Opposed(NamedTuple):
    """A row of a ledger that stays, and another with the opposite amounts."""

    table: Described
    image: Image


@dataclass(slots=True)
class Inverse:
    """What is to be written to put units back."""

    restored: list[Restored] = field(default_factory=list)
    updated: list[Updated] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    opposed: list[Opposed] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.restored or self.updated or self.removed or self.opposed)


@dataclass(slots=True)
class Decided:
    """What becomes of units."""

    inverses: list[tuple[Unit, Inverse]]
    refused: list[Refusal]
    kept: list[DomainError]
    """Rows the act created that stay, with the reason."""
