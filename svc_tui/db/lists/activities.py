"""Queries on activities: pages of a list by key, counts, the rows of one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from svc_tui.db.core import search
from svc_tui.db.core.damage import job_row
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.lists import gathering, paging
from svc_tui.db.lists.conditions import conditions, every
from svc_tui.db.lists.gathering import by_status
from svc_tui.db.lists.terms import settled
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow, LineRecord, LinkRecord, NoteRecord, RowsAround

MOST_ELSEWHERE = 1_000
"""More hits than this elsewhere are not counted."""

_OF_OTHERS = {
    "customer": "COALESCE(c.name, '')",
    "phone": "COALESCE(NULLIF(c.phone, ''), c.mobile, '')",
    "device": "TRIM(COALESCE(d.brand || ' ' || d.model, ''))",
    "serial": "COALESCE(d.serial, '')",
}
_COLUMNS = ", ".join(_OF_OTHERS.get(name, f"a.{name}") for name in ActivityRow._fields if name != "damage")
"""What a row shows: columns of the job by their names in the database, and what others are called."""

_NAMED = " LEFT JOIN contact c ON c.id = a.customer_id LEFT JOIN device d ON d.id = a.device_id"
"""Whose names a row holds, each by its id."""


def page(
    store: Store,
    query: ActivityQuery,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """At most `limit` rows that follow `after`, or precede `before`, in the list's order; both None: the first.

    Where a common word is searched for, the order is that of registration (see `is_order_kept`), for the word index can
    be read in it: it has half a million hits, which nobody waits to see sorted.

    Index: that of the filter where it leaves few jobs, or else that of the order (see `paging`).
    """
    query = settled(store, query)
    row = after or before
    place = None if row is None else paging.place_of(store, query, row)
    backwards = before is not None
    ids = paging.page_ids(store, query, limit, place, backwards)
    return _in_order(store, ids[::-1] if backwards else ids)


def last_page(store: Store, query: ActivityQuery, limit: int) -> list[ActivityRow]:
    """The last `limit` rows in the list's order."""
    return _in_order(store, paging.page_ids(store, settled(store, query), limit, None, True)[::-1])


def around(store: Store, query: ActivityQuery, row: ActivityRow, before: int, after: int) -> RowsAround:
    """A row of a list with at most so many rows before and after it; what is lacking before there is more after.

    Index: as for a page.
    """
    query = settled(store, query)
    place = paging.place_of(store, query, row)
    earlier = paging.page_ids(store, query, before, place, True)[::-1]
    later = paging.page_ids(store, query, after + before - len(earlier), place, False)
    found = _in_order(store, [*earlier, *later])
    known = set(earlier)
    passed = sum(one.id in known for one in found)
    return RowsAround(found[:passed], row, found[passed:])


def jump(store: Store, query: ActivityQuery, wanted: int | str | frozenset[int]) -> ActivityRow | None:
    """The first row at or after what the column sorted by is to hold; see `paging.jump_id`."""
    found = paging.jump_id(store, settled(store, query), wanted)
    return None if found is None else next(iter(rows_of(store, [found])), None)


def elsewhere(store: Store, query: ActivityQuery, shown: int) -> int:
    """How many more jobs hold the words than the `shown` ones that the query has: at most `MOST_ELSEWHERE`.

    Index: the word index, of which no more is read than is told.
    """
    plain = settled(store, ActivityQuery(words=query.words, direct=query.direct))
    if plain.ids is not None:
        return min(len(plain.ids) - shown, MOST_ELSEWHERE)
    if plain.words:
        source = "activity_search"
        condition, found = search.hits(store, source, plain.words)
    else:  # a phone that so many jobs have
        source = "activity AS a"
        condition, found = every(conditions(store, plain))
    bounded = f"SELECT 1 AS one FROM {source} WHERE {condition} LIMIT {shown + MOST_ELSEWHERE}"
    return int(store.sql(f"SELECT count(*) FROM ({bounded}) AS bounded", found)[0][0]) - shown


