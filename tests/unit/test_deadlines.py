"""When jobs become late, against cases counted by other code."""

from __future__ import annotations

from typing import Any

import pytest

from svc_tui.domain.planning.deadlines import HistoryAct, StatusRule, Stay, deadline, promise_of_type, spans_of
from tests.unit.counted import cases, moment, timelines

LINES = timelines()
LATE = cases("late")
STATUSES = {
    name: StatusRule(number, told["open"], told["pauses"], told["longest_minutes"] and told["longest_minutes"] * 60)
    for number, (name, told) in enumerate(LATE["statuses"].items(), 1)
}


def maybe(text: str | None) -> int | None:
    return None if text is None else moment(text)


def stays(told: list[tuple[str, str]]) -> list[Stay]:
    ends = [moment(at) for _, at in told[1:]]
    return [
        Stay(STATUSES[name], moment(at), end) for (name, at), end in zip(told, [*ends, None], strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("case", LATE["cases"], ids=lambda case: str(case["id"]))
def test_when_a_job_becomes_late(case: dict[str, Any]) -> None:
    found = deadline(
        LINES[case["calendar"]], stays(case["spans"]), maybe(case["promised"]), maybe(case["made"])
    )  # fmt: skip
    assert (found.at, found.why) == (maybe(case["late"]), case["because"]), case["why"]


def test_the_deadline_says_by_how_much_pauses_have_moved_it() -> None:
    told = [("work", "2026-12-01T09:00:00+01:00"), ("customer", "2026-12-01T10:00:00+01:00"),
            ("work", "2026-12-01T13:00:00+01:00")]  # fmt: skip
    found = deadline(
        LINES["dk-plain"], stays(told), moment("2026-12-04T12:00:00+01:00"), moment("2026-12-01T09:00:00+01:00")
    )
    assert found.at == moment("2026-12-04T15:00:00+01:00")
    assert found.moved == 3 * 3600


def test_a_type_promises_working_hours_from_the_next_full_minute() -> None:
    registered = moment("2026-12-01T16:30:20+01:00")
    assert promise_of_type(LINES["dk-plain"], registered, None, 60) == moment("2026-12-02T08:31+01:00")
    start = moment("2026-12-03T09:00+01:00")
    assert promise_of_type(LINES["dk-plain"], registered, start, 60) == moment("2026-12-03T10:00+01:00")


UNDONE = [
    HistoryAct(1, 100, 1, None),
    HistoryAct(2, 200, 2, 7),
    HistoryAct(3, 260, 8),
    HistoryAct(4, 300, 2, undoes=3),
]


def test_an_act_that_was_undone_leaves_no_span() -> None:
    assert spans_of([*UNDONE, HistoryAct(5, 400, None, 9)]) == [
        (1, None, 100, 200), (2, 7, 200, 400), (2, 9, 400, None),
    ]  # fmt: skip


def test_a_redo_brings_the_act_back_at_its_own_time() -> None:
    redone = [*UNDONE, HistoryAct(6, 350, 8, undoes=4)]
    assert spans_of(redone) == [(1, None, 100, 200), (2, 7, 200, 260), (8, 7, 260, None)]
    assert spans_of([*redone, HistoryAct(7, 360, 2, undoes=6)]) == [(1, None, 100, 200), (2, 7, 200, None)]
