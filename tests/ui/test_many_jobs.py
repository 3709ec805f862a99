"""Many jobs at once: selecting them, changing them in one act, and taking it back."""

from __future__ import annotations

import pytest

from svc_tui.domain.records import Stage
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

NEEDS_PARTS = 10054
"""A job with a part on a line that is still needed."""


def _marked(desk: Desk) -> list[str]:
    """The numbers of the rows that are marked on the screen."""
    return [line[1:].split()[0] for line in desk.lines if line.startswith("*")]


async def _responsibles(desk: Desk, numbers: list[int]) -> list[int | None]:
    return [(await desk.stored(number)).values["responsible"] for number in numbers]  # type: ignore[misc]


async def test_space_selects_and_goes_on(desk: Desk) -> None:
    first, second = (row.number for row in desk.list.rows[:2])
    await desk.press("space")
    assert _marked(desk) == [str(first)]
    assert desk.list.current.number == second
    await desk.press("space")
    assert _marked(desk) == [str(first), str(second)]
    assert desk.standing.startswith("2 selected")


async def test_space_again_takes_the_mark_away_and_escape_all_of_them(desk: Desk) -> None:
    await desk.press("space", "space", "up", "space")
    assert len(_marked(desk)) == 1
    await desk.press("escape")
    assert _marked(desk) == []
    assert not desk.standing.startswith("1 selected")


@pytest.mark.parametrize("keys", [("x", "down", "down", "down"), ("shift+down", "shift+down", "shift+down")])
async def test_a_range_follows_the_cursor(desk: Desk, keys: tuple[str, ...]) -> None:
    numbers = [str(row.number) for row in desk.list.rows[:4]]
    await desk.press(*keys)
    assert _marked(desk) == numbers
    await desk.press("up")
    assert _marked(desk) == numbers[:3]
    await desk.press("x", "down", "down")
    assert _marked(desk) == numbers[:3]


async def test_a_list_that_reads_slowly_selects_what_was_asked_and_tells_it_when_it_is_done(desk: Desk) -> None:
    numbers = [str(row.number) for row in desk.list.rows[:5]]
    async with desk.slow(desk.list.screen.list):
        for key in ("space", "shift+down", "shift+down", "shift+down"):
            await desk.send(key)
    assert _marked(desk) == numbers
    assert desk.standing.startswith("5 selected")


async def test_a_range_to_the_end_takes_in_every_row(desk: Desk) -> None:
    await desk.press("3", "down", "x", "end")
    assert desk.standing.startswith("59 selected")


async def test_star_selects_all_that_match_also_those_not_loaded(desk: Desk) -> None:
    await desk.press("3", "*")
    assert desk.standing.startswith("60 selected · 60 jobs")
    await desk.press("space")
    assert desk.standing.startswith("59 selected")
    await desk.press("*")
    assert desk.standing.startswith("60 selected")
    await desk.press("*")
    assert desk.standing.startswith("60 jobs")


async def test_a_selection_stays_on_its_rows_when_the_list_is_read_again(desk: Desk) -> None:
    await desk.press("down", "space")
    marked = _marked(desk)
    await desk.press("f5")
    assert _marked(desk) == marked


async def test_another_filter_lets_the_selection_go(desk: Desk) -> None:
    await desk.press("space", "space")
    await desk.list.filter("status:venter")
    assert _marked(desk) == []


async def test_ten_jobs_to_another_person_in_fifteen_keys(desk: Desk) -> None:
    numbers = [row.number for row in desk.list.rows[:10]]
    keys = [*["space"] * 10, "a", "b", "k", "enter", "y"]
    assert len(keys) == 15
    await desk.burst(*keys)
    person = next(entry for entry in desk.session.registers.employees if entry.initials == "BK")
    assert await _responsibles(desk, numbers) == [person.id] * 10
    assert _marked(desk) == []
    assert "changed" in desk.message


async def test_three_jobs_are_changed_without_asking_and_four_are_not(desk: Desk) -> None:
    await desk.press("3", "space", "space", "space", "i", "h", "enter")
    assert desk.message.startswith("3 jobs changed.") or "already" in desk.message
    await desk.press("x", "down", "down", "down", "i", "h", "enter")
    assert "?" in desk.message
    await desk.press("escape")
    assert "?" not in desk.message


async def test_three_jobs_are_done_without_asking_unless_one_of_them_still_needs_parts(desk: Desk) -> None:
    await desk.list.filter("nr:10051,10052,10053")
    await desk.press("space", "space", "space", "d")
    assert desk.message.startswith("3 jobs changed."), desk.message
    for number in (10051, 10052, 10053):
        assert (await desk.stored(number)).stage == Stage.DONE
    await desk.press("u")
    await desk.list.filter(f"nr:10052,10053,{NEEDS_PARTS}")
    await desk.press("space", "space", "space", "d")
    assert desk.message == "Set 2 jobs done? 1 cannot be (l: why). y: yes   Esc: no"
    await desk.press("l")
    assert desk.shows(f"{NEEDS_PARTS} TV uden"), desk.screen_text()
    assert desk.shows("“Baglysliste"), desk.screen_text()
    await desk.press("escape", "escape")
    for number in (10052, 10053, NEEDS_PARTS):
        assert (await desk.stored(number)).stage != Stage.DONE
    await desk.press("d", "y")
    assert desk.shows("2 jobs changed. u undoes it. 1 was not."), desk.screen_text()
    await desk.press("escape")
    assert (await desk.stored(NEEDS_PARTS)).stage != Stage.DONE
    await desk.list.put_cursor("TV uden billede")
    await desk.press("d", "+")
    assert desk.message == f"Job {NEEDS_PARTS} is done."
    for number in (10052, 10053, NEEDS_PARTS):
        assert (await desk.stored(number)).stage == Stage.DONE


async def test_what_cannot_be_changed_is_told_with_the_reason(desk: Desk) -> None:
    kinds = {entry.id for entry in desk.session.registers.types if entry.responsible_required}
    if not any(row.type_id in kinds for row in desk.list.rows):
        pytest.fail("the shop has no job whose type needs a responsible")
    await desk.press("3", "*", "a", "-", "enter")
    assert "cannot be" in desk.message
    await desk.press("l")
    assert desk.shows("need a responsible"), desk.screen_text()
    await desk.press("escape", "y")
    assert desk.shows("These were not changed")
    await desk.press("escape")
    assert await _responsibles(desk, [row.number for row in desk.list.rows if row.type_id not in kinds]) == [
        None for row in desk.list.rows if row.type_id not in kinds
    ]


async def test_one_act_on_many_jobs_is_undone_and_redone_by_one_key(desk: Desk) -> None:
    await desk.press("3")
    await desk.list.filter("-part:baglys -part:pumpe")
    before = {row.number: row.stage for row in desk.list.rows[:6]}
    await desk.press(*["space"] * 6, "d", "y")
    assert all([(await desk.stored(number)).stage == Stage.DONE for number in before])
    await desk.press("u", "y")
    assert {number: (await desk.stored(number)).stage for number in before} == before
    await desk.press("U", "y")
    assert all([(await desk.stored(number)).stage == Stage.DONE for number in before])


async def test_who_may_not_change_many_jobs_is_told(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        before = [row.stage for row in desk.list.rows]
        await desk.press("space", "space", "d")
        assert desk.message
        assert [row.stage for row in desk.list.rows] == before
