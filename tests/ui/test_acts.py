"""What an act from a list is about, and what its question takes: the job is fixed when the key is pressed."""

from __future__ import annotations

import pytest

from svc_tui.domain.records import Stage
from svc_tui.domain.stock.answers import EVERY, Answer
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.ui.colleague import heard, until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

JOB = "TV uden billede"
NUMBER = 10054
DONE = Edit("done", parts=((EVERY, Answer.USED),))
"""A job with an open part is done once something is said of it."""


async def _version(desk: Desk, number: int = NUMBER) -> int:
    return (await desk.stored(number)).version


# -- nothing typed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["enter", "tab", "f2"])
@pytest.mark.parametrize("key", ["a", "t", "i", "s", "p", "m", "o", "j"])
async def test_nothing_typed_changes_nothing(desk: Desk, key: str, end: str) -> None:
    await desk.list.put_cursor(JOB)
    before, rows = await _version(desk), [row.number for row in desk.list.rows]
    await desk.press(key)
    assert desk.question
    await desk.press(end)
    assert (desk.question, desk.message) == ("", "")
    assert await _version(desk) == before
    assert ([row.number for row in desk.list.rows], desk.list.current.number) == (rows, NUMBER)


@pytest.mark.parametrize("typed", [("x", "backspace"), ("space",)])
async def test_what_was_taken_back_is_nothing_typed(desk: Desk, typed: tuple[str, ...]) -> None:
    await desk.list.put_cursor(JOB)
    before = await _version(desk)
    await desk.press("a", *typed, "enter")
    assert await _version(desk) == before


async def test_nothing_typed_changes_none_of_the_selected(desk: Desk) -> None:
    await desk.press("space", "space", "i", "enter")
    assert desk.question == ""
    assert desk.standing.startswith("2 selected")


@pytest.mark.parametrize("typed", ["-", "none", "ingen", "Nobody"])
async def test_a_minus_or_the_word_clears(desk: Desk, typed: str) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("a")
    assert desk.question == "Responsible for 10054 (-: nobody)"
    await desk.type(typed)
    await desk.press("enter")
    assert desk.message == "Job 10054 is nobody's now."
    await desk.press("i")
    await desk.type(typed)
    await desk.press("enter")
    assert desk.message == "Job 10054 has no priority now."
    values = (await desk.stored(NUMBER)).values
    assert (values["responsible"], values["priority"]) == (None, None)
    await desk.press("t")
    await desk.type(typed)
    await desk.press("enter")
    assert desk.message == "Job 10054 has no type now: it is shown under All jobs only."


@pytest.mark.parametrize(
    ("key", "typed"), [("s", "-"), ("s", "none"), ("p", "-"), ("a", "."), ("t", "???"), ("i", "&")]
)
async def test_what_names_no_value_is_refused_and_stays(desk: Desk, key: str, typed: str) -> None:
    await desk.list.put_cursor(JOB)
    before = await _version(desk)
    await desk.press(key)
    await desk.type(typed)
    await desk.press("enter")
    assert desk.question
    assert desk.screen.bottom.complains
    assert await _version(desk) == before


@pytest.mark.parametrize(
    ("label", "value"),
    [("Responsible", "responsible"), ("Priority", "priority"), ("End", "end_at"), ("Promised", "promised_at"),
     ("Customer", "customer")],
)  # fmt: skip
async def test_a_minus_empties_a_field_of_the_sheet(desk: Desk, label: str, value: str) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill(label, "-")
    assert (sheet.text(label), sheet.is_marked(label)) == ("", False)
    await desk.press("f2")
    assert (await desk.stored(NUMBER)).values[value] is None


# -- whom it is about ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "question"),
    [
        ("p", "Postpone 10054 to (fr, +3, 2411, week 48, fr 14)"), ("a", "Responsible for 10054 (-: nobody)"),
        ("s", "Status of 10054"), ("t", "Type of 10054 (-: none)"), ("i", "Priority of 10054 (-: none)"),
        ("m", "Note to 10054"),
    ],
)  # fmt: skip
async def test_the_question_names_its_job(desk: Desk, key: str, question: str) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press(key)
    assert desk.question == question
    await desk.press("escape", "space", "space", key)
    assert "2 jobs" in desk.question


