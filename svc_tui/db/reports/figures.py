"""What statistics ask of the jobs: counted, and spread over the minutes they took, group by group.

All of it is read from covering indexes, in the order of the period: `activity_finished`, `activity_by_created`, and
`activity_open` for what is open. The keys of groups stand behind a plus, so that SQLite does not walk all jobs in the
order of the groups instead.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.lists.conditions import Condition, conditions, every
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.reports.figures import BACK_WITHIN, Basis, By, Key, Which


class Stretch(NamedTuple):
    """From one moment to another, seconds UTC; None is an open end."""

    since: int | None
    before: int | None


class NamedStretch(NamedTuple):
    """A month, or another part of a period."""

    name: str
    since: int
    before: int


class Asked(NamedTuple):
    """Which jobs, and how they are grouped."""

    by: By | None
    """None: all together."""
    basis: Basis
    stretch: Stretch
    query: ActivityQuery
    """The filter; its order and its words count as in a list."""
    parts: Sequence[NamedStretch] = ()
    """The months, when it is grouped by them."""
    among: Collection[int | str | None] | None = None
    """Only the groups with these keys; None for all."""


class Spread(NamedTuple):
    """Finished jobs of a group that took the same number of minutes."""

    key: Key
    minutes: int
    jobs: int
    turnaround: int
    """Seconds of the shop's hours, all of them together."""
    waited: int
    hours: int
    devices: int


class _Group(NamedTuple):
    key: str
    join: str = ""


_GROUPS: Final = {
    By.TYPE: _Group("+a.type_id"),
    By.STATUS: _Group("+a.status_id"),
    By.RESPONSIBLE: _Group("+a.responsible_id"),
    By.CUSTOMER: _Group("+a.customer_id"),
    By.SUPPLIER: _Group(
        "l.contact_id", " LEFT JOIN activity_link l ON l.activity_id = a.id AND l.role = 'supplier'"
    ),
    # A job counts once for a product, however many lines of it there are.
    By.PRODUCT: _Group(
        "l.product_id",
        " LEFT JOIN activity_line l ON l.activity_id = a.id AND l.product_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM activity_line m WHERE m.product_id = l.product_id AND m.activity_id = l.activity_id"
        " AND m.id < l.id)",
    ),
    By.MODEL: _Group("COALESCE(d.name_key, '')", " LEFT JOIN device d ON d.id = a.device_id"),
    By.MONTH: _Group("m.place"),
    None: _Group("0"),
}  # fmt: skip
_OPEN: Final = "a.stage IN (0, 1, 2, 3) AND a.stage > 0"


def counted(store: Store, asked: Asked, which: Which) -> dict[Key, int]:
    """How many jobs there are in each group. Index: see above."""
    group = _GROUPS[asked.by]
    source, (where, values) = _jobs(store, asked, which)
    rows = store.sql(f"SELECT {group.key}, COUNT(*) FROM {source}{group.join} WHERE {where} GROUP BY 1", values)
    return {_key(asked, row[0]): int(row[1]) for row in rows}


def spread(store: Store, asked: Asked) -> list[Spread]:
    """What the finished jobs of each group took, minute by minute. Index: see above."""
    group = _GROUPS[asked.by]
    source, (where, values) = _jobs(store, asked, Which.FINISHED)
    rows = store.sql(
        f"SELECT {group.key}, COALESCE(a.turnaround, 0) / 60, COUNT(*), SUM(COALESCE(a.turnaround, 0)), SUM(a.waited),"
        f" SUM(a.hours), COUNT(a.device_id) FROM {source}{group.join} WHERE {where} GROUP BY 1, 2",
        values,
    )
    return [Spread(_key(asked, row[0]), *(int(cell) for cell in row[1:])) for row in rows]


def stays(store: Store, asked: Asked) -> list[tuple[int | None, int, int]]:
    """Status, minutes of the shop's hours and how many stays of open jobs that ended in the period took so many.

    Index: job_span_open.
    """
    where, values = every([*_within("s.to_at", asked.stretch), *conditions(store, asked.query, bare=())])
    is_plain = where.count("a.") == 0
    source = "job_span s" if is_plain else "job_span s JOIN activity a ON a.id = s.activity_id"
    rows = store.sql(
        f"SELECT s.status_id, COALESCE(s.worked, 0) / 60, COUNT(*) FROM {source} WHERE s.stage IN (0, 1, 2, 3)"
        f" AND s.to_at IS NOT NULL AND {where} GROUP BY 1, 2",
        values,
    )
    return [(row[0], int(row[1]), int(row[2])) for row in rows]


