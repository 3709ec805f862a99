"""Queries on activities: pages of a list by key, counts, the rows of one sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from svc_tui.db import search
from svc_tui.db.engine import Store
from svc_tui.domain.queries import ActivityQuery, Place
from svc_tui.domain.records import ActivityRow, LineRecord, LinkRecord, NoteRecord

MOST_BRANCHES = 24
"""More sets of ids than this are not merged branch by branch but walked in the order of the start time."""

_COLUMNS = (
    "a.id, a.number, a.start_at, a.end_at, a.promised_at, a.subject, a.type_id, a.status_id, a.stage,"
    " a.priority_id, a.responsible_id, COALESCE(c.name, ''), a.changed_at"
)

# Columns that may drive a page, best first: each has an index (column, start_at, id).
_DRIVERS = ("customer_id", "device_id", "responsible_id", "status_id", "stage", "type_id", "priority_id")

Condition = tuple[str, list[object]]


def page(
    store: Store, query: ActivityQuery, limit: int, after: Place | None = None, before: Place | None = None
) -> list[ActivityRow]:
    """At most `limit` rows that follow `after`, or precede `before`, in the list's order; both None: the first.

    The order is that of the start; where words are searched for it is that of registration, for the word index can
    be read in it: a common word has half a million hits, which nobody waits to see sorted.

    Index: (driver, start_at, id) for each value of the driving column, merged; (start_at, id) without one;
    the word index when words are searched for.
    """
    backwards = before is not None
    descending = query.newest_first != backwards
    place = before if backwards else after
    direction = "DESC" if descending else "ASC"
    if query.words:
        sql, parameters = _found_ids(store, query, limit, place, descending)
        rows = store.sql(
            f"SELECT {_COLUMNS} FROM ({sql}) AS found JOIN activity a ON a.id = found.id"
            f" LEFT JOIN contact c ON c.id = a.customer_id ORDER BY a.id {direction}",
            parameters,
        )
        if backwards:
            rows.reverse()
        return [ActivityRow(*row) for row in rows]
    sql, parameters = _ids(store, query, limit, place, descending)
    rows = store.sql(
        f"SELECT {_COLUMNS} FROM ({sql}) AS found JOIN activity a ON a.id = found.id"
        f" LEFT JOIN contact c ON c.id = a.customer_id ORDER BY a.start_at {direction}, a.id {direction}"
        f" LIMIT {limit}",
        parameters,
    )
    if backwards:
        rows.reverse()
    return [ActivityRow(*row) for row in rows]


def last_page(store: Store, query: ActivityQuery, limit: int) -> list[ActivityRow]:
    """The last `limit` rows in the list's order."""
    end = Place(-(2**62), -1) if query.newest_first else Place(2**62, 2**62)
    return page(store, query, limit, before=end)


def count(store: Store, query: ActivityQuery) -> int:
    """How many rows match; meant for the thread of long reads."""
    conditions = _conditions(store, query)
    if not conditions:
        # SQLite counts a whole table twenty times faster without any condition.
        return int(store.sql("SELECT count(*) FROM activity")[0][0])
    if query.words and len(conditions) == 1:
        matches, found = search.hits(store, "activity_search", query.words)
        return int(store.sql(f"SELECT count(*) FROM activity_search WHERE {matches}", found)[0][0])
    condition, parameters = _all(conditions)
    return int(store.sql(f"SELECT count(*) FROM activity AS a WHERE {condition}", parameters)[0][0])


def matching_ids(store: Store, query: ActivityQuery, limit: int) -> list[int]:
    """Ids of all that match, at most `limit`, in the list's order."""
    condition, parameters = _all(_conditions(store, query))
    direction = "DESC" if query.newest_first else "ASC"
    start = "" if query.words else f"a.start_at {direction}, "
    rows = store.sql(
        f"SELECT a.id FROM activity AS a WHERE {condition} ORDER BY {start}a.id {direction} LIMIT {limit}",
        parameters,
    )
    return [row[0] for row in rows]


