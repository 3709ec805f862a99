"""What a filter line asks of the list of contacts, of devices or of products."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from svc_tui.domain.contact_words import asked_mail, asked_phones, asked_town, asked_vat
from svc_tui.domain.device_words import asked_brand, asked_serial, asked_shelf
from svc_tui.domain.entries import BY_NAME, EntryOrder, EntryQuery, Flags, Register, Sought, Until, Where
from svc_tui.domain.errors import N_, FilterError, TooShort
from svc_tui.domain.filters.filter_fields import Subject
from svc_tui.domain.filters.filters import (
    Answer,
    Days,
    Field,
    Filter,
    Missing,
    Name,
    Number,
    Term,
    Word,
    parse,
    vocabulary_for,
)
from svc_tui.domain.filters.kind_words import kinds_for, kinds_meant
from svc_tui.domain.language.dates import shown
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import words
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters.direct import NOTHING_TO_FIND
from svc_tui.services.people import contacts

SUBJECTS: Final = {
    Register.CONTACTS: Subject.CONTACTS,
    Register.DEVICES: Subject.DEVICES,
    Register.PRODUCTS: Subject.PRODUCTS,
}

_ANYWHERE: Final = {Register.CONTACTS: Where.INDEX, Register.DEVICES: Where.ANYWHERE, Register.PRODUCTS: Where.INDEX}
_WARRANTIES: Final = ("warranty_parts_until", "warranty_labour_until")
NO_SUCH_KIND = N_("“{text}” is no {what} here; try {choices}")


class Understood(NamedTuple):
    """What a filter line means now."""

    query: EntryQuery
    until: int | None = None
    """Seconds UTC at which it means something else; None where it does not depend on the clock."""


def understood(session: Session, register: Register, text: str, order: EntryOrder) -> Understood:
    """What a filter line asks of a register's list.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    if not text.strip():
        return Understood(EntryQuery(register, order=order))
    vocabulary = vocabulary_for(session.language, SUBJECTS[register])
    wanted = parse(text, vocabulary, session.now(), session.language)
    query = _worded(session, EntryQuery(register, order=order), wanted)
    if Field.RETIRED in wanted.unrestricted:
        query = query._replace(retired=None)
    for term in wanted.terms:
        query = _restricted(session, query, term)
    has_days = any(isinstance(value, Days) for term in wanted.terms for value in term.values)
    tomorrow = session.now().date() + timedelta(days=1)
    return Understood(query, to_seconds(datetime.combine(tomorrow, time())) if has_days else None)


def resolve(session: Session, register: Register, text: str, order: EntryOrder = BY_NAME) -> EntryQuery:
    """The same, whatever the clock. Raises FilterError."""
    return understood(session, register, text, order).query


# -- words -----------------------------------------------------------------------------------------------------------


def _worded(session: Session, query: EntryQuery, wanted: Filter) -> EntryQuery:
    """The words, together the number or address that they may make; each word that must not be there by itself.

    Raises:
        TooShort: at a word that nothing can be searched for with.
    """
    where = _ANYWHERE[query.register]
    told = [text for text in wanted.words if words(text)]
    if wanted.words and not told:
        raise _too_short(wanted.words[0])
    sought = list(query.sought)
    if told:
        sought.append(Sought(where, _alternatives(session, query.register, " ".join(told))))
    for text in wanted.not_words:
        if not words(text):
            raise _too_short(text)
        sought.append(Sought(where, _alternatives(session, query.register, text), negated=True))
    return query._replace(sought=tuple(sought))


def _alternatives(session: Session, register: Register, text: str) -> tuple[tuple[str, ...], ...]:
    if register is Register.PRODUCTS:
        found = tuple(words(text))
        return (found, ("".join(found),)) if len(found) > 1 else (found,)
    alternatives = contacts.alternatives(session, text)
    key = code_key(text)
    if register is Register.DEVICES and (key,) not in alternatives and any(map(str.isdigit, key)):
        alternatives.append((key,))
    return tuple(dict.fromkeys(alternatives))


def _too_short(text: str) -> TooShort:
    span = text.span if isinstance(text, Word) else (0, 0)
    return TooShort(NOTHING_TO_FIND, *span, text=shown(text) or "-")


# -- terms -----------------------------------------------------------------------------------------------------------


