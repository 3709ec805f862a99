"""A shop of every released schema opens after each change: nothing is lost and everything about it is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.people.contacts import contacts_by_words
from svc_tui.db.people.registers import read_registers
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import migrate, pending
from svc_tui.db.upkeep.schema import check_schema
from svc_tui.domain.contact_words import asked_words
from tests.db.older import older_shop, released


@pytest.mark.parametrize("schema", released())
def test_a_shop_of_an_earlier_version_is_brought_up_to_date_and_nothing_is_lost(schema: str, tmp_path: Path) -> None:
    store = open_database(str(older_shop(schema, tmp_path)))
    try:
        kept = "SELECT number, subject, fault_told, total, created_at FROM activity ORDER BY number"
        before = store.sql(kept)
        names = store.sql("SELECT number, name, phone, email FROM contact ORDER BY number")
        migrate(store)
        assert pending(store) == []
        check_schema(store)
        assert store.sql(kept) == before
        assert len(before) == 120
        assert store.sql("SELECT number, name, phone, email FROM contact ORDER BY number") == names
        assert list(findings(store)) == []  # among others that spans and deadlines are what the history tells
        assert store.sql("SELECT count(DISTINCT activity_id) FROM job_span WHERE to_at IS NULL") == [(120,)]
        assert store.sql("SELECT count(*) FROM activity WHERE (stage < 4) <> (work_left >= 900)") == [(0,)]
        assert store.sql("SELECT count(*) FROM activity WHERE (stage = 4) > (first_done_at IS NOT NULL)") == [(0,)]
        [(address, name)] = store.sql("SELECT email, name FROM contact WHERE email LIKE '%@%' ORDER BY number LIMIT 1")
        wanted = asked_words(address, "45").alternatives[0]
        assert name in {found.name for found in contacts_by_words(store, wanted, "all", 50)}, "the words are made anew"
    finally:
        store.close()


@pytest.mark.parametrize("schema", released())
def test_an_older_shop_gets_the_machines_time_zone_and_the_language_of_its_country(
    schema: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Oslo")
    store = open_database(str(older_shop(schema, tmp_path)))
    try:
        migrate(store)
        company = read_registers(store).company
        assert (company.country_code, company.language, company.time_zone) == ("45", "da", "Europe/Oslo")
        assert (company.opens, company.closes) == (9 * 60, 17 * 60)
    finally:
        store.close()


@pytest.mark.parametrize("schema", released())
def test_parts_that_were_on_order_stand_on_an_order_to_a_supplier(schema: str, tmp_path: Path) -> None:
    store = open_database(str(older_shop(schema, tmp_path)))
    try:
        of_open_jobs = "kind = 'part' AND activity_id IN (SELECT id FROM activity WHERE stage < 4) AND used IS NULL"
        store.sql(f"UPDATE activity_line SET state = 'ordered' WHERE {of_open_jobs} RETURNING id")
        migrate(store)
        lines = store.sql("SELECT id FROM activity_line WHERE state = 'ordered' ORDER BY id")
        assert lines
        assert store.sql("SELECT DISTINCT line_id FROM part_claim ORDER BY line_id") == lines
        assert list(findings(store)) == []
    finally:
        store.close()
