"""No wait is without a limit, a word and a way out."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from svc_tui.db.core import server, waiting
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.troubles import translate
from svc_tui.db.core.waiting import Patience
from svc_tui.db.people.registers import read_registers
from svc_tui.domain.errors import DatabaseTrouble, DomainError
from svc_tui.domain.waits import GaveUp
from svc_tui.services.core.session import Session
from svc_tui.start import open_store
from tests.db.conftest import PostgresServer
from tests.db.holders import STRANGER, WRITER, holding
from tests.db.jobs import job
from tests.db.lost_answers import line_to

PATIENCE = 60


@pytest.fixture
def file(store: Store) -> Path:
    """The shop's file."""
    if store.path is None:
        pytest.skip("a server has a line of its own")
    return store.path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that a test can wait for."""
    begin = Patience.begin
    monkeypatch.setattr(Patience, "begin", lambda self, seconds: begin(self, min(seconds, 0.3)))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("program", "stopped", "told"),
    [
        (WRITER, False, r"^BK \(process {pid}\) has been writing since \d\d:\d\d:\d\d; nothing was saved"),
        (WRITER, True, r"program of BK \(process {pid}\) was stopped while it was writing.*kill -CONT {pid}"),
        (STRANGER, False, r"^python\S* \(process {pid}\) holds the database; nothing was saved"),
        (STRANGER, True, r"was stopped.*kill -CONT {pid}"),
    ],
)
def test_who_waits_too_long_is_told_who_holds_the_database(
    file: Path, shop: Session, program: str, stopped: bool, told: str
) -> None:
    with holding(file, program, stopped=stopped) as holder:
        with pytest.raises(DatabaseTrouble) as refused:
            job(shop)
        assert refused.match(told.format(pid=holder.pid))
    assert job(shop).number


@pytest.mark.parametrize("program", [WRITER, STRANGER])
def test_a_wait_can_be_given_up_and_nothing_is_written(file: Path, shop: Session, program: str) -> None:
    patience = Patience()
    before = shop.store.sql("SELECT count(*) FROM activity")
    with holding(file, program), shop.store.waits.watched(patience):
        threading.Timer(0.2, patience.give_up).start()
        with pytest.raises(GaveUp):
            job(shop)
    assert shop.store.sql("SELECT count(*) FROM activity") == before
    assert job(shop).number


@pytest.mark.usefixtures("impatient")
def test_who_gave_up_and_tries_again_has_kept_his_place_and_gets_the_lock(file: Path, shop: Session) -> None:
    with holding(file):
        for _time in range(3):
            with pytest.raises(DatabaseTrouble):
                job(shop)
    assert job(shop).number
    with shop.store.line_up():
        pass
    other = open_database(str(file))
    assert other.data_version() is not None
    other.close()


@pytest.mark.usefixtures("impatient")
def test_nobody_waits_in_line_and_for_a_stranger_one_after_the_other(file: Path, shop: Session) -> None:
    """The wait in line counts: four who save at once are all refused at the same limit."""
    refused: list[str] = []
    limit = threading.Barrier(5, timeout=PATIENCE)

    def save() -> None:
        store = open_database(str(file))
        patience = Patience()
        limit.wait()
        with store.waits.watched(patience):
            try:
                with store.transaction():
                    pass
            except DatabaseTrouble as trouble:
                refused.append(f"{trouble}")
        store.close()

    with holding(file, STRANGER):
        savers = [threading.Thread(target=save) for _number in range(4)]
        for saver in savers:
            saver.start()
        limit.wait()
        for saver in savers:
            saver.join(PATIENCE)
    assert len([told for told in refused if told.startswith("python")]) == 4, refused


def test_a_wait_that_is_over_is_told_to_whoever_has_no_screen(
    file: Path, shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "TOLD_AFTER", 0.1)
    told = threading.Event()
    shop.store.waits.told = told.set
    saving = threading.Thread(target=job, args=(shop,))
    with holding(file):
        saving.start()
        assert told.wait(PATIENCE)
    saving.join(PATIENCE)
    assert not saving.is_alive()


def test_a_helper_left_in_line_holds_no_lock_when_the_shop_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    store = open_store(str(path))
    patience = Patience()
    with holding(path):
        patience.give_up()
        with store.waits.watched(patience), pytest.raises(GaveUp), store.transaction():
            pass
        store.close()
        assert path.exists()
    with holding(path):
        pass
    again = open_store(str(path))
    with again.transaction():
        pass
    again.close()


@pytest.fixture(autouse=True)
def no_errors_in_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A helper that fails must not do so unseen."""
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    yield
    assert failed == []


