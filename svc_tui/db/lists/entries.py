"""Pages of the lists of contacts, devices and products: by key, never by offset, in the order of any column.

What words ask for is read from the word index as a set of ids, which is remembered until something is written. A few
are sorted; of many the index of the order is walked, so that the order is kept whatever is searched for. Where what is
wanted lies far down in that order, as all devices of one brand, the walk is given up and many are sorted too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.lists import entry_finding
from svc_tui.db.lists.conditions import Condition, every
from svc_tui.db.lists.entry_orders import SOURCES, Source, place_at, placed, stretches
from svc_tui.db.lists.ordering import Arm, Place, arms
from svc_tui.domain.entries import (
    ContactEntry,
    DeviceEntry,
    EntriesAround,
    Entry,
    EntryCounts,
    EntryQuery,
    ProductEntry,
    Register,
)

MOST_SORTED: Final = 1_000
"""So many entries are sorted by a text, 10 microseconds each."""
_MOST_BY_LAST: Final = 8_000
_MOST_OLDEST_FIRST: Final = 40_000
"""So many by their last job, for a walk passes all jobs of all others; and more the oldest first, for of the oldest
jobs hardly any is somebody's last."""

_FIRST_WALK, _MOST_WALK = 256, 8_192
"""Rows of the order's index that are looked through at once, at first and at most."""

_ROWS: Final = {Register.CONTACTS: ContactEntry, Register.DEVICES: DeviceEntry, Register.PRODUCTS: ProductEntry}
_FLAGS: Final = ("is_customer", "is_supplier", "is_company", "retired")


def page(
    store: Store, query: EntryQuery, limit: int, after: Entry | None = None, before: Entry | None = None
) -> list[Entry]:
    """At most `limit` rows that follow `after`, or precede `before`, in the list's order; both None: the first.

    Index: that of the order, or the word index and `id`.
    """
    row = after or before
    place = None if row is None else placed(store, query, row)
    backwards = before is not None
    ids = _page_ids(store, query, limit, place, backwards)
    return _in_order(store, query.register, ids[::-1] if backwards else ids)


def last_page(store: Store, query: EntryQuery, limit: int) -> list[Entry]:
    """The last `limit` rows in the list's order."""
    return _in_order(store, query.register, _page_ids(store, query, limit, None, True)[::-1])


def around(store: Store, query: EntryQuery, row: Entry, before: int, after: int) -> EntriesAround:
    """A row with at most so many before and after it; what is lacking before there is more after."""
    place = placed(store, query, row)
    earlier = _page_ids(store, query, before, place, True)[::-1]
    later = _page_ids(store, query, after + before - len(earlier), place, False)
    found = _in_order(store, query.register, [*earlier, *later])
    known = set(earlier)
    passed = sum(one.id in known for one in found)
    return EntriesAround(found[:passed], row, found[passed:])


def jump(store: Store, query: EntryQuery, wanted: int | str) -> Entry | None:
    """The first row at or after what the column sorted by is to hold: a number, seconds UTC, or a beginning."""
    ids = _page_ids(store, query, 1, place_at(store, query, wanted), False)
    return next(iter(_in_order(store, query.register, ids)), None)


def count(store: Store, query: EntryQuery) -> EntryCounts:
    """How many match, and how many more are retired; meant for the connection of long reads."""
    found = _counted(store, query)
    if query.retired is None or query.retired:
        return EntryCounts(found, 0)
    return EntryCounts(found, _counted(store, query._replace(retired=None)) - found)


def _counted(store: Store, query: EntryQuery) -> int:
    table = query.register.value
    ids = entry_finding.ids_of(store, query)
    sql, values = every(entry_finding.conditions(query))
    if ids is None:
        return int(store.sql(f"SELECT count(*) FROM {table} e WHERE {sql}", values)[0][0])
    if not entry_finding.conditions(query):
        return len(ids)
    among, listed = entry_finding.among(store, ids)
    return int(store.sql(f"SELECT count(*) FROM {table} e WHERE {sql} AND {among}", [*values, *listed])[0][0])


def rows_of(store: Store, register: Register, ids: Iterable[int]) -> list[Entry]:
    """The list's rows of these entries, in no order. Index: id; (customer, start_at, id) or (device, start_at, id)."""
    source, found = SOURCES[register], list[Entry]()
    for chunk, marks in in_chunks(ids):
        rows = store.sql(f"SELECT {source.columns} FROM {source.table} e{source.named} WHERE e.id IN ({marks})", chunk)
        found += [_row(register, row) for row in rows]
    return found


def _row(register: Register, row: Row) -> Entry:
    record: Any = _ROWS[register]
    flags = [record._fields.index(name) for name in _FLAGS if name in record._fields]
    found: Entry = record(*(bool(value) if place in flags else value for place, value in enumerate(row)))
    return found


