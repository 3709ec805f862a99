"""Importing contacts: what a line changes in the contact that it is (`import_identity` says which that is).

A number that nobody has yet stays the new contact's number. Empty cells leave what is stored; no line ever takes
something away. One contact is written by one line of a file only: a later line that turns out to be the same contact
and says something else is reported, so that a second run finds nothing to change. A line with a contact person adds
the person to a known company and never renames it; what else such a line tells is the person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from svc_tui.db.core import many
from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.transfer import importing
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.series import follows
from svc_tui.domain.tables import CONTACT
from svc_tui.domain.text import search_key
from svc_tui.domain.transfer.contact_lines import parse_contact
from svc_tui.domain.transfer.csv_columns import (
    CONTACT_COLUMNS,
    is_address_book,
    is_noun,
    is_of_people,
    is_supplier_name,
)
from svc_tui.domain.transfer.csv_reading import CsvForm, read_rows
from svc_tui.domain.transfer.imports import ContactLine, contact_number
from svc_tui.services.core.session import Session
from svc_tui.services.transfer.import_identity import Identity, name_of, person_alone, person_name, person_of
from svc_tui.services.transfer.import_persons import Persons
from svc_tui.services.transfer.imports import Acts, Asked, BadLine, Change, Progress, Remark, Report, run

COLUMNS: Final = CONTACT_COLUMNS

_PLAIN: Final = ("vat_number", "post_code", "city", "country", "phone", "mobile", "email", "note")
_REACHED: Final = ("phone", "mobile", "email")
_LONGEST_NAME: Final = 120
_LONGEST_ADDRESS: Final = 150
_LONGEST_KEY: Final = 60

_NAMELESS = N_("The name is missing.")
_SAME_CONTACT = N_("This is the same contact as on line {other}, but with another {fields}. The first line counts.")
_NAME_KEPT = N_("{name} keeps its name; {person} was added as a contact person.")
_NOT_TAKEN = N_("{name} has another {fields} by now; a line with a contact person changes the person only.")
_TOO_LONG = N_("The {column} is longer than {limit} characters.")


def import_contacts(
    session: Session,
    path: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    asked: Asked | None = None,
) -> Report:
    """Read contacts from a file.

    Args:
        session: Who imports.
        path: The file, in any usual form (see `domain.csv_reading`).
        dry_run: Count what would happen and write nothing.
        progress: Told how many lines have been read, and of about how many.
        asked: What the user settled.

    Raises:
        Invalid: when the file cannot be read at all.
        NotAllowed, DatabaseTrouble.
    """
    wanted = asked or Asked(dry_run=dry_run)
    importer = _Contacts(session, wanted)

    nouns: list[str] = []

    def foresee(form: CsvForm, mapped: dict[str, str]) -> None:
        if "number" in mapped:
            importer.draw_above(_highest_number(path, form, mapped["number"]))
        importer.is_of_suppliers = _is_of_suppliers(mapped)
        importer.is_address_book = is_address_book(mapped)
        if is_of_people(mapped.get("name", "")):
            nouns.extend(name for name in ("is_customer", "is_supplier") if is_noun(mapped.get(name, "")))

    needed = ("name", "number", "external_key", "person_name", "person_first_name", "supplier_number")

    def parse(values: dict[str, str], _form: CsvForm, remark: Remark) -> ContactLine:
        return parse_contact(values, remark, nouns)

    return run(session, path, COLUMNS, needed, parse, importer, wanted, progress, foresee)


def _highest_number(path: Path, form: CsvForm, column: str) -> int:
    """The highest contact number in the file that the series follows, on lines that cannot be taken too; 0 for none."""
    highest = 0
    for _line, row in read_rows(path, form):
        if not isinstance(row, Invalid):
            number = contact_number(row[column].removesuffix(".0"))
            if number is not None and follows(number, 0):
                highest = max(highest, number)
    return highest


def _is_of_suppliers(mapped: dict[str, str]) -> bool:
    return is_supplier_name(mapped.get("name", "")) or "supplier_number" in mapped


_Read = tuple[int, ContactLine, Values]
"""A line with its number, and what it says by the fields of the table."""


class Plan:
    """What a batch of lines comes to."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.ids: Iterator[int] = iter(ids)
        self.new: dict[int, Values] = {}
        self.updates: list[tuple[int, Values, Values]] = []


