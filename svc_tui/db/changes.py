"""The change set: everything one act changed, written in one transaction with its history.

Every row that a user's act creates, changes or deletes goes through here. What is derived from the rows
(the word index, a job's total and stage) is brought up to date in the same transaction.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from svc_tui.db import search
from svc_tui.db.engine import Row, Store
from svc_tui.db.models import (
    Activity,
    ActivityLine,
    ActivityStatus,
    Change,
    ChangeSet,
    Contact,
    ContactPerson,
    Counter,
    Device,
    Product,
    Table,
)
from svc_tui.domain.errors import N_, NotFound
from svc_tui.domain.money import line_total

Value = str | int | bool | None
Values = dict[str, Value]

DERIVED = {"version", "changed_at", "stage", "total"}
"""Fields that follow from others and are not written to the history."""


def new_operation_key() -> str:
    """A key made before the first try of an act, so that it happens once however often it is tried."""
    return str(uuid.uuid4())


def is_done(store: Store, operation_key: str) -> bool:
    """Whether the act with this key has been committed."""
    return store.value(ChangeSet.select(ChangeSet.id).where(ChangeSet.operation_key == operation_key)) is not None


def fields_of(table: type[Table]) -> list[str]:
    """Names of a table's fields in their order; a foreign key's is without `_id`."""
    return [field.name for field in table._meta.sorted_fields]


def read(store: Store, table: type[Table], row_id: int, *, lock: bool = False) -> Values:
    """One row as a mapping from field name to value, foreign keys as ids.

    Raises:
        NotFound: when there is no such row.
    """
    query = table.select(*table._meta.sorted_fields).where(table.id == row_id)
    if lock and store.dialect == "postgresql":
        query = query.for_update()
    found = store.row(query)
    if found is None:
        raise NotFound(N_("This row is no longer there; somebody else deleted it. Press F5 to read again."))
    return dict(zip(fields_of(table), found, strict=True))


class Changes:
    """The open change set: create, change and delete rows through it; it writes the history at the end."""

    def __init__(self, store: Store, actor_id: int | None, act: str, operation_key: str, at: int) -> None:
        self.store = store
        self.actor_id = actor_id
        self.act = act
        self.operation_key = operation_key
        self.at = at
        """When, in whole seconds UTC: the same for every row of the act."""
        self.undoes: int | None = None
        self.id: int | None = None
        """Number of the change set; None until it is written, and for ever when nothing changed."""
        self._rows: list[tuple[int | None, str, int, str, str | None, str | None]] = []
        self._activities: set[int] = set()
        self._directly: set[int] = set()
        self._contacts: set[int] = set()
        self._products: set[int] = set()

    @property
    def count(self) -> int:
        """How many rows of history there are so far."""
        return len(self._rows)

    def next_number(self, series: str) -> int:
        """The next number of a series, without gap: it is drawn in this transaction or not at all."""
        self.store.execute(Counter.update(value=Counter.value + 1).where(Counter.name == series))
        number = self.store.value(Counter.select(Counter.value).where(Counter.name == series))
        if number is None:
            raise NotFound(N_("The number series {name} is missing; run svc-tui check."), name=series)
        return int(number)

    def insert(self, table: type[Table], values: Mapping[str, Value]) -> int:
        """Create a row; gives its id."""
        row_id = int(self.store.execute(table.insert(**values)))
        if table is Activity:
            self._directly.add(row_id)
        image = {name: value for name, value in values.items() if name not in DERIVED}
        self._note(table, row_id, values, "", None, json.dumps(image, ensure_ascii=False))
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
            self._directly.add(row_id)
        self.store.execute(table.update(**written).where(table.id == row_id))
        for name, value in changed.items():
            if name not in DERIVED:
                self._note(table, row_id, current, name, json.dumps(current[name]), json.dumps(value))
        if table is Device and "owner" in changed:
            self._mark(table, row_id, changed)
        return changed

    def delete(self, table: type[Table], row_id: int) -> None:
        """Delete a row; its whole image goes into the history.

        Raises:
            NotFound: when the row is gone.
        """
        current = read(self.store, table, row_id, lock=True)
        self.store.execute(table.delete().where(table.id == row_id))
        image = {name: value for name, value in current.items() if name not in DERIVED and name != "id"}
        self._note(table, row_id, current, "", json.dumps(image, ensure_ascii=False), None)

    def _note(
        self, table: type[Table], row_id: int, row: Mapping[str, Value], field: str, old: str | None, new: str | None
    ) -> None:
        activity = row_id if table is Activity else row.get("activity")
        name = str(table._meta.table_name)
        self._rows.append((int(activity) if activity else None, name, row_id, field, old, new))
        self._mark(table, row_id, row)

    def _mark(self, table: type[Table], row_id: int, row: Mapping[str, Value]) -> None:
        """Remember whose derived data must follow."""
        if table is Activity:
            self._activities.add(row_id)
        elif activity := row.get("activity"):
            self._activities.add(int(activity))
        elif table is Contact:
            self._contacts.add(row_id)
        elif table is ContactPerson:
            self._contacts.add(int(row["contact"] or 0))
        elif table is Device and row.get("owner"):
            self._contacts.add(int(row["owner"] or 0))
        elif table is Product:
            self._products.add(row_id)

    def finish(self) -> None:
        """Bring what is derived up to date and write the history; the caller commits."""
        if not self._rows:
            return
        self._derive()
        self.id = int(
            self.store.execute(
                ChangeSet.insert(
                    operation_key=self.operation_key,
                    act=self.act,
                    actor=self.actor_id,
                    at=self.at,
                    undoes=self.undoes,
                    rows=len(self._rows),
                )
            )
        )
        self.store.execute_many(
            f"INSERT INTO {self._quoted('change')}(change_set_id, activity_id, table_name, row_id, field, old, new)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(self.id, *row) for row in self._rows],
        )
        if self.store.dialect == "postgresql":
            self.store.sql("SELECT pg_notify('svc_changes', ?)", (str(self.id),))

    @staticmethod
    def _quoted(table: str) -> str:
        return f'"{table}"'

    def _derive(self) -> None:
        store = self.store
        for activity_id in self._activities:
            _derive_activity(store, activity_id, None if activity_id in self._directly else self.at)
        search.index_activities(store, self._activities)
        search.index_contacts(store, self._contacts)
        search.index_products(store, self._products)


def _derive_activity(store: Store, activity_id: int, touched_at: int | None) -> None:
    """A job's stage and total; and its time of change when only a row that hangs on it was changed."""
    row = store.row(Activity.select(Activity.status, Activity.version).where(Activity.id == activity_id))
    if row is None:
        return
    lines: list[Row] = store.rows(
        ActivityLine.select(ActivityLine.planned, ActivityLine.used, ActivityLine.price, ActivityLine.discount).where(
            ActivityLine.activity == activity_id
        )
    )
    total = sum(
        line_total(planned if used is None else used, price, discount) for planned, used, price, discount in lines
    )
    stage = store.value(ActivityStatus.select(ActivityStatus.stage).where(ActivityStatus.id == row[0])) or 0
    derived: Values = {"stage": stage, "total": total}
    if touched_at is not None:
        derived |= {"changed_at": touched_at, "version": row[1] + 1}
    store.execute(Activity.update(**derived).where(Activity.id == activity_id))


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
    """
    key = operation_key or new_operation_key()
    changes = Changes(store, actor_id, act, key, int(time.time()) if at is None else at)
    with store.transaction():
        yield changes
        changes.finish()


__all__ = ["Change", "Changes", "Value", "Values", "change_set", "fields_of", "is_done", "new_operation_key", "read"]
