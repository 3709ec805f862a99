"""The lists of contacts, devices and products: a filter line and an order, read page by page."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from svc_tui.db.lists import entries as rows
from svc_tui.db.people import contacts as names
from svc_tui.domain.entries import ORDERS, EntriesAround, Entry, EntryCounts, EntryOrder, EntryQuery, Register
from svc_tui.domain.errors import N_, FilterError, Invalid, TooShort
from svc_tui.domain.filters.completion import Completion, Spot, spot_at, with_value
from svc_tui.domain.filters.filter_fields import PERIODS, Field, Values
from svc_tui.domain.filters.filters import folded, vocabulary_for
from svc_tui.domain.filters.kind_words import kinds_for
from svc_tui.domain.language.dates import parse_date
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.records import ContactKind
from svc_tui.domain.rights import Right
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters.completion import Suggestion
from svc_tui.services.filters.entry_filter import SUBJECTS, resolve, understood

__all__ = [
    "ORDERS", "EntryOrder", "FirstPage", "Register", "around_entry", "complete", "counts", "first_page", "has_values",
    "is_read", "jump", "last_page", "order_column", "page", "resolve", "row_of", "spot", "values",
]  # fmt: skip

_SHORTEST = 2
_MOST_OFFERED = 50


class FirstPage(NamedTuple):
    """What a filter line asks for, and the first rows of it."""

    query: EntryQuery
    rows: list[Entry]
    remark: FilterError | None = None
    """A word that nothing can be searched for with, because of which there are none."""
    until: int | None = None
    """Seconds UTC at which the line means something else; None for a line that does not depend on the clock."""


def first_page(
    session: Session,
    register: Register,
    text: str,
    order: EntryOrder,
    limit: int,
    after: Entry | None = None,
    before: Entry | None = None,
) -> FirstPage:
    """Understand a filter line and read the first rows of what it asks for, or those around one as `page` does.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    try:
        meant = understood(session, register, text, order)
    except TooShort as remark:
        return FirstPage(EntryQuery(register, ids=frozenset(), order=order), [], remark)
    return FirstPage(meant.query, page(session, meant.query, limit, after, before), None, meant.until)


def page(
    session: Session, query: EntryQuery, limit: int, after: Entry | None = None, before: Entry | None = None
) -> list[Entry]:
    """Rows of a list that follow or precede one; see `db.lists.entries.page`."""
    session.require(Right.ACTIVITY_READ)
    return rows.page(session.store, query, limit, after, before)


def last_page(session: Session, query: EntryQuery, limit: int) -> list[Entry]:
    """The last rows of a list."""
    session.require(Right.ACTIVITY_READ)
    return rows.last_page(session.store, query, limit)


def counts(session: Session, query: EntryQuery) -> EntryCounts:
    """Counted for the line under the list; meant for the connection that reads for the list when nothing else does."""
    session.require(Right.ACTIVITY_READ)
    return rows.count(session.store, query)


def around_entry(session: Session, query: EntryQuery, entry_id: int, before: int, after: int) -> EntriesAround | None:
    """An entry's row with at most so many rows before and after it; None if the query does not show it."""
    session.require(Right.ACTIVITY_READ)
    ids = frozenset((entry_id,)) if query.ids is None else query.ids & {entry_id}
    found = rows.page(session.store, query._replace(ids=ids), 1)
    return rows.around(session.store, query, found[0], before, after) if found else None


def row_of(session: Session, register: Register, entry_id: int) -> Entry | None:
    """An entry's row, whatever list shows it; None when it is gone."""
    session.require(Right.ACTIVITY_READ)
    return next(iter(rows.rows_of(session.store, register, (entry_id,))), None)


def jump(session: Session, query: EntryQuery, text: str) -> Entry | None:
    """The first row at or after what was typed, by the column the list is sorted by; None when none comes so late.

    Raises:
        Invalid: when the list is sorted by a number or a day, and it is none.
    """
    session.require(Right.ACTIVITY_READ)
    wanted = text.strip()
    if not wanted:
        return None
    column = query.order.column
    if column in ("number", "registered"):
        number = whole_number(wanted.removeprefix("#"))
        if number is None:
            raise Invalid(N_("The list is sorted by number: write one, such as 10432."))
        return rows.jump(session.store, query, number)
    if column == "last":
        day = parse_date(wanted, session.now(), session.language)
        following = day + timedelta(days=1) if query.order.descending else day
        moment = to_seconds(datetime.combine(following, time()))
        return rows.jump(session.store, query, moment - 1 if query.order.descending else moment)
    return rows.jump(session.store, query, wanted)


def order_column(register: Register, text: str) -> str | None:
    """The column that a register's list is sorted by under this name; None for none."""
    return text if text in ORDERS[register] else None


# -- completion ------------------------------------------------------------------------------------------------------


def complete(session: Session, register: Register, text: str, caret: int) -> Completion | None:
    """What would be written at the end of the line; None where nothing is proposed, and anywhere else."""
    if caret != len(text):
        return None
    spot = spot_at(text, caret, vocabulary_for(session.language, SUBJECTS[register]))
    if not spot.typed or (spot.field is None and (spot.quoted or len(spot.typed) < _SHORTEST)):
        return None
    found = values(session, register, spot.field, spot.typed, 2)
    if not found:
        return None
    proposed = with_value(text, spot, found[0].value, as_it_is=found[0].is_word)
    return proposed if proposed.hint.strip() else None


def spot(session: Session, register: Register, text: str, caret: int) -> Spot:
    """Where a list of values would write; they are asked for with `values`."""
    return spot_at(text, caret, vocabulary_for(session.language, SUBJECTS[register]))


def values(
    session: Session, register: Register, field: Field | None, typed: str, limit: int = _MOST_OFFERED
) -> list[Suggestion]:
    """Values of a field that what was typed may become, the likeliest first; for None names of fields.

    Index: contact name_key, as far as `limit`.
    """
    vocabulary = vocabulary_for(session.language, SUBJECTS[register])
    wanted = folded(typed)
    if field is None:
        own = [label for label in vocabulary.labels.values() if folded(label).startswith(wanted)]
        return [Suggestion(f"{name}:", name, is_word=True) for name in own][:limit]
    labels: tuple[str, ...] = ()
    if field.about.values is Values.KINDS:
        labels = tuple(label for label, _ in kinds_for(session.language, SUBJECTS[register]))
    elif field.about.values is Values.ANSWERS:
        labels = vocabulary.answer_labels
    elif field.about.values not in (*PERIODS, Values.NUMBERS):
        labels = (vocabulary.none_label,)
    found = [Suggestion(label, label, is_word=True) for label in labels if folded(label).startswith(wanted)]
    if is_read(field) and len(typed.strip()) >= _SHORTEST:
        kind: ContactKind = "supplier" if field.about.values is Values.SUPPLIERS else "all"
        named = names.contacts_by_name(session.store, search_key(typed), kind, limit)
        found = [Suggestion(row.name, row.name, row.city or row.phone) for row in named] + found
    return found[:limit]


def is_read(field: Field | None) -> bool:
    """Whether values of a field are looked up in the database: those that are contacts."""
    return field is not None and field.about.values in (Values.CONTACTS, Values.SUPPLIERS)


def has_values(field: Field) -> bool:
    """Whether there are values to choose from, or only what one types."""
    return is_read(field) or field.about.values in (Values.KINDS, Values.ANSWERS)
