"""The week: work day by day against hours, against a plain count."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from svc_tui.domain.planning.hours import Calendar, Timeline
from svc_tui.domain.planning.week import Basis, Cell, Day, Work, cells, days, later
from svc_tui.domain.planning.workload import NEVER

HOUR, DAY = 3600, 86_400
MONDAY = 1_795_993_200  # 30/11 2026, midnight in Copenhagen
NINE_TO_FIVE = ((540, 1020),)
SHOP = Timeline(Calendar("Europe/Copenhagen", (NINE_TO_FIVE,) * 5 + ((), ())), MONDAY - DAY, MONDAY + 60 * DAY)
NIGHTS = [MONDAY + day * DAY for day in range(60)]


def at(day: int, hour: float) -> int:
    return MONDAY + day * DAY + int(hour * HOUR)


def test_days_on_which_nobody_works_are_left_out_and_what_is_due_on_them_counts_before() -> None:
    shown = days([SHOP], NIGHTS, at(3, 12), 0, 3)
    assert shown == (Day(at(3, 0), at(4, 0)), Day(at(4, 0), at(7, 0)), Day(at(7, 0), at(8, 0)))
    work = [Work(HOUR, at(5, 12))]
    assert [cell.work for cell in cells(SHOP, work, shown, at(3, 12), Basis.DUE)] == [0, HOUR, 0]


def test_an_evening_begins_with_the_next_day_and_a_later_page_goes_on_behind() -> None:
    assert days([SHOP], NIGHTS, at(3, 18), 0, 1) == (Day(at(4, 0), at(7, 0)),)
    assert days([SHOP], NIGHTS, at(0, 8), 5, 2) == (Day(at(7, 0), at(8, 0)), Day(at(8, 0), at(9, 0)))
    assert days([], NIGHTS, at(0, 8), 0, 5) == ()


def test_late_work_is_due_on_the_first_day_and_pushes_all_that_follow() -> None:
    now = at(0, 13)
    shown = days([SHOP], NIGHTS, now, 0, 3)
    work = [Work(6 * HOUR, at(-3, 9)), Work(3 * HOUR, at(1, 12)), Work(HOUR, at(30, 9)), Work(HOUR, NEVER)]
    assert cells(SHOP, work, shown, now, Basis.DUE) == [
        Cell(6 * HOUR, 4 * HOUR, -2 * HOUR), Cell(3 * HOUR, 8 * HOUR, 3 * HOUR), Cell(0, 8 * HOUR, 11 * HOUR),
    ]  # fmt: skip
    assert later(work, shown[-1].end) == HOUR


def test_by_the_start_each_day_is_for_itself() -> None:
    now = at(0, 8)
    shown = days([SHOP], NIGHTS, now, 0, 2)
    work = [Work(6 * HOUR, at(-3, 9)), Work(3 * HOUR, at(1, 12))]
    assert cells(SHOP, work, shown, now, Basis.START) == [
        Cell(0, 8 * HOUR, 8 * HOUR),
        Cell(3 * HOUR, 8 * HOUR, 5 * HOUR),
    ]


@settings(max_examples=200, deadline=None)
@given(
    work=some.lists(some.tuples(some.integers(1, 9), some.integers(-200, 700)), max_size=20),
    now=some.integers(0, 100),
    skip=some.integers(0, 6),
)
def test_all_that_is_due_is_on_some_day_or_later_and_hours_add_up(
    work: list[tuple[int, int]], now: int, skip: int
) -> None:
    moment = MONDAY + now * HOUR
    jobs = [Work(left * HOUR, MONDAY + due * HOUR) for left, due in work]
    whole = days([SHOP], NIGHTS, moment, 0, 12)
    found = cells(SHOP, jobs, whole, moment, Basis.DUE)
    assert sum(cell.work for cell in found) + later(jobs, whole[-1].end) == sum(job.left for job in jobs)
    for place, day in enumerate(whole):
        until = sum(job.left for job in jobs if job.at < day.end)
        assert found[place].free == sum(cell.hours for cell in found[: place + 1]) - until
    shown = days([SHOP], NIGHTS, moment, skip, 5)
    assert shown == whole[skip : skip + 5]
    again = cells(SHOP, jobs, shown, moment, Basis.DUE, from_now=not skip)
    assert again == found[skip : skip + 5]
