"""Products of like codes (`KABEL-1.5`, `KABEL-15`) are two; the acts of one import belong together."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("DROP INDEX product_code_key")
    db.execute_sql("CREATE INDEX product_code_key ON product (code_key)")
    db.execute_sql("CREATE UNIQUE INDEX product_code ON product (code)")
    db.execute_sql("ALTER TABLE change_set ADD COLUMN part_of BIGINT")
    db.execute_sql("CREATE INDEX change_set_part_of ON change_set (part_of)")
