"""Saving one row that was opened in a form: merged field by field with what others saved meanwhile.

The same for contacts, devices and products; a job has more that hangs on it (`services/jobs/activities.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from svc_tui.db.core import change_log
from svc_tui.db.core.changes import Changes, read
from svc_tui.domain.errors import CHANGED_MEANWHILE, Conflict
from svc_tui.domain.merge import merge
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.tables import Described
from svc_tui.domain.undoing import Effect, effects


class Saved(NamedTuple):
    """What became of a save."""

    id: int
    merged: tuple[str, ...] = ()
    """Fields that somebody else changed meanwhile and that were kept as they left them."""


class Resumed(NamedTuple):
    """What is left to save once an act with this key is in: its answer was lost, and it was asked for again."""

    id: int | None
    base: Values
    effects: tuple[Effect, ...] = ()


def resumed(changes: Changes, table: Described, row_id: int | None, base: Values) -> Resumed:
    """The row and the values to start from; those given where this act is tried for the first time."""
    steps = [step for act in changes.known() for step in change_log.steps_of(changes.store, act)]
    done = tuple(effects(steps))
    for effect in done:
        if effect.table == table.name and (effect.row == row_id or (row_id is None and effect.created)):
            written = effect.created or {field: after for field, (_, after) in effect.fields.items()}
            return Resumed(effect.row, base | {field: it for field, it in written.items() if field in base}, done)
    return Resumed(row_id, base, done)


def save_row(
    changes: Changes,
    table: Described,
    row_id: int | None,
    base: Values,
    mine: Values,
    keys: Callable[[Values], Values],
    groups: Collection[Collection[str]] = (),
) -> Saved:
    """Create the row, or write what only this form changed.

    Args:
        changes: The open change set.
        table: Which table.
        row_id: Which row; None for a new one.
        base: The values the form was opened with.
        mine: What it says now.
        keys: The folded keys that follow from the row's values.
        groups: Fields that make sense only together.

    Raises:
        Conflict: when somebody else changed the same field; nothing may be committed then.
        NotFound: when the row is gone.
    """
    if row_id is None:
        return Saved(changes.insert(table, mine | keys(mine)))
    theirs = read(changes.store, table, row_id, lock=True)
    merged = merge(base, mine, {name: theirs[name] for name in base}, groups)
    if merged.conflicts:
        fields = tuple(conflict.field for conflict in merged.conflicts)
        raise Conflict(CHANGED_MEANWHILE, fields=fields, count=len(fields))
    write: Values = {name: _value(value) for name, value in merged.write.items()}
    if write:
        changes.update(table, row_id, write | keys(theirs | write))
    return Saved(row_id, merged.taken)


def _value(value: object) -> Value:
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"not a field's value: {value!r}")
