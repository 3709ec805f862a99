"""The shop's clock on the wall: what it shows at a moment, which moment a time is, and the nights it is changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import svc_tui
from svc_tui.domain import clock
from svc_tui.domain.errors import Invalid

ROOT = Path(svc_tui.__file__).parent
ZONES = ("Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC")


@pytest.fixture(autouse=True)
def copenhagen() -> Iterator[None]:
    before = clock.zone_name()
    clock.use("Europe/Copenhagen")
    yield
    clock.use(before)


def at(*utc: int) -> int:
    return int(datetime(*utc, tzinfo=UTC).timestamp())  # type: ignore[misc, arg-type]


def test_the_machine_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    assert clock.local(at(2026, 12, 2, 7)) == datetime(2026, 12, 2, 8)
    assert clock.seconds_of(datetime(2026, 7, 2, 8)) == at(2026, 7, 2, 6)


def test_a_time_that_the_clock_passes_over_is_an_hour_later() -> None:
    assert clock.local(clock.seconds_of(datetime(2027, 3, 28, 2, 30))) == datetime(2027, 3, 28, 3, 30)


def test_a_time_that_comes_twice_is_the_first_unless_that_lies_before_the_start() -> None:
    twice = datetime(2026, 10, 25, 2, 45)
    first, second = at(2026, 10, 25, 0, 45), at(2026, 10, 25, 1, 45)
    assert clock.seconds_of(twice) == first
    assert clock.seconds_of(twice, not_before=at(2026, 10, 25, 1, 30)) == second
    assert clock.seconds_of(twice, not_before=at(2026, 10, 25, 2, 30)) == first  # neither does: nothing is made up


def test_the_end_moves_by_the_clock_over_the_night_it_is_changed() -> None:
    start, end = clock.seconds_of(datetime(2027, 3, 25, 9)), clock.seconds_of(datetime(2027, 3, 27, 16))
    moved = clock.moved_end(start, end, clock.seconds_of(datetime(2027, 3, 26, 9)))
    assert clock.local(moved) == datetime(2027, 3, 28, 16)
    assert clock.local(clock.later(start, 3 * 24 * 60 + 60)) == datetime(2027, 3, 28, 10)


def test_a_short_job_in_the_hour_that_comes_twice_ends_after_it_starts() -> None:
    second = at(2026, 10, 25, 1, 30)  # 02:30 for the second time
    assert clock.later(second, 15) - second == 15 * 60


@given(
    st.sampled_from(ZONES), st.integers(0, 4_000_000_000), st.integers(0, 60 * 24 * 30), st.integers(0, 4_000_000_000)
)
def test_an_end_never_moves_before_its_start(zone: str, start: int, minutes: int, new_start: int) -> None:
    clock.use(zone)
    assert clock.moved_end(start, start + minutes * 60, new_start) >= new_start - 3600 * (minutes < 60 * 3)
    assert clock.later(start, minutes) >= start


@given(st.sampled_from(ZONES), st.integers(0, 4_000_000_000))
def test_what_the_clock_shows_is_read_back_or_comes_twice(zone: str, seconds: int) -> None:
    clock.use(zone)
    shown = clock.local(seconds)
    assert clock.local(clock.seconds_of(shown)) == shown
    assert clock.seconds_of(shown, not_before=seconds) == seconds


@given(st.sampled_from(ZONES), st.dates(datetime(1990, 1, 1).date(), datetime(2090, 1, 1).date()))
def test_every_day_begins_where_the_one_before_ends(zone: str, day: object) -> None:
    clock.use(zone)
    midnight = datetime.combine(day, datetime.min.time())  # type: ignore[arg-type]
    begins = clock.seconds_of(midnight)
    assert clock.local(begins).date() == day
    assert clock.local(begins - 1).date() == (midnight - timedelta(days=1)).date()


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "CET-1CEST", "Europe", "å"])
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="is no time zone"):
        clock.known_zone(name)
    with pytest.raises(Invalid, match="does not know the shop's time zone"):
        clock.use(name)
    assert clock.zone_name() == "Europe/Copenhagen"


def test_the_machines_zone_is_what_tz_or_its_files_name(tmp_path: Path) -> None:
    zone = tmp_path / "zoneinfo" / "Europe" / "Oslo"
    zone.parent.mkdir(parents=True)
    zone.touch()
    link, file = tmp_path / "localtime", tmp_path / "timezone"
    link.symlink_to(zone)
    file.write_text("Europe/Stockholm\n")
    nothing = tmp_path / "nothing"
    assert clock.machine_zone({"TZ": "Europe/Copenhagen"}, link, file) == "Europe/Copenhagen"
    assert clock.machine_zone({"TZ": ":Europe/Copenhagen"}, link, file) == "Europe/Copenhagen"
    assert clock.machine_zone({"TZ": "/usr/share/zoneinfo/Europe/London"}, link, file) == "Europe/London"
    assert clock.machine_zone({}, link, file) == "Europe/Oslo"
    assert clock.machine_zone({}, nothing, file) == "Europe/Stockholm"
    assert clock.machine_zone({}, nothing, nothing) == "UTC"
    assert clock.machine_zone({"TZ": "CET-1CEST"}, link, file) == "UTC"


# -- nothing goes past it ------------------------------------------------------------------------------------------

_OF_THE_MACHINE = {"fromtimestamp", "timestamp", "localtime", "mktime", "astimezone", "tzset", "ctime"}


def asked_of_the_machine(source: str) -> list[str]:
    """Calls that reckon in the machine's time zone: by their names, and `datetime.now()` without a zone."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute):
            continue
        of_datetime = isinstance(node.value, ast.Name) and node.value.id in ("datetime", "date")
        if node.attr in _OF_THE_MACHINE or (node.attr in ("now", "today") and of_datetime):
            found.append(ast.unparse(node))
    return found


def test_nothing_but_the_clock_reckons_between_moments_and_times() -> None:
    past = {
        path.relative_to(ROOT).as_posix(): calls
        for path in ROOT.rglob("*.py")
        if (calls := asked_of_the_machine(path.read_text("utf-8")))
    }
    assert set(past) == {"domain/clock.py"}, past


def test_the_guard_sees_what_it_looks_for() -> None:
    source = "datetime.now()\ndate.today()\ndatetime.fromtimestamp(3)\nwhen.timestamp()\nnow = datetime.now\nt.ctime()"
    assert len(asked_of_the_machine(source)) == 6
