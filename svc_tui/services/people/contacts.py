"""Contacts: one search over everything a customer may say of himself, and creating one in place."""

from __future__ import annotations

import re
from typing import NamedTuple

from svc_tui.db.core.changes import Value
from svc_tui.db.people import contacts as rows
from svc_tui.domain.contact_words import (
    Asked,
    address_word,
    asked_words,
    beginning_of_address,
    holds,
    is_whole_address,
    phone_forms,
    stored_words,
    vat_word,
    wrong_addresses,
)
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.records import ContactKind, ContactRow
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import CONTACT
from svc_tui.domain.text import clean_line, looks_like_phone, search_key, words
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line

LIMIT = 50
_MOST_WITH_PERSONS = 8
_SHORTEST_PHONE = 6
"""Digits; fewer are no whole number."""


class NewContact(NamedTuple):
    """A contact as it is first written down; only the name is required."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    post_code: str = ""
    city: str = ""
    is_customer: bool = True
    is_supplier: bool = False
    vat_number: str = ""


def search(
    session: Session, text: str, kind: ContactKind = "all", limit: int = LIMIT, *, persons: bool = False
) -> list[ContactRow]:
    """Contacts by name, number, phone in any spacing, e-mail, VAT number, town, contact person or a device's serial.

    A number comes first, then names that begin with the text, then everything else that has all its words. Where a
    contact is only found by one of its persons, the row is that person's. A whole e-mail address finds that address.

    Args:
        session: Who asks.
        text: What was typed; empty finds the first names.
        kind: All, or customers or suppliers only.
        limit: At most so many contacts.
        persons: Whether each of the first contacts is followed by its contact persons.
    """
    session.require(Right.ACTIVITY_READ)
    store = session.store
    text = clean_line(text)
    key = search_key(text)
    asked = asked_words(text, session.registers.company.country_code)
    found: list[ContactRow] = []
    if key.isdecimal() and len(key) < 10:
        numbered = rows.contact_by_number(store, int(key), kind)
        found += [numbered] if numbered else []
    if not asked.is_address:
        found += rows.contacts_by_name(store, key, kind, limit)
    for wanted in asked.alternatives:
        if len(found) < limit and sum(map(len, wanted)) > 1:
            found += rows.contacts_by_words(store, wanted, kind, limit)
    unique = list({contact.id: contact for contact in found}.values())[:limit]
    if persons:
        return _with_persons(session, unique, words(text))
    return _as_persons(session, unique, asked) if text else unique


class Offered(NamedTuple):
    """What a text in the customer field stands for."""

    found: tuple[ContactRow, ...]
    suggested: tuple[ContactRow, ...] = ()
    """Whose e-mail address goes on after the one written: shown, but not meant."""


def offered(session: Session, text: str, limit: int = 20) -> Offered:
    """The contacts that a text finds; for a whole e-mail address that nobody has, those it begins."""
    found = tuple(search(session, text, limit=limit))
    if found or not is_whole_address(clean_line(text)):
        return Offered(found)
    return Offered((), tuple(begins_so(session, text, limit)))


def begins_so(session: Session, text: str, limit: int = LIMIT) -> list[ContactRow]:
    """Contacts with an e-mail address that goes on after this whole one: to be proposed, never to be taken."""
    session.require(Right.ACTIVITY_READ)
    found = rows.contacts_by_words(session.store, beginning_of_address(clean_line(text)), "all", limit)
    return _as_persons(session, found, Asked((beginning_of_address(clean_line(text)),)))


def alternatives(session: Session, text: str) -> list[tuple[str, ...]]:
    """The beginnings of words that a contact is found by when this is typed: all of one of the alternatives."""
    asked = asked_words(clean_line(text), session.registers.company.country_code)
    return list(asked.alternatives)


def _as_persons(session: Session, found: list[ContactRow], asked: Asked) -> list[ContactRow]:
    """The first contacts, each as the person in it that the words mean, where not the contact itself has them all."""
    known = rows.names_and_persons(session.store, [contact.id for contact in found[:_MOST_WITH_PERSONS]])
    return [_meant(session, contact, known[contact.id], asked) if contact.id in known else contact for contact in found]


def _meant(session: Session, contact: ContactRow, known: rows.Findable, asked: Asked) -> ContactRow:
    country = session.registers.company.country_code
    own = stored_words(known.names, (known.email,), known.phones, known.vat_number, country)
    for wanted in asked.alternatives:
        rest = [word for word in wanted if not holds(own, (word,))]
        if not rest:
            return contact
        for person in known.persons:
            if holds(stored_words((person.name,), (person.email,), (person.phone,), country=country), rest):
                return contact._replace(
                    person_id=person.id, person=person.name, phone=person.phone or contact.phone,
                    email=person.email or contact.email,
                )  # fmt: skip
    return contact


def _with_persons(session: Session, found: list[ContactRow], wanted: list[str]) -> list[ContactRow]:
    """Each of the first contacts followed by its persons, those that match the words first."""
    first = found[:_MOST_WITH_PERSONS]
    persons: dict[int, list[ContactRow]] = {contact.id: [] for contact in first}
    by_id = {contact.id: contact for contact in first}
    for contact_id, person_id, name, phone, email in rows.persons_of(session.store, list(by_id)):
        contact = by_id[contact_id]
        persons[contact_id].append(
            contact._replace(
                person_id=person_id, person=name, phone=phone or contact.phone, email=email or contact.email
            )
        )
    shown: list[ContactRow] = []
    for contact in found:
        shown.append(contact)
        shown += sorted(persons.get(contact.id, []), key=lambda row: not set(wanted) & set(words(row.person)))
    return shown


def get(session: Session, contact_id: int) -> ContactRow | None:
    """One contact as a picker shows it."""
    return rows.contact_by_id(session.store, contact_id)


def check_email(text: str) -> None:
    """
    Raises:
        Invalid: when there is something that is no e-mail address; a phone number is told to be one.
    """
    text = clean_line(text)
    if text and looks_like_phone(text):
        raise Invalid(N_("This is a phone number: write it under Phone."), field="email")
    if wrong := wrong_addresses(text):
        raise Invalid(N_("“{text}” is no e-mail address, such as name@example.dk."), field="email", text=wrong[0][:24])


def check_phone(text: str, field: str = "phone") -> None:
    """
    Raises:
        Invalid: when there is an e-mail address in it.
    """
    if any(is_whole_address(part.strip("<>()")) for part in re.split(r"[\s,;]+", clean_line(text))):
        raise Invalid(N_("This is an e-mail address: write it under E-mail."), field=field)


class Known(NamedTuple):
    """Something of a new contact that one has already."""

    field: str
    contact: ContactRow


def known_already(session: Session, contact: NewContact) -> Known | None:
    """Who has the phone number, e-mail address or VAT number of a new contact already; the first that is found."""
    session.require(Right.ACTIVITY_READ)
    country = session.registers.company.country_code
    numbers = [number for number in phone_forms(contact.phone, country) if len(number) >= _SHORTEST_PHONE]
    wanted = [("phone", number) for number in numbers]
    addresses = [part for part in re.split(r"[\s,;]+", clean_line(contact.email)) if is_whole_address(part)]
    wanted += [("email", address_word(address)) for address in addresses]
    wanted += [("vat_number", word) for word in (vat_word(contact.vat_number),) if word]
    for field, word in wanted:
        for found in rows.contacts_by_words(session.store, (word,), "all", 1):
            return Known(field, found)
    return None


def create(session: Session, contact: NewContact, operation_key: str | None = None) -> ContactRow:
    """Register a contact with the next number.

    Args:
        session: Who registers it.
        contact: The contact.
        operation_key: When the contact of this key is in already, what differs from it is saved.

    Raises:
        Invalid: when the name is empty, something is too long, or e-mail and phone are mixed up.
    """
    from svc_tui.services.core import known_acts  # which a search does not need

    name = whole_line(contact.name, "name", 120)
    if not name:
        raise Invalid(N_("Write the name of the contact."), field="name")
    values: dict[str, Value] = {
        "name": name, "name_key": search_key(name), "phone": whole_line(contact.phone, "phone", 60),
        "email": whole_line(contact.email, "email", 120), "address": whole_line(contact.address, "address", 150),
        "post_code": whole_line(contact.post_code, "post_code", 20), "city": whole_line(contact.city, "city", 80),
        "is_customer": contact.is_customer, "is_supplier": contact.is_supplier,
        "vat_number": whole_line(contact.vat_number, "vat_number", 40),
    }  # fmt: skip
    check_phone(contact.phone)
    check_email(contact.email)
    with session.act("contact.create", Right.CONTACT_EDIT, operation_key) as changes:
        if known := known_acts.made(changes, CONTACT):
            contact_id, image = known
            changes.update(CONTACT, contact_id, {name: it for name, it in values.items() if image.get(name) != it})
        else:
            contact_id = changes.insert(CONTACT, values | {"number": changes.next_number("contact")})
        created = rows.contact_by_id(session.store, contact_id)
    assert created is not None
    return created
