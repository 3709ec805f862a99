"""Texts that are none: SQLite keeps whatever bytes it was given for a text, and its driver refuses the whole row.

So a statement that met one is asked again, for bytes. That takes twice as long, and only a shop pays for it into which
another program wrote such a text. The other rows of it are as right as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from svc_tui.db.core.damage import NUMBERS
from svc_tui.domain.damage import Damaged, Garbled

Statement = tuple[str, Sequence[object]]


def read(database: Any, act: Callable[[], Iterable[Any]], statement: Callable[[], Statement]) -> list[tuple[Any, ...]]:
    """The rows of a statement, with what is no text as a `Garbled` one.

    Args:
        database: Peewee's, of SQLite.
        act: Runs the statement.
        statement: It, with its parameters.
    """
    try:
        return list(act())
    except UnicodeDecodeError:
        sql, parameters = statement()
        if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
            raise
        return _read_bytes(database, sql, tuple(parameters))


def _read_bytes(database: Any, sql: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
    described = database.execute_sql(f"SELECT * FROM ({sql}) LIMIT 0", parameters).description
    names = [name for (name,) in described]
    columns = ", ".join(f"c{place}" for place in range(len(names)))
    as_bytes = ", ".join(
        f"typeof(c{place}), CASE typeof(c{place}) WHEN 'text' THEN CAST(c{place} AS BLOB) ELSE c{place} END"
        for place in range(len(names))
    )
    found = database.execute_sql(f"WITH found({columns}) AS ({sql}) SELECT {as_bytes} FROM found", parameters)
    numbers = _numbers(database)
    kinds = [name.partition(":")[0] in numbers for name in names]
    return [tuple(map(_value, kinds, row[::2], row[1::2])) for row in found]


def _value(is_number: bool, kind: str, value: Any) -> Any:
    """What is to stand for a value that is stored as `kind`."""
    if is_number:
        return value if kind in ("integer", "null") else Damaged(_plain(value) if kind == "text" else value)
    if kind == "text":
        return _plain(value)
    return Garbled(value, is_text=False) if kind == "blob" else value


def _plain(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return Garbled(raw, is_text=True)


def _numbers(database: Any) -> frozenset[str]:
    """Columns that hold numbers, in whatever table they are: expressions have no kind of their own."""
    declared = database.execute_sql(
        "SELECT p.name, p.type FROM sqlite_master AS t, pragma_table_info(t.name) AS p WHERE t.type = 'table'"
    ).fetchall()
    others = {name for name, kind in declared if kind.partition("(")[0].lower() not in NUMBERS}
    return frozenset(name for name, _kind in declared) - others