def _restricted(session: Session, query: EntryQuery, term: Term) -> EntryQuery:
    if term.field is Field.RETIRED:
        answers = {value is Answer.YES for value in term.values}
        return query._replace(retired=None if len(answers) > 1 else (True in answers) is not term.negated)
    if term.field is Field.NUMBER:
        return _numbered(query, term)
    if term.field is Field.KIND:
        return query._replace(flags=(*query.flags, _of_kind(session, query, term)))
    if term.field is Field.WARRANTY:
        return query._replace(until=(*query.until, _in_periods(term)))
    return query._replace(sought=(*query.sought, _sought(session, query, term)))


def _numbered(query: EntryQuery, term: Term) -> EntryQuery:
    numbers = frozenset(value.number for value in term.values if isinstance(value, Number))
    if term.negated:
        return query._replace(not_numbers=query.not_numbers | numbers)
    return query._replace(numbers=numbers if query.numbers is None else query.numbers & numbers)


def _of_kind(session: Session, query: EntryQuery, term: Term) -> Flags:
    subject = SUBJECTS[query.register]
    found: list[tuple[str, str | bool]] = []
    for value in term.values:
        text = value.text if isinstance(value, Name) else ""
        meant = kinds_meant(text, session.language, subject)
        if not meant:
            choices = ", ".join(label for label, _ in kinds_for(session.language, subject))
            raise _refuse(session, query, term, NO_SUCH_KIND, text=text, choices=choices)
        found += meant
    return Flags(tuple(dict.fromkeys(found)), term.negated)


def _in_periods(term: Term) -> Until:
    periods = tuple(
        (
            to_seconds(datetime.combine(value.first, time())) if value.first else None,
            to_seconds(datetime.combine(value.last + timedelta(days=1), time())) if value.last else None,
        )
        for value in term.values
        if isinstance(value, Days)
    )
    return Until(_WARRANTIES, periods, any(isinstance(value, Missing) for value in term.values), term.negated)


def _sought(session: Session, query: EntryQuery, term: Term) -> Sought:
    text = _TEXTS[term.field]
    found: list[tuple[str, ...]] = []
    for value in term.values:
        if isinstance(value, Name):
            meant = text.asked(session, value.text)
            if not meant:
                raise _refuse(session, query, term, NOTHING_TO_FIND, text=value.text)
            found += meant
    empty = text.empty if any(isinstance(value, Missing) for value in term.values) else ()
    return Sought(text.where, tuple(found), empty, term.negated)


_Asked = Callable[[Session, str], list[tuple[str, ...]]]


def _one(asked: Callable[[str], tuple[str, ...]]) -> _Asked:
    """All words of one value."""
    return lambda _session, text: [found] if (found := asked(text)) else []


def _phone(session: Session, text: str) -> list[tuple[str, ...]]:
    return [(form,) for form in asked_phones(text, session.registers.company.country_code)]


def _digits(text: str) -> tuple[str, ...]:
    found = "".join(sign for sign in text if sign.isdigit())
    return (found,) if found else ()


class _Text(NamedTuple):
    """How what is typed as the value of a field is looked for."""

    asked: _Asked
    """The beginnings of words that find what a value names: all of one of the alternatives."""
    empty: tuple[str, ...]
    """What is empty in an entry that has none."""
    where: Where = Where.INDEX


_TEXTS: Final[dict[Field, _Text]] = {
    Field.PHONE: _Text(_phone, ("phone", "mobile")),
    Field.EMAIL: _Text(_one(asked_mail), ("email",)),
    Field.VAT: _Text(_one(lambda text: (asked_vat(text),) if asked_vat(text) else ()), ("vat_number",)),
    Field.CITY: _Text(_one(asked_town), ("city",)),
    Field.SERIAL: _Text(_one(asked_serial), ("serial_key",)),
    Field.BRAND: _Text(_one(asked_brand), ("brand", "model")),
    Field.SHELF: _Text(_one(asked_shelf), ("shelf",)),
    Field.OWNER: _Text(contacts.alternatives, ("owner_id",), Where.CONTACT),
    Field.SUPPLIER: _Text(contacts.alternatives, ("supplier_id",), Where.CONTACT),
    Field.CODE: _Text(_one(lambda text: ("".join(words(text)),) if words(text) else ()), ("code",), Where.CODE),
    Field.EAN: _Text(_one(_digits), ("ean",), Where.EAN),
    Field.GROUP: _Text(_one(lambda text: tuple(words(text))), ("product_group",)),
}


def _refuse(session: Session, query: EntryQuery, term: Term, message: str, **values: object) -> FilterError:
    label = vocabulary_for(session.language, SUBJECTS[query.register]).labels[term.field]
    return FilterError(message, term.span[0], term.span[1], what=label, **values)
