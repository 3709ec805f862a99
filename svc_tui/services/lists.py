"""The activity lists: a filter line resolved against the registers, pages and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from svc_tui.db import activities as rows
from svc_tui.db import contacts
from svc_tui.db.search import serial_key
from svc_tui.domain.errors import N_
from svc_tui.domain.filters import (
    Days,
    Field,
    Filter,
    FilterError,
    Missing,
    Name,
    Number,
    Term,
    parse,
    vocabulary_for,
)
from svc_tui.domain.filters import Stage as StageName
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow, Stage
from svc_tui.domain.registers import Choice, Registers, meant
from svc_tui.domain.rights import Right
from svc_tui.domain.text import words
from svc_tui.services import contacts as contact_search
from svc_tui.services.session import Session, to_seconds

ALL = "all"
"""Code of the list that shows every activity."""

_MOST_CONTACTS = 500
_STAGES = {
    StageName.READY: Stage.READY,
    StageName.WAITING: Stage.WAITING,
    StageName.WORKING: Stage.WORKING,
    StageName.DONE: Stage.DONE,
    StageName.CANCELLED: Stage.CANCELLED,
}
_COLUMNS = {
    Field.TYPE: ("types", "type_id"),
    Field.STATUS: ("statuses", "status_id"),
    Field.RESPONSIBLE: ("responsibles", "responsible_id"),
    Field.PRIORITY: ("priorities", "priority_id"),
    Field.CUSTOMER: ("customers", "customer_id"),
    Field.SERIAL: ("devices", "device_id"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs match, and how many more would without the period."""

    matching: int
    hidden_by_period: int


def resolve(session: Session, list_code: str | None, text: str) -> ActivityQuery:
    """What a filter line asks of a list.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    wanted = parse(text, vocabulary_for(session.language), session.now(), session.language)
    return resolve_filter(session, list_code, wanted)


def resolve_filter(session: Session, list_code: str | None, wanted: Filter) -> ActivityQuery:
    """The same for a filter that has been parsed already.

    Raises:
        FilterError: when a name means nothing in the registers.
    """
    types = _types_of_list(session.registers, list_code)
    query = ActivityQuery(
        types=types,
        words=_prefixes(wanted.words),
        not_words=_prefixes(wanted.not_words),
    )
    for term in wanted.terms:
        query = _restricted(session, query, term)
    return query


def without_period(query: ActivityQuery) -> ActivityQuery:
    """The same question, whatever the start."""
    return replace(query, start_from=None, start_before=None)


def _types_of_list(registers: Registers, list_code: str | None) -> frozenset[int | None] | None:
    """Types flagged for the list, retired ones included, for their jobs remain."""
    if list_code in (None, ALL):
        return None
    entry = registers.list_by_code(list_code or "")
    return frozenset(kind.id for kind in registers.types if entry is not None and entry.id in kind.lists)


def _prefixes(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Words to look up; a single letter at the end is still being typed and would match half the shop."""
    found = [word for text in texts for word in words(text)]
    return tuple(word for place, word in enumerate(found) if len(word) > 1 or place < len(found) - 1)


