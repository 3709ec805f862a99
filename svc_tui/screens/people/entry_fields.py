"""The fields of a card: how a stored value stands in one, and what one says is to be stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.operations import Value
from svc_tui.i18n import _
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, LookupField, ParsedField, TextField, YesNoField
from svc_tui.widgets.secret_field import SecretField


class Bound(NamedTuple):
    """A field, bound to a value of the record."""

    field: Field
    put: Callable[[Value], None]
    get: Callable[[], Value]

    @property
    def name(self) -> str:
        return self.field.name


def label(name: str) -> str:
    """What a field is called."""
    return _(FIELD_LABELS[name])


def line(name: str, limit: int, *, empty: Value = "", called: str = "") -> Bound:
    """One line of text; `empty` is what is stored where nothing stands."""
    field = TextField(name, called or label(name), limit=limit)

    def put(value: Value) -> None:
        field.value = "" if value is None else str(value)

    return Bound(field, put, lambda: field.value or empty)


def flag(name: str, called: str) -> Bound:
    """Yes or no."""
    field = YesNoField(name, called)

    def put(value: Value) -> None:
        field.value = bool(value)

    return Bound(field, put, lambda: field.chosen)


def number(
    name: str, read: Callable[[str], int], write: Callable[[int], str], *, empty: Value = None, called: str = ""
) -> Bound:
    """An amount, a day, a percentage: what is typed has a meaning."""
    field: ParsedField[int] = ParsedField(name, called or label(name), read, write)

    def put(value: Value) -> None:
        field.value = None if value is None else int(value)

    return Bound(field, put, lambda: empty if field.value is None else field.value)


def one_of(name: str, names: Mapping[str, str], called: str = "") -> Bound:
    """One of the program's own words."""
    field: EnumField[str] = EnumField(name, called or label(name), names, next(iter(names)))

    def put(value: Value) -> None:
        field.value = str(value)

    return Bound(field, put, lambda: field.chosen)


def choice(field: ChoiceField[int]) -> Bound:
    """A row of a register, or none."""

    def put(value: Value) -> None:
        field.value = None if value is None else int(value)

    return Bound(field, put, lambda: field.value)


def secret(name: str, limit: int) -> Bound:
    """Text that is shown on a key only."""
    field = SecretField(name, label(name), limit=limit)

    def put(value: Value) -> None:
        field.value = str(value or "")

    return Bound(field, put, lambda: field.value)


def reference(field: LookupField[tuple[int, str]]) -> Bound:
    """The id of another row, whose name the field shows; it is put with its name apart."""

    def put(value: Value) -> None:
        if value is None:
            field.put(None, "")

    return Bound(field, put, lambda: field.value[0] if field.value is not None else None)
