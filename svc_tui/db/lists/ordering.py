"""The orders of a list: in which stretches it is read, and by which keys.

A list is a sequence of stretches, each of which one index holds in the order of its keys: the jobs of one status
after those of another, those that have a promised time before those that have none. A page begins at a place, which
is a row's keys; what follows a place is a sequence of arms, each a range of an index: the rows with the same first key
and a later second one, then those with a later first key. Ties may be long (a bulk change gives ten thousand jobs the
same time), and SQLite enters an index at the first column of a row value only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple
from weakref import WeakKeyDictionary

from svc_tui.db.core.engine import Store
from svc_tui.db.lists.conditions import Condition, equals
from svc_tui.db.lists.terms import LAST_LETTER
from svc_tui.domain.damage import Garbled, stored
from svc_tui.domain.language.alphabet import SORTED_LETTERS, alphabet_of, letters
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow

BY_START = ("a.start_at", "a.id")
ENDS = "COALESCE(a.end_at, a.start_at)"
"""As the column shows it: a job without an end ends when it starts."""

FILTERED = ("type_id", "status_id", "responsible_id", "priority_id")
"""The columns that every index of an order holds besides its keys."""


# The registers a list is sorted by, each in the order its column is read in; and the stage of the jobs, if it says.
_REGISTERS = {
    "type": ("type_id", "SELECT id, NULL FROM activity_type ORDER BY {letters}, id"),
    "status": ("status_id", "SELECT id, stage FROM activity_status ORDER BY position, id"),
    "responsible": ("responsible_id", "SELECT id, NULL FROM employee ORDER BY initials, id"),
    "priority": ("priority_id", 'SELECT id, NULL FROM priority ORDER BY "rank", id'),
}
_POINTING_NOWHERE = (
    "WITH RECURSIVE value(id) AS (SELECT min({column}) FROM activity UNION ALL"
    " SELECT (SELECT min({column}) FROM activity WHERE {column} > value.id) FROM value WHERE id IS NOT NULL)"
    " SELECT * FROM ({known}) UNION ALL"
    " SELECT id, NULL FROM value WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM ({known}))"
)
"""With what jobs name that is in no register, because another program wrote it: those jobs stand behind the others.
From one value the index of the column leads to the next, some microseconds each. Servers do not take such values."""
_VALUES_NOWHERE = (
    "WITH RECURSIVE value(id) AS (SELECT min({column}) FROM activity UNION ALL"
    " SELECT (SELECT min({column}) FROM activity WHERE {column} > value.id) FROM value WHERE id IS NOT NULL)"
    " SELECT id FROM value WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM {table})"
)
_FILTERS = {"type": "types", "status": "statuses", "responsible": "responsibles", "priority": "priorities"}


def letters_sql(store: Store, column: str) -> str:
    """What a text is sorted by (`domain.alphabet.letters`), as its index has it."""
    if store.dialect == "postgresql":
        return _letters_of_postgresql(store.alphabet, column)
    return _letters_of_sqlite(store.alphabet, column)


@cache
def _letters_of_sqlite(name: str, column: str) -> str:
    """Most texts need no replacing, which takes 20 microseconds."""
    alphabet = alphabet_of(name)
    plain = key = f"lower(substr({column}, 1, {SORTED_LETTERS}))"
    for letter, place in (alphabet.single | alphabet.double).items():
        key = f"replace({key}, '{letter}', '{place}')"
    for pair, place in alphabet.pairs:
        plain, key = f"replace({plain}, '{pair}', '{place}')", f"replace({key}, '{pair}', '{place}')"
    return f"CASE WHEN {column} GLOB '*[^ -~]*' THEN {key} ELSE {plain} END"


@cache
def _letters_of_postgresql(name: str, column: str) -> str:
    alphabet = alphabet_of(name)
    letters, places = "".join(alphabet.single), "".join(alphabet.single.values())
    key = f"translate(lower(substr({column}, 1, {SORTED_LETTERS}) COLLATE \"C\"), '{letters}', '{places}')"
    for letter, place in (*alphabet.double.items(), *alphabet.pairs):
        key = f"replace({key}, '{letter}', '{place}')"
    return key


def reindex(store: Store, language: str) -> None:
    """From now on texts are sorted as this language does; their indexes are made anew where they differ."""
    name = alphabet_of(language).name
    if name == store.alphabet:
        return
    store.alphabet = name
    for index in _BY_LETTERS:
        store.execute_sql(f"DROP INDEX {index}")
        store.execute_sql(letters_index(store, index))


_OF_CONTACTS = ("retired", "is_customer", "is_supplier", "is_company")
_BY_LETTERS = {
    "activity_by_subject": ("activity", "subject", (*FILTERED, "start_at")),
    "contact_by_name": ("contact", "name", _OF_CONTACTS),
    "contact_by_city": ("contact", "city", _OF_CONTACTS),
    "product_by_name": ("product", "name", ("retired", "kind")),
}
"""The indexes of texts in the order of letters: table, text, and what else filters ask for."""


def letters_index(store: Store, index: str) -> str:
    """The statement that makes one of the indexes of texts, as the shop's language sorts them."""
    table, column, kept = _BY_LETTERS[index]
    return f"CREATE INDEX {index} ON {table} (({letters_sql(store, column)}), {', '.join(('id', *kept))})"


