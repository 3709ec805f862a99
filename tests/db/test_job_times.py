"""What a typed day or time makes of a job's times, on the screen, in bulk and on the command line alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.jobs import activities, bulk, typed_edits
from svc_tui.services.jobs.bulk import Selection
from svc_tui.services.people.company import change_company
from tests.db.jobs import in_denmark, job

MONDAY = datetime(2026, 11, 30, 12, 50)
START = datetime(2026, 12, 2, 8)


@pytest.fixture
def shop(shop: Session) -> Iterator[Session]:
    yield from in_denmark(shop, MONDAY)


def a_job(shop: Session, end: datetime | None = None, promised: datetime | None = None) -> int:
    ends, due = (None if when is None else to_seconds(when) for when in (end, promised))
    return job(shop, start_at=to_seconds(START), end_at=ends, promised_at=due).id or 0


def edited(shop: Session, job_id: int, *edits: str) -> dict[str, datetime | None]:
    wanted = [typed_edits.read(shop, *edit.split("=")) for edit in edits]
    plan = bulk.plan(shop, Selection((job_id,)), wanted)
    assert not plan.refused, plan.refused[0].sentence()
    bulk.carry_out(shop, plan)
    values = activities.open_sheet(shop, job_id).values
    times = {name: values[f"{name}_at"] for name in ("start", "end", "promised")}
    return {name: None if seconds is None else to_local(int(seconds)) for name, seconds in times.items()}


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("1430", datetime(2026, 12, 2, 14, 30)),
        ("14:30", datetime(2026, 12, 2, 14, 30)),
        ("kl 7", datetime(2026, 12, 2, 7)),
        ("1012", datetime(2026, 12, 10, 8)),
        ("fr", datetime(2026, 12, 4, 8)),
        ("+3", datetime(2026, 12, 3, 8)),
        ("uge 50", datetime(2026, 12, 7, 8)),
        ("fr 1430", datetime(2026, 12, 4, 14, 30)),
    ],
)
def test_what_is_left_out_keeps_what_stands_there_and_the_end_moves_along(
    shop: Session, typed: str, start: datetime
) -> None:
    found = edited(shop, a_job(shop, end=datetime(2026, 12, 2, 9, 30)), f"start={typed}")
    assert (found["start"], found["end"]) == (start, start + timedelta(minutes=90))


def test_an_end_and_a_promise_keep_what_stands_there_too(shop: Session) -> None:
    job_id = a_job(shop, end=datetime(2026, 12, 3, 11), promised=datetime(2026, 12, 4, 15))
    found = edited(shop, job_id, "end=1215", "promised=1112")
    assert (found["end"], found["promised"]) == (datetime(2026, 12, 3, 12, 15), datetime(2026, 12, 11, 15))
    assert edited(shop, job_id, "promised=10")["promised"] == datetime(2026, 12, 10, 15)


def test_a_day_is_its_close_for_an_end_and_a_promise(shop: Session) -> None:
    found = edited(shop, a_job(shop), "end=fr", "promised=t")
    assert (found["end"], found["promised"]) == (datetime(2026, 12, 4, 17), datetime(2026, 11, 30, 17))


def test_the_shop_says_when_it_opens_and_closes(shop: Session) -> None:
    change_company(shop, {"opens": 7 * 60 + 30, "closes": 16 * 60})
    found = edited(shop, a_job(shop), "promised=fr", "end=2/12")
    assert (found["promised"], found["end"]) == (datetime(2026, 12, 4, 16), datetime(2026, 12, 2, 16))


@pytest.mark.parametrize("now", [MONDAY, datetime(2026, 11, 30, 18, 5), datetime(2026, 11, 30, 23, 30)])
@pytest.mark.parametrize("stands", [None, datetime(2026, 12, 3, 9), datetime(2026, 12, 3, 23, 45)])
def test_a_promise_of_today_is_never_late_at_once(shop: Session, now: datetime, stands: datetime | None) -> None:
    shop.clock[0] = float(to_seconds(now))
    promised = edited(shop, a_job(shop, promised=stands), "promised=today")["promised"]
    assert promised is not None
    assert promised.date() == now.date()
    assert promised > now


@pytest.mark.parametrize("start", ["t 8", "t 1245", "t 1830"])
@pytest.mark.parametrize("stands", [None, datetime(2026, 12, 3, 8, 30)])
def test_an_end_of_today_is_not_refused(shop: Session, start: str, stands: datetime | None) -> None:
    job_id = a_job(shop, end=stands)
    edited(shop, job_id, "end=", f"start={start}")
    found = edited(shop, job_id, "end=today")
    assert found["start"] is not None
    assert found["end"] is not None
    assert found["end"].date() == MONDAY.date()
    assert found["end"] >= found["start"]


def test_a_time_alone_for_an_end_that_is_not_there_is_on_the_day_of_the_start(shop: Session) -> None:
    found = edited(shop, a_job(shop), "end=1430", "promised=16")
    assert (found["end"], found["promised"]) == (datetime(2026, 12, 2, 14, 30), datetime(2026, 12, 16, 17))
    assert edited(shop, a_job(shop), "promised=16:00")["promised"] == datetime(2026, 12, 2, 16)


def test_the_end_moves_by_the_clock_on_the_wall_in_list_sheet_and_copy(shop: Session) -> None:
    job_id = a_job(shop)
    edited(shop, job_id, "start=25/3/2027 0900", "end=27/3/2027 1600")
    assert edited(shop, job_id, "start=26/3/2027")["end"] == datetime(2027, 3, 28, 16)
    shop.clock[0] = float(to_seconds(datetime(2027, 3, 27, 9)))
    copy = activities.duplicate(shop, job_id).values
    assert to_local(int(copy["end_at"] or 0)) == datetime(2027, 3, 29, 16)


def test_a_new_job_over_the_night_of_the_change_lasts_as_long_on_the_wall(shop: Session) -> None:
    change_company(shop, {"default_duration": 24 * 60})
    shop.clock[0] = float(to_seconds(datetime(2027, 3, 27, 16)))
    values = activities.new_sheet(shop, None, {}).values
    assert to_local(int(values["end_at"] or 0)) == datetime(2027, 3, 28, 16)


def test_the_end_of_the_day_that_nobody_typed_is_not_kept_for_another_day(shop: Session) -> None:
    """After the closing, today's promise is the end of the day; moved to Friday it is the closing there."""
    shop.clock[0] = float(to_seconds(MONDAY.replace(hour=18)))
    late = a_job(shop)

    assert edited(shop, late, "promised=today")["promised"] == datetime(2026, 11, 30, 23, 59)
    assert edited(shop, late, "promised=fr")["promised"] == datetime(2026, 12, 4, 17)


@pytest.mark.parametrize("nothing", ["-", "none", "ingen", "", " - "])
def test_the_sign_or_a_word_for_nothing_empties_on_the_command_line_too(shop: Session, nothing: str) -> None:
    due = a_job(shop, end=START + timedelta(hours=1), promised=MONDAY)

    times = edited(shop, due, f"promised={nothing}", f"end={nothing}", f"resp={nothing}", f"priority={nothing}")

    assert (times["promised"], times["end"]) == (None, None)
    values = activities.open_sheet(shop, due).values
    assert (values["responsible"], values["priority"]) == (None, None)
