"""Whether a database has the schema this program knows, asked without loading the migration runner."""

from __future__ import annotations

from svc_tui.db.engine import Store
from svc_tui.db.migrate import MIGRATIONS
from svc_tui.domain.errors import N_, DatabaseTrouble


def check_schema(store: Store) -> None:
    """
    Raises:
        DatabaseTrouble: when migrations are pending, or a newer program wrote the database.
    """
    known = {path.stem for path in MIGRATIONS.glob("[0-9]*.py")}
    with store.troubles():
        exists = store.peewee.table_exists("schema_migration")
    applied = {row[0] for row in store.sql("SELECT name FROM schema_migration")} if exists else set()
    if unknown := applied - known:
        raise DatabaseTrouble(
            N_("The database was written by a newer version of the program ({name}). Install that version here too."),
            name=max(unknown),
        )
    if not applied:
        raise no_shop(store)
    if known - applied:
        raise DatabaseTrouble(N_("The database is from an older version of the program: run svc-tui migrate first."))


def no_shop(store: Store) -> DatabaseTrouble:
    return DatabaseTrouble(
        N_("There is no shop in {place} yet. Start svc-tui on it without a command to set one up."),
        place=store.path or "PostgreSQL",
    )
