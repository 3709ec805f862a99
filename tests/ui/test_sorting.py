"""Sorting a list by any of its columns, and jumping in the column it is sorted by."""

from __future__ import annotations

import pytest

from svc_tui.domain.language.dates import parse_when
from tests.ui.desk import Desk


async def _sort(desk: Desk, typed: str) -> None:
    await desk.press("o", *typed, "enter")


async def test_a_list_is_sorted_by_the_column_asked_for(desk: Desk) -> None:
    await desk.press("3")
    await _sort(desk, "subj")
    subjects = [row.subject for row in desk.list.rows]
    assert subjects[0][:1] in "123ABD"
    assert "Subject↑" in desk.lines[2]
    assert desk.list.current is desk.list.rows[0]


async def test_the_order_is_turned_round_by_one_key(desk: Desk) -> None:
    await desk.press("3")
    first = desk.list.current.number
    await desk.press("O")
    assert "Start ↑" in desk.lines[2]
    assert desk.list.current.number != first
    await desk.press("G")
    assert desk.list.current.number == first


@pytest.mark.parametrize("column", ["no", "cust", "type", "stat", "resp", "prio", "end", "prom", "chan"])
async def test_every_column_can_be_sorted_by_and_walked_to_its_end(desk: Desk, column: str) -> None:
    await desk.press("3")
    await _sort(desk, column)
    seen = [desk.list.current.id]
    for _step in range(59):
        await desk.step("down")
        seen.append(desk.list.current.id)
    await desk.rest()
    assert len(set(seen)) == 60


async def test_the_filter_keeps_the_order(desk: Desk) -> None:
    await desk.press("3")
    await _sort(desk, "no")
    await desk.press("O")
    await desk.list.filter("stage:open")
    numbers = [row.number for row in desk.list.rows]
    assert numbers == sorted(numbers)


async def test_what_names_no_column_is_refused_and_the_order_stays(desk: Desk) -> None:
    before = [row.id for row in desk.list.rows]
    await _sort(desk, "xyz")
    assert desk.question == "Sort by"
    await desk.press("escape")
    assert [row.id for row in desk.list.rows] == before


async def test_the_cursor_jumps_while_a_number_is_typed(desk: Desk) -> None:
    await desk.press("3")
    await _sort(desk, "no")
    await desk.press("j", *"10031")
    assert desk.list.current.number == 10031
    await desk.press("enter")
    assert desk.list.current.number == 10031
    assert not desk.question


async def test_jumping_to_a_date_goes_to_the_first_job_at_or_after_it_in_the_order(desk: Desk) -> None:
    await desk.press("3", "j", *"1011", "enter")
    limit = int(parse_when("1111", desk.session.now(), "en").timestamp())
    assert desk.list.current.start_at < limit


async def test_jumping_to_a_name(desk: Desk) -> None:
    await desk.press("3")
    await _sort(desk, "cust")
    await desk.press("j", *"jen", "enter")
    assert desk.list.current.customer.casefold().startswith("jen")