@pytest.mark.parametrize(
    ("key", "answer", "field"), [("p", "+3", "start_at"), ("a", "bk", "responsible"), ("i", "h", "priority")]
)
async def test_the_answer_goes_to_the_job_of_the_question_whatever_moves_meanwhile(
    live: Desk,
    bent: Session,
    key: str,
    answer: str,
    field: str,
) -> None:
    await live.list.filter("stage:open")
    job = await live.list.put_cursor(JOB)
    others = {row.number: await live.stored(row.number) for row in live.list.rows if row.number != job.number}
    await live.press(key)
    at_once(bent, [job.id], DONE)
    await heard(live, bent)
    await until(live, lambda: live.list.current.number != job.number)
    before = (await live.stored(job.number)).values[field]
    await live.type(answer)
    await live.press("enter")
    stored = await live.stored(job.number)
    assert stored.values[field] != before
    assert str(job.number) in live.message
    for number, sheet in others.items():
        assert (await live.stored(number)).values[field] == sheet.values[field]


@pytest.mark.parametrize("key", ["d", "p", "a", "s", "t", "i", "m", "c", "l"])
async def test_a_key_pressed_as_the_row_goes_is_refused_and_not_done_to_the_next(
    live: Desk,
    bent: Session,
    key: str,
) -> None:
    await live.list.filter("stage:open")
    job = await live.list.put_cursor(JOB)
    screen = live.list.screen
    at_once(bent, [job.id], DONE)
    await heard(live, bent)
    await until(live, lambda: live.list.current.number != job.number)
    under = live.list.current.number
    before = await _version(live, under)
    await live.press(key)
    assert live.screen is screen
    assert live.question == ""
    assert live.message.startswith(f"Not done: {job.number} left the list")
    assert str(under) in live.message
    assert await _version(live, under) == before
    await live.press(key)  # now it is known who is under the cursor
    assert live.screen is not screen or live.question or str(under) in live.message


async def test_a_key_that_moves_the_cursor_says_whom_is_meant(live: Desk, bent: Session) -> None:
    await live.list.filter("stage:open")
    job = await live.list.put_cursor(JOB)
    at_once(bent, [job.id], DONE)
    await heard(live, bent)
    await until(live, lambda: live.list.current.number != job.number)
    await live.press("home")
    number = live.list.current.number
    await live.press("d")
    assert live.message == f"Job {number} is done."


async def test_ones_own_acts_go_on_row_after_row(desk: Desk) -> None:
    await desk.list.filter("stage:open -part:baglys -part:pumpe")
    numbers = [row.number for row in desk.list.rows[:3]]
    await desk.press("home", "d", "d", "d")
    assert [(await desk.stored(number)).stage for number in numbers] == [Stage.DONE] * 3


async def test_a_selected_job_that_left_the_list_is_counted_and_named_first(
    live: Desk,
    bent: Session,
) -> None:
    await live.list.filter("stage:open")
    await live.press("home")
    gone, stays = live.list.rows[:2]
    await live.press("space", "space")
    at_once(bent, [gone.id], DONE)
    await heard(live, bent)
    await until(live, lambda: live.list.rows[0].number != gone.number)
    await live.press("i")
    await live.type("h")
    await live.press("enter")
    assert live.message.startswith("Priority: Høj: 2 jobs? 1 of them has left the list: " + str(gone.number))
    before = (await live.stored(stays.number)).values["priority"]
    await live.press("escape")
    assert (await live.stored(stays.number)).values["priority"] == before
    await live.press("d")
    assert f"1 of them has left the list: {gone.number}." in live.message


# -- a note --------------------------------------------------------------------------------------------------------


async def test_a_note_costs_two_keys_and_its_text(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.burst("m", *"Ringet, henter fredag", "enter")
    assert desk.message == "Noted on job 10054."
    assert (await desk.stored(NUMBER)).notes[0].text == "Ringet, henter fredag"
    await desk.press("u")
    assert (await desk.stored(NUMBER)).notes[0].text != "Ringet, henter fredag"


async def test_who_may_not_change_jobs_writes_no_notes(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        await desk.press("m")
        assert desk.question == ""
        assert desk.message
