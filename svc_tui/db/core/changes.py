"""The change set: everything one act changed, written in one transaction with its history.

Every row that a user's act creates, changes or deletes goes through here. What is derived from the rows
(the word index, a job's total and stage) is brought up to date in the same transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from svc_tui.db.core import keys, outcomes, rows, search
from svc_tui.db.core.engine import Store
from svc_tui.db.core.models import (
    Activity,
    ActivityLine,
    Change,
    ChangeSet,
    Contact,
    ContactPerson,
    Device,
    Product,
    Table,
)
from svc_tui.db.core.rows import as_json, fields_of, in_chunks, read
from svc_tui.domain.errors import N_, DatabaseTrouble, NotFound
from svc_tui.domain.language.money import line_total
from svc_tui.domain.operations import Pending, Value, Values, key_after, new_operation_key

DERIVED = {"version", "changed_at", "stage", "total", *keys.NAMES}
"""Fields that follow from others and are not written to the history."""


_NAMES: dict[type[Table], tuple[str, ...]] = {
    Contact: ("name", "number"),
    ContactPerson: ("name",),
    Device: ("brand", "model", "serial"),
}
"""What a job's entry in the word index takes from rows that do not hang on it."""

_JOBS_NAMING: dict[type[Table], tuple[str, ...]] = {
    Contact: (
        "SELECT id FROM activity WHERE customer_id",
        "SELECT activity_id FROM activity_link WHERE contact_id",
    ),
    ContactPerson: ("SELECT activity_id FROM activity_link WHERE person_id",),
    Device: ("SELECT id FROM activity WHERE device_id",),
}
"""The jobs to index anew then. Indexes: (customer, start_at, id), contact_id, person_id, (device, start_at, id)."""


def is_done(store: Store, operation_key: str) -> bool:
    """Whether the act with this key has been committed."""
    return change_set_of(store, operation_key) is not None


def change_set_of(store: Store, operation_key: str) -> int | None:
    """The number of the change set with this key; None while it has not been committed. Index: operation_key."""
    found = store.sql("SELECT id FROM change_set WHERE operation_key = ?", (operation_key,))
    return int(found[0][0]) if found else None


def activity_of(store: Store, operation_key: str) -> int | None:
    """The job that the act with this key made or changed; None while it has not been committed.

    Index: operation_key, change_set_id.
    """
    found = store.sql(
        "SELECT c.activity_id FROM change_set s JOIN change c ON c.change_set_id = s.id"
        " WHERE s.operation_key = ? AND c.activity_id IS NOT NULL LIMIT 1",
        (operation_key,),
    )
    return int(found[0][0]) if found else None


def row_made(store: Store, operation_key: str, table: type[Table]) -> int | None:
    """The row of a table that the act with this key made; None while it has not been committed.

    Index: operation_key, change_set_id.
    """
    found = store.sql(
        "SELECT c.row_id FROM change_set s JOIN change c ON c.change_set_id = s.id"
        " WHERE s.operation_key = ? AND c.table_name = ? AND c.field = '' LIMIT 1",
        (operation_key, str(table._meta.table_name)),
    )
    return int(found[0][0]) if found else None


_Line = tuple[int | None, str, int, str, str | None, str | None]
"""One line of the history: job, table, row, field, old, new."""


class Noted(NamedTuple):
    """The history of changed jobs, made ready before the transaction that writes it."""

    lines: list[_Line]
    jobs: set[int]
    reworded: set[int]
    """Those with a changed word."""


def noted_of(updates: Iterable[tuple[int, Mapping[str, Value], Mapping[str, Value]]]) -> Noted:
    """The history of jobs whose own rows change: id, values before, and the fields that differ."""
    name = str(Activity._meta.table_name)
    worded = search.WORDED[name]
    noted = Noted([], set(), set())
    for job, before, changed in updates:
        if not changed:
            continue
        noted.jobs.add(job)
        for field, value in changed.items():
            if field not in DERIVED:
                noted.lines.append((job, name, job, field, as_json(before[field]), as_json(value)))
        if not worded.isdisjoint(changed):
            noted.reworded.add(job)
    return noted


