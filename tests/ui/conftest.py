"""The desk for the tests of the screens: a small shop, built once a worker and copied for every test."""

from __future__ import annotations

import asyncio
import gc
import logging
import shutil
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from svc_tui.db.core.changes import Changes
from svc_tui.db.core.engine import Store, open_database
from svc_tui.domain.rights import Right
from svc_tui.screens.shell import list_reading
from svc_tui.services.core.session import Session
from svc_tui.services.people.settings import UserSettings
from svc_tui.services.people.settings import save as save_settings
from tests.ui import shop
from tests.ui.colleague import colleague
from tests.ui.desk import PATIENCE, Desk, open_desk

OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write tests/ui/goldens anew")


@pytest.fixture(autouse=True, scope="session")
def danish_time() -> Iterator[None]:
    """Local time is that of the shop, whatever the machine's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", shop.ZONE)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True, scope="session")
def nobodys_own_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The keys of whoever runs the tests are not looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True, scope="session")
def counts_at_once() -> Iterator[None]:
    """Tests need no pause in typing before it is counted what matches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(list_reading, "TYPED_AFTER", 0.0)
        yield


@pytest.fixture(autouse=True, scope="session")
def cursor_never_rests() -> Iterator[None]:
    """What is told when the cursor rests depends on the machine's speed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(list_reading, "REST", 3600.0)
        yield


@pytest.fixture(autouse=True)
def nothing_alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of one's jobs comes when it comes; `test_alarms.py` switches it on."""
    monkeypatch.setenv("SVC_TUI_ALARMS", "off")


@pytest.fixture
def cursor_rests_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For those who look at what is told then."""
    monkeypatch.setattr(list_reading, "REST", 0.01)


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory, danish_time: None) -> Path:
    """The shop, to be copied."""
    path = tmp_path_factory.mktemp("shop") / "shop.db"
    shop.build(path)
    return path


@pytest.fixture
def database(shop_file: Path, tmp_path: Path) -> Path:
    """A copy of the shop of the test's own."""
    path = tmp_path / "shop.db"
    shutil.copyfile(shop_file, path)
    return path


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """The copy, open."""
    opened = open_database(str(database))
    yield opened
    opened.close()


class _Errors(logging.Handler):
    """Remembers what the program logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(logging.Formatter("%(message)s").format(record))


@pytest.fixture(autouse=True)
def no_hidden_errors() -> Iterator[None]:
    """A key that was not dealt with is shown to the user as a sentence; to a test it is a failure."""
    handler = _Errors()
    log = logging.getLogger("svc_tui")
    log.addHandler(handler)
    yield
    log.removeHandler(handler)
    assert not handler.seen, "\n".join(handler.seen)


@pytest.fixture(autouse=True)
def every_act_has_a_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a screen does while its key waits is known again when it is tried again after a lost answer.

    Long acts, on a thread of their own, are looked ahead at anew; before that, what was lost is looked up.
    """
    act, without = Session.act, list[str]()

    def looked_at(
        session: Session, name: str, right: Right, operation_key: str | None = None, *rest: Any, **more: Any
    ) -> AbstractContextManager[Changes]:
        thread = threading.current_thread().name
        if operation_key is None and session.key_of_attempt is None and thread.startswith("database_"):
            without.append(name)
        return act(session, name, right, operation_key, *rest, **more)

    monkeypatch.setattr(Session, "act", looked_at)
    yield
    assert not without, f"acts that would be done twice: {without}; call the service through ask_service"


@pytest.fixture(autouse=True)
def collector_back() -> Iterator[None]:
    """The application freezes the garbage collector for good."""
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture
def open_at(store: Store) -> OpenDesk:
    """Opens the desk in the test's shop: `async with open_at(who="RO", size=(40, 24)) as desk`."""

    @asynccontextmanager
    async def opened(
        who: str = "AH",
        size: tuple[int, int] = (80, 24),
        language: str = "en",
        settings: UserSettings | None = None,
        on: Store | None = None,
        stored: bool = False,
    ) -> AsyncIterator[Desk]:
        chosen = on or store
        session = shop.sign_in(chosen, who, language=language)
        if settings is not None and stored:
            save_settings(session, settings)
        async with open_desk(chosen, session, settings=settings, size=size, language=language) as desk:
            yield desk

    return opened


@pytest.fixture
async def desk(open_at: OpenDesk) -> AsyncIterator[Desk]:
    """Anna Holm (AH), administrator, at an English terminal of 80 by 24."""
    async with open_at() as opened:
        yield opened


@pytest.fixture
def bent(database: Path) -> Iterator[Session]:
    """The same for a whole test."""
    with colleague(database) as session:
        yield session


@pytest.fixture
async def live(desk: Desk) -> Desk:
    """Anna's desk, watching."""
    async with asyncio.timeout(PATIENCE):
        while desk.app.live._watch is None:
            await asyncio.sleep(0.01)
    return desk
