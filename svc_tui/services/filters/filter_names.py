"""The names a filter line may hold: those of the registers, of saved views, of contacts and products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Final

from svc_tui.db.people import contacts as rows
from svc_tui.domain.contact_words import vat_word
from svc_tui.domain.filters.filter_fields import Field, Values
from svc_tui.domain.filters.filter_pieces import taken_by_names
from svc_tui.domain.filters.filters import Vocabulary, vocabulary_for
from svc_tui.domain.registers import Choice, Registers
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import looks_like_phone, search_key, words, words_key
from svc_tui.services.core.session import Session
from svc_tui.services.filters import view_reading
from svc_tui.services.people import contacts

_REGISTERED: Final = (Values.REGISTERED, Values.PEOPLE, Values.LISTS)
"""Values that are in the registers."""

_MOST_GROUPS: Final = 8
"""Groups of digits that a number is written in at most."""

_STORED: dict[Field, tuple[rows.Names, Callable[[str], str]]] = {
    Field.CUSTOMER: ("contact.name_key", search_key),
    Field.PART: ("product.name_key", search_key),
    Field.DEVICE: ("device.words_key", words_key),
    Field.PROJECT: ("activity.project_key", words_key),
    Field.SERIAL: ("device.serial_key", code_key),
}
"""Fields whose values are in the database: where their keys stand, and how one is made."""


def choices_of(registers: Registers, field: Field) -> list[Choice[int]]:
    """What the names of a field may stand for, retired values included."""
    return registers.choices("responsible" if field.about.values is Values.PEOPLE else field.value, retired=True)


def vocabulary_at_hand(session: Session, language: str = "") -> Vocabulary:
    """The words of the user's language, or of another; they know the registers' names, and nothing is read for them."""
    plain = vocabulary_for(language or session.language)

    def taken(field: Field, begun: str, following: Sequence[str], ends_line: bool) -> int:
        if field.about.values not in _REGISTERED:
            return plain.taken(field, begun, following, ends_line)
        names = [words(choice.label) for choice in choices_of(session.registers, field)]
        return taken_by_names(names, begun, following, ends_line)

    return plain._replace(taken=taken)


def vocabulary_of(session: Session, language: str = "") -> Vocabulary:
    """The same, which also knows the names of views, customers, devices, products and projects.

    Index: name_key of contact and product, words_key and serial_key of device, project_key; only where words stand
    behind such a value.
    """
    at_hand = vocabulary_at_hand(session, language)

    def taken(field: Field, begun: str, following: Sequence[str], ends_line: bool) -> int:
        if field is Field.VIEW:
            names = [view.name_key.split() for view in view_reading.visible(session)]
            return taken_by_names(names, begun, following, ends_line)
        if field not in _STORED or not begun:
            return at_hand.taken(field, begun, following, ends_line)
        if field is Field.CUSTOMER and (count := _numbers_taken(session, begun, following)):
            return count
        column, key_of = _STORED[field]
        for count in range(len(following), 0, -1):
            key = key_of(" ".join((begun, *following[:count])))
            is_begun = ends_line and count == len(following)
            if words(following[count - 1]) and rows.is_name(session.store, column, key, is_begun=is_begun):
                return count
        return 0

    return at_hand._replace(taken=taken)


def _numbers_taken(session: Session, begun: str, following: Sequence[str]) -> int:
    """How many groups of digits go on with the phone or VAT number of a contact. Index: contact_search."""
    digits = list(takewhile(str.isdecimal, following[:_MOST_GROUPS]))
    for count in range(len(digits), 0, -1):
        whole = " ".join((begun, *digits[:count]))
        vat = vat_word(whole)
        found = contacts.alternatives(session, whole) if looks_like_phone(whole) else [(vat,)] if vat else []
        if any(rows.any_by_words(session.store, wanted) for wanted in found):
            return count
    return 0
