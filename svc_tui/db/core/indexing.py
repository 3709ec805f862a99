"""Making the entries of the word index, of what the descriptions of the tables say is worded.

An entry is the set of folded words of a row and of what hangs on it or is named by it. `search.py` asks the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, assert_never

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.core.tables import column_of, owner_field
from svc_tui.domain.contact_words import email_words, name_words, phone_words, serial_words, town_words, vat_words
from svc_tui.domain.device_words import brand_words, marked_serial_words, shelf_words
from svc_tui.domain.field_kinds import WordKind
from svc_tui.domain.tables import TABLES, Described
from svc_tui.domain.text import words

ENTRIES: Final[tuple[Described, ...]] = tuple(
    dict.fromkeys(TABLES[found.entry] for table in TABLES.values() for found in table.words)
)
"""Tables whose rows have an entry."""


class Way(NamedTuple):
    """How an entry comes by words: from its own row, or one that names it, or one that such a row names."""

    root: Described
    """The table whose rows are found by the entry's id."""
    by: str
    """The field of the root that names the entry; empty where the root's row is the entry's."""
    source: Described
    """The table of the words."""
    via: str
    """The field of the root that names the source's row; empty where the root has the words itself."""
    fields: Mapping[str, WordKind]


@cache
def ways_of(entry: Described) -> tuple[Way, ...]:
    """All ways in which entries of a table come by words."""
    found: list[Way] = []
    for table in TABLES.values():
        for given in table.words:
            if given.entry != entry.name:
                continue
            if not given.of:
                found.append(Way(entry, "", entry, "", given.fields))
            for path in given.of:
                name, _, field = path.partition(".")
                root = TABLES[name]
                if root is table:
                    found.append(Way(root, field, table, "", given.fields))
                else:
                    by = "" if root is entry else owner_field(root, entry)
                    found.append(Way(root, by, table, field, given.fields))
    return tuple(found)


_Maker = Callable[[str, str], set[str]]
"""Makes words of a text, in a country with this calling code."""


class _Query(NamedTuple):
    """Words of many entries at once: the entry's id first, then a text for each of the makers."""

    select: str
    makers: tuple[_Maker, ...]


def index(store: Store, table: Described, ids: Iterable[int]) -> None:
    """Make the entries of these rows anew."""
    _index(store, table, ids, _queries(table))


def index_anew(store: Store, table: Described) -> None:
    """Make the entries of all rows of a table anew: for migrations, and where an index was found wrong.

    A column that the database does not have yet, because a later migration adds it, gives no words.
    """
    there = {
        (name, column.name)
        for name in store.peewee.get_tables()
        if name in TABLES
        for column in store.peewee.get_columns(name)
    }
    queries = tuple(_made_of(table, lambda name, column: (name, column) in there))
    _index(store, table, [row[0] for row in store.sql(f"SELECT id FROM {table.name} ORDER BY id")], queries)


def _index(store: Store, table: Described, ids: Iterable[int], queries: Iterable[_Query]) -> None:
    country = ""
    for chunk, marks in in_chunks(ids):
        country = country or _country(store, table)
        entries: dict[int, set[str]] = {row_id: set() for row_id in chunk}
        for select, makers in queries:
            for row_id, *texts in store.sql(f"{select} IN ({marks})", chunk):
                entry = entries[row_id]
                for make, text in zip(makers, texts, strict=True):
                    if text:
                        entry |= make(str(text), country)
        _put(store, f"{table.name}_search", entries.items())


def _country(store: Store, table: Described) -> str:
    """The calling code of the shop's country, where a phone number is among the words."""
    if not any(kind is WordKind.PHONE for way in ways_of(table) for kind in way.fields.values()):
        return "45"
    company = store.sql("SELECT country_code FROM company")
    return str(company[0][0]) if company else "45"


@cache
def _queries(table: Described) -> tuple[_Query, ...]:
    return tuple(_made_of(table, lambda _name, _column: True))


def _made_of(entry: Described, is_there: Callable[[str, str], bool]) -> Iterator[_Query]:
    """One query for each table that is read by the entry's id."""
    ways = ways_of(entry)
    for root, by in dict.fromkeys((way.root, way.by) for way in ways):
        columns: list[str] = []
        makers: list[_Maker] = []
        joins: list[str] = []
        for place, way in enumerate(ways):
            fields = [name for name in way.fields if is_there(way.source.name, column_of(way.source, name))]
            if (way.root, way.by) != (root, by) or not fields:
                continue
            row = f"j{place}" if way.via else "r"
            if way.via:
                joins.append(f" LEFT JOIN {way.source.name} {row} ON {row}.id = r.{column_of(root, way.via)}")
            columns += [f"{row}.{column_of(way.source, name)}" for name in fields]
            makers += [_maker(way.fields[name]) for name in fields]
        if columns:
            key = f"r.{column_of(root, by) if by else 'id'}"
            yield _Query(f"SELECT {key}, {', '.join(columns)} FROM {root.name} r{''.join(joins)} WHERE {key}",
                         tuple(makers))  # fmt: skip


def _maker(kind: WordKind) -> _Maker:
    match kind:
        case WordKind.WORDS:
            return lambda text, _country: set(words(text))
        case WordKind.NAME:
            return lambda text, _country: name_words(text)
        case WordKind.EMAIL:
            return lambda text, _country: email_words(text)
        case WordKind.PHONE:
            return phone_words
        case WordKind.VAT:
            return lambda text, _country: vat_words(text)
        case WordKind.CODE:
            return lambda text, _country: serial_words(text)
        case WordKind.TOWN:
            return lambda text, _country: town_words(text)
        case WordKind.BRAND:
            return lambda text, _country: brand_words(text)
        case WordKind.SERIAL:
            return lambda text, _country: marked_serial_words(text)
        case WordKind.SHELF:
            return lambda text, _country: shelf_words(text)
        case _:
            assert_never(kind)


def _put(store: Store, name: str, entries: Iterable[tuple[int, set[str]]]) -> None:
    rows = [(row_id, " ".join(sorted(found))) for row_id, found in entries]
    store.execute_many(f"DELETE FROM {name} WHERE rowid = ?", [(row_id,) for row_id, _ in rows])
    body = "?" if store.dialect == "sqlite" else "array_to_tsvector(string_to_array(?, ' '))"
    store.execute_many(f"INSERT INTO {name}(rowid, body) VALUES (?, {body})", [row for row in rows if row[1]])
