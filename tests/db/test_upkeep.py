"""Check, backup and the question whether a database has this program's schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core import troubles
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.file_systems import Mount
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.schema import check_schema
from svc_tui.domain.errors import DatabaseTrouble, Invalid
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.lines import free_line
from svc_tui.services.people.contacts import NewContact, create
from tests.db.jobs import job
from tests.db.test_part_lines import of
from tests.db.test_purchasing import ordered, supplied


def a_job(shop: Session) -> int:
    sheet = activities.new_sheet(shop, None, {})
    line = free_line("Kabel", -1, 1)._replace(price=100)
    return activities.save(shop, activities.SheetEdit(sheet, {**sheet.values, "subject": "TV"}, (), (line,))).id


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE activity SET total = total + 1", ["total"]),
        ("UPDATE activity SET stage = 4", ["stage", "deadline"]),
        ("UPDATE counter SET value = 10000 WHERE name = 'contact'", ["10001 is in use"]),
        ("DELETE FROM counter WHERE name = 'activity'", ["missing"]),
        ("DELETE FROM contact_search", ["lacks 1"]),
    ],
)
def test_what_is_wrong_is_found(shop: Session, damage: str, said: list[str]) -> None:
    a_job(shop)
    create(shop, NewContact("Jensen"))
    assert list(findings(shop.store)) == []

    if shop.store.dialect == "sqlite" and damage == "DELETE FROM contact_search":
        damage = "DELETE FROM contact_search WHERE rowid = 1"
    shop.store.execute_sql(damage)

    found = [str(finding) for finding in findings(shop.store)]
    assert [word in text for word, text in zip(said, found, strict=True)] == [True] * len(said)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("product SET stock = 1", "10 product(s) have another stock than the ledger says, the first is TIME."),
        (
            "product SET quarantine = -1000",
            "1 product(s) have less than nothing in stock or in quarantine, the first is FAN-12.",
        ),
        ("activity_line SET reserved = 1000", "Of 1 product(s) more is reserved than lies here, the first is FAN-12."),
        (
            "part_claim SET quantity = 2000",
            "Of 1 line(s) on order more is promised than is coming, the first is on order {order}.",
        ),
        ("part_claim SET quantity = 2000", "1 line(s) have more parts than they need, the first is of job {job}."),
        (
            "purchase_line SET outstanding = 0",
            "1 line(s) on order owe another number than is to come, the first is on order {order}.",
        ),
        (
            "activity_line SET transferred = 1000",
            "1 line(s) of jobs say another quantity on orders than the orders do, the first in job {job}.",
        ),
        ("activity SET billing = 'credited'", "1 job(s) are not billed as far as they say, the first is {job}."),
    ],
)
def test_what_is_wrong_is_counted_and_the_first_is_named(shop: Session, damage: str, said: str) -> None:
    sheet = job(shop, lines=[of(supplied(shop))])
    (owed,) = ordered(shop)
    assert list(findings(shop.store)) == []

    shop.store.execute_sql(f"UPDATE {damage}")

    assert said.format(job=sheet.number, order=owed.number) in [str(finding) for finding in findings(shop.store)]


def test_a_backup_is_a_whole_shop(shop: Session, tmp_path: Path) -> None:
    number = a_job(shop)
    target = tmp_path / "backup.db"
    if shop.store.dialect == "postgresql":
        with pytest.raises(Invalid, match="pg_dump"):
            back_up(shop.store, target)
        return

    back_up(shop.store, target)

    copy = open_database(str(target))
    assert copy.sql("SELECT id FROM activity") == [(number,)]
    assert list(findings(copy)) == []
    copy.close()
    with pytest.raises(Invalid, match="exists already"):
        back_up(shop.store, target)
    with pytest.raises(Invalid, match="no folder"):
        back_up(shop.store, tmp_path / "none" / "backup.db")
    assert {file.name for file in tmp_path.iterdir() if file.name.startswith(".")} == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_may_go_to_a_network_folder(shop: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = a_job(shop)
    elsewhere = tmp_path / "nas"
    elsewhere.mkdir()
    mount = Mount(str(elsewhere), "nfs4", "server:/x")
    monkeypatch.setattr(troubles, "mount_of", lambda folder: mount if folder == elsewhere else None)

    back_up(shop.store, elsewhere / "backup.db")

    with pytest.raises(DatabaseTrouble, match="network folder"):
        open_database(str(elsewhere / "backup.db"))
    assert [entry.name for entry in elsewhere.iterdir()] == ["backup.db"]
    brought_back = tmp_path / "here.db"
    brought_back.write_bytes((elsewhere / "backup.db").read_bytes())
    copy = open_database(str(brought_back))
    assert copy.sql("SELECT id FROM activity") == [(number,)]
    copy.close()


def test_a_database_of_another_version_is_told_apart(store: Store) -> None:
    check_schema(store)
    store.execute_sql("UPDATE schema_migration SET name = '9999_later' WHERE name = '0001_initial'")
    with pytest.raises(DatabaseTrouble, match="9999_later"):
        check_schema(store)
    store.execute_sql("DELETE FROM schema_migration")
    with pytest.raises(DatabaseTrouble, match="no shop"):
        check_schema(store)
