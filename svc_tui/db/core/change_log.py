"""Reading the history: who changed what, the acts of late, and everything one act did."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.core.tables import AnyTable, column_of, described, pointing_at, references_of
from svc_tui.domain.order_tables import HANDOVER
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.tables import TABLES, Described
from svc_tui.domain.undoing import Step

RECKONED: Final = "company.reckoned"
"""Deadlines were brought up to other rules: it tells other sessions to read again, and nobody did it."""

_HEADER = "id, act, actor_id, at, undoes, rows, part_of"


class Head(NamedTuple):
    """One change set."""

    id: int
    act: str
    actor_id: int | None
    at: int
    undoes: int | None
    rows: int
    part_of: int | None = None
    """The first act of the import that this is a further part of."""


class Wanted(NamedTuple):
    """Which acts are asked for; None asks for all."""

    actor: int | None = None
    job: int | None = None
    since: int | None = None
    """Seconds UTC."""
    until: int | None = None
    """Seconds UTC, exclusive."""


ALL: Final = Wanted()


class Extent(NamedTuple):
    """On how many jobs an act worked, the first of them, and whether a job came or went by it."""

    jobs: int
    first: int | None
    whole: bool


class Use(NamedTuple):
    """A row that points to another: by which field of which table."""

    table: Described
    row: int
    field: str


def last_change(store: Store, table: str, row_id: int, field: str) -> Row | None:
    """(actor, when, change set) of the last act that wrote a field of a row. Index: (table_name, row_id)."""
    # The sum keeps PostgreSQL from walking the acts backwards until one of them happens to be it.
    found = store.sql(
        "SELECT actor_id, at, id FROM change_set WHERE id = (SELECT max(change_set_id + 0) FROM change"
        " WHERE table_name = ? AND row_id = ? AND field IN (?, ''))",
        (table, row_id, field),
    )
    return found[0] if found else None


def head_of(store: Store, change_set_id: int) -> Head | None:
    """One change set; None when there is no such."""
    found = store.sql(f"SELECT {_HEADER} FROM change_set WHERE id = ?", (change_set_id,))
    return Head(*found[0]) if found else None


def key_of(store: Store, change_set_id: int) -> str:
    """The operation key of a change set, empty when there is no such."""
    found = store.sql("SELECT operation_key FROM change_set WHERE id = ?", (change_set_id,))
    return str(found[0][0]) if found else ""


def heads_of(store: Store, ids: Iterable[int]) -> list[Head]:
    """These change sets, in no order."""
    found: list[Head] = []
    for chunk, marks in in_chunks(ids):
        found += [Head(*row) for row in store.sql(f"SELECT {_HEADER} FROM change_set WHERE id IN ({marks})", chunk)]
    return found


def heads(
    store: Store,
    limit: int,
    older_than: int | None = None,
    newer_than: int | None = None,
    actor_id: int | None = None,
    wanted: Wanted = ALL,
) -> list[Head]:
    """Acts, newest first: the next ones older than an act, or newer; of everybody, or of one employee.

    The further parts of an import are not among them: they belong to its first. Nor is what the program only tells
    other sessions: nothing of it could be looked into or undone, and it would stand above the act that caused it.

    Indexes: id, (actor_id, id); of a job (activity_id, change_set_id), of some days at.
    """
    # Not by the index of `part_of`: nearly all acts are no part of another.
    conditions: list[str] = ["+part_of IS NULL", "act <> ?"]
    parameters: list[object] = [RECKONED]
    newest = older_than is None and newer_than is None
    below = 2**62 if newest else older_than
    for condition, value in (("actor_id = ?", actor_id), ("id < ?", below), ("id > ?", newer_than)):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    if wanted.actor is not None:
        conditions.append("actor_id = ?")
        parameters.append(wanted.actor)
    if wanted.job is not None:
        conditions.append("id IN (SELECT change_set_id FROM change WHERE activity_id = ?)")
        parameters.append(wanted.job)
    if wanted.since is not None or wanted.until is not None:
        conditions.append("id IN (SELECT id FROM change_set WHERE at >= ? AND at < ?)")
        parameters += [
            -(2**62) if wanted.since is None else wanted.since,
            2**62 if wanted.until is None else wanted.until,
        ]
    rows = store.sql(
        f"SELECT {_HEADER} FROM change_set WHERE {' AND '.join(conditions)}"
        f" ORDER BY id {'DESC' if newer_than is None else 'ASC'} LIMIT {limit}",
        parameters,
    )
    if newer_than is not None:
        rows.reverse()
    return [Head(*row) for row in rows]


def parts_of(store: Store, ids: Iterable[int]) -> dict[int, int]:
    """The further parts of these imports, and how many lines of history each has. Index: part_of."""
    found: dict[int, int] = {}
    for chunk, marks in in_chunks(ids):
        for row in store.sql(f"SELECT id, rows FROM change_set WHERE part_of IN ({marks}) ORDER BY id", chunk):
            found[row[0]] = row[1]
    return found


def steps_of(store: Store, change_set_id: int) -> list[Step]:
    """Everything an act did with all its parts, in its order. Index: change_set_id."""
    rows: list[Row] = []
    for chunk, marks in in_chunks([change_set_id, *parts_of(store, [change_set_id])]):
        rows += store.sql(
            f"SELECT id, activity_id, table_name, row_id, field, old, new FROM change WHERE change_set_id IN ({marks})",
            chunk,
        )
    rows.sort()
    return [Step(*row[1:]) for row in rows]


class ActLine(NamedTuple):
    """One line of what an act did."""

    id: int
    history: HistoryRow
    activity_id: int | None
    """The job that it belongs to."""


def page_of_steps(store: Store, change_set_id: int, limit: int, after: int | None, before: int | None) -> list[ActLine]:
    """Some of what an act did, in its order.

    Index: change_set_id. PostgreSQL is kept from walking the ids of the whole history instead.
    """
    order = "c.id" if store.dialect == "sqlite" else "c.id + 0"
    place, value = ("<", before) if before is not None else (">", after or 0)
    ids = [change_set_id, *parts_of(store, [change_set_id])]
    rows = store.sql(
        "SELECT c.id, s.id, s.act, s.at, s.actor_id, c.table_name, c.row_id, c.field, c.old, c.new, c.activity_id"
        " FROM change_set s JOIN change c ON c.change_set_id = s.id"
        f" WHERE s.id IN ({','.join('?' * len(ids))}) AND {order} {place} ?"
        f" ORDER BY {order} {'DESC' if before is not None else 'ASC'} LIMIT {limit}",
        (*ids, value),
    )
    if before is not None:
        rows.reverse()
    return [ActLine(line_id, HistoryRow(*line), activity_id) for line_id, *line, activity_id in rows]


def names_of_jobs(store: Store, ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Number and subject of jobs, also of those that are gone. Indexes: id, (table_name, row_id)."""
    found: dict[int, tuple[int, str]] = {}
    for chunk, marks in in_chunks(ids):
        for row in store.sql(f"SELECT id, number, subject FROM activity WHERE id IN ({marks})", chunk):
            found[row[0]] = (row[1], row[2])
    for row_id, image in _images_of(store, "activity", set(ids) - set(found)).items():
        found[row_id] = (int(image.get("number") or 0), str(image.get("subject") or ""))
    return found