def is_order_kept(store: Store, query: ActivityQuery) -> bool:
    """Whether the rows come in the query's order; those of a common word come in the order of registration."""
    return gathering.is_order_kept(store, settled(store, query))


def count(store: Store, query: ActivityQuery) -> int:
    """How many rows match; meant for the thread of long reads."""
    query = by_status(store, settled(store, query))
    wanted = conditions(store, query)
    if not wanted:
        # SQLite counts a whole table twenty times faster without any condition.
        return int(store.sql("SELECT count(*) FROM activity")[0][0])
    if query.words and len(wanted) == 1:
        matches, found = search.hits(store, "activity_search", query.words)
        return int(store.sql(f"SELECT count(*) FROM activity_search WHERE {matches}", found)[0][0])
    if query.words and query.ids is None:
        source, wanted = gathering.of_words(store, query)
    else:
        source = "activity AS a"
    condition, parameters = every(wanted)
    return int(store.sql(f"SELECT count(*) FROM {source} WHERE {condition}", parameters)[0][0])


def matching_ids(store: Store, query: ActivityQuery, limit: int) -> list[int]:
    """Ids of all that match, at most `limit`, in the list's order."""
    return paging.page_ids(store, settled(store, query), limit, None, False)


def rows_of(store: Store, ids: Iterable[int]) -> list[ActivityRow]:
    """The list's rows of these jobs, in no order. Index: id."""
    wanted = list(ids)
    marks = ",".join("?" * len(wanted))
    rows = store.sql(f"SELECT {_COLUMNS} FROM activity a{_NAMED} WHERE a.id IN ({marks})", wanted)
    return [job_row(row) for row in rows]


def not_shown(store: Store, query: ActivityQuery, ids: Iterable[int]) -> list[ActivityRow]:
    """Rows of those jobs that a query does not show, by number. Index: id."""
    found: list[ActivityRow] = []
    for chunk, _ in in_chunks(ids):
        among = frozenset(chunk) if query.ids is None else query.ids & frozenset(chunk)
        shown = set(matching_ids(store, query._replace(ids=among), len(chunk))) if among else set()
        if gone := set(chunk) - shown:
            found += rows_of(store, gone)
    return sorted(found, key=lambda row: row.number)


def _in_order(store: Store, ids: Sequence[int]) -> list[ActivityRow]:
    by_id = {row.id: row for row in rows_of(store, ids)} if ids else {}
    return [by_id[activity_id] for activity_id in ids if activity_id in by_id]


def ids_of_numbers(store: Store, numbers: Iterable[int]) -> dict[int, int]:
    """The jobs with these numbers, by number. Index: number."""
    found: dict[int, int] = {}
    for chunk, marks in in_chunks(set(numbers)):
        found.update(store.sql(f"SELECT number, id FROM activity WHERE number IN ({marks})", chunk))
    return found


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
    """Rows of the Product tab in their order. Indexes: activity_id; (line_id, purchase_line_id)."""
    rows = store.sql(
        "SELECT l.id, position, kind, l.product_id, l.code, l.text, l.unit, planned, used, price, discount, payer,"
        " state, transferred, reserved, COALESCE(SUM(c.quantity), 0), MIN(COALESCE(p.expected_at, u.expected_at)),"
        " came FROM activity_line l LEFT JOIN part_claim c ON c.line_id = l.id"
        " LEFT JOIN purchase_line p ON p.id = c.purchase_line_id LEFT JOIN purchase u ON u.id = p.purchase_id"
        " WHERE l.activity_id = ? GROUP BY l.id ORDER BY position, l.id",
        (activity_id,),
    )
    return [LineRecord(*(*row[:15], int(row[15]), *row[16:])) for row in rows]


def notes_of(store: Store, activity_id: int) -> list[NoteRecord]:
    """Note entries, newest first. Index: activity_id."""
    rows = store.sql(
        "SELECT id, at, author_id, text, stamped FROM activity_note WHERE activity_id = ? ORDER BY at DESC, id DESC",
        (activity_id,),
    )
    return [NoteRecord(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
