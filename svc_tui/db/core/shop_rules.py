"""What deadlines and work left are reckoned by: the shop's hours, limits and pauses of statuses, usual durations.

They are read once and kept as long as the number of the rules (`reckoning.rules`) stays, which the gate changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from svc_tui.db.core.engine import Store
from svc_tui.domain import clock
from svc_tui.domain.errors import Invalid
from svc_tui.domain.planning.deadlines import StatusRule
from svc_tui.domain.planning.hours import Calendar, Span, tidy
from svc_tui.domain.planning.hours_text import read_day
from svc_tui.domain.planning.shop_line import ShopLine
from svc_tui.domain.planning.workload import DEFAULT
from svc_tui.domain.records import Stage

_MINUTE = 60
_DAY = 1440
_OPEN, _CLOSED = StatusRule(0), StatusRule(0, is_open=False)


class ShopRules(NamedTuple):
    """What deadlines and work left are reckoned by."""

    number: int
    hours: ShopLine
    statuses: Mapping[int, StatusRule]
    types: Mapping[int, int]
    """Seconds that jobs of a type usually take, where that is said."""
    duration: int
    """Seconds that any job usually takes."""

    def status(self, status: int | None, stage: int) -> StatusRule:
        """What holds in a status; of one that is no longer there only its stage is known."""
        is_open = Stage(stage).is_open
        known = self.statuses.get(status or 0, _OPEN if is_open else _CLOSED)
        return known if known.is_open == is_open else known._replace(is_open=is_open)


_kept: WeakKeyDictionary[Store, ShopRules] = WeakKeyDictionary()

OPEN: Final = "stage IN (0, 1, 2, 3)"
"""Jobs that are reckoned, in a query. Index: activity_open."""

NUMBER = "COALESCE((SELECT max(rules) FROM reckoning), 0)"
"""The number of the rules, in a query."""


def rules_of(store: Store, number: int | None = None) -> ShopRules:
    """The rules of this shop as they stand.

    Args:
        store: The database.
        number: Theirs, where it was just read.
    """
    if number is None:
        number = int(store.sql(f"SELECT {NUMBER}")[0][0])
    known = _kept.get(store)
    if known is None or known.number != number:
        known = _kept[store] = _read(store, number)
    return known


def change_rules(store: Store, key: str, at: int) -> None:
    """From now on other rules hold: what is kept of the former ones is nowhere used any more.

    Where no job is open, as in a shop that is just set up, nothing is left to be reckoned by them.

    Args:
        store: The database.
        key: Of the act that changes them; after a restore the same count would mean other rules.
        at: When.
    """
    before = store.sql(f"SELECT {NUMBER}")[0][0]
    made = int.from_bytes(blake2b(f"{before} {key} {at}".encode(), digest_size=7).digest(), "big")
    if store.dialect == "postgresql":
        # Acts that have read the former rules have written jobs by now: they end first, and others read these.
        store.execute_sql("LOCK TABLE activity IN SHARE MODE")
    # Jobs that others make from now on read these rules.
    if store.sql(f"SELECT 1 FROM activity WHERE {OPEN} LIMIT 1"):
        store.execute_sql("UPDATE reckoning SET rules = ?, reached = 0", (made,))
        store.has_other_rules = True
    else:
        store.execute_sql("UPDATE reckoning SET rules = ?, reckoned = ?, reached = 0", (made, made))


def _read(store: Store, number: int) -> ShopRules:
    statuses = {
        row[0]: StatusRule(row[0], Stage(row[1]).is_open, bool(row[2]), None if row[3] is None else row[3] * _MINUTE)
        for row in store.sql("SELECT id, stage, pauses, longest FROM activity_status")
    }
    types = store.sql("SELECT id, default_duration FROM activity_type WHERE default_duration IS NOT NULL")
    company = store.sql("SELECT time_zone, default_duration FROM company ORDER BY id LIMIT 1")
    zone, duration = company[0] if company else ("UTC", None)
    return ShopRules(
        number, ShopLine(_calendar(store, _sound(zone))), statuses, {row[0]: row[1] * _MINUTE for row in types},
        duration * _MINUTE if duration else DEFAULT,
    )  # fmt: skip


def _sound(zone: str) -> str:
    """The zone, or where another program has written none there the one that the clock goes by."""
    try:
        return str(clock.known_zone(zone).key)
    except (Invalid, TypeError):
        return clock.zone_name()


def _calendar(store: Store, zone: str) -> Calendar:
    week: list[list[Span]] = [[] for _ in range(7)]
    for weekday, opens, closes in store.sql(
        "SELECT weekday, opens, closes FROM opening_hours WHERE employee_id IS NULL ORDER BY weekday, opens, id"
    ):
        if 0 <= opens < closes <= _DAY:
            week[weekday % 7].append((opens, closes))
    days: dict[date, tuple[Span, ...]] = {}
    for day, hours in store.sql("SELECT day, hours FROM special_day"):
        with suppress(Invalid, ValueError):  # what another program wrote there says nothing
            days[date.fromisoformat(day)] = read_day(hours)
    return Calendar(zone, tuple(tidy(spans) for spans in week), days)
