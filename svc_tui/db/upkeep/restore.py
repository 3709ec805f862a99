"""Putting a backup back into the shop's database while people work."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.generations import mark, took_the_place_of
from svc_tui.db.core.sqlite_file import BUSY_SECONDS
from svc_tui.db.core.troubles import is_there, translate
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.copies import workplace
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import known, migrate, pending
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, DatabaseTrouble, DomainError, Invalid

Told = Callable[[DomainError], None]


def restore(database: Path, source: Path, told: Told) -> Path | None:
    """Put the shop of a backup in the place of what a database file holds; a missing file is made.

    The pages go into the live file through SQLite's own backup, in one write: whoever has the shop open reads the
    restored content in his next query and carries on. A file put in the place of the other would take every later
    save of theirs with it. The backup itself is only read: a copy of it is checked, and brought to this schema.

    Args:
        database: The shop's file.
        source: The backup.
        told: Hears what is not consistent in the backup. That is no reason to leave it: a backup is as good as the
            shop was.

    Returns:
        The copy made of the state before, beside the database; None when there was nothing to copy.

    Raises:
        Invalid: when the backup is no shop.
        DatabaseTrouble: when one of them is damaged, or cannot be read or written; the database is as it was then.
    """
    database, source = database.expanduser().absolute(), source.expanduser().absolute()
    if not source.is_file():
        raise Invalid(N_("There is no file {file}. Name a file that svc-tui backup has written."), file=source)
    if is_there(database) and source.samefile(database):
        raise Invalid(N_("{file} is the database itself. Name a file that svc-tui backup has written."), file=source)
    if not database.parent.is_dir():
        raise Invalid(N_("There is no folder {folder}. Make it first, or name another file."), folder=database.parent)
    try:
        with workplace(database.parent) as folder, _sound_copy(source, folder / "shop.db", told) as copy:
            return _replace(database, copy)
    except OSError as error:
        raise translate(error, database) from error


@contextmanager
def _sound_copy(source: Path, place: Path, told: Told) -> Iterator[Store]:
    try:
        original = open_database(str(source))
        try:
            back_up(original, place)
        finally:
            original.close()
    except DomainError as trouble:
        raise DatabaseTrouble(
            N_("{file} cannot be restored, and nothing was changed. {reason}"), file=source, reason=trouble
        ) from trouble
    copy = open_database(str(place))
    try:
        if pending(copy) == known():
            raise Invalid(N_("{file} is no shop. Name a file that svc-tui backup has written."), file=source)
        migrate(copy)
        for finding in findings(copy):
            told(finding)
        yield copy
    finally:
        copy.close()


def _replace(database: Path, copy: Store) -> Path | None:
    if database.exists() and database.stat().st_size == 0:
        database.unlink()  # an emptied file: what is put back takes its place
    existed = database.exists()
    try:
        store = open_database(str(database), create=not existed)
    except DomainError as trouble:
        raise _left_alone(database, trouble) from trouble
    try:
        with store.line_up():  # nobody's save comes between the copy of the state before and its end
            kept = _keep_present(store, database) if existed else None
            if kept is not None:
                mark(copy, took_the_place_of(store))
            _fill(store, copy)
        store.checkpoint()
    finally:
        store.close()
    return kept


def _keep_present(store: Store, database: Path) -> Path | None:
    target = _free_name(f"{database}.before-restore-{clock.now():%Y%m%d-%H%M%S}")
    try:
        if pending(store) == known():  # a file without a shop
            return None
        back_up(store, target)
    except DatabaseTrouble as trouble:
        raise _left_alone(database, trouble) from trouble
    return target


def _free_name(wanted: str) -> Path:
    """`wanted`, or with a number behind it: two restores in one second are two."""
    names = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
    return next(path for path in map(Path, names) if not path.exists())


def _left_alone(database: Path, trouble: DomainError) -> DatabaseTrouble:
    return DatabaseTrouble(
        N_("The present database cannot be copied, so it was left alone. If it is damaged, have everybody leave, move "
           "{path} away together with {name}-wal and {name}-shm, and restore again. ({reason})"),
        path=database, name=database.name, reason=trouble.values.get("reason") or trouble,
    )  # fmt: skip


def _fill(store: Store, copy: Store) -> None:
    """All pages in one step; only a transaction that did not stand in line can be in the way, and not for long."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with store.troubles(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # not in its stubs
                copy.peewee.backup(store.peewee)
            return
        except DatabaseTrouble as trouble:
            reason = str(trouble.values.get("reason", ""))
            if not any(word in reason for word in ("locked", "busy")) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
