"""How the ids of one page of a list are found: by walking the order's index, or by sorting the few that match.

A filter that leaves few jobs is served by its own index: what it finds is gathered and sorted, whatever the order.
Otherwise the index of the order is walked and the filter tested on the way; the indexes carry the columns that
filters ask for, so that a row passed over costs a look into the index, not one into the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from svc_tui.db.core.engine import Store
from svc_tui.db.lists import ordering
from svc_tui.db.lists.conditions import Condition, conditions, every, id_sets, word_sets
from svc_tui.db.lists.gathering import branches_of, by_status, few_by, gathered_by, is_order_kept, is_search, of_words
from svc_tui.db.lists.ordering import BY_START, Arm, Place, Stretch, is_by_customer
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow

_FIRST_ARMS = 6
"""So many ranges are read by the first statement of a page; nearly always they fill it."""

FIRST, LAST = -(2**62), 2**62
"""Times before and behind every other."""


def page_ids(store: Store, query: ActivityQuery, limit: int, place: Place | None, backwards: bool) -> list[int]:
    """The ids of the next `limit` jobs after a place, or the ones before it, in the direction of reading."""
    query = by_status(store, query)
    if not all(id_sets(query).values()) or query.ids == frozenset() or query.numbers == frozenset():
        return []
    descending = query.order.descending != backwards
    few: tuple[str, ...] | None = None
    if is_search(query):
        few = gathered_by(store, query)
        if few is None:
            return _found_ids(store, query, limit, place, descending)
    sequence = ordering.stretches(store, query)
    if backwards:
        sequence.reverse()
    arms = ordering.arms(sequence, place, descending)
    if not arms:
        return []
    few = few or few_by(store, query, sequence, descending)
    if few is not None:
        return _sorted(store, query, few, arms, limit, descending)
    return _walked(store, query, arms, limit, descending)


def place_of(store: Store, query: ActivityQuery, row: ActivityRow) -> Place:
    """Where a row stands in the order in which the query is read."""
    if not is_order_kept(store, query):
        return Place("all", (row.id,))
    return ordering.place_of(store, query.order.column, row)


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
        place = ordering.place_at(store, column, wanted, descending)
    found = page_ids(store, query, 1, place, False) if place is not None else []
    return found[0] if found else None


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
    columns, branches = branches_of(query, stretch)
    rest = conditions(store, query, but_for=columns, bare=_bare(query, stretch))
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


def _bare(query: ActivityQuery, stretch: Stretch) -> tuple[str, ...]:
    """Columns of the stretch's index: what the filter says of them narrows the range; and those whose own index holds
    the one word that is asked for in the order of the stretch."""
    narrowing = tuple(key.removeprefix("a.") for key in stretch.keys if key in ("a.start_at", "a.promised_at"))
    if stretch.keys != BY_START or stretch.constant:
        return narrowing
    return (*narrowing, *(column for column, words in word_sets(query) if len(words) == 1 and "" not in words))


# -- gathering and sorting -----------------------------------------------------------------------------------------


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
