"""When the shop is open and who is there; what a status waits for, and whether it pauses what was promised.

An older shop is open from Monday to Friday within the times it goes by. What its statuses wait for is told by the names
that were shipped; what it has named itself waits for nothing until somebody says so.
"""

from __future__ import annotations

from typing import Any

WAITS_FOR = {
    "parts": ("Venter på dele", "Waiting for parts", "Venter på deler", "Väntar på delar"),
    "customer": (
        "Venter på kunde", "Waiting for customer", "Väntar på kund",
        "Venter på godkendelse", "Waiting for approval", "Venter på godkjenning", "Väntar på godkännande",
    ),
    "supplier": ("Venter på leverandør", "Waiting for supplier", "Väntar på leverantör"),
}  # fmt: skip
TABLES = (
    "CREATE TABLE opening_hours (id {id}, employee_id BIGINT REFERENCES employee (id) ON DELETE CASCADE,"
    " weekday SMALLINT NOT NULL, opens SMALLINT NOT NULL, closes SMALLINT NOT NULL)",
    "CREATE INDEX opening_hours_employee_id ON opening_hours (employee_id)",
    "CREATE TABLE special_day (id {id}, day VARCHAR(10) NOT NULL, name TEXT NOT NULL, hours TEXT NOT NULL,"
    " version INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX special_day_day ON special_day (day)",
    "CREATE TABLE absence (id {id}, employee_id BIGINT NOT NULL REFERENCES employee (id) ON DELETE CASCADE,"
    " from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, reason TEXT NOT NULL, version INTEGER NOT NULL)",
    "CREATE INDEX absence_employee_id ON absence (employee_id)",
    "CREATE TABLE may_do (id {id}, employee_id BIGINT NOT NULL REFERENCES employee (id) ON DELETE CASCADE,"
    " type_id BIGINT NOT NULL REFERENCES activity_type (id) ON DELETE CASCADE)",
    "CREATE INDEX may_do_employee_id ON may_do (employee_id)",
    "CREATE INDEX may_do_type_id ON may_do (type_id)",
    "CREATE UNIQUE INDEX may_do_employee_id_type_id ON may_do (employee_id, type_id)",
    "CREATE INDEX activity_open ON activity (responsible_id, promised_at, id, stage, status_id, type_id, priority_id,"
    " created_at, start_at, end_at) WHERE stage IN (1, 2, 3)",
)


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if on_sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    for statement in TABLES:
        db.execute_sql(statement.format(id=row_id))
    no = "0" if on_sqlite else "false"
    db.execute_sql("ALTER TABLE activity_status ADD COLUMN waits_for VARCHAR(10) NOT NULL DEFAULT ''")
    db.execute_sql(f"ALTER TABLE activity_status ADD COLUMN pauses BOOLEAN NOT NULL DEFAULT {no}")
    for waits_for, names in WAITS_FOR.items():
        among = ", ".join(f"'{name}'" for name in names)
        db.execute_sql(f"UPDATE activity_status SET waits_for = '{waits_for}' WHERE name IN ({among})")
    yes = "1" if on_sqlite else "true"
    db.execute_sql(f"UPDATE activity_status SET pauses = {yes} WHERE waits_for = 'customer'")
    found = db.execute_sql("SELECT opens, closes FROM company").fetchone()
    if found:
        spans = ", ".join(f"({day}, {int(found[0])}, {int(found[1])})" for day in range(5))
        db.execute_sql(f"INSERT INTO opening_hours (weekday, opens, closes) VALUES {spans}")
