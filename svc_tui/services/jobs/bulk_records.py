"""What an act on many jobs is about, what it would do, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from svc_tui.domain.errors import DomainError
from svc_tui.domain.operations import Values, new_operation_key
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.rights import Right
from svc_tui.services.jobs.job_edits import Edit, right_for


@dataclass(frozen=True, slots=True)
class Selection:
    """Jobs: those named, or all that match a query but for some."""

    ids: tuple[int, ...] = ()
    query: ActivityQuery | None = None
    but: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A job that stays as it is, and why."""

    number: int | None
    """None for one that is no longer there."""
    subject: str
    why: DomainError

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The reason in the language of `translate` (a gettext function)."""
        return self.why.sentence(translate)

    def brief(self, translate: Callable[[str], str] = str) -> str:
        """The same for a line of a screen."""
        return self.why.brief(translate)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would do; nothing is written yet."""

    edits: tuple[Edit, ...]
    chosen: int
    """How many jobs were selected."""
    jobs: Mapping[int, Values]
    """Those that will change, as they were read."""
    unchanged: int
    """Those that are already as wanted."""
    refused: tuple[Refusal, ...]
    generation: str
    """Of the shop that the jobs were read in."""
    operation_key: str = field(default_factory=new_operation_key)

    @property
    def changing(self) -> int:
        """How many jobs will change."""
        return len(self.jobs)

    @property
    def rights(self) -> tuple[Right, ...]:
        """What one must be allowed to."""
        single = right_for(self.edits)
        return (single,) if self.chosen <= 1 else (Right.ACTIVITY_BULK, single)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an act."""

    change_set: int | None
    """None when nothing was changed."""
    changed: int
    refused: tuple[Refusal, ...]
    """Those of the plan, and those that others changed meanwhile."""
    moved: tuple[str, ...] = ()
    """Devices that went along to another customer."""
    left: tuple[tuple[str, str], ...] = ()
    """Whose devices are on their jobs no more, and which: they belong to another customer."""


class Stopped(DomainError):
    """The act was stopped before it was committed; nothing was written."""
