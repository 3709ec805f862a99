"""The descriptions of `domain/tables.py` beside their models, and what follows from how the tables refer to each other.

A row is named by the description in all layers; only here is it known which model that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.table import Table
from svc_tui.domain.tables import TABLES, Described, Undo


class Reference(NamedTuple):
    """A field that holds the id of another table's row."""

    table: Described
    field: str
    column: str
    """What the field is called in the database."""
    target: Described
    takes_along: bool
    """Whether the row goes when what it points to goes: it hangs on that."""


_MODELS: Final[Mapping[Described, type[Table]]] = MappingProxyType(
    {TABLES[str(model._meta.table_name)]: model for model in MODELS if str(model._meta.table_name) in TABLES}
)


AnyTable = Described | type[Table]
"""A table by its description; within `db` also by its model."""


def model_of(table: AnyTable) -> type[Table]:
    """The model of a table."""
    return _MODELS[table] if isinstance(table, Described) else table


@cache
def described(table: AnyTable) -> Described:
    """The description of a table."""
    return table if isinstance(table, Described) else TABLES[str(table._meta.table_name)]


@cache
def column_of(table: Described, field: str) -> str:
    """What a field is called in the database."""
    return str(_meta(model_of(table)).fields[field].column_name)


@cache
def references() -> tuple[Reference, ...]:
    """Every field of every table that points to another row."""
    found: list[Reference] = []
    for table, model in _MODELS.items():
        for key in _meta(model).refs:
            target = described(key.rel_model)
            found.append(Reference(table, key.name, key.column_name, target, key.name in table.hangs_on))
    return tuple(found)


@cache
def references_of(table: Described) -> tuple[Reference, ...]:
    """The fields of a table that point to another row."""
    return tuple(entry for entry in references() if entry.table is table)


@cache
def pointing_at(table: Described) -> tuple[Reference, ...]:
    """The fields that point to rows of a table."""
    return tuple(entry for entry in references() if entry.target is table)


@cache
def is_shared(table: Described) -> bool:
    """Whether rows may be pointed to by what does not hang on them: whoever takes one away asks who uses it."""
    return any(not entry.takes_along for entry in pointing_at(table))


@cache
def owner_of(table: Described) -> Reference | None:
    """The reference to what a row is a part of."""
    return next((entry for entry in references_of(table) if entry.field in table.hangs_on[:1]), None)


@cache
def owner_field(table: Described, owner: Described) -> str:
    """The field by which rows of a table hang on rows of another; empty when they do not."""
    return next((entry.field for entry in references_of(table) if entry.target is owner and entry.takes_along), "")


@cache
def unique_sets(table: Described) -> tuple[tuple[str, ...], ...]:
    """Fields of which no two rows may hold the same, but for the id; an index begins with each of the sets."""
    meta = _meta(model_of(table))
    alone = [(field.name,) for field in meta.sorted_fields if field.unique and field.name != "id"]
    together = [tuple(index[0]) for index in meta.indexes if isinstance(index, tuple) and index[1]]
    return (*alone, *together)


@cache
def undone() -> tuple[Described, ...]:
    """What can be put back, those pointed to before those that point to them."""
    left = [table for table in TABLES.values() if table.undo in (Undo.PUT_BACK, Undo.OPPOSITE)]
    ordered: list[Described] = []
    while left:
        waits = {entry.table for entry in references() if entry.target in left and entry.target is not entry.table}
        ready = [table for table in left if table not in waits]
        if not ready:
            raise ValueError(f"tables that refer to each other in a circle: {left}")
        ordered += ready
        left = [table for table in left if table not in ready]
    return tuple(ordered)


@cache
def standing() -> tuple[Described, ...]:
    """What can be put back and what other rows may point to, or that stands for itself; those pointed to first."""
    return tuple(table for table in undone() if pointing_at(table) or owner_field(table, TABLES["activity"]) == "")


@cache
def hanging() -> tuple[Described, ...]:
    """What can be put back, hangs on a job, and is pointed to by nothing."""
    return tuple(table for table in undone() if table not in standing())


def _meta(model: type[Table]) -> Any:
    return model._meta
