"""Nothing is shortened unseen: what is too long is refused with the limit, and what stood there stays."""

from __future__ import annotations

from tests.ui.desk import Desk


async def test_a_paste_that_is_too_long_for_a_field_is_refused_whole(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Skærm ")
    await desk.paste("x" * 400)
    assert sheet.text("Subject") == "Skærm "
    assert "300 characters" in desk.message
    await desk.paste("revnet  ")
    assert sheet.text("Subject") == "Skærm revnet  "


async def test_a_letter_too_many_is_refused_and_a_paste_as_long_as_the_field_is_taken(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.paste("x" * 300)
    assert sheet.text("Subject") == "x" * 300
    await desk.press("y")
    assert sheet.text("Subject") == "x" * 300
    assert "300 characters" in desk.message


async def test_a_paste_beyond_any_line_is_refused_in_the_longest_field_too(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Fault told")
    await desk.paste("y" * 2001)
    assert sheet.text("Fault told") == ""
    assert "2,000 characters" in desk.message


async def test_a_note_that_is_too_long_is_refused_whole(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to_note()
    await desk.type("Kunden: ")
    await desk.paste("z" * 20_000)
    assert sheet.screen.note.box.text == "Kunden: "
    assert "20,000 characters" in desk.message


async def test_an_answer_that_is_too_long_is_refused_whole_with_its_limit(desk: Desk) -> None:
    await desk.press("p")
    await desk.type("fr ")
    await desk.paste("1" * 100)
    question = desk.screen.bottom.question
    assert question is not None
    assert question.text == "fr "
    assert "60 characters" in desk.message
    await desk.press("backspace")
    assert desk.message == ""


async def test_a_filter_that_is_too_long_is_refused_whole(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("tv")
    await desk.paste("x" * 300)
    assert desk.list.screen.filter_line.editor.value == "tv"
    assert "300 characters" in desk.message
    await desk.press("left")
    assert "300 characters" not in desk.message
