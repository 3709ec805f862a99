"""Migrations: harmless twice, refused backwards, and the models describe what they made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.lists import activities
from svc_tui.db.people.registers import read_registers
from svc_tui.db.upkeep import migrate as migrating
from svc_tui.db.upkeep.copies import PREFIX, copy_whole
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import MIGRATIONS, migrate
from svc_tui.db.upkeep.schema import check_schema
from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.domain.queries import ActivityQuery, Order
from svc_tui.services.core.session import Session
from svc_tui.start import open_store
from tests.db.conftest import PostgresServer
from tests.db.jobs import image, job
from tests.db.test_letters import uses

NEXT = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE company ADD COLUMN motto TEXT NOT NULL DEFAULT 'hurtigt'")
"""
BROKEN = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE company ADD COLUMN motto TEXT NOT NULL DEFAULT 'hurtigt'")
    db.execute_sql("ALTER TABLE no_such_table ADD COLUMN x TEXT")
"""


@pytest.fixture
def with_next(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program that is one migration ahead of `store`; gives the folder of its migrations."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for path in MIGRATIONS.glob("[0-9]*.py"):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (folder / "9000_next.py").write_text(NEXT, "utf-8")
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)
    return folder


def test_migrating_twice_is_harmless(shop: Session) -> None:
    job(shop)
    before = image(shop.store)
    assert migrate(shop.store) == []
    assert image(shop.store) == before
    check_schema(shop.store)


def test_every_migration_is_applied_in_its_order(store: Store) -> None:
    names = [row[0] for row in store.sql("SELECT name FROM schema_migration ORDER BY id")]
    assert names == sorted(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def test_the_models_are_what_the_migrations_made(store: Store) -> None:
    from playhouse.schema_diff import diff_models

    with store.peewee.bind_ctx(MODELS):
        difference = diff_models(store.peewee, MODELS)
    assert not difference, str(difference)


def test_a_model_that_the_migrations_did_not_make_would_be_noticed(store: Store) -> None:
    from playhouse.schema_diff import diff_models

    store.execute_sql("ALTER TABLE company ADD COLUMN motto TEXT")
    store.execute_sql('DROP INDEX "activity_by_start"')
    with store.peewee.bind_ctx(MODELS):
        told = str(diff_models(store.peewee, MODELS))
    assert "company.motto" in told
    assert "start_at" in told


def test_a_database_of_a_newer_program_is_refused_with_a_sentence_and_not_touched(shop: Session) -> None:
    store = shop.store
    store.execute_sql(
        "INSERT INTO schema_migration(name, applied) VALUES (?, ?)", ("9999_future", str(datetime(2030, 1, 1)))
    )
    before = image(store)
    for check in (migrate, check_schema):
        with pytest.raises(DatabaseTrouble, match=r"newer version .*9999_future.*Install that version"):
            check(store)
    assert image(store) == before


def test_a_pending_migration_is_applied_and_a_copy_is_made_before(shop: Session, with_next: Path) -> None:
    store = shop.store
    sheet = job(shop, "Før")
    assert migrate(store) == ["9000_next"]
    assert store.sql("SELECT motto FROM company") == [("hurtigt",)]
    assert migrate(store) == []
    if store.path is None:
        return
    copy = store.path.with_name("shop.db.before-9000_next")
    before = open_database(str(copy))
    try:
        assert before.sql("SELECT number, subject FROM activity") == [(sheet.number, "Før")]
        assert list(findings(before)) == []
        assert "motto" not in {row[1] for row in before.sql("PRAGMA table_info(company)")}
    finally:
        before.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("with_next")
def test_a_start_that_was_killed_once_its_copy_had_its_name_leaves_no_second_one(shop: Session) -> None:
    path = shop.store.path
    assert path is not None
    copy_whole(shop.store, path.with_name("shop.db.before-9000_next"))
    left = path.with_name(f"{PREFIX}killed")
    left.mkdir()
    (left / "shop.db").write_bytes(b"a whole shop")
    assert migrate(shop.store) == ["9000_next"]
    assert not left.exists()


def test_an_older_program_refuses_what_the_next_one_made(
    shop: Session, with_next: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(shop.store)
    monkeypatch.setattr(migrating, "MIGRATIONS", MIGRATIONS)
    with pytest.raises(DatabaseTrouble, match="9000_next"):
        migrate(shop.store)


def test_a_migration_that_fails_leaves_the_database_as_it_was(shop: Session, with_next: Path) -> None:
    (with_next / "9000_next.py").write_text(BROKEN, "utf-8")
    before = image(shop.store)
    with pytest.raises(DatabaseTrouble):
        migrate(shop.store)
    assert image(shop.store) == before
    (with_next / "9000_next.py").write_text(NEXT, "utf-8")
    assert migrate(shop.store) == ["9000_next"]


@pytest.mark.usefixtures("with_next")
def test_an_older_database_is_named_where_nothing_is_migrated(shop: Session) -> None:
    with pytest.raises(DatabaseTrouble, match="svc-tui migrate"):
        check_schema(shop.store)


def test_a_first_start_makes_file_folder_and_schema(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "shop.db"
    store = open_store(str(path))
    try:
        check_schema(store)
        assert store.sql("PRAGMA journal_mode") == [("wal",)]
        assert not list(path.parent.glob("*.before-*")), "nothing was there to copy"
    finally:
        store.close()


def test_a_database_without_a_shop_is_told_apart(tmp_path: Path) -> None:
    store = open_database(str(tmp_path / "empty.db"), create=True)
    try:
        with pytest.raises(DatabaseTrouble, match="no shop"):
            check_schema(store)
    finally:
        store.close()


@pytest.mark.parametrize(
    ("country", "language"), [("45", "da"), ("47", "nb"), ("46", "sv"), ("44", "en"), ("49", "en")]
)
def test_an_older_shop_is_sorted_by_the_letters_of_its_country_through_an_index(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, country: str, language: str
) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    for path in sorted(MIGRATIONS.glob("[0-9]*.py"))[:5]:
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    monkeypatch.setenv("TZ", "Europe/Stockholm")
    server: PostgresServer = request.getfixturevalue("postgresql_server")
    for url in (str(tmp_path / "before.db"), server.url(server.create_empty())):
        store = open_database(url, create=True)
        with monkeypatch.context() as earlier:
            earlier.setattr(migrating, "MIGRATIONS", folder)
            migrate(store)
        store.execute_sql(
            "INSERT INTO company(name, address, phone, email, vat_number, country_code, currency, default_duration,"
            " done_end_rule, user_field1_name, user_field2_name, version)"
            " VALUES ('Holm', '', '', '', '', ?, 'DKK', 60, 'never', '', '', 1)",
            (country,),
        )
        assert migrate(store)[0] == "0006_shop_hours"
        company = read_registers(store).company
        assert (company.language, company.time_zone, company.opens) == (language, "Europe/Stockholm", 540)
        assert uses(store, "activity_by_subject", "activity", "subject")
        assert uses(store, "contact_by_name", "contact", "name")
        store.close()


def test_a_shop_of_the_first_schema_is_brought_up_to_date_and_sorted_by_its_subjects(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "first"
    folder.mkdir()
    (folder / "0001_initial.py").write_text((MIGRATIONS / "0001_initial.py").read_text("utf-8"), "utf-8")
    server: PostgresServer = request.getfixturevalue("postgresql_server")
    for url in (str(tmp_path / "first.db"), server.url(server.create_empty())):
        store = open_database(url, create=True)
        with monkeypatch.context() as earlier:
            earlier.setattr(migrating, "MIGRATIONS", folder)
            assert migrate(store) == ["0001_initial"]
        for number, subject in enumerate(("Ærme", "zoo", "Abe", "", "aalborg", "Åben", "B" * 60), 1):
            columns = "subject, project, fault_told, fault_found, user_field1, user_field2"
            store.execute_sql(
                f"INSERT INTO activity(number, {columns}, start_at, created_at, changed_at, stage, in_task_list, total,"
                " version) VALUES (?, ?, 'Nyt café-hus', '', '', '', '', 1, 1, 1, 0, ?, 0, 1)",
                (number, subject, False),
            )
        assert migrate(store)[0] == "0002_orders"
        shown = activities.page(store, ActivityQuery(order=Order("subject")), 10)
        assert [row.subject[:7] for row in shown] == ["Abe", "B" * 7, "zoo", "Ærme", "Åben", "aalborg", ""]
        assert store.sql("SELECT DISTINCT project_key FROM activity") == [(" nyt cafe hus",)]
        assert migrate(store) == []
        store.close()
