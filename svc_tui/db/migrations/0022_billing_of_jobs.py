"""What of a job is to be billed stands beside it, for lists; a shop says which status jobs get once they went out."""

from __future__ import annotations

from typing import Any

BILLING = (
    "UPDATE activity SET billing = 'tobill' WHERE EXISTS (SELECT 1 FROM activity_line k"
    " WHERE k.activity_id = activity.id AND k.payer <> 'us' AND k.price <> 0"
    " AND COALESCE(k.used, CASE WHEN k.kind = 'text' THEN k.planned ELSE 0 END) > k.transferred)"
)


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE billing ADD COLUMN dispatched_status_id BIGINT REFERENCES activity_status (id)")
    db.execute_sql("CREATE INDEX billing_dispatched_status_id ON billing (dispatched_status_id)")
    db.execute_sql("ALTER TABLE activity ADD COLUMN billing VARCHAR(10) NOT NULL DEFAULT ''")
    db.execute_sql(BILLING)
    db.execute_sql("CREATE INDEX activity_by_billing ON activity (billing, start_at, id) WHERE billing <> ''")
