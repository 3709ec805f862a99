"""Deadlines and work left follow when hours, special days, limits or usual durations change: open jobs only."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.db.core.engine import Store
from svc_tui.db.core.reckoning import Far, go_on, is_outdated

__all__ = ["Far", "finish", "go_on", "is_outdated"]


def finish(store: Store, told: Callable[[int, int], None]) -> int:
    """Reckon all open jobs by the rules that hold, as a command does before it ends; gives how many.

    Args:
        store: The database.
        told: Is told how many jobs of how many are done.

    Raises:
        DatabaseTrouble: when it refuses; what was done by then stays, and the next program goes on.
    """
    store.has_other_rules = False
    done = 0
    while not (far := go_on(store)).is_done:
        done += far.done
        told(done, done + far.left)
    return done
