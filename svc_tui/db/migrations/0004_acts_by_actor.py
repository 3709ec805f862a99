"""The acts of one employee are read by key, newest first: what `undo` looks for, and the Changes screen shows."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('CREATE INDEX "change_set_actor_id_id" ON "change_set" ("actor_id", "id")')