def rows_of(store: Store, ids: Iterable[int]) -> list[ActivityRow]:
    """The list's rows of these jobs, in no order."""
    wanted = list(ids)
    marks = ",".join("?" * len(wanted))
    rows = store.sql(
        f"SELECT {_COLUMNS} FROM activity a LEFT JOIN contact c ON c.id = a.customer_id WHERE a.id IN ({marks})",
        wanted,
    )
    return [ActivityRow(*row) for row in rows]


# -- how a page is found ---------------------------------------------------------------------------------------


def _ids(store: Store, query: ActivityQuery, limit: int, place: Place | None, descending: bool) -> Condition:
    """A select of the ids of one page."""
    conditions = _conditions(store, query, but_for=(branches := _branches(query))[0])
    if place is not None:
        conditions.append((f"(a.start_at, a.id) {'<' if descending else '>'} (?, ?)", [*place]))
    direction = "DESC" if descending else "ASC"
    # Many customers have few jobs between them: better all of those sorted than the whole shop walked in order.
    few = not branches[0] and (query.customers or query.devices) and store.dialect == "sqlite"
    order = f"ORDER BY {'+' if few else ''}a.start_at {direction}, a.id {direction} LIMIT {limit}"
    selects: list[str] = []
    parameters: list[object] = []
    for number, branch in enumerate(branches[1]):
        condition, values = _all([*branch, *conditions])
        select = f"SELECT a.id, a.start_at FROM activity AS a WHERE {condition} {order}"
        selects.append(f"SELECT * FROM ({select}) AS branch{number}")
        parameters += values
    return " UNION ALL ".join(selects), parameters


def _found_ids(store: Store, query: ActivityQuery, limit: int, place: Place | None, descending: bool) -> Condition:
    """A select of the ids of one page of a word search, read off the word index in the order of id."""
    matches, found = search.hits(store, "activity_search", query.words)
    conditions: list[Condition] = [(matches, found), *_conditions(store, replace(query, words=()), but_for=("id",))]
    if place is not None:
        conditions.append((f"activity_search.rowid {'<' if descending else '>'} ?", [place.id]))
    sql, parameters = _all(conditions)
    # CROSS JOIN fixes the order of the two on SQLite; PostgreSQL is free to choose.
    join = "CROSS JOIN activity a" if store.dialect == "sqlite" else "JOIN activity a ON a.id = activity_search.rowid"
    same = " AND a.id = activity_search.rowid" if store.dialect == "sqlite" else ""
    return (
        f"SELECT a.id FROM activity_search {join} WHERE {sql}{same}"
        f" ORDER BY activity_search.rowid {'DESC' if descending else 'ASC'} LIMIT {limit}",
        parameters,
    )


def _branches(query: ActivityQuery) -> tuple[tuple[str, ...], list[list[Condition]]]:
    """The columns that drive the page and one list of conditions for each combination of their values."""
    if query.words or query.numbers is not None or query.ids is not None:
        return (), [[]]
    sets = {column: values for column, values in _id_sets(query) if values is not None}
    for columns in (("responsible_id", "status_id"), *((column,) for column in _DRIVERS)):
        if not all(column in sets for column in columns):
            continue
        choices = [sorted(sets[column], key=lambda value: value or 0) for column in columns]
        combined = list(product(*choices))
        if 0 < len(combined) <= MOST_BRANCHES:
            branches = [[_equals(*pair) for pair in zip(columns, values, strict=True)] for values in combined]
            return columns, branches
    return (), [[]]


def _id_sets(query: ActivityQuery) -> list[tuple[str, frozenset[int | None] | None]]:
    return [
        ("type_id", query.types),
        ("status_id", query.statuses),
        ("responsible_id", query.responsibles),
        ("priority_id", query.priorities),
        ("customer_id", query.customers),
        ("device_id", query.devices),
        ("stage", None if query.stages is None else frozenset(query.stages)),
    ]


