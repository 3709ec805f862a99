"""What a shop knows of a device in for service; contacts, devices and products in every order they are listed in.

The word indexes are derived: they are made anew as the program makes them today.
"""

from __future__ import annotations

from typing import Any

from svc_tui.db.core.indexing import index_anew
from svc_tui.db.lists.ordering import letters_index
from svc_tui.db.upkeep.migrate import store_at_work
from svc_tui.domain.language.alphabet import alphabet_of
from svc_tui.domain.tables import CONTACT, DEVICE

COLUMNS = ("accessories", "condition", "lock_code", "shelf")
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE device_search USING fts5(body, content='', contentless_delete=1, detail=none, "
    "prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO device_search(device_search, rank) VALUES('automerge', 0)",
    "INSERT INTO device_search(device_search, rank) VALUES('crisismerge', 1000)",
    "INSERT INTO device_search(device_search, rank) VALUES('secure-delete', 1)",
)
POSTGRESQL_SEARCH = (
    "CREATE TABLE device_search (rowid bigint PRIMARY KEY, body tsvector NOT NULL)",
    "CREATE INDEX device_search_body ON device_search USING gin (body)",
)
INDEXES = (
    "DROP INDEX device_words_key",
    "CREATE INDEX device_words_key ON device (words_key, id)",
    "DROP INDEX device_serial_key",
    "CREATE INDEX device_serial_key ON device (serial_key, id)",
    "DROP INDEX product_code_key",
    "CREATE INDEX product_code_key ON product (code_key, id)",
    "DROP INDEX device_owner_id",
    "CREATE INDEX device_by_owner ON device (owner_id, id)",
    "CREATE INDEX contact_suppliers ON contact (id) WHERE is_supplier",
    "CREATE INDEX contact_no_customers ON contact (id) WHERE NOT is_customer",
    "CREATE INDEX contact_companies ON contact (id) WHERE is_company",
    "CREATE INDEX contact_retired ON contact (id) WHERE retired",
    "CREATE INDEX device_retired ON device (id) WHERE retired",
    "CREATE INDEX product_retired ON product (id) WHERE retired",
    "CREATE INDEX activity_link_by_contact ON activity_link (contact_id, activity_id)",
    "CREATE INDEX activity_line_by_product ON activity_line (product_id, activity_id)",
)


def up(migrator: Any, db: Any) -> None:
    for column in COLUMNS:
        db.execute_sql(f"ALTER TABLE device ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    sqlite = type(migrator).__name__.startswith("Sqlite")
    for statement in (*(SQLITE_SEARCH if sqlite else POSTGRESQL_SEARCH), *INDEXES):
        db.execute_sql(statement)
    store = store_at_work()
    for (language,) in store.sql("SELECT language FROM company"):
        store.alphabet = alphabet_of(language).name
    db.execute_sql("DROP INDEX contact_by_name")
    for name in ("contact_by_name", "contact_by_city", "product_by_name"):
        db.execute_sql(letters_index(store, name))
    for table in (CONTACT, DEVICE):
        index_anew(store, table)
