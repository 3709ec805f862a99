"""The files of a shop: who may read them, one line of writers whatever the path, copies that are whole or not there."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.copies import PREFIX, workplace
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.db.upkeep.restore import restore
from svc_tui.domain.errors import DatabaseTrouble, Invalid
from svc_tui.output.files import written
from svc_tui.services.core.session import Session
from tests.db.jobs import job
from tests.db.older import older_shop

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROOT = Path(__file__).parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def careless() -> Iterator[None]:
    """Whoever works here lets everybody read what he makes."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(params=[0o700, 0o755, 0o2770, 0o770], ids=lambda bits: f"{bits:o}")
def folder(request: pytest.FixtureRequest, tmp_path: Path, careless: None) -> Path:
    """A folder for a shop: of one account, or shared by a group."""
    made = tmp_path / "shop"
    made.mkdir()
    made.chmod(request.param)
    return made


def wanted(folder: Path) -> int:
    return 0o660 if mode(folder) & 0o020 else 0o600


@pytest.fixture
def file(shop: Session) -> Path:
    assert shop.store.path is not None
    return shop.store.path


def test_nobody_but_who_shares_the_folder_may_read_the_shop(folder: Path, database_url: str) -> None:
    store = open_database(str(folder / "new.db"), create=True)
    migrate(store)
    found = {path.name: mode(path) for path in folder.iterdir()}
    store.close()
    assert found == dict.fromkeys(("new.db", "new.db-wal", "new.db-shm"), wanted(folder))


