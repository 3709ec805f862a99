"""How the ids of one page of a list are found: by walking the order's index, or by sorting the few that match.

A filter that leaves few jobs is served by its own index: what it finds is gathered and sorted, whatever the order.
Otherwise the index of the order is walked and the filter tested on the way; the indexes carry the columns that
filters ask for, so that a row passed over costs a look into the index, not one into the table.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Final
from weakref import WeakKeyDictionary

from svc_tui.db import ordering, search
from svc_tui.db.conditions import Condition, among, conditions, equals, every, id_sets
from svc_tui.db.engine import Store
from svc_tui.db.ordering import BY_START, Arm, Place, Stretch, is_by_customer
from svc_tui.db.terms import Period, periods
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow

MOST_BRANCHES: Final = 24
"""More sets of ids than this are not merged branch by branch but walked in the order of the start time."""

MOST_SORTED: Final = 4_000
"""So many jobs are sorted when their rows must be looked up one by one, 3 microseconds each."""

MOST_BY_TEXT: Final = 1_000
"""So many when they are sorted by a text, which costs 10 microseconds a job."""

MOST_IN_INDEX: Final = 40_000
"""So many when the index that finds them holds what they are sorted by."""

MOST_FAR: Final = 120_000
"""So many of those when walking the order would pass over most of the shop."""

MOST_FOUND: Final = 3_000
"""So many hits of words are sorted; more are shown in the order of registration, as the word index has them."""

BELIEVED: Final = 12_000
"""So many hits or more PostgreSQL is believed to have by its statistics: counting takes ten milliseconds there."""

_FIRST_ARMS = 6
"""So many ranges are read by the first statement of a page; nearly always they fill it."""

_KNOWN_FOR = 30.0
"""Seconds for which it is remembered how many jobs a value has; a wrong guess costs time only."""

FIRST, LAST = -(2**62), 2**62
"""Times before and behind every other."""

# Columns that may drive a page, best first: each has an index (column, start_at, id, ...).
_DRIVERS = (
    ("customer_id",), ("device_id",), ("responsible_id", "status_id"), ("responsible_id",), ("status_id",),
    ("created_by_id",), ("type_id",), ("priority_id",),
)  # fmt: skip

# Those whose index also holds what lists are sorted by, but for the texts.
_WIDE = (("status_id",), ("start_at",))

ORDERS_OF_TIMES: Final = {"promised_at": "promised", "end_at": "end", "changed_at": "changed"}
"""The order by each time that a period is asked of: such a list is walked within the period."""

_remembered: WeakKeyDictionary[Store, dict[object, tuple[float, int]]] = WeakKeyDictionary()


def page_ids(store: Store, query: ActivityQuery, limit: int, place: Place | None, backwards: bool) -> list[int]:
    """The ids of the next `limit` jobs after a place, or the ones before it, in the direction of reading."""
    query = by_status(store, query)
    if not all(id_sets(query).values()) or query.ids == frozenset() or query.numbers == frozenset():
        return []
    descending = query.order.descending != backwards
    few: tuple[str, ...] | None = None
    if query.words and query.ids is None and query.numbers is None:
        if not is_order_kept(store, query):
            return _found_ids(store, query, limit, place, descending)
        few = ("words",)
    sequence = ordering.stretches(store, query)
    if backwards:
        sequence.reverse()
    arms = ordering.arms(sequence, place, descending)
    if not arms:
        return []
    few = few or _few(store, query, sequence, descending)
    if few is not None:
        return _sorted(store, query, few, arms, limit, descending)
    return _walked(store, query, arms, limit, descending)


def place_of(store: Store, query: ActivityQuery, row: ActivityRow) -> Place:
    """Where a row stands in the order in which the query is read."""
    if query.words and query.ids is None and query.numbers is None and not is_order_kept(store, query):
        return Place("all", (row.id,))
    return ordering.place_of(query.order.column, row)


def jump_id(store: Store, query: ActivityQuery, wanted: int | str | frozenset[int]) -> int | None:
    """The first job at or after `wanted` in the order of the query: what the column sorted by is to hold.

    Args:
        store: The database.
        query: The list.
        wanted: A number, a time in seconds UTC, the beginning of a text, or ids of which the first in the list counts.

    Index: as for a page; number.
    """
    column, descending = query.order.column, query.order.descending
    if not is_order_kept(store, query):
        if column != "number" or not isinstance(wanted, int):
            return None
        sign, direction = ("<=", "DESC") if descending else (">=", "ASC")
        nearest = store.sql(
            f"SELECT id FROM activity WHERE number {sign} ? ORDER BY number {direction} LIMIT 1", (wanted,)
        )
        place = Place("all", (nearest[0][0],), included=True) if nearest else None
    elif isinstance(wanted, frozenset):
        names = [stretch.name for stretch in ordering.stretches(store, by_status(store, query)) if stretch.wanted]
        first = next((name for name in names if name in wanted), None)
        place = None if first is None else Place(first, (FIRST if not descending else LAST,), included=True)
    else:
        place = ordering.place_at(column, wanted, descending)
    found = page_ids(store, query, 1, place, False) if place is not None else []
    return found[0] if found else None


def is_order_kept(store: Store, query: ActivityQuery) -> bool:
    """Whether the query is read in its order: a common word is read in the order of registration instead.

    Index: the word index, of which no more is read than decides.
    """
    if not query.words or query.ids is not None or query.numbers is not None:
        return True
    matches, found = search.hits(store, "activity_search", query.words)
    hits = f"SELECT 1 AS one FROM activity_search WHERE {matches}"
    if store.dialect == "postgresql" and _remember(store, hits, found, _estimated) >= BELIEVED:
        return False
    return _counted(store, f"{hits} LIMIT {MOST_FOUND + 1}", found) <= MOST_FOUND


def by_status(store: Store, query: ActivityQuery) -> ActivityQuery:
    """The same query with its stages as the statuses that mean them, which is what the indexes hold."""
    if query.stages is None:
        return query
    meaning = store.sql("SELECT id, stage FROM activity_status")
    statuses: set[int | None] = {row[0] for row in meaning if row[1] in query.stages}
    if 0 in query.stages:
        statuses.add(None)
    wanted = frozenset(statuses if query.statuses is None else statuses & query.statuses)
    return query._replace(stages=None, statuses=wanted)


def _counted(store: Store, bounded: str, parameters: Sequence[object]) -> int:
    """How many rows a bounded select has; remembered for a while, for it is asked for every page."""
    return _remember(store, bounded, parameters, _count)


def _count(store: Store, bounded: str, parameters: Sequence[object]) -> int:
    return int(store.sql(f"SELECT count(*) FROM ({bounded}) AS bounded", parameters)[0][0])


def _estimated(store: Store, select: str, parameters: Sequence[object]) -> int:
    """How many rows PostgreSQL believes a select has, from its statistics."""
    said = store.sql(f"EXPLAIN (FORMAT JSON) {select}", parameters)[0][0]
    plan = json.loads(said) if isinstance(said, str) else said
    return int(plan[0]["Plan"]["Plan Rows"])


def _remember(
    store: Store, select: str, parameters: Sequence[object], ask: Callable[[Store, str, Sequence[object]], int]
) -> int:
    known = _remembered.setdefault(store, {})
    key, now = (select, *parameters), time.monotonic()
    if key not in known or now - known[key][0] > _KNOWN_FOR:
        if len(known) > 500:
            known.clear()
        known[key] = now, ask(store, select, parameters)
    return known[key][1]


# -- walking -------------------------------------------------------------------------------------------------------


def _walked(store: Store, query: ActivityQuery, arms: Sequence[Arm], limit: int, descending: bool) -> list[int]:
    found: dict[int, None] = {}
    for some in _portions(arms):
        selects = [_range(store, query, arm, limit - len(found), descending) for arm in some]
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


def _range(store: Store, query: ActivityQuery, arm: Arm, limit: int, descending: bool) -> Condition:
    """A select of the ids of one range, in its order."""
    stretch = arm.stretch
    columns, branches = _branches(query, stretch)
    rest = conditions(store, query, but_for=columns, bare=_bare(stretch))
    selects = [_walk(store, [*arm.conditions, *branch, *rest], arm, limit, descending) for branch in branches]
    if len(selects) == 1:
        return selects[0]
    direction = "DESC" if descending else "ASC"
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS branch{number}" for number, (sql, _) in enumerate(selects))
    merged = f"SELECT id FROM ({sql}) AS merged ORDER BY start_at {direction}, id {direction} LIMIT {limit}"
    return merged, [value for _, values in selects for value in values]


def _walk(store: Store, wanted: Iterable[Condition], arm: Arm, limit: int, descending: bool) -> Condition:
    condition, values = every(wanted)
    stretch = arm.stretch
    source, columns = "activity AS a", "a.id, a.start_at"
    if is_by_customer(stretch.keys):
        # CROSS JOIN fixes the order of the two on SQLite; PostgreSQL is free to choose.
        join = "CROSS JOIN" if store.dialect == "sqlite" else "JOIN"
        source = f"contact AS c {join} activity AS a ON a.customer_id = c.id"
    # PostgreSQL does not see that a column which IS NULL is constant; SQLite sees it, but not of an expression.
    keys = ((stretch.constant,) if stretch.constant and store.dialect == "postgresql" else ()) + arm.keys
    order = ", ".join(f"{key} {'DESC' if descending else 'ASC'}" for key in keys)
    return f"SELECT {columns} FROM {source} WHERE {condition} ORDER BY {order} LIMIT {limit}", values


def _bare(stretch: Stretch) -> tuple[str, ...]:
    """Columns of the stretch's index: what the filter says of them narrows the range."""
    return tuple(key.removeprefix("a.") for key in stretch.keys if key in ("a.start_at", "a.promised_at"))


