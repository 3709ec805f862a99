"""The header of the sheet: every kind of field, what follows from a value, and what cannot be understood."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.services.people.settings import UserSettings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


async def test_new_begins_in_the_subject_with_now_and_the_ready_status(desk: Desk) -> None:
    sheet = await desk.list.new()
    assert sheet.at == "Subject"
    assert sheet.text("Start") == "24/11 10:00"
    assert sheet.text("End") == "24/11 11:00"
    assert sheet.text("Status") == "Ubehandlet"
    assert sheet.text("Priority") == "Normal"
    assert sheet.tab == "product"


@pytest.mark.parametrize("key", ["tab", "enter"])
async def test_tab_and_enter_go_through_the_quick_path_in_its_order(desk: Desk, key: str) -> None:
    sheet = await desk.list.new()
    path: list[str] = []
    for _step in range(8):
        path.append(sheet.at)
        await desk.press(key)
    assert path == ["Subject", "Start", "Type", "Status", "Responsible", "Customer", "Device", "Part"]


async def test_after_the_quick_path_come_the_rest_and_the_tabs(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Part")
    path: list[str] = []
    for _step in range(7):
        await desk.press("tab")
        path.append(sheet.at)
    assert path == ["Fault told", "Found", "End", "Promised", "Priority", "Project", ""]


async def test_the_fault_is_one_tab_from_the_part_whatever_tab_is_open(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.open_tab("note")
    await sheet.go_to("Device")
    await desk.press("tab", "tab")
    assert (sheet.tab, sheet.at) == ("product", "Fault told")
    await desk.press("shift+tab")
    assert sheet.at == "Part"


async def test_shift_tab_goes_back(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.press("tab", "tab", "shift+tab")
    assert sheet.at == "Start"


async def test_enter_never_saves_a_half_filled_form(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Noget")
    for _step in range(14):
        await desk.press("enter")
    assert sheet.number is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("fr 930", "27/11 09:30"), ("2411", "24/11 09:00"), ("930", "24/11 09:30"), ("+3", "27/11 09:00"),
        ("t 14", "24/11 14:00"), ("uge 48", "23/11 09:00"), ("24.12.26 8", "24/12 08:00"),
    ],
)  # fmt: skip
async def test_start_takes_date_and_time_in_one_field(desk: Desk, typed: str, shown: str) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Start", typed)
    assert sheet.text("Start") == shown


async def test_the_end_follows_the_start_until_it_is_set_by_hand(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Start", "fr 930")
    assert sheet.text("End") == "27/11 10:30"
    await sheet.fill("End", "fr 12")
    await sheet.fill("Start", "fr 8")
    assert sheet.text("End") == "27/11 12:00"


async def test_the_end_follows_the_duration_of_the_type(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Type", "hvid")
    assert sheet.text("Type") == "Hvidevareservice"
    assert sheet.text("End") == "24/11 11:30"


async def test_a_choice_shows_what_tab_would_take_and_takes_it(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.type_into("Status", "venter")
    assert desk.shows("venter  → Venter på dele")
    await desk.press("tab")
    assert sheet.text("Status") == "Venter på dele"


@pytest.mark.parametrize("typed", ["sø", "SØ", "søren", "soeren oest", "østergaard"])
async def test_a_person_is_found_by_initials_and_any_part_of_the_name(desk: Desk, typed: str) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Responsible", typed)
    assert sheet.text("Responsible") == "Søren Østergaard"


@pytest.mark.parametrize(
    "typed", ["jensen", "10001", "75123456", "75 12 34", "post@jensenson", "mette juhl", "0B3X4711"]
)
async def test_a_customer_is_found_by_whatever_he_says_of_himself(desk: Desk, typed: str) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", typed)
    assert sheet.text("Customer") == "Jensen & Søn ApS"


async def test_an_emptied_choice_is_empty(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.fill("Responsible", "")
    assert sheet.text("Responsible") == ""
    await desk.press("f2")
    assert (await desk.stored(10054)).values["responsible"] is None


async def test_typing_in_a_filled_choice_replaces_it(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.go_to("Responsible")
    await desk.type("bent")
    await desk.press("tab")
    assert sheet.text("Responsible") == "Bent Krogh"


async def test_passing_a_field_with_tab_leaves_it_as_it_was(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    before = [field.text for field in sheet.form.fields]
    for _step in range(13):
        await desk.press("tab")
    assert [field.text for field in sheet.form.fields] == before
    assert not sheet.screen.is_changed


async def test_down_opens_the_value_list_and_enter_takes_a_value(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Status")
    await desk.press("down")
    assert [cells[0] for cells in desk.picker.answers][:3] == ["Ubehandlet", "I arbejde", "Venter på dele"]
    await desk.press("down", "down", "enter")
    assert sheet.text("Status") == "Venter på dele"
    assert sheet.at == "Responsible"


async def test_the_value_list_begins_with_what_was_typed(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.type_into("Status", "vent")
    await desk.press("f4")
    assert {cells[0].split()[0] for cells in desk.picker.answers} == {"Venter"}
    await desk.press("escape")
    assert sheet.text("Status") == "vent"


@pytest.mark.parametrize("key", ["f4", "ctrl+o"])
async def test_f4_in_customer_opens_the_contact_picker(desk: Desk, key: str) -> None:
    sheet = await desk.list.new()
    await sheet.type_into("Customer", "hans")
    await desk.press(key)
    assert {cells[0] for cells in desk.picker.answers} >= {"Ole Hansen", "Jens Peter Hansen"}
    await desk.press("enter")
    assert sheet.text("Customer") in {"Ole Hansen", "Jens Peter Hansen"}
    assert sheet.at == "Device"


# -- defaults of the type --------------------------------------------------------------------------------------


async def test_defaults_of_the_type_fill_what_was_not_touched(desk: Desk) -> None:
    kind = desk.session.registers.types[0]
    waiting = next(entry for entry in desk.session.registers.statuses if entry.name == "Venter på dele")
    person = next(entry for entry in desk.session.registers.employees if entry.initials == "BK")
    changed = kind._replace(default_status=waiting.id, default_responsible=person.id)
    _replace_type(desk, changed)
    sheet = await desk.list.new()
    await sheet.fill("Type", kind.name)
    assert sheet.text("Status") == "Venter på dele"
    assert sheet.text("Responsible") == "Bent Krogh"


async def test_defaults_of_the_type_leave_what_was_typed(desk: Desk) -> None:
    kind = desk.session.registers.types[0]
    waiting = next(entry for entry in desk.session.registers.statuses if entry.name == "Venter på dele")
    person = next(entry for entry in desk.session.registers.employees if entry.initials == "BK")
    _replace_type(desk, kind._replace(default_status=waiting.id, default_responsible=person.id))
    sheet = await desk.list.new()
    await sheet.fill("Responsible", "sø")
    await sheet.fill("Status", "i arb")
    await sheet.fill("Type", kind.name)
    assert sheet.text("Status") == "I arbejde"
    assert sheet.text("Responsible") == "Søren Østergaard"


async def test_changing_the_type_of_a_stored_job_keeps_its_status_and_responsible(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.fill("Type", "PC-Service")
    assert sheet.text("Type") == "PC-Service"
    assert sheet.text("Status") == "Venter på dele"
    assert sheet.text("Responsible") == "Søren Østergaard"
    assert sheet.text("End") == "21/11 10:30"


async def test_correcting_the_start_of_a_stored_job_keeps_its_length(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.fill("End", "21/11 12:30")
    await desk.press("f2")
    await sheet.fill("Start", "21/11 8")
    assert sheet.text("End") == "21/11 11:00"


async def test_the_users_own_defaults_come_before_those_of_the_type(open_at: OpenDesk) -> None:
    settings = UserSettings(default_type=1, default_responsible=2, default_status=3, default_priority=4)
    async with open_at(settings=settings) as desk:
        sheet = await desk.list.new()
        assert sheet.text("Type") == "TV-Service"
        assert sheet.text("Responsible") == "Bent Krogh"
        assert sheet.text("Status") == "Venter på dele"
        assert sheet.text("Priority") == "Haster"


async def test_the_default_type_of_another_list_is_not_taken(open_at: OpenDesk) -> None:
    async with open_at(settings=UserSettings(default_type=1)) as desk:
        await desk.press("2")
        sheet = await desk.list.new()
        assert sheet.text("Type") == ""


def _replace_type(desk: Desk, changed: object) -> None:

    from svc_tui.domain.records import TypeRecord

    assert isinstance(changed, TypeRecord)
    registers = desk.session.registers
    types = tuple(changed if entry.id == changed.id else entry for entry in registers.types)
    desk.session.registers = registers._replace(types=types)


# -- customer and device ---------------------------------------------------------------------------------------


async def test_a_customer_with_one_device_brings_it(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", "bente")
    assert sheet.text("Device") == "Miele W1 WEA035 M7788-99"


async def test_a_customer_with_two_devices_leaves_the_choice(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", "jensen")
    assert sheet.text("Device") == ""
    await sheet.fill("Device", "lg")
    assert sheet.text("Device") == "LG OLED65C1 904RTX22"


async def test_a_device_that_was_typed_is_not_replaced_by_the_customers(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Device", "Bosch WAT28 S99-1234")
    await sheet.fill("Customer", "bente")
    assert sheet.text("Device") == "Bosch WAT28 S99-1234"


@pytest.mark.parametrize("serial", ["M7788-99", "m778899", "M7788"])
async def test_a_known_serial_number_fills_device_and_customer(desk: Desk, serial: str) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Device", serial)
    assert sheet.text("Device") == "Miele W1 WEA035 M7788-99"
    assert sheet.text("Customer") == "Bente Ågård"


async def test_another_customer_takes_a_foreign_device_away(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", "bente")
    await sheet.fill("Customer", "gymnasium")
    assert sheet.text("Device") == "Epson EB-W06 X8Y1234"


async def test_the_device_registered_with_a_job_goes_along_to_the_right_customer(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Forkert kunde")
    await sheet.fill("Customer", "ole hansen")
    await sheet.fill("Device", "Bosch WAT28 sn 99-1")
    await desk.press("f2")
    await sheet.fill("Customer", "bente")
    assert desk.message == "The device goes along to Bente Ågård."
    assert sheet.text("Device") == "Bosch WAT28 99-1"
    await desk.press("f2")
    assert desk.message.startswith("Job 10061 is saved. The device went along: Bosch WAT28 99-1.")
    stored = await desk.stored(10061)
    assert stored.device is not None
    assert stored.customer is not None
    assert (stored.device.serial, stored.device.owner_id) == ("99-1", stored.customer.id)


async def test_a_device_of_somebody_else_is_taken_off_and_no_other_is_put_in_its_place(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Forkert kunde")
    await sheet.fill("Customer", "bente")
    await desk.press("f2")
    await sheet.fill("Customer", "gymnasium")
    assert sheet.text("Device") == ""
    assert desk.message == "Taken off, for it belongs to Bente Ågård: Miele W1 WEA035 M7788-99"


async def test_a_new_device_is_registered_with_the_save(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Ny vaskemaskine")
    await sheet.fill("Customer", "ole hansen")
    await sheet.fill("Device", "Bosch WAT 28 S99-1234")
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert stored.device is not None
    assert (stored.device.brand, stored.device.model, stored.device.serial) == ("Bosch", "WAT 28", "S99-1234")
    assert stored.customer is not None
    assert stored.device.owner_id == stored.customer.id


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        ("Samsung Galaxy S21", "new: Samsung | Galaxy S21 | no serial", ("Samsung", "Galaxy S21", "")),
        ("Samsung QE55 0F3A22", "new: Samsung | QE55 | 0F3A22", ("Samsung", "QE55", "0F3A22")),
        ("Fladskærm", "new: Fladskærm | no model | no serial", ("Fladskærm", "", "")),
    ],
)
async def test_the_field_shows_what_it_will_make_and_f2_saves_it(
    desk: Desk, typed: str, told: str, kept: tuple[str, str, str]
) -> None:
    sheet = await desk.list.new()
    await desk.type("Noget")
    await sheet.fill("Customer", "jensen")
    await sheet.go_to("Device")
    for letter in typed:
        await desk.press(letter)
    assert desk.shows(told)
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert stored.device is not None
    assert (stored.device.brand, stored.device.model, stored.device.serial) == kept
    assert desk.message.startswith("Job 10061 is saved.")


async def test_leaving_the_field_says_what_was_made_of_it_and_keeps_what_is_typed_ahead(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Device")
    await desk.burst(*"Bosch opvasker", "tab", *"hdmi")
    assert sheet.text("Device") == "Bosch opvasker"
    assert sheet.text("Part") == "hdmi"
    assert not sheet.is_marked("Device")
    await sheet.fill("Device", "Dell Latitude 5420")
    assert desk.message == "new: Dell | Latitude 5420 | no serial"


async def test_two_of_one_model_are_two_devices(desk: Desk) -> None:
    for number in (10061, 10062):
        sheet = await desk.list.new()
        await desk.type("Noget")
        await sheet.fill("Device", "Samsung Galaxy S21")
        await sheet.fill("Customer", "ole hansen")
        await desk.press("f2", "escape")
        stored = await desk.stored(number)
        assert stored.device is not None
        assert stored.device.model == "Galaxy S21"
    first, second = await desk.stored(10061), await desk.stored(10062)
    assert first.device is not None
    assert second.device is not None
    assert first.device.id != second.device.id


async def test_a_plus_asks_for_a_new_one_where_the_customer_has_such_a_device(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", "bente")
    await sheet.type_into("Device", "miele")
    assert not desk.shows("new:")
    await sheet.type_into("Device", "+Miele W1 WEA035")
    await desk.press("tab")
    assert desk.message == "new: Miele | W1 WEA035 | no serial"


async def test_the_picker_asks_apart_what_brand_model_and_serial_number_are(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Noget")
    await sheet.type_into("Device", "Bosch Opvasker SMV-1")
    await desk.press("f4", "end", "enter")
    dialog = desk.dialog
    assert [dialog.text(label) for label in ("Brand", "Model", "Serial number")] == ["Bosch", "Opvasker SMV-1", ""]
    await dialog.fill("Model", "Opvasker")
    await dialog.fill("Serial number", "SMV-1")
    await desk.press("f2")
    assert sheet.text("Device") == "Bosch Opvasker SMV-1"
    await desk.press("f2")
    stored = await desk.stored(10061)
    assert stored.device is not None
    assert (stored.device.model, stored.device.serial) == ("Opvasker", "SMV-1")


async def test_a_device_of_which_nothing_is_known_is_refused_with_a_reason(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Noget")
    await sheet.fill("Device", ".,")
    assert sheet.text("Device") == ".,"
    assert sheet.is_marked("Device")


async def test_an_address_that_nobody_has_is_not_taken_for_one_that_begins_so(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Customer", "jens@jensen.dk")
    assert sheet.is_marked("Customer")


# -- what cannot be understood ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "typed"),
    [("Type", "findes ikke"), ("Status", "qqq"), ("Responsible", "ingen her"), ("Customer", "zzz"),
     ("Start", "i overlever"), ("End", "99:99"), ("Promised", "snart"), ("Priority", "meget")],
)  # fmt: skip
async def test_an_unknown_value_is_kept_marked_and_refused_at_save(desk: Desk, label: str, typed: str) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Project", "Et projekt")
    await sheet.fill(label, typed)
    assert sheet.text(label) == typed
    assert sheet.is_marked(label)
    assert desk.shows(
        f"{label}{'!':>{12 - len(label) if label not in ('End', 'Promised', 'Priority') else 10 - len(label)}}"
    )
    await desk.press("f2")
    assert sheet.at == label
    assert typed in desk.message
    assert sheet.number is None
    assert sheet.text("Subject") == "Et job"
    assert sheet.text("Project") == "Et projekt"
    assert sheet.text(label) == typed


@pytest.mark.parametrize("label", ["Status", "Customer", "Start"])
async def test_an_unknown_value_that_was_not_left_is_refused_at_save_too(desk: Desk, label: str) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.type_into(label, "zzz")
    await desk.press("f2")
    assert sheet.number is None
    assert sheet.is_marked(label)
    assert sheet.text(label) == "zzz"


async def test_going_back_to_a_marked_field_says_why_again(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.fill("Status", "qqq")
    await desk.press("shift+tab")
    assert sheet.at == "Status"
    assert "qqq" in desk.message


async def test_a_corrected_field_is_no_longer_marked_and_is_saved(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Status", "qqq")
    await sheet.fill("Status", "i arb")
    await desk.press("f2")
    assert "10061" in desk.message
    status = desk.session.registers.status(int((await desk.stored(10061)).values["status"] or 0))
    assert status is not None
    assert status.name == "I arbejde"


# -- text fields -----------------------------------------------------------------------------------------------


async def test_a_line_is_edited_with_the_usual_keys(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("abc def ghi")
    await desk.press("home", "delete", "end", "backspace", "left", "left", "X")
    assert sheet.text("Subject") == "bc def Xgh"
    await desk.press("ctrl+w")
    assert sheet.text("Subject") == "bc def gh"
    await desk.press("ctrl+k")
    assert sheet.text("Subject") == "bc def "
    await desk.press("ctrl+u")
    assert sheet.text("Subject") == ""


async def test_pasted_lines_become_one(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.paste("første\nanden\ttredje")
    assert sheet.text("Subject") == "første anden tredje"


async def test_a_subject_holds_300_characters_and_no_more(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.paste("x" * 301)
    assert sheet.text("Subject") == ""
    await desk.paste("x" * 300)
    await desk.press("f2")
    assert (await desk.stored(10061)).values["subject"] == "x" * 300


async def test_saved_times_are_those_typed(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Start", "fr 930")
    await sheet.fill("Promised", "30/11 16")
    await desk.press("f2")
    values = (await desk.stored(10061)).values
    assert values["start_at"] == datetime(2026, 11, 27, 9, 30).timestamp()
    assert values["promised_at"] == datetime(2026, 11, 30, 16, 0).timestamp()


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("1430", datetime(2026, 11, 21, 14, 30), datetime(2026, 11, 21, 15, 30)),
        ("1012", datetime(2026, 12, 10, 9, 30), datetime(2026, 12, 10, 10, 30)),
        ("uge 49", datetime(2026, 11, 30, 9, 30), datetime(2026, 11, 30, 10, 30)),
        ("27/3/27", datetime(2027, 3, 27, 9, 30), datetime(2027, 3, 27, 10, 30)),
    ],
)
async def test_what_is_left_out_of_a_time_keeps_what_stands_there(
    desk: Desk, typed: str, start: datetime, end: datetime
) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.fill("Start", typed)
    await desk.press("f2")
    values = (await desk.stored(10054)).values
    assert (values["start_at"], values["end_at"]) == (start.timestamp(), end.timestamp())


async def test_the_end_moves_by_the_clock_on_the_wall_over_the_night_it_is_changed(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.fill("Start", "25/3/27 0900")
    await sheet.fill("End", "27/3/27 1600")
    await desk.press("f2", "f3")
    sheet = await desk.list.open("TV uden billede")
    await sheet.fill("Start", "26/3/27")
    assert (sheet.text("Start"), sheet.text("End")) == ("26/03/27 09:00", "28/03/27 16:00")


async def test_a_day_alone_is_the_opening_of_a_new_job_and_the_close_of_its_end_and_promise(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Et job")
    await sheet.fill("Start", "fr")
    await sheet.fill("End", "+10")
    await sheet.fill("Promised", "t")
    assert sheet.text("Start") == "27/11 09:00"
    await sheet.fill("Start", "1430")
    assert (sheet.text("Start"), sheet.text("Promised")) == ("27/11 14:30", "24/11 17:00")
    assert sheet.text("End").endswith("17:00")


async def test_what_does_not_fit_a_field_is_said(desk: Desk) -> None:
    await desk.press("n")
    desk.sheet.screen.focus_on(desk.sheet.screen.header, desk.sheet.screen.header.project)
    await desk.sheet.screen.take_paste("x" * 200)
    assert desk.sheet.screen.header.project.text == ""
    assert "120" in desk.message