class _Contacts:
    """The importer; see `services.imports.Importer`."""

    def __init__(self, session: Session, asked: Asked) -> None:
        self._session = session
        self._store = session.store
        self._asked = asked
        self._identity = Identity(session.store, session.registers.company.country_code, asked)
        self._persons = Persons(session.store)
        self._drawn_above = 0
        self._dry_ids = count(-1, -1)
        self._acts = Acts(session, "import.contacts")
        self.is_of_suppliers = False
        self.is_address_book = False

    def draw_above(self, number: int) -> None:
        """Draw no number up to this one: another line of the file has it, perhaps one that is put right and read again.

        Without that the second run would take the contact that drew the number for the one of that line.
        """
        self._drawn_above = number

    def take(self, lines: list[tuple[int, ContactLine]], report: Report) -> None:
        with self._act(report) as changes:
            ids = self._dry_ids if changes is None else many.reserve_ids(self._store, CONTACT, len(lines))
            plan = Plan(ids)
            self._persons.begin()
            self._decide(lines, plan, report)
            if changes is not None:
                self._write(changes, plan)

    @contextmanager
    def _act(self, report: Report) -> Iterator[Changes | None]:
        """An act for each batch; none, and what was decided is remembered, where nothing is to be written."""
        if self._asked.dry_run:
            yield None
            return
        self._identity.forget()
        self._persons.forget()
        with self._acts.next(report) as changes:
            yield changes

    # -- deciding ------------------------------------------------------------------------------------------------

    def _decide(self, lines: list[tuple[int, ContactLine]], plan: Plan, report: Report) -> None:
        read: list[_Read] = []
        for number, line in lines:
            try:
                read.append((number, line, self._values(line)))
            except Invalid as refused:
                report.bad.append(BadLine(number, refused))
        self._identity.load([(line, values) for _, line, values in read])
        chosen: list[tuple[ContactLine, int, int, bool | None, str, Values]] = []
        for number, line, values in read:
            try:
                chosen.append((line, number, *self._contact(number, line, values, plan, report)))
            except Invalid as refused:
                report.bad.append(BadLine(number, refused))
        self._persons.load([row_id for _, _, row_id, _, person, _ in chosen if person])
        for line, number, row_id, is_changed, person, left in chosen:
            try:
                person_changed = self._persons.take(row_id, person, line, left)
            except Invalid as refused:
                # The contact itself is taken; what is told of its person contradicts an earlier line.
                report.bad.append(BadLine(number, refused))
                continue
            if is_changed is None:
                report.new += 1
            elif is_changed or person_changed:
                report.changed += 1
            else:
                report.unchanged += 1

    def _contact(
        self, line_number: int, line: ContactLine, values: Values, plan: Plan, report: Report
    ) -> tuple[int, bool | None, str, Values]:
        """The contact of a line, whether it is changed (None where it is new), the person, and what is told of him.

        Raises:
            Invalid: when the line cannot be taken.
        """
        found = self._identity.find(line, values)
        if found is None:
            return self._create(line_number, line, values, plan), None, person_of(line), {}
        stored = self._identity.known.by_id[found]
        changed = {name: value for name, value in values.items() if stored[name] != value}
        person, left = self._of_person(line_number, line, found, changed, report)
        claims = self._identity.claims
        if found in claims:  # a line that comes again, written otherwise: the first one counts
            changed = {
                name: value for name, value in changed.items() if not self._identity.says_the_same(name, value, stored)
            }
        if changed and found in claims:
            fields = ", ".join(name for name in changed if name != "name_key")
            raise Invalid(_SAME_CONTACT, other=claims[found], fields=fields)
        claims.setdefault(found, line_number)
        if changed:
            name = f"{stored.get('number') or ''} {stored['name']}".strip()
            for field, value in changed.items():
                if field != "name_key":
                    report.change(Change(line_number, name, field, stored[field], value))
            plan.updates.append((found, stored, changed))
            self._identity.known.by_id[found] = stored | changed
        return found, bool(changed), person, left

    def _of_person(
        self, line_number: int, line: ContactLine, found: int, changed: Values, report: Report
    ) -> tuple[str, Values]:
        """Take away from what a line changes what is not the company's; gives the person, and what is his of it."""
        stored = self._identity.known.by_id[found]
        person = person_of(line) or (person_name(line) if person_alone(line) and stored["is_company"] else "")
        if not person or search_key(person) == stored["name_key"]:
            return "", {}
        name_changes = changed.pop("name", None)
        changed.pop("name_key", None)
        if name_changes is not None and not person_alone(line):
            report.remark(line_number, Invalid(_NAME_KEPT, name=stored["name"], person=person))
        for name in ("is_company", "external_key"):  # the person's, where the list has a line for each
            changed.pop(name, None)
        is_decided = found in self._identity.claims
        left: Values = {}
        if is_decided or not line.number or person_alone(line):
            left = {name: changed.pop(name) for name in _REACHED if name in changed}
        if is_decided and changed:
            fields = ", ".join(changed)
            report.remark(line_number, Invalid(_NOT_TAKEN, name=stored["name"], fields=fields))
            changed.clear()
        return person, left

    def _values(self, line: ContactLine) -> Values:
        """What a line says, by the fields of the table.

        Raises:
            Invalid: when it is too long.
        """
        found: Values = {name: value for name in _PLAIN if (value := getattr(line, name))}
        if name := name_of(line):
            found |= {"name": _at_most(name, _LONGEST_NAME, "name"), "name_key": search_key(name)}
        if address := ", ".join(filter(None, (line.address, line.address_2, line.address_3))):
            found["address"] = _at_most(address, _LONGEST_ADDRESS, "address")
        if key := _external_key(line):
            found["external_key"] = _at_most(key, _LONGEST_KEY, "external_key")
        is_company = line.is_company if line.is_private is None else not line.is_private
        is_supplier = line.is_supplier
        if line.supplier_number or (self.is_of_suppliers and is_supplier is None):
            is_supplier = True
        flags = (
            ("is_customer", line.is_customer),
            ("is_supplier", is_supplier),
            ("is_company", is_company),
            ("retired", line.retired),
        )
        return found | {field: value for field, value in flags if value is not None}

    def _create(self, line_number: int, line: ContactLine, values: Values, plan: Plan) -> int:
        if not values.get("name"):
            raise Invalid(_NAMELESS, field="name")
        row: Values = {
            "is_customer": not values.get("is_supplier", False),
            "is_company": bool(
                values.get("vat_number")
                or person_of(line)
                or self.is_of_suppliers
                or (self.is_address_book and line.name and not person_name(line))
            ),
        }
        row |= values
        if person_of(line):
            row["is_company"] = True
        row_id = next(plan.ids)
        if line.number and line.number not in self._identity.known.by_number:
            row["number"] = line.number
        elif line.number and not row.get("external_key"):
            row["external_key"] = str(line.number)  # somebody else has it here: a second run finds this one by it
        plan.new[row_id] = row
        self._identity.add_new(row_id, line, _DEFAULTS | row)
        self._identity.claims[row_id] = line_number
        return row_id

    # -- writing -------------------------------------------------------------------------------------------------

    def _write(self, changes: Changes, plan: Plan) -> None:
        unnumbered = [row for row in plan.new.values() if "number" not in row]
        given = [int(row["number"] or 0) for row in plan.new.values() if "number" in row]
        if plan.new:
            at_least = [*given, self._drawn_above] if unnumbered else given
            drawn = importing.draw_contact_numbers(self._store, len(unnumbered), at_least, set(given))
            for row, number in zip(unnumbered, drawn, strict=True):
                row["number"] = number
        many.insert_rows(changes, CONTACT, plan.new)
        many.update_rows(changes, CONTACT, plan.updates)
        self._persons.write(changes)


_DEFAULTS: Final[Values] = {
    **dict.fromkeys((*_PLAIN, "address"), ""),
    "is_customer": True, "is_supplier": False, "is_company": False, "external_key": None, "retired": False,
}  # fmt: skip


def _at_most(text: str, limit: int, column: str) -> str:
    if len(text) > limit:
        raise Invalid(_TOO_LONG, field=column, column=column, limit=limit)
    return text


def _external_key(line: ContactLine) -> str:
    """The key in the program the list comes from; a supplier's own number is one."""
    return line.external_key or (f"S{line.supplier_number}" if line.supplier_number else "")
