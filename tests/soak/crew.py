"""Processes that work in one shop, and whether the shop they leave behind is whole."""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

from svc_tui.db.core.changes import new_operation_key
from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import NotFound, Restored
from svc_tui.domain.records import LineRecord, LinkRecord
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.people import contacts
from svc_tui.services.people.setup import FIRST_NUMBER, create_shop, is_set_up
from svc_tui.start import open_store

SUBJECT = "Prøve"
CORRECTED = "Rettet"
LINES = 2
TOTAL = LINES * 12_900
DEAD_AFTER = 10.0


def prepare(url: str) -> None:
    """A shop with one customer at `url`; nothing of it stays open here, so that processes may be forked."""
    store = open_store(url)
    if not is_set_up(store):
        create_shop(store, "da", "Prøvebutikken", "Anna Holm", "AH")
        contacts.create(desk(store), contacts.NewContact("Jensen & Søn ApS", phone="20 30 40 50"))
    store.close()


def desk(store: Store) -> Session:
    """Anna Holm at a terminal."""
    session = open_session(store, None, "da")
    session.employee = session.registers.employees[0]
    return session


def hire(work: Callable[[], None]) -> int:
    """Fork a process that does some work; gives its id. Its end is 0, or 1 with the error on the error stream."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def dismiss(child: int) -> None:
    """kill -9, and wait until it is gone."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class Acknowledged:
    """The operation keys whose save came back, written where a killed process leaves them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "acknowledged"
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def add(self, key: str) -> None:
        os.write(self._descriptor, f"{key}\n".encode())

    def all(self) -> list[str]:
        return self._path.read_text().split()

    def close(self) -> None:
        os.close(self._descriptor)


# -- work that can be checked ------------------------------------------------------------------------------------------


def new_job(session: Session, customer: int, key: str) -> int:
    """Register a job with a link, two lines and a note; gives its id."""
    sheet = activities.new_sheet(session, None, {})
    link = LinkRecord(-1, customer, None, "payer", "", 0, "", "")
    lines = tuple(
        LineRecord(-place, place, "part", None, "", "Kabel", "stk", 1000, None, 12_900, 0, "customer", "needed")
        for place in range(1, LINES + 1)
    )
    values = sheet.values | {"subject": SUBJECT, "customer": customer}
    return activities.save(session, SheetEdit(sheet, values, (link,), lines, SUBJECT, operation_key=key)).id


def correct(session: Session, activity_id: int, number: int, key: str) -> None:
    """Change the subject and add a note that says the same."""
    sheet = activities.open_sheet(session, activity_id)
    text = f"{CORRECTED} {number}"
    edit = SheetEdit(sheet, sheet.values | {"subject": text}, sheet.links, sheet.lines, text, operation_key=key)
    activities.save(session, edit)


def save_without_end(store: Store, acknowledged: Callable[[str], None], *, before: bool = False) -> None:
    """Register jobs and correct each twice, for ever; each save is acknowledged when it came back.

    Args:
        store: The shop.
        acknowledged: Told the operation key.
        before: A planted fault: say so before it is done.
    """
    session = desk(store)
    customer = contacts.search(session, "jensen")[0].id
    job = 0
    turn = 0
    while True:
        key = new_operation_key()
        if before:
            acknowledged(key)
        if turn % 3 == 0:
            job = new_job(session, customer, key)
        else:
            correct(session, job, turn % 3, key)
        if not before:
            acknowledged(key)
        turn += 1


def save_through_restores(url: str, acknowledged: Callable[[str], None]) -> None:
    """The same by somebody who goes on in the restored shop when a backup was put back."""
    store = open_store(url)
    while True:
        with suppress(Restored, NotFound):
            save_without_end(store, acknowledged)


# -- what is left behind -----------------------------------------------------------------------------------------------


def complaints(url: str, acknowledged: list[str]) -> list[str]:
    """What is wrong with a shop after its processes died: lost saves, halves, gaps, damage."""
    store = open_store(url)
    try:
        wait_until_alone(store)
        return [*_damage(store), *_lost(store, acknowledged), *_halves(store), *_gaps(store)]
    finally:
        store.close()


def wait_until_alone(store: Store) -> None:
    """Until a server has ended what killed processes left running."""
    if store.dialect == "sqlite":
        return
    deadline = time.monotonic() + DEAD_AFTER
    others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while store.sql(others) and time.monotonic() < deadline:
        time.sleep(0.05)


def _damage(store: Store) -> list[str]:
    said = [str(finding) for finding in findings(store)]
    if store.dialect == "sqlite":
        said += [f"integrity_check: {row[0]}" for row in store.sql("PRAGMA integrity_check") if row[0] != "ok"]
    return said


def _lost(store: Store, acknowledged: list[str]) -> list[str]:
    stored = {row[0] for row in store.sql("SELECT operation_key FROM change_set")}
    lost = [key for key in acknowledged if key not in stored]
    return [f"{len(lost)} of {len(acknowledged)} acknowledged saves are not there"] if lost else []


def _halves(store: Store) -> list[str]:
    """Jobs that have not all that was saved with them in one act."""
    wrong = []
    for number, subject, stored, links, lines, notes in store.sql(
        "SELECT a.number, a.subject, a.total,"
        " (SELECT count(*) FROM activity_link l WHERE l.activity_id = a.id),"
        " (SELECT count(*) FROM activity_line l WHERE l.activity_id = a.id),"
        " (SELECT count(*) FROM activity_note n WHERE n.activity_id = a.id) FROM activity a ORDER BY a.number"
    ):
        corrected = int(subject.split()[1]) if subject.startswith(CORRECTED) else 0
        if (links, lines, stored, notes) != (2, LINES, TOTAL, 1 + corrected):
            wrong.append(f"{number} ({subject}: {links} links, {lines} lines, {notes} notes, total {stored})")
    return [f"{len(wrong)} jobs are half written, the first is {wrong[0]}"] if wrong else []


def _gaps(store: Store) -> list[str]:
    numbers = [row[0] for row in store.sql("SELECT number FROM activity ORDER BY number")]
    expected = list(range(FIRST_NUMBER + 1, FIRST_NUMBER + 1 + len(numbers)))
    counter = store.sql("SELECT value FROM counter WHERE name = 'activity'")[0][0]
    if numbers != expected or counter != FIRST_NUMBER + len(numbers):
        return [f"numbers have gaps: {len(numbers)} jobs, the last is {numbers[-1:]}, the counter {counter}"]
    return []


# -- planted faults ----------------------------------------------------------------------------------------------------


def without_transactions() -> None:
    """From now on every statement of this process is committed by itself."""
    from collections.abc import Iterator

    @contextmanager
    def torn(store: Store) -> Iterator[None]:
        with store.troubles(), store.line_up():
            store._nesting.depth = 1
            try:
                yield
            finally:
                store._nesting.depth = 0

    Store.transaction = torn  # type: ignore[method-assign, assignment]


def report(figures: dict[str, int], wrong: list[str]) -> int:
    """Print what was done and what is wrong as one line; gives the exit status."""
    print(json.dumps({**figures, "complaints": wrong}, ensure_ascii=False), flush=True)
    return 1 if wrong else 0
