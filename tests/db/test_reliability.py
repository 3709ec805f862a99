"""What the shop is promised: saved is saved, nothing is overwritten unseen, every failure says what to do.

Short forms for every run; the long ones are `make soak` (tests/soak).
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cysqlite
import peewee
import psycopg
import pytest

from svc_tui.db.core.changes import is_done
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.troubles import translate
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import DatabaseTrouble, DomainError, Invalid
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.filters import lists
from svc_tui.services.jobs import activities
from svc_tui.services.people.setup import create_shop
from svc_tui.start import open_store
from tests.db.conftest import PostgresServer
from tests.db.jobs import changed, image, job, new_edit
from tests.soak import cuts

ROOT = Path(__file__).parents[2]
KILLS = 200
ROUNDS = 5
SECONDS = 3
Damage = Callable[[Path], object]


def soak(module: str, *arguments: str) -> dict[str, Any]:
    """The report of a soak test, run in a process of its own, for it forks."""
    finished = subprocess.run(
        [sys.executable, "-m", f"tests.soak.{module}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert finished.stdout, finished.stderr
    told: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    assert (finished.returncode == 0) == (not told["complaints"])
    return told


# -- killed processes --------------------------------------------------------------------------------------------------


def test_nothing_acknowledged_is_lost_and_nothing_half_written_when_saving_processes_are_killed() -> None:
    told = soak("kills", "--kills", str(KILLS))
    assert told["complaints"] == []
    assert told["acknowledged"] > KILLS / 2


def test_a_server_keeps_what_it_acknowledged_when_its_clients_are_killed(postgresql_server: PostgresServer) -> None:
    name = postgresql_server.create()
    told = soak("kills", "--kills", "50", "--database", postgresql_server.url(name))
    assert told["complaints"] == []
    assert told["acknowledged"] > 20


@pytest.mark.parametrize(
    ("fault", "noticed"), [("early", "acknowledged saves are not there"), ("torn", "half written")]
)
def test_planted_faults_are_noticed_by_the_kills(fault: str, noticed: str) -> None:
    told = soak("kills", "--kills", "40", "--fault", fault)
    assert noticed in " ".join(told["complaints"])


# -- many at once ------------------------------------------------------------------------------------------------------


def test_ten_first_starts_at_once_make_one_shop_without_an_error() -> None:
    told = soak("first_start", "--rounds", str(ROUNDS))
    assert (told["complaints"], told["starts"]) == ([], 10 * ROUNDS)


def test_ten_first_starts_at_once_on_a_server_make_one_shop_without_an_error(postgresql_server: PostgresServer) -> None:
    arguments = []
    with psycopg.connect(postgresql_server.url("postgres"), autocommit=True) as connection:
        for number in range(2):
            connection.execute(f"CREATE DATABASE svc_first_{os.getpid()}_{number}".encode())
            arguments += ["--database", postgresql_server.url(f"svc_first_{os.getpid()}_{number}")]
    assert soak("first_start", *arguments)["complaints"] == []


def test_ten_processes_save_without_a_pause_and_nobody_is_refused(database_url: str) -> None:
    told = soak("load", "--processes", "10", "--seconds", str(SECONDS), "--database", database_url)
    assert told["complaints"] == []
    assert told["fewest"] > 0


def test_nothing_is_overwritten_unseen_by_people_in_the_same_jobs(database_url: str) -> None:
    told = soak("chain", "--seconds", str(SECONDS), "--database", database_url)
    assert told["complaints"] == []
    assert told["acknowledged"] > 50
    assert told["refused"] > 0, "they never met"


def test_a_save_without_merge_would_be_noticed() -> None:
    told = soak("chain", "--seconds", "1", "--fault", "merge")
    assert "overwritten unseen" in " ".join(told["complaints"])


# -- an unclear commit -------------------------------------------------------------------------------------------------


def test_a_save_that_is_cut_off_at_any_step_is_there_once_or_not_at_all(postgresql_server: PostgresServer) -> None:
    url = _shop_on(postgresql_server)
    done, wrong = cuts.cut_everywhere(url)
    assert wrong == []
    assert done > 20


def _shop_on(server: PostgresServer) -> str:
    url = server.url(server.create())
    store = open_database(url)
    create_shop(store, "da", "Holms Service", "Anna Holm", "AH")
    store.close()
    return url


def test_a_retry_with_a_key_of_its_own_would_be_noticed(shop: Session) -> None:
    if shop.store.dialect == "sqlite":
        pytest.skip("SQLite has no connection to cut")
    witness = open_database(shop.store.url)
    try:
        assert cuts._at_commit(shop, witness, cuts._new, "after", naive=True)
    finally:
        witness.close()


def test_a_lost_connection_says_so_keeps_the_form_and_the_next_save_goes_through(shop: Session) -> None:
    if shop.store.dialect == "sqlite":
        pytest.skip("SQLite has no connection to cut")
    sheet = job(shop)
    edit = changed(sheet, subject="Efter")
    witness = open_database(shop.store.url)
    with cuts._cut_at(shop.store, witness, 2), pytest.raises(DatabaseTrouble, match=r"cannot be reached.*try again"):
        activities.save(shop, edit)
    assert not is_done(witness, edit.operation_key)
    witness.close()
    activities.save(shop, edit)
    assert is_done(shop.store, edit.operation_key)


# -- bad days: the disk ------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A shop of a few jobs in a file, closed."""
    path = tmp_path / "shop" / "shop.db"
    store = open_store(str(path))
    create_shop(store, "da", "Holms Service", "Anna Holm", "AH")
    session = signed_in(store)
    for number in range(20):
        job(session, f"Sag {number}", note="x" * 500)
    store.close()
    return path


