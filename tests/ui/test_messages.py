"""A long message takes the lines it needs from what stands above, and gives them back with the next key."""

from __future__ import annotations

import pytest

from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

LONG = "The job is still empty: write a subject, or choose a customer or a device. " * 2


def on_the_screen(desk: Desk, text: str) -> bool:
    """Whether a text can be read there, over as many lines as it takes."""
    return "".join(text.split()) in "".join(desk.screen_text().split())


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (120, 30)])
async def test_a_long_message_is_read_whole_and_the_list_comes_back(open_at: OpenDesk, size: tuple[int, int]) -> None:
    async with open_at(size=size) as desk:
        before = desk.screen_text()
        desk.screen.complain(LONG)
        await desk.rest()

        assert on_the_screen(desk, LONG)
        assert desk.lines[1:3] == before.split("\n")[1:3] or desk.shows("Filter")
        await desk.press("f5")
        await desk.press("down", "up")
        assert desk.screen_text() == before


async def test_the_row_under_the_cursor_stays_in_sight(desk: Desk) -> None:
    await desk.press("pagedown", *["down"] * 19)
    rows = desk.list.screen.list
    assert rows.cursor - rows.top == rows.room - 1
    top, number = rows.top, str(desk.list.current.number)

    desk.screen.complain(LONG)
    await desk.rest()
    assert rows.top > top
    assert desk.shows(number)
    await desk.press("up")

    assert rows.top == top


async def test_a_page_is_as_high_as_without_the_message(desk: Desk) -> None:
    rows = desk.list.screen.list
    await desk.press("pagedown")
    step = desk.list.screen.list.top
    await desk.press("home")
    desk.screen.complain(LONG)
    await desk.rest()
    await desk.press("pagedown")

    assert rows.top == step


async def test_what_is_typed_ahead_of_a_long_message_does_the_same(desk: Desk) -> None:
    rows = desk.list.screen.list
    desk.screen.complain(LONG)
    await desk.burst("pagedown", "down", "pagedown")
    ahead = (rows.top, desk.list.current.number)
    await desk.press("home")
    desk.screen.complain(LONG)
    await desk.press("pagedown", "down", "pagedown")

    assert (rows.top, desk.list.current.number) == ahead


async def test_a_question_at_forty_columns_is_whole_with_room_for_its_answer(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await desk.press("p")
        await desk.type("nonsense")
        assert on_the_screen(desk, desk.question)
        assert desk.shows("nonsense")
        await desk.press("enter")
        assert on_the_screen(desk, desk.message)
        assert on_the_screen(desk, desk.question)
        assert desk.shows("nonsense")


async def test_the_choices_of_a_letter_can_all_be_read_at_forty_columns(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await desk.press("n")
        await desk.type("Skærm revnet")
        await desk.press("escape")
        assert desk.screen.bottom.is_asking
        assert on_the_screen(desk, desk.message)


async def test_what_an_empty_table_says_is_wrapped(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await desk.press("n")
        assert on_the_screen(desk, "No lines. Write a part's code, EAN or name above; Enter adds it.")


async def test_a_long_word_of_the_filter_does_not_push_the_advice_away(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await desk.press("/")
        await desk.type("created:vaskemaskineservicenummer x")
        await desk.press("enter")
        assert "vaskemaskin…" in desk.message
        assert on_the_screen(desk, desk.message)
