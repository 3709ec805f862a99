"""A shop's file says in its header whose it is (svc_tui/db/core/shop_file.py)."""

from __future__ import annotations

from typing import Any

APPLICATION_ID = 0x53564354


def up(migrator: Any, db: Any) -> None:
    from peewee import SqliteDatabase

    on_sqlite = isinstance(db, SqliteDatabase)
    if on_sqlite:
        db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
