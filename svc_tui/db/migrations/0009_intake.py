"""Who pays the lines of a type unless something else is said; how long a repair is under the shop's own warranty."""

from __future__ import annotations

from typing import Any

BY_SUPPLIER = ("Garantireparation", "Warranty repair", "Garantireparasjon")
"""What the shipped type for warranty repairs is called in the four languages."""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE company ADD COLUMN repair_warranty_days INTEGER NOT NULL DEFAULT 90")
    db.execute_sql("ALTER TABLE activity_type ADD COLUMN default_payer VARCHAR(10) NOT NULL DEFAULT 'customer'")
    names = ", ".join(f"'{name}'" for name in BY_SUPPLIER)
    db.execute_sql(f"UPDATE activity_type SET default_payer = 'supplier' WHERE name IN ({names})")
