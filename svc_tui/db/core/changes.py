"""The change set: everything one act changed, written in one transaction with its history.

Every row that a user's act creates, changes or deletes goes through here. What follows from the rows (`derived.py`)
is brought up to date in the same transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from svc_tui.db.core import outcomes, rows
from svc_tui.db.core.derived import Beside, Marks
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import as_json, fields_of, read
from svc_tui.db.core.tables import AnyTable, described, owner_field
from svc_tui.domain.errors import N_, DatabaseTrouble, NotFound
from svc_tui.domain.operations import Act, Pending, Value, Values, key_after, new_operation_key
from svc_tui.domain.tables import ACTIVITY, CHANGE_SET, Described


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


def row_made(store: Store, operation_key: str, table: AnyTable) -> int | None:
    """The row of a table that the act with this key made; None while it has not been committed.

    Index: operation_key, change_set_id.
    """
    found = store.sql(
        "SELECT c.row_id FROM change_set s JOIN change c ON c.change_set_id = s.id"
        " WHERE s.operation_key = ? AND c.table_name = ? AND c.field = '' LIMIT 1",
        (operation_key, described(table).name),
    )
    return int(found[0][0]) if found else None


_Line = tuple[int | None, str, int, str, str | None, str | None]
"""One line of the history: job, table, row, field, old, new."""


class Noted:
    """Lines of the history, and what must follow from them."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.marks = Marks()

    def note(
        self, table: Described, row_id: int, row: Mapping[str, Value], field: str, old: str | None, new: str | None
    ) -> None:
        """One line; see `Changes.note`."""
        activity = row_id if table is ACTIVITY else row.get(owner_field(table, ACTIVITY) or table.of_job)
        self.lines.append((int(activity) if activity else None, table.name, row_id, field, old, new))
        self.marks.mark(table, row_id, row, field, new)

    def update(self, table: Described, row_id: int, before: Mapping[str, Value], changed: Mapping[str, Value]) -> None:
        """A line for each field that was changed and is not derived."""
        for name, value in changed.items():
            if name in table.fields:
                self.note(table, row_id, before, name, as_json(before[name]), as_json(value))

    def add(self, others: Noted) -> None:
        """The lines of another."""
        self.lines += others.lines
        self.marks.add(others.marks)


def image_of(table: Described, row: Mapping[str, Value]) -> str:
    """A whole row as the history holds it."""
    return json.dumps({name: value for name, value in row.items() if name in table.fields}, ensure_ascii=False)


def _refuse_derived(table: Described, values: Mapping[str, Value]) -> None:
    """What follows from others (`derived.py`) would be written over, or stand there without any history."""
    for name in (*table.derived, *table.keys):
        if name in values:
            raise ValueError(f"{table.name}.{name} follows from other values and is not given")


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
        self.beside = Beside(store, Act(act, at))
        self._noted = Noted()

    @property
    def count(self) -> int:
        """How many rows of history there are so far."""
        return len(self._noted.lines)

    def next_number(self, series: str) -> int:
        """The next number of a series, without gap: it is drawn in this transaction or not at all."""
        drawn = self.store.sql("UPDATE counter SET value = value + 1 WHERE name = ? RETURNING value", (series,))
        if not drawn:
            raise NotFound(N_("The number series {name} is missing; run svc-tui check."), name=series)
        return int(drawn[0][0])

    def insert(self, table: AnyTable, values: Mapping[str, Value]) -> int:
        """Create a row; gives its id. A row that comes back names its former one in `values`.

        Raises:
            ValueError: when a value is given for what follows from others.
        """
        table = described(table)
        _refuse_derived(table, values)
        row_id = rows.insert(self.store, table, {**values, **self.beside.of(table, values)})
        self.note(table, row_id, values, "", None, image_of(table, values))
        return row_id

    def update(self, table: AnyTable, row_id: int, values: Mapping[str, Value]) -> Values:
        """Write the fields that differ from what is stored; gives those, with their new values.

        Raises:
            NotFound: when the row is gone.
            ValueError: when a value is given for what follows from others.
        """
        table = described(table)
        _refuse_derived(table, values)
        current = read(self.store, table, row_id, lock=True)
        changed = {name: value for name, value in values.items() if current[name] != value}
        if not changed:
            return {}
        written = changed | self.beside.of(table, changed, current)
        if "version" in current:
            written["version"] = int(current["version"] or 0) + 1
        rows.update(self.store, table, row_id, written)
        self._noted.update(table, row_id, current, changed)
        return changed

    def delete(self, table: AnyTable, row_id: int) -> None:
        """Delete a row; its whole image goes into the history.

        Raises:
            NotFound: when the row is gone.
        """
        table = described(table)
        current = read(self.store, table, row_id, lock=True)
        rows.delete(self.store, table, row_id)
        self.note(table, row_id, current, "", image_of(table, current), None)

    def note(
        self, table: AnyTable, row_id: int, row: Mapping[str, Value], field: str, old: str | None, new: str | None
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
        self._noted.note(described(table), row_id, row, field, old, new)

    def note_all(self, noted: Noted) -> None:
        """Write the history of rows that were written in another way, made ready before."""
        self._noted.add(noted)

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
        lines = self._noted.lines
        if not lines:
            return
        self._noted.marks.bring_up(self.store, Act(self.act, self.at, self.operation_key, self.undoes))
        self.id = rows.insert(
            self.store,
            CHANGE_SET,
            {
                "operation_key": self.operation_key, "act": self.act, "actor": self.actor_id, "at": self.at,
                "undoes": self.undoes, "rows": len(lines), "part_of": self.part_of,
            },
        )  # fmt: skip
        columns = ("change_set_id", "activity_id", "table_name", "row_id", "field", "old", "new")
        rows.insert_many(self.store, "change", columns, [(self.id, *line) for line in lines])
        self.transaction = _notify(self.store, self.id)


def _notify(store: Store, change_set: int) -> int | None:
    """Other sessions hear of it when it is committed; gives the server's number of the transaction."""
    if store.dialect != "postgresql":
        return None
    return int(store.sql("SELECT txid_current(), pg_notify('svc_changes', ?)", (str(change_set),))[0][0])


def tell_everybody(store: Store, act: str) -> None:
    """Within a transaction that wrote what follows from others alone: other sessions read again whatever they show.

    Args:
        store: The database.
        act: What it is called; it has no rows, and is not among the acts of late (`change_log.heads`).
    """
    key = new_operation_key()
    store.own_acts.append(key)
    of_act = {"act": act, "actor": None, "at": int(time.time()), "undoes": None, "rows": 0, "part_of": None}
    _notify(store, rows.insert(store, CHANGE_SET, {"operation_key": key, **of_act}))


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
    if changes.id is not None:
        store.acknowledged.append((changes.id, changes.operation_key))


__all__ = [
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
