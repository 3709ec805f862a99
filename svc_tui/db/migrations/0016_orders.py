"""Service orders, dispatch, invoices, credit notes and loan devices; what of a job's line is on orders.

A shop in Denmark hands what is to be billed over to its bookkeeping program, as the law there asks of it; elsewhere
invoices are issued here until somebody says otherwise.
"""

from __future__ import annotations

from typing import Any

CONTACT = (
    "gln VARCHAR(13) NOT NULL DEFAULT ''",
    "terms INTEGER",
    "invoice_language VARCHAR(5) NOT NULL DEFAULT ''",
    "buyer_reference TEXT NOT NULL DEFAULT ''",
    "claims VARCHAR(10) NOT NULL DEFAULT ''",
    "claim_rate BIGINT",
    "claim_needs TEXT NOT NULL DEFAULT ''",
)
EMPLOYEE = "author_id BIGINT REFERENCES employee (id)"
TABLES = (
    "CREATE TABLE billing (id {id}, with_vat BOOLEAN NOT NULL, issue_here BOOLEAN NOT NULL, terms INTEGER NOT NULL,"
    " terms_text TEXT NOT NULL, bank TEXT NOT NULL, account TEXT NOT NULL, iban TEXT NOT NULL, bic TEXT NOT NULL,"
    " payment_kind VARCHAR(10) NOT NULL, giro TEXT NOT NULL, mobile_payment TEXT NOT NULL,"
    " smallest_coin INTEGER NOT NULL, legal_line TEXT NOT NULL, order_prefix VARCHAR(10) NOT NULL,"
    " invoice_prefix VARCHAR(10) NOT NULL, credit_prefix VARCHAR(10) NOT NULL, basis_prefix VARCHAR(10) NOT NULL,"
    " folder TEXT NOT NULL, version INTEGER NOT NULL)",
    "CREATE TABLE service_order (id {id}, number BIGINT NOT NULL, contact_id BIGINT NOT NULL REFERENCES contact (id),"
    " payer VARCHAR(10) NOT NULL, claim BOOLEAN NOT NULL, with_vat BOOLEAN NOT NULL, currency VARCHAR(3) NOT NULL,"
    " discount INTEGER NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL, post_code TEXT NOT NULL,"
    " city TEXT NOT NULL, country TEXT NOT NULL, vat_number TEXT NOT NULL, gln TEXT NOT NULL, email TEXT NOT NULL,"
    " reference TEXT NOT NULL, terms INTEGER NOT NULL, language VARCHAR(5) NOT NULL, note TEXT NOT NULL,"
    " created_at BIGINT NOT NULL, created_by_id BIGINT REFERENCES employee (id), cancelled_at BIGINT,"
    " progress VARCHAR(10) NOT NULL, amount BIGINT NOT NULL, version INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX service_order_number ON service_order (number)",
    "CREATE INDEX service_order_contact_id ON service_order (contact_id)",
    "CREATE INDEX service_order_progress_id ON service_order (progress, id)",
    "CREATE TABLE order_line (id {id}, service_order_id BIGINT NOT NULL REFERENCES service_order (id)"
    " ON DELETE CASCADE, position INTEGER NOT NULL, of_line BIGINT, of_job BIGINT, kind VARCHAR(10) NOT NULL,"
    " code TEXT NOT NULL, text TEXT NOT NULL, unit TEXT NOT NULL, quantity BIGINT NOT NULL, price BIGINT NOT NULL,"
    " discount INTEGER NOT NULL, vat_rate INTEGER NOT NULL, vat_category VARCHAR(2) NOT NULL, share BIGINT NOT NULL,"
    " amount BIGINT NOT NULL, outcome VARCHAR(10) NOT NULL, version INTEGER NOT NULL)",
    "CREATE INDEX order_line_service_order_id ON order_line (service_order_id)",
    "CREATE INDEX order_line_of_line ON order_line (of_line)",
    "CREATE INDEX order_line_of_job ON order_line (of_job)",
    "CREATE TABLE dispatch (id {id}, number BIGINT NOT NULL, service_order_id BIGINT NOT NULL REFERENCES service_order"
    f" (id), at BIGINT NOT NULL, {EMPLOYEE}, way VARCHAR(10) NOT NULL, receiver TEXT NOT NULL,"
    " identity_seen BOOLEAN NOT NULL, carrier TEXT NOT NULL, tracking TEXT NOT NULL, warned TEXT NOT NULL,"
    " taken_back_at BIGINT, reason TEXT NOT NULL, version INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX dispatch_number ON dispatch (number)",
    "CREATE INDEX dispatch_service_order_id ON dispatch (service_order_id)",
    "CREATE TABLE dispatch_line (id {id}, dispatch_id BIGINT NOT NULL REFERENCES dispatch (id) ON DELETE CASCADE,"
    " order_line_id BIGINT NOT NULL REFERENCES order_line (id), quantity BIGINT NOT NULL)",
    "CREATE INDEX dispatch_line_dispatch_id ON dispatch_line (dispatch_id)",
    "CREATE INDEX dispatch_line_order_line_id ON dispatch_line (order_line_id)",
    f"CREATE TABLE handover (id {{id}}, number BIGINT NOT NULL, at BIGINT NOT NULL, {EMPLOYEE}, name TEXT NOT NULL)",
    "CREATE UNIQUE INDEX handover_number ON handover (number)",
    "CREATE TABLE document (id {id}, kind VARCHAR(10) NOT NULL, number BIGINT NOT NULL, label VARCHAR(30) NOT NULL,"
    " contact_id BIGINT NOT NULL REFERENCES contact (id), takes_back_id BIGINT REFERENCES document (id),"
    " handover_id BIGINT REFERENCES handover (id), day VARCHAR(10) NOT NULL, due VARCHAR(10) NOT NULL,"
    " currency VARCHAR(3) NOT NULL, net BIGINT NOT NULL, vat BIGINT NOT NULL, gross BIGINT NOT NULL,"
    f" payable BIGINT NOT NULL, reason TEXT NOT NULL, goods VARCHAR(10) NOT NULL, at BIGINT NOT NULL, {EMPLOYEE})",
    "CREATE UNIQUE INDEX document_kind_number ON document (kind, number)",
    "CREATE INDEX document_kind_day ON document (kind, day)",
    "CREATE INDEX document_contact_id ON document (contact_id)",
    "CREATE INDEX document_takes_back_id ON document (takes_back_id)",
    "CREATE INDEX document_handover_id ON document (handover_id)",
    "CREATE TABLE document_line (id {id}, document_id BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL, order_line_id BIGINT NOT NULL REFERENCES order_line (id),"
    " takes_back_id BIGINT REFERENCES document_line (id), deducts_id BIGINT REFERENCES document_line (id),"
    " quantity BIGINT NOT NULL, amount BIGINT NOT NULL, vat_rate INTEGER NOT NULL, vat_category VARCHAR(2) NOT NULL)",
    "CREATE INDEX document_line_document_id ON document_line (document_id)",
    "CREATE INDEX document_line_order_line_id ON document_line (order_line_id)",
    "CREATE INDEX document_line_takes_back_id ON document_line (takes_back_id)",
    "CREATE INDEX document_line_deducts_id ON document_line (deducts_id)",
    "CREATE TABLE document_file (id {id}, document_id BIGINT REFERENCES document (id) ON DELETE CASCADE,"
    " handover_id BIGINT REFERENCES handover (id) ON DELETE CASCADE, format VARCHAR(10) NOT NULL,"
    " media_type VARCHAR(60) NOT NULL, sha256 VARCHAR(64) NOT NULL, body {bytes} NOT NULL)",
    "CREATE INDEX document_file_document_id ON document_file (document_id)",
    "CREATE INDEX document_file_handover_id ON document_file (handover_id)",
    "CREATE TABLE document_note (id {id}, document_id BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE,"
    f" kind VARCHAR(12) NOT NULL, day VARCHAR(10) NOT NULL, amount BIGINT NOT NULL, text TEXT NOT NULL,"
    f" at BIGINT NOT NULL, {EMPLOYEE})",
    "CREATE INDEX document_note_document_id ON document_note (document_id)",
    "CREATE TABLE loan_device (id {id}, number BIGINT NOT NULL, name TEXT NOT NULL, serial TEXT NOT NULL,"
    " condition TEXT NOT NULL, note TEXT NOT NULL, retired BOOLEAN NOT NULL, version INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX loan_device_number ON loan_device (number)",
    "CREATE TABLE loan (id {id}, loan_device_id BIGINT NOT NULL REFERENCES loan_device (id), of_job BIGINT NOT NULL,"
    " contact_id BIGINT REFERENCES contact (id), out_at BIGINT NOT NULL, due_at BIGINT, condition_out TEXT NOT NULL,"
    f" back_at BIGINT, condition_back TEXT NOT NULL, {EMPLOYEE}, version INTEGER NOT NULL)",
    "CREATE INDEX loan_loan_device_id ON loan (loan_device_id)",
    "CREATE INDEX loan_of_job ON loan (of_job)",
    "CREATE INDEX loan_contact_id ON loan (contact_id)",
)
ISSUED = ("document", "document_line", "document_file", "document_note", "handover")
SQLITE_ISSUED = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'what was issued is not changed'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'what was issued is not deleted'); END",
)
POSTGRESQL_REFUSE = (
    "CREATE FUNCTION svc_issued() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'what was issued is not changed'; END $$"
)
POSTGRESQL_ISSUED = (
    "CREATE TRIGGER {table}_issued BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION svc_issued()",
)
FIRST = 10_000
SERIES = ("order", "invoice", "credit", "basis", "correction", "dispatch", "handover", "loan")


