"""`field=value` of the shop as somebody types it; told in the same form, so that it can be typed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Final, NamedTuple

from svc_tui.db.changes import Value, Values
from svc_tui.domain import clock, dates
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.registers import CompanyRecord

NO_SUCH_FIELD = N_("The shop has no field {name}; use one of: {names}.")
NO_NUMBER = N_("“{text}” is no number of minutes; write for example 60.")


def _text(text: str) -> Value:
    return text


def _told(value: Value) -> str:
    return str(value)


def _zone(text: str) -> Value:
    """A time zone, whatever its capitals."""
    try:
        return str(clock.known_zone(text.strip()).key)
    except Invalid:
        known = {name.casefold(): name for name in clock.zone_names()}
        if (found := known.get(text.strip().casefold())) is None:
            raise
        return found


def _language(text: str) -> Value:
    return text.strip().partition("_")[0].casefold()


def _minutes_of_day(text: str) -> Value:
    if text.strip() in ("24", "24:00", "2400"):
        return 24 * 60
    found = dates.parse_time(text)
    return found.hour * 60 + found.minute


def _told_time(value: Value) -> str:
    minutes = int(value or 0)
    return "24:00" if minutes == 24 * 60 else f"{time(*divmod(minutes, 60)):%H:%M}"


def _minutes(text: str) -> Value:
    if not (text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) <= 6):
        raise Invalid(NO_NUMBER, field="default_duration", text=text[:40])
    return int(text)


class _Field(NamedTuple):
    """One field of the shop: its column, and how it is read and told."""

    column: str
    read: Callable[[str], Value] = _text
    tell: Callable[[Value], str] = _told


_FIELDS: Final[Mapping[str, _Field]] = {
    "name": _Field("name"),
    "address": _Field("address"),
    "phone": _Field("phone"),
    "email": _Field("email"),
    "vat": _Field("vat_number"),
    "country": _Field("country_code"),
    "currency": _Field("currency"),
    "timezone": _Field("time_zone", _zone),
    "language": _Field("language", _language),
    "opens": _Field("opens", _minutes_of_day, _told_time),
    "closes": _Field("closes", _minutes_of_day, _told_time),
    "duration": _Field("default_duration", _minutes),
    "end": _Field("done_end_rule"),
    "field1": _Field("user_field1_name"),
    "field2": _Field("user_field2_name"),
}
NAMES: Final = tuple(_FIELDS)
"""What can be set, in the order in which it is told."""


def read(words: Mapping[str, str]) -> Values:
    """What the words ask for, by the fields of `CompanyRecord`.

    Raises:
        Invalid: when there is no such field, or it cannot be this.
    """
    found: Values = {}
    for name, text in words.items():
        field = _FIELDS.get(_plain(name)) or next((one for one in _FIELDS.values() if one.column == name), None)
        if field is None:
            raise Invalid(NO_SUCH_FIELD, name=name[:40], names=" ".join(NAMES))
        found[field.column] = field.read(text)
    return found


def _plain(name: str) -> str:
    """A field's name without regard to capitals and what parts its words: `time-zone`, `Time_Zone`."""
    return name.strip().casefold().replace("-", "").replace("_", "")


def told(company: CompanyRecord) -> list[tuple[str, str]]:
    """Every field and what it is now."""
    return [(name, field.tell(getattr(company, field.column))) for name, field in _FIELDS.items()]