def _in_order(store: Store, register: Register, ids: Sequence[int]) -> list[Entry]:
    by_id = {row.id: row for row in rows_of(store, register, ids)} if ids else {}
    return [by_id[entry] for entry in ids if entry in by_id]


# -- one page ------------------------------------------------------------------------------------------------------


def _page_ids(store: Store, query: EntryQuery, limit: int, place: Place | None, backwards: bool) -> list[int]:
    if limit <= 0:
        return []
    descending = query.order.descending != backwards
    source = SOURCES[query.register]
    sequence = stretches(store, query)
    if backwards:
        sequence.reverse()
    ranges = arms(sequence, place, descending)
    ids = entry_finding.ids_of(store, query)
    if ids is None:
        ids = entry_finding.rare(store, query, MOST_SORTED)
    if ids is not None and len(ids) <= _most_sorted(query, descending):
        return _sorted(store, query, source, ids, ranges, limit, descending)
    found: dict[int, None] = {}
    try:
        for arm in ranges:
            found.update(dict.fromkeys(_walked(store, query, source, arm, ids, limit - len(found), descending)))
            if len(found) >= limit:
                break
    except _TooFar as too_far:
        return _sorted(store, query, source, too_far.ids, ranges, limit, descending)
    return list(found)[:limit]


def _most_sorted(query: EntryQuery, descending: bool) -> int:
    if query.order.column != "last":
        return MOST_SORTED
    return _MOST_BY_LAST if descending else _MOST_OLDEST_FIRST


class _TooFar(Exception):
    """So many rows were looked through that sorting what is wanted costs less than looking further."""

    def __init__(self, ids: frozenset[int]) -> None:
        super().__init__()
        self.ids = ids


def _sorted(
    store: Store,
    query: EntryQuery,
    source: Source,
    ids: frozenset[int],
    ranges: Sequence[Arm],
    limit: int,
    descending: bool,
) -> list[int]:
    """The ids of one page of few entries. Index: id."""
    found: list[int] = []
    for arm in ranges if ids else ():
        among, listed = entry_finding.among(store, ids)
        condition, values = every([*entry_finding.conditions(query), (among, listed), *arm.conditions])
        walked = source.sorted_from.get(str(arm.stretch.name), f"{source.table} e")
        found += [
            row[0] for row in store.sql(_select(store, walked, arm, condition, limit - len(found), descending), values)
        ]
        if len(found) >= limit:
            break
    return list(dict.fromkeys(found))


def _walked(
    store: Store,
    query: EntryQuery,
    source: Source,
    arm: Arm,
    ids: frozenset[int] | None,
    limit: int,
    descending: bool,
) -> Iterator[int]:
    """The ids of one range in its order; of those that are wanted, where they are known.

    Raises:
        _TooFar: when more rows were looked through than are wanted in all, and they do not make a page yet.
    """
    wanted = entry_finding.conditions(query)
    walked = source.walked.get(str(arm.stretch.name), f"{source.table} e")
    if ids is None:
        condition, values = every([*wanted, *arm.conditions])
        yield from (row[0] for row in store.sql(_select(store, walked, arm, condition, limit, descending), values))
        return
    size, told, looked_at = _FIRST_WALK, 0, 0
    sign = "<" if descending else ">"
    follow: Condition | None = None
    while told < limit:
        condition, values = every([*wanted, *arm.conditions, *([follow] if follow else [])])
        rows = store.sql(_select(store, walked, arm, condition, size, descending), values)
        for row in rows:
            if row[0] in ids and told < limit:
                told += 1
                yield row[0]
        looked_at += len(rows)
        if len(rows) < size:
            return
        if told < limit and looked_at > len(ids):
            raise _TooFar(ids)
        # The place behind the last row: the same in all keys but the last, or beyond it in the first.
        follow = _beyond(arm.keys, rows[-1][1:], sign)
        size = min(size * 4, _MOST_WALK)


def _beyond(keys: Sequence[str], values: Sequence[object], sign: str) -> Condition:
    row, marks = ", ".join(keys), ", ".join("?" * len(keys))
    return (f"({row}) {sign} ({marks})" if len(keys) > 1 else f"{row} {sign} ?"), list(values)


def _select(store: Store, walked: str, arm: Arm, condition: str, limit: int, descending: bool) -> str:
    direction = "DESC" if descending else "ASC"
    constant = arm.stretch.constant if store.dialect == "postgresql" else ""
    order = ", ".join(f"{key} {direction}" for key in (*filter(None, (constant,)), *arm.keys))
    if store.dialect == "postgresql":  # which is free to choose the order of the two
        walked = walked.replace("CROSS JOIN", "JOIN")
    return f"SELECT e.id, {', '.join(arm.keys)} FROM {walked} WHERE {condition} ORDER BY {order} LIMIT {limit}"
