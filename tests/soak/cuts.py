"""The connection to PostgreSQL is cut at every step of a save: it is there once, or not at all, and never said wrongly.

python -m tests.soak.cuts --rounds 100
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import psycopg

from svc_tui.db.core.changes import is_done
from svc_tui.db.core.engine import Store, open_database
from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.domain.records import LineRecord
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from tests.soak.crew import desk, prepare, report
from tests.soak.server import postgresql

_names = count(1)
Edit = Callable[[Session, str], SheetEdit]


def main() -> int:
    options = _arguments()
    with ExitStack() as stack:
        url = options.database or stack.enter_context(postgresql())
        prepare(url)
        done = [cut_everywhere(url, naive=options.fault == "naive") for _ in range(options.rounds)]
    return report({"cuts": sum(cuts for cuts, _ in done)}, [said for _, some in done for said in some])


def cut_everywhere(url: str, *, naive: bool = False) -> tuple[int, list[str]]:
    """Cut a save of a new job and of a change at every step; gives the number of cuts and what went wrong.

    Args:
        url: The database.
        naive: A planted fault: the retry makes a new key.
    """
    store, witness = open_database(url), open_database(url)
    try:
        cuts, wrong = 0, []
        for edit in (_new, _change):
            for step in count(1):
                reached, said = _one(desk(store), witness, edit, step, naive)
                wrong += said
                cuts += 1
                if not reached:
                    break
            for when in ("before", "after"):
                wrong += _at_commit(desk(store), witness, edit, when, naive)
                cuts += 1
        return cuts, wrong
    finally:
        witness.close()
        store.close()


def _new(session: Session, name: str) -> SheetEdit:
    sheet = activities.new_sheet(session, None, {})
    line = LineRecord(-1, 0, "part", None, "", name, "stk", 1000, None, 12_900, 0, "customer", "needed")
    return SheetEdit(sheet, sheet.values | {"subject": name}, (), (line,), name)


def _change(session: Session, name: str) -> SheetEdit:
    saved = activities.save(session, _new(session, "Før"))
    sheet = activities.open_sheet(session, saved.id)
    line = LineRecord(-1, 1, "part", None, "", name, "stk", 1000, None, 12_900, 0, "customer", "needed")
    return SheetEdit(sheet, sheet.values | {"subject": name}, (), (*sheet.lines, line), name)


def _one(session: Session, witness: Store, edit: Edit, step: int, naive: bool) -> tuple[bool, list[str]]:
    name = f"Klip{next(_names)}"
    made = edit(session, name)
    with _cut_at(session.store, witness, step) as reached:
        wrong = _tried(session, witness, made)
    return bool(reached), wrong + _once(session, witness, made, name, f"step {step}", naive)


def _at_commit(session: Session, witness: Store, edit: Edit, when: str, naive: bool) -> list[str]:
    name = f"Klip{next(_names)}"
    made = edit(session, name)
    with _cut_around_commit(session.store, witness, when):
        wrong = _tried(session, witness, made)
    return wrong + _once(session, witness, made, name, f"{when} the commit", naive)


def _tried(session: Session, witness: Store, edit: SheetEdit) -> list[str]:
    """The first try: what it says must be true."""
    try:
        activities.save(session, edit)
    except DatabaseTrouble:
        return []
    return [] if is_done(witness, edit.operation_key) else ["called saved, and is not there"]


def _once(session: Session, witness: Store, edit: SheetEdit, name: str, where: str, naive: bool) -> list[str]:
    """The user saves again, and it is there once."""
    again = SheetEdit(edit.base, edit.values, edit.links, edit.lines, edit.new_note) if naive else edit
    activities.save(session, again)
    found = [
        witness.sql(sql, (name,))[0][0]
        for sql in (
            "SELECT count(*) FROM activity WHERE subject = ?",
            "SELECT count(*) FROM activity_line WHERE text = ?",
            "SELECT count(*) FROM activity_note WHERE text = ?",
        )
    ]
    return [] if found == [1, 1, 1] else [f"cut at {where}: {found} jobs, lines and notes after saving again"]


def _cut(store: Store, witness: Store) -> None:
    """End the server's side of a connection, and wait until it is gone."""
    connection: psycopg.Connection[Any] = store.peewee.connection()
    pid = connection.info.backend_pid
    witness.sql("SELECT pg_terminate_backend(?, 5000)", (pid,))


@contextmanager
def _cut_at(store: Store, witness: Store, step: int) -> Iterator[list[int]]:
    """Cut before a statement; the list holds it when it was reached."""
    really = store.peewee.execute_sql
    steps = count(1)
    reached: list[int] = []

    def execute(*args: Any, **named: Any) -> Any:
        if next(steps) == step:
            reached.append(step)
            _cut(store, witness)
        return really(*args, **named)

    store.peewee.execute_sql = execute
    try:
        yield reached
    finally:
        del store.peewee.execute_sql


@contextmanager
def _cut_around_commit(store: Store, witness: Store, when: str) -> Iterator[None]:
    """Cut before the commit is sent, or when it is done and only its answer is still to come."""
    really = store.peewee.commit

    def commit() -> None:
        if when == "after":
            really()
        _cut(store, witness)
        store.peewee.execute_sql("SELECT 1")  # meets the cut, as waiting for the answer would
        really()

    store.peewee.commit = commit
    try:
        yield
    finally:
        del store.peewee.commit


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="postgresql://...; a server of its own when left out")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--fault", choices=["naive"], help="a planted fault, which must be noticed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
