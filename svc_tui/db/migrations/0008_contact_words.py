"""Contacts are found by addresses, phone and VAT numbers as a whole; models of devices by their first word.

The word index is derived: it is made anew as the program makes it today.
"""

from __future__ import annotations

from typing import Any

from svc_tui.db.core.indexing import index_anew
from svc_tui.db.upkeep.migrate import store_at_work
from svc_tui.domain.tables import CONTACT


def up(migrator: Any, db: Any) -> None:
    if not type(migrator).__name__.startswith("Sqlite"):
        db.execute_sql('ALTER TABLE device ALTER COLUMN name_key TYPE text COLLATE "C"')
    db.execute_sql("CREATE INDEX device_by_name ON device (name_key, brand, model)")
    index_anew(store_at_work(), CONTACT)
