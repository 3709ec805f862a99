"""A shop's SQLite file: made where none is, recognised, and brought into the state in which people work with it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svc_tui.db.core import files, generations, shop_file
from svc_tui.db.core.troubles import translate
from svc_tui.domain.errors import DatabaseTrouble

if TYPE_CHECKING:
    from svc_tui.db.core.engine import Store

BUSY_SECONDS = 10.0
PRAGMAS = (
    ("synchronous", 2),  # FULL: NORMAL lost up to 120 acknowledged saves in simulated power cuts
    ("foreign_keys", 1),
    ("mmap_size", 0),  # several processes write; pages by key gain nothing from it
    ("cell_size_check", 1),
    ("journal_size_limit", 67_108_864),
    ("secure_delete", 1),
    ("cache_size", -2_000),  # pages by key need little; a count of a million jobs would fill whatever it may
    # Never by a save if it can be helped: at the default every 20th waits 20 ms, and after a bulk act one waits 100.
    ("wal_autocheckpoint", 250_000),
)
PAGE = 4_096
"""Bytes of a page."""
LEFT_LOG = 2_048
"""Pages in a log that whoever opens the file puts away: 8 MiB, about what a session at work lets come together."""


def make_file(path: Path) -> bool:
    """An empty file where none is, and its folder; gives whether none was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(files.create(path))
    except FileExistsError:
        return False
    except OSError as error:
        raise translate(error, path) from error
    return True


def begin_shop(store: Store) -> None:
    """Write into the header of a new file whose it is, and which."""
    with store.troubles(), store.peewee.atomic():  # at once, for others who start may have the file open
        store.execute_sql(f"PRAGMA application_id = {shop_file.APPLICATION_ID}")
        store.execute_sql(f"PRAGMA user_version = {generations.fresh()}")


def require_shop(store: Store, path: Path) -> None:
    """Refuse what is no shop, before anything is written.

    Raises:
        Invalid: saying what the file is instead.
    """
    is_ours = shop_file.says_so(path, store.descriptor)
    tables = store.sql("SELECT count(*) FROM sqlite_master WHERE name IN ('schema_migration', 'change_set')")
    if not is_ours and tables[0][0] < 2:
        raise shop_file.another_program(path)


def put_away_log(store: Store, path: Path) -> None:
    """Move the log that a crash under load left behind into the file: one of the first saves would wait for it.

    Opening waits for nobody who writes.
    """
    with suppress(OSError, DatabaseTrouble):
        if Path(f"{path}-wal").stat().st_size > LEFT_LOG * PAGE:
            store.move_log()


def switch_to_wal(store: Store) -> None:
    """Write-ahead logging is kept in the file; ten first starts at once may find the switch locked."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with store.troubles():
                store.peewee.connect(reuse_if_open=True)
                store.peewee.execute_sql("PRAGMA journal_mode=wal")
            return
        except DatabaseTrouble as trouble:
            reason = str(trouble.values.get("reason", ""))
            if "locked" not in reason or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


class HonestRollback:
    """SQLite undoes a transaction itself when the disk is full; Peewee's rollback would then hide the reason."""

    def rollback(self) -> Any:
        if self.connection().in_transaction:  # type: ignore[attr-defined]
            return super().rollback()  # type: ignore[misc]
        return None
