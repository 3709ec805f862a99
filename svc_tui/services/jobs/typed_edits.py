"""`field=value` as somebody types it: names in any of the languages, values as in the fields of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from svc_tui.db.people import contacts as rows
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.filters.filter_words import Field, vocabulary_for
from svc_tui.domain.language import dates
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.languages import all_languages, language_of
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.registers import means_none, meant
from svc_tui.domain.text import clean_line, search_key
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.activity_rules import clean_field
from svc_tui.services.jobs.job_edits import TEXTS, Edit
from svc_tui.services.people import contacts

_OF_FILTERS: Final[Mapping[Field, str]] = {
    Field.STATUS: "status", Field.TYPE: "type", Field.PRIORITY: "priority", Field.RESPONSIBLE: "responsible",
    Field.CUSTOMER: "customer", Field.START: "start", Field.END: "end", Field.PROMISED: "promised",
    Field.PROJECT: "project",
}  # fmt: skip
"""Fields that the filter line names too: all its names are understood."""

_SHOWN: Final = (
    "subject", "start", "end", "promised", "type", "status", "priority", "responsible", "customer", "project",
    "fault_told", "fault_found", "user_field1", "user_field2", "note",
)  # fmt: skip
"""What can be set, in the order in which it is told."""

_FEWEST_OF_PHONE = 6
"""Digits; fewer are meant as a contact's number, not as the beginning of a phone number."""
_ALIKE = 5
"""So many contacts of a name are told apart in a refusal."""


def names_for(language: str) -> dict[str, str]:
    """The field that each accepted name means."""
    vocabulary = vocabulary_for(language)
    found = {name: _OF_FILTERS[field] for name, field in vocabulary.fields.items() if field in _OF_FILTERS}
    for spoken in all_languages():
        found |= {form: field for field, name in spoken.job_fields.items() for form in spellings(name)}
    return found


def name_of(language: str, field: str) -> str:
    """What a field is called in a language."""
    own = language_of(language).job_fields
    if field in own:
        return own[field]
    labels = vocabulary_for(language).labels
    return next(labels[known] for known, name in _OF_FILTERS.items() if name == field)


def field_named(language: str, name: str) -> str | None:
    """The field that a name means, or a beginning that belongs to no other field; None when it means none."""
    names = names_for(language)
    key = search_key(name)
    found = {names[key]} if key in names else {field for known, field in names.items() if known.startswith(key)}
    return found.pop() if len(found) == 1 and key else None


def read(session: Session, name: str, text: str) -> Edit:
    """What `name=text` asks for; an empty text clears the field, as `-` and the word for nothing do outside texts.

    Raises:
        Invalid: when there is no such field, or it cannot be this.
    """
    field = field_named(session.language, name)
    if field is None:
        names = ", ".join(name_of(session.language, known) for known in _SHOWN)
        raise Invalid(N_("There is no field {name}; use one of: {names}."), name=name, names=names)
    text = text.strip()
    if field in TEXTS or field == "note":
        clean_field(field, text)
        return Edit(field, text)
    if not text or means_none(text):
        return Edit(field, None)
    if field in ("start", "end", "promised"):
        return _time(session, field, text)
    if field == "customer":
        return Edit(field, _contact(session, text))
    return Edit(field, value_of(session, field, text))


def value_of(session: Session, field: str, text: str) -> int | None:
    """The type, status, priority or responsible that a name or a code means; None for the word for nothing.

    Raises:
        Invalid: when it means none, or several.
    """
    if means_none(text):
        return None
    if field == "responsible" and search_key(text) in vocabulary_for(session.language).me and session.employee:
        return session.employee.id
    choices = session.registers.choices(field)
    found = meant(text, choices)
    if len(found) == 1:
        return found[0].id
    raise Invalid(
        N_("“{text}” means several of them: {choices}. Write more of it.")
        if found
        else N_("“{text}” is no {what} here; try {choices}"),
        field=field, text=text, what=name_of(session.language, field),
        choices=", ".join(one.label for one in (found or choices)[:6]),
    )  # fmt: skip


def _time(session: Session, field: str, text: str) -> Edit:
    """A date, a time or both as in a field; of what is left out each job keeps its own."""
    return Edit(field, dates.parse_typed(text, session.now(), session.language))


def _contact(session: Session, text: str) -> int:
    """A contact by its number, its name, or whatever else the customer field finds it by."""
    text = clean_line(text)
    number = whole_number(text)
    numbered = rows.contact_by_number(session.store, number, "all") if number is not None else None
    if numbered is not None:
        return numbered.id
    if number is not None and len(text) < _FEWEST_OF_PHONE:
        raise Invalid(N_("There is no contact {number}."), field="customer", number=text)
    found = contacts.search(session, text, limit=_ALIKE)
    same = [contact for contact in found if search_key(contact.name) == search_key(text)]
    chosen = same if len(same) == 1 else found
    if len(chosen) == 1:
        return chosen[0].id
    if not chosen:
        raise Invalid(N_("No contact is found by “{text}”."), field="customer", text=text)
    raise Invalid(
        N_("“{text}” means several contacts; write the number: {choices}"),
        field="customer", text=text, choices=", ".join(f"{one.number} {one.name}" for one in chosen),
    )  # fmt: skip
