"""Which contact a line of a file is.

A line is the contact with its number, else with its external key, else with its VAT number, else the one of the same
name that shares a phone number or e-mail address (or, where the line has neither, the postal address). A line with a
contact person is also the only company of its name. A number or key alone does not make two the same: where name, VAT
number, phone and e-mail all differ it is somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from svc_tui.db.core.changes import Value, Values
from svc_tui.db.core.engine import Store
from svc_tui.db.transfer import importing
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.text import phone_digits, search_key, words
from svc_tui.domain.transfer.imports import ContactLine
from svc_tui.services.transfer.imports import Asked

_VAT_PREFIXES: Final = {"45": "dk", "47": "no", "46": "se", "44": "gb"}

_SOMEBODY_ELSE = N_(
    "{number} is {name} here, and nothing on this line is the same. Correct the number, or import with --renumber "
    "(a new number for such lines) or --overwrite (the file counts)."
)
_SOMEBODY_ELSES_KEY = N_(
    "The external key {number} is {name} here, and nothing on this line is the same. Correct the key, or import with "
    "--renumber or --overwrite."
)


class Known:
    """Contacts by everything a line may know them by: stored ones, and those this import makes."""

    def __init__(self) -> None:
        self.by_id: dict[int, Values] = {}
        self.by_number: dict[int, int] = {}
        self.by_key: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}

    def add(self, row_id: int, row: Values) -> None:
        if row_id in self.by_id:
            return
        self.by_id[row_id] = row
        if row.get("number"):
            self.by_number[int(row["number"] or 0)] = row_id
        if row.get("external_key"):
            self.by_key.setdefault(str(row["external_key"]), []).append(row_id)
        self.by_name.setdefault(str(row["name_key"]), []).append(row_id)


class Identity:
    """Finds the contact of a line among those known."""

    def __init__(self, store: Store, country: str, asked: Asked) -> None:
        self._store = store
        self._country = country
        self._asked = asked
        self.known = Known()
        self.claims: dict[int, int] = {}
        """Which line decided about a contact."""
        self._by_vat: dict[str, list[int]] | None = None

    def load(self, lines: Collection[tuple[ContactLine, Values]]) -> None:
        """Read every contact that one of the lines may be; by name only for lines that nothing surer tells."""
        if self._by_vat is None and any(line.vat_number for line, _ in lines):
            self._by_vat = {}
            for row_id, vat in importing.vat_numbers(self._store):
                self._by_vat.setdefault(self._vat_key(vat), []).append(row_id)
        self._add("number", {line.number for line, _ in lines if line.number})
        keys: set[Value] = {values["external_key"] for _, values in lines if "external_key" in values}
        # A number that was somebody else's here became the key of the contact that got a new one.
        keys |= {str(line.number) for line, _ in lines if line.number in self.known.by_number}
        self._add("external_key", keys)
        rest = [read for read in lines if self._surely(*read) is None]
        of_vat = self._by_vat or {}
        vats = {self._vat_key(line.vat_number) for line, _ in rest if line.vat_number}
        self._add("id", {row for vat in vats for row in of_vat.get(vat, ())})
        self._add("name_key", {values["name_key"] for _, values in rest if "name_key" in values})

    def _add(self, column: str, wanted: Collection[Value]) -> None:
        for row in importing.contacts_by(self._store, column, wanted):
            self.known.add(int(row["id"] or 0), row)

    def forget(self) -> None:
        """What is stored is read again for the next batch."""
        self.known = Known()

    def add_new(self, row_id: int, line: ContactLine, row: Values) -> None:
        """A contact that this import makes."""
        self.known.add(row_id, row)
        if self._by_vat is not None and line.vat_number:
            self._by_vat.setdefault(self._vat_key(line.vat_number), []).append(row_id)

    def _vat_key(self, vat: str) -> str:
        """A VAT number as it is compared: without the shop's own country, spaces and Norway's MVA."""
        key = "".join(words(vat)).removesuffix("mva")
        own = _VAT_PREFIXES.get(self._country, "")
        return key.removeprefix(own) if key[len(own) :].isdigit() else key

    # -- finding -------------------------------------------------------------------------------------------------

    def find(self, line: ContactLine, values: Values) -> int | None:
        """The contact of a line; None when it is a new one.

        Raises:
            Invalid: when its number or key is somebody else's.
        """
        by_number = self._by_number(line)
        if by_number is not None and self._fits(line, values, by_number):
            return by_number
        by_key = self._by_key(line, values)
        if by_key is None and by_number is not None and not self._asked.renumber:
            row = self.known.by_id[by_number]
            raise Invalid(_SOMEBODY_ELSE, field="number", number=line.number, name=row["name"])
        if by_key is None and line.external_key and not self._asked.renumber:
            self._refuse_key(line, values)
        return by_key or self._by_vat_number(line, values) or self._by_name(line, values)

    def _refuse_key(self, line: ContactLine, values: Values) -> None:
        """A key that the file calls one, and that belongs to somebody else here.

        Raises:
            Invalid: then.
        """
        found = self.known.by_key.get(str(values.get("external_key")), ())
        if found and line.number is None and not self._by_name(line, values):
            row = self.known.by_id[found[0]]
            raise Invalid(_SOMEBODY_ELSES_KEY, field="external_key", number=line.external_key, name=row["name"])

    def _surely(self, line: ContactLine, values: Values) -> int | None:
        """By its number, else by its external key, where nothing speaks against it."""
        by_number = self._by_number(line)
        if by_number is not None and self._fits(line, values, by_number):
            return by_number
        return self._by_key(line, values)

    def _by_number(self, line: ContactLine) -> int | None:
        return self.known.by_number.get(line.number) if line.number else None

    def _by_key(self, line: ContactLine, values: Values) -> int | None:
        found = [*self.known.by_key.get(str(values.get("external_key")), ())]
        if line.number in self.known.by_number:
            found += self.known.by_key.get(str(line.number), ())
        return next((row for row in found if self._fits(line, values, row)), None)

    def _fits(self, line: ContactLine, values: Values, row_id: int) -> bool:
        """Whether a line with this contact's number may be it: something is the same, or nothing could be compared."""
        if self._asked.overwrite or row_id in self.claims:
            return True
        row = self.known.by_id[row_id]
        if not values.get("name") and not self.reached_by(values) and not line.vat_number:
            return True
        if line.vat_number and row["vat_number"] and self._same_vat(line, row):
            return True
        if self.reached_by(values) & self.reached_by(row):
            return True
        if person_alone(line) and row["is_company"]:
            return True
        return alike(str(values.get("name_key", "")), str(row["name_key"]))

    def _same_vat(self, line: ContactLine, row: Values) -> bool:
        return self._vat_key(line.vat_number) == self._vat_key(str(row["vat_number"]))

    def _free(self, line: ContactLine, row_ids: Iterable[int]) -> list[int]:
        """Contacts that this line may be: with a number of its own it is none that another line decided about."""
        return [row for row in row_ids if row in self.known.by_id and not (line.number and row in self.claims)]

    def _by_vat_number(self, line: ContactLine, values: Values) -> int | None:
        """The one of this VAT number with the same name; else the only one there is, which was renamed."""
        if not line.vat_number or self._by_vat is None:
            return None
        found = self._free(line, self._by_vat.get(self._vat_key(line.vat_number), ()))
        name_key = values.get("name_key")
        same = [row for row in found if name_key in (None, self.known.by_id[row]["name_key"])]
        if same:
            return same[0]
        # Branches of a company share its VAT number: one that a line of this file is already is not renamed.
        return found[0] if len(found) == 1 and found[0] not in self.claims else None

    def _by_name(self, line: ContactLine, values: Values) -> int | None:
        found = self._free(line, self.known.by_name.get(str(values.get("name_key", "")), ()))
        in_use_first = sorted(found, key=lambda row: bool(self.known.by_id[row]["retired"]))
        same = next((row for row in in_use_first if self._is_same(line, values, self.known.by_id[row])), None)
        if same is None and len(found) == 1 and has_person(line):
            row = self.known.by_id[found[0]]
            if not (line.vat_number and row["vat_number"] and not self._same_vat(line, row)):
                return found[0]
        return same

    def _is_same(self, line: ContactLine, values: Values, row: Values) -> bool:
        """Whether two of the same name are one: a phone number or e-mail in common, or without any the address."""
        if line.vat_number and row["vat_number"] and not self._same_vat(line, row):
            return False
        mine, theirs = self.reached_by(values), self.reached_by(row)
        if mine:
            return bool(mine & theirs)
        place = ("address", "post_code")
        if any(values.get(name) for name in place):
            return all(search_key(str(values.get(name, ""))) == search_key(str(row[name])) for name in place)
        return not theirs and not any(row[name] for name in place)

    def says_the_same(self, field: str, value: Value, row: Values) -> bool:
        """Whether a field of a contact has this value already, though in other letters, blanks or digits' groups."""
        mine, theirs = str(value), str(row[field])
        match field:
            case "phone" | "mobile":
                return phone_digits(mine, self._country) == phone_digits(theirs, self._country)
            case "vat_number":
                return self._vat_key(mine) == self._vat_key(theirs)
            case _:
                return search_key(mine) == search_key(theirs)

    def reached_by(self, row: Values) -> set[str]:
        """A contact's phone numbers and e-mail, as they are compared."""
        phones = {phone_digits(str(row[name]), self._country) for name in ("phone", "mobile") if row.get(name)}
        return (phones | {search_key(str(row.get("email", "")))}) - {""}


def alike(one: str, other: str) -> bool:
    """Whether two names are one: all words of the shorter stand in the longer."""
    mine, theirs = set(words(one)), set(words(other))
    return bool(mine) and bool(theirs) and (mine <= theirs or theirs <= mine)


# -- names on a line -----------------------------------------------------------------------------------------------


def name_of(line: ContactLine) -> str:
    """The contact's name: the company, and where there is none the person."""
    return line.name or person_name(line)


def person_name(line: ContactLine) -> str:
    """The person on a line."""
    parts = (line.person_first_name, line.person_middle_name, line.person_last_name)
    return line.person_name or " ".join(filter(None, parts))


def person_of(line: ContactLine) -> str:
    """The contact person's name, where it is another than the contact's."""
    name = person_name(line)
    return name if name and line.name and search_key(name) != search_key(line.name) else ""


def has_person(line: ContactLine) -> bool:
    """Whether a line tells of a company and a person in it."""
    return bool(person_of(line))


def person_alone(line: ContactLine) -> bool:
    """Whether a line names a person and no company."""
    return bool(not line.name and person_name(line))
