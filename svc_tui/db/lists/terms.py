"""The rarer terms of a filter in SQL: further times, names of customer, device, line and project, lateness, and what
the words may mean besides words. All are conditions on `activity AS a`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Literal, NamedTuple, assert_never

from svc_tui.db.core import search
from svc_tui.db.core.engine import Store
from svc_tui.db.lists import hanging
from svc_tui.domain.queries import ActivityQuery, Between, Direct, Holding, Where, Wording
from svc_tui.domain.records import Stage

Condition = tuple[str, list[object]]

_OPEN = ",".join(str(int(stage)) for stage in Stage if stage.is_open)
_WITHOUT_INDEX = ("status_since", "touched_at")

LAST_LETTER = "\U0010ffff"
"""Behind every letter there is."""

MOST_DIRECT = 4_000
"""So many jobs that words find, or mean directly, are settled to their ids; more are told as the list is walked."""


def rare_terms(store: Store, query: ActivityQuery, bare: Container[str] | None = None) -> list[Condition]:
    """The conditions of a query's rarer terms.

    Times (see `periods`), customers and serial numbers (`lookups`) may find a page's jobs by their index, if few have
    them. The rest is checked as the list is walked: names after the word index has found the jobs.

    Args:
        store: The database.
        query: The filter.
        bare: The columns whose index may be entered; for None those of all times.
    """
    found = [_between(rule, bare is None or rule.column in bare) for rule in query.between]
    found += [_holding(store, rule, bare or ()) for rule in query.holding]
    found += [hanging.condition(rule) for rule in query.hanging]
    return found + [_worded(store, wording) for wording in query.wordings]


class Period(NamedTuple):
    """A time besides the start that must lie in one period."""

    column: str
    since: int | None
    before: int | None

    @property
    def within(self) -> list[Condition]:
        """What is in it, as the column's index serves it."""
        return [_between(Between(self.column, ((self.since, self.before),)), True)]

    def beyond(self, descending: bool) -> list[Condition]:
        """What is passed over to get there from the far end of the column's order; nothing where it ends there."""
        ends = (self.before, None) if descending else (None, self.since)
        return [] if ends == (None, None) else [_between(Between(self.column, (ends,)), True)]


def periods(query: ActivityQuery) -> Iterator[Period]:
    """The times besides the start that must lie in one period.

    Indexes: activity_by_promised, activity_by_late, activity_by_end, activity_by_changed, activity_by_created.
    """
    promised = Between("promised_at", ((query.promised_from, query.promised_before),))
    for rule in (promised, *query.between):
        is_whole = rule.periods == ((None, None),) or rule.column in _WITHOUT_INDEX
        if len(rule.periods) == 1 and not (is_whole or rule.none or rule.negated):
            yield Period(rule.column, *rule.periods[0])


def _between(rule: Between, bare: bool) -> Condition:
    column = "COALESCE(a.end_at, a.start_at)" if rule.column == "end_at" else f"a.{rule.column}"
    column = column if bare else f"+{column}"
    parts: list[str] = []
    values: list[object] = []
    for since, before in rule.periods:
        ends = [(sign, end) for sign, end in ((">=", since), ("<", before)) if end is not None]
        parts.append(" AND ".join(f"{column} {sign} ?" for sign, _ in ends) or f"{column} IS NOT NULL")
        values += [end for _, end in ends]
    if len(parts) == 1 and not (rule.none or rule.negated or rule.of_open):
        return parts[0], values
    if rule.none:
        parts.append(f"a.{rule.column} IS NULL")
    found = f"COALESCE({_either(parts)}, 1 = 0)"
    return _unless(rule.negated, f"(a.stage IN ({_OPEN}) AND {found})" if rule.of_open else found), values


def next_late(store: Store, at: int) -> int | None:
    """When the next job becomes late, seconds UTC. Index: activity_by_late."""
    rows = store.sql("SELECT a.late_at FROM activity a WHERE a.late_at >= ? ORDER BY a.late_at LIMIT 1", (at,))
    return int(rows[0][0]) if rows else None


def _holding(store: Store, rule: Holding, bare: Container[str]) -> Condition:
    if (column := _looked_up_by(rule.where)) is not None:
        # SQLite would enter the column's index at each of a thousand contacts and sort all their jobs.
        return _of_lookup(store, rule, "" if column in bare or store.dialect != "sqlite" else "+")
    parts: list[str] = []
    values: list[object] = []
    for name in rule.names:
        sql, found = _named(rule.where, name)
        parts.append(sql)
        values += found
    if rule.none:
        parts.append(_has_none(rule.where))
    if not rule.negated:
        return _either(parts), values
    # COALESCE hides the subselects: PostgreSQL takes "not one that is not null" for next to nothing, and sorts it all.
    return f"NOT COALESCE({_either(parts)}, 1 = 0)", values


def _has_none(where: Where) -> str:
    """The job has nothing that could be called so."""
    match where:
        case "customer" | "serial":
            return f"+a.{_looked_up_by(where)} IS NULL"
        case "device":
            return "+a.device_id IS NULL"
        case "part":
            return "(SELECT 1 FROM activity_line l WHERE l.activity_id = a.id LIMIT 1) IS NULL"
        case "project":
            return "a.project = ''"
        case _:
            assert_never(where)


def _looked_up_by(where: Where) -> Literal["customer_id", "device_id"] | None:
    """The job's column that names a row of the table in which something is looked up; None where it is not."""
    match where:
        case "customer":
            return "customer_id"
        case "serial":
            return "device_id"
        case "device" | "part" | "project":
            return None
        case _:
            assert_never(where)


