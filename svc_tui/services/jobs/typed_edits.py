"""`field=value` as somebody types it: names in any of the languages, values as in the fields of a sheet."""

from __future__ import annotations

from typing import assert_never

from svc_tui.db.people import contacts as rows
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.filters.filter_fields import FIELDS
from svc_tui.domain.filters.filter_words import Answer, vocabulary_for
from svc_tui.domain.job_fields import EDITED
from svc_tui.domain.language import dates
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.language.money import parse_amount
from svc_tui.domain.languages import all_languages, language_of
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.registers import means_none, meant
from svc_tui.domain.text import clean_line, search_key
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.activity_rules import clean_field
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.people import contacts

_FEWEST_OF_PHONE = 6
"""Digits; fewer are meant as a contact's number, not as the beginning of a phone number."""
_ALIKE = 5
"""So many contacts of a name are told apart in a refusal."""


def names_for(language: str) -> dict[str, str]:
    """The field that each accepted name means."""
    terms = {FIELDS[entry.term]: name for name, entry in EDITED.items() if entry.term}
    found = {word: terms[field] for word, field in vocabulary_for(language).fields.items() if field in terms}
    for spoken in all_languages():
        for field, entry in EDITED.items():
            if not entry.term:
                found |= dict.fromkeys(spellings(spoken.job_fields.get(field, field)), field)
    return found


def name_of(language: str, field: str) -> str:
    """What a field is called in a language."""
    if term := EDITED[field].term:
        return vocabulary_for(language).labels[FIELDS[term]]
    return language_of(language).job_fields.get(field, field)


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
        names = ", ".join(name_of(session.language, known) for known in EDITED)
        raise Invalid(N_("There is no field {name}; use one of: {names}."), name=name, names=names)
    text, entry = text.strip(), EDITED[field]
    if entry.kind is FieldKind.LINE or entry.kind is FieldKind.TEXT:
        clean_field(entry.name, text)
        return Edit(field, text)
    if not text or means_none(text):
        return Edit(field, None)
    match entry.kind:
        case FieldKind.MOMENT:
            return _time(session, field, text)
        case FieldKind.FLAG:
            return Edit(field, _answer(session, field, text))
        case FieldKind.AMOUNT:
            return Edit(field, parse_amount(text, session.language, field))
        case FieldKind.REFERENCE:
            return Edit(field, _contact(session, text) if field == "customer" else value_of(session, field, text))
        case _:
            assert_never(entry.kind)


def _answer(session: Session, field: str, text: str) -> bool:
    vocabulary = vocabulary_for(session.language)
    answer = vocabulary.answers.get(search_key(text))
    if answer is None:
        raise Invalid(
            N_("“{text}” is no {what} here; try {choices}"), field=field, text=text,
            what=name_of(session.language, field), choices=", ".join(vocabulary.answer_labels),
        )  # fmt: skip
    return answer is Answer.YES


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
