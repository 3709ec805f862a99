"""`field=value` of the shop as somebody types it; told in the same form, so that it can be typed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Final, Literal, NamedTuple

from svc_tui.db.core.changes import Value, Values
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language import dates
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.languages import all_languages, every, language_of
from svc_tui.domain.planning.hours_text import Week, read_week, told_week
from svc_tui.domain.registers import CompanyRecord
from svc_tui.services.people.company import DONE_END_RULES

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


def _number(text: str) -> int | None:
    """A whole number of a few digits."""
    return int(text) if text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) <= 6 else None


def _minutes(text: str) -> Value:
    if (found := _number(text)) is None:
        raise Invalid(NO_NUMBER, field="default_duration", text=text[:40])
    return found


def _days(text: str) -> Value:
    """What is no number is refused as a number of days that cannot be."""
    found = _number(text)
    return -1 if found is None else found


def _rule(text: str) -> Value:
    """A rule by its word in any of the languages; what is none stays, to be refused as a value of the shop."""
    wanted = _plain(text)
    return next((rule for rule in DONE_END_RULES if wanted in _all_spellings("done_rules", rule)), wanted)


def _flag(text: str) -> Value:
    """
    Raises:
        Invalid: when it is neither yes nor no.
    """
    wanted = _plain(text)
    for answer, words in ((True, every("yes")), (False, every("no"))):
        if wanted in words:
            return answer
    raise Invalid(N_("“{text}” is neither yes nor no."), text=text[:40])


def _told_flag(value: Value) -> str:
    return "yes" if value else "no"


def _all_spellings(kind: Literal["company_fields", "done_rules"], what: str) -> set[str]:
    """Every way to write a name in any of the languages."""
    return {form for language in all_languages() for form in spellings(getattr(language, kind)[what])}


class _Field(NamedTuple):
    """One field of the shop: its column, and how it is read and told."""

    column: str
    read: Callable[[str], Value] = _text
    tell: Callable[[Value], str] = _told


_FIELDS: Final = (
    _Field("name"),
    _Field("address"),
    _Field("phone"),
    _Field("email"),
    _Field("vat_number"),
    _Field("country_code"),
    _Field("currency"),
    _Field("time_zone", _zone),
    _Field("language", _language),
    _Field("opens", _minutes_of_day, _told_time),
    _Field("closes", _minutes_of_day, _told_time),
    _Field("default_duration", _minutes),
    _Field("repair_warranty_days", _days),
    _Field("done_end_rule", _rule),
    _Field("reserve_at_save", _flag, _told_flag),
    _Field("cost_follows", _flag, _told_flag),
    _Field("user_field1_name"),
    _Field("user_field2_name"),
    _Field("intake_terms"),
)
"""What can be set, in the order in which it is told; every name is understood in every language."""


def read(words: Mapping[str, str], language: str) -> Values:
    """What the words ask for, by the fields of `CompanyRecord`.

    Raises:
        Invalid: when there is no such field, or it cannot be this.
    """
    found: Values = {}
    for name, text in words.items():
        wanted = _plain(name)
        field = next(
            (one for one in _FIELDS if name == one.column or wanted in _all_spellings("company_fields", one.column)),
            None,
        )
        if field is None:
            known = language_of(language).company_fields
            names = " ".join(known[name] for name in (*(one.column for one in _FIELDS), _HOURS))
            raise Invalid(NO_SUCH_FIELD, name=name[:40], names=names)
        found[field.column] = field.read(text)
    return found


_HOURS: Final = "hours"


def without_week(words: Mapping[str, str], language: str) -> tuple[dict[str, str], Week | None]:
    """The words without those that say when the shop is open, and what they say; None when nothing is said of that.

    Raises:
        Invalid: when it is no week.
    """
    rest = {name: text for name, text in words.items() if _plain(name) not in _all_spellings("company_fields", _HOURS)}
    said = [text for name, text in words.items() if name not in rest]
    return rest, read_week(said[-1], language) if said else None


def told_hours(week: Week, language: str) -> tuple[str, str]:
    """What the shop's hours are called, and what they are, as it can be typed again."""
    return language_of(language).company_fields[_HOURS], told_week(week, language)


def _plain(name: str) -> str:
    """A name without regard to capitals and what parts its words: `time-zone`, `Time_Zone`, `task list`."""
    return "".join(name.casefold().replace("-", "").replace("_", "").split())


def told(company: CompanyRecord, language: str) -> list[tuple[str, str]]:
    """Every field and what it is now, in the words of a language."""
    names = language_of(language).company_fields
    return [(names[field.column], _value(field, company, language)) for field in _FIELDS]


def told_by_column(company: CompanyRecord, language: str) -> dict[str, str]:
    """The same by column."""
    return {field.column: _value(field, company, language) for field in _FIELDS}


def _value(field: _Field, company: CompanyRecord, language: str) -> str:
    text = field.tell(getattr(company, field.column))
    if field.read is _flag:
        return str(getattr(language_of(language), text))
    return language_of(language).done_rules.get(text, text) if field.read is _rule else text
