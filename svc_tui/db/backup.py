"""A copy of the database while people work, checked before it counts as one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from svc_tui.db.engine import Store
from svc_tui.domain.errors import N_, DatabaseTrouble, Invalid


def back_up(store: Store, target: Path) -> None:
    """Write a compact copy of an SQLite database to a new file, durable and checked when this returns.

    SQLite writes it in one read transaction of this connection, so it is the shop as of one moment and nobody waits;
    copying the file instead would miss the log beside it, or be torn.

    Raises:
        Invalid: when the file exists, or the database is on a server.
        DatabaseTrouble: when it cannot be written, or the copy is not whole; no file is left then.
    """
    if store.dialect != "sqlite":
        raise Invalid(N_("A database on a PostgreSQL server is backed up there: pg_dump --format=custom."))
    target = target.expanduser().absolute()
    if target.exists():
        raise _exists(target)
    if not target.parent.is_dir():
        raise Invalid(N_("There is no folder {folder}. Make it first, or name another file."), folder=target.parent)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        store.execute_sql("VACUUM INTO ?", (str(unfinished),))
        _check(store, unfinished)
        _keep(unfinished)
        try:
            os.link(unfinished, target)  # unlike a rename, refuses to replace what came meanwhile
        except FileExistsError:
            raise _exists(target) from None
        except OSError:  # a file system without links
            unfinished.rename(target)
        _keep(target.parent)
    finally:
        for ending in ("", "-wal", "-shm", "-journal", ".queue"):
            with suppress(FileNotFoundError):
                unfinished.with_name(unfinished.name + ending).unlink()


def _exists(target: Path) -> Invalid:
    return Invalid(N_("{file} exists already. Name another file."), file=target)


def _check(store: Store, copy: Path) -> None:
    """Read the copy whole. Through this connection, for `open_database` would refuse one on a network folder,
    where a backup may well lie: nobody works in it.
    """
    store.execute_sql("ATTACH DATABASE ? AS backup_copy", (str(copy),))
    try:
        said = [str(row[0]) for row in store.sql("PRAGMA backup_copy.quick_check")]
    finally:
        store.execute_sql("DETACH DATABASE backup_copy")
    if said != ["ok"]:
        raise DatabaseTrouble(
            N_("The copy is not whole, so the database is damaged too ({reason}). Keep your last backup."),
            reason=said[0],
        )


def _keep(path: Path) -> None:
    """Have the system write a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
