"""The activity lists: moving, the filter line, and what one key does to the job under the cursor."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.services.people.settings import UserSettings
from tests.ui.colleague import until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

JOB = "TV uden billede"


# -- moving ----------------------------------------------------------------------------------------------------


async def test_the_newest_start_is_on_top(desk: Desk) -> None:
    starts = [row.start_at for row in desk.list.rows]
    assert starts == sorted(starts, reverse=True)
    assert desk.list.current is desk.list.rows[0]


@pytest.mark.parametrize(("down", "up"), [("pagedown", "pageup"), ("f8", "f7")])
async def test_pages_go_down_and_back(desk: Desk, down: str, up: str) -> None:
    first = desk.list.current.number
    await desk.press(down)
    assert desk.list.current.number != first
    assert not desk.shows(str(first))
    await desk.press(up)
    assert desk.list.current.number == first


@pytest.mark.parametrize(("last", "first"), [("G", "g"), ("end", "home")])
async def test_the_ends_are_one_key_away(desk: Desk, last: str, first: str) -> None:
    await desk.press(last)
    assert desk.list.current.number == 10001
    await desk.press(first)
    assert desk.list.current.number == 10060


async def test_going_down_reaches_every_job_and_stops_at_the_last(desk: Desk) -> None:
    await desk.burst(*["down"] * 60)
    assert desk.list.current.number == 10001
    assert desk.shows("10001")
    await desk.burst(*["up"] * 60)
    assert desk.list.current.number == 10060


async def test_digits_lead_to_the_lists(desk: Desk) -> None:
    await desk.press("2")
    assert desk.title.startswith("Kundeservice")
    await desk.press("3")
    assert desk.title.startswith("All jobs")
    assert len(desk.list.rows) == 60 or desk.standing.startswith("60 jobs")
    await desk.press("1")
    assert desk.title.startswith("Produktservice")


async def test_a_list_shows_the_types_flagged_for_it(desk: Desk) -> None:
    await desk.press("2")
    types = {desk.session.registers.type(row.type_id) for row in desk.list.rows}
    assert {kind.name for kind in types if kind} == {"Forespørgsel"}


async def test_a_list_that_was_left_is_found_as_it_was(desk: Desk) -> None:
    await desk.list.filter("ansv:ah")
    await desk.list.put_cursor("Eftersyn 17")
    await desk.press("2", "1")
    assert desk.list.current.subject == "Eftersyn 17"


async def test_escape_on_the_first_list_says_how_to_leave(desk: Desk) -> None:
    await desk.press("escape")
    assert "Ctrl+Q" in desk.message


# -- filter line -----------------------------------------------------------------------------------------------


async def test_the_filter_is_live(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("projektor")
    assert [row.subject for row in desk.list.rows] == ["Projektor slukker efter ti minutter"]
    await desk.press("enter")
    assert desk.list.current.number == 10056


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("nr:10054", [10054]), ("status:venter ansv:sø", [10054]), ("kunde:bente start:-7..", [10055]),
        ("billede -status:udført", [10054]), ("serial:0b3x4711", [10054]), ("type:garanti", [10059]),
        ("status:i-arbejde ansv:sø start:-7..", [10055]), ('kunde:"jensen & søn" billede', [10054]),
        ("baglys", [10054]),
    ],
)  # fmt: skip
async def test_a_filter_shows_the_jobs_it_names(desk: Desk, line: str, numbers: list[int]) -> None:
    await desk.list.filter(line)
    if line.startswith("status:i-"):
        await desk.list.filter('status:"i arbejde" ansv:sø start:-7..')
    assert [row.number for row in desk.list.rows] == numbers


@pytest.mark.parametrize("line", ["statsu:venter", "status:findesikke", "start:nonsens", "nr:abc", "ansv:qqq"])
async def test_a_mistake_is_marked_and_the_last_good_result_stays(desk: Desk, line: str) -> None:
    await desk.list.filter("status:venter")
    before = [row.number for row in desk.list.rows]
    await desk.list.filter(line)
    assert [row.number for row in desk.list.rows] == before
    assert desk.message
    assert desk.shows(f"!Filter: {line}")


async def test_a_corrected_mistake_is_no_longer_marked(desk: Desk) -> None:
    await desk.list.filter("statsu:venter")
    await desk.list.filter("status:venter")
    assert not desk.shows("!Filter")
    assert not desk.message


async def test_an_unfinished_term_is_not_complained_about_while_typing(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("status:")
    assert not desk.message
    await desk.type("vent")
    assert {row.stage for row in desk.list.rows} == {2}


async def test_what_the_period_hides_is_counted(desk: Desk) -> None:
    await desk.list.filter("start:-7..")
    shown = len(desk.list.rows)
    assert desk.standing.startswith(f"{shown} jobs · {46 - shown} more outside the period")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("start:week48", "week 48: 23/11 - 29/11"), ("start:uge 48", "week 48: 23/11 - 29/11"),
        ("changed:week47", "week 47: 16/11 - 22/11"), ("created:fri", "fri: 20/11"), ("created:21", "21: 21/11"),
        ("start:<week48", "<week48: - 22/11"),
    ],
)  # fmt: skip
async def test_the_line_says_which_days_were_taken(desk: Desk, line: str, told: str) -> None:
    await desk.list.filter(line)
    assert f" · {told}" in desk.standing


async def test_the_days_are_told_in_danish_too(open_at: OpenDesk) -> None:
    async with open_at(language="da") as desk:
        await desk.list.filter("start:week48")
        assert "uge 48: 23.11. - 29.11." in desk.standing


async def test_an_emptied_filter_shows_everything(desk: Desk) -> None:
    await desk.list.filter("projektor")
    await desk.list.filter("")
    assert desk.standing.startswith("46 jobs")


async def test_escape_in_the_filter_line_goes_to_the_list(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("projektor")
    await desk.press("escape", "enter")
    assert desk.sheet.number == 10056


async def test_nothing_found_says_so(desk: Desk) -> None:
    await desk.list.filter("findesikkenogensteder")
    assert desk.standing.startswith("0 jobs")
    assert desk.shows("No job matches the filter. Esc clears it.")
    await desk.press("enter", "d", "p", "s", "a", "c", "l", "down", "up", "pagedown", "G", "g")
    assert desk.title.startswith("Produktservice")


async def test_lists_open_with_the_users_filter(open_at: OpenDesk) -> None:
    async with open_at(settings=UserSettings(opening_filter="start:-7..")) as desk:
        assert desk.shows("Filter: start:-7..")
        assert "more outside the period" in desk.standing


async def test_an_opening_filter_that_is_no_longer_understood_shows_the_list_all_the_same(open_at: OpenDesk) -> None:
    async with open_at(settings=UserSettings(opening_filter="ansv:gone")) as desk:
        assert desk.shows("!Filter: ansv:gone")
        assert desk.message
        assert desk.list.rows, "an old filter must not leave an empty list"


async def test_the_columns_change_with_v(desk: Desk) -> None:
    assert desk.shows(" Type ")
    await desk.press("v")
    assert desk.shows("Priori")
    await desk.press("f11")
    assert not desk.shows(" Type ")
    assert desk.message == "Columns: simple"


# -- one key -----------------------------------------------------------------------------------------------


async def test_done_is_one_key_and_an_answer_where_a_part_is_still_needed(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("d")
    assert desk.message.startswith("“Baglysliste…” is needed. +: it was used")
    await desk.press("+")
    assert desk.message == "Job 10054 is done."
    assert desk.list.current.number == 10054
    stored = await desk.stored(10054)
    assert stored.stage == 4
    assert stored.done_at == desk.session.seconds()
    await desk.press("d")
    assert desk.message == "Job 10054 was done already."


async def test_done_of_a_customer_job_is_the_status_of_its_list(desk: Desk) -> None:
    await desk.press("2")
    await desk.list.put_cursor("Hvornår er min telefon")
    await desk.press("d")
    assert desk.list.current.stage == 4


@pytest.mark.parametrize(
    ("typed", "start"),
    [("fr", (27, 9, 30)), ("fr 14", (27, 14, 0)), ("+3", (27, 9, 30)), ("2512", (25, 9, 30)), ("uge 49", (30, 9, 30)),
     ("1530", (21, 15, 30))],
)  # fmt: skip
async def test_postpone_moves_the_end_along_and_keeps_the_time_unless_typed(
    desk: Desk, typed: str, start: tuple[int, int, int]
) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("p")
    await desk.type(typed)
    await desk.press("enter")
    stored = await desk.stored(10054)
    month = 12 if typed == "2512" else 11
    wanted = datetime(2026, month, *start)
    assert stored.values["start_at"] == int(wanted.timestamp())
    assert int(stored.values["end_at"] or 0) - int(stored.values["start_at"] or 0) == 3600
    assert desk.list.current.number == 10054
    assert f"{wanted:%d/%m %H:%M}" in desk.message


async def test_postpone_to_nonsense_asks_again_and_keeps_what_was_typed(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("p")
    await desk.type("engang")
    await desk.press("enter")
    assert desk.question.startswith("Postpone")
    assert "engang" in desk.message
    assert desk.shows("engang")
    await desk.press("escape")
    assert (await desk.stored(10054)).values["start_at"] == int(datetime(2026, 11, 21, 9, 30).timestamp())


async def test_the_reason_of_a_refused_answer_is_read_above_the_question(desk: Desk) -> None:
    await desk.press("p")
    await desk.type("nonsense")
    await desk.press("enter")
    assert desk.shows(" “nonsense” is not a date or time; write for example fri 930, 2411, +3, today 14\n or 24.11.")
    assert "Postpone" in desk.lines[-2]
    assert "): nonsense" in desk.lines[-2]
    await desk.press("backspace")
    assert not desk.shows("is not a date")
    assert "): nonsens " in desk.lines[-2]


async def test_reassign_takes_initials_and_names(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("a")
    await desk.type("bk")
    await desk.press("enter")
    assert desk.message == "Job 10054 is Bent Krogh's now."
    assert desk.list.current.number == 10054
    await desk.press("a", "-", "enter")
    assert desk.message == "Job 10054 is nobody's now."


async def test_reassigning_to_nobody_is_refused_where_the_type_needs_somebody(desk: Desk) -> None:
    await desk.list.put_cursor("Opsætning af trådløst")
    await desk.press("a", "-", "enter")
    assert "Installation" in desk.message
    assert (await desk.stored(10060)).values["responsible"] is not None


async def test_an_unknown_person_is_refused_and_kept_in_the_question(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("a")
    await desk.type("qqq")
    await desk.press("enter")
    assert desk.question
    assert "qqq" in desk.message
    await desk.burst("ctrl+u", *"bk", "enter")
    assert desk.message == "Job 10054 is Bent Krogh's now."


async def test_status_is_asked_for_by_its_beginning(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("s")
    await desk.type("i arb")
    await desk.press("enter")
    assert desk.message == "Job 10054: I arbejde."
    assert desk.list.current.stage == 3


@pytest.mark.parametrize("key", ["f4", "ctrl+o", "down"])
async def test_the_values_of_a_question_can_be_looked_up(desk: Desk, key: str) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("a", key)
    assert "Bent Krogh" in [answer[0] for answer in desk.picker.answers]
    await desk.type("krogh")
    await desk.press("enter")
    assert desk.message == "Job 10054 is Bent Krogh's now."


async def test_a_look_up_that_was_left_asks_on(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("s", "f4", "escape")
    assert desk.question == "Status of 10054"
    assert desk.key_bar.split() == ["Enter", "OK", "F4", "Look", "up", "Esc", "Close", "F1", "Help"]
    await desk.press("escape")
    assert "Quit" in desk.key_bar or "New" in desk.key_bar


async def test_a_status_of_another_list_is_not_offered(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("s")
    await desk.type("besvaret")
    await desk.press("enter")
    assert "besvaret" in desk.message


async def test_a_duplicate_begins_as_a_copy_and_is_not_saved_yet(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("c")
    sheet = desk.sheet
    assert desk.message == "Copied from 10054 with 2 lines: Baglysliste…, Reparation…."
    assert sheet.number is None
    assert sheet.text("Subject") == "TV uden billede, lyd er der"
    assert sheet.text("Customer") == "Jensen & Søn ApS"
    assert sheet.text("Start") == "24/11 10:00"
    assert sheet.text("End") == "24/11 11:00"
    assert [line.code for line in sheet.lines] == ["BAGLYS-55", "TIME"]
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert [line.code for line in stored.lines] == ["BAGLYS-55", "TIME"]
    assert {link.role for link in stored.links} == {"customer", "supplier"}
    assert stored.notes == ()
    assert len((await desk.stored(10054)).lines) == 2


async def test_a_duplicate_of_a_job_without_lines_says_so(desk: Desk) -> None:
    await desk.list.put_cursor("Fejlsøgning 1")
    await desk.press("c")
    assert desk.message == "Copied from 10053, which has no lines."


async def test_leaving_a_duplicate_asks_because_it_is_not_saved(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("c", "escape")
    assert desk.message.startswith("Not saved yet."), "a copy that was asked for is lost by one Escape"


@pytest.mark.parametrize("key", ["l", "f9", "ctrl+l"])
async def test_a_contact_is_linked_from_the_list(desk: Desk, key: str) -> None:
    await desk.list.put_cursor("Fejlsøgning 1")
    await desk.press(key)
    assert desk.picker.options["Role"] == "customer"
    await desk.type("ole hansen")
    await desk.press("enter")
    assert desk.message == "Ole Hansen is linked to job 10053."
    assert desk.list.current.customer == "Ole Hansen"


async def test_n_in_a_list_makes_a_job_of_that_list(desk: Desk) -> None:
    await desk.press("2")
    sheet = await desk.list.new()
    await sheet.type_into("Type", "")
    await desk.press("f4")
    offered = {cells[0] for cells in desk.picker.answers}
    assert "Forespørgsel" in offered
    assert "TV-Service" not in offered


async def test_f5_reads_again_with_the_cursor_on_its_job(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("f5")
    assert desk.list.current.number == 10054
    assert desk.message == "Read again."


WAITING = "Venter på dele", "Venter på leverandør", "Venter på kunde"


async def test_statuses_that_begin_alike_are_told_apart_at_eighty_columns(desk: Desk) -> None:
    for status in WAITING:
        assert desk.shows(f"W {status}"), status


async def test_columns_stay_where_they_are_while_one_scrolls(desk: Desk) -> None:
    heading = desk.lines[2]
    for key in ("pagedown", "pagedown", "end", "home", "down"):
        await desk.press(key)
        assert desk.lines[2] == heading


# -- what a row cuts -------------------------------------------------------------------------------------------

LONG = "Maskinen standser midt i programmet, og lågen kan først åbnes en time senere"


@pytest.mark.usefixtures("cursor_rests_at_once")
async def test_a_subject_that_the_row_cuts_is_told_once_the_cursor_rests(desk: Desk) -> None:
    await desk.list.new()
    await desk.type(LONG)
    await desk.press("f2", "escape", "3")
    await desk.list.filter("lågen")
    await until(desk, lambda: desk.shows(LONG))
    await desk.press("escape", "end")
    await until(desk, lambda: not desk.shows(LONG))


@pytest.mark.usefixtures("cursor_rests_at_once")
async def test_a_subject_that_is_longer_than_the_screen_is_wide_is_told_on_more_lines(open_at: OpenDesk) -> None:
    async with open_at(size=(40, 24)) as desk:
        await desk.list.new()
        await desk.type(LONG)
        await desk.press("f2", "escape", "3")
        await desk.list.filter("lågen")
        await until(desk, lambda: LONG in " ".join(line.strip() for line in desk.lines[-4:-1]))


@pytest.mark.usefixtures("cursor_rests_at_once")
async def test_beside_a_preview_the_line_does_not_repeat_it(open_at: OpenDesk) -> None:
    async with open_at(size=(120, 30)) as desk:
        await desk.list.new()
        await desk.type(LONG)
        await desk.press("f2", "escape", "3")
        await desk.list.filter("lågen")
        await until(desk, lambda: desk.standing.startswith("1 job"))
        assert desk.screen.bottom.told == ""
