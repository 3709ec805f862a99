"""What was written can be read again whole, at any width."""

from __future__ import annotations

import pytest

from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk
from tests.ui.test_messages import on_the_screen

NOTE = (
    "Kunden oplyser at fjernsynet slukker efter cirka ti minutter, altid på samme kanal, og at lyden bliver ved med at "
    "være der. Prøvet med ny strømforsyning og uden antenne: samme fejl. Baglyset måler for lavt på den ene side.\n"
    "Pris på ny liste er oplyst til 649 kroner, og kunden har sagt ja til den."
)


async def _with_note(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Fjernsyn slukker")
    await sheet.fill("Type", "tv")
    await sheet.go_to_note()
    await desk.paste(NOTE)
    await desk.press("f2")


@pytest.mark.parametrize("size", [(40, 30), (80, 24), (120, 30)])
async def test_a_long_note_is_read_again_in_the_sheet(open_at: OpenDesk, size: tuple[int, int]) -> None:
    async with open_at(size=size) as desk:
        await _with_note(desk)
        await desk.press("tab")
        for part in ("slukker efter cirka ti minutter", "Baglyset måler for lavt", "sagt ja til den."):
            seen = on_the_screen(desk, part)
            while not seen and desk.sheet.screen.note.list.cursor < len(desk.sheet.screen.note.list.rows) - 1:
                await desk.press("pagedown")
                seen = on_the_screen(desk, part)
            assert seen, part


@pytest.mark.parametrize("size", [(40, 24), (80, 24)])
async def test_enter_opens_a_note_whole_and_a_change_too(open_at: OpenDesk, size: tuple[int, int]) -> None:
    async with open_at(size=size) as desk:
        await _with_note(desk)
        await desk.press("tab", "enter")
        assert on_the_screen(desk, NOTE)
        await desk.press("escape")
        await desk.sheet.open_tab("history")
        table = desk.sheet.screen.history.list
        assert await desk.hop("down", lambda: table.current is not None and "slukker efter" in table.current.whole)
        await desk.press("enter")
        assert on_the_screen(desk, "sagt ja til den.")


async def test_the_box_for_a_new_entry_has_the_lines_that_are_free(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to_note()
    box, pane = sheet.screen.note.box, sheet.screen.note
    assert box.size.height >= pane.size.height - 2


async def test_the_box_grows_while_one_writes_and_the_earlier_entries_keep_some_lines(desk: Desk) -> None:
    await _with_note(desk)
    await desk.sheet.go_to_note()
    box, table = desk.sheet.screen.note.box, desk.sheet.screen.note.list
    before = box.size.height
    for _line in range(20):
        await desk.press("a", "enter")
    assert box.size.height > before
    assert table.size.height >= 4


async def test_what_an_act_changed_is_opened_whole(desk: Desk) -> None:
    await _with_note(desk)
    await desk.press("escape", "h", "enter")
    table = desk.screen.list  # type: ignore[attr-defined]
    assert await desk.hop("down", lambda: "slukker efter" in desk.screen.whole(table.current))  # type: ignore[attr-defined]
    await desk.press("enter")
    assert on_the_screen(desk, "sagt ja til den.")


async def test_the_preview_shows_a_long_subject_whole(open_at: OpenDesk) -> None:
    async with open_at(size=(120, 30)) as desk:
        await desk.list.new()
        subject = "Fjernsyn " * 20 + "slukker"
        await desk.type(subject)
        await desk.sheet.fill("Type", "tv")
        await desk.press("f2", "escape")
        assert desk.shows("slukker")


@pytest.mark.parametrize("size", [(40, 24), (80, 24)])
async def test_a_key_in_the_list_opens_subject_faults_and_notes_whole(open_at: OpenDesk, size: tuple[int, int]) -> None:
    async with open_at(size=size) as desk:
        sheet = await desk.list.new()
        await desk.type("Fjernsyn " * 20 + "slukker helt")
        await sheet.fill("Type", "tv")
        await sheet.go_to("Fault told")
        await desk.paste("Kunden siger at det lugter brændt")
        await sheet.go_to_note()
        await desk.paste(NOTE)
        await desk.press("f2", "escape", "e")
        for part in ("slukker helt", "det lugter brændt", NOTE):
            assert on_the_screen(desk, part)
        await desk.press("escape")
        assert desk.screen is desk.list.screen
