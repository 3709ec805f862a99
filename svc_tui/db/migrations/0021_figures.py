"""What statistics ask: work on each job and how long it waited, and the indexes that they are read from alone."""

from __future__ import annotations

from typing import Any

from svc_tui.db.core import job_figures
from svc_tui.db.upkeep import migrate

COLUMNS = (
    "ALTER TABLE activity ADD COLUMN waited BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN hours BIGINT NOT NULL DEFAULT 0",
)
INDEXES = (
    "CREATE INDEX activity_finished ON activity (first_done_at, type_id, status_id, responsible_id, priority_id,"
    " customer_id, device_id, turnaround, waited, hours, created_at, id) WHERE first_done_at IS NOT NULL",
    "DROP INDEX activity_created_at_id",
    "CREATE INDEX activity_by_created ON activity (created_at, id, type_id, status_id, responsible_id, priority_id,"
    " stage, customer_id, device_id)",
    "DROP INDEX job_span_open",
    "CREATE INDEX job_span_open ON job_span (to_at, from_at, responsible_id, activity_id, status_id, worked)"
    " WHERE stage IN (0, 1, 2, 3)",
)


def up(migrator: Any, db: Any) -> None:
    for statement in COLUMNS:
        db.execute_sql(statement)
    job_figures.bring_all(migrate.store_at_work(), migrate.tell)
    for statement in INDEXES:
        db.execute_sql(statement)
