"""What an act did whose answer was lost, when it is asked for again: its key is known, and nothing happens twice."""

from __future__ import annotations

from svc_tui.db.core import change_log
from svc_tui.db.core.changes import Changes, Values
from svc_tui.domain.tables import Described
from svc_tui.domain.undoing import effects


def made(changes: Changes, table: Described) -> tuple[int, Values] | None:
    """The row that an act with the key of this one made, and how; None when it is tried for the first time."""
    found = effects(step for act in changes.known() for step in change_log.steps_of(changes.store, act))
    return next(
        ((effect.row, dict(effect.created)) for effect in found if effect.table == table.name and effect.created), None
    )
