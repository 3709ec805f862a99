"""Where jobs have been and until when they are due: the tables; `0018_spans` fills them from the history."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE TABLE job_span (id {id}, activity_id BIGINT NOT NULL, status_id BIGINT, stage SMALLINT NOT NULL,"
    " responsible_id BIGINT, from_at BIGINT NOT NULL, to_at BIGINT, worked BIGINT)",
    "CREATE TABLE reckoning (id {id}, rules BIGINT NOT NULL, reckoned BIGINT NOT NULL, reached BIGINT NOT NULL)",
    "INSERT INTO reckoning (rules, reckoned, reached) VALUES (0, 0, 0)",
    "CREATE INDEX job_span_activity_id_from_at ON job_span (activity_id, from_at)",
    "CREATE INDEX job_span_open ON job_span (to_at, from_at, responsible_id, activity_id) WHERE stage IN (0, 1, 2, 3)",
    "ALTER TABLE activity ADD COLUMN status_since BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN promised_set_at BIGINT",
    "ALTER TABLE activity ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN first_done_at BIGINT",
    "ALTER TABLE activity ADD COLUMN turnaround BIGINT",
    "ALTER TABLE activity ADD COLUMN late_at BIGINT",
    "ALTER TABLE activity ADD COLUMN late_by SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN work_left BIGINT NOT NULL DEFAULT 0",
    "DROP INDEX activity_open",
    "CREATE INDEX activity_open ON activity (responsible_id, late_at, id, stage, work_left, status_id, type_id,"
    " priority_id, created_at, touched_at, late_by, status_since) WHERE stage IN (0, 1, 2, 3)",
    "CREATE INDEX activity_by_late ON activity (late_at, id, type_id, status_id, responsible_id, priority_id,"
    " start_at)",
)


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    for statement in STATEMENTS:
        db.execute_sql(statement.format(id=row_id))
