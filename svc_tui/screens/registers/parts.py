"""The kinds of things that a row of a register holds, as fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from svc_tui.domain import clock
from svc_tui.domain.errors import N_
from svc_tui.domain.language.dates import parse_date
from svc_tui.domain.language.money import parse_percent
from svc_tui.domain.numbers import read_number
from svc_tui.i18n import _
from svc_tui.screens.shell.register_form import Part, Surroundings
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, ParsedField, TextField, YesNoField

NO_NUMBER = N_("“{text}” is no number of minutes; write for example 60.")


def line(name: str, label: str, limit: int = 60, *, help: str = "") -> Part:
    """A text of one line; the label is a message id."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        field = TextField(name, _(label), limit=limit, help=_(help) if help else "")
        field.value = str(value or "")
        return [field]

    return Part(name, make, lambda fields: fields[0].text.strip())


def flag(name: str, label: str, *, new: bool = False) -> Part:
    """Yes or no."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        return [YesNoField(name, _(label), bool(value))]

    return Part(name, make, lambda fields: fields[0].chosen, new=new)


def named(name: str, label: str, names: Mapping[Any, str], new: Any) -> Part:
    """One of the program's own values."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        return [EnumField(name, _(label), names, value)]

    return Part(name, make, lambda fields: fields[0].chosen, new=new)


def chosen(name: str, label: str, field: str) -> Part:
    """A row of another register, or none."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        made = ChoiceField(name, _(label), partial(around.registers.choices, field), none=_("none"))
        known = {choice.id: choice.label for choice in around.registers.choices(field, retired=True)}
        made.put(value, known.get(value, "")) if value is not None else made.put(None, "")
        return [made]

    return Part(name, make, lambda fields: fields[0].value, new=None)


def minutes(name: str, label: str) -> Part:
    """How long something takes; empty for as the shop has it."""

    def read(text: str) -> int:
        return read_number(text, name, largest=999_999, refusal=NO_NUMBER)

    def make(around: Surroundings, value: Any) -> list[Field]:
        field = ParsedField(name, _(label), read, str)
        field.value = value
        return [field]

    return Part(name, make, lambda fields: fields[0].value, new=None)


def number(name: str, label: str, new: int | None, *, help: str = "") -> Part:
    """A whole number of a few digits; empty where it may be left out."""

    def read(text: str) -> int:
        return read_number(text, name, largest=9_999)

    def make(around: Surroundings, value: Any) -> list[Field]:
        field = ParsedField(name, _(label), read, str, help=_(help) if help else "")
        field.value = value
        return [field]

    return Part(name, make, lambda fields: fields[0].value, new=new)


def percent(name: str, label: str) -> Part:
    """A percentage."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        def read(text: str) -> int:
            return parse_percent(text, around.formats.language, name)

        field = ParsedField(name, _(label), read, around.formats.percent)
        field.value = value
        return [field]

    return Part(name, make, lambda fields: fields[0].value, new=None)


def day(name: str, label: str) -> Part:
    """A day, as the moment it begins; empty for none."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        def read(text: str) -> int:
            found = parse_date(text, around.formats.now(), around.formats.language)
            return clock.seconds_of(datetime.combine(found, time()))

        field = ParsedField(name, _(label), read, around.formats.day)
        field.value = value
        return [field]

    return Part(name, make, lambda fields: fields[0].value, new=None)


def lists() -> Part:
    """The lists that a row is flagged for: yes or no for each."""

    def make(around: Surroundings, value: Any) -> list[Field]:
        of = value or frozenset()
        offered = around.registers.choices("list", retired=True)
        in_use = {one.id for one in around.registers.choices("list")}
        return [
            YesNoField(f"list {one.id}", _("In {list}").format(list=one.label), one.id in of)
            for one in offered
            if one.id in in_use or one.id in of
        ]

    def read(fields: Sequence[Any]) -> frozenset[int]:
        return frozenset(int(field.name.split()[1]) for field in fields if field.chosen)

    return Part("lists", make, read, new=frozenset())
