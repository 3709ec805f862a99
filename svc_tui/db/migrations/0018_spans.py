"""Fills what `0017_deadlines` made, from the history: two minutes for a million jobs.

Each thousand jobs is a transaction of its own. One that was killed goes on where it was.
"""

from __future__ import annotations

from typing import Any

from svc_tui.db.core import span_filling
from svc_tui.db.upkeep import migrate

atomic = False


def up(migrator: Any, db: Any) -> None:
    span_filling.fill(migrate.store_at_work(), db.atomic, migrate.tell)
