"""The rarer terms of a filter in SQL: further times, names of customer, device, line and project, lateness, and what
the words may mean besides words. All are conditions on `activity AS a`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from svc_tui.db import search
from svc_tui.db.engine import Store
from svc_tui.domain.queries import ActivityQuery, Between, Direct, Holding
from svc_tui.domain.records import Stage

Condition = tuple[str, list[object]]

_OPEN = ",".join(str(int(stage)) for stage in Stage if stage.is_open)

_PAIRS = re.compile("aa|ae|oe|ss|th")
_ACCENTED = re.compile("[aceinouy]")
_USUAL = re.compile("[eu]")

MOST_DIRECT = 4_000
"""More jobs than this are not meant by a phone or a serial number, but by words that happen to look like one."""


def rare_terms(store: Store, query: ActivityQuery, bare: Container[str] | None = None) -> list[Condition]:
    """The conditions of a query's rarer terms.

    Only times may find a page's jobs by their index, if few have them (see `times`). The rest is checked as the list is
    walked: names after the word index has found the jobs, customers' names against the word index of contacts.

    Args:
        store: The database.
        query: The filter.
        bare: The columns of times whose index may be entered; all for None.
    """
    found = [_between(rule, bare is None or rule.column in bare) for rule in query.between]
    found += [_holding(store, rule) for rule in query.holding]
    if query.late is not None:
        found.append(_late(query.late, query.late_at))
    return found


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

    Indexes: activity_by_promised, activity_by_end, activity_by_changed, activity_created_at_id.
    """
    promised = Between("promised_at", ((query.promised_from, query.promised_before),))
    for rule in (promised, *query.between):
        if len(rule.periods) == 1 and rule.periods[0] != (None, None) and not (rule.none or rule.negated):
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
    if len(parts) == 1 and not (rule.none or rule.negated):
        return parts[0], values
    if rule.none:
        parts.append(f"a.{rule.column} IS NULL")
    return _unless(rule.negated, f"COALESCE({_either(parts)}, 1 = 0)"), values


def _late(wanted: bool, at: int) -> Condition:
    late = f"(a.stage IN ({_OPEN}) AND COALESCE(+a.promised_at < ?, 1 = 0))"
    return _unless(not wanted, late), [at]


def _holding(store: Store, rule: Holding) -> Condition:
    if rule.where == "customer":
        return _of_customers(store, rule)
    parts: list[str] = []
    values: list[object] = []
    for name in rule.names:
        # Negated, the words are not among the query's: then the pattern alone decides.
        sql, found = _named(rule.where, name, tight=rule.negated or rule.none)
        parts.append(sql)
        values += found
    if rule.none:
        parts.append(_NONE[rule.where])
    return _unless(rule.negated, _either(parts)), values


_NONE = {
    "device": "+a.device_id IS NULL",
    "part": "(SELECT 1 FROM activity_line l WHERE l.activity_id = a.id LIMIT 1) IS NULL",
    "project": "a.project = ''",
}


def _named(where: str, words: Sequence[str], *, tight: bool) -> Condition:
    """Indexes: id of device; activity_id of activity_line."""
    if where == "device":
        holds = " AND ".join("d.name_key LIKE ?" for _ in words)
        return _some(f"device d WHERE d.id = a.device_id AND {holds}"), [f"%{word}%" for word in words]
    patterns: list[object] = [like(word, tight=tight) for word in words]
    if where == "project":
        return "(" + " AND ".join("lower(a.project) LIKE ?" for _ in words) + ")", patterns
    holds = " AND ".join("lower(l.code || ' ' || l.text) LIKE ?" for _ in words)
    return _some(f"activity_line l WHERE l.activity_id = a.id AND {holds}"), patterns


def _some(rows: str) -> str:
    """Whether there is such a row. EXISTS within OR would make PostgreSQL read and hash the whole table."""
    return f"(SELECT 1 FROM {rows} LIMIT 1) IS NOT NULL"


def like(word: str, *, tight: bool = False) -> str:
    """A pattern for LIKE that every text which folds to the word fits, and few others; the databases cannot fold.

    Args:
        word: A folded word.
        tight: Whether the word index does not vouch for it too: then of the accents only those of e and u are thought
            of, so that hardly any other word fits.
    """
    return "%" + (_USUAL if tight else _ACCENTED).sub("_", _PAIRS.sub("%", word)) + "%"


def _of_customers(store: Store, rule: Holding) -> Condition:
    """Index: contact_search."""
    parts: list[str] = []
    values: list[object] = []
    for prefixes in rule.names:
        sql, found = search.matching(store, "contact_search", prefixes)
        # SQLite would enter the customer's index at each of a thousand contacts and sort all their jobs.
        plain = "+" if store.dialect == "sqlite" else ""
        parts.append(f"{plain}a.customer_id IN ({sql})")
        values += found
    if rule.none:
        parts.append("+a.customer_id IS NULL")
    return _unless(rule.negated, f"COALESCE({_either(parts)}, 1 = 0)"), values


def _either(parts: list[str]) -> str:
    return f"({' OR '.join(f'({part})' for part in parts)})" if parts else "(1 = 0)"


def _unless(negated: bool, sql: str) -> str:
    return f"NOT {sql}" if negated else sql


def settled(store: Store, query: ActivityQuery) -> ActivityQuery:
    """The query with what its words may mean directly made part of it: the ids of all that is found either way.

    Indexes: activity_search; (customer, start_at, id), contact_id, (device, start_at, id).
    """
    if query.direct is None:
        return query
    sql, parameters = search.matching(store, "activity_search", query.words)
    selects = [sql]
    for select, meant in _directly(query.direct):
        if meant:
            selects.append(f"{select} IN ({','.join('?' * len(meant))})")
            parameters += meant
    rows = store.sql(f"{' UNION '.join(selects)} LIMIT {MOST_DIRECT + 1}", parameters)
    if len(rows) > MOST_DIRECT:
        return query._replace(direct=None)
    ids = frozenset(row[0] for row in rows)
    return query._replace(words=(), direct=None, ids=ids if query.ids is None else query.ids & ids)


def _directly(direct: Direct) -> list[tuple[str, list[int]]]:
    contacts, devices = sorted(direct.contacts), sorted(direct.devices)
    return [
        ("SELECT id FROM activity WHERE customer_id", contacts),
        ("SELECT activity_id FROM activity_link WHERE contact_id", contacts),
        ("SELECT id FROM activity WHERE device_id", devices),
    ]
