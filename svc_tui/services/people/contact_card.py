"""The card of a contact: what it shows, and saving it with its contact persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.people import cards
from svc_tui.db.transfer.importing import draw_contact_numbers
from svc_tui.domain.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid
from svc_tui.domain.merge import merge_rows
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.operations import Value, Values, new_operation_key
from svc_tui.domain.records import DeviceRow, PersonRecord
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import CONTACT, CONTACT_PERSON
from svc_tui.domain.text import search_key
from svc_tui.services.core.row_saving import Resumed, Saved, resumed, save_row
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line, whole_text
from svc_tui.services.people.contacts import check_email, check_phone

LINES: Final = {
    "name": 120, "vat_number": 60, "address": 150, "post_code": 20, "city": 120, "country": 60, "phone": 60,
    "mobile": 60, "email": 120, "external_key": 60,
}  # fmt: skip
"""Fields of one line, and how many letters each holds: the same as an import takes."""

FLAGS: Final = ("is_customer", "is_supplier", "is_company", "retired")
FIELDS: Final = (*LINES, *FLAGS, "note", "number")
"""What the card edits; a new contact's number is drawn unless one is given."""

_LARGEST_NUMBER: Final = 999_999_999


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What is stored of one contact, or the beginnings of a new one (`id` None)."""

    id: int | None
    version: int
    values: Values
    persons: tuple[PersonRecord, ...] = ()
    devices: tuple[DeviceRow, ...] = ()
    generation: str = ""
    """Of the shop that it was read in; see `Session.generation`."""

    def is_of(self, other: ContactCard) -> bool:
        """Whether both are of the same row: in a restored shop another one may have the id."""
        return self.id == other.id and (self.generation == other.generation or self.values == other.values)


@dataclass(frozen=True, slots=True)
class ContactEdit:
    """What the user made of a card: `base` as it was opened, beside it what is wanted now."""

    base: ContactCard
    values: Values
    persons: tuple[PersonRecord, ...]
    """New ones have an id below zero."""
    operation_key: str = field(default_factory=new_operation_key)


def new_card(session: Session, *, is_supplier: bool = False, name: str = "") -> ContactCard:
    """The beginnings of a new contact."""
    values: Values = dict.fromkeys(LINES, "") | dict.fromkeys(FLAGS, False)
    values |= {"name": name, "note": "", "number": None, "is_customer": not is_supplier, "is_supplier": is_supplier}
    return ContactCard(None, 0, values | {"external_key": None}, generation=session.generation)


def open_card(session: Session, contact_id: int) -> ContactCard:
    """Everything a card shows of one contact, but its jobs and its history.

    Raises:
        NotFound: when the contact is gone.
    """
    session.require(Right.ACTIVITY_READ)
    row = read(session.store, CONTACT, contact_id)
    return ContactCard(
        contact_id,
        int(row["version"] or 0),
        {name: row[name] for name in FIELDS},
        tuple(cards.persons_of(session.store, contact_id)),
        tuple(cards.devices_of(session.store, contact_id)),
        session.generation,
    )


def save(session: Session, edit: ContactEdit) -> Saved:
    """Save a card with its persons: all of it in one change set, or nothing.

    Raises:
        Invalid: with the field that is refused.
        Conflict: when somebody else changed the same field since the card was opened.
        Restored, NotAllowed, NotFound, DatabaseTrouble, Unclear: as for any act.
    """
    base, read_in = edit.base, edit.base.generation
    mine = _checked(edit.values)
    name = "contact.create" if base.id is None else "contact.save"
    with session.act(name, Right.CONTACT_EDIT, edit.operation_key, read_in=read_in) as changes:
        done = resumed(changes, CONTACT, base.id, base.values)
        mine["number"] = _number(changes, done, mine["number"])
        saved = save_row(changes, CONTACT, done.id, done.base, mine, _keys)
        _save_persons(changes, saved.id, edit, done)
        return saved


def _checked(values: Values) -> Values:
    """The values as they are stored.

    Raises:
        Invalid: when the name is empty, something is too long, or e-mail and phone are mixed up.
    """
    found: Values = {name: whole_line(values[name], name, limit) for name, limit in LINES.items()}
    found |= {name: bool(values[name]) for name in FLAGS}
    found["note"] = whole_text(values["note"], "note")
    found["external_key"] = found["external_key"] or None
    found["number"] = values["number"]
    if not found["name"]:
        raise Invalid(N_("Write the name of the contact."), field="name")
    for name in ("phone", "mobile"):
        check_phone(str(found[name]), name)
    check_email(str(found["email"]))
    return found


def _number(changes: Changes, done: Resumed, wanted: Value) -> int:
    """The number that a contact gets: the next one where none is wanted, for numbers are never empty.

    Raises:
        Invalid: when it is none, or another contact has it.
    """
    before = done.base["number"]
    if wanted in (None, ""):
        return int(before or 0) or changes.next_number("contact")
    number = whole_number(str(wanted), _LARGEST_NUMBER)
    if not number:
        raise Invalid(N_("The number of a contact is digits only, at most nine."), field="number")
    if number != before:
        owner = cards.contact_with_number(changes.store, number)
        if owner is not None and owner.id != done.id:
            raise Invalid(N_("{name} has the number {number} already."), field="number", name=owner.name, number=number)
        draw_contact_numbers(changes.store, 0, (number,))
    return number


def _keys(values: Values) -> Values:
    return {"name_key": search_key(str(values["name"]))}


# -- persons -----------------------------------------------------------------------------------------------------


def _save_persons(changes: Changes, contact_id: int, edit: ContactEdit, done: Resumed) -> None:
    """Bring the persons to what the user made of them, merged row by row with what others did.

    Raises:
        Invalid: when a person has no name, or something is too long.
        Conflict: when both changed the same person.
    """
    base, mine = _after(edit.base.persons, edit.persons, done)
    stored = {person.id: person for person in cards.persons_of(changes.store, contact_id)}
    merged = merge_rows(_rows(base), _rows(mine), _rows(stored.values()))
    if merged.conflicts:
        raise Conflict(CHANGED_MEANWHILE, fields=("persons",), count=len(merged.conflicts))
    for row in merged.create.values():
        values = _checked_person(row)
        changes.insert(CONTACT_PERSON, {"contact": contact_id} | values | _keys(values))
    for person_id, changed in merged.update.items():
        values = _checked_person(stored[person_id]._asdict() | changed)
        changes.update(CONTACT_PERSON, person_id, values | _keys(values))
    for person_id in merged.delete:
        _remove(changes, person_id)


def _checked_person(row: Mapping[str, object]) -> Values:
    """A contact person as it is stored.

    Raises:
        Invalid: when it has no name, something is too long, or e-mail and phone are mixed up.
    """
    found: Values = {
        "name": whole_line(row["name"], "name", 120), "phone": whole_line(row["phone"], "phone", 60),
        "email": whole_line(row["email"], "email", 120),
    }  # fmt: skip
    if not found["name"]:
        raise Invalid(N_("Write the name of the contact person."), field="persons")
    check_phone(str(found["phone"]))
    check_email(str(found["email"]))
    return found


def _remove(changes: Changes, person_id: int) -> None:
    """Take a person away; one that jobs name is retired, so that they still do."""
    if cards.is_person_used(changes.store, person_id):
        changes.update(CONTACT_PERSON, person_id, {"retired": True})
    else:
        changes.delete(CONTACT_PERSON, person_id)


def _rows(persons: Iterable[PersonRecord]) -> dict[int, Mapping[str, object]]:
    return {person.id: {"name": person.name, "phone": person.phone, "email": person.email} for person in persons}


def _after(
    base: tuple[PersonRecord, ...], mine: tuple[PersonRecord, ...], done: Resumed
) -> tuple[list[PersonRecord], list[PersonRecord]]:
    """Both as they are once an act of this key is in: what it made has an id now, and is not made twice."""
    before, now = list(base), list(mine)
    for effect in done.effects:
        if effect.table != "contact_person":
            continue
        if effect.created is not None:
            image = (effect.created["name"], effect.created["phone"], effect.created["email"])
            for place, person in enumerate(now):
                if person.id < 0 and (person.name, person.phone, person.email) == image:
                    now[place] = person._replace(id=effect.row)
                    before.append(now[place])
                    break
        elif effect.deleted is not None:
            before = [person for person in before if person.id != effect.row]
        else:
            after = {name: str(value) for name, (_, value) in effect.fields.items()}
            before = [_with(person, after) if person.id == effect.row else person for person in before]
    return before, now


def _with(person: PersonRecord, after: Mapping[str, str]) -> PersonRecord:
    return PersonRecord(
        person.id, after.get("name", person.name), after.get("phone", person.phone), after.get("email", person.email)
    )
