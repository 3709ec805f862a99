"""Contacts of a job and their roles; note entries; the tabs."""

from __future__ import annotations

import pytest

from svc_tui.domain.records import LinkRole
from svc_tui.services.people.settings import UserSettings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

JOB = "TV uden billede"


@pytest.mark.parametrize("key", ["f9", "ctrl+l"])
async def test_the_first_customer_linked_becomes_the_headers(desk: Desk, key: str) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await desk.press(key)
    assert desk.picker.options == {"Show": "all", "Role": "customer"}
    await desk.type("gymnas")
    await desk.press("enter")
    assert sheet.text("Customer") == "Fredericia Gymnasium"
    assert sheet.text("Device") == "Epson EB-W06 X8Y1234"
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert stored.customer is not None
    assert [(link.contact, link.role) for link in stored.links] == [("Fredericia Gymnasium", LinkRole.CUSTOMER)]


async def test_the_next_link_begins_as_supplier_and_leaves_the_customer(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Customer", "bente")
    await desk.press("f9")
    assert desk.picker.options["Role"] == "supplier"
    await desk.type("nordisk")
    await desk.press("enter")
    assert sheet.text("Customer") == "Bente Ågård"
    await desk.press("f2")
    assert {(link.contact, link.role) for link in (await desk.stored(10061)).links} == {
        ("Bente Ågård", "customer"),
        ("Nordisk Elektronik A/S", "supplier"),
    }


async def test_the_role_is_chosen_in_the_picker(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("f9")
    await desk.type("ole")
    await desk.press("tab", "tab", "f4")
    assert desk.picker.options["Role"] == "payer"
    await desk.press("enter", "f2")
    assert ("Ole Hansen", "payer") in {(link.contact, link.role) for link in (await desk.stored(10054)).links}


async def test_a_person_found_in_the_customer_field_is_linked_and_shown_beside_the_customer(desk: Desk) -> None:
    for typed, number in (("mette juhl", 10061), ("75123457", 10062)):
        sheet = await desk.list.new()
        await desk.type("Et job")
        await sheet.fill("Customer", typed)
        assert sheet.text("Customer") == "Jensen & Søn ApS"
        assert desk.shows("Jensen & Søn ApS  Mette Juhl 75 12 34 57")
        await desk.press("f2")
        assert desk.shows("Jensen & Søn ApS  Mette Juhl 75 12 34 57")
        links = (await desk.stored(number)).links
        assert [(link.contact, link.person, link.role) for link in links] == [
            ("Jensen & Søn ApS", "Mette Juhl", LinkRole.CUSTOMER)
        ]
        await desk.press("escape")


async def test_another_customer_takes_the_place_of_the_linked_one(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Customer", "mette juhl")
    await desk.press("f2")
    await sheet.fill("Customer", "bente")
    await desk.press("f2")
    links = (await desk.stored(10061)).links
    assert [(link.contact, link.person) for link in links] == [("Bente Ågård", "")]


async def test_a_contact_person_is_linked_with_the_contact(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await desk.press("f9")
    await desk.type("mette juhl")
    await desk.press("down", "enter", "f2")
    stored = await desk.stored(10061)
    assert [(link.contact, link.person) for link in stored.links] == [("Jensen & Søn ApS", "Mette Juhl")]
    assert sheet.text("Customer") == "Jensen & Søn ApS"


async def test_suppliers_only_are_shown_when_asked_for(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("f9", "tab", "f4", "f4")
    assert desk.picker.options["Show"] == "suppliers"
    names = {cells[0] for cells in desk.picker.answers if cells[1]}
    assert names == {"Nordisk Elektronik A/S", "Hvidevarelageret"}


async def test_an_emptied_option_of_the_picker_stands_where_it_began(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.press("f9", "tab", "end", "ctrl+u", "shift+tab")
    assert desk.picker.options["Show"] == ""
    await desk.type("ole")
    await desk.press("enter")
    assert sheet.text("Customer") == "Ole Hansen"


async def test_a_contact_is_created_in_the_picker_and_chosen(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.go_to("Customer")
    await desk.press("f4")
    await desk.type("Karla Friis")
    assert "Karla Friis" in desk.picker.current[0]
    await desk.press("enter")
    assert desk.dialog.text("Name") == "Karla Friis"
    await desk.dialog.fill("Phone", "12 34 56 78")
    await desk.press("f2")
    assert sheet.text("Customer") == "Karla Friis"
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert stored.customer is not None
    assert (stored.customer.name, stored.customer.phone) == ("Karla Friis", "12 34 56 78")


@pytest.mark.parametrize(
    ("typed", "label"), [("98 76 54 32", "Phone"), ("karla@friis.dk", "E-mail"), ("Karla", "Name")]
)
async def test_what_was_searched_for_goes_into_the_field_it_fits(desk: Desk, typed: str, label: str) -> None:
    await desk.list.open(JOB)
    await desk.press("f9")
    await desk.type(typed)
    await desk.press("end", "pagedown", "enter")
    assert desk.dialog.text(label) == typed


async def test_a_contact_without_a_name_is_refused_and_nothing_is_lost(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("f9")
    await desk.type("98 76 54 32")
    await desk.press("enter", "f2")
    assert desk.dialog.at == "Name"
    assert desk.dialog.is_marked("Name")
    assert "name" in desk.message
    assert desk.dialog.text("Phone") == "98 76 54 32"


async def test_escape_in_the_picker_changes_nothing(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await desk.press("f9")
    await desk.type("ole")
    await desk.press("escape")
    assert not sheet.screen.is_changed


async def test_a_link_is_taken_away_and_the_customer_with_it(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("contacts")
    await sheet.go_to_table()
    await desk.press("end")
    assert [link.role for link in sheet.links][-1] == "customer"
    await desk.press("delete")
    assert sheet.text("Customer") == ""
    await desk.press("f2")
    stored = await desk.stored(10054)
    assert stored.customer is None
    assert [link.role for link in stored.links] == ["supplier"]


async def test_another_customer_in_the_header_replaces_the_link_of_the_first(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Customer", "ole hansen")
    await desk.press("f2")
    stored = await desk.stored(10054)
    assert {(link.contact, link.role) for link in stored.links} == {
        ("Nordisk Elektronik A/S", "supplier"),
        ("Ole Hansen", "customer"),
    }
    assert {(link.contact, link.role) for link in sheet.links} == {(link.contact, link.role) for link in stored.links}


async def test_the_customer_emptied_in_the_header_is_no_longer_linked_as_customer(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Customer", "")
    await desk.press("f2")
    stored = await desk.stored(10054)
    assert stored.customer is None
    assert [link.role for link in stored.links] == ["supplier"]


# -- notes -----------------------------------------------------------------------------------------------------


async def test_a_note_entry_is_added_on_top_with_a_stamp(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_note()
    await desk.type("Kunden ringede.")
    await desk.press("enter")
    await desk.type("Vil have den fredag.")
    await desk.press("f2")
    notes = (await desk.stored(10054)).notes
    assert notes[0].text == "Kunden ringede.\nVil have den fredag."
    assert len(notes) == 2
    assert desk.shows("24/11 10:00 AH: Kunden ringede.")
    assert sheet.screen.note.box.text == ""


async def test_without_the_stamp_setting_an_entry_is_just_its_text(open_at: OpenDesk) -> None:
    async with open_at(settings=UserSettings(note_stamp=False)) as desk:
        sheet = await desk.list.open(JOB)
        await sheet.go_to_note()
        await desk.type("Kunden ringede.")
        await desk.press("f2")
        assert not (await desk.stored(10054)).notes[0].stamped
        assert desk.shows("Kunden ringede.")
        assert not desk.shows("AH: Kunden ringede.")


async def test_a_letter_in_the_note_is_a_letter_and_no_command(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_note()
    await desk.type("ndclps?/123")
    assert sheet.screen.note.box.text == "ndclps?/123"


async def test_a_note_is_pasted_with_its_lines(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_note()
    await desk.paste("en\r\nto\nsidste\x1b[31m")
    assert sheet.screen.note.box.text == "en\nto\nsidste"


# -- tabs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["f8", "ctrl+t"])
async def test_the_tabs_go_round(desk: Desk, key: str) -> None:
    sheet = await desk.list.open(JOB)
    seen: list[str] = []
    for _step in range(6):
        seen.append(sheet.tab)
        await desk.press(key)
    assert seen == ["note", "contacts", "product", "history", "misc", "note"]


async def test_digits_open_tabs_when_the_strip_has_the_focus(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to_strip()
    await desk.press("4")
    assert sheet.tab == "history"
    await desk.press("shift+tab", "right")
    assert sheet.tab == "misc"
    await desk.press("left")
    assert sheet.tab == "history"


async def test_the_history_tells_who_changed_what(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Responsible", "bent")
    await desk.press("f2")
    await sheet.open_tab("history")
    assert desk.shows("24/11 10:00    AH    Responsible: Søren Østergaard → Bent Krogh")


async def test_the_history_is_that_of_the_job_shown(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("history")
    assert desk.shows("Registered: TV uden billede")
    await desk.press("escape")
    sheet = await desk.list.open("Vaskemaskine")
    await sheet.open_tab("history")
    assert desk.shows("Registered: Vaskemaskine")
    assert not desk.shows("TV uden billede")


async def test_own_fields_and_the_task_list_are_kept(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("misc")
    await sheet.fill("Own field 1", "Hylde 4")
    await sheet.fill("In task list", "yes")
    await desk.press("f2")
    values = (await desk.stored(10054)).values
    assert (values["user_field1"], values["in_task_list"]) == ("Hylde 4", True)


async def test_a_note_that_is_left_in_a_list_comes_back_for_its_job_wherever_the_cursor_is(desk: Desk) -> None:
    row = desk.list.current
    await desk.press("m")
    await desk.type("Ring først")
    await desk.press("escape")
    assert desk.message == "The note is discarded. r brings it back."
    await desk.press("3", "down", "down")
    assert desk.list.current.number != row.number
    await desk.press("r")
    assert desk.shows(f"Note to {row.number}: Ring først")
    await desk.type(" til hende")
    await desk.press("enter")
    assert desk.message == f"Noted on job {row.number}."
    assert [note.text for note in (await desk.stored(row.number)).notes][:1] == ["Ring først til hende"]
    await desk.press("r")
    assert desk.message.startswith("Nothing was discarded")


async def test_a_note_to_selected_jobs_comes_back_for_them(desk: Desk) -> None:
    numbers = [row.number for row in desk.list.rows[:2]]
    await desk.press("space", "space", "m")
    await desk.type("Bestilt")
    await desk.press("f3", "escape", "r")
    assert desk.shows("Note to 2 jobs: Bestilt")
    await desk.press("enter")
    for number in numbers:
        assert (await desk.stored(number)).notes[0].text == "Bestilt"


async def test_a_note_in_which_nothing_was_written_is_not_kept(desk: Desk) -> None:
    await desk.press("m", "escape", "r")
    assert desk.message.startswith("Nothing was discarded")