def _named(where: Where, words: Sequence[str]) -> Condition:
    """Each word begins one of those that the device, the line or the project is called, as their keys hold them.

    Indexes: id of device; activity_id of activity_line.
    """
    patterns: list[object] = [f"% {word}%" for word in words]
    match where:
        case "project":
            return "(" + " AND ".join("a.project_key LIKE ?" for _ in words) + ")", patterns
        case "device":
            holds = " AND ".join("d.words_key LIKE ?" for _ in words)
            return _some(f"device d WHERE d.id = a.device_id AND {holds}"), patterns
        case "part":
            holds = " AND ".join("l.words_key LIKE ?" for _ in words)
            return _some(f"activity_line l WHERE l.activity_id = a.id AND {holds}"), patterns
        case "customer" | "serial":
            raise ValueError(f"{where} is looked up in its own table")
        case _:
            assert_never(where)


def _some(rows: str) -> str:
    """Whether there is such a row. EXISTS within OR would make PostgreSQL read and hash the whole table."""
    return f"(SELECT 1 FROM {rows} LIMIT 1) IS NOT NULL"


def lookups(store: Store, query: ActivityQuery) -> Iterator[tuple[str, Condition]]:
    """Columns by whose index the jobs of many customers or devices are found, if they are few.

    Indexes: (customer, start_at, id), (device, start_at, id).
    """
    for rule in query.holding:
        column = _looked_up_by(rule.where)
        if column is not None and not (rule.negated or rule.none):
            yield column, _of_lookup(store, rule, "")


def _of_lookup(store: Store, rule: Holding, plain: str) -> Condition:
    column = f"{plain}a.{_looked_up_by(rule.where)}"
    parts: list[str] = []
    values: list[object] = []
    for name in rule.names:
        sql, found = _contacts(store, name) if rule.where == "customer" else _devices(name[0])
        parts.append(f"{column} IN ({sql})")
        values += found
    if rule.none:
        parts.append(f"{column} IS NULL")
    if len(parts) == 1 and not rule.negated:
        return parts[0], values
    return _unless(rule.negated, f"COALESCE({_either(parts)}, 1 = 0)"), values


def _contacts(store: Store, prefixes: Sequence[str]) -> Condition:
    """Ids of contacts, those no longer in use too. Index: contact_search."""
    return search.matching_at_once(store, "contact_search", prefixes)


def _devices(serial: str) -> Condition:
    """Ids of devices whose serial number begins so. Index: serial_key."""
    return "SELECT id FROM device WHERE serial_key >= ? AND serial_key < ?", [serial, serial + LAST_LETTER]


def _either(parts: list[str]) -> str:
    return f"({' OR '.join(f'({part})' for part in parts)})" if parts else "(1 = 0)"


def _unless(negated: bool, sql: str) -> str:
    return f"NOT {sql}" if negated else sql


# -- words and what else they mean ---------------------------------------------------------------------------------


def _worded(store: Store, wording: Wording) -> Condition:
    """Indexes: activity_search, contact_search, contact_id of activity_link, serial_key."""
    sql, values = search.matching(store, "activity_search", wording.words)
    if wording.negated and store.dialect == "postgresql":
        # Row by row: gathering all that hold the word takes 300 ms there; SQLite gathers in 30 ms, and asks in 0.1.
        parts = [f"({sql} AND activity_search.rowid = a.id LIMIT 1) IS NOT NULL"]
    else:
        parts = [f"a.id IN ({sql})"]
    for column, select, found in _meant(store, wording.direct) if wording.direct else ():
        # Job by job: the links of a phone that half the contacts have are more than the jobs that are looked at.
        plain = "+" if store.dialect == "sqlite" else ""  # a link of the job, not of each of the contacts
        links = f"activity_link l WHERE l.activity_id = a.id AND {plain}l.contact_id IN ({select})"
        parts.append(_some(links) if column == "contact_id" else f"a.{column} IN ({select})")
        values = [*values, *found]
    return _unless(wording.negated, f"COALESCE({_either(parts)}, 1 = 0)"), values


def _meant(store: Store, direct: Direct) -> Iterator[tuple[str, str, list[object]]]:
    """A column of the job or of its links, and a select of the values it has where the words mean this directly."""
    if direct.contact:
        sql, values = _contacts(store, direct.contact)
        yield "customer_id", sql, values
        yield "contact_id", sql, values
    if direct.serial:
        yield "device_id", *_devices(direct.serial)


def settled(store: Store, query: ActivityQuery) -> ActivityQuery:
    """The query with what its words may mean directly made part of it: the ids of all that is found either way.

    Where that is more than `MOST_DIRECT` it stays a condition, and the list is walked in its order.

    Indexes: activity_search; (customer, start_at, id), contact_id, (device, start_at, id).
    """
    if query.direct is None:
        return query
    sql, values = search.matching(store, "activity_search", query.words)
    selects, parameters = [sql], list(values)
    for column, select, found in _meant(store, query.direct):
        found_in = "DISTINCT activity_id FROM activity_link" if column == "contact_id" else "id FROM activity"
        selects.append(f"SELECT {found_in} WHERE {column} IN ({select})")
        parameters += found
    most = MOST_DIRECT + 1
    parts = (f"SELECT * FROM ({sql} LIMIT {most}) AS part{place}" for place, sql in enumerate(selects))
    rows = store.sql(f"{' UNION '.join(parts)} LIMIT {most}", parameters)
    if len(rows) > MOST_DIRECT:
        together = Wording(query.words, query.direct, negated=False)
        return query._replace(words=(), direct=None, wordings=(*query.wordings, together))
    ids = frozenset(row[0] for row in rows)
    return query._replace(words=(), direct=None, ids=ids if query.ids is None else query.ids & ids)