def is_by_customer(keys: Sequence[str]) -> bool:
    """Whether these keys are those of a list sorted by the customer's name."""
    return tuple(keys[1:2]) == ("c.id",)


def columns(store: Store, column: str) -> str:
    """What sorting by a column needs to know of a job; `subject_key` is what its subject is sorted by."""
    if column in _REGISTERS:
        return f"a.id, a.start_at, a.{_REGISTERS[column][0]}"
    needed = {
        "number": "a.number",
        "end": "a.start_at, a.end_at",
        "promised": "a.promised_at",
        "changed": "a.changed_at",
        "subject": f"{letters_sql(store, 'a.subject')} AS subject_key",
        "customer": "a.start_at, a.customer_id",
        "start": "a.start_at",
    }
    return f"a.id, {needed[column]}"


class Place(NamedTuple):
    """Where a row stands: the stretch it is in, and its keys there."""

    stretch: object
    keys: tuple[object, ...]
    """Its first keys will do."""
    included: bool = False
    """Whether reading begins with what stands here, rather than after it."""


class Stretch(NamedTuple):
    """Rows that stand together, in the order of `keys` (all in the direction of the list)."""

    name: object
    """What tells it from the other stretches of its list."""
    where: tuple[Condition, ...]
    keys: tuple[str, ...]
    constant: str = ""
    """A column or expression with one value in all of it, which comes before the keys in the index."""
    wanted: bool = True
    """Whether the filter may have rows in it."""
    floor: str = ""
    """The condition that says no more than that a key is not the lowest of all."""


class Arm(NamedTuple):
    """A range of an index: rows in the order of `keys`, in the direction of the list."""

    stretch: Stretch
    where: list[Condition]
    keys: tuple[str, ...]
    """Those of the stretch that are not the same in all of the range."""
    is_bounded_below: bool = False

    @property
    def conditions(self) -> list[Condition]:
        """All that says which rows these are. Of two lower bounds of one index SQLite enters it at the first."""
        stretch = self.stretch
        within = [rule for rule in stretch.where if not (self.is_bounded_below and rule[0] == stretch.floor)]
        return [*within, *self.where]


def stretches(store: Store, query: ActivityQuery) -> list[Stretch]:
    """The stretches of a list, in its order."""
    column = query.order.column
    if column in _REGISTERS:
        return _by_register(store, query)
    if column == "customer":
        return _by_customer(store, query.customers)
    if column == "subject":
        key = letters_sql(store, "a.subject")
        return [
            Stretch("some", ((f"{key} > ''", []),), (key, "a.id"), floor=f"{key} > ''"),
            Stretch("none", ((f"{key} = ''", []),), ("a.id",), key),
        ]
    if column == "promised":
        return [
            Stretch("some", (("a.promised_at IS NOT NULL", []),), ("a.promised_at", "a.id")),
            Stretch("none", (("a.promised_at IS NULL", []),), ("a.id",), "a.promised_at"),
        ]
    keys = {"number": ("a.number",), "start": BY_START, "end": (ENDS, "a.id"), "changed": ("a.changed_at", "a.id")}
    return [Stretch("all", (), keys[column])]


def _by_customer(store: Store, wanted: frozenset[int | None] | None) -> list[Stretch]:
    by_name = (letters_sql(store, "c.name"), "c.id", *BY_START)
    known, unknown = wanted is None or wanted != {None}, wanted is None or None in wanted
    nowhere = _customers_nowhere(store)
    named: list[Condition] = [("a.customer_id IS NOT NULL", [])]
    behind: list[Stretch] = []
    if nowhere:
        marks = ", ".join("?" * len(nowhere))
        named.append((f"a.customer_id NOT IN ({marks})", [*nowhere]))
        behind = [Stretch("nowhere", ((f"a.customer_id IN ({marks})", [*nowhere]),), BY_START, wanted=known)]
    return [
        Stretch("some", tuple(named), by_name, wanted=known),
        *behind,
        Stretch("none", (("a.customer_id IS NULL", []),), BY_START, "a.customer_id", unknown),
    ]


def _customers_nowhere(store: Store) -> tuple[object, ...]:
    """What jobs name as a customer and is no contact, because another program wrote it: such jobs have no name.

    It is looked for once, some microseconds a customer, and again when another program has written into the shop.
    """
    if store.dialect != "sqlite":
        return ()
    known = _nowhere.get(store)
    if known is None or known[0] != store.written_past_us:
        sql = _VALUES_NOWHERE.format(column="customer_id", table="contact")
        known = _nowhere[store] = (store.written_past_us, tuple(stored(row[0]) for row in store.sql(sql)))
    return known[1]


