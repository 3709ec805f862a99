"""A backup put back while people work: what they see, what is kept, and what is refused with nothing changed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.restore import restore
from svc_tui.domain.errors import DatabaseTrouble, DomainError, Invalid, Restored
from svc_tui.services.core.session import Session, opened_anew
from svc_tui.services.jobs import activities

# A server has its own tools; that the command says so is in tests/unit/test_cli.py.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def file(shop: Session) -> Path:
    """The shop's file."""
    assert shop.store.path is not None
    return shop.store.path


def a_job(shop: Session, subject: str) -> None:
    now = opened_anew(shop)
    sheet = activities.new_sheet(now, None, {})
    activities.save(now, activities.SheetEdit(sheet, {**sheet.values, "subject": subject}, (), ()))


def subjects(store: Store) -> list[str]:
    return [row[0] for row in store.sql("SELECT subject FROM activity ORDER BY id")]


def left_over(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir() if entry.name.startswith(".restore-")}


def nothing_said(finding: DomainError) -> None:
    raise AssertionError(finding)


def test_who_has_the_shop_open_sees_the_restored_one_and_goes_on(shop: Session, file: Path, tmp_path: Path) -> None:
    a_job(shop, "before")
    back_up(shop.store, tmp_path / "backup.db")
    a_job(shop, "after")
    seen = shop.store.data_version()

    kept = restore(file, tmp_path / "backup.db", nothing_said)

    assert subjects(shop.store) == ["before"]
    assert shop.store.data_version() != seen
    a_job(shop, "later")
    assert subjects(shop.store) == ["before", "later"]
    assert list(findings(shop.store)) == []
    assert kept is not None
    copy = open_database(str(kept))
    assert subjects(copy) == ["before", "after"]
    copy.close()
    assert left_over(file.parent) == set()


def test_no_save_falls_between_the_copy_of_the_present_and_the_restored(
    two_sessions: tuple[Session, Session], file: Path, tmp_path: Path
) -> None:
    anna, bent = two_sessions
    back_up(anna.store, tmp_path / "backup.db")
    saved: list[str] = []
    enough = threading.Event()

    def work() -> None:
        while not enough.is_set():
            try:
                a_job(bent, f"job {len(saved)}")
            except Restored:
                continue
            saved.append(f"job {len(saved)}")

    writer = threading.Thread(target=work)
    writer.start()
    while len(saved) < 5:
        time.sleep(0.01)
    kept = restore(file, tmp_path / "backup.db", nothing_said)
    restored_at = len(saved)
    while len(saved) < restored_at + 5:
        assert writer.is_alive()
        time.sleep(0.01)
    enough.set()
    writer.join()

    assert kept is not None
    copy = open_database(str(kept))
    assert [*subjects(copy), *subjects(anna.store)] == saved
    copy.close()


def test_a_lost_database_is_made_again(shop: Session, file: Path, tmp_path: Path) -> None:
    a_job(shop, "kept")
    back_up(shop.store, tmp_path / "backup.db")

    assert restore(tmp_path / "new.db", tmp_path / "backup.db", nothing_said) is None

    made = open_database(str(tmp_path / "new.db"))
    assert subjects(made) == ["kept"]
    assert made.sql("PRAGMA journal_mode") == [("wal",)]
    made.close()


def test_a_restored_shop_is_of_another_generation_and_each_restore_of_yet_another(
    shop: Session, file: Path, tmp_path: Path
) -> None:
    generations = [shop.store.generation()]
    for name in ("first.db", "second.db"):
        back_up(shop.store, tmp_path / name)
        restore(file, tmp_path / name, nothing_said)
        a_job(shop, "goes on")
        shop.store.move_log()
        assert shop.store.is_in_place()
        generations.append(shop.store.generation())
    restore(file, tmp_path / "second.db", nothing_said)
    generations.append(shop.store.generation())
    assert len(set(generations)) == 4


def test_what_is_no_sound_shop_is_refused_and_nothing_changes(shop: Session, file: Path, tmp_path: Path) -> None:
    a_job(shop, "mine")
    back_up(shop.store, tmp_path / "backup.db")
    whole = (tmp_path / "backup.db").read_bytes()
    (tmp_path / "torn.db").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.db").write_text("Dear shop, " * 1_000)
    empty = open_database(str(tmp_path / "empty.db"), create=True)
    empty.close()
    newer = open_database(str(tmp_path / "backup.db"))
    newer.execute_sql("UPDATE schema_migration SET name = '9999_later' WHERE name = '0001_initial'")
    newer.close()

    for name, kind, said in (
        ("torn.db", DatabaseTrouble, "torn.db cannot be restored"),
        ("text.db", DatabaseTrouble, "text.db cannot be restored"),
        ("empty.db", DatabaseTrouble, "no shop"),
        ("backup.db", DatabaseTrouble, "9999_later"),
        ("none.db", Invalid, "no file"),
    ):
        with pytest.raises(kind, match=said):
            restore(file, tmp_path / name, nothing_said)
    with pytest.raises(Invalid, match="itself"):
        restore(file, file, nothing_said)

    assert subjects(shop.store) == ["mine"]
    assert left_over(file.parent) == set()


def test_a_present_database_that_cannot_be_copied_is_left_alone(shop: Session, file: Path, tmp_path: Path) -> None:
    back_up(shop.store, tmp_path / "backup.db")
    ruined = tmp_path / "ruined.db"
    ruined.write_text("no database " * 1_000)

    with pytest.raises(DatabaseTrouble, match=r"ruined\.db-wal"):
        restore(ruined, tmp_path / "backup.db", nothing_said)

    assert ruined.read_text().startswith("no database")


def test_what_is_not_consistent_in_a_backup_is_told_and_it_is_restored(
    shop: Session, file: Path, tmp_path: Path
) -> None:
    a_job(shop, "mine")
    back_up(shop.store, tmp_path / "backup.db")
    drifted = open_database(str(tmp_path / "backup.db"))
    drifted.execute_sql("UPDATE activity SET total = total + 1")
    drifted.close()
    told: list[DomainError] = []

    restore(file, tmp_path / "backup.db", told.append)

    assert ["total" in str(finding) for finding in told] == [True]
    assert subjects(shop.store) == ["mine"]
