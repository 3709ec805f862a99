"""The only package that knows SQL, Peewee and the database drivers.

Peewee imports every driver it finds, which costs a shop on SQLite 135 ms a start where psycopg happens to
be installed. Unless the database asked for is PostgreSQL, the drivers are hidden while Peewee loads.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_DRIVERS = ("psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb")


@contextmanager
def drivers_hidden() -> Iterator[None]:
    """Let nothing that is imported meanwhile find a database driver that this shop does not use."""
    wanted = os.environ.get("SVC_TUI_DATABASE", "").startswith(("postgres:", "postgresql:"))
    hidden = [name for name in _DRIVERS if name not in sys.modules and not (wanted and name == "psycopg")]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # what Python itself puts there to forbid an import
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with drivers_hidden():
    import peewee  # noqa: F401
