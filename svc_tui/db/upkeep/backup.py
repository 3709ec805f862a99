"""A copy of the database while people work."""

from __future__ import annotations

from pathlib import Path

from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.copies import copy_whole, exists
from svc_tui.db.upkeep.migrate import known, pending
from svc_tui.domain.errors import N_, Invalid


def back_up(store: Store, target: Path) -> None:
    """Write the shop to a new file, whole and on the disk when this returns.

    Raises:
        Invalid: when the file exists, the database is on a server, or it is no shop.
        DatabaseTrouble: when it cannot be written, or the copy is not whole; no file is left then.
    """
    if store.dialect != "sqlite":
        raise Invalid(N_("A database on a PostgreSQL server is backed up there: pg_dump --format=custom."))
    target = target.expanduser().absolute()
    if target.exists():
        raise exists(target)
    if not target.parent.is_dir():
        raise Invalid(N_("There is no folder {folder}. Make it first, or name another file."), folder=target.parent)
    if pending(store) == known():
        raise Invalid(N_("{file} is no shop. Name the file that svc-tui is started with."), file=store.path)
    copy_whole(store, target)
