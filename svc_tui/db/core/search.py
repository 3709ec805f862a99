"""Asking the word index: FTS5 or tsvector behind one pair of functions.

Queries are prefixes, all of which must match. `indexing.py` makes the entries, in the transaction that changes a row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import get_ident
from typing import Final
from weakref import WeakKeyDictionary

from svc_tui.db.core.engine import Store
from svc_tui.db.core.indexing import ENTRIES

WHOLE: Final = "$"
"""Behind a word that must stand so, and not begin another."""

_INDEXED_LETTERS = 3
_MOST_KNOWN = 200
_MOST_LISTS = 8
_MOST_WORDS = 6
"""More words than this with one beginning are better asked for by the beginning."""

_ids_known: WeakKeyDictionary[Store, dict[tuple[int, str, str], tuple[object, str]]] = WeakKeyDictionary()
_forms_known: WeakKeyDictionary[Store, dict[tuple[int, str], tuple[object, list[str]]]] = WeakKeyDictionary()


def matching(store: Store, index: str, prefixes: Sequence[str]) -> tuple[str, list[object]]:
    """A subselect of the row ids in `index` that hold a word for each prefix, and its parameters."""
    condition, parameters = hits(store, index, prefixes)
    return f"SELECT rowid FROM {index} WHERE {condition}", parameters


def matching_at_once(store: Store, index: str, prefixes: Sequence[str]) -> tuple[str, list[object]]:
    """The same for what a statement asks more than once, or every page anew.

    FTS5 merges the hits of every word with the beginning before it tells the first: of a phone's first digits, which
    half the contacts have, that takes a quarter of a second. So the ids are read once, and remembered until something
    is written. PostgreSQL's index needs none of this.
    """
    sql, parameters = matching(store, index, prefixes)
    if store.dialect == "postgresql":
        return sql, parameters
    state = store.sql("SELECT total_changes()")[0][0], store.data_version()
    known = _ids_known.setdefault(store, {})
    place = get_ident(), index, str(parameters[0])
    if place not in known or known[place][0] != state:
        if len(known) > _MOST_LISTS:
            known.clear()
        known[place] = state, json.dumps([row[0] for row in store.sql(sql, parameters)])
    return "SELECT value FROM json_each(?)", [known[place][1]]


def hits(store: Store, index: str, prefixes: Sequence[str]) -> tuple[str, list[object]]:
    """The condition that a row of `index` holds a word for each prefix, and its parameters.

    `a|b` is either, `a$` the whole word.
    """
    groups = [prefix.split("|") for prefix in prefixes]
    if store.dialect == "sqlite":
        told = ((form for prefix in group for form in _forms(store, index, prefix)) for group in groups)
        return f"{index} MATCH ?", [" AND ".join(f"({' OR '.join(forms)})" for forms in told)]
    wanted = " & ".join("({})".format(" | ".join(_of_postgresql(prefix) for prefix in group)) for group in groups)
    return f"{index}.body @@ CAST(? AS tsquery)", [wanted]


def _of_postgresql(prefix: str) -> str:
    return f"'{prefix[:-1]}'" if prefix.endswith(WHOLE) else f"'{prefix}':*"


def _forms(store: Store, index: str, prefix: str) -> list[str]:
    """A prefix as FTS5 reads it fastest.

    What is longer than the three letters that have a prefix index is merged from all hits of all words before the
    first is told (35 ms for 100,000); the words themselves, if they are few, are read one hit after the other (3 ms).
    Which words they are is remembered until something is written.
    """
    if prefix.endswith(WHOLE):
        return [f'"{prefix[:-1]}"']
    if index != "activity_search" or len(prefix) <= _INDEXED_LETTERS:
        return [f'"{prefix}"*']
    state = store.sql("SELECT total_changes()")[0][0], store.data_version()
    known = _forms_known.setdefault(store, {})
    place = get_ident(), prefix
    if place not in known or known[place][0] != state:
        if len(known) > _MOST_KNOWN:
            known.clear()
        known[place] = state, _read_forms(store, prefix)
    return known[place][1]


def _read_forms(store: Store, prefix: str) -> list[str]:
    """Index: the words of `activity_word`."""
    found: list[str] = []
    begin = prefix
    while len(found) <= _MOST_WORDS:
        rows = store.sql("SELECT term FROM activity_word WHERE term >= ? LIMIT 1", (begin,))
        if not rows or not rows[0][0].startswith(prefix):
            return [f'"{word}"' for word in found] or [f'"{prefix}"*']
        found.append(rows[0][0])
        begin = f"{found[-1]} "  # `>` would pass over every hit of the word; no word holds a blank
    return [f'"{prefix}"*']


def tidy(store: Store, pages: int = 64) -> bool:
    """Merge some of the index's segments, of which every save leaves one; called when nobody has typed for a while.

    SQLite only. Gives whether there is more to merge: then FTS5 has changed two rows or more.
    """
    if store.dialect != "sqlite":
        return False
    is_at_work = False
    with store.transaction():
        for index in (f"{table.name}_search" for table in ENTRIES):
            [(before,)] = store.sql("SELECT total_changes()")
            store.execute_sql(f"INSERT INTO {index}({index}, rank) VALUES('merge', ?)", (pages,))
            [(after,)] = store.sql("SELECT total_changes()")
            is_at_work |= after - before >= 2
    return is_at_work
