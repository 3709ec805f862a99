"""Which types of job somebody may be given: those that are said of him, else those that he did within a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from svc_tui.db.reports import board as rows
from svc_tui.domain.planning.workload import Task
from svc_tui.services.core.session import Session
from svc_tui.services.planning import opening

KNOWN_FOR: Final = 366 * 86_400
"""Who did a type of job so long ago may be given one, where nothing else is said of him."""
KNOWN_FROM: Final = 10
"""Jobs that somebody must have finished within that time before his types are known: a beginner may take anything."""


def allowed(session: Session) -> Callable[[int, Task], bool]:
    """Who may be given which job."""
    said = opening.types_of(session)
    did = rows.done_types(session.store, session.seconds() - KNOWN_FOR)

    def may(who: int, task: Task) -> bool:
        return task.type in said[who] if who in said else (who, task.type) in did

    return may


def types_for(session: Session, who: int) -> set[int] | None:
    """The types that somebody may take; None for all, as of who is new and of whom nothing is said."""
    said = opening.types_of(session).get(who)
    if said is not None:
        return said
    finished = rows.finished_types(session.store, who, session.seconds() - KNOWN_FOR)
    return set(finished) if sum(finished.values()) >= KNOWN_FROM else None
