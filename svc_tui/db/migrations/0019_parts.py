"""Parts: what is reserved, on order and used of a job's lines; orders to suppliers, the stock ledger, returns.

Until now people typed the state of a line. It follows from quantities from here on, and these are taken from what was
typed: a part that had arrived is reserved for its line, one that was ordered is claimed of an order to a supplier that
nobody knows, one that was used is used. Of a product with a stock pieces are counted, beginning with what it says.
"""

from __future__ import annotations

import time
from typing import Any

from svc_tui.db.core.part_totals import make_states
from svc_tui.db.upkeep.migrate import store_at_work

COLUMNS = (
    "ALTER TABLE company ADD COLUMN reserve_at_save BOOLEAN NOT NULL DEFAULT {yes}",
    "ALTER TABLE company ADD COLUMN cost_follows BOOLEAN NOT NULL DEFAULT {yes}",
    "ALTER TABLE activity_status ADD COLUMN after_parts BOOLEAN NOT NULL DEFAULT {no}",
    "ALTER TABLE product ADD COLUMN tracked BOOLEAN NOT NULL DEFAULT {no}",
    "ALTER TABLE product ADD COLUMN quarantine BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE product ADD COLUMN minimum BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE product ADD COLUMN shelf TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE activity_line ADD COLUMN reserved BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity_line ADD COLUMN came BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN part_state VARCHAR(10) NOT NULL DEFAULT ''",
    "ALTER TABLE activity ADD COLUMN parts_here SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN parts_all SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE activity ADD COLUMN parts_due BIGINT",
)
TABLES = (
    "CREATE TABLE purchase (id {id}, number BIGINT NOT NULL, supplier_id BIGINT REFERENCES contact (id),"
    " sent_at BIGINT, expected_at BIGINT, reference TEXT NOT NULL, tracking TEXT NOT NULL, note TEXT NOT NULL,"
    " created_at BIGINT NOT NULL, created_by_id BIGINT REFERENCES employee (id), version INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX purchase_number ON purchase (number)",
    "CREATE INDEX purchase_supplier_id ON purchase (supplier_id)",
    "CREATE TABLE purchase_line (id {id}, purchase_id BIGINT NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,"
    " product_id BIGINT REFERENCES product (id), code TEXT NOT NULL, text TEXT NOT NULL, unit TEXT NOT NULL,"
    " ordered BIGINT NOT NULL, received BIGINT NOT NULL, cancelled BIGINT NOT NULL, outstanding BIGINT NOT NULL,"
    " cost BIGINT NOT NULL, expected_at BIGINT, version INTEGER NOT NULL)",
    "CREATE INDEX purchase_line_purchase_id ON purchase_line (purchase_id)",
    "CREATE INDEX purchase_line_product_id ON purchase_line (product_id)",
    "CREATE INDEX purchase_line_open ON purchase_line (product_id, id) WHERE outstanding > 0",
    "CREATE TABLE part_claim (id {id}, activity_id BIGINT NOT NULL REFERENCES activity (id) ON DELETE CASCADE,"
    " line_id BIGINT NOT NULL REFERENCES activity_line (id) ON DELETE CASCADE,"
    " purchase_line_id BIGINT NOT NULL REFERENCES purchase_line (id), quantity BIGINT NOT NULL)",
    "CREATE INDEX part_claim_activity_id ON part_claim (activity_id)",
    "CREATE INDEX part_claim_purchase_line_id ON part_claim (purchase_line_id)",
    "CREATE UNIQUE INDEX part_claim_line_id_purchase_line_id ON part_claim (line_id, purchase_line_id)",
    "CREATE TABLE stock_move (id {id}, of_product BIGINT NOT NULL, kind VARCHAR(10) NOT NULL,"
    " quantity BIGINT NOT NULL, quarantine BIGINT NOT NULL, of_line BIGINT, of_purchase BIGINT, at BIGINT NOT NULL)",
    "CREATE INDEX stock_move_of_product_quantity_quarantine ON stock_move (of_product, quantity, quarantine)",
    "CREATE INDEX stock_move_of_line ON stock_move (of_line)",
    "CREATE TABLE supplier_return (id {id}, number BIGINT, supplier_id BIGINT REFERENCES contact (id),"
    " product_id BIGINT REFERENCES product (id), code TEXT NOT NULL, text TEXT NOT NULL, quantity BIGINT NOT NULL,"
    " reason VARCHAR(10) NOT NULL, state VARCHAR(10) NOT NULL, serial TEXT NOT NULL, cost BIGINT NOT NULL,"
    " credit BIGINT NOT NULL, note TEXT NOT NULL, of_line BIGINT, of_purchase BIGINT, sent_at BIGINT, closed_at BIGINT,"
    " created_at BIGINT NOT NULL, created_by_id BIGINT REFERENCES employee (id), version INTEGER NOT NULL)",
    "CREATE INDEX supplier_return_number ON supplier_return (number)",
    "CREATE INDEX supplier_return_supplier_id ON supplier_return (supplier_id)",
    "CREATE INDEX supplier_return_product_id ON supplier_return (product_id)",
    "CREATE INDEX supplier_return_open ON supplier_return (supplier_id, id) WHERE closed_at IS NULL",
    "CREATE INDEX activity_line_open ON activity_line (product_id, id) WHERE state <> '' AND state <> 'used'",
    "CREATE INDEX activity_by_parts ON activity (part_state, start_at, id) WHERE part_state <> ''",
    "CREATE INDEX activity_by_parts_due ON activity (parts_due, id) WHERE parts_due IS NOT NULL",
)
SQLITE_LEDGER = (
    "CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move"
    " BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END",
    "CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move"
    " BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END",
)
POSTGRESQL_LEDGER = (
    "CREATE TRIGGER stock_move_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_move"
    " FOR EACH STATEMENT EXECUTE FUNCTION svc_append_only()",
)
FIRST_NUMBER = 1000
DONE = "SELECT id FROM activity WHERE stage = 4"
OPEN = "SELECT id FROM activity WHERE stage NOT IN (4, 5)"


