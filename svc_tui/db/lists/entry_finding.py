"""Which entries a filter of a register leaves: as ids where words say it, as conditions on the row for all else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import get_ident
from typing import Final
from weakref import WeakKeyDictionary

from svc_tui.db.core import search
from svc_tui.db.core.engine import Store
from svc_tui.db.lists.conditions import Condition
from svc_tui.db.lists.terms import LAST_LETTER
from svc_tui.domain.entries import EntryQuery, Flags, Register, Sought, Until, Where

_MOST_KNOWN: Final = 12
"""So many sets of ids are remembered for each connection."""

_Known = dict[tuple[int, Register, Sought], tuple[object, frozenset[int]]]
_known: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()

_POINTS: Final = {Register.DEVICES: "owner_id", Register.PRODUCTS: "supplier_id"}
"""The column that names a contact."""


def ids_of(store: Store, query: EntryQuery) -> frozenset[int] | None:
    """The entries that have all words asked for, and none that must not be there; None where nothing of the kind is.

    Index: the word index of the register, contact_search and the column that names the contact, code_key, ean, number.
    """
    found = query.ids
    for sought in sorted(query.sought, key=lambda one: one.negated):
        ids = _remembered(store, query.register, sought)
        if sought.negated:
            found = (_all(store, query.register) if found is None else found) - ids
        else:
            found = ids if found is None else found & ids
    return found


def _all(store: Store, register: Register) -> frozenset[int]:
    return frozenset(row[0] for row in store.sql(f"SELECT id FROM {register.value}"))


def _remembered(store: Store, register: Register, sought: Sought) -> frozenset[int]:
    """The entries that some words find, read once and remembered until something is written."""
    state = _state(store)
    known = _known.setdefault(store, {})
    place = get_ident(), register, sought._replace(negated=False)
    if place not in known or known[place][0] != state:
        if len(known) > _MOST_KNOWN:
            known.clear()
        ids = frozenset(row[0] for sql, values in _selects(store, register, sought) for row in store.sql(sql, values))
        known[place] = state, ids
    return known[place][1]


def _state(store: Store) -> object:
    if store.dialect == "sqlite":
        return store.sql("SELECT total_changes()")[0][0], store.data_version()
    return store.sql("SELECT max(id) FROM change_set")[0][0]


def _selects(store: Store, register: Register, sought: Sought) -> Iterator[Condition]:
    table = register.value
    for wanted in sought.alternatives:
        if sought.where in (Where.ANYWHERE, Where.INDEX):
            yield search.matching(store, f"{table}_search", wanted)
        if sought.where is Where.CONTACT or (sought.where is Where.ANYWHERE and register is Register.DEVICES):
            sql, values = search.matching(store, "contact_search", wanted)
            yield f"SELECT id FROM {table} WHERE {_POINTS[register]} IN ({sql})", values
        if sought.where is Where.CODE:
            beginning: list[object] = [wanted[0], wanted[0] + LAST_LETTER]
            yield f"SELECT id FROM {table} WHERE code_key >= ? AND code_key < ?", beginning
        if sought.where is Where.EAN:
            yield f"SELECT id FROM {table} WHERE ean >= ? AND ean < ?", [wanted[0], wanted[0] + LAST_LETTER]
    if sought.empty:
        blank = " AND ".join(
            f"{column} IS NULL" if column.endswith("_id") else f"{column} = ''" for column in sought.empty
        )
        yield f"SELECT id FROM {table} WHERE {blank}", []


def among(store: Store, ids: frozenset[int]) -> Condition:
    """The entry is one of these, however many."""
    listed = sorted(ids)
    if store.dialect == "sqlite":
        return "e.id IN (SELECT value FROM json_each(?))", [json.dumps(listed)]
    return "e.id = ANY(CAST(? AS bigint[]))", [listed]


def rare(store: Store, query: EntryQuery, most: int) -> frozenset[int] | None:
    """The entries of a value that few have, so that the order is not walked in vain; None where many have it.

    Index: number; contact_suppliers, contact_no_customers, contact_companies; the column that names the contact; of
    those no longer in use one each.
    """
    if query.numbers is not None:
        marks = ",".join("?" * len(query.numbers))
        rows = store.sql(f"SELECT id FROM contact WHERE number IN ({marks})", sorted(query.numbers))
        return frozenset(row[0] for row in rows)
    wanted: list[Condition] = [(f"e.{_POINTS[query.register]} = ?", [query.owner])] if query.owner else []
    if query.retired:
        wanted.append(("e.retired", []))
    for flags in query.flags:
        if len(flags.any_of) == 1 and not flags.negated:
            [(column, value)] = flags.any_of
            if isinstance(value, bool) and (column, value) != ("is_customer", True):
                wanted.append((f"e.{column}" if value else f"NOT e.{column}", []))
    for sql, values in wanted:
        # In the order of ids, which is what makes SQLite take the index of the few.
        wanted_ids = f"SELECT e.id FROM {query.register.value} e WHERE {sql} ORDER BY e.id LIMIT {most + 1}"
        rows = store.sql(wanted_ids, values)
        if len(rows) <= most:
            return frozenset(row[0] for row in rows)
    return None


def conditions(query: EntryQuery) -> list[Condition]:
    """What is tested on the row."""
    found: list[Condition] = [_flagged(flags) for flags in query.flags]
    if query.retired is not None:
        found.append(("e.retired" if query.retired else "NOT e.retired", []))
    if query.owner is not None:
        found.append((f"e.{_POINTS[query.register]} = ?", [query.owner]))
    if query.numbers is not None:
        found.append((f"e.number IN ({','.join('?' * len(query.numbers))})", list(query.numbers)))
    if query.not_numbers:
        found.append((f"e.number NOT IN ({','.join('?' * len(query.not_numbers))})", list(query.not_numbers)))
    return found + [_timed(rule) for rule in query.until]


def _flagged(flags: Flags) -> Condition:
    parts: list[str] = []
    values: list[object] = []
    for column, value in flags.any_of:
        if isinstance(value, bool):
            parts.append(f"e.{column}" if value else f"NOT e.{column}")
        else:
            parts.append(f"e.{column} = ?")
            values.append(value)
    sql = f"({' OR '.join(parts)})" if parts else "(1 = 0)"
    return (f"NOT {sql}" if flags.negated else sql), values


def _timed(rule: Until) -> Condition:
    parts: list[str] = []
    values: list[object] = []
    for column in rule.columns:
        for since, before in rule.periods:
            ends = [(sign, end) for sign, end in ((">=", since), ("<", before)) if end is not None]
            one = " AND ".join(f"e.{column} {sign} ?" for sign, _ in ends) or f"e.{column} IS NOT NULL"
            parts.append(f"COALESCE({one}, 1 = 0)")
            values += [end for _, end in ends]
    if rule.none:
        parts.append(" AND ".join(f"e.{column} IS NULL" for column in rule.columns))
    sql = f"({' OR '.join(parts)})"
    return (f"NOT {sql}" if rule.negated else sql), values
