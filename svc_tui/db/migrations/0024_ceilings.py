"""What a job may come to as the customer agreed, and that he agreed to more."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    db.execute_sql("ALTER TABLE activity ADD COLUMN ceiling BIGINT")
    db.execute_sql(
        f"CREATE TABLE job_approval (id {row_id},"
        " activity_id BIGINT NOT NULL REFERENCES activity (id) ON DELETE CASCADE, at BIGINT NOT NULL,"
        " author_id BIGINT REFERENCES employee (id), up_to BIGINT NOT NULL, who TEXT NOT NULL,"
        " way VARCHAR(10) NOT NULL)"
    )
    db.execute_sql("CREATE INDEX job_approval_activity_id ON job_approval (activity_id)")
