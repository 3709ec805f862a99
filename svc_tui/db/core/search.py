"""The word index of activities, contacts and products: FTS5 or tsvector behind one pair of functions.

An entry is the set of folded words of a row and of what hangs on it. It is written in the transaction that
changes the row. Queries are prefixes, all of which must match.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from threading import get_ident
from types import MappingProxyType
from typing import Final
from weakref import WeakKeyDictionary

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.contact_words import serial_words, stored_words
from svc_tui.domain.text import search_key, words

WHOLE: Final = "$"
"""Behind a word that must stand so, and not begin another."""

_INDEXED_LETTERS = 3
_MOST_KNOWN = 200
_MOST_LISTS = 8
_MOST_WORDS = 6
"""More words than this with one beginning are better asked for by the beginning."""

WORDED: Final = MappingProxyType(
    {
        "activity": frozenset(
            (
                "number", "subject", "project", "fault_told", "fault_found", "user_field1", "user_field2",
                "device", "customer",
            )
        ),
        "activity_note": frozenset(("text",)),
        "activity_line": frozenset(("code", "text")),
        "activity_link": frozenset(("contact", "person")),
        "contact": frozenset(("number", "name", "email", "vat_number", "city", "phone", "mobile")),
        "contact_person": frozenset(("name", "email", "phone", "contact")),
        "device": frozenset(("serial", "owner")),
        "product": frozenset(("code", "name", "ean", "supplier_code", "product_group")),
    }
)  # fmt: skip
"""Fields from which an entry of the word index is made, by table: when another one changes it is left as it is.

What `index_activities`, `index_contacts` and `index_products` read must be named here.
"""


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


def _put(store: Store, index: str, entries: Iterable[tuple[int, set[str]]]) -> None:
    rows = [(row_id, " ".join(sorted(found))) for row_id, found in entries]
    store.execute_many(f"DELETE FROM {index} WHERE rowid = ?", [(row_id,) for row_id, _ in rows])
    body = "?" if store.dialect == "sqlite" else "array_to_tsvector(string_to_array(?, ' '))"
    store.execute_many(f"INSERT INTO {index}(rowid, body) VALUES (?, {body})", [row for row in rows if row[1]])


def _collect(rows: Iterable[Row], into: dict[int, set[str]]) -> None:
    """Add the words of every text column to the entry of the id in the first."""
    for row_id, *texts in rows:
        entry = into.setdefault(row_id, set())
        for text in texts:
            if text:
                entry.update(words(str(text)))


def index_activities(store: Store, ids: Iterable[int]) -> None:
    """Index anew: subject, project, faults, notes, lines, device, names and numbers of the linked contacts."""
    for chunk, marks in in_chunks(ids):
        entries: dict[int, set[str]] = {row_id: set() for row_id in chunk}
        for sql in (
            "SELECT a.id, a.number, a.subject, a.project, a.fault_told, a.fault_found, a.user_field1, a.user_field2,"
            " d.brand, d.model, d.serial, c.name, c.number FROM activity a"
            " LEFT JOIN device d ON d.id = a.device_id LEFT JOIN contact c ON c.id = a.customer_id"
            f" WHERE a.id IN ({marks})",
            f"SELECT activity_id, text FROM activity_note WHERE activity_id IN ({marks})",
            f"SELECT activity_id, code, text FROM activity_line WHERE activity_id IN ({marks})",
            "SELECT l.activity_id, c.name, p.name FROM activity_link l JOIN contact c ON c.id = l.contact_id"
            f" LEFT JOIN contact_person p ON p.id = l.person_id WHERE l.activity_id IN ({marks})",
        ):
            _collect(store.sql(sql, chunk), entries)
        _put(store, "activity_search", entries.items())


def index_contacts(store: Store, ids: Iterable[int]) -> None:
    """Index anew: name, number, phones as digits, e-mail, VAT number, town, persons, serials of their devices."""
    company = store.sql("SELECT country_code FROM company")
    country = str(company[0][0]) if company else "45"
    for chunk, marks in in_chunks(ids):
        entries: dict[int, set[str]] = {row_id: set() for row_id in chunk}
        for row_id, number, name, email, vat, city, phone, mobile in store.sql(
            f"SELECT id, number, name, email, vat_number, city, phone, mobile FROM contact WHERE id IN ({marks})",
            chunk,
        ):
            entries[row_id] |= stored_words((str(number), name, city), (email,), (phone, mobile), vat, country)
        for row_id, name, email, phone in store.sql(
            f"SELECT contact_id, name, email, phone FROM contact_person WHERE contact_id IN ({marks})", chunk
        ):
            entries[row_id] |= stored_words((name,), (email,), (phone,), country=country)
        for owner, serial in store.sql(f"SELECT owner_id, serial FROM device WHERE owner_id IN ({marks})", chunk):
            entries[owner] |= serial_words(serial)
        _put(store, "contact_search", entries.items())


def index_products(store: Store, ids: Iterable[int]) -> None:
    """Index anew: code, name, EAN, the supplier's code, group."""
    for chunk, marks in in_chunks(ids):
        entries: dict[int, set[str]] = {row_id: set() for row_id in chunk}
        rows = store.sql(
            f"SELECT id, code, name, ean, supplier_code, product_group FROM product WHERE id IN ({marks})", chunk
        )
        _collect(rows, entries)
        for row in rows:
            entries[row[0]].add("".join(words(row[1])))
        _put(store, "product_search", entries.items())


def serial_key(serial: str) -> str:
    """A serial number as it is compared: folded, letters and digits only."""
    return "".join(words(search_key(serial)))


def tidy(store: Store, pages: int = 64) -> bool:
    """Merge some of the index's segments, of which every save leaves one; called when nobody has typed for a while.

    SQLite only. Gives whether there is more to merge: then FTS5 has changed two rows or more.
    """
    if store.dialect != "sqlite":
        return False
    is_at_work = False
    with store.transaction():
        for index in ("activity_search", "contact_search", "product_search"):
            [(before,)] = store.sql("SELECT total_changes()")
            store.execute_sql(f"INSERT INTO {index}({index}, rank) VALUES('merge', ?)", (pages,))
            [(after,)] = store.sql("SELECT total_changes()")
            is_at_work |= after - before >= 2
    return is_at_work
