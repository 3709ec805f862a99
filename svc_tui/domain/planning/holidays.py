"""Public holidays of the countries whose shops we know, from their statutes; and half days that are usual there.

Sources: Denmark, lov om helligdage (the great prayer day ended after 2023: law 214 of 6 March 2023); Norway, lov om
helligdager og helligdagsfred and lov om 1 og 17 mai; Sweden, lag (1989:253) om allmänna helgdagar (6 June since
2005); England and Wales, Banking and Financial Dealings Act 1971 with the proclamations of single years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from svc_tui.domain.errors import N_

_GOOD_FRIDAY, _EASTER_MONDAY = N_("Good Friday"), N_("Easter Monday")
_NEW_YEAR, _EASTER, _ASCENSION = N_("New Year's Day"), N_("Easter Sunday"), N_("Ascension Day")
_MAUNDY, _PENTECOST, _WHIT_MONDAY = N_("Maundy Thursday"), N_("Whit Sunday"), N_("Whit Monday")
_CHRISTMAS, _BOXING = N_("Christmas Day"), N_("Boxing Day")
_BANK = N_("Bank holiday")

Names = dict[date, str]
"""Holidays with their names, which are message ids."""


def holidays(country: str, year: int) -> Names:
    """The public holidays of a year; none of a country that is not known.

    Args:
        country: Its code of two letters: DK, NO, SE, GB (England and Wales).
        year: From 2000 on; single years of Great Britain are known as far as they are proclaimed.
    """
    rules = _RULES.get(country)
    return dict(sorted(rules(year).items())) if rules else {}


def half_days(country: str, year: int) -> Names:
    """Days on which shops there usually close at noon or stay closed: offered, never taken by themselves."""
    days = {date(year, month, day): name for month, day, name in _HALF_DAYS.get(country, ())}
    public = holidays(country, year)
    return {day: name for day, name in days.items() if day not in public}


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    quarters, left = divmod(rest, 4)
    weekday = (32 + 2 * odd + 2 * quarters - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _christian(year: int) -> Names:
    """What all three Nordic countries keep."""
    sunday = easter(year)
    return {
        date(year, 1, 1): _NEW_YEAR,
        _after(sunday, -2): _GOOD_FRIDAY,
        sunday: _EASTER,
        _after(sunday, 1): _EASTER_MONDAY,
        _after(sunday, 39): _ASCENSION,
        _after(sunday, 49): _PENTECOST,
        date(year, 12, 25): _CHRISTMAS,
        date(year, 12, 26): _BOXING,
    }


def _denmark(year: int) -> Names:
    sunday = easter(year)
    more = {_after(sunday, -3): _MAUNDY, _after(sunday, 50): _WHIT_MONDAY}
    if year <= 2023:
        more[_after(sunday, 26)] = N_("Great Prayer Day")
    return _christian(year) | more


def _norway(year: int) -> Names:
    sunday = easter(year)
    return {
        date(year, 5, 1): N_("Labour Day"), date(year, 5, 17): N_("Constitution Day"),
        _after(sunday, -3): _MAUNDY, _after(sunday, 50): _WHIT_MONDAY,
    } | _christian(year)  # fmt: skip


def _sweden(year: int) -> Names:
    days = {
        date(year, 1, 6): N_("Epiphany"), date(year, 5, 1): N_("Labour Day"),
        _weekday_from(date(year, 6, 20), 5): N_("Midsummer Day"),
        _weekday_from(date(year, 10, 31), 5): N_("All Saints' Day"),
    }  # fmt: skip
    if year >= 2005:
        days[date(year, 6, 6)] = N_("National Day")
    else:
        days[_after(easter(year), 50)] = _WHIT_MONDAY
    return days | _christian(year)


def _britain(year: int) -> Names:
    sunday = easter(year)
    may, spring = _PROCLAIMED_MAY.get(year), _PROCLAIMED_SPRING.get(year)
    days = {
        _next_weekday(date(year, 1, 1)): _NEW_YEAR,
        _after(sunday, -2): _GOOD_FRIDAY,
        _after(sunday, 1): _EASTER_MONDAY,
        may or _weekday_from(date(year, 5, 1), 0): _BANK,
        spring or _weekday_from(date(year, 5, 25), 0): _BANK,
        _weekday_from(date(year, 8, 25), 0): _BANK,
    }
    christmas = date(year, 12, 25)
    first = christmas if christmas.weekday() < 5 else date(year, 12, 27)
    second = date(year, 12, 26) if date(year, 12, 26).weekday() < 5 else date(year, 12, 28)
    if christmas.weekday() == 6:
        first, second = date(year, 12, 27), date(year, 12, 26)
    days |= {first: _CHRISTMAS, second: _BOXING} | {day: _BANK for day in _PROCLAIMED if day.year == year}
    # The days themselves stay holidays where they fall on a weekend, beside the weekday in their place.
    return days | {date(year, 1, 1): _NEW_YEAR, christmas: _CHRISTMAS, date(year, 12, 26): _BOXING}


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _weekday_from(day: date, weekday: int) -> date:
    """The first such weekday on or after a day; Monday is 0."""
    return _after(day, (weekday - day.weekday()) % 7)


def _next_weekday(day: date) -> date:
    return day if day.weekday() < 5 else _after(day, 7 - day.weekday())


_PROCLAIMED_MAY: Final = MappingProxyType({2020: date(2020, 5, 8)})
_PROCLAIMED_SPRING: Final = MappingProxyType(
    {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
)  # fmt: skip
_PROCLAIMED: Final = (
    date(2002, 6, 3), date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8),
)  # fmt: skip

_RULES: Final[Mapping[str, Callable[[int], Names]]] = MappingProxyType(
    {"DK": _denmark, "NO": _norway, "SE": _sweden, "GB": _britain}
)

_EVES: Final = ((12, 24, N_("Christmas Eve")), (12, 31, N_("New Year's Eve")))
_HALF_DAYS: Final[Mapping[str, tuple[tuple[int, int, str], ...]]] = MappingProxyType(
    {
        "DK": ((5, 1, N_("Labour Day")), (6, 5, N_("Constitution Day")), *_EVES),
        "NO": _EVES,
        "SE": _EVES,
        "GB": _EVES,
    }
)
