"""What a filter means in SQL: the conditions on a job's row."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from svc_tui.db.core import search
from svc_tui.db.core.engine import Store
from svc_tui.db.lists.terms import rare_terms
from svc_tui.domain.queries import ActivityQuery

Condition = tuple[str, list[object]]
"""A condition on `activity AS a`, and its parameters."""

FEW_IDS = 50
"""Of so many jobs the word index is asked one by one, instead of for all that hold the words."""


def id_sets(query: ActivityQuery) -> dict[str, frozenset[int | None]]:
    """The columns that are restricted to some values."""
    sets: dict[str, frozenset[int | None] | None] = {
        "type_id": query.types,
        "status_id": query.statuses,
        "responsible_id": query.responsibles,
        "priority_id": query.priorities,
        "created_by_id": query.creators,
        "customer_id": query.customers,
        "device_id": query.devices,
        "stage": None if query.stages is None else frozenset(query.stages),
    }
    return {column: values for column, values in sets.items() if values is not None}


def conditions(
    store: Store, query: ActivityQuery, *, but_for: Container[str] = (), bare: Container[str] | None = None
) -> list[Condition]:
    """Everything a job must fulfil.

    Args:
        store: The database.
        query: The filter.
        but_for: Columns that are restricted elsewhere.
        bare: The columns whose index may be entered; all for None. SQLite has no statistics and may take a filter's
            index for the better one, unless told to leave it.
    """

    def plain(column: str) -> str:
        return "+" if bare is not None and column not in bare and store.dialect == "sqlite" else ""

    sets = [(column, values) for column, values in id_sets(query).items() if column not in but_for]
    found = [among(column, values, plain(column)) for column, values in sets]
    for column, values in query.excluded:
        sql, parameters = among(column, values, plain(column))
        known = f"a.{column} IS NOT NULL AND " if None not in values else ""
        found.append((f"NOT ({known}{sql})", parameters))
    if query.numbers is not None:
        found.append(among("number", frozenset(query.numbers), plain("number")))
    if query.ids is not None:
        found.append(among("id", frozenset(query.ids), plain("id")))
    found += [one_of(column, words, plain(column)) for column, words in word_sets(query)]
    for column, comparison, value in (
        ("start_at", ">=", query.start_from),
        ("start_at", "<", query.start_before),
        ("promised_at", ">=", query.promised_from),
        ("promised_at", "<", query.promised_before),
    ):
        if value is not None:
            found.append((f"{plain(column)}a.{column} {comparison} ?", [value]))
    found += rare_terms(store, query, bare)
    if query.words:
        sql, parameters = search.matching(store, "activity_search", query.words)
        if query.ids and len(query.ids) <= FEW_IDS:
            sql, parameters = f"{sql} AND rowid IN ({','.join('?' * len(query.ids))})", [*parameters, *query.ids]
        found.append((f"a.id IN ({sql})", parameters))
    return found


def equals(column: str, value: int | None) -> Condition:
    """The column has this value."""
    return (f"a.{column} IS NULL", []) if value is None else (f"a.{column} = ?", [value])


def among(column: str, values: frozenset[int | None], plain: str = "") -> Condition:
    """The column has one of these values."""
    known = sorted(value for value in values if value is not None)
    parts = [f"{plain}a.{column} IN ({','.join('?' * len(known))})"] if known else []
    if None in values:
        parts.append(f"{plain}a.{column} IS NULL")
    return (f"({' OR '.join(parts)})" if parts else "1 = 0"), list(known)


def word_sets(query: ActivityQuery) -> Iterator[tuple[str, frozenset[str]]]:
    """The columns of one word, by which a job is billed or its parts stand, and the words of which it has one."""
    yield from (("billing", words) for words in query.billings)
    yield from (("part_state", words) for words in query.part_states)


def one_of(column: str, words: frozenset[str], plain: str = "") -> Condition:
    """The column has one of these words; "" is for jobs without any.

    Indexes: activity_by_billing, activity_by_parts. They hold the jobs that have a word, which is said so that they can
    serve.
    """
    if not words:
        return "1 = 0", []
    known = f" AND a.{column} <> ''" if not plain and "" not in words else ""
    return f"{plain}a.{column} IN ({','.join('?' * len(words))}){known}", [*sorted(words)]


def every(conditions_met: Iterable[Condition]) -> Condition:
    """All of these at once."""
    found = list(conditions_met)
    sql = " AND ".join(condition for condition, _ in found) or "1 = 1"
    return sql, [value for _, values in found for value in values]
