"""Saving a sheet: once or not at all, refused with the field named, and with somebody else in the same job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.records import LinkRole, Stage
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.widgets import bottom_line
from tests.ui.desk import Desk
from tests.ui.shop import read_job, sign_in

JOB = "TV uden billede"
NUMBER = 10054


async def test_the_message_says_the_number(desk: Desk) -> None:
    await desk.list.new()
    await desk.type("Et job")
    await desk.press("f2")
    assert desk.message.startswith("Job 10061 is saved.")
    assert desk.title.startswith("Job 10061")


@pytest.mark.parametrize("key", ["f2", "ctrl+s"])
async def test_saving_twice_makes_one_job(desk: Desk, key: str) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await desk.burst(key, key, key)
    assert sheet.number == 10061
    await desk.press("escape")
    assert not desk.message.startswith("Not saved")
    with pytest.raises(AssertionError):
        await desk.stored(10062)


async def test_every_field_of_the_header_is_saved(desk: Desk) -> None:
    sheet = await desk.list.new()
    typed = {
        "Subject": "TV flimrer", "Start": "fr 930", "Type": "tv", "Status": "venter dele", "Responsible": "sø",
        "Customer": "bente", "End": "fr 12", "Promised": "30/11 16", "Priority": "høj", "Project": "P-7",
    }  # fmt: skip
    for label, text in typed.items():
        await sheet.fill(label, text)
    shown = {field.label: field.text for field in sheet.form.fields}
    await desk.press("f2", "escape")
    await desk.list.open("TV flimrer")
    assert {field.label: field.text for field in desk.sheet.form.fields} == shown
    assert shown["Device"] == "Miele W1 WEA035 M7788-99"
    assert shown["Priority"] == "Høj"


async def test_an_empty_job_is_refused_with_the_cursor_in_the_subject(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Status")
    await desk.press("f2")
    assert sheet.at == "Subject"
    assert sheet.is_marked("Subject")
    assert "empty" in desk.message


@pytest.mark.parametrize(
    ("kind", "label"),
    [("Installation", "Responsible"), ("Garantireparation", "Customer"), ("Reklamation", "Responsible")],
)
async def test_what_the_type_needs_is_asked_for_and_nothing_is_lost(desk: Desk, kind: str, label: str) -> None:
    await desk.press("3")
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Type", kind)
    await desk.press("f2")
    assert sheet.at == label
    assert sheet.is_marked(label)
    assert kind in desk.message
    assert label.lower() in desk.message
    assert sheet.text("Subject") == "Et job"
    await desk.type("sø" if label == "Responsible" else "bente")
    if kind == "Reklamation":
        await sheet.fill("Customer", "bente")
    await desk.press("f2")
    assert "10061" in desk.message


async def test_an_end_before_the_start_is_refused_at_the_end(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("End", "1/11 9")
    await desk.press("f2")
    assert sheet.at == "End"
    assert sheet.is_marked("End")
    await sheet.fill("End", "")
    await desk.press("f2")
    assert (await desk.stored(10061)).values["end_at"] is None


async def test_a_job_without_a_type_of_the_list_says_where_it_is_shown(desk: Desk) -> None:
    await desk.list.new()
    await desk.type("Et job")
    await desk.press("f2")
    assert "All jobs (3)" in desk.message
    await desk.press("escape", "3")
    assert desk.list.row("Et job").number == 10061


# -- leaving ---------------------------------------------------------------------------------------------------


async def test_escape_without_changes_just_leaves(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("escape")
    assert desk.list.current.number == NUMBER


@pytest.mark.parametrize("key", ["escape", "f3"])
async def test_leaving_with_changes_asks(desk: Desk, key: str) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    await desk.press(key)
    assert desk.message.startswith("Not saved yet.")
    await desk.press("escape")
    assert desk.sheet.text("Subject") == sheet.text("Subject")
    assert sheet.text("Subject").endswith("!")


async def test_s_saves_and_closes(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("escape", "s")
    assert desk.list.current.subject.endswith("!")
    assert (await desk.stored(NUMBER)).values["subject"] == "TV uden billede, lyd er der!"


async def test_d_discards_and_closes(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("escape", "d")
    assert desk.list.current.number == NUMBER
    assert (await desk.stored(NUMBER)).values["subject"] == "TV uden billede, lyd er der"


async def test_d_typed_before_the_question_was_painted_does_not_discard(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bottom_line, "FIRST_REPEAT", 0.0)  # the second d comes later than a held one would
    monkeypatch.setattr(bottom_line, "REPEAT", 0.0)
    sheet = await desk.list.open(JOB)
    await desk.burst("!", "escape", "d")
    assert desk.message.startswith("Not saved yet.")
    assert sheet.text("Subject").endswith("!")
    await desk.press("d")
    assert desk.message == "The changes are discarded. r brings them back."


@pytest.mark.parametrize("key", ["alt+d", "alt+k", "alt+s", "alt+y"])
async def test_alt_and_a_letter_neither_closes_nor_discards(desk: Desk, key: str) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    await desk.press(key)
    assert sheet.text("Subject").endswith("!")
    await desk.press("escape", key)
    assert desk.message.startswith("Not saved yet.")


async def test_what_was_discarded_comes_back_by_one_key_and_is_saved(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    await sheet.fill("Priority", "høj")
    await sheet.fill("Part", "3x hdmi")
    await sheet.go_to_note()
    await desk.type("Ringet til kunden")
    await sheet.fill("Project", "Hus 7")
    await desk.press("escape", "d")
    assert desk.message == "The changes are discarded. r brings them back."
    await desk.press("G", "r")
    sheet = desk.sheet
    assert sheet.text("Subject").endswith("!")
    assert sheet.text("Project") == "Hus 7"
    assert sheet.screen.note.box.text == "Ringet til kunden"
    lines = len(sheet.lines)
    await desk.press("f2")
    stored = await desk.stored(NUMBER)
    assert stored.values["subject"] == "TV uden billede, lyd er der!"
    assert stored.values["project"] == "Hus 7"
    assert len(stored.lines) == lines > 0
    assert any("Ringet til kunden" in note.text for note in stored.notes)


async def test_a_discarded_new_job_comes_back_too(desk: Desk) -> None:
    await desk.burst("n", *"Et nyt job", "tab", *"qq", "tab", *"tv", "tab")
    await desk.press("escape", "d", "r")
    assert desk.sheet.text("Subject") == "Et nyt job"
    assert desk.sheet.text("Start") == "qq"
    assert desk.sheet.is_marked("Start")


async def test_what_others_save_before_the_discarded_is_back_is_merged(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("escape", "d")
    await desk.press("d")
    await desk.press("+")  # its part was used
    meanwhile = await desk.stored(NUMBER)
    assert meanwhile.stage == Stage.DONE
    await desk.press("r", "f2")
    stored = await desk.stored(NUMBER)
    assert stored.values["subject"] == sheet.text("Subject") == "TV uden billede, lyd er der!"
    assert stored.values["status"] == meanwhile.values["status"]
    assert stored.lines == meanwhile.lines


async def test_nothing_discarded_is_told(desk: Desk) -> None:
    await desk.press("r")
    assert desk.message == "Nothing was discarded since the program was started."


async def test_s_that_is_refused_stays_in_the_sheet(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Status", "qqq")
    await desk.press("escape", "s")
    assert desk.sheet.at == "Status"
    assert sheet.text("Status") == "qqq"


async def test_other_keys_do_not_answer_the_question(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("escape", "x", "enter", "tab")
    assert desk.message.startswith("Not saved yet.")


@pytest.mark.parametrize("what", ["note", "part", "link"])
async def test_leaving_asks_about_notes_parts_and_links_too(desk: Desk, what: str) -> None:
    sheet = await desk.list.open(JOB)
    if what == "note":
        await sheet.go_to_note()
        await desk.type("Hej")
    elif what == "part":
        await sheet.type_into("Part", "hdmi")
    else:
        await desk.press("f9")
        await desk.type("ole")
        await desk.press("enter")
    await desk.press("escape")
    assert desk.message.startswith("Not saved yet.")


async def test_quitting_with_changes_asks_first(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("ctrl+q")
    assert not desk.is_over
    assert desk.message.startswith("Not saved yet.")
    await desk.press("escape")
    assert not desk.is_over


async def test_quitting_without_changes_quits(desk: Desk) -> None:
    await desk.send("ctrl+q")
    await desk.app.keys_done()
    assert desk.is_over


async def test_quitting_under_a_picker_does_not_lose_the_sheet(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("f9")
    await desk.send("ctrl+q")
    await desk.app.keys_done()
    assert not desk.is_over, "the sheet under the picker has changes that are not saved"


# -- save and new ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["f6", "ctrl+n"])
async def test_f6_saves_and_begins_anew(desk: Desk, key: str) -> None:
    sheet = await desk.list.new()
    await desk.type("Første")
    await sheet.fill("Type", "tv")
    await desk.press(key)
    assert "10061" in desk.message
    assert sheet.number is None
    assert sheet.at == "Subject"
    assert sheet.text("Subject") == ""
    assert sheet.lines == []
    await desk.type("Anden")
    await sheet.fill("Type", "tv")
    await desk.press("f2", "escape")
    assert desk.list.current.subject == "Anden"
    assert desk.list.row("Første").number == 10061


async def test_f6_that_is_refused_keeps_the_sheet(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Første")
    await sheet.fill("Status", "qqq")
    await desk.press("f6")
    assert sheet.text("Subject") == "Første"
    assert sheet.at == "Status"


async def test_after_save_and_new_the_list_has_the_saved_job_under_the_cursor(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Første")
    await sheet.fill("Type", "tv")
    await desk.press("f6", "escape")
    assert desk.list.current.subject == "Første"


async def test_the_cursor_returns_to_the_saved_job(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Om en måned")
    await sheet.fill("Start", "1/9 9")
    await sheet.fill("Type", "tv")
    await desk.press("f2", "escape")
    assert desk.list.current.subject == "Om en måned"
    assert desk.shows("Om en måned")


async def test_a_saved_job_is_found_by_words_at_once(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Kaffemaskine drypper")
    await sheet.fill("Type", "hvid")
    await desk.press("f2", "escape")
    await desk.list.filter("kaffe")
    assert [row.subject for row in desk.list.rows] == ["Kaffemaskine drypper"]


# -- somebody else ---------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(database: Path) -> Iterator[Session]:
    """Bent Krogh, at another terminal."""
    store = open_database(str(database))
    yield sign_in(store, "BK")
    store.close()


def _change(session: Session, **changes: str) -> None:
    base = read_job(session, NUMBER)
    values = base.values | dict(changes)
    activities.save(session, SheetEdit(base=base, values=values, links=base.links, lines=base.lines))


async def test_different_fields_are_both_kept_and_it_is_said(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Responsible", "bent")
    _change(colleague, project="P-9")
    await desk.press("f2")
    assert "Job 10054 is saved." in desk.message
    assert "Somebody else changed meanwhile, and it was kept: Project." in desk.message
    assert sheet.text("Project") == "P-9"
    stored = await desk.stored(NUMBER)
    assert stored.values["project"] == "P-9"
    assert stored.values["responsible"] == next(e.id for e in desk.session.registers.employees if e.initials == "BK")


async def test_the_same_field_is_refused_and_everything_typed_is_kept(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Subject", "Mit emne")
    _change(colleague, subject="Deres emne")
    await sheet.fill("Project", "Mit projekt")
    await sheet.go_to_note()
    await desk.type("Min note")
    await desk.press("f2")
    assert desk.message.startswith("Subject: Somebody else changed")
    assert "Nothing was saved" in desk.message
    assert sheet.text("Subject") == "Mit emne"
    assert sheet.text("Project") == "Mit projekt"
    assert sheet.screen.note.box.text == "Min note"
    stored = await desk.stored(NUMBER)
    assert stored.values["subject"] == "Deres emne"
    assert stored.values["project"] == ""
    assert len(stored.notes) == 1


async def test_the_conflict_names_its_field(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Subject", "Mit emne")
    _change(colleague, subject="Deres emne")
    await desk.press("f2")
    assert desk.message.startswith("Subject: Somebody else changed")


async def test_both_wanting_the_same_is_no_conflict(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Subject", "Samme emne")
    _change(colleague, subject="Samme emne")
    await desk.press("f2")
    assert desk.message.startswith("Job 10054 is saved.")


async def test_notes_of_both_are_kept(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    at_once(colleague, [(await desk.stored(NUMBER)).id or 0], Edit("note", "Deres note"))
    await sheet.go_to_note()
    await desk.type("Min note")
    await desk.press("f2")
    assert {"Deres note", "Min note"} <= {note.text for note in (await desk.stored(NUMBER)).notes}


async def test_lines_of_both_are_kept(desk: Desk, colleague: Session) -> None:
    from svc_tui.services.jobs import lines

    sheet = await desk.list.open(JOB)
    base = read_job(colleague, NUMBER)
    theirs = (*base.lines, lines.free_line("Deres linje", -1, 9))
    activities.save(colleague, SheetEdit(base=base, values=base.values, links=base.links, lines=theirs))
    await sheet.type_into("Part", "hdmi-5m")
    await desk.press("enter", "f2")
    texts = [line.text for line in (await desk.stored(NUMBER)).lines]
    assert "Deres linje" in texts
    assert "HDMI-kabel 5 m" in texts
    assert "Deres linje" in [line.text for line in sheet.lines]


async def test_links_of_both_are_kept(desk: Desk, colleague: Session) -> None:
    from svc_tui.services.jobs import links
    from svc_tui.services.people import contacts

    await desk.list.open(JOB)
    job = read_job(colleague, NUMBER)
    other = contacts.search(colleague, "hvidevarelageret")[0]
    links.add(colleague, job.id or 0, other.id, None, LinkRole.PAYER)
    await desk.press("f9")
    await desk.type("ole")
    await desk.press("enter", "f2")
    names = {link.contact for link in (await desk.stored(NUMBER)).links}
    assert {"Hvidevarelageret", "Ole Hansen", "Nordisk Elektronik A/S"} <= names


async def test_f5_reads_again(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    _change(colleague, subject="Deres emne")
    await desk.press("f5")
    assert sheet.text("Subject") == "Deres emne"


async def test_f5_with_changes_asks_before_losing_them(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    _change(colleague, project="P-9")
    await desk.type("!")
    await desk.press("f5", "escape")
    assert sheet.text("Subject").endswith("!")
    await desk.press("f5", "y")
    assert not sheet.text("Subject").endswith("!")
    assert sheet.text("Project") == "P-9"


async def test_done_from_the_sheet_saves_the_rest_with_it(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("f10")
    await desk.type("done")
    await desk.press("enter")
    await desk.press("+")  # its part was used
    stored = await desk.stored(NUMBER)
    assert stored.values["subject"] == "TV uden billede, lyd er der!"
    assert stored.done_at is not None
    assert sheet.text("Status") == "Udført"


async def test_saved_and_closed_is_told_in_the_list_and_never_in_the_next_job(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("escape", "s")
    assert desk.message == f"Job {NUMBER} is saved."
    assert desk.list.current.number == NUMBER
    await desk.press("down", "enter")
    assert desk.message == ""
    await desk.type("?")
    await desk.press("f2", "escape")
    assert desk.message == ""
    await desk.press("n")
    assert desk.message == ""
