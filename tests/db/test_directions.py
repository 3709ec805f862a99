"""Questions look back where something was recorded, and take what is near where it is planned; the line says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from svc_tui.domain.errors import FilterError
from svc_tui.domain.queries import ActivityQuery, Order
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters import lists
from svc_tui.services.filters.filtering import resolve, resolve_terms
from tests.db.jobs import in_denmark, job

MONDAY = datetime(2026, 11, 30, 12, 50)
WEEK = "2026-11-23..2026-11-29"


@pytest.fixture
def shop(shop: Session) -> Iterator[Session]:
    yield from in_denmark(shop, MONDAY)


def days(query: ActivityQuery) -> list[str]:
    return [f"{taken.text}: {taken.first or ''}..{taken.last or ''}" for taken in query.days]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("created:fri", ["fri: 2026-11-27..2026-11-27"]),
        ("changed:week48", [f"uge 48: {WEEK}"]),
        ("created:27", ["27: 2026-11-27..2026-11-27"]),
        ("start:week48", [f"uge 48: {WEEK}"]),
        ("start:uge 48", [f"uge 48: {WEEK}"]),
        ("start:uge 48 tv", [f"uge 48: {WEEK}"]),
        ('lovet:"uge 48"', [f"uge 48: {WEEK}"]),
        ("-start:uge 48,uge 49", [f"uge 48: {WEEK}", "uge 49: 2026-11-30..2026-12-06"]),
        ("start:<fr", ["<fr: ..2026-12-03"]),
        ("oprettet:24.12", ["24.12: 2025-12-24..2025-12-24"]),
        ("start:2026-w48", [f"2026-w48: {WEEK}"]),
        ("start:24.11", []),
        ("start:-30..+30", []),
        ("start:t", []),
        ("start:2026", []),
    ],
)
def test_the_line_says_which_days_a_date_was_taken_for(shop: Session, line: str, told: list[str]) -> None:
    assert days(resolve(shop, None, line)) == told


def test_the_command_line_reads_the_same(shop: Session) -> None:
    assert days(resolve_terms(shop, None, ["start:uge", "48"]).query) == [f"uge 48: {WEEK}"]
    assert days(resolve_terms(shop, None, ["start:uge 48"]).query) == [f"uge 48: {WEEK}"]


def test_jobs_of_the_last_week_and_day_are_found(shop: Session) -> None:
    friday = to_seconds(datetime(2026, 11, 27, 23, 59))
    shop.clock[0] = float(friday)
    job(shop, "Fredag", start_at=friday)
    shop.clock[0] = float(to_seconds(MONDAY))
    job(shop, "Mandag", start_at=to_seconds(MONDAY))
    for line in ("created:fri", "changed:week48", "created:27", "start:week48", "start:27"):
        assert [row.subject for row in lists.page(shop, resolve(shop, None, line), 10)] == ["Fredag"], line


@pytest.mark.parametrize("line", ["start:2025-w53", "start:uge 53 2025", "created:week 54", "start:uge 0"])
def test_a_week_that_is_none_is_refused_at_its_place(shop: Session, line: str) -> None:
    with pytest.raises(FilterError, match="There is no week") as refused:
        resolve(shop, None, line)
    assert line[refused.value.start : refused.value.end] == line.partition(":")[2]


def test_a_jump_goes_to_the_nearest_week_and_to_the_last_change(shop: Session) -> None:
    for number in (1, 30):
        job(shop, f"{number}", start_at=to_seconds(datetime(2026, 11, number, 8)))
    found = lists.jump(shop, ActivityQuery(order=Order("start")), "uge 48")
    assert found is not None
    assert found.subject == "30"


def test_days_are_those_of_the_shops_zone(shop: Session) -> None:
    late = job(shop, "Sent", start_at=to_seconds(datetime(2026, 11, 29, 23, 30)))
    query = resolve(shop, None, "start:29.11")
    assert [row.id for row in lists.page(shop, query, 5)] == [late.id]
    assert query.start_from == to_seconds(datetime.combine(date(2026, 11, 29), datetime.min.time()))