def up(migrator: Any, db: Any) -> None:
    sqlite = type(migrator).__name__.startswith("Sqlite")
    row_id = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if sqlite else "BIGSERIAL NOT NULL PRIMARY KEY"
    for statement in TABLES:
        db.execute_sql(statement.format(id=row_id, bytes="BLOB" if sqlite else "BYTEA"))
    if not sqlite:
        db.execute_sql(POSTGRESQL_REFUSE)
    for table in ISSUED:
        for statement in SQLITE_ISSUED if sqlite else POSTGRESQL_ISSUED:
            db.execute_sql(statement.format(table=table))
    for column in CONTACT:
        db.execute_sql(f"ALTER TABLE contact ADD COLUMN {column}")
    db.execute_sql("ALTER TABLE product ADD COLUMN vat_category VARCHAR(2) NOT NULL DEFAULT 'S'")
    db.execute_sql("ALTER TABLE activity_line ADD COLUMN transferred BIGINT NOT NULL DEFAULT 0")
    db.execute_sql("ALTER TABLE activity_line DROP COLUMN order_id")
    _fill(db)


def _fill(db: Any) -> None:
    """A shop that is set up gets its number series and its way of billing; a new one gets both when it is made."""
    found = db.execute_sql("SELECT country_code FROM company").fetchone()
    if not found:
        return
    there = {name for (name,) in db.execute_sql("SELECT name FROM counter").fetchall()}
    for name in SERIES:
        if name not in there:
            db.execute_sql(f"INSERT INTO counter (name, value) VALUES ('{name}', {FIRST})")
    here = "false" if found[0] == "45" else "true"
    db.execute_sql(
        "INSERT INTO billing (with_vat, issue_here, terms, terms_text, bank, account, iban, bic, payment_kind, giro,"
        " mobile_payment, smallest_coin, legal_line, order_prefix, invoice_prefix, credit_prefix, basis_prefix, folder,"
        f" version) VALUES (false, {here}, 8, '', '', '', '', '', '', '', '', 0, '', '', '', '', '', '', 1)"
    )