def names_of_others(store: Store, ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Number and name of the first row of acts that worked on no job. Index: change_set_id."""
    found: dict[int, tuple[int, str]] = {}
    for chunk, marks in in_chunks(ids):
        firsts = store.sql(
            "SELECT c.change_set_id, c.table_name, c.row_id FROM change c JOIN"
            f" (SELECT min(id) AS id FROM change WHERE change_set_id IN ({marks}) AND table_name <> '{HANDOVER.name}'"
            " GROUP BY change_set_id) AS first ON first.id = c.id",
            chunk,
        )
        for act, name, row_id in firsts:
            table = TABLES.get(name)
            if table is not None and (table.called or table.told_by):
                found[act] = _about(store, table, row_id)
    return found


def _about(store: Store, table: Described, row_id: int) -> tuple[int, str]:
    """Number and name of a row as it came or went, with the name of the one that it is told by."""
    image = _images_of(store, table.name, [row_id]).get(row_id, {})
    number, name = table.about(image)
    for target in (entry.target for entry in references_of(table) if entry.field == table.told_by):
        other = image.get(table.told_by)
        whose = names_of(store, target, [other]).get(other, "") if isinstance(other, int) else ""
        name = " ".join(part for part in (name, whose) if part)
    return number, name


def extents_of(store: Store, ids: Collection[int]) -> dict[int, Extent]:
    """On how many jobs these acts worked. Index: change_set_id."""
    found: dict[int, Extent] = {}
    for chunk, marks in in_chunks(ids):
        for act, jobs, first, whole in store.sql(
            "SELECT change_set_id, count(DISTINCT activity_id), min(activity_id),"
            " max(CASE WHEN table_name = 'activity' AND field = '' THEN 1 ELSE 0 END) FROM change"
            f" WHERE change_set_id IN ({marks}) GROUP BY change_set_id",
            chunk,
        ):
            found[act] = Extent(jobs, first, bool(whole))
    return found


def lines_of_rows(store: Store, table: str, ids: Iterable[int], limit: int) -> list[tuple[Any, ...]]:
    """Changes of rows: act, its name, time and actor, table, row, field, old, new. Index: (table_name, row_id)."""
    found: list[tuple[Any, ...]] = []
    for chunk, marks in in_chunks(ids):
        found += store.sql(
            "SELECT s.id, s.act, s.at, s.actor_id, c.table_name, c.row_id, c.field, c.old, c.new, c.id FROM change c"
            f" JOIN change_set s ON s.id = c.change_set_id WHERE c.table_name = ? AND c.row_id IN ({marks})"
            f" ORDER BY c.id DESC LIMIT {limit}",
            (table, *chunk),
        )
    return found


def undone_among(store: Store, ids: Iterable[int]) -> set[int]:
    """Those of these acts that were undone, and not done again since. Index: undoes."""
    wanted = set(ids)
    undoing: dict[int, list[int]] = defaultdict(list)
    look = set(wanted)
    while look:
        found: set[int] = set()
        for chunk, marks in in_chunks(look):
            for act, undoes in store.sql(f"SELECT id, undoes FROM change_set WHERE undoes IN ({marks})", chunk):
                undoing[undoes].append(act)
                found.add(act)
        look = found

    def is_undone(act: int) -> bool:
        return any(not is_undone(later) for later in undoing.get(act, ()))

    return {act for act in wanted if is_undone(act)}


def _images_of(store: Store, table: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The last whole image of rows. Index: (table_name, row_id)."""
    found: dict[int, dict[str, Any]] = {}
    for chunk, marks in in_chunks(ids):
        for row_id, old, new in store.sql(
            "SELECT row_id, old, new FROM change WHERE table_name = ? AND field = ''"
            f" AND row_id IN ({marks}) ORDER BY id",
            (table, *chunk),
        ):
            found[row_id] = json.loads(old or new or "{}")
    return found


def uses_of(store: Store, table: AnyTable, ids: Collection[int]) -> dict[int, list[Use]]:
    """Which rows point to these. Each foreign key that points to `table` has an index."""
    found: dict[int, list[Use]] = defaultdict(list)
    for key in pointing_at(described(table)) if ids else ():
        for chunk, marks in in_chunks(ids):
            select = f'SELECT "{key.column}", id FROM "{key.table.name}" WHERE "{key.column}" IN ({marks})'
            for target, row_id in store.sql(select, chunk):
                found[target].append(Use(key.table, row_id, key.field))
    return found


def rows_of_acts(store: Store, ids: Collection[int], table: Described) -> list[tuple[int, int]]:
    """(act, row) of every row of a table that these acts wrote, in the order they did. Index: change_set_id.

    COALESCE hides the name of the table: by its index SQLite would read all changes of that table.
    """
    found: list[tuple[int, int, int]] = []
    for chunk, marks in in_chunks(ids):
        found += store.sql(
            "SELECT min(id), change_set_id, row_id FROM change"
            f" WHERE change_set_id IN ({marks}) AND COALESCE(table_name, '') = ? GROUP BY change_set_id, row_id",
            (*chunk, table.name),
        )
    return [(act, row) for _, act, row in sorted(found)]


def names_of(
    store: Store, table: Described, ids: Collection[int], called: tuple[str, ...] | None = None
) -> dict[int, str]:
    """What rows are called, also those that are gone. Indexes: id, (table_name, row_id).

    Args:
        store: The database.
        table: Whose rows.
        ids: Which.
        called: The fields that say it; None: those that name a row in a sentence.
    """
    found: dict[int, str] = {}
    called = table.called if called is None else called
    columns = ", ".join(f'"{column_of(table, name)}"' for name in called)
    for chunk, marks in in_chunks(ids) if columns else ():
        for row_id, *parts in store.sql(f'SELECT id, {columns} FROM "{table.name}" WHERE id IN ({marks})', chunk):
            found[row_id] = " ".join(str(part) for part in parts if part)
    for row_id, image in _images_of(store, table.name, set(ids) - set(found)).items() if columns else ():
        found[row_id] = " ".join(str(image[part]) for part in called if image.get(part))
    return found


def lines_of_job(store: Store, activity_id: int, limit: int) -> list[HistoryRow]:
    """Changes of a job and of what hangs on it, the newest first. Index: (activity_id, change_set_id)."""
    rows = store.sql(
        "SELECT s.id, s.act, s.at, s.actor_id, c.table_name, c.row_id, c.field, c.old, c.new"
        " FROM change c JOIN change_set s ON s.id = c.change_set_id WHERE c.activity_id = ?"
        f" ORDER BY c.change_set_id DESC, c.id LIMIT {limit}",
        (activity_id,),
    )
    return [HistoryRow(*row) for row in rows]