def signed_in(store: Store) -> Session:
    session = open_session(store, None, "da")
    session.employee = session.registers.employees[0]
    return session


@pytest.fixture
def desk(path: Path) -> Iterator[Session]:
    """Anna Holm in the shop at `path`."""
    store = open_database(str(path))
    yield signed_in(store)
    store.close()


def test_on_a_full_disk_nothing_is_lost_and_it_goes_on_when_there_is_room(desk: Session) -> None:
    store = desk.store
    pages = store.sql("PRAGMA page_count")[0][0]
    store.sql(f"PRAGMA max_page_count = {pages}")
    saved = []
    edit = new_edit(desk)
    with pytest.raises(DatabaseTrouble, match=r"disk is full; nothing was saved. Make room .*save again"):  # noqa: PT012
        for number in range(200):
            edit = new_edit(desk, f"Fyld {number}", note="y" * 2_000)
            saved.append(activities.save(desk, edit).number)
    assert not is_done(store, edit.operation_key)
    before = image(store)
    with pytest.raises(DatabaseTrouble, match="disk is full"):
        activities.save(desk, edit)
    assert image(store) == before
    assert lists.page(desk, lists.resolve(desk, None, ""), 5), "reading goes on"
    assert list(findings(store)) == []

    store.sql("PRAGMA max_page_count = 1000000")
    assert activities.save(desk, edit).number == (saved or [10_020])[-1] + 1
    assert list(findings(store)) == []


@contextmanager
def permissions_bind() -> Iterator[None]:
    """Root is held to the permissions of files, too: this thread lays down the capability to pass them over."""
    if os.geteuid():
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    was, without = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, was) == 0
    for place in range(6):
        without[place] = was[place]
    without[0] = was[0] & ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, of the effective ones
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, was) == 0


@contextmanager
def unwritable(*paths: Path) -> Iterator[None]:
    """Files and folders that this account may not write."""
    modes = {path: path.stat().st_mode for path in paths if path.exists()}
    for path, mode in modes.items():
        path.chmod(stat.S_IMODE(mode) & ~0o222)
    try:
        with permissions_bind():
            yield
    finally:
        for path, mode in modes.items():
            path.chmod(stat.S_IMODE(mode))