def came_back(store: Store, asked: Asked) -> dict[Key, int]:
    """Finished jobs whose device was registered again within thirty days.

    Indexes: those of the finished jobs, and activity_by_created for what came since.
    """
    group = _GROUPS[asked.by]
    source, (where, values) = _jobs(store, asked, Which.FINISHED)
    since = asked.stretch.since
    after, times = (" AND created_at > ?", [since]) if since is not None else ("", [])
    rows = store.sql(
        "WITH again AS MATERIALIZED (SELECT device_id AS device, created_at AS came FROM activity"
        f" WHERE created_at > 0{after} AND device_id IS NOT NULL)"
        f" SELECT {group.key}, COUNT(DISTINCT a.id) FROM {source}{group.join} CROSS JOIN again b WHERE {where}"
        " AND b.device = a.device_id AND b.came > a.first_done_at"
        f" AND b.came <= a.first_done_at + {BACK_WITHIN} GROUP BY 1",
        [*times, *values],
    )
    return {_key(asked, row[0]): int(row[1]) for row in rows}


def first_registered(store: Store) -> int | None:
    """When the oldest job was registered. Index: activity_by_created."""
    found = store.sql("SELECT MIN(created_at) FROM activity")
    return None if found[0][0] is None else int(found[0][0])


def called(store: Store, by: By, keys: Collection[int | str]) -> dict[int | str, tuple[str, str]]:
    """What customers, suppliers, products and models are called, and what they are found by: number, code, name."""
    found: dict[int | str, tuple[str, str]] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        for row in store.sql(f"{_CALLED[by]} IN ({', '.join('?' * len(chunk))}){_CALLED_LAST.get(by, '')}", chunk):
            found[row[0]] = (str(row[1]), str(row[2]))
    return found


_AT_ONCE = 500
_CALLED: Final = {
    By.CUSTOMER: "SELECT id, name, number FROM contact WHERE id",
    By.SUPPLIER: "SELECT id, name, number FROM contact WHERE id",
    By.PRODUCT: "SELECT id, name, code FROM product WHERE id",
    By.MODEL: "SELECT name_key, MIN(TRIM(brand || ' ' || model)), name_key FROM device WHERE name_key",
}
_CALLED_LAST: Final = {By.MODEL: " GROUP BY name_key"}


def _key(asked: Asked, value: object) -> Key:
    if asked.by is By.MONTH and isinstance(value, int):
        return (asked.parts[value].name,)
    if asked.by is None:
        return ()
    if value is None or isinstance(value, str):
        return (value or None,)
    return (int(str(value)),)


def _jobs(store: Store, asked: Asked, which: Which) -> tuple[str, Condition]:
    """Where the jobs of a figure are read, and all they must fulfil."""
    column = "a.first_done_at" if which is Which.FINISHED and asked.basis is Basis.FINISHED else "a.created_at"
    found = conditions(store, asked.query, bare=())
    is_found = asked.query.ids is not None or asked.query.numbers is not None or bool(asked.query.words)
    source = "activity a"
    if which is Which.OPEN:
        found.append((_OPEN, []))
        if store.dialect == "sqlite" and not is_found and asked.by is not By.MONTH:
            source += " INDEXED BY activity_open"
    if which is Which.FINISHED:
        found.append(("a.first_done_at IS NOT NULL", []))
    if asked.by is By.MONTH:
        source = f"{_as_table(asked.parts)} CROSS JOIN {source}"
        found.append((f"{column} >= m.since AND {column} < m.before", []))
    elif which is not Which.OPEN or asked.basis is Basis.REGISTERED:
        found += _within(column, asked.stretch)
    if asked.among is not None and asked.by is not None:
        known = sorted(key for key in asked.among if isinstance(key, int))
        parts = [f"{_GROUPS[asked.by].key} IN ({', '.join(map(str, known))})"] if known else []
        parts += [f"{_GROUPS[asked.by].key} IS NULL"] if None in asked.among else []
        found.append((f"({' OR '.join(parts) or '1 = 0'})", []))
    return source, every(found)


def _within(column: str, stretch: Stretch) -> list[Condition]:
    found: list[Condition] = []
    if stretch.since is not None:
        found.append((f"{column} >= ?", [stretch.since]))
    if stretch.before is not None:
        found.append((f"{column} < ?", [stretch.before]))
    return found


def _as_table(parts: Sequence[NamedStretch]) -> str:
    rows = " UNION ALL ".join(
        f"SELECT {place} AS place, {int(part.since)} AS since, {int(part.before)} AS before"
        for place, part in enumerate(parts)
    )
    return f"({rows or 'SELECT 0 AS place, 0 AS since, 0 AS before'}) AS m"
