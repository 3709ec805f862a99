"""Printers are a register, and the shop has terms for what is handed in."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    db.execute_sql(
        f"CREATE TABLE printer (id {row_id}, name TEXT NOT NULL, name_key TEXT NOT NULL, speaks VARCHAR(10) NOT NULL,"
        " place TEXT NOT NULL, width SMALLINT NOT NULL, height SMALLINT NOT NULL, page VARCHAR(10) NOT NULL,"
        " page_number SMALLINT, cuts BOOLEAN NOT NULL, at_intake BOOLEAN NOT NULL, position INTEGER NOT NULL,"
        " retired BOOLEAN NOT NULL, version INTEGER NOT NULL)"
    )
    db.execute_sql("ALTER TABLE company ADD COLUMN intake_terms TEXT NOT NULL DEFAULT ''")
