"""Contacts: one search over everything a customer may say of himself, and creating one in place."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db import contacts as rows
from svc_tui.db.changes import Value
from svc_tui.db.models import Contact
from svc_tui.db.search import serial_key
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.records import ContactKind, ContactRow
from svc_tui.domain.rights import Right
from svc_tui.domain.text import clean_line, looks_like_phone, phone_digits, search_key, words
from svc_tui.services.session import Session

LIMIT = 50
_MOST_WITH_PERSONS = 8


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


def search(
    session: Session, text: str, kind: ContactKind = "all", limit: int = LIMIT, *, persons: bool = False
) -> list[ContactRow]:
    """Contacts by name, number, phone in any spacing, e-mail, town, contact person or a device's serial number.

    A number comes first, then names that begin with the text, then everything else that has all its words.

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
    found: list[ContactRow] = []
    if key.isdecimal() and len(key) < 10:
        numbered = rows.contact_by_number(store, int(key), kind)
        found += [numbered] if numbered else []
    found += rows.contacts_by_name(store, key, kind, limit)
    wanted = prefixes(session, text)
    if wanted and len(found) < limit and sum(map(len, wanted)) > 1:
        found += rows.contacts_by_words(store, wanted, kind, limit)
    unique = list({contact.id: contact for contact in found}.values())[:limit]
    return _with_persons(session, unique, words(text)) if persons else unique


def prefixes(session: Session, text: str) -> list[str]:
    """The beginnings of words that a contact is found by when this is typed."""
    if looks_like_phone(text):
        return [phone_digits(text, session.registers.company.country_code)]
    found = words(text)
    joined = serial_key(text)
    # One long word with digits in it may be a serial number written with dashes or spaces.
    if len(found) > 1 and joined.isalnum() and any(map(str.isdigit, joined)) and " " not in text.strip():
        return [joined]
    return found


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


def create(session: Session, contact: NewContact) -> ContactRow:
    """Register a contact with the next number.

    Raises:
        Invalid: when the name is empty.
    """
    name = clean_line(contact.name, 120)
    if not name:
        raise Invalid(N_("Write the name of the contact."), field="name")
    values: dict[str, Value] = {
        "name": name, "name_key": search_key(name), "phone": clean_line(contact.phone, 60),
        "email": clean_line(contact.email, 120), "address": clean_line(contact.address, 150),
        "post_code": clean_line(contact.post_code, 20), "city": clean_line(contact.city, 80),
        "is_customer": contact.is_customer, "is_supplier": contact.is_supplier,
    }  # fmt: skip
    with session.act("contact.create", Right.CONTACT_EDIT) as changes:
        values["number"] = changes.next_number("contact")
        contact_id = changes.insert(Contact, values)
    created = rows.contact_by_id(session.store, contact_id)
    assert created is not None
    return created
