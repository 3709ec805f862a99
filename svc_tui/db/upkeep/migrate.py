"""Bringing a database to the schema this program knows: Peewee's own runner, a lock around it, a copy before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from svc_tui.db import drivers_hidden
from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.copies import copy_whole, remove_leftovers
from svc_tui.domain.errors import N_, DatabaseTrouble, Invalid

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_ADVISORY_LOCK = 7_368_001  # any number no other program on the server uses for its own lock
_PATIENCE = 120.0
"""Seconds that a start waits for another one that migrates."""


Told = Callable[[int, int], None]
"""Is told how many of how many rows a long migration has done."""


def migrate(store: Store, told: Told | None = None) -> list[str]:
    """Apply what is pending, one process at a time; gives the names applied.

    Args:
        store: The database.
        told: Progress, where there is much to do.

    Raises:
        DatabaseTrouble: when the database was written by a newer program, or refuses.
    """
    if not pending(store):
        return []
    with drivers_hidden():
        from playhouse.migrations import Runner

    with store.troubles(), _lock(store):
        waiting = pending(store)
        if not waiting:
            return []
        if waiting == known():
            _require_empty(store)
        else:
            _copy_before(store, waiting[0])
        _at_work.append((store, told))
        try:
            return list(Runner(store.peewee, str(MIGRATIONS)).up())
        finally:
            _at_work.pop()


_at_work: list[tuple[Store, Told | None]] = []


def store_at_work() -> Store:
    """For a migration that makes derived data anew: the database it is applied to, within its transaction."""
    return _at_work[-1][0]


def tell(done: int, whole: int) -> None:
    """For a migration that takes long: how far it is."""
    if (told := _at_work[-1][1]) is not None:
        told(done, whole)


def known() -> list[str]:
    """Names of the migrations this program has, in their order."""
    return sorted(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def pending(store: Store) -> list[str]:
    """Names of the migrations that the database has not had; asked without loading the runner.

    Raises:
        DatabaseTrouble: when a newer program wrote the database.
    """
    names = known()
    with store.troubles():
        exists = store.peewee.table_exists("schema_migration")
    applied = {row[0] for row in store.sql("SELECT name FROM schema_migration")} if exists else set()
    if unknown := applied - set(names):
        raise DatabaseTrouble(
            N_("The database was written by a newer version of the program ({name}). Install that version here too."),
            name=max(unknown),
        )
    return [name for name in names if name not in applied]


@contextmanager
def _lock(store: Store) -> Iterator[None]:
    if store.path is None:
        store.sql("SELECT 1 FROM (SELECT pg_advisory_lock(?)) AS held", (_ADVISORY_LOCK,))
        try:
            yield
        finally:
            store.sql("SELECT pg_advisory_unlock(?)", (_ADVISORY_LOCK,))
        return
    with store.line_up(_PATIENCE):
        yield


def _require_empty(store: Store) -> None:
    """A new shop is made only where nothing is."""
    if tables := [name for name in store.peewee.get_tables() if name != "schema_migration"]:
        raise Invalid(
            N_("The database holds other tables ({tables}) and no shop. Nothing was changed in it; make an empty one "
               "for the shop: createdb"),
            tables=", ".join(tables[:3]),
        )  # fmt: skip


def _copy_before(store: Store, name: str) -> None:
    """A compact copy beside the file, so that a migration gone wrong costs nothing."""
    if store.path is None:
        return
    copy = store.path.with_name(f"{store.path.name}.before-{name}")
    remove_leftovers(copy.parent)  # of a start that was killed just when its copy had got its name
    if not copy.exists():
        copy_whole(store, copy)