def up(migrator: Any, db: Any) -> None:
    sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    words = {"id": row_id, "yes": "1" if sqlite else "true", "no": "0" if sqlite else "false"}
    for statement in (*COLUMNS, *TABLES, *(SQLITE_LEDGER if sqlite else POSTGRESQL_LEDGER)):
        db.execute_sql(statement.format(**words))
    if not db.execute_sql("SELECT id FROM company").fetchone():
        return
    db.execute_sql(f"INSERT INTO counter (name, value) VALUES ('purchase', {FIRST_NUMBER}), ('return', {FIRST_NUMBER})")
    db.execute_sql(
        f"UPDATE activity_status SET after_parts = {words['yes']} WHERE id ="
        " (SELECT id FROM activity_status WHERE stage = 1 AND NOT retired ORDER BY position, id LIMIT 1)"
    )
    _quantities(db)
    _orders(db, "?" if sqlite else "%s")
    _ledger(db, words["yes"])
    make_states(store_at_work())


def _quantities(db: Any) -> None:
    """What was typed as a state; on a job that is done all parts were used, as they were charged.

    What was needed, on order or here for a job that is cancelled is so for nobody.
    """
    db.execute_sql("UPDATE activity_line SET used = planned WHERE kind = 'part' AND state = 'used' AND used IS NULL")
    db.execute_sql(
        f"UPDATE activity_line SET used = planned WHERE kind = 'part' AND used IS NULL AND activity_id IN ({DONE})"
    )
    db.execute_sql(
        f"UPDATE activity_line SET planned = used WHERE kind = 'part' AND used < planned AND activity_id IN ({DONE})"
    )
    rest = "planned - COALESCE(used, 0)"
    db.execute_sql(
        f"UPDATE activity_line SET reserved = {rest}, came = {rest}"
        f" WHERE kind = 'part' AND state = 'arrived' AND {rest} > 0 AND activity_id IN ({OPEN})"
    )


def _orders(db: Any, mark: str) -> None:
    """One order for each supplier of a product, and one for whatever has none; nobody knows its number or its day."""
    rows = db.execute_sql(
        "SELECT l.id, l.activity_id, l.product_id, l.code, l.text, l.unit, l.planned - COALESCE(l.used, 0),"
        " COALESCE(p.cost, 0), p.supplier_id FROM activity_line l LEFT JOIN product p ON p.id = l.product_id"
        " WHERE l.kind = 'part' AND l.state = 'ordered' AND l.planned > COALESCE(l.used, 0)"
        f" AND l.activity_id IN ({OPEN}) ORDER BY l.id"
    ).fetchall()
    now = int(time.time())
    purchases: dict[object, int] = {}
    lines: dict[tuple[object, ...], int] = {}

    def insert(table: str, **values: object) -> int:
        names, marks = ", ".join(values), ", ".join([mark] * len(values))
        made = db.execute_sql(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", tuple(values.values()))
        return int(made.fetchone()[0])

    for line, activity, product, code, text, unit, quantity, cost, supplier in rows:
        if supplier not in purchases:
            number = FIRST_NUMBER + len(purchases) + 1
            purchases[supplier] = insert(
                "purchase", number=number, supplier_id=supplier, sent_at=now, reference="", tracking="", note="",
                created_at=now, version=1,
            )  # fmt: skip
        key = (supplier, product) if product is not None else (supplier, None, line)
        if key not in lines:
            lines[key] = insert(
                "purchase_line", purchase_id=purchases[supplier], product_id=product, code=code, text=text, unit=unit,
                ordered=0, received=0, cancelled=0, outstanding=0, cost=cost, version=1,
            )  # fmt: skip
        of = lines[key]
        db.execute_sql(
            f"UPDATE purchase_line SET ordered = ordered + {int(quantity)}, outstanding = outstanding + {int(quantity)}"
            f" WHERE id = {of}"
        )
        insert("part_claim", activity_id=activity, line_id=line, purchase_line_id=of, quantity=quantity)
    db.execute_sql(f"UPDATE counter SET value = value + {len(purchases)} WHERE name = 'purchase'")


def _ledger(db: Any, yes: str) -> None:
    """Products with a stock are counted from now on; what lies here for a line is in it."""
    now = int(time.time())
    db.execute_sql(f"UPDATE product SET tracked = {yes} WHERE stock <> 0 AND kind = 'part'")
    db.execute_sql(
        "INSERT INTO stock_move (of_product, kind, quantity, quarantine, at)"
        f" SELECT p.id, 'count', CASE WHEN p.stock > 0 THEN p.stock ELSE 0 END + COALESCE(r.reserved, 0), 0, {now}"
        " FROM product p LEFT JOIN (SELECT product_id, SUM(reserved) AS reserved FROM activity_line"
        " WHERE reserved > 0 GROUP BY product_id) r ON r.product_id = p.id WHERE p.tracked"
    )
    db.execute_sql(
        "UPDATE product SET stock = COALESCE("
        "(SELECT SUM(quantity) FROM stock_move m WHERE m.of_product = product.id), 0)"
    )
