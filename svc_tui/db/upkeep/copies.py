"""A copy of the whole shop, checked before it counts as one: for a backup, before a migration, before a restore.

It is written in a folder of its own beside its place and gets its name when it is whole and on the disk. The folder is
locked while it is in use; one that a killed program left behind, with a whole shop in it, is removed by whoever makes
the next copy there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from svc_tui.db.core import files, generations
from svc_tui.db.core.engine import Store
from svc_tui.db.core.file_systems import has_room
from svc_tui.db.core.troubles import full_disk, translate
from svc_tui.domain.errors import N_, DatabaseTrouble, Invalid

PREFIX = ".svc-tui-copy-"


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A folder for unfinished files inside `folder`, closed to others and gone afterwards.

    Raises:
        OSError: when it cannot be made.
    """
    remove_leftovers(folder)
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove what programs that were killed left in `folder`; what is in use is locked, and stays."""
    for place in folder.glob(f"{PREFIX}*"):
        with suppress(OSError):
            descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place, ignore_errors=True)
            finally:
                os.close(descriptor)


def copy_whole(store: Store, target: Path) -> None:
    """Write a compact copy of an SQLite database to a new file, durable and checked when this returns.

    SQLite writes it in one read transaction of this connection, so it is the shop as of one moment and nobody waits;
    copying the file instead would miss the log beside it, or be torn.

    Raises:
        Invalid: when there is a file of that name.
        DatabaseTrouble: when it cannot be written, or the copy is not whole; no file is left then.
    """
    if target.exists():
        raise exists(target)
    try:
        with workplace(target.parent) as place:
            copy = place / "shop.db"
            os.close(files.create(copy))
            before = _newest_act(store)
            try:
                store.execute_sql("VACUUM INTO ?", (str(copy),))
                _check(store, copy, before)
            except DatabaseTrouble as trouble:
                # The driver's words are about the shop's disk, or about nothing.
                raise trouble if has_room(place) else full_disk(target.parent) from trouble
            put_in_place(copy, target)
    except OSError as error:
        raise translate(error, target) from error


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a finished file its name, for good.

    Raises:
        Invalid: when a file of that name came meanwhile.
        OSError: when it cannot be done.
    """
    _settle(unfinished, target.parent)
    try:
        os.link(unfinished, target)  # unlike a rename, refuses to replace what came meanwhile
    except FileExistsError:
        raise exists(target) from None
    except OSError:  # a file system without links
        unfinished.rename(target)
    _to_the_disk(target.parent)


def exists(target: Path) -> Invalid:
    """The refusal of a name that is taken."""
    return Invalid(N_("{file} exists already. Name another file."), file=target)


def _settle(path: Path, folder: Path) -> None:
    """Whoever shares the folder may read the file, and it is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        files.open_to_the_group(descriptor, folder)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _to_the_disk(folder: Path) -> None:
    """Have the system write a folder's list of names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _newest_act(store: Store, schema: str = "main") -> int:
    return int(store.sql(f"SELECT coalesce(max(id), 0) FROM {schema}.change_set")[0][0])


def _jobs(store: Store, schema: str = "main") -> int:
    return int(store.sql(f"SELECT count(*) FROM {schema}.activity")[0][0])


def _check(store: Store, copy: Path, before: int) -> None:
    """Read the copy whole, and see that it holds what the shop does. Through this connection, for `open_database` would
    refuse one on a network folder, where a backup may well lie: nobody works in it.

    Args:
        store: The shop.
        copy: The copy of it.
        before: The shop's newest act when copying began; others may have worked on since.
    """
    store.execute_sql("ATTACH DATABASE ? AS copied", (str(copy),))
    try:
        said = [str(row[0]) for row in store.sql("PRAGMA copied.quick_check")]
        if said != ["ok"]:
            raise _not_whole(said[0])
        jobs, copied = _jobs(store), _jobs(store, "copied")
        if not before <= _newest_act(store, "copied") <= (now := _newest_act(store)):
            raise _not_whole("change_set")
        if before == now and jobs != copied:
            raise _not_whole(f"activity: {copied} / {jobs}")
        # Another generation: what is copied over a shop's file, or put back into it, is known as something else.
        store.execute_sql(f"PRAGMA copied.user_version = {generations.fresh()}")
    finally:
        store.execute_sql("DETACH DATABASE copied")


def _not_whole(reason: str) -> DatabaseTrouble:
    """A copy that is not what it was copied from."""
    return DatabaseTrouble(
        N_("The copy is not whole, so the database is damaged too ({reason}). Keep your last backup."), reason=reason
    )
