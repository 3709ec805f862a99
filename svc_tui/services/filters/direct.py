"""What the words of a filter line mean: beginnings of words, and phones, e-mails and serial numbers typed as such.

A job's number needs nothing of this: it is one of the job's words.
"""

from __future__ import annotations

from svc_tui.db.core.search import WHOLE
from svc_tui.db.people import contacts as rows
from svc_tui.domain.contact_words import phone_forms, vat_word
from svc_tui.domain.errors import N_, TooShort
from svc_tui.domain.filters.filters import Filter, Word
from svc_tui.domain.language.dates import shown
from svc_tui.domain.queries import ActivityQuery, Direct, Wording
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import looks_like_phone, words
from svc_tui.services.core.session import Session
from svc_tui.services.people import contacts as contact_search

_SHORTEST_PHONE = 6
"""Digits; fewer are the beginning of a number, and half the shop's phones begin alike."""
_SHORTEST_SERIAL = 4

NOTHING_TO_FIND = N_("“{text}” has no letter or digit to search for")
ONE_LETTER = N_("“{text}” is too short to search for: write two letters or more")


def worded(session: Session, query: ActivityQuery, wanted: Filter) -> ActivityQuery:
    """The query with the words to search for, and those a job must not hold together.

    A sign between words (`Jensen & Søn`) is passed over; standing alone it would ask for nothing and is refused.

    Raises:
        TooShort: at a word that nothing can be searched for with.
    """
    signs_only = not any(words(text) for text in wanted.words)
    told = [text for text in wanted.words if signs_only or words(text)]
    found = tuple(word for text in told for word in _prefixes(session, text))
    unwanted = tuple(Wording(_prefixes(session, text), meant_directly(session, (text,))) for text in wanted.not_words)
    return query._replace(words=found, wordings=unwanted, direct=meant_directly(session, wanted.words))


def _prefixes(session: Session, text: str) -> tuple[str, ...]:
    """The beginnings of words that a job must hold all of for one word of the line, or for several in quotes.

    One letter is the beginning of half the words there are: it is looked up where it is a code, as the whole word.

    Raises:
        TooShort: when there is nothing to look up.
    """
    found = tuple(words(text))
    if not found:
        raise _too_short(text, NOTHING_TO_FIND)
    if len(found) > 1 or len(found[0]) > 1 or not _begins_many(found[0]):
        return found
    if not _is_code(session, found[0]):
        raise _too_short(text, ONE_LETTER)
    return (found[0] + WHOLE,)


def _begins_many(letter: str) -> bool:
    """Whether a letter is of an alphabet; a digit begins a number, and a Chinese sign is a word."""
    return letter.isalpha() and letter < "\u2e80"


def _is_code(session: Session, letter: str) -> bool:
    """Whether somebody's initials or a product's code are this one letter. Index: product code_key."""
    if any(words(entry.initials) == [letter] for entry in session.registers.employees):
        return True
    return rows.product_by_code(session.store, letter) is not None


def _too_short(text: str, message: str) -> TooShort:
    span = text.span if isinstance(text, Word) else (0, 0)
    return TooShort(message, *span, text=shown(text) or "-")


# -- what they mean besides words ----------------------------------------------------------------------------------


def meant_directly(session: Session, texts: tuple[str, ...]) -> Direct | None:
    """What the words may stand for, all of them together: `20 12 34 56` is one phone. None where nothing is found so.

    Index: contact_search, device serial_key; whether there is one.
    """
    joined = " ".join(texts).strip()
    if not joined:
        return None
    contact = _contact(session, joined)
    serial = _serial(joined)
    if serial and not rows.ids_by_serial(session.store, (serial,), 1):
        serial = ""
    return Direct(contact, serial) if contact or serial else None


def _contact(session: Session, text: str) -> tuple[str, ...]:
    """The words by which contacts are found that have this phone, VAT number or e-mail; none where none has."""
    wanted: list[tuple[str, ...]] = []
    if looks_like_phone(text):
        numbers = phone_forms(text, session.registers.company.country_code)
        wanted = [(number,) for number in numbers if len(number) >= _SHORTEST_PHONE]
    elif vat := vat_word(text):
        wanted = [(vat,)]
    elif _looks_like_email(text):
        wanted = contact_search.alternatives(session, text)
    return next((words for words in wanted if rows.any_by_words(session.store, words)), ())


def _looks_like_email(text: str) -> bool:
    name, at, place = text.partition("@")
    return bool(name and at and place) and " " not in text


def _serial(text: str) -> str:
    """A serial number with or without its punctuation; a word without a digit is none."""
    key = code_key(text)
    return key if len(key) >= _SHORTEST_SERIAL and any(map(str.isdigit, key)) else ""
