"""Queries on activities: pages of a list by key, counts, the rows of one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from svc_tui.db import ordering, search
from svc_tui.db.conditions import Condition, among, conditions, equals, every, id_sets
from svc_tui.db.engine import Store
from svc_tui.db.ordering import BY_CUSTOMER, BY_START, Arm, Place, Stretch
from svc_tui.db.terms import settled
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow, LineRecord, LinkRecord, NoteRecord

MOST_BRANCHES = 24
"""More sets of ids than this are not merged branch by branch but walked in the order of the start time."""

MOST_SORTED = 4_000
"""When a filter leaves no more jobs than this, they are found by its index and sorted, whatever the order."""

_FIRST_ARMS = 6
"""So many ranges are read by the first statement of a page; nearly always they fill it."""

_COLUMNS = (
    "a.id, a.number, a.start_at, a.end_at, a.promised_at, a.subject, a.type_id, a.status_id, a.stage,"
    " a.priority_id, a.responsible_id, COALESCE(c.name, ''), a.changed_at, a.customer_id"
)

# Columns that may drive a page, best first: each has an index (column, start_at, id).
_DRIVERS = (
    "customer_id", "device_id", "responsible_id", "status_id", "created_by_id", "stage", "type_id", "priority_id",
)  # fmt: skip


def page(
    store: Store,
    query: ActivityQuery,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """At most `limit` rows that follow `after`, or precede `before`, in the list's order; both None: the first.

    Where words are searched for, the order is that of registration, for the word index can be read in it: a common
    word has half a million hits, which nobody waits to see sorted.

    Index: that of the order (see `ordering`); by start (driver, start_at, id) for each value of the driving column,
    merged; the word index when words are searched for.
    """
    query = settled(store, query)
    row = after or before
    place = None if row is None else ordering.place_of(query.order.column, row)
    backwards = before is not None
    ids = (
        _found_ids(store, query, limit, row, backwards) if query.words else _ids(store, query, limit, place, backwards)
    )
    return _in_order(store, ids[::-1] if backwards else ids)


def last_page(store: Store, query: ActivityQuery, limit: int) -> list[ActivityRow]:
    """The last `limit` rows in the list's order."""
    query = settled(store, query)
    ids = _found_ids(store, query, limit, None, True) if query.words else _ids(store, query, limit, None, True)
    return _in_order(store, ids[::-1])


def count(store: Store, query: ActivityQuery) -> int:
    """How many rows match; meant for the thread of long reads."""
    query = settled(store, query)
    wanted = conditions(store, query)
    if not wanted:
        # SQLite counts a whole table twenty times faster without any condition.
        return int(store.sql("SELECT count(*) FROM activity")[0][0])
    if query.words and len(wanted) == 1:
        matches, found = search.hits(store, "activity_search", query.words)
        return int(store.sql(f"SELECT count(*) FROM activity_search WHERE {matches}", found)[0][0])
    condition, parameters = every(wanted)
    return int(store.sql(f"SELECT count(*) FROM activity AS a WHERE {condition}", parameters)[0][0])


def matching_ids(store: Store, query: ActivityQuery, limit: int) -> list[int]:
    """Ids of all that match, at most `limit`, in the list's order."""
    query = settled(store, query)
    return _found_ids(store, query, limit, None, False) if query.words else _ids(store, query, limit, None, False)


def rows_of(store: Store, ids: Iterable[int]) -> list[ActivityRow]:
    """The list's rows of these jobs, in no order. Index: id."""
    wanted = list(ids)
    marks = ",".join("?" * len(wanted))
    rows = store.sql(
        f"SELECT {_COLUMNS} FROM activity a LEFT JOIN contact c ON c.id = a.customer_id WHERE a.id IN ({marks})",
        wanted,
    )
    return [ActivityRow(*row) for row in rows]


def _in_order(store: Store, ids: Sequence[int]) -> list[ActivityRow]:
    by_id = {row.id: row for row in rows_of(store, ids)} if ids else {}
    return [by_id[activity_id] for activity_id in ids if activity_id in by_id]


