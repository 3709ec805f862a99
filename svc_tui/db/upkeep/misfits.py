"""Values that do not fit their columns: SQLite takes a text where a number belongs, if another program writes it there.

PostgreSQL refuses them itself, but for times beyond the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator

from peewee import CharField, Field, TextField

from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.engine import Store
from svc_tui.db.core.table import Table
from svc_tui.domain.damage import FIRST_TIME, LAST_TIME, Misfit, is_time, short
from svc_tui.domain.errors import DomainError

_MOST = 20
"""So many rows of a table are named; whoever has more has another trouble."""


def misfits(store: Store) -> Iterator[DomainError]:
    """A sentence for each value that is not of its column's kind, with table, row and field."""
    if store.dialect == "sqlite":
        store.peewee.connection().create_function(_is_text, "is_text", 1)
    for model in MODELS:
        yield from _of_table(store, model)


def _of_table(store: Store, model: type[Table]) -> Iterator[DomainError]:
    fields = [field for field in model._meta.sorted_fields if store.dialect == "sqlite" or is_time(field.name)]
    conditions = " OR ".join(_condition(store, field) for field in fields)
    if not conditions:
        return
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    tests = ", ".join(f"({_condition(store, field)})" for field in fields)
    table = model._meta.table_name
    rows = store.sql(f'SELECT id, {columns}, {tests} FROM "{table}" WHERE {conditions} ORDER BY id LIMIT {_MOST}')
    for number, *values in rows:
        for field, value, wrong in zip(fields, values[: len(fields)], values[len(fields) :], strict=True):
            if wrong:
                yield Misfit(table, number, field.name, short(value)).told


def _condition(store: Store, field: Field) -> str:
    """SQL that is true of a value that does not fit; never NULL."""
    column = f'"{field.column_name}"'
    wrong = []
    if store.dialect == "sqlite":
        is_text = isinstance(field, TextField | CharField)
        kinds = "('text')" if is_text else "('blob')" if field.field_type == "BLOB" else "('integer')"
        allowed = f"typeof({column}) IN {kinds}" + (f" OR {column} IS NULL" if field.null else "")
        wrong.append(f"NOT ({allowed})")
        if is_text:
            wrong.append(f"coalesce({column} GLOB '*[^ -~]*' AND NOT is_text(CAST({column} AS BLOB)), FALSE)")
    if is_time(field.name):
        wrong.append(f"coalesce({column} NOT BETWEEN {FIRST_TIME} AND {LAST_TIME}, FALSE)")
    return "(" + " OR ".join(wrong) + ")"


def _is_text(raw: bytes | None) -> bool:
    try:
        (raw or b"").decode()
    except UnicodeDecodeError:
        return False
    return True