def open_and_save(path: Path) -> None:
    store = open_database(str(path))
    try:
        job(signed_in(store))
    finally:
        store.close()


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_file_or_folder_that_may_not_be_written_is_named(path: Path, what: str) -> None:
    before = path.read_bytes()
    paths = {"file": [path], "folder": [path.parent], "both": [path, path.parent]}[what]
    with unwritable(*paths), pytest.raises(DatabaseTrouble, match=r"write") as told:
        open_and_save(path)
    assert str(path) in str(told.value)
    assert path.read_bytes() == before
    open_and_save(path)


def test_a_file_that_becomes_unwritable_while_people_work_is_named_and_it_goes_on_when_cured(path: Path) -> None:
    with unwritable(path, path.parent), pytest.raises(DatabaseTrouble, match="write") as told:
        open_and_save(path)
    assert str(path) in str(told.value)
    open_and_save(path)


def test_a_first_start_where_no_folder_may_be_made_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    wanted = folder / "new" / "shop.db"
    with unwritable(folder), pytest.raises(DatabaseTrouble, match="write") as told:
        open_store(str(wanted))
    assert str(wanted) in str(told.value)
    open_store(str(wanted)).close()


def test_a_folder_that_this_account_may_not_look_into_is_told(path: Path) -> None:
    path.parent.chmod(0o000)
    try:
        with permissions_bind():
            for opening in (open_store, open_database):
                with pytest.raises(DatabaseTrouble, match="write access") as told:
                    opening(str(path))
                assert str(path) in str(told.value)
    finally:
        path.parent.chmod(0o700)


def test_a_first_start_where_a_file_stands_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatabaseTrouble, match="folder"):
        open_store(str(tmp_path / "file" / "shop.db"))


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ('connection failed: FATAL:  database "shop" does not exist', "createdb"),
        ('connection failed: FATAL:  password authentication failed for user "svc"', "password"),
        ("connection failed: Connection refused", "cannot be reached"),
        (
            'connection to server on socket "/run/postgresql/.s.PGSQL.5432" failed: No such file or directory '
            "Is the server running locally and accepting connections on that socket?",
            "cannot be reached",
        ),
        ("failed to resolve host 'nohost.invalid': [Errno -2] Name or service not known", "cannot be reached"),
    ],
)
def test_what_a_server_refuses_is_told_as_that(said: str, remedy: str) -> None:
    assert remedy in str(translate(peewee.OperationalError(said), None))


@pytest.mark.parametrize("missing", ["shop.db", "no/such/folder/shop.db"])
def test_a_missing_file_or_folder_is_named_and_nothing_is_made_silently(tmp_path: Path, missing: str) -> None:
    wanted = tmp_path / missing
    with pytest.raises(DatabaseTrouble, match=r"no database at .*Start svc-tui without a command") as told:
        open_database(str(wanted))
    assert str(wanted) in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="cannot be opened"):
        open_database(str(tmp_path))


@pytest.mark.parametrize("act", ["removed", "replaced"])
def test_a_file_that_is_taken_away_while_people_work_takes_no_more_saves(path: Path, act: str) -> None:
    """SQLite would go on writing into the file that nobody finds any more."""
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    store = open_database(str(path))
    session = signed_in(store)
    job(session, "Før")
    kept = path.with_name("kept.db")
    path.rename(kept)
    if act == "replaced":
        copy.rename(path)
    with pytest.raises(DatabaseTrouble, match=f"{re.escape(str(path))} was moved or replaced.*nothing was saved"):
        job(session, "Efter")
    path.unlink(missing_ok=True)
    kept.rename(path)
    assert job(session, "Efter").number
    store.close()


def cut_away(path: Path) -> None:
    """Somebody deletes the log, which he takes for rubbish."""
    Path(f"{path}-wal").unlink()


def copy_over(path: Path) -> None:
    """Somebody puts last week's backup back with cp."""
    shutil.copyfile(path.with_name("backup.db"), path)


