"""VAT rates are a register, which products name.

The percentages that an older shop's products have become its rates, named by themselves; the one of most products is
that of new ones.
"""

from __future__ import annotations

from typing import Any

POINT = ("en",)
"""Languages that write the decimals of a percentage behind a point."""


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    mark = "?" if on_sqlite else "%s"
    db.execute_sql(
        f"CREATE TABLE vat_rate (id {row_id}, name TEXT NOT NULL, name_key TEXT NOT NULL, percent INTEGER NOT NULL,"
        " before INTEGER, from_at BIGINT, is_default BOOLEAN NOT NULL, position INTEGER NOT NULL,"
        " retired BOOLEAN NOT NULL, version INTEGER NOT NULL)"
    )
    db.execute_sql("ALTER TABLE product ADD COLUMN vat_id BIGINT REFERENCES vat_rate (id)")
    db.execute_sql("CREATE INDEX product_vat_id ON product (vat_id)")
    languages = db.execute_sql("SELECT language FROM company").fetchall()
    found = db.execute_sql("SELECT vat_rate, count(*) FROM product GROUP BY vat_rate").fetchall()
    for place, (percent, _count) in enumerate(sorted(found, key=lambda row: (-row[1], row[0]))):
        name = _named(int(percent), languages[0][0] if languages else "en")
        db.execute_sql(
            "INSERT INTO vat_rate (name, name_key, percent, is_default, position, retired, version)"
            f" VALUES ({', '.join([mark] * 7)})",
            (name, name, percent, place == 0, place, False, 1),
        )
    db.execute_sql("UPDATE product SET vat_id = (SELECT v.id FROM vat_rate v WHERE v.percent = product.vat_rate)")


def _named(percent: int, language: str) -> str:
    """The percentage as the shop writes it: `25 %`, `12,5 %`."""
    whole, decimals = divmod(percent, 100)
    behind = f"{decimals:02}".rstrip("0")
    return f"{whole}{('.' if language in POINT else ',') + behind if behind else ''} %"
