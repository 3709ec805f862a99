"""Importing contacts: which line is which contact, and what it changes.

A line is the contact with its number, else with its external key, else with its VAT number, else the one of the same
name that shares a phone number or e-mail address (or, where the line has neither, the postal address). A number that
nobody has yet stays the new contact's number. Empty cells leave what is stored; no line ever takes something away.

One contact is written by one line of a file only. A later line that turns out to be the same contact and says
something else is reported, so that a second run finds nothing to change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

from svc_tui.db import importing, many, search
from svc_tui.db.changes import Changes, Value, Values
from svc_tui.db.models import Contact, ContactPerson
from svc_tui.domain.csv_columns import CONTACT_COLUMNS
from svc_tui.domain.csv_reading import CsvForm, read_rows
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.imports import ContactLine, contact_number, read_line
from svc_tui.domain.rights import Right
from svc_tui.domain.text import phone_digits, search_key, words
from svc_tui.services.imports import BadLine, Progress, Report, run
from svc_tui.services.session import Session

COLUMNS: Final = {"external_key": ("External key", "External ID", "Ekstern nøgle", "Ekstern ID"), **CONTACT_COLUMNS}

_PLAIN: Final = ("vat_number", "post_code", "city", "country", "phone", "mobile", "email", "note")
_TIDY_PAGES: Final = 2_000
_VAT_PREFIXES: Final = {"45": "dk", "47": "no", "46": "se", "44": "gb"}

_NAMELESS = N_("The name is missing.")
_SAME_CONTACT = N_("This is the same contact as on line {other}, but with another {fields}. The first line counts.")


def import_contacts(session: Session, path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Read contacts from a CSV file.

    Args:
        session: Who imports.
        path: The file, in any usual form (see `domain.csv_reading`).
        dry_run: Count what would happen and write nothing.
        progress: Told how many lines have been read, and of about how many.

    Raises:
        Invalid: when the file cannot be read at all.
        NotAllowed, DatabaseTrouble.
    """
    importer = _Contacts(session, dry_run=dry_run)

    def foresee(form: CsvForm, mapped: dict[str, str]) -> None:
        if "number" in mapped:
            importer.draw_above(_highest_number(path, form, mapped["number"]))

    report = run(session, path, COLUMNS, ("name", "number", "external_key"), _parse, importer, progress, foresee)
    if report.new + report.changed and not dry_run:
        search.tidy(session.store, _TIDY_PAGES)
    return report


def _parse(values: dict[str, str], _form: CsvForm) -> ContactLine:
    return read_line(ContactLine, values)


def _highest_number(path: Path, form: CsvForm, column: str) -> int:
    """The highest contact number in the file, on lines that cannot be taken too; 0 when it has none."""
    highest = 0
    for _line, row in read_rows(path, form):
        if not isinstance(row, Invalid):
            with suppress(Invalid):
                highest = max(highest, contact_number(row[column]))
    return highest


_Read = tuple[int, ContactLine, Values]
"""A line with its number, and what it says by the fields of the table."""


class _Known:
    """Contacts by everything a line may know them by: stored ones, and those this import makes."""

    def __init__(self) -> None:
        self.by_id: dict[int, Values] = {}
        self.by_number: dict[int, int] = {}
        self.by_key: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = {}

    def add(self, row_id: int, row: Values) -> None:
        if row_id in self.by_id:
            return
        self.by_id[row_id] = row
        if row.get("number"):
            self.by_number[int(row["number"] or 0)] = row_id
        if row.get("external_key"):
            self.by_key[str(row["external_key"])] = row_id
        self.by_name.setdefault(str(row["name_key"]), []).append(row_id)