# -- how a page is found ---------------------------------------------------------------------------------------


def _ids(store: Store, query: ActivityQuery, limit: int, place: Place | None, backwards: bool) -> list[int]:
    """The ids of one page, in the direction of reading."""
    descending = query.order.descending != backwards
    sequence = ordering.stretches(store, query)
    if backwards:
        sequence.reverse()
    arms = ordering.arms(sequence, place, descending)
    if not arms:
        return []
    few = _few(store, query, sequence)
    if few is not None:
        return _sorted(store, query, few, arms, limit, descending)
    found: dict[int, None] = {}
    for some in _portions(arms):
        selects = [_select(store, query, arm, limit - len(found), descending) for arm in some]
        sql = " UNION ALL ".join(f"SELECT id FROM ({sql}) AS arm{number}" for number, (sql, _) in enumerate(selects))
        parameters = [value for _, values in selects for value in values]
        found.update((row[0], None) for row in store.sql(f"{sql} LIMIT {limit - len(found)}", parameters))
        if len(found) >= limit:
            break
    return list(found)


def _portions(arms: Sequence[Arm]) -> Iterator[Sequence[Arm]]:
    yield arms[:_FIRST_ARMS]
    for at in range(_FIRST_ARMS, len(arms), 4 * _FIRST_ARMS):
        yield arms[at : at + 4 * _FIRST_ARMS]


def _select(store: Store, query: ActivityQuery, arm: Arm, limit: int, descending: bool) -> Condition:
    """A select of the ids of one range, in its order."""
    stretch = arm.stretch
    direction = "DESC" if descending else "ASC"
    order = [f"{key} {direction}" for key in ((stretch.constant,) if stretch.constant else ()) + stretch.keys]
    columns, branches = _branches(query, stretch)
    rest = conditions(store, query, but_for=columns, bare=_bare(stretch))
    selects = [_walk(store, [*stretch.where, *arm.where, *branch, *rest], stretch, order, limit) for branch in branches]
    if len(selects) == 1:
        return selects[0]
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS branch{number}" for number, (sql, _) in enumerate(selects))
    merged = f"SELECT id FROM ({sql}) AS merged ORDER BY start_at {direction}, id {direction} LIMIT {limit}"
    return merged, [value for _, values in selects for value in values]


def _walk(store: Store, wanted: Iterable[Condition], stretch: Stretch, order: Sequence[str], limit: int) -> Condition:
    condition, values = every(wanted)
    source, columns = "activity AS a", "a.id"
    if stretch.keys == BY_CUSTOMER:
        # CROSS JOIN fixes the order of the two on SQLite; PostgreSQL is free to choose.
        join = "CROSS JOIN" if store.dialect == "sqlite" else "JOIN"
        source = f"contact AS c {join} activity AS a ON a.customer_id = c.id"
    if stretch.keys == BY_START:
        columns = "a.id, a.start_at"
    return f"SELECT {columns} FROM {source} WHERE {condition} ORDER BY {', '.join(order)} LIMIT {limit}", values


def _bare(stretch: Stretch) -> tuple[str, ...]:
    """Columns of the stretch's index: what the filter says of them narrows the range."""
    return tuple(key.removeprefix("a.") for key in stretch.keys if key in ("a.start_at", "a.promised_at"))


def _branches(query: ActivityQuery, stretch: Stretch) -> tuple[tuple[str, ...], list[list[Condition]]]:
    """The columns that drive the page and one list of conditions for each combination of their values."""
    if stretch.keys != BY_START or stretch.constant:
        return (), [[]]
    sets = id_sets(query)
    for columns in (("responsible_id", "status_id"), *((column,) for column in _DRIVERS)):
        if not all(column in sets for column in columns):
            continue
        choices = [sorted(sets[column], key=lambda value: value or 0) for column in columns]
        combined = list(product(*choices))
        if 0 < len(combined) <= MOST_BRANCHES:
            branches = [[equals(*pair) for pair in zip(columns, values, strict=True)] for values in combined]
            return columns, branches
    return (), [[]]


