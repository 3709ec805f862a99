"""Three-way merge: what the form was opened with, what the user made of it, and what others saved meanwhile.

A mapping that does not name a field has not changed it. Nothing here writes; the caller writes nothing at all
while there is a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = Mapping[str, object]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that both changed, to different values; or a field of a group that both changed."""

    field: str
    base: object
    mine: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome for one row."""

    write: dict[str, object]
    """Fields only I changed, with my values."""
    taken: tuple[str, ...]
    """Fields only they changed; their values stay."""
    conflicts: tuple[FieldConflict, ...]


@dataclass(frozen=True)
class RowConflict(Generic[Key]):
    """A row changed by both, or changed by one and deleted by the other."""

    key: Key
    base: Row | None
    """The row as the form was opened; None when both added it."""
    mine: Row | None
    """None: I deleted it."""
    theirs: Row | None
    """None: they deleted it."""
    fields: tuple[FieldConflict, ...]
    """Which fields differ; empty when one side deleted the row."""


@dataclass(frozen=True)
class MergedRows(Generic[Key]):
    """The outcome for a set of rows, such as the lines of an activity."""

    create: dict[Key, Row]
    """New rows of mine, under the keys I gave them."""
    update: dict[Key, dict[str, object]]
    """Per row the fields only I changed."""
    delete: tuple[Key, ...]
    """Rows I deleted and nobody changed."""
    taken: tuple[Key, ...]
    """Rows they added, changed or deleted, kept as they left them (where I changed other fields, `update` too)."""
    conflicts: tuple[RowConflict[Key], ...]


def merge(base: Row, mine: Row, theirs: Row, groups: Collection[Collection[str]] = ()) -> Merged:
    """Decide field by field: only mine changed, write mine; only theirs, keep theirs; both differently, a conflict.

    Args:
        base: The values the form was opened with.
        mine: The values as the user left them.
        theirs: The stored values now. Fields the form does not know are left alone.
        groups: Fields that make sense only together. When both sides changed something in a group and the groups
            are not equal, every field of the group is in conflict.
    """
    write: dict[str, object] = {}
    taken: list[str] = []
    conflicts: list[FieldConflict] = []
    for unit in _units(base, mine, groups):
        fields = [FieldConflict(name, *_three(name, base, mine, theirs)) for name in unit]
        i_changed = any(field.mine != field.base for field in fields)
        they_changed = any(field.theirs != field.base for field in fields)
        if all(field.mine == field.theirs for field in fields):
            continue
        if i_changed and they_changed:
            conflicts.extend(fields)
        elif i_changed:
            write.update((field.field, field.mine) for field in fields if field.mine != field.base)
        else:
            taken.extend(field.field for field in fields if field.theirs != field.base)
    return Merged(write, tuple(taken), tuple(conflicts))


def _units(base: Row, mine: Row, groups: Collection[Collection[str]]) -> Iterator[list[str]]:
    """The fields in the order of the form, those of a group together where its first one stands."""
    known = dict.fromkeys((*base, *mine))
    group_of = {name: group for group in groups for name in group}
    done: set[str] = set()
    for name in known:
        if name in done:
            continue
        group = group_of.get(name, ())
        unit = [other for other in known if other == name or other in group]
        done.update(unit)
        yield unit


def _three(name: str, base: Row, mine: Row, theirs: Row) -> tuple[object, object, object]:
    was = base.get(name)
    return was, mine.get(name, was), theirs.get(name, was)


def merge_rows(
    base: Mapping[Key, Row],
    mine: Mapping[Key, Row],
    theirs: Mapping[Key, Row],
    groups: Collection[Collection[str]] = (),
) -> MergedRows[Key]:
    """Merge keyed rows, each field by field; a row one side deleted and the other changed is a conflict.

    New rows of mine carry keys that no stored row has (negative numbers or strings).
    """
    rows: MergedRows[Key] = MergedRows({}, {}, (), (), ())
    delete: list[Key] = []
    taken: list[Key] = []
    conflicts: list[RowConflict[Key]] = []
    for key in dict.fromkeys((*base, *mine, *theirs)):
        was, my, their = base.get(key), mine.get(key), theirs.get(key)
        if my is not None and their is not None:
            merged = merge(was, my, their, groups) if was is not None else _both_added(my, their)
            if merged.conflicts:
                conflicts.append(RowConflict(key, was, my, their, merged.conflicts))
            elif merged.write:
                rows.update[key] = merged.write
            if merged.taken:
                taken.append(key)
        elif was is None and my is not None:
            rows.create[key] = my
        elif was is None:
            taken.append(key)
        elif my is not None and _changed(was, my, (*was, *my)):
            conflicts.append(RowConflict(key, was, my, None, ()))
        elif their is not None and _changed(was, their, was):
            conflicts.append(RowConflict(key, was, None, their, ()))
        elif my is not None:
            taken.append(key)
        elif their is not None:
            delete.append(key)
    return MergedRows(rows.create, rows.update, tuple(delete), tuple(taken), tuple(conflicts))


def _changed(base: Row, row: Row, fields: Iterable[str]) -> bool:
    return any(row.get(name, base.get(name)) != base.get(name) for name in fields)


def _both_added(mine: Row, theirs: Row) -> Merged:
    """Both added a row under the same key: fine when the rows agree, else a conflict wherever they differ."""
    conflicts = tuple(
        FieldConflict(name, None, mine.get(name), theirs.get(name))
        for name in mine
        if mine.get(name) != theirs.get(name)
    )
    return Merged({}, (), conflicts)
