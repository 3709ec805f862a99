"""What a filter line asks of a list: the names in it looked up in the registers, its words told from numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple

from svc_tui.db.lists.terms import next_late
from svc_tui.db.people import contacts
from svc_tui.domain.errors import N_, FilterError
from svc_tui.domain.filters.filter_fields import Values
from svc_tui.domain.filters.filters import (
    Days,
    Field,
    Filter,
    Missing,
    Name,
    Number,
    Term,
    folded,
    parse,
    vocabulary_for,
)
from svc_tui.domain.filters.filters import Stage as StageName
from svc_tui.domain.language import date_reading
from svc_tui.domain.queries import ActivityQuery, DaysTaken, Holding, Order
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import Choice, meant
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import words
from svc_tui.services.core.session import Session
from svc_tui.services.filters import direct, hanging, of_billing, of_parts, view_lines, view_reading
from svc_tui.services.filters.filter_names import choices_of, vocabulary_of
from svc_tui.services.filters.list_query import of_list
from svc_tui.services.filters.periods import by_deadline, in_period, midnight, since_status, untouched
from svc_tui.services.people import contacts as contact_search

_MOST_LISTED = 500
"""Customers or devices that are found by a name; more are not listed but asked for where the jobs are read."""

_LONGEST_NUMBER = 9
"""Digits of a contact's number."""
_DEEPEST = 3
"""Views within views; more of them go in a circle."""

_STAGES = {name: Stage[name.name] for name in StageName}

NO_SUCH_NAME = N_("“{text}” is no {what} here; try {choices}")


Meaning = Callable[[Session, ActivityQuery, Term], ActivityQuery]
"""The query with a term of the line. Raises FilterError where a value means nothing."""


class Understood(NamedTuple):
    """What a filter line means now."""

    query: ActivityQuery
    until: int | None = None
    """Seconds UTC at which it means something else; None where it does not depend on the clock."""
    order: Order | None = None
    """What the first view that it names is sorted by."""


def understood(session: Session, list_code: str | None, text: str) -> Understood:
    """What a filter line asks of a list, and how long it means that.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    written = parse(text, vocabulary_of(session), session.now(), session.language)
    wanted = _with_views(session, written)
    return Understood(_resolved(session, list_code, wanted), _until(session, wanted), _order_brought(session, written))


def resolve(session: Session, list_code: str | None, text: str) -> ActivityQuery:
    """What a filter line asks of a list.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    return understood(session, list_code, text).query


def resolve_terms(session: Session, list_code: str | None, terms: Sequence[str]) -> Understood:
    """The same with all else of the arguments of a command line, which are read as the line they make together.

    A shell takes the quotes of `kunde:"Jensen & Søn"` away; words that go on with the name of a value belong to it.

    Raises:
        FilterError: with the place of the mistake in that line.
    """
    return understood(session, list_code, " ".join(terms))


def _until(session: Session, wanted: Filter) -> int | None:
    """The next midnight for a line with days in it, the next deadline for one that asks what is late."""
    ends: list[int | None] = []
    if any(isinstance(value, Days) or term.field is Field.UNTOUCHED for term in wanted.terms for value in term.values):
        ends.append(midnight(session.now().date() + timedelta(days=1)))
    if any(term.field is Field.LATE for term in wanted.terms):
        due = next_late(session.store, session.seconds())
        ends.append(None if due is None else due + 1)
    return min((end for end in ends if end is not None), default=None)


def _order_brought(session: Session, written: Filter) -> Order | None:
    named = (value for term in written.terms if term.field is Field.VIEW for value in term.values)
    name = next((value.text for value in named if isinstance(value, Name)), None)
    view = view_reading.named(session, name) if name is not None else None
    return view_reading.order_of(view) if view is not None else None


def _resolved(session: Session, list_code: str | None, wanted: Filter) -> ActivityQuery:
    """What a filter without views asks of a list.

    Raises:
        FilterError: when a name means nothing in the registers.
    """
    query = direct.worded(session, of_list(session.registers, list_code), wanted)
    for term in wanted.terms:
        query = _restricted(session, query, term)
    return query._replace(days=_days_taken(session, wanted))


def _days_taken(session: Session, wanted: Filter) -> tuple[DaysTaken, ...]:
    """The days that the line's dates were taken for, where it does not say them itself."""
    days = [value for term in wanted.terms for value in term.values if isinstance(value, Days)]
    if not days:
        return ()
    now, language = session.now(), session.language
    return tuple(
        DaysTaken(date_reading.named(value.text, language), value.first, value.last)
        for value in days
        if date_reading.leaves_open(value.text, now.date(), language, value.first, value.last)
    )