def _few(store: Store, query: ActivityQuery, sequence: Sequence[Stretch]) -> tuple[str, ...] | None:
    """The columns by whose index few enough jobs are found to be sorted; None when the order's index is to be walked.

    Index: that of each column, of which no more is read than decides.
    """
    if query.ids is not None:
        return ("id",)
    if query.numbers is not None:
        return ("number",)
    if len(_branches(query, sequence[0])[1]) > 1 or _branches(query, sequence[0])[0]:
        return None
    sets = id_sets(query)
    for columns in (("responsible_id", "status_id"), *((column,) for column in _DRIVERS)):
        if not all(column in sets for column in columns):
            continue
        condition, parameters = every(among(column, sets[column]) for column in columns)
        bounded = f"SELECT 1 AS one FROM activity AS a WHERE {condition} LIMIT {MOST_SORTED + 1}"
        if store.sql(f"SELECT count(*) FROM ({bounded}) AS bounded", parameters)[0][0] <= MOST_SORTED:
            return columns
    return None


def _sorted(
    store: Store, query: ActivityQuery, columns: tuple[str, ...], arms: Sequence[Arm], limit: int, descending: bool
) -> list[int]:
    """The ids of one page of few jobs, found by the index of some columns and sorted. Index: that of the columns."""
    condition, parameters = every(conditions(store, query, bare=columns))
    direction = "DESC" if descending else "ASC"
    together = list(dict.fromkeys(arm.stretch.name for arm in arms))
    ranks: list[Condition] = []
    wanted: list[Condition] = []
    for arm in arms:
        wanted.append(every([*arm.stretch.where, *arm.where]))
        ranks.append(every(arm.stretch.where))
    rank = " ".join(
        f"WHEN {sql} THEN {together.index(arm.stretch.name)}" for (sql, _), arm in zip(ranks, arms, strict=True)
    )
    keys = max((arm.stretch.keys for arm in arms), key=len)
    named = " LEFT JOIN contact AS c ON c.id = a.customer_id" if keys == BY_CUSTOMER else ""
    rows = store.sql(
        f"WITH few AS MATERIALIZED (SELECT {ordering.COLUMNS} FROM activity AS a WHERE {condition})"
        f" SELECT a.id FROM few AS a{named} WHERE {' OR '.join(f'({sql})' for sql, _ in wanted)}"
        f" ORDER BY CASE {rank} END, {', '.join(f'{key} {direction}' for key in keys)} LIMIT {limit}",
        [*parameters, *(value for _, values in (*wanted, *ranks) for value in values)],
    )
    return [row[0] for row in rows]


def _found_ids(store: Store, query: ActivityQuery, limit: int, row: ActivityRow | None, backwards: bool) -> list[int]:
    """The ids of one page of a word search, read off the word index in the order of id."""
    descending = query.order.descending != backwards
    matches, found = search.hits(store, "activity_search", query.words)
    wanted: list[Condition] = [
        (matches, found),
        *conditions(store, replace(query, words=()), bare=()),
    ]
    if row is not None:
        wanted.append((f"activity_search.rowid {'<' if descending else '>'} ?", [row.id]))
    sql, parameters = every(wanted)
    # CROSS JOIN fixes the order of the two on SQLite; PostgreSQL is free to choose.
    join = "CROSS JOIN activity a" if store.dialect == "sqlite" else "JOIN activity a ON a.id = activity_search.rowid"
    same = " AND a.id = activity_search.rowid" if store.dialect == "sqlite" else ""
    rows = store.sql(
        f"SELECT a.id FROM activity_search {join} WHERE {sql}{same}"
        f" ORDER BY activity_search.rowid {'DESC' if descending else 'ASC'} LIMIT {limit}",
        parameters,
    )
    return [found_row[0] for found_row in rows]


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
