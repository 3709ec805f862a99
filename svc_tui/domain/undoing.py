"""What one act did to each row, all its steps taken together: what undoing it must put back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

Image = dict[str, str | int | bool | None]
"""A row by the names of its fields."""


class Step(NamedTuple):
    """One line of the history: a field that changed, or (no field) a row that came or went; values as JSON."""

    activity: int | None
    table: str
    row: int
    field: str
    old: str | None
    new: str | None


@dataclass(slots=True)
class Effect:
    """What an act did to one row.

    Attributes:
        table, row: Which row.
        activity: The job that it is or hangs on.
        created: The row as the act left it, when it made it.
        deleted: The row as the act found it, when it deleted it.
        fields: Otherwise (before, after) of each field.
    """

    table: str
    row: int
    activity: int | None
    created: Image | None = None
    deleted: Image | None = None
    fields: dict[str, tuple[str | int | bool | None, str | int | bool | None]] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether the row is as it was before."""
        return self.created is None and self.deleted is None and not self.fields


def effects(steps: Iterable[Step]) -> list[Effect]:
    """The effects of an act's steps, given in their order; in the order in which rows were first touched."""
    found: dict[tuple[str, int], Effect] = {}
    for step in steps:
        key = (step.table, step.row)
        effect = found.get(key)
        if effect is None:
            effect = found[key] = Effect(step.table, step.row, step.activity)
        if step.field:
            _field(effect, step)
        elif step.new is not None:
            _came(effect, json.loads(step.new))
        else:
            _went(effect, json.loads(step.old or "{}"))
    return [effect for effect in found.values() if not effect.is_nothing]


def _field(effect: Effect, step: Step) -> None:
    old, new = json.loads(step.old or "null"), json.loads(step.new or "null")
    if effect.created is not None:
        effect.created[step.field] = new
        return
    first = effect.fields.get(step.field, (old, new))[0]
    if first == new:
        effect.fields.pop(step.field, None)
    else:
        effect.fields[step.field] = (first, new)


def _came(effect: Effect, image: Image) -> None:
    if effect.deleted is None:
        effect.created = image
        return
    before, effect.deleted = effect.deleted, None
    effect.fields = {name: (before[name], new) for name, new in image.items() if name in before and before[name] != new}


def _went(effect: Effect, image: Image) -> None:
    if effect.created is not None:
        effect.created = None
        return
    effect.deleted = image | {name: before for name, (before, _) in effect.fields.items()}
    effect.fields = {}