def test_nobody_else_may_read_a_backup_or_what_stood_before_a_migration_or_a_restore(
    folder: Path, shop: Session, tmp_path: Path
) -> None:
    back_up(shop.store, folder / "backup.db")
    older = older_shop("0005", folder)
    store = open_database(str(older))
    migrate(store)
    store.close()
    kept = restore(older, folder / "backup.db", lambda _finding: None)
    assert kept is not None
    found = {path.name: mode(path) for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert len(found) == 4
    assert {name: bits for name, bits in found.items() if name != older.name} == {
        name: wanted(folder) for name in found if name != older.name
    }
    assert not mode(older) & 0o007


def test_a_file_left_open_to_everybody_by_an_earlier_version_is_closed(folder: Path, database_url: str) -> None:
    older = older_shop("0005", folder)
    older.chmod(0o644)
    open_database(str(older)).close()
    assert mode(older) == (0o660 if wanted(folder) == 0o660 else 0o640)


def test_an_export_keeps_the_mode_of_what_it_replaces_and_the_link_that_leads_to_it(
    folder: Path, database_url: str
) -> None:
    (folder / "really.csv").write_text("old")
    (folder / "really.csv").chmod(0o644)
    (folder / "link.csv").symlink_to("really.csv")
    for name in ("link.csv", "new.csv"):
        with written(folder / name, encoding="utf-8") as export:
            export.write("new")
    assert (folder / "link.csv").is_symlink()
    assert (folder / "really.csv").read_text() == "new"
    assert mode(folder / "really.csv") == 0o644
    assert mode(folder / "new.csv") == wanted(folder)


def test_the_log_is_its_owners_alone(tmp_path: Path, careless: None, database_url: str) -> None:
    script = "import logging; from svc_tui.start import keep_log; keep_log(); logging.getLogger('svc_tui').error('x')"
    environment = {"HOME": str(tmp_path), "PATH": os.defpath, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    (log,) = tmp_path.rglob("svc-tui.log")
    assert mode(log) == 0o600


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that other accounts get to; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_two_accounts_of_a_group_work_in_one_shop_with_the_usual_umask(
    tmp_path_factory: pytest.TempPathFactory, reachable: Path, database_url: str
) -> None:
    """As docs/running.md says: the folder belongs to the group, with `chmod 2770`."""
    folder = reachable / "srv"
    folder.mkdir()
    os.chown(folder, 0, 64_000)
    folder.chmod(0o2770)
    # It becomes somebody else once everything is loaded: Python itself may lie where only root gets to.
    program = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from svc_tui.start import open_store
        from svc_tui.db.upkeep.backup import back_up
        open_store(sys.argv[3]).close()
        os.setgroups([64_000]); os.setgid(60_000); os.setuid(int(sys.argv[4])); os.umask(0o022)
        store = open_store(sys.argv[1])
        with store.transaction():
            store.execute_sql("UPDATE counter SET value = value + 1 WHERE name = 'activity'")
        back_up(store, Path(sys.argv[2]))
        """
    )
    for number, user in enumerate(("64001", "64002", "64001")):
        names = (folder / "shop.db", folder / f"backup{number}.db", tmp_path_factory.mktemp("root") / "scratch.db")
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, names), user],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert {path.stat().st_gid for path in folder.iterdir()} == {64_000}
    assert not any(mode(path) & 0o007 for path in folder.iterdir())


@pytest.mark.parametrize("another_name", ["link", "hard link", "a link to the folder"])
def test_writers_stand_in_one_line_whatever_path_they_opened_the_shop_by(
    file: Path, shop: Session, tmp_path: Path, another_name: str
) -> None:
    other = tmp_path / "other.db"
    if another_name == "link":
        other.symlink_to(file)
    elif another_name == "hard link":
        os.link(file, other)
    else:
        (tmp_path / "folder").symlink_to(file.parent)
        other = tmp_path / "folder" / file.name
    # In another process: within one there is one descriptor anyway.
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; from svc_tui.db.core.engine import open_database\n"
         "with open_database(sys.argv[1]).line_up(): print('in', flush=True); sys.stdin.readline()", str(other)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == "in\n"
    saved = threading.Event()

    def save() -> None:
        second = open_database(str(file))
        with second.transaction():
            saved.set()
        second.close()

    saving = threading.Thread(target=save)
    saving.start()
    assert not saved.wait(0.3)
    holder.communicate("\n")
    assert saved.wait(20)
    saving.join()
    job(shop)


def test_what_a_killed_backup_left_is_removed_by_the_next_and_one_at_work_is_left_alone(
    shop: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    killed = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from pathlib import Path\n"
         "from svc_tui.db.upkeep.copies import workplace\nwith workplace(Path(sys.argv[1])) as place:\n"
         "    (place / 'shop.db').write_text('customers'); print('in', flush=True); time.sleep(60)", str(folder)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert killed.stdout is not None
    assert killed.stdout.readline() == "in\n"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert len(list(folder.glob(f"{PREFIX}*"))) == 1
    with workplace(folder) as at_work:
        (at_work / "shop.db").write_text("mine")
        back_up(shop.store, folder / "backup.db")
        assert [path.name for path in folder.glob(f"{PREFIX}*")] == [at_work.name]
    assert [path.name for path in folder.iterdir()] == ["backup.db"]


def test_a_copy_that_cannot_be_written_leaves_the_database_unmigrated_and_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    older = older_shop("0005", tmp_path)
    before = older.read_bytes()

    def full(self: Store, sql: str, parameters: object = ()) -> None:
        if sql.startswith("VACUUM"):
            Path(parameters[0]).write_bytes(b"half")  # type: ignore[index]
            raise DatabaseTrouble("The disk is full")
        really(self, sql, parameters)  # type: ignore[arg-type]

    really = Store.execute_sql
    store = open_database(str(older))
    monkeypatch.setattr(Store, "execute_sql", full)
    with pytest.raises(DatabaseTrouble, match="full"):
        migrate(store)
    store.close()
    assert older.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "before" in path.name or path.name.startswith(".")] == []


def test_a_backup_of_what_is_no_shop_is_refused(tmp_path: Path, database_url: str) -> None:
    store = open_database(str(tmp_path / "empty.db"), create=True)
    with pytest.raises(Invalid, match="no shop"):
        back_up(store, tmp_path / "backup.db")
    store.close()
    assert not (tmp_path / "backup.db").exists()


def test_a_copy_that_lacks_what_the_shop_holds_is_no_copy(
    shop: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job(shop)
    really = Store.execute_sql

    def lossy(self: Store, sql: str, parameters: object = ()) -> None:
        really(self, sql, parameters)  # type: ignore[arg-type]
        if sql.startswith("ATTACH"):
            really(self, "DELETE FROM copied.activity_note")
            really(self, "DELETE FROM copied.activity")

    monkeypatch.setattr(Store, "execute_sql", lossy)
    with pytest.raises(DatabaseTrouble, match="not whole"):
        back_up(shop.store, tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()
