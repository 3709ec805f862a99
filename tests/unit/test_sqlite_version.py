"""A SQLite that can damage a shared file opens no shop."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core import sqlite_version
from svc_tui.db.core.engine import open_database
from svc_tui.db.core.sqlite_version import installed, is_sound, require_sound
from svc_tui.domain.errors import DatabaseTrouble


@pytest.mark.parametrize(
    "version", [(3, 44, 6), (3, 44, 9), (3, 50, 7), (3, 50, 12), (3, 51, 3), (3, 54, 0), (4, 0, 0)]
)
def test_a_cured_version_is_taken(version: tuple[int, int, int]) -> None:
    assert is_sound(version)


@pytest.mark.parametrize(
    "version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 46, 1), (3, 50, 6), (3, 51, 0), (3, 51, 2), (3, 7, 17)]
)
def test_a_version_with_the_fault_is_refused_by_its_number(version: tuple[int, int, int]) -> None:
    with pytest.raises(DatabaseTrouble) as refused:
        require_sound(version)
    assert refused.value.values["version"] == ".".join(map(str, version))


@pytest.mark.parametrize("create", [True, False], ids=["new", "existing"])
def test_neither_an_existing_shop_nor_a_new_one_is_opened_with_it(
    create: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shop.db"
    if not create:
        open_database(str(path), create=True).close()
    before = path.read_bytes() if path.exists() else None
    monkeypatch.setattr(sqlite_version, "installed", lambda: (3, 40, 1))
    with pytest.raises(DatabaseTrouble, match="can damage"):
        open_database(str(path), create=create)
    assert (path.read_bytes() if path.exists() else None) == before


def test_what_is_installed_here_is_sound() -> None:
    assert is_sound(installed())