@pytest.mark.parametrize("act", [cut_away, copy_over])
def test_a_log_that_is_deleted_or_a_file_that_is_copied_over_is_seen_and_nothing_more_is_acknowledged(
    path: Path, act: Callable[[Path], None]
) -> None:
    store = open_database(str(path))
    session = signed_in(store)
    job(session, "Før")
    back_up(store, path.with_name("backup.db"))
    for number in range(5):
        job(session, f"Senere {number}")
    store.move_log()
    assert store.is_in_place()
    act(path)
    assert not store.is_in_place()
    with pytest.raises(DatabaseTrouble, match=r"(moved or replaced|copied over).*nothing was saved"):
        job(session, "Efter")
    store.close()


def test_who_saves_much_and_puts_the_log_away_is_not_taken_for_somebody_elses_file(path: Path) -> None:
    first, second = open_database(str(path)), open_database(str(path))
    session = signed_in(first)
    for number in range(30):
        job(session, f"Sag {number}")
        if number % 3 == 0:
            second.move_log()
        assert first.is_in_place()
        assert second.is_in_place()
    first.execute_sql("VACUUM")
    first.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert first.is_in_place()
    assert second.is_in_place()
    first.close()
    second.close()


# -- bad days: damage --------------------------------------------------------------------------------------------------


def _overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _page_size(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[16:18], "big")


