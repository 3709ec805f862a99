"""`svc-tui check --reindex`: whatever rows are found by is made anew, in both databases, while others work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.db.upkeep.reindexing import Anew, reindex
from svc_tui.domain.queries import Order
from svc_tui.domain.stored_keys import KEYED, keys_of
from svc_tui.domain.tables import TABLES
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.filters.lists import Asked
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.people import contacts
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.stock.devices import NewDevice
from tests.db.older import older_shop, released


def never(_done: int, _whole: int) -> None:
    """Nobody is told."""


def found(session: Session, line: str) -> int:
    """How many jobs a filter line finds."""
    return len(lists.first_page(session, None, Asked(line, Order("start")), 10).rows)


@pytest.fixture
def filled(shop: Session) -> Session:
    """A contact with a device, and a job for it."""
    contact = contacts.create(shop, NewContact("Søren Østergaard", phone="75 12 34 56", email="so@post.example"))
    sheet = activities.new_sheet(shop, None, {})
    values = sheet.values | {"subject": "Intet billede", "customer": contact.id, "project": "Ombygning"}
    device = NewDevice("Sony", "KD-55", "AB-123/4")
    activities.save(shop, SheetEdit(sheet, values, (), (), new_device=device))
    return shop


ASKED = ("billede", "kunde:østergaard", "kunde:75123456", "serie:ab123", "apparat:kd", "projekt:ombyg")


def test_what_was_damaged_is_found_again(filled: Session) -> None:
    store = filled.store
    before = [found(filled, line) for line in ASKED]
    assert before == [1] * len(ASKED)
    for table in KEYED:
        for key in keys_of(table):
            store.execute_sql(f"UPDATE {table.name} SET {key.field} = 'x' || id")
    for entries in ("activity_search", "contact_search"):
        rows = [row[0] for row in store.sql(f"SELECT rowid FROM {entries}")]
        store.execute_many(f"DELETE FROM {entries} WHERE rowid = ?", [(row,) for row in rows])
    lost = store.sql("SELECT max(id) FROM product")[0][0] + 1
    body = "?" if store.dialect == "sqlite" else "array_to_tsvector(string_to_array(?, ' '))"
    store.execute_sql(f"INSERT INTO product_search(rowid, body) VALUES (?, {body})", (lost, "gone"))
    assert [found(filled, line) for line in ASKED] == [0] * len(ASKED)
    assert list(findings(store))

    told: list[tuple[int, int]] = []
    anew = reindex(store, lambda done, whole: told.append((done, whole)))

    assert list(findings(store)) == []
    assert [found(filled, line) for line in ASKED] == before
    assert anew.keys > 10
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert reindex(store, never) == Anew(anew.entries, 0)


def test_a_sound_shop_is_left_as_it_is_and_a_sheet_that_was_open_is_saved(filled: Session) -> None:
    sheet = activities.open_sheet(filled, 1)
    history = filled.store.sql("SELECT count(*) FROM change")
    assert reindex(filled.store, never).keys == 0
    assert filled.store.sql("SELECT count(*) FROM change") == history
    activities.save(filled, SheetEdit(sheet, sheet.values | {"subject": "Stadig åben"}, sheet.links, sheet.lines))
    assert found(filled, "stadig") == 1


@pytest.mark.parametrize("schema", released())
def test_a_shop_of_an_earlier_version_is_searched_as_a_new_one(schema: str, tmp_path: Path) -> None:
    store = open_database(str(older_shop(schema, tmp_path)))
    migrate(store)
    assert reindex(store, never).entries > 120
    assert list(findings(store)) == []
    assert reindex(store, never).keys == 0
    store.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_does_it_and_checks_then(filled: Session) -> None:
    store = filled.store
    store.execute_sql("UPDATE device SET serial_key = 'x'")
    assert store.path is not None
    command = [sys.executable, "-m", "svc_tui", "--database", str(store.path), "--language", "en", "check", "--reindex"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "rows were indexed anew." in done.stdout
    assert "1 row had an outdated key.\nThe database is whole and consistent.\n" in done.stdout
    assert found(filled, "serie:ab123") == 1


def test_every_key_that_a_table_stores_is_known() -> None:
    stored = {
        (table.name, name) for table in TABLES.values() for name in (*table.fields, *table.derived, *table.keys)
        if name.endswith("_key") and name not in ("external_key", "done_key", "operation_key")
    }  # fmt: skip
    assert stored == {(table.name, key.field) for table in KEYED for key in keys_of(table)}
