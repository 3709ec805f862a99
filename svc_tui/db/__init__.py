"""The only package that knows SQL, Peewee and the database drivers.

Peewee imports every driver it finds, which costs a shop on SQLite 135 ms a start where psycopg happens to
be installed. Unless the database asked for is PostgreSQL, the drivers are hidden while Peewee loads; Python's own
sqlite3 always is, for the database is reached through cysqlite only.

asyncio loads TLS (8 ms) to offer it to whoever opens connections with it, which nobody does here: it is hidden while
asyncio loads, as in a Python that was built without.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

_DRIVERS = ("sqlite3", "pysqlite3", "psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb")


@contextmanager
def hidden(names: Iterable[str]) -> Iterator[None]:
    """Let nothing that is imported meanwhile find these modules, unless they are loaded already."""
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # what Python itself puts there to forbid an import
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def drivers_hidden() -> AbstractContextManager[None]:
    """Let nothing that is imported meanwhile find a database driver that this shop does not use."""
    wanted = os.environ.get("SVC_TUI_DATABASE", "").startswith(("postgres:", "postgresql:"))
    return hidden(name for name in _DRIVERS if not (wanted and name == "psycopg"))


with hidden(["ssl"]):
    import asyncio  # noqa: F401

with drivers_hidden():
    import peewee  # noqa: F401
