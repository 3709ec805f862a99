"""Work left, queues, and what has become of them, against cases counted by other code."""

from __future__ import annotations

from typing import Any

import pytest

from svc_tui.domain.planning.deadlines import HistoryAct, spans_of
from svc_tui.domain.planning.hours import Calendar, Timeline
from svc_tui.domain.planning.workload import HoursLine, PersonSpan, Queue, Task, hours_left, open_at, trend
from svc_tui.domain.records import Stage
from tests.unit.counted import cases, moment

QUEUES = cases("queue")
STAGES = {int(status): Stage(stage) for status, stage in QUEUES["stages"].items()}
HOUR = 3600


@pytest.mark.parametrize("case", cases("hours_left")["cases"], ids=lambda case: str(case["id"]))
def test_hours_left(case: dict[str, Any]) -> None:
    products = {line["product"]: place for place, line in enumerate(case["lines"])}
    lines = [
        HoursLine(products[line["product"]], line["planned"] * 60, line["used"] and line["used"] * 60)
        for line in case["lines"]
    ]
    duration, of_type = case["duration_within_hours"], case["type"]
    left = hours_left(lines, duration and duration * 60, of_type and of_type * 60)
    assert left == case["left"] * 60, case["why"]


def spans(case: dict[str, Any]) -> list[PersonSpan]:
    found = []
    for job, acts in case["acts"].items():
        told = [
            HistoryAct(act["id"], act["at"], act.get("status"), act.get("who", "same"), act["undoes"]) for act in acts
        ]
        found += [
            PersonSpan(int(job), STAGES[span.status or 0], span.responsible, span.start, span.end)
            for span in spans_of(told)
        ]
    return found


@pytest.mark.parametrize("case", QUEUES["cases"], ids=lambda case: str(case["id"]))
def test_who_had_what_a_while_ago_and_has_now(case: dict[str, Any]) -> None:
    told = spans(case)
    for when in ("ago", "now"):
        found = {str(who): sorted(jobs) for who, jobs in open_at(told, case[when]).items()}
        assert found == case[f"queue_{when}"]
    for job, at in case["first_finished"].items():
        done = [span.start for span in told if span.job == int(job) and span.stage is Stage.DONE]
        assert (done[0] if done else None) == at


MONDAY = moment("2026-11-30T08:00+01:00")
WEEK = Calendar("Europe/Copenhagen", (((480, 960),),) * 5 + ((), ()))
LINE = Timeline(WEEK, MONDAY, MONDAY + 60 * 86_400)


def due(number: int, left: int, hours: float, **more: Any) -> Task:
    return Task(number, left * HOUR, MONDAY + int(hours * HOUR), **more)


def test_what_cannot_be_in_time_is_seen_deadline_by_deadline_and_not_at_the_horizon() -> None:
    queue = Queue(LINE, MONDAY, [due(1, 3, 4), due(2, 3, 4), due(3, 1, 100)])
    assert [(late.task.id, late.over) for late in queue.lates()] == [(2, 2 * HOUR)]
    assert queue.left == 7 * HOUR
    assert queue.clear_at() == MONDAY + 7 * HOUR
    assert queue.lates_until(MONDAY + HOUR) == []


def test_a_late_job_comes_first_and_pushes_others() -> None:
    queue = Queue(LINE, MONDAY, [due(1, 3, -1), due(2, 3, 4)])
    assert [late.task.id for late in queue.lates()] == [2]


def test_of_equal_deadlines_the_urgent_one_comes_first_then_the_older() -> None:
    tasks = [due(1, 1, 4), due(2, 1, 4, rank=3), due(3, 1, 4, registered=-5)]
    assert [task.id for task in Queue(LINE, MONDAY, tasks).tasks] == [2, 3, 1]


def test_room_counts_what_it_would_make_late() -> None:
    queue = Queue(LINE, MONDAY, [due(1, 3, 4), due(2, 2, 8)])
    assert queue.room_for(due(9, 1, 2)) == 0
    assert queue.room_for(due(9, 2, 2)) < 0
    assert queue.room_for(due(9, 2, 7)) == HOUR
    assert queue.with_task(due(9, 1, 2)).lates() == []
    assert queue.with_task(due(9, 1, 2)).without(due(9, 1, 2)).tasks == queue.tasks


def test_a_trend_is_told_beyond_two_hours_and_a_twentieth() -> None:
    plan = {1: HOUR, 2: 2 * HOUR, 3: 100 * HOUR}
    assert trend({1}, {1, 2}, plan) == (1, 2 * HOUR, "^")
    assert trend({2}, {1}, plan).sign == "="
    assert trend({3, 2}, {3}, plan).sign == "="
    assert trend({3, 2}, set(), plan).sign == "v"