# -- a server ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(shop: Session) -> Session:
    """A shop on a server."""
    if shop.store.dialect == "sqlite":
        pytest.skip("a file needs no server")
    return shop


def test_a_session_holds_one_connection_beside_its_watch_when_nothing_is_asked(
    served: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "REST", 2.0)
    witness = open_database(served.store.url)

    def mine() -> int:
        return int(witness.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")[0][0]) - 1

    async def work() -> None:
        store = served.store
        store.rest()
        await store.run(registers_read, served)
        await store.run_long(registers_read, served)
        await store.read(registers_read, served)
        await store.read_later(registers_read, served)
        assert mine() == 4
        async with asyncio.timeout(PATIENCE):
            while mine() > 1:
                await asyncio.sleep(0.05)
        await store.read(registers_read, served)
        assert mine() == 2

    asyncio.run(work())
    witness.close()


def registers_read(session: Session) -> int:
    return len(read_registers(session.store).employees)


def test_what_a_connection_is_opened_with_may_be_said_otherwise_in_the_address(served: Session) -> None:
    for name in ("keepalives", "keepalives_idle", "tcp_user_timeout", "connect_timeout"):
        assert name in server.settings(served.store.url)
        assert name not in server.settings(f"{served.store.url}&{name}=7")
    assert served.store.sql("SHOW lock_timeout") == [("10s",)]


def test_who_waits_for_a_row_on_a_server_is_told_for_whom_and_can_give_up(served: Session) -> None:
    other = open_database(served.store.url)
    other.waits.person = "BK"
    with other.transaction():
        other.execute_sql("UPDATE counter SET value = value WHERE name = 'activity'")

        async def save() -> None:
            saving = asyncio.create_task(served.store.run(job, served))
            holder = None
            async with asyncio.timeout(PATIENCE):
                while holder is None:
                    holder = await asyncio.to_thread(served.store.holder)
            assert (holder.initials, holder.since is not None) == ("BK", True)
            served.store.give_up()
            with pytest.raises(GaveUp):
                await saving

        asyncio.run(save())
    assert job(served).number
    other.close()


def test_a_row_that_stays_locked_is_refused_with_a_sentence(served: Session) -> None:
    other = open_database(served.store.url)
    with other.transaction():
        other.execute_sql("UPDATE counter SET value = value WHERE name = 'activity'")
        served.store.execute_sql("SET lock_timeout = 100")
        with pytest.raises(DatabaseTrouble, match=r"Somebody else is changing the same; nothing was saved"):
            job(served)
    assert job(served).number
    other.close()


def test_a_line_that_swallows_everything_can_be_given_up(
    served: Session, postgresql_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "CANCEL", 0.1)
    with tempfile.TemporaryDirectory(prefix="svc-") as folder, line_to(served.store.url, Path(folder)) as line:
        store = open_database(line.url)
        monkeypatch.setattr(line, "holds", True)

        async def ask() -> None:
            for asked in (store.run, store.read):
                asking = asyncio.create_task(asked(store.sql, "SELECT 1"))
                await asyncio.sleep(0.2)
                store.give_up()
                with pytest.raises(GaveUp):
                    await asking

        asyncio.run(ask())
        monkeypatch.setattr(line, "holds", False)
        store.close()


def test_a_full_server_says_what_to_set() -> None:
    for said in (
        "connection failed: FATAL:  sorry, too many clients already",
        "connection failed: FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute",
        'connection failed: FATAL:  too many connections for role "svc"',
    ):
        assert "max_connections" in str(translate(peewee.OperationalError(said), None))


def test_what_is_said_of_a_wait_is_a_refusal_with_a_sentence() -> None:
    assert isinstance(GaveUp(), DomainError)
    assert "nothing was saved" in str(GaveUp())
