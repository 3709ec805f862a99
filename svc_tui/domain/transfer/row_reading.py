"""From a row of a file to the values of our fields, and what of the row nobody reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from svc_tui.domain.transfer.contact_columns import COMPANY_ORDER, GROUPED_FIELDS, PERSON_ORDER, PLACE_FIELDS
from svc_tui.domain.transfer.csv_columns import Source, fold_name
from svc_tui.domain.transfer.spreadsheet import mended

Values = dict[str, str]

_SEVERAL_LINES: Final = ("note",)
_PEOPLE: Final = frozenset(("navn", "namn", "name", "fullname", "fuldenavn", "fulltnavn", "displayname", "vistnavn"))
"""Columns whose names are those of persons as often as of companies."""
_TYPED: Final = re.compile(r"(?i)^(phone|telefon)\s*([1-5])\s*-\s*(value|type|label)$")
_MOBILE: Final = ("mob", "cell", "iphone")


class Unread(NamedTuple):
    """A column that is not read, or not wholly."""

    column: str
    values: int


class RowReader:
    """Takes our fields out of rows, and counts what nobody reads."""

    def __init__(self, header: Sequence[str], found: Mapping[str, Sequence[Source]]) -> None:
        self._sources = {name: list(entries) for name, entries in found.items()}
        read = {source.column for entries in found.values() for source in entries}
        self._typed = _typed_phones(header)
        for places in self._typed.values():
            read |= set(places.values())
        self._ignored = [name for name in header if name and name not in read]
        self._unread: dict[str, int] = dict.fromkeys(self._ignored, 0)
        name = next((source.column for source in found.get("name", ())), "")
        self._is_of_persons = fold_name(name) in _PEOPLE or fold_name(name).endswith(tuple(_PEOPLE))
        self._grouped = [name for name in GROUPED_FIELDS if len(self._sources.get(name, ())) > 1]
        self._places = any(name in PLACE_FIELDS for name in self._grouped)
        if self._places:  # what is one place comes from one group, also where only one of them has a column
            more = [name for name in PLACE_FIELDS if name in self._sources and name not in self._grouped]
            self._grouped += sorted(more)
        self._single = [name for name in self._sources if name not in self._grouped]

    @property
    def unread(self) -> list[Unread]:
        """Columns with values that were not read, in the order of the file."""
        return [Unread(column, count) for column, count in self._unread.items() if count]

    @property
    def typed(self) -> frozenset[str]:
        """Columns of phone numbers whose kind stands beside them: they are read as phone or as mobile, line by line."""
        return frozenset(places["value"] for places in self._typed.values())

    def values(self, row: Mapping[str, str]) -> Values:
        """The values by field; a field that the row leaves empty is not there.

        Raises:
            Invalid: when a cell holds an error of a spreadsheet.
        """
        found: Values = {}
        for name in self._single:
            self._first(found, name, self._sources[name], row)
        if self._grouped or self._typed:
            self._several(found, row)
        for column in self._ignored:
            if row[column]:
                self._unread[column] += 1
        return found

    def _first(self, found: Values, name: str, entries: Sequence[Source], row: Mapping[str, str]) -> None:
        """The first value there is; notes of several columns are put below each other."""
        for source in entries:
            cell = row.get(source.column, "")
            value = mended(cell, name) if cell else ""
            if value and source.column == "STREET":
                value = value.replace(":", ", ")  # how Mamut writes the lines of an address
            if not value:
                continue
            if name not in found:
                found[name] = value
            elif name in _SEVERAL_LINES:
                found[name] += f"\n{value}"
            elif value != found[name]:
                self._unread[source.column] = self._unread.get(source.column, 0) + 1

    def _several(self, found: Values, row: Mapping[str, str]) -> None:
        """Fields of which there are several: a company's first of its work, a person's of home."""
        is_company = bool(found.get("name")) and not self._is_of_persons
        order = COMPANY_ORDER if is_company else PERSON_ORDER
        place = self._place(row, order) if self._places else None
        for name in self._grouped:
            entries = sorted(self._sources[name], key=lambda source: order.index(source.group))
            if place is not None and name in PLACE_FIELDS:
                entries = [source for source in entries if source.group == place] or [
                    source for source in entries if not source.group
                ]
                for source in self._sources[name]:
                    if source not in entries and row.get(source.column):
                        self._unread[source.column] = self._unread.get(source.column, 0) + 1
            self._first(found, name, entries, row)
        for places in self._typed.values():
            self._phone(found, row, places)

    def _place(self, row: Mapping[str, str], order: Sequence[str]) -> str:
        """The first group that has anything of a place."""
        for group in order:
            for name in PLACE_FIELDS:
                if any(source.group == group and row.get(source.column) for source in self._sources.get(name, ())):
                    return group
        return ""

    def _phone(self, found: Values, row: Mapping[str, str], places: Mapping[str, str]) -> None:
        """A phone number whose kind stands in a column beside it."""
        value = mended(row.get(places.get("value", ""), ""), "phone")
        if not value:
            return
        kind = row.get(places.get("type", places.get("label", "")), "").casefold()
        name = "mobile" if any(word in kind for word in _MOBILE) else "phone"
        first, *others = [part.strip() for part in value.split(":::")]
        if "fax" in kind or name in found:
            others.append(first)
        else:
            found[name] = first
        if others:
            column = places["value"]
            self._unread[column] = self._unread.get(column, 0) + 1


def _typed_phones(header: Sequence[str]) -> dict[str, dict[str, str]]:
    """Phone columns with their kind beside them, by their number: Google's `Phone 1 - Type`, `Phone 1 - Value`."""
    found: dict[str, dict[str, str]] = {}
    for column in header:
        if typed := _TYPED.match(column):
            found.setdefault(typed[2], {})[typed[3].casefold()] = column
    return {place: parts for place, parts in found.items() if "value" in parts}
