"""Arrivals by keys: what jobs lack is ordered, what comes is booked, its jobs are told and moved; what goes back."""

from __future__ import annotations

import pytest

from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.services.stock import purchasing
from tests.ui.desk import Desk

NUMBER = 10054
PART = "Baglysliste til 55 tommer"


async def _ordered(desk: Desk) -> None:
    await desk.press("5")
    assert desk.title.startswith("Arrivals")
    await desk.press("o")
    assert any(PART[:12] in line for line in desk.lines)
    await desk.press("enter")
    assert "comes (fr, +3; -: nobody knows)" in " ".join(desk.lines)
    await desk.type("+3")
    await desk.press("enter")
    assert "Ordered: order" in desk.message
    await desk.press("escape")


async def test_what_jobs_lack_is_ordered_comes_and_its_job_is_moved_by_enter(desk: Desk) -> None:
    await _ordered(desk)
    assert (await desk.stored(NUMBER)).lines[0].state == "ordered"
    await desk.press("enter", "enter")
    assert desk.title.startswith("All parts are here")
    before = await desk.stored(NUMBER)
    assert before.lines[0].state == "arrived"
    await desk.press("enter")
    assert "1 job changed. u undoes it." in desk.message
    after = await desk.stored(NUMBER)
    assert after.values["status"] != before.values["status"]
    await desk.press("u")
    assert (await desk.stored(NUMBER)).values["status"] == before.values["status"]


async def test_escape_moves_nothing(desk: Desk) -> None:
    await _ordered(desk)
    before = (await desk.stored(NUMBER)).values["status"]
    await desk.press("enter", "enter", "escape")
    stored = await desk.stored(NUMBER)
    assert (stored.lines[0].state, stored.values["status"]) == ("arrived", before)


async def test_a_faulty_piece_is_owed_still_and_goes_back(desk: Desk) -> None:
    await _ordered(desk)
    await desk.press("f", "enter")
    assert "Credit instead of others?" in desk.message
    await desk.press("escape", "r")
    assert desk.title.startswith("Returns")
    assert any("faulty" in line for line in desk.lines)
    await desk.press("enter", "y")
    assert "Sent back with sheet" in desk.message
    await desk.press("enter", "r")
    assert "replaced" in desk.message
    assert (await desk.stored(NUMBER)).lines[0].state == "ordered"


async def test_what_is_to_come_is_found_by_its_code_and_by_a_scan(desk: Desk) -> None:
    await _ordered(desk)
    await desk.press("/")
    await desk.type("baglys-55")
    await desk.press("enter")
    assert "How many came of" in " ".join(desk.lines)
    await desk.press("enter", "enter")
    assert (await desk.stored(NUMBER)).lines[0].state == "arrived"


async def test_a_scan_goes_to_the_line_it_is_of_and_books_nothing(desk: Desk) -> None:
    await _ordered(desk)
    await desk.burst("ctrl+b", *"BAGLYS-55", "enter")
    assert desk.question.startswith("How many came of")
    assert (await desk.stored(NUMBER)).lines[0].state == "ordered"


async def test_the_label_of_a_job_opens_it_and_what_is_not_to_come_is_said_whole(desk: Desk) -> None:
    await _ordered(desk)
    await desk.burst(*f"S{NUMBER}", "enter")
    assert desk.on_top(ActivitySheetScreen).record.number == NUMBER
    await desk.press("escape")
    assert desk.title.startswith("Arrivals")
    for code in ("5709999999990", "dmpu123x"):
        await desk.burst(*code, "enter")
        assert desk.message == f"Nothing that is to come has the code {code}."


async def test_a_scan_while_something_is_asked_leaves_the_question(desk: Desk) -> None:
    await _ordered(desk)
    await desk.press("enter")
    asked = desk.question
    await desk.burst("ctrl+b", *"BAGLYS-55", "enter")
    assert desk.question.startswith(asked.partition(":")[0])
    await desk.press("enter")
    assert desk.message  # a code is no quantity
    assert (await desk.stored(NUMBER)).lines[0].state == "ordered"
    await desk.press("escape", "f", "enter")
    assert "Credit instead of others?" in desk.message
    await desk.burst("ctrl+b", *"BAGLYS-55", "enter")
    assert "Credit instead of others?" in desk.message


@pytest.mark.parametrize("key", ["e", "t", "/"])
async def test_enter_with_nothing_typed_changes_nothing(desk: Desk, key: str) -> None:
    await _ordered(desk)
    before = await desk.ask(purchasing.outstanding)
    await desk.press(key)
    assert desk.question
    await desk.burst("ctrl+u", "enter")
    assert not desk.question
    assert await desk.ask(purchasing.outstanding) == before
