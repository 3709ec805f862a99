"""A disk that is full is called full, whatever the driver calls it; nothing is lost and nothing half made is left."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from svc_tui.commandline import demo
from svc_tui.db.core.engine import open_database
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.db.upkeep.restore import restore
from svc_tui.domain.errors import DomainError
from svc_tui.start import open_store
from tests.db.older import older_shop

ROOM = 6_000_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with room for a shop and the copies of it."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("this account may not mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Use up the disk but for `leave` bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4_096)):
            pass
    assert os.statvfs(folder).f_bavail == 0
    os.truncate(filler, max(0, filler.stat().st_size - leave))
    return filler


@pytest.fixture
def shop_file(small: Path) -> Path:
    path = older_shop("0005", small)
    open_store(str(path)).close()
    path.with_name(f"{path.name}.before-0006").unlink(missing_ok=True)
    for copy in small.glob("*.before-*"):
        copy.unlink()
    return path


def save_much(path: Path) -> None:
    store = open_database(str(path))
    try:
        for _ in range(200):
            with store.transaction():
                store.execute_sql("UPDATE contact SET note = note || ?", ("x" * 2_000,))
    finally:
        store.close()


def back_up_beside(path: Path) -> None:
    store = open_database(str(path))
    try:
        back_up(store, path.with_name("backup.db"))
    finally:
        store.close()


def sound(path: Path) -> bool:
    store = open_database(str(path))
    try:
        return list(findings(store)) == []
    finally:
        store.close()


@pytest.mark.parametrize("left", [0, 8_192, 40_960, 200_000])
@pytest.mark.parametrize("act", [save_much, back_up_beside], ids=["saving", "backing up"])
def test_saving_and_backing_up_on_a_full_disk(
    small: Path, shop_file: Path, act: Callable[[Path], None], left: int
) -> None:
    filler = fill(small, left)
    with pytest.raises(DomainError, match="full") as told:
        act(shop_file)
    assert "SELECT" not in str(told.value)
    filler.unlink()
    assert sound(shop_file)
    assert [path.name for path in small.iterdir() if path.name.startswith(".") or path.name == "backup.db"] == []


def test_a_backup_to_another_disk_that_is_full(small: Path, tmp_path: Path) -> None:
    path = older_shop("0005", tmp_path)
    store = open_store(str(path))
    fill(small)
    with pytest.raises(DomainError, match="full") as told:
        back_up(store, small / "backup.db")
    store.close()
    assert str(small) in str(told.value)
    assert [entry.name for entry in small.iterdir()] == ["filler"]


@pytest.mark.parametrize("left", [0, 40_960, 500_000])
def test_migrating_on_a_full_disk_leaves_the_shop_as_it_was(small: Path, left: int) -> None:
    path = older_shop("0005", small)
    filler = fill(small, left)
    with pytest.raises(DomainError, match="full"):
        open_store(str(path))
    assert [entry.name for entry in small.iterdir() if "before" in entry.name or entry.name.startswith(".")] == []
    filler.unlink()
    store = open_database(str(path))
    migrate(store)
    store.close()
    assert sound(path)


@pytest.mark.parametrize("left", [0, 40_960, 1_200_000])
def test_restoring_on_a_full_disk_leaves_the_shop_as_it_was(small: Path, tmp_path: Path, left: int) -> None:
    path = small / "shop.db"
    path.write_bytes(older_shop("0005", tmp_path).read_bytes())
    filler = fill(small, left)
    with pytest.raises(DomainError, match="full") as told:
        restore(path, tmp_path / "shop-0005.db", lambda _finding: None)
    assert "damaged" not in str(told.value)
    assert [entry.name for entry in small.iterdir() if entry.name.startswith(".")] == []
    filler.unlink()
    open_store(str(path)).close()
    assert sound(path)


@pytest.mark.parametrize("left", [0, 40_960])
def test_a_demo_shop_on_a_full_disk(small: Path, left: int) -> None:
    fill(small, left)
    with pytest.raises(DomainError, match="full"):
        demo.create(str(small / "demo.db"), activities=500, contacts=50, seed=1, language="en")
    assert [entry.name for entry in small.iterdir()] == ["filler"]
