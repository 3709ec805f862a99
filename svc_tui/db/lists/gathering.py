"""Of how many jobs a filter leaves it is decided by which index they are found: gathered and sorted, or walked.

Nothing is counted further than decides, and what was counted is remembered for a while, for every page asks it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Final
from weakref import WeakKeyDictionary

from svc_tui.db.core import search
from svc_tui.db.core.engine import Store
from svc_tui.db.lists import ordering
from svc_tui.db.lists.conditions import Condition, among, conditions, equals, every, id_sets, one_of, word_sets
from svc_tui.db.lists.ordering import BY_START, Stretch
from svc_tui.db.lists.terms import Period, lookups, periods
from svc_tui.domain.queries import ActivityQuery

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
"""So many jobs that words and all else leave are sorted; more are shown in the order of registration, as the word index
has them."""

BELIEVED: Final = 12_000
"""So many hits or more PostgreSQL is believed to have by its statistics: counting takes ten milliseconds there."""

_KNOWN_FOR = 30.0
"""Seconds for which it is remembered how many jobs a value has; a wrong guess costs time only."""

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


def is_order_kept(store: Store, query: ActivityQuery) -> bool:
    """Whether the query is read in its order: where the words and all else leave very many, they are read in the order
    of registration instead."""
    return not is_search(query) or gathered_by(store, by_status(store, query)) is not None


def is_search(query: ActivityQuery) -> bool:
    return bool(query.words) and query.ids is None and query.numbers is None


def gathered_by(store: Store, query: ActivityQuery) -> tuple[str, ...] | None:
    """By what the jobs of a search are gathered to be sorted; None when the whole filter leaves too many.

    Index: the word index, and those of the filter's columns, of which no more is read than decides.
    """
    if not _are_common(store, query):
        return ("words",)
    if rare := _rare(store, query):
        return rare
    source, wanted = of_words(store, query)
    if len(wanted) <= 2:  # nothing but the words is asked for
        return None
    sql, values = every(wanted)
    left_over = f"SELECT 1 AS one FROM {source} WHERE {sql}"
    if store.dialect == "postgresql" and _remember(store, left_over, values, _estimated) >= BELIEVED:
        return None
    left = _counted(store, f"{left_over} LIMIT {MOST_FOUND + 1}", values)
    return ("words",) if left <= MOST_FOUND else None


def _are_common(store: Store, query: ActivityQuery) -> bool:
    """Whether the words alone have more hits than are sorted."""
    matches, found = search.hits(store, "activity_search", query.words)
    hits = f"SELECT 1 AS one FROM activity_search WHERE {matches}"
    if store.dialect == "postgresql" and _remember(store, hits, found, _estimated) >= BELIEVED:
        return True
    return _counted(store, f"{hits} LIMIT {MOST_FOUND + 1}", found) > MOST_FOUND


def _rare(store: Store, query: ActivityQuery) -> tuple[str, ...]:
    """Columns by whose index so few jobs are found that they are sorted whatever words they hold; empty for none."""
    most = MOST_BY_TEXT if query.order.column in ("subject", "customer") else MOST_SORTED
    sets = id_sets(query)
    found: list[tuple[tuple[str, ...], list[Condition]]] = []
    found += [((period.column,), period.within) for period in periods(query)]
    found += [((column,), [wanted]) for column, wanted in lookups(store, query)]
    found += [
        (columns, [among(column, sets[column]) for column in columns])
        for columns in _DRIVERS
        if all(column in sets for column in columns)
    ]
    if since := [*_from(query.start_from), *_before(query.start_before)]:
        found.append((("start_at",), since))
    return next((columns for columns, wanted in found if _are_at_most(store, wanted, most)), ())


def of_words(store: Store, query: ActivityQuery) -> tuple[str, list[Condition]]:
    """The jobs that the word index finds, and all they must fulfil. Index: the word index, id.

    CROSS JOIN fixes the order of the two on SQLite; PostgreSQL is free to choose.
    """
    rest = conditions(store, query._replace(words=()), bare=())
    found = search.hits(store, "activity_search", query.words)
    return "activity_search CROSS JOIN activity AS a", [found, ("a.id = activity_search.rowid", []), *rest]


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


# -- whatever is asked -----------------------------------------------------------------------------------------------


def branches_of(query: ActivityQuery, stretch: Stretch) -> tuple[tuple[str, ...], list[list[Condition]]]:
    """The columns that drive the page and one list of conditions for each combination of their values."""
    if stretch.keys != BY_START or stretch.constant or query.wordings:  # looked up for every branch anew
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


def few_by(store: Store, query: ActivityQuery, sequence: Sequence[Stretch], descending: bool) -> tuple[str, ...] | None:
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
    for column, looked_up in lookups(store, query):
        if _are_at_most(store, [looked_up], most):
            return (column,)
    for column, words in word_sets(query):
        is_walked = len(words) == 1 and query.order.column == "start"  # its index holds them in that order
        if "" not in words and not is_walked and _are_at_most(store, [one_of(column, words)], most):
            return (column,)
    sets = id_sets(query)
    driving = branches_of(query, sequence[0])[0] if query.order.column == "start" else ()
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


# -- counting as far as decides -----------------------------------------------------------------------------------


def _are_at_most(store: Store, wanted: Iterable[Condition], most: int) -> bool:
    condition, parameters = every(wanted)
    return _counted(store, f"SELECT 1 AS one FROM activity AS a WHERE {condition} LIMIT {most + 1}", parameters) <= most


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