def _branches(query: ActivityQuery, stretch: Stretch) -> tuple[tuple[str, ...], list[list[Condition]]]:
    """The columns that drive the page and one list of conditions for each combination of their values."""
    if stretch.keys != BY_START or stretch.constant or query.not_words:  # looked up for every branch anew
        return (), [[]]
    sets = id_sets(query)
    for columns in _DRIVERS:
        if not all(column in sets for column in columns):
            continue
        choices = [sorted(sets[column], key=lambda value: value or 0) for column in columns]
        combined = list(product(*choices))
        if len(combined) <= MOST_BRANCHES:
            branches = [[equals(*pair) for pair in zip(columns, values, strict=True)] for values in combined]
            return columns, branches
    return (), [[]]


# -- gathering and sorting -----------------------------------------------------------------------------------------


def _few(store: Store, query: ActivityQuery, sequence: Sequence[Stretch], descending: bool) -> tuple[str, ...] | None:
    """The columns by whose index few enough jobs are found to be sorted; None when the order's index is to be walked.

    Index: that of each column, of which no more is read than decides; which is remembered.
    """
    if query.ids is not None:
        return ("id",)
    if query.numbers is not None:
        return ("number",)
    in_index = query.order.column not in ("subject", "customer")
    most = MOST_SORTED if in_index else MOST_BY_TEXT
    for period in periods(query):
        if _are_at_most(store, period.within, most) or _is_far(store, query, period, descending):
            return (period.column,)
    sets = id_sets(query)
    driving = _branches(query, sequence[0])[0] if query.order.column == "start" else ()
    if query.order.column == "start" and not sets:
        return None
    since, before = _from(query.start_from), _before(query.start_before)
    drivers: dict[tuple[str, ...], list[Condition]] = {
        columns: [among(column, sets[column]) for column in columns]
        for columns in _DRIVERS
        if all(column in sets for column in columns)
    }
    if (since or before) and any(stretch.keys != BY_START for stretch in sequence):
        drivers[("start_at",)] = since + before
    for columns, wanted in drivers.items():
        if columns == driving:
            return None  # the index that is walked is the best there is
        if _are_at_most(store, wanted, MOST_IN_INDEX if in_index and columns in _WIDE else most):
            return columns
    if in_index and ("start_at",) in drivers:
        # The other orders follow time: reading from the far end, all that lies before the period is passed over.
        passed_over = _from(query.start_before) if descending else _before(query.start_from)
        if passed_over and not _are_at_most(store, passed_over, MOST_IN_INDEX):
            return ("start_at",) if _are_at_most(store, since + before, MOST_FAR) else None
    columns = next(iter(drivers), ())
    if len(drivers) > 1 and set(columns) <= set(ordering.FILTERED) and set(sets) <= set(ordering.FILTERED):
        # Each is common, but together they may be rare; that takes reading one of them whole, once in a while.
        plain = "+" if store.dialect == "sqlite" else ""
        wanted = [among(column, values, "" if column in columns else plain) for column, values in sets.items()]
        wanted += [(f"{plain}{sql}", values) for sql, values in since + before]
        if _are_at_most(store, wanted, most):
            return columns
    return None