DAMAGE: dict[str, Damage] = {
    "another kind of file": lambda path: path.write_bytes(b"PK\x03\x04" + b"not a database" * 1000),
    "a text": lambda path: path.write_text("Kære kunde\n" * 100),
    "a header of zeroes": lambda path: _overwrite(path, 0, bytes(100)),
    "a header overwritten": lambda path: _overwrite(path, 0, os.urandom(100)),
    "cut off in the middle": lambda path: os.truncate(path, path.stat().st_size // 2 // 4096 * 4096),
    "all pages but the first zeroed": lambda path: _overwrite(path, 4096, bytes(path.stat().st_size - 4096)),
    "all pages but the first overwritten": lambda path: _overwrite(path, 4096, b"\xa5" * (path.stat().st_size - 4096)),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_file_is_told_and_the_backup_takes_over(path: Path, tmp_path: Path, kind: str) -> None:
    backup = tmp_path / "backup.db"
    shutil.copyfile(path, backup)
    DAMAGE[kind](path)
    with pytest.raises(DomainError, match=r"is damaged.*restore the last backup|it is a .*svc-tui restore") as told:
        work_through(path)
    assert isinstance(told.value, Invalid) == (kind in ("another kind of file", "a text"))
    assert str(path) in str(told.value)
    backup.rename(path)
    work_through(path)


def work_through(path: Path) -> None:
    """Open the shop, look at everything and save."""
    store = open_database(str(path))
    try:
        session = signed_in(store)
        for row in lists.page(session, lists.resolve(session, None, ""), 100):
            activities.open_sheet(session, row.id)
        lists.page(session, lists.resolve(session, None, "sag"), 100)
        job(session)
    finally:
        store.close()


def test_a_page_that_is_damaged_while_people_work_is_told_by_the_check(path: Path) -> None:
    _overwrite(path, path.stat().st_size - 4096, b"\xa5" * 4096)
    store = open_database(str(path))
    try:
        try:
            said = " ".join(map(str, findings(store)))
        except DatabaseTrouble as trouble:
            said = str(trouble)
        assert "damaged" in said
    finally:
        store.close()


def test_an_empty_file_is_not_taken_for_a_shop(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.touch()
    os.utime(path, (1_000_000_000, 1_000_000_000))  # long enough ago that nobody is just making it
    for opening in (open_store, open_database):
        with pytest.raises(Invalid, match=r"is empty: it holds no shop.*svc-tui restore"):
            opening(str(path))
    assert path.read_bytes() == b""


def test_a_database_of_another_program_gets_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    database = cysqlite.connect(str(path))  # type: ignore[attr-defined]  # its stub leaves this name out
    database.execute("CREATE TABLE photo (id INTEGER PRIMARY KEY)")
    database.close()
    before = path.read_bytes()
    for opening in (open_store, open_database):
        with pytest.raises(Invalid, match="another program"):
            opening(str(path))
    assert path.read_bytes() == before


def test_a_server_database_with_other_tables_gets_none_of_ours(postgresql_server: PostgresServer) -> None:
    name = postgresql_server.create_empty()
    with psycopg.connect(postgresql_server.url(name), autocommit=True) as connection:
        connection.execute("CREATE TABLE photo (id integer)")
        with pytest.raises(Invalid, match=r"other tables \(photo\)"):
            open_store(postgresql_server.url(name))
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert found == [("photo",)]
    postgresql_server.drop(name)


# -- bad days: the network ---------------------------------------------------------------------------------------------


NETWORKS = (
    "nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.glusterfs",
    "fuse.goofys", "fuse", "glusterfs",
)  # fmt: skip


@pytest.mark.parametrize("kind", NETWORKS)
def test_a_network_folder_is_refused_and_postgresql_named(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounts = f"20 1 0:1 / / rw - ext4 /dev/sda1 rw\n30 20 0:2 / {path.parent} rw shared:1 - {kind} server:/x rw\n"
    with _mounted(monkeypatch, mounts), pytest.raises(DatabaseTrouble, match=r"network folder .*PostgreSQL") as told:
        open_database(str(path))
    assert kind in str(told.value)
    assert str(path) in str(told.value)
    open_and_save(path)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "fuse.gocryptfs"])
def test_a_local_disk_is_taken_also_one_that_is_mounted_by_fuse(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounts = f"20 1 0:1 / / rw - ext4 /dev/sda1 rw\n30 20 0:2 / {path.parent} rw shared:1 - {kind} /dev/sdb1 rw\n"
    with _mounted(monkeypatch, mounts):
        open_and_save(path)


def test_davfs_is_known_by_what_it_was_mounted_from(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = f"30 20 0:2 / {path.parent} rw - unknown https://cloud.example/dav rw\n"
    with _mounted(monkeypatch, mounts), pytest.raises(DatabaseTrouble, match="network folder"):
        open_database(str(path))


def test_a_local_folder_below_a_network_one_is_taken_also_with_a_space_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "min butik"
    folder.mkdir()
    escaped = str(folder).replace(" ", "\\040")
    mounts = f"20 1 0:1 / / rw - nfs4 server:/ rw\n30 20 0:2 / {escaped} rw - ext4 /dev/sdb1 rw\n"
    with _mounted(monkeypatch, mounts):
        open_store(str(folder / "shop.db")).close()
        with pytest.raises(DatabaseTrouble, match="network folder"):
            open_store(str(tmp_path / "shop.db"))
    assert not (tmp_path / "shop.db").exists()


@contextmanager
def _mounted(monkeypatch: pytest.MonkeyPatch, table: str) -> Iterator[None]:
    """The kernel's mount table is another."""
    really = Path.read_text

    def read_text(path: Path, *arguments: Any, **named: Any) -> str:
        return table if str(path) == "/proc/self/mountinfo" else really(path, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", read_text)
        yield


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(DatabaseTrouble, match=r"cannot be reached.*try again"):
        open_database("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")


def test_another_program_that_holds_the_file_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svc_tui.db.core.sqlite_file.BUSY_SECONDS", 0.2)
    holder, store = open_database(str(path)), open_database(str(path))
    try:
        session = signed_in(store)
        before = image(store)
        holder.peewee.execute_sql("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseTrouble, match=r"Another program holds .*nothing was saved"):
            job(session)
        holder.peewee.execute_sql("ROLLBACK")
        assert image(store) == before
        job(session)
    finally:
        holder.close()
        store.close()
