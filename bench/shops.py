"""The shops that are measured: made once under .make and used again, and what stands in their lists."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from svc_tui.db import activities as rows
from svc_tui.db.engine import open_database
from svc_tui.db.migrate import migrate
from svc_tui.services import contacts, lists
from svc_tui.services.session import Session, employee_by_initials, open_session
from svc_tui.widgets.lines import fit

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".make" / "bench"
INITIALS = "HV"
LOGIN = "svc-bench"
"""The system user who is that employee in the bench's shops, until the program takes --as."""
LANGUAGE = "en"
BESIDE = ("", "-wal", "-shm", ".queue")


@dataclass(frozen=True, slots=True)
class Shop:
    """A database file, and how many jobs were made in it."""

    path: Path
    activities: int

    @property
    def env(self) -> dict[str, str]:
        """What the program needs to know who works."""
        return {"LOGNAME": LOGIN}

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The employee's session, opened here."""
        store = open_database(str(self.path))
        try:
            session = open_session(store, None, LANGUAGE)
            session.employee = employee_by_initials(session.registers, INITIALS)
            yield session
        finally:
            store.close()

    def keys(self, text: str, limit: int) -> list[str]:
        """What tells the first jobs that a filter line shows of all jobs: number and beginning of the subject."""
        with self.session() as session:
            query = lists.resolve(session, lists.ALL, text)
            found = rows.page(session.store, query, limit)
        return [str(row.number).rjust(7) + fit(row.subject, 27)[:8] for row in found]

    def names(self, text: str, limit: int) -> list[str]:
        """The first contacts and persons that the picker shows for a text: the beginning of their lines."""
        with self.session() as session:
            found = contacts.search(session, text, "all", persons=True)[:limit]
        return [(f"   {row.person}" if row.person_id is not None else row.name)[:12].rstrip() for row in found]


def demo(activities: int) -> Shop:
    """A demo shop with so many jobs, made unless it is there."""
    path = FOLDER / f"{activities}.db"
    if not path.exists():
        print(f"Making a demo shop of {activities:,} jobs in {path.relative_to(ROOT)}.", file=sys.stderr)
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "svc_tui", "--language", "da", "demo", str(path)]
        subprocess.run([*command, "--activities", str(activities), "--contacts", str(max(activities // 5, 100)),
                        "--create-only"], cwd=ROOT, check=True)  # fmt: skip
    return opened(path, activities)


def opened(path: Path, activities: int = 0) -> Shop:
    """A shop that is there; its schema is brought up to date and our employee tied to the system user."""
    shop = Shop(path.absolute(), activities)
    store = open_database(str(shop.path))
    try:
        migrate(store)
        with store.transaction():
            store.execute_sql("UPDATE employee SET login = ? WHERE initials = ?", (LOGIN, INITIALS))
        if not activities:
            shop = Shop(shop.path, int(store.sql("SELECT count(*) FROM activity")[0][0]))
    finally:
        store.close()
    return shop


@contextmanager
def copied(shop: Shop) -> Iterator[Shop]:
    """A copy that is thrown away."""
    path = FOLDER / f"copy-{os.getpid()}.db"
    try:
        shutil.copyfile(shop.path, path)
        yield Shop(path, shop.activities)
    finally:
        for ending in BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