def _is_far(store: Store, query: ActivityQuery, period: Period, descending: bool) -> bool:
    """Whether many jobs are passed over to a period of another time, and so few are in it that they are sorted.

    The orders follow all times, more or less: reading from the far end, what lies beyond the period comes first. Those
    of texts do not.
    """
    if query.order.column in ("subject", "customer", ORDERS_OF_TIMES.get(period.column)):
        return False
    beyond = period.beyond(descending)
    return (
        bool(beyond) and not _are_at_most(store, beyond, MOST_IN_INDEX) and _are_at_most(store, period.within, MOST_FAR)
    )


def _from(start: int | None) -> list[Condition]:
    return [] if start is None else [("a.start_at >= ?", [start])]


def _before(start: int | None) -> list[Condition]:
    return [] if start is None else [("a.start_at < ?", [start])]


def _are_at_most(store: Store, wanted: Iterable[Condition], most: int) -> bool:
    condition, parameters = every(wanted)
    return _counted(store, f"SELECT 1 AS one FROM activity AS a WHERE {condition} LIMIT {most + 1}", parameters) <= most


def _sorted(
    store: Store, query: ActivityQuery, columns: tuple[str, ...], arms: Sequence[Arm], limit: int, descending: bool
) -> list[int]:
    """The ids of one page of few jobs, found by the index of some columns and sorted. Index: that of the columns."""
    source, wanted = "activity AS a", conditions(store, query, bare=columns)
    if columns == ("words",):
        source, wanted = of_words(store, query)
    found = every(wanted)
    ranges = [every([*arm.stretch.where, *arm.where]) for arm in arms]
    ranks = [every(stretch.where) for stretch in {arm.stretch.name: arm.stretch for arm in arms}.values()]
    keys = max((arm.stretch.keys for arm in arms), key=len)
    order = [f"{key} {'DESC' if descending else 'ASC'}" for key in keys]
    if len(ranks) > 1:
        order.insert(0, f"CASE {' '.join(f'WHEN {sql} THEN {rank}' for rank, (sql, _) in enumerate(ranks))} END")
    key = ordering.letters_sql(store, "a.subject")
    named = " LEFT JOIN contact AS c ON c.id = a.customer_id" if is_by_customer(keys) else ""
    beyond = " OR ".join(f"({sql})" for sql, _ in ranges)
    ordered = f" WHERE {beyond} ORDER BY {', '.join(order)} LIMIT {limit}".replace(key, "a.subject_key")
    sorted_by = ordering.columns(store, query.order.column)
    rows = store.sql(
        f"WITH few AS MATERIALIZED (SELECT {sorted_by} FROM {source} WHERE {found[0]}) SELECT a.id FROM few AS a{named}"
        f"{ordered}",
        [*found[1], *_values(ranges), *(_values(ranks) if len(ranks) > 1 else ())],
    )
    return [row[0] for row in rows]