class Changes:
    """The open change set: create, change and delete rows through it; it writes the history at the end."""

    def __init__(self, store: Store, actor_id: int | None, act: str, operation_key: str, at: int) -> None:
        self.store = store
        self.actor_id = actor_id
        self.act = act
        self.operation_key = operation_key
        self.began_with = operation_key
        """The key it was asked with; `operation_key` may follow it (see `known`)."""
        self.at = at
        """When, in whole seconds UTC: the same for every row of the act."""
        self.undoes: int | None = None
        self.part_of: int | None = None
        """The first change set of the act that this is a further part of."""
        self.id: int | None = None
        """Number of the change set; None until it is written, and for ever when nothing changed."""
        self.transaction: int | None = None
        """The server's number of the transaction that wrote it."""
        self._rows: list[_Line] = []
        self._directly: set[int] = set()
        """Jobs whose own row was written, and with it their version and time of change."""
        self._hung: set[int] = set()
        """Jobs on which a row was hung, changed or taken away."""
        self._priced: set[int] = set()
        """Jobs whose lines add up to something else now."""
        self._reworded: dict[type[Table], set[int]] = {Activity: set(), Contact: set(), Product: set()}
        """Whose entry in the word index must follow."""
        self._renamed: dict[type[Table], set[int]] = {Contact: set(), ContactPerson: set(), Device: set()}

    @property
    def count(self) -> int:
        """How many rows of history there are so far."""
        return len(self._rows)

    def next_number(self, series: str) -> int:
        """The next number of a series, without gap: it is drawn in this transaction or not at all."""
        drawn = self.store.sql("UPDATE counter SET value = value + 1 WHERE name = ? RETURNING value", (series,))
        if not drawn:
            raise NotFound(N_("The number series {name} is missing; run svc-tui check."), name=series)
        return int(drawn[0][0])

    def insert(self, table: type[Table], values: Mapping[str, Value]) -> int:
        """Create a row; gives its id. A row that comes back names its former one in `values`."""
        derived = {"stage": self.stage_of(values.get("status"))} if table is Activity else {}
        row_id = rows.insert(self.store, table, dict(values) | derived | keys.keyed(table, values))
        image = {name: value for name, value in values.items() if name not in DERIVED and name != "id"}
        self.note(table, row_id, values, "", None, json.dumps(image, ensure_ascii=False))
        return row_id

    def update(self, table: type[Table], row_id: int, values: Mapping[str, Value]) -> Values:
        """Write the fields that differ from what is stored; gives those, with their new values.

        Raises:
            NotFound: when the row is gone.
        """
        current = read(self.store, table, row_id, lock=True)
        changed = {name: value for name, value in values.items() if current[name] != value}
        if not changed:
            return {}
        written = dict(changed)
        if "version" in current:
            written["version"] = int(current["version"] or 0) + 1
        if table is Activity:
            written["changed_at"] = self.at
            if "status" in changed:
                written["stage"] = self.stage_of(changed["status"])
        rows.update(self.store, table, row_id, written | keys.keyed(table, changed, current))
        for name, value in changed.items():
            if name not in DERIVED:
                self.note(table, row_id, current, name, as_json(current[name]), as_json(value))
        if table is Device and "owner" in changed:
            self._mark(table, row_id, changed, "owner")
        return changed

    def delete(self, table: type[Table], row_id: int) -> None:
        """Delete a row; its whole image goes into the history.

        Raises:
            NotFound: when the row is gone.
        """
        current = read(self.store, table, row_id, lock=True)
        rows.delete(self.store, table, row_id)
        image = {name: value for name, value in current.items() if name not in DERIVED and name != "id"}
        self.note(table, row_id, current, "", json.dumps(image, ensure_ascii=False), None)

    def stage_of(self, status: Value) -> int:
        """The stage that a status puts a job in."""
        if not status:
            return 0
        found = self.store.sql("SELECT stage FROM activity_status WHERE id = ?", (status,))
        return int(found[0][0]) if found else 0

    def note(
        self, table: type[Table], row_id: int, row: Mapping[str, Value], field: str, old: str | None, new: str | None
    ) -> None:
        """Write one line of history for a row that was written in another way than by the methods above.

        Args:
            table: Which table.
            row_id: Which row.
            row: Its values, at least those that say what it hangs on.
            field: What changed; empty for a whole row that came or went.
            old: What it was, as JSON.
            new: What it is now, as JSON.
        """
        activity = row_id if table is Activity else row.get("activity")
        name = str(table._meta.table_name)
        self._rows.append((int(activity) if activity else None, name, row_id, field, old, new))
        if field in _NAMES.get(table, ()):
            self._renamed[table].add(row_id)
        self._mark(table, row_id, row, field)

    def note_jobs(self, noted: Noted) -> None:
        """Write the history of jobs whose own rows were changed."""
        self._rows += noted.lines
        self._directly |= noted.jobs
        self._reworded[Activity] |= noted.reworded

    def _mark(self, table: type[Table], row_id: int, row: Mapping[str, Value], field: str) -> None:
        """Remember whose derived data must follow."""
        worded = not field or field in search.WORDED.get(str(table._meta.table_name), ())
        if table is Activity:
            self._directly.add(row_id)
            if worded:
                self._reworded[Activity].add(row_id)
        elif activity := row.get("activity"):
            self._hung.add(int(activity))
            if table is ActivityLine:
                self._priced.add(int(activity))
            if worded:
                self._reworded[Activity].add(int(activity))
        elif not worded:
            return
        elif table is Contact:
            self._reworded[Contact].add(row_id)
        elif table is ContactPerson:
            self._reworded[Contact].add(int(row["contact"] or 0))
        elif table is Device and row.get("owner"):
            self._reworded[Contact].add(int(row["owner"] or 0))
        elif table is Product:
            self._reworded[Product].add(row_id)

    def known(self) -> list[int]:
        """Acts that are in under this one's key, whose chain it goes on with from now on; none for a first try."""
        found: list[int] = []
        while (act := change_set_of(self.store, self.operation_key)) is not None:
            found.append(act)
            self.operation_key = key_after(self.operation_key)
        if found:
            self.store.own_acts.append(self.operation_key)
        return found

    def finish(self) -> None:
        """Bring what is derived up to date and write the history; the caller commits."""
        if not self._rows:
            return
        self._derive()
        self.id = rows.insert(
            self.store,
            ChangeSet,
            {
                "operation_key": self.operation_key, "act": self.act, "actor": self.actor_id, "at": self.at,
                "undoes": self.undoes, "rows": len(self._rows), "part_of": self.part_of,
            },
        )  # fmt: skip
        columns = ("change_set_id", "activity_id", "table_name", "row_id", "field", "old", "new")
        rows.insert_many(self.store, "change", columns, [(self.id, *row) for row in self._rows])
        if self.store.dialect == "postgresql":
            told = self.store.sql("SELECT txid_current(), pg_notify('svc_changes', ?)", (str(self.id),))
            self.transaction = int(told[0][0])

    def _derive(self) -> None:
        store = self.store
        _add_up(store, self._priced)
        _touch(store, self._hung - self._directly, self.at)
        search.index_activities(store, self._reworded[Activity] | self._named_by_renamed())
        search.index_contacts(store, self._reworded[Contact])
        search.index_products(store, self._reworded[Product])

    def _named_by_renamed(self) -> set[int]:
        """Jobs that are found by a name which this act changed."""
        found: set[int] = set()
        for table, ids in self._renamed.items():
            for source in _JOBS_NAMING[table] if ids else ():
                marks = ",".join("?" * len(ids))
                found.update(row[0] for row in self.store.sql(f"{source} IN ({marks})", sorted(ids)))
        return found


