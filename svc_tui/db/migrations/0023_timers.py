"""Timers that run, and the hours products found without reading all products."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    db.execute_sql(
        f"CREATE TABLE timer (id {row_id}, activity_id BIGINT NOT NULL REFERENCES activity (id) ON DELETE CASCADE,"
        " employee_id BIGINT NOT NULL REFERENCES employee (id) ON DELETE CASCADE, started_at BIGINT NOT NULL)"
    )
    db.execute_sql("CREATE INDEX timer_activity_id ON timer (activity_id)")
    db.execute_sql("CREATE UNIQUE INDEX timer_employee_id ON timer (employee_id)")
    db.execute_sql("CREATE INDEX product_of_hours ON product (kind, code_key, id) WHERE kind = 'hours'")
