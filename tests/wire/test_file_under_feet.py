"""The shop's file is spoiled while programs have it open: told without a key, and nothing more is called saved."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.core.file_state import Header
from svc_tui.db.upkeep.backup import back_up
from tests.db.jobs import job
from tests.wire.desk import Desk, command, jobs
from tests.wire.program import ROOT
from tests.wire.shops import copied, session_of

MOVED = (
    "The file {path} was moved or replaced while it was open; nothing was saved. Put it back and save again, or leave "
    "the program and start it anew."
)
COPIED_OVER = (
    "Another file was copied over {path} while it was open; nothing was saved. Have everybody leave the program, then "
    "put the newest backup back: svc-tui restore."
)


def counter(path: Path) -> int:
    with path.open("rb") as file:
        return Header.of(file.fileno()).counter


def busier(path: Path, than: Path) -> Path:
    """A shop whose header says that more was done in it."""
    while counter(path) <= counter(than) + 3:
        store = open_database(str(path))
        job(session_of(store), "En anden butiks sag")
        store.execute_sql("VACUUM")
        store.close()
    return path


def copy_other_over(shop: Path, folder: Path, template: Path) -> None:
    """`cp other.db shop.db`, where the other shop has nothing to do with this one."""
    from tests.wire.shops import make_shop

    other = folder / "other.db"
    make_shop(other)
    shutil.copyfile(busier(other, shop), shop)


def copy_backup_over(shop: Path, folder: Path, _template: Path) -> None:
    """`cp backup.db shop.db`: a backup of this shop that somebody worked in since."""
    store = open_database(str(shop))
    back_up(store, folder / "backup.db")
    store.close()
    shutil.copyfile(busier(folder / "backup.db", shop), shop)


def copy_own_over(shop: Path, folder: Path, template: Path) -> None:
    """`cp yesterday.db shop.db`: a plain copy of this very shop, of the same generation, in which somebody worked."""
    shutil.copyfile(busier(copied(template, folder / "yesterday.db"), shop), shop)


def remove_log(shop: Path, _folder: Path, _template: Path) -> None:
    Path(f"{shop}-wal").unlink()


def wait_until_told(desk: Desk, sentence: str, path: Path) -> None:
    """Wait for a sentence on the screen, however its lines are broken."""
    told = "".join(desk.told(sentence).format(path=path).split())
    desk.program.wait_until(lambda: told in "".join(desk.text().split()), what=repr(told))


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (copy_other_over, COPIED_OVER),
        (copy_backup_over, COPIED_OVER),
        (copy_own_over, COPIED_OVER),
        (remove_log, MOVED),
    ],
    ids=["another shop copied over it", "a backup copied over it", "a copy of its own put over it", "its log removed"],
)
def test_a_spoiled_file_is_told_at_once_and_nothing_more_is_called_saved(
    shop: Path,
    shop_template: Path,
    tmp_path: Path,
    act: Callable[[Path, Path, Path], None],
    sentence: str,
    language: str,
) -> None:
    good = copied(shop_template, tmp_path / "good.db")
    with Desk(shop, language=language) as first, Desk(shop, language=language, user="bent") as second:
        first.press("3", "n", "Gemt")
        first.save()
        second.press("n", "Begyndt")
        act(shop, tmp_path, shop_template)
        for desk in (first, second):
            wait_until_told(desk, sentence, shop)
        for desk in (first, second):
            desk.press(" igen", "<F2>")
            wait_until_told(desk, sentence, shop)
            assert " igen" in desk.value("Subject")
    ran = subprocess.run(
        command(shop, "restore", str(good), language="en"), capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    if ran.returncode:
        assert "move" in ran.stderr, ran.stderr
        for path in (shop, Path(f"{shop}-wal"), Path(f"{shop}-shm")):
            path.unlink(missing_ok=True)
        subprocess.run(command(shop, "restore", str(good)), check=True, capture_output=True, cwd=ROOT, timeout=60)
    assert jobs(shop) == []
    with Desk(shop, language=language) as desk:
        desk.press("3", "n", "Efter")
        desk.save()


def test_what_was_called_saved_is_there_after_a_removed_log_once_everybody_has_left(shop: Path) -> None:
    with Desk(shop) as first, Desk(shop, user="bent") as second:
        for desk, subject in ((first, "Den ene"), (second, "Den anden")):
            desk.press("3", "n", subject)
            desk.save()
            desk.press("<F3>")
        remove_log(shop, shop.parent, shop)
        for desk in (first, second):
            wait_until_told(desk, MOVED, shop)
        assert first.quit() == 0
        assert second.quit() == 0
    assert [found["subject"] for found in jobs(shop)] == ["Den ene", "Den anden"]
    ran = subprocess.run(command(shop, "check"), capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_restore_is_no_spoiled_file(shop: Path, tmp_path: Path) -> None:
    """Also one that raises the header's counter past the log that others have."""
    store = open_database(str(shop))
    back_up(store, tmp_path / "backup.db")
    store.close()
    with Desk(shop, language="en") as desk:
        for _ in range(3):
            restored = command(shop, "restore", str(tmp_path / "backup.db"))
            subprocess.run(restored, check=True, capture_output=True, cwd=ROOT, timeout=60)
        desk.program.settle()
        desk.press("3", "n", "Efter")
        desk.save()
    assert [found["subject"] for found in jobs(shop)] == ["Efter"]