def _restricted(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    if term.field in (Field.START, Field.PROMISED):
        return _in_period(query, term)
    if term.field is Field.STAGE:
        return _in_stages(query, term)
    if term.field is Field.NUMBER:
        return _numbered(query, term)
    if term.field is Field.LIST:
        return _of_lists(session.registers, query, term)
    name, column = _COLUMNS[term.field]
    ids = frozenset().union(*(_ids(session, term, value) for value in term.values))
    if term.negated:
        return replace(query, excluded=(*query.excluded, (column, ids)))
    return _narrowed(query, name, ids)


def _narrowed(query: ActivityQuery, name: str, ids: frozenset[int | None]) -> ActivityQuery:
    before = getattr(query, name)
    changed: dict[str, Any] = {name: ids if before is None else before & ids}
    return replace(query, **changed)


def _refuse(term: Term, message: str, **values: str) -> FilterError:
    return FilterError(message, term.span[0], term.span[1], **values)


def _ids(session: Session, term: Term, value: object) -> frozenset[int | None]:
    if isinstance(value, Missing):
        return frozenset((None,))
    if not isinstance(value, Name):
        raise _refuse(term, N_("{what} takes a name here"), what=term.field.value)
    if term.field is Field.CUSTOMER:
        found = contact_search.search(session, value.text, limit=_MOST_CONTACTS)
        return frozenset(contact.id for contact in found)
    if term.field is Field.SERIAL:
        key = serial_key(value.text)
        devices = contacts.devices_by_serial(session.store, key, _MOST_CONTACTS) if key else []
        return frozenset(device.id for device in devices)
    choices = choices_of(session.registers, term.field)
    named = meant(value.text, choices)
    if not named:
        raise _refuse(
            term,
            N_("“{text}” is no {what} here; try {choices}"),
            text=value.text,
            what=term.field.value,
            choices=", ".join(choice.code or choice.label for choice in choices[:4]),
        )
    return frozenset(choice.id for choice in named)


def choices_of(registers: Registers, field: Field) -> list[Choice]:
    """What the names of a field may stand for, retired values included."""
    if field is Field.TYPE:
        return [Choice(entry.id, entry.name) for entry in registers.types]
    if field is Field.STATUS:
        return [Choice(entry.id, entry.name) for entry in registers.statuses]
    if field is Field.PRIORITY:
        return [Choice(entry.id, entry.name) for entry in registers.priorities]
    return [Choice(entry.id, entry.name, entry.initials) for entry in registers.employees]


def _in_stages(query: ActivityQuery, term: Term) -> ActivityQuery:
    stages = frozenset(int(_STAGES[value]) for value in term.values if isinstance(value, StageName))
    if term.negated:
        stages = frozenset(int(stage) for stage in Stage) - stages
    return replace(query, stages=stages if query.stages is None else query.stages & stages)


def _numbered(query: ActivityQuery, term: Term) -> ActivityQuery:
    if term.negated:
        raise _refuse(term, N_("A job's number cannot be left out; remove the minus"))
    numbers = frozenset(value.number for value in term.values if isinstance(value, Number))
    return replace(query, numbers=numbers if query.numbers is None else query.numbers & numbers)


def _of_lists(registers: Registers, query: ActivityQuery, term: Term) -> ActivityQuery:
    choices = [Choice(entry.id, entry.name, entry.code) for entry in registers.lists]
    lists = {choice.id for value in term.values if isinstance(value, Name) for choice in meant(value.text, choices)}
    if not lists:
        raise _refuse(
            term,
            N_("“{text}” is no {what} here; try {choices}"),
            text=str(term.values[0]),
            what=term.field.value,
            choices=", ".join(choice.code for choice in choices),
        )
    types: frozenset[int | None] = frozenset(entry.id for entry in registers.types if entry.lists & lists)
    if term.negated:
        return replace(query, excluded=(*query.excluded, ("type_id", types)))
    return _narrowed(query, "types", types)


def _in_period(query: ActivityQuery, term: Term) -> ActivityQuery:
    days = term.values[0]
    if term.negated or len(term.values) > 1 or not isinstance(days, Days):
        raise _refuse(term, N_("{what} takes one period, such as today, -7, week48, <1.12 or 1.11..30.11"),
                      what=term.field.value)  # fmt: skip
    begin, end = _midnight(days.first), _midnight(days.last + timedelta(days=1) if days.last else None)
    if term.field is Field.START:
        return replace(query, start_from=begin, start_before=end)
    return replace(query, promised_from=begin, promised_before=end)


def _midnight(day: date | None) -> int | None:
    return None if day is None else to_seconds(datetime.combine(day, time()))


def page(
    session: Session,
    query: ActivityQuery,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """Rows of a list that follow or precede one; see `db.activities.page`."""
    session.require(Right.ACTIVITY_READ)
    return rows.page(session.store, query, limit, after, before)


def last_page(session: Session, query: ActivityQuery, limit: int) -> list[ActivityRow]:
    """The last rows of a list."""
    session.require(Right.ACTIVITY_READ)
    return rows.last_page(session.store, query, limit)


def counts(session: Session, query: ActivityQuery, wanted: Callable[[], bool] = lambda: True) -> Counts | None:
    """Counted for the line under the list; runs on the connection for long reads.

    None when it is no longer `wanted` by the time its turn comes.
    """
    if not wanted():
        return None
    matching = rows.count(session.store, query)
    if query.start_from is None and query.start_before is None:
        return Counts(matching, 0)
    return Counts(matching, rows.count(session.store, without_period(query)) - matching)


def row_in(session: Session, query: ActivityQuery, activity_id: int) -> ActivityRow | None:
    """A job's row if the query shows it."""
    found = rows.page(session.store, replace(query, ids=frozenset((activity_id,))), 1)
    return found[0] if found else None