class _Plan:
    """What a batch of lines comes to."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.ids: Iterator[int] = iter(ids)
        self.new: dict[int, Values] = {}
        self.updates: list[tuple[int, Values, Values]] = []
        self.new_persons: dict[tuple[int, str], Values] = {}
        self.person_updates: list[tuple[int, Values, Values]] = []


class _Contacts:
    """The importer; see `services.imports.Importer`."""

    def __init__(self, session: Session, *, dry_run: bool) -> None:
        self._session = session
        self._store = session.store
        self._country = session.registers.company.country_code
        self._dry_run = dry_run
        self._known = _Known()
        self._claims: dict[int, int] = {}
        """Which line decided about a contact."""
        self._drawn_above = 0
        self._by_vat: dict[str, list[int]] | None = None
        self._persons: dict[tuple[int, str], Values] = {}
        self._person_claims: set[tuple[int, str]] = set()
        self._dry_ids = count(-1, -1)

    def draw_above(self, number: int) -> None:
        """Draw no number up to this one: another line of the file has it, perhaps one that is put right and read again.

        Without that the second run would take the contact that drew the number for the one of that line.
        """
        self._drawn_above = number

    def take(self, lines: list[tuple[int, ContactLine]], report: Report) -> None:
        with self._act() as changes:
            ids = self._dry_ids if changes is None else many.reserve_ids(self._store, Contact, len(lines))
            plan = _Plan(ids)
            counted = self._decide(lines, plan)
            if changes is not None:
                self._write(changes, plan)
        report.add(counted)

    @contextmanager
    def _act(self) -> Iterator[Changes | None]:
        """An act for each batch; none, and what was decided is remembered, where nothing is to be written."""
        if self._dry_run:
            yield None
            return
        self._known = _Known()
        self._persons = {}
        with self._session.act("import.contacts", Right.IMPORT_DATA) as changes:
            yield changes

    # -- what is there ---------------------------------------------------------------------------------------------

    def _load(self, lines: list[_Read]) -> None:
        """Read every contact that one of the lines may be; by name only for lines that nothing surer tells."""
        if self._by_vat is None and any(line.vat_number for _, line, _ in lines):
            self._by_vat = {}
            for row_id, vat in importing.vat_numbers(self._store):
                self._by_vat.setdefault(self._vat_key(vat), []).append(row_id)
        self._add("number", {line.number for _, line, _ in lines if line.number})
        self._add("external_key", {values["external_key"] for _, _, values in lines if "external_key" in values})
        rest = [read for read in lines if self._surely(*read[1:]) is None]
        of_vat = self._by_vat or {}
        vats = {self._vat_key(line.vat_number) for _, line, _ in rest if line.vat_number}
        self._add("id", {row for vat in vats for row in of_vat.get(vat, ())})
        self._add("name_key", {values["name_key"] for _, _, values in rest if "name_key" in values})

    def _add(self, column: str, wanted: Collection[Value]) -> None:
        for row in importing.contacts_by(self._store, column, wanted):
            self._known.add(int(row["id"] or 0), row)

    def _vat_key(self, vat: str) -> str:
        """A VAT number as it is compared: without the shop's own country, spaces and Norway's MVA."""
        key = "".join(words(vat)).removesuffix("mva")
        own = _VAT_PREFIXES.get(self._country, "")
        return key.removeprefix(own) if key[len(own) :].isdigit() else key

    # -- deciding --------------------------------------------------------------------------------------------------

    def _decide(self, lines: list[tuple[int, ContactLine]], plan: _Plan) -> Report:
        read = [(number, line, self._values(line)) for number, line in lines]
        self._load(read)
        counted = Report()
        chosen: list[tuple[int, ContactLine, int, bool | None]] = []
        for number, line, values in read:
            try:
                chosen.append((number, line, *self._contact(number, line, values, plan)))
            except Invalid as refused:
                counted.bad.append(BadLine(number, refused))
        self._load_persons([row_id for _, line, row_id, _ in chosen if _person(line)])
        for number, line, row_id, is_changed in chosen:
            try:
                person_changed = self._person(row_id, line, plan)
            except Invalid as refused:
                # The contact itself is taken; what is told of its person contradicts an earlier line.
                counted.bad.append(BadLine(number, refused))
                continue
            if is_changed is None:
                counted.new += 1
            elif is_changed or person_changed:
                counted.changed += 1
            else:
                counted.unchanged += 1
        return counted

    def _contact(self, line_number: int, line: ContactLine, values: Values, plan: _Plan) -> tuple[int, bool | None]:
        """The contact of a line, and whether it is changed; None where it is new.

        Raises:
            Invalid: when the line cannot be taken.
        """
        found = self._find(line, values)
        if found is None:
            return self._create(line_number, line, values, plan), None
        stored = self._known.by_id[found]
        changed = {name: value for name, value in values.items() if stored[name] != value}
        if changed and found in self._claims:
            fields = ", ".join(name for name in changed if name != "name_key")
            raise Invalid(_SAME_CONTACT, other=self._claims[found], fields=fields)
        self._claims.setdefault(found, line_number)
        if changed:
            plan.updates.append((found, stored, changed))
            self._known.by_id[found] = stored | changed
        return found, bool(changed)

    def _values(self, line: ContactLine) -> Values:
        """What a line says, by the fields of the table."""
        found: Values = {name: value for name in _PLAIN if (value := getattr(line, name))}
        if name := _name(line):
            found |= {"name": name, "name_key": search_key(name)}
        if line.address or line.address_2:
            found["address"] = ", ".join(part for part in (line.address, line.address_2) if part)
        if key := _external_key(line):
            found["external_key"] = key
        is_company = line.is_company if line.is_private is None else not line.is_private
        is_supplier = line.is_supplier if not line.supplier_number else True
        flags = (
            ("is_customer", line.is_customer),
            ("is_supplier", is_supplier),
            ("is_company", is_company),
            ("retired", line.retired),
        )
        return found | {field: value for field, value in flags if value is not None}

    def _create(self, line_number: int, line: ContactLine, values: Values, plan: _Plan) -> int:
        if not values.get("name"):
            raise Invalid(_NAMELESS, field="name")
        row: Values = {
            "is_customer": not values.get("is_supplier", False),
            "is_company": bool(values.get("vat_number") or _person(line)),
        }
        row |= values
        row_id = next(plan.ids)
        if line.number:
            row["number"] = line.number
        plan.new[row_id] = row
        self._known.add(row_id, _DEFAULTS | row)
        self._claims[row_id] = line_number
        if self._by_vat is not None and line.vat_number:
            self._by_vat.setdefault(self._vat_key(line.vat_number), []).append(row_id)
        return row_id

    # -- which contact a line is -----------------------------------------------------------------------------------

    def _find(self, line: ContactLine, values: Values) -> int | None:
        return self._surely(line, values) or self._by_vat_number(line, values) or self._by_name(line, values)

    def _surely(self, line: ContactLine, values: Values) -> int | None:
        """By its number, else by its external key."""
        if line.number and line.number in self._known.by_number:
            return self._known.by_number[line.number]
        return self._known.by_key.get(str(values.get("external_key")))

    def _free(self, line: ContactLine, row_ids: Iterable[int]) -> list[int]:
        """Contacts that this line may be: with a number of its own it is none that another line decided about."""
        return [row for row in row_ids if row in self._known.by_id and not (line.number and row in self._claims)]

    def _by_vat_number(self, line: ContactLine, values: Values) -> int | None:
        """The one of this VAT number with the same name; else the only one there is, which was renamed."""
        if not line.vat_number or self._by_vat is None:
            return None
        found = self._free(line, self._by_vat.get(self._vat_key(line.vat_number), ()))
        name_key = values.get("name_key")
        same = [row for row in found if name_key in (None, self._known.by_id[row]["name_key"])]
        if same:
            return same[0]
        # Branches of a company share its VAT number: one that a line of this file is already is not renamed.
        return found[0] if len(found) == 1 and found[0] not in self._claims else None

    def _by_name(self, line: ContactLine, values: Values) -> int | None:
        found = self._free(line, self._known.by_name.get(str(values.get("name_key", "")), ()))
        in_use_first = sorted(found, key=lambda row: bool(self._known.by_id[row]["retired"]))
        return next((row for row in in_use_first if self._is_same(line, values, self._known.by_id[row])), None)

    def _is_same(self, line: ContactLine, values: Values, row: Values) -> bool:
        """Whether two of the same name are one: a phone number or e-mail in common, or without any the address."""
        if (
            line.vat_number
            and row["vat_number"]
            and self._vat_key(line.vat_number) != self._vat_key(str(row["vat_number"]))
        ):
            return False
        mine, theirs = self._reached_by(values), self._reached_by(row)
        if mine:
            return bool(mine & theirs)
        place = ("address", "post_code")
        if any(values.get(name) for name in place):
            return all(search_key(str(values.get(name, ""))) == search_key(str(row[name])) for name in place)
        return not theirs and not any(row[name] for name in place)

    def _reached_by(self, row: Values) -> set[str]:
        phones = {phone_digits(str(row[name]), self._country) for name in ("phone", "mobile") if row.get(name)}
        return (phones | {search_key(str(row.get("email", "")))}) - {""}

    # -- contact persons -------------------------------------------------------------------------------------------

    def _load_persons(self, contact_ids: Iterable[int]) -> None:
        for row in importing.persons_by_contact(self._store, {row_id for row_id in contact_ids if row_id > 0}):
            self._persons.setdefault((int(row["contact"] or 0), str(row["name_key"])), row)

    def _person(self, contact_id: int, line: ContactLine, plan: _Plan) -> bool:
        """Add or change the person on a line; gives whether there was anything to do."""
        name = _person(line)
        if not name:
            return False
        place = (contact_id, search_key(name))
        said: Values = {"name": name, "phone": line.person_phone, "email": line.person_email}
        said = {field: value for field, value in said.items() if value}
        known = self._persons.get(place)
        if known is None:
            row: Values = said | {"contact": contact_id, "name_key": place[1]}
            self._persons[place] = _NO_PERSON | row
            plan.new_persons[place] = row
            self._person_claims.add(place)
            return True
        changed = {field: value for field, value in said.items() if known[field] != value}
        if changed and place in self._person_claims:
            raise Invalid(
                N_("Another line gives {person} another {fields}. The first line counts."),
                person=name, fields=", ".join(f"person_{field}" for field in changed),
            )  # fmt: skip
        self._person_claims.add(place)
        if changed:
            plan.person_updates.append((int(known["id"] or 0), known, changed))
            self._persons[place] = known | changed
        return bool(changed)

    # -- writing ---------------------------------------------------------------------------------------------------

    def _write(self, changes: Changes, plan: _Plan) -> None:
        unnumbered = [row for row in plan.new.values() if "number" not in row]
        highest = max((int(row["number"] or 0) for row in plan.new.values() if "number" in row), default=0)
        if unnumbered:
            highest = max(highest, self._drawn_above)
        if plan.new:
            drawn = importing.draw_numbers(self._store, "contact", len(unnumbered), highest)
            for row, number in zip(unnumbered, drawn, strict=True):
                row["number"] = number
        many.insert_rows(changes, Contact, plan.new)
        many.update_rows(changes, Contact, plan.updates)
        ids = many.reserve_ids(self._store, ContactPerson, len(plan.new_persons))
        many.insert_rows(changes, ContactPerson, dict(zip(ids, plan.new_persons.values(), strict=True)))
        many.update_rows(changes, ContactPerson, plan.person_updates)


_NO_PERSON: Final[Values] = {"phone": "", "email": ""}
_DEFAULTS: Final[Values] = {
    **dict.fromkeys((*_PLAIN, "address"), ""),
    "is_customer": True, "is_supplier": False, "is_company": False, "external_key": None, "retired": False,
}  # fmt: skip


def _name(line: ContactLine) -> str:
    """The contact's name: the company, and where there is none the person."""
    return line.name or _person_name(line)


def _person_name(line: ContactLine) -> str:
    return line.person_name or f"{line.person_first_name} {line.person_last_name}".strip()


def _person(line: ContactLine) -> str:
    """The contact person's name, where it is another than the contact's."""
    name = _person_name(line)
    return name if name and line.name and search_key(name) != search_key(line.name) else ""


def _external_key(line: ContactLine) -> str:
    """The key in the program the list comes from; a supplier's own number is one."""
    return line.external_key or (f"S{line.supplier_number}" if line.supplier_number else "")
