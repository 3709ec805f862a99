"""Phones, e-mails and serial numbers typed as such: what the words of a filter line may mean besides words.

A job's number needs nothing of this: it is one of the job's words.
"""

from __future__ import annotations

from svc_tui.db import contacts as rows
from svc_tui.db.search import serial_key
from svc_tui.domain.queries import Direct
from svc_tui.domain.text import looks_like_phone, phone_digits, words
from svc_tui.services.session import Session

_MOST = 50
_SHORTEST_PHONE = 6
"""Digits; fewer are the beginning of a number, and half the shop's phones begin alike."""
_SHORTEST_SERIAL = 4


def meant_directly(session: Session, texts: tuple[str, ...]) -> Direct | None:
    """Contacts and devices that the words may stand for, all of them together: `20 12 34 56` is one phone.

    Index: contact_search, device serial_key.
    """
    joined = " ".join(texts).strip()
    if not joined:
        return None
    found = _contacts(session, joined)
    devices = _devices(session, joined)
    return Direct(found, devices) if found or devices else None


def _contacts(session: Session, text: str) -> frozenset[int]:
    if looks_like_phone(text):
        digits = phone_digits(text, session.registers.company.country_code)
        prefixes = [digits] if len(digits) >= _SHORTEST_PHONE else []
    else:
        prefixes = words(text) if _looks_like_email(text) else []
    found = rows.contacts_by_words(session.store, prefixes, "all", _MOST) if prefixes else []
    return frozenset(contact.id for contact in found)


def _looks_like_email(text: str) -> bool:
    name, at, place = text.partition("@")
    return bool(name and at and place) and " " not in text


def _devices(session: Session, text: str) -> frozenset[int]:
    """Devices by a serial number with or without its punctuation; a word without a digit is none."""
    key = serial_key(text)
    if len(key) < _SHORTEST_SERIAL or not any(map(str.isdigit, key)):
        return frozenset()
    return frozenset(device.id for device in rows.devices_by_serial(session.store, key, _MOST))
