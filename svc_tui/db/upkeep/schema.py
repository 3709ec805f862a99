"""Whether a database has the schema this program knows, asked without loading the migration runner."""

from __future__ import annotations

from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.migrate import known, pending
from svc_tui.domain.errors import N_, DatabaseTrouble


def check_schema(store: Store) -> None:
    """
    Raises:
        DatabaseTrouble: when migrations are pending, or a newer program wrote the database.
    """
    waiting = pending(store)
    if waiting == known():
        raise no_shop(store)
    if waiting:
        raise DatabaseTrouble(N_("The database is from an older version of the program: run svc-tui migrate first."))


def no_shop(store: Store) -> DatabaseTrouble:
    return DatabaseTrouble(
        N_("There is no shop in {place} yet. Start svc-tui on it without a command to set one up."),
        place=store.path or "PostgreSQL",
    )