def _with_views(session: Session, wanted: Filter, depth: int = 0) -> Filter:
    """The filter with the words of each saved view in place of the term that names it.

    Raises:
        FilterError: at the term, when there is no such view, or it is no longer understood.
    """
    views = [term for term in wanted.terms if term.field is Field.VIEW]
    wanted = wanted._replace(terms=tuple(term for term in wanted.terms if term.field is not Field.VIEW))
    for term in views:
        name = term.values[0]
        if term.negated or len(term.values) > 1 or not isinstance(name, Name) or depth == _DEEPEST:
            raise _refuse(term, N_("{what} takes the name of one saved view"), what=_label(session, term))
        view = view_reading.named(session, name.text)
        if view is None:
            own = ", ".join(one.name for one in view_reading.visible(session)[:4])
            message = NO_SUCH_NAME if own else N_("“{text}” is no {what} here; there are none yet")
            raise _refuse(term, message, text=name.text, what=_label(session, term), choices=own)
        try:
            inner = _with_views(session, view_lines.filter_of(session, view), depth + 1)
        except FilterError as error:
            raise _refuse(term, error.message, **error.values) from error
        wanted = Filter(
            (*wanted.terms, *(replace(one, span=term.span) for one in inner.terms)),
            (*wanted.words, *inner.words),
            (*wanted.not_words, *inner.not_words),
            (*wanted.unrestricted, *inner.unrestricted),
        )
    return wanted