def _conditions(store: Store, query: ActivityQuery, but_for: tuple[str, ...] = ()) -> list[Condition]:
    conditions: list[Condition] = []
    for column, values in _id_sets(query):
        if values is not None and column not in but_for:
            # SQLite has no statistics and may take this column's index for the better one, unless told to leave it.
            plain = "+" if but_for and store.dialect == "sqlite" else ""
            conditions.append(_among(column, values, plain))
    for column, values in query.excluded:
        sql, parameters = _among(column, values)
        known = f"a.{column} IS NOT NULL AND " if None not in values else ""
        conditions.append((f"NOT ({known}{sql})", parameters))
    if query.numbers is not None:
        conditions.append(_among("number", frozenset(query.numbers)))
    if query.ids is not None:
        conditions.append(_among("id", frozenset(query.ids)))
    for sql, value in (
        ("a.start_at >= ?", query.start_from),
        ("a.start_at < ?", query.start_before),
        ("a.promised_at >= ?", query.promised_from),
        ("a.promised_at < ?", query.promised_before),
    ):
        if value is not None:
            conditions.append((sql, [value]))
    if query.words:
        sql, parameters = search.matching(store, "activity_search", query.words)
        conditions.append((f"a.id IN ({sql})", parameters))
    for word in query.not_words:
        sql, parameters = search.matching(store, "activity_search", [word])
        conditions.append((f"a.id NOT IN ({sql})", parameters))
    return conditions


def _equals(column: str, value: int | None) -> Condition:
    return (f"a.{column} IS NULL", []) if value is None else (f"a.{column} = ?", [value])


def _among(column: str, values: frozenset[int | None], plain: str = "") -> Condition:
    known = sorted(value for value in values if value is not None)
    parts = [f"{plain}a.{column} IN ({','.join('?' * len(known))})"] if known else []
    if None in values:
        parts.append(f"{plain}a.{column} IS NULL")
    return (f"({' OR '.join(parts)})" if parts else "1 = 0"), list(known)


def _all(conditions: Iterable[Condition]) -> Condition:
    found = list(conditions)
    sql = " AND ".join(condition for condition, _ in found) or "1 = 1"
    return sql, [value for _, values in found for value in values]


# -- one sheet ---------------------------------------------------------------------------------------------------


def links_of(store: Store, activity_id: int) -> list[LinkRecord]:
    """Linked contacts in the order they were linked. Index: (activity_id, contact_id, role)."""
    rows = store.sql(
        "SELECT l.id, l.contact_id, l.person_id, l.role, c.name, c.number, COALESCE(p.name, ''),"
        " COALESCE(NULLIF(p.phone, ''), NULLIF(c.phone, ''), c.mobile) FROM activity_link l"
        " JOIN contact c ON c.id = l.contact_id LEFT JOIN contact_person p ON p.id = l.person_id"
        " WHERE l.activity_id = ? ORDER BY l.id",
        (activity_id,),
    )
    return [LinkRecord(*row) for row in rows]


def lines_of(store: Store, activity_id: int) -> list[LineRecord]:
    """Rows of the Product tab in their order. Index: activity_id."""
    rows = store.sql(
        "SELECT id, position, kind, product_id, code, text, unit, planned, used, price, discount, payer, state,"
        " order_id FROM activity_line WHERE activity_id = ? ORDER BY position, id",
        (activity_id,),
    )
    return [LineRecord(*row) for row in rows]


def notes_of(store: Store, activity_id: int) -> list[NoteRecord]:
    """Note entries, newest first. Index: activity_id."""
    rows = store.sql(
        "SELECT id, at, author_id, text, stamped FROM activity_note WHERE activity_id = ? ORDER BY at DESC, id DESC",
        (activity_id,),
    )
    return [NoteRecord(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