def _add_up(store: Store, ids: Collection[int]) -> None:
    """The totals of jobs whose lines were changed."""
    for chunk, marks in in_chunks(ids):
        totals = dict.fromkeys(chunk, 0)
        for activity_id, quantity, price, discount in store.sql(
            "SELECT activity_id, COALESCE(used, planned), price, discount FROM activity_line"
            f" WHERE activity_id IN ({marks})",
            chunk,
        ):
            totals[activity_id] += line_total(quantity, price, discount)
        store.execute_many(
            "UPDATE activity SET total = ? WHERE id = ?",
            [(total, activity_id) for activity_id, total in totals.items()],
        )


def _touch(store: Store, ids: Collection[int], at: int) -> None:
    """A job is changed also when only a row that hangs on it was."""
    for chunk, marks in in_chunks(ids):
        store.execute_sql(
            f"UPDATE activity SET version = version + 1, changed_at = ? WHERE id IN ({marks})", (at, *chunk)
        )


@contextmanager
def change_set(
    store: Store, actor_id: int | None, act: str, operation_key: str | None = None, at: int | None = None
) -> Iterator[Changes]:
    """One act: a transaction, and at its end the history of what was changed.

    Args:
        store: The database.
        actor_id: The employee who acts; None for the program itself.
        act: What was done, as the command registry calls it (`activity.save`).
        operation_key: Made by the caller before the first try; an act with a key that is in is not done again.
        at: When, in seconds UTC; now when left out.

    Raises:
        DatabaseTrouble: when the database refuses; nothing is written then.
        Unclear: when the answer to the commit was lost and nobody can be asked whether it is in.
    """
    key = operation_key or new_operation_key()
    store.own_acts.append(key)
    changes = Changes(store, actor_id, act, key, int(time.time()) if at is None else at)
    try:
        with store.transaction():
            yield changes
            changes.finish()
    except DatabaseTrouble as trouble:
        if changes.id is None or not trouble.at_commit:
            raise
        lost = Pending(changes.operation_key, changes.began_with, act, changes.transaction, trouble)
        if not outcomes.settle(store, lost):
            raise
        store.has_written = True


__all__ = [
    "Change",
    "Changes",
    "Value",
    "Values",
    "activity_of",
    "change_set",
    "change_set_of",
    "fields_of",
    "is_done",
    "key_after",
    "new_operation_key",
    "read",
    "row_made",
]
