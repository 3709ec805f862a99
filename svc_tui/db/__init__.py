"""The only package that knows SQL, Peewee and the database drivers.

Peewee imports every driver it finds, which costs a shop on SQLite 135 ms a start where psycopg happens to
be installed. Unless the database asked for is PostgreSQL, the drivers are hidden while Peewee loads; Python's own
sqlite3 always is, for the database is reached through cysqlite only.

asyncio loads TLS (8 ms) to offer it to whoever opens a connection with it. A start does not, so it is loaded when
something of it is first used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.abc import Loader

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


class _LateModule(ModuleType):
    """A module that is loaded when something is asked of it that it does not have yet."""

    def __getattr__(self, name: str) -> object:
        with _loading:
            late = self.__dict__.pop("__late__", None)
            if late is not None:
                late.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]  # from now on a module like any other
        return ModuleType.__getattribute__(self, name)


_loading = RLock()
"""Two threads may ask at once."""


class _LateLoader:
    """Stands before a module's loader."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__.update(__late__=self._loader, __loader__=self._loader)
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__class__ = _LateModule


class _LateFinder:
    """Finds some modules such that they are loaded late."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = _LateLoader(spec.loader)  # type: ignore[assignment]  # has all of a loader that is asked for
        return spec


@contextmanager
def late(names: Iterable[str]) -> Iterator[None]:
    """What is imported meanwhile gets these modules as always, but they are loaded no sooner than they are used."""
    finder = _LateFinder(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


with late(("ssl", "asyncio.sslproto")):
    import asyncio  # noqa: F401

with drivers_hidden():
    import peewee  # noqa: F401
