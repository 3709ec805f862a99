"""Each command on a full disk says so in its language, prints no SQL, and leaves nothing half made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from svc_tui.start import open_store
from tests.db.older import older_shop
from tests.db.test_full_disk import fill, shop_file, small, sound  # noqa: F401 - fixtures

ROOT = Path(__file__).parents[2]
FULL = {"en": "full", "da": "fuld"}
SQL = re.compile(r"SELECT|INSERT|UPDATE|VACUUM|PRAGMA|BEGIN|COMMIT|statement|Traceback|Error\b")
NOTE = "x" * 3_000


def ran(path: Path, language: str, *arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Exit code and both streams of a command."""
    command = [sys.executable, "-m", "svc_tui", "--database", str(path), "--language", language, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=120, env={**os.environ, **(environment or {})}
    )
    return done.returncode, done.stdout, done.stderr


def refused_as_full(told: tuple[int, str, str], language: str) -> None:
    code, said, complained = told
    assert code == 1, (said, complained)
    assert FULL[language] in complained
    assert not SQL.search(said + complained), complained


def settled(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix not in (".db-wal", ".db-shm"))


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    lines = (f"{place + 20_000};Kunde {place};{30_000_000 + place};{NOTE}" for place in range(600))
    path.write_text("\n".join(("Kundenr;Navn;Telefon;Bemærkning", *lines, "")), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("left", [0, 40_960])
def test_importing(small: Path, shop_file: Path, contacts: Path, language: str, left: int) -> None:  # noqa: F811
    filler = fill(small, left)
    before = settled(small)
    refused_as_full(ran(shop_file, language, "--as", "HV", "import", "contacts", str(contacts)), language)
    assert settled(small) == before
    filler.unlink()
    assert sound(shop_file)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("what", ["one", "many"])
def test_changing_jobs_and_taking_it_back(small: Path, shop_file: Path, language: str, what: str) -> None:  # noqa: F811
    store = open_store(str(shop_file))
    numbers = [str(row[0]) for row in store.sql("SELECT number FROM activity ORDER BY number")]
    store.close()
    chosen = numbers[:1] if what == "one" else numbers
    note = ran(shop_file, language, "--as", "HV", "note", chosen[0], "--text", "En bemærkning")
    assert note[0] == 0, note
    filler = fill(small)
    refused_as_full(ran(shop_file, language, "--as", "HV", "edit", *chosen, "project=Nyt"), language)
    refused_as_full(ran(shop_file, language, "--as", "HV", "note", chosen[0], "--text", "Endnu en"), language)
    refused_as_full(ran(shop_file, language, "--as", "HV", "undo"), language)
    filler.unlink()
    assert sound(shop_file)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("kind", ["activities", "contacts", "products"])
@pytest.mark.parametrize("ending", ["csv", "json"])
def test_exporting(small: Path, tmp_path: Path, language: str, kind: str, ending: str) -> None:  # noqa: F811
    path = older_shop("0005", tmp_path)
    open_store(str(path)).close()
    kept = small / f"list.{ending}"
    kept.write_text("kept")
    fill(small)
    refused_as_full(ran(path, language, "--as", "HV", "export", kind, str(kept)), language)
    assert kept.read_text() == "kept"
    assert settled(small) == sorted(["filler", kept.name])


@pytest.mark.parametrize("language", ["en", "da"])
def test_backing_up_restoring_and_migrating(small: Path, tmp_path: Path, language: str) -> None:  # noqa: F811
    path, source = older_shop("0005", small), older_shop("0005", tmp_path)
    filler = fill(small)
    before = settled(small)
    refused_as_full(ran(path, language, "migrate"), language)
    refused_as_full(ran(path, language, "restore", str(source)), language)
    filler.unlink()
    assert ran(path, language, "migrate")[0] == 0
    for copy in small.glob("*.before-*"):
        copy.unlink()
    fill(small)
    refused_as_full(ran(path, language, "backup", str(small / "backup.db")), language)
    assert settled(small) == before


def test_a_log_that_cannot_be_written_holds_up_nobody(small: Path, tmp_path: Path) -> None:  # noqa: F811
    """It lies in the user's folder, whose disk may be full while the shop's is not."""
    script = """
import logging, sys
from svc_tui.start import keep_log
keep_log()
for number in range(3):
    logging.getLogger("svc_tui.db").warning("something went wrong " + "x" * 10_000)
print("goes on")
"""
    fill(small)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(small), "XDG_STATE_HOME": str(small)},
    )  # fmt: skip
    assert done.stdout == "goes on\n"
    assert done.stderr == ""