_nowhere: WeakKeyDictionary[Store, tuple[int, tuple[object, ...]]] = WeakKeyDictionary()


def _by_register(store: Store, query: ActivityQuery) -> list[Stretch]:
    column, register = _REGISTERS[query.order.column]
    wanted: frozenset[int | None] | None = getattr(query, _FILTERS[query.order.column])
    in_order = register.format(letters=letters_sql(store, "name"))
    if store.dialect == "sqlite":
        in_order = _POINTING_NOWHERE.format(known=in_order, column=column)
    entries: list[tuple[int | None, int | None]] = [(stored(row[0]), row[1]) for row in store.sql(in_order)]
    if query.order.descending:
        entries.reverse()
    entries.append((None, 0 if query.order.column == "status" else None))
    return [
        Stretch(
            value, (equals(column, value),), BY_START, f"a.{column}",
            (wanted is None or value in wanted) and (query.stages is None or stage is None or stage in query.stages),
        )
        for value, stage in entries
    ]  # fmt: skip


def place_of(store: Store, column: str, row: ActivityRow) -> Place:
    """Where a row stands in a list sorted by `column`."""
    if column in _REGISTERS:
        return Place(stored(getattr(row, _REGISTERS[column][0])), (row.start_at, row.id))
    if column == "customer":
        if row.customer_id is None:
            return Place("none", (row.start_at, row.id))
        if stored(row.customer_id) in _customers_nowhere(store):
            return Place("nowhere", (row.start_at, row.id))
        return Place("some", (_key(store, row.customer), row.customer_id, row.start_at, row.id))
    if column == "subject":
        key = _key(store, row.subject)
        return Place("some", (key, row.id)) if key else Place("none", (row.id,))
    if column == "promised":
        return Place("none", (row.id,)) if row.promised_at is None else Place("some", (row.promised_at, row.id))
    keys = {
        "number": (row.number,),
        "start": (row.start_at, row.id),
        "end": (row.start_at if row.end_at is None else row.end_at, row.id),
        "changed": (row.changed_at, row.id),
    }
    return Place("all", keys[column])


def _key(store: Store, text: str) -> str:
    """What a text is sorted by; of what is no text by its bytes."""
    alphabet = alphabet_of(store.alphabet)
    if type(text) is not Garbled:
        return letters(text, alphabet)
    key = letters(text.stored.decode("utf-8", "surrogateescape"), alphabet)
    return Garbled(key.encode("utf-8", "surrogateescape"), is_text=True)


def place_at(store: Store, column: str, wanted: int | str, descending: bool) -> Place:
    """Where what was typed would stand in a list sorted by `column`: a number, seconds UTC, or the beginning of a text.

    In falling order a text stands before all that begin with it.
    """
    if column in ("subject", "customer"):
        key = letters(str(wanted), alphabet_of(store.alphabet))
        return Place("some", (key + LAST_LETTER if descending else key,), included=True)
    return Place("some" if column == "promised" else "all", (wanted,), included=True)


def arms(sequence: Sequence[Stretch], place: Place | None, descending: bool) -> list[Arm]:
    """What follows `place`, range by range; all of it without one.

    Args:
        sequence: The stretches, in the direction of reading.
        place: Where the row stands after which reading begins.
        descending: Whether keys fall in the direction of reading.
    """
    names = [stretch.name for stretch in sequence]
    at = names.index(place.stretch) if place is not None and place.stretch in names else -1
    if place is not None and at >= 0:
        sign = ("<" if descending else ">") + ("=" if place.included else "")
        found = _beyond(sequence[at], place.keys, sign)
    else:
        found = []
    found += [Arm(stretch, [], stretch.keys) for stretch in islice(sequence, at + 1, None)]
    return [arm for arm in found if arm.stretch.wanted]


def _beyond(stretch: Stretch, keys: Sequence[object], beyond: str) -> list[Arm]:
    """The ranges of a stretch beyond these keys: equal in all keys but the last, equal in all but two, and so on."""
    return [
        Arm(
            stretch,
            [_compared(key, "=", value) for key, value in islice(zip(stretch.keys, keys, strict=False), depth)]
            + [_compared(stretch.keys[depth], beyond, keys[depth])],
            stretch.keys[depth:],
            is_bounded_below=depth > 0 or beyond.startswith(">"),
        )
        for depth in reversed(range(len(keys)))
    ]


def _compared(key: str, sign: str, value: object) -> Condition:
    mark = "CAST(? AS TEXT)" if type(value) is Garbled and value.is_text else "?"
    return f"{key} {sign} {mark}", [value]
