"""How long a job should have a status at most, in minutes; empty for as long as it takes."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE activity_status ADD COLUMN longest INTEGER")