def _values(found: Iterable[Condition]) -> Iterator[object]:
    return (value for _, values in found for value in values)


# -- words ---------------------------------------------------------------------------------------------------------


def _found_ids(store: Store, query: ActivityQuery, limit: int, place: Place | None, descending: bool) -> list[int]:
    """The ids of one page of a search for common words, read off the word index in the order of id."""
    source, wanted = of_words(store, query)
    if place is not None:
        sign = ("<" if descending else ">") + ("=" if place.included else "")
        wanted.append((f"activity_search.rowid {sign} ?", [place.keys[-1]]))
    sql, parameters = every(wanted)
    rows = store.sql(
        f"SELECT a.id FROM {source} WHERE {sql}"
        f" ORDER BY activity_search.rowid {'DESC' if descending else 'ASC'} LIMIT {limit}",
        parameters,
    )
    return [row[0] for row in rows]


def of_words(store: Store, query: ActivityQuery) -> tuple[str, list[Condition]]:
    """The jobs that the word index finds, and all they must fulfil. Index: the word index, id.

    CROSS JOIN fixes the order of the two on SQLite; PostgreSQL is free to choose.
    """
    rest = conditions(store, query._replace(words=()), bare=())
    found = search.hits(store, "activity_search", query.words)
    return "activity_search CROSS JOIN activity AS a", [found, ("a.id = activity_search.rowid", []), *rest]