def _restricted(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    if column := term.field.about.column:
        return in_period(query, term, column)
    return _MEANINGS[term.field](session, query, term)


def _registered(name: str, column: str) -> Meaning:
    """Values of a register; the query and the job call it by these names."""

    def meaning(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
        ids = frozenset().union(*(_ids(session, term, value) for value in term.values))
        return _restrict_to(query, term, name, column, ids)

    return meaning


def _narrowed(query: ActivityQuery, name: str, ids: frozenset[int | None]) -> ActivityQuery:
    before = getattr(query, name)
    changed: dict[str, Any] = {name: ids if before is None else before & ids}
    return query._replace(**changed)


def _refuse(term: Term, message: str, **values: object) -> FilterError:
    return FilterError(message, term.span[0], term.span[1], **values)


def _label(session: Session, term: Term) -> str:
    return vocabulary_for(session.language).labels[term.field]


# -- names -------------------------------------------------------------------------------------------------------


def _ids(session: Session, term: Term, value: object) -> frozenset[int | None]:
    if isinstance(value, Missing):
        return frozenset((None,))
    if not isinstance(value, Name):
        raise _refuse(term, N_("{what} takes a name here"), what=_label(session, term))
    choices = choices_of(session.registers, term.field)
    named = _named(value.text, choices)
    of_people = term.field.about.values is Values.PEOPLE
    if of_people and session.employee is not None and _is_me(session, value.text, named):
        return frozenset((session.employee.id,))
    if not named:
        raise _refuse(
            term, NO_SUCH_NAME, text=value.text, what=_label(session, term),
            choices=", ".join(choice.code or choice.label for choice in choices[:4]),
        )  # fmt: skip
    return frozenset(choice.id for choice in named)


def _is_me(session: Session, text: str, named: list[Choice[int]]) -> bool:
    """Whether the text means the user himself, and is not the initials of somebody."""
    if folded(text) not in vocabulary_for(session.language).me:
        return False
    return not any(folded(choice.code) == folded(text) for choice in named)


def _named(text: str, choices: list[Choice[int]]) -> list[Choice[int]]:
    """What a name stands for; what has no letter or digit is no name."""
    return meant(text, choices) if words(text) else []


def _customer(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    return _of_lookup(session, query, term, "customer", "customers", "customer_id")


def _serial(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    return _of_lookup(session, query, term, "serial", "devices", "device_id")


def _device(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    if all(isinstance(value, Missing) for value in term.values):
        return _serial(session, query, term)  # without one, by its index
    return _holding("device")(session, query, term)


def _of_lookup(
    session: Session, query: ActivityQuery, term: Term, where: Literal["customer", "serial"], name: str, column: str
) -> ActivityQuery:
    """Few customers or devices by their ids; many, as those of a town, by the words that find them: all, either way."""
    none = any(isinstance(value, Missing) for value in term.values)
    texts = [value.text for value in term.values if isinstance(value, Name)]
    if where == "customer" and len(texts) == 1 and (number := _contact_number(texts[0])) is not None:
        numbered = contacts.contact_by_number(session.store, number, "all", retired=True)
        if numbered is not None:  # as a shop calls its customer, and no other whose phone begins so
            return _restrict_to(query, term, name, column, frozenset((numbered.id,)) | ({None} if none else set()))
    names = [words for text in texts for words in _lookup_words(session, term, where, text)]
    find = contacts.ids_by_words if where == "customer" else contacts.ids_by_serial
    found = [find(session.store, one, _MOST_LISTED + 1) for one in names]
    if any(len(some) > _MOST_LISTED for some in found):
        rule = Holding(where, tuple(names), none, term.negated)
        return query._replace(holding=(*query.holding, rule))
    ids: frozenset[int | None] = frozenset(one for some in found for one in some)
    ids |= {None} if none else set()
    return _restrict_to(query, term, name, column, ids)


def _contact_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


def _restrict_to(query: ActivityQuery, term: Term, name: str, column: str, ids: frozenset[int | None]) -> ActivityQuery:
    if term.negated:
        return query._replace(excluded=(*query.excluded, (column, ids)))
    return _narrowed(query, name, ids)


def _lookup_words(session: Session, term: Term, where: str, text: str) -> list[tuple[str, ...]]:
    """The beginnings of words that a contact is found by, all of one of the alternatives, or that of a serial number.

    Raises:
        FilterError: when there are none.
    """
    key = code_key(text)
    found: list[tuple[str, ...]] = [(key,)] if key else []
    if where == "customer":
        found = contact_search.alternatives(session, text)
    if not found:
        raise _refuse(term, direct.NOTHING_TO_FIND, text=text)
    return found


def _holding(where: Literal["device", "part", "project"]) -> Meaning:
    """Names that are looked for among the jobs' words, and then where they must stand."""

    def meaning(_session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
        names: list[tuple[str, ...]] = []
        for value in term.values:
            if isinstance(value, Name):
                found = tuple(words(value.text))
                if not found:
                    raise _refuse(term, direct.NOTHING_TO_FIND, text=value.text)
                names.append(found)
        none = any(isinstance(value, Missing) for value in term.values)
        query = query._replace(holding=(*query.holding, Holding(where, tuple(names), none, term.negated)))
        if term.negated or none:
            return query
        # All words of one name; of several the longest of each, for the index knows no "either all of these or those".
        prefixes = names[0] if len(names) == 1 else ("|".join(max(name, key=len) for name in names),)
        return query._replace(words=(*query.words, *prefixes))

    return meaning


# -- stages, numbers, lists, lateness ------------------------------------------------------------------------------


def _in_stages(_session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    stages = frozenset(int(_STAGES[value]) for value in term.values if isinstance(value, StageName))
    if term.negated:
        stages = frozenset(int(stage) for stage in Stage) - stages
    return _with_stages(query, stages)


def _with_stages(query: ActivityQuery, stages: frozenset[int]) -> ActivityQuery:
    return query._replace(stages=stages if query.stages is None else query.stages & stages)


def _numbered(_session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    numbers = frozenset(value.number for value in term.values if isinstance(value, Number))
    if term.negated:
        return query._replace(excluded=(*query.excluded, ("number", frozenset[int | None](numbers))))
    return query._replace(numbers=numbers if query.numbers is None else query.numbers & numbers)


def _of_lists(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    registers = session.registers
    choices = choices_of(registers, Field.LIST)
    lists: set[int] = set()
    for value in term.values:
        named = _named(value.text, choices) if isinstance(value, Name) else []
        if not named:
            raise _refuse(
                term, NO_SUCH_NAME, text=value.text if isinstance(value, Name) else "", what=_label(session, term),
                choices=", ".join(choice.code for choice in choices),
            )  # fmt: skip
        lists.update(choice.id for choice in named)
    types: frozenset[int | None] = frozenset(entry.id for entry in registers.types if entry.lists & lists)
    if term.negated:
        return query._replace(excluded=(*query.excluded, ("type_id", types)))
    return _narrowed(query, "types", types)


def _untouched(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    query = untouched(query, term, session.now().date())
    return query if term.negated else _open_only(query)


def _late(session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """Jobs by their deadline: passed, not passed, in a period or none; one that is done has none."""
    query = by_deadline(query, term, session.seconds())
    return query if term.negated or query.between[-1].none else _open_only(query)


def _open_only(query: ActivityQuery) -> ActivityQuery:
    """Of an old shop's jobs few are open: their index is walked."""
    return _with_stages(query, frozenset(int(stage) for stage in Stage if stage.is_open))


_MEANINGS: Final[dict[Field, Meaning]] = {
    Field.STATUS: _registered("statuses", "status_id"),
    Field.STAGE: _in_stages,
    Field.TYPE: _registered("types", "type_id"),
    Field.RESPONSIBLE: _registered("responsibles", "responsible_id"),
    Field.CUSTOMER: _customer,
    Field.NUMBER: _numbered,
    Field.SERIAL: _serial,
    Field.PRIORITY: _registered("priorities", "priority_id"),
    Field.LIST: _of_lists,
    Field.CREATOR: _registered("creators", "created_by_id"),
    Field.DEVICE: _device,
    Field.PART: _holding("part"),
    Field.PROJECT: _holding("project"),
    Field.LATE: _late,
    Field.STATUS_SINCE: since_status,
    Field.UNTOUCHED: _untouched,
    Field.BILLING: of_billing.restricted,
    Field.PART_STATE: of_parts.in_states,
    Field.ORDER: of_parts.on_orders,
    Field.MODEL: hanging.restricted,
    Field.PRODUCT: hanging.restricted,
    Field.LINKED: hanging.restricted,
    Field.SUPPLIER: of_parts.from_suppliers,
}
"""What each field asks of the jobs, but for those that are a time in the job's row (`column` of their description), and
for views, whose words stand in their place by then."""
