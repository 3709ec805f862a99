"""The lists of contacts, products and devices: as the job list, with rows of their own."""

from __future__ import annotations

from typing import Any

import pytest

from svc_tui.domain.entries import Register
from svc_tui.screens.people.contact_list import ContactList
from svc_tui.screens.shell.entry_list import EntryListScreen
from svc_tui.screens.shell.merging import MergeScreen
from svc_tui.screens.stock.device_list import DeviceList
from svc_tui.screens.stock.product_list import ProductList
from svc_tui.services.core.session import Session
from svc_tui.services.people import contacts, retiring
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.stock import device_card
from tests.db.billed import ordered, repaired
from tests.ui.colleague import until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

LISTS: dict[str, type[EntryListScreen[Any]]] = {"7": ContactList, "8": ProductList, "0": DeviceList}


async def filtered(desk: Desk, line: str) -> ContactList:
    await desk.press("/")
    await desk.type(line)
    await desk.press("enter")
    return desk.on_top(ContactList)


@pytest.mark.parametrize("digit", LISTS)
async def test_a_digit_leads_to_the_list_and_another_one_away(desk: Desk, digit: str) -> None:
    await desk.press(digit)
    screen = desk.on_top(LISTS[digit])
    assert screen.list.rows
    assert f"[{digit}]" in desk.title
    assert str(len(screen.list.rows)) in desk.standing
    await desk.press("1")
    assert desk.title.startswith("Produktservice")


async def test_contacts_are_found_by_phone_town_and_kind(desk: Desk) -> None:
    await desk.press("7")
    everybody = len(desk.on_top(ContactList).list.rows)
    suppliers = await filtered(desk, "kind:supplier")
    assert 0 < len(suppliers.list.rows) < everybody
    assert all(row.is_supplier for row in suppliers.list.rows)
    await desk.press("escape")
    assert len(desk.on_top(ContactList).list.rows) == everybody
    known = next(row for row in desk.on_top(ContactList).list.rows if row.phone)
    by_phone = await filtered(desk, f"phone:{known.phone.replace(' ', '')}")
    assert known.id in [row.id for row in by_phone.list.rows]


async def test_a_mistake_in_the_line_is_marked_and_the_rows_stay(desk: Desk) -> None:
    await desk.press("7")
    before = desk.on_top(ContactList).list.rows
    screen = await filtered(desk, "kind:nonsense")
    assert screen.filter_line.error is not None
    assert screen.list.rows == before
    assert "nonsense" in desk.message


async def test_a_field_of_the_line_is_proposed_and_its_values_are_listed(desk: Desk) -> None:
    await desk.press("7", "/")
    await desk.type("ki")
    proposed = desk.on_top(ContactList).filter_line.proposed
    assert proposed is not None
    assert proposed.hint == "nd:"
    await desk.press("right")
    await desk.press("f4")
    await desk.type("sup")
    await desk.press("enter")
    assert desk.on_top(ContactList).filter_line.editor.value == "kind:supplier"


async def test_sorted_turned_round_and_jumped_in(desk: Desk) -> None:
    await desk.press("7")
    await desk.press("o")
    await desk.type("no.")
    await desk.press("enter")
    rows = desk.on_top(ContactList).list.rows
    assert [row.number for row in rows] == sorted((row.number for row in rows), reverse=True)
    await desk.press("O")
    rows = desk.on_top(ContactList).list.rows
    assert [row.number for row in rows] == sorted(row.number for row in rows)
    await desk.press("j")
    await desk.type(str(rows[2].number))
    await desk.press("enter")
    current = desk.on_top(ContactList).list.current
    assert current is not None
    assert current.number == rows[2].number


async def test_columns_are_the_lists_own(desk: Desk) -> None:
    await desk.press("7", "v")
    assert desk.app.settings.columns_of("contacts").preset == "advanced"
    assert desk.app.settings.columns_of("jobs").preset == "normal"
    await desk.press("v")
    assert [column.title for column in desk.on_top(ContactList).list.drawing.columns][:1] == ["No."]


async def test_a_new_contact_is_under_the_cursor(desk: Desk) -> None:
    await desk.press("7", "n")
    await desk.dialog.fill("Name", "Zenia Zoffmann")
    await desk.press("f2")
    current = desk.on_top(ContactList).list.current
    assert current is not None
    assert current.name == "Zenia Zoffmann"


@pytest.mark.parametrize(("digit", "label", "text"), [("8", "Code", "ZZ-1"), ("0", "Brand", "Zanussi")])
async def test_a_new_product_and_a_new_device(desk: Desk, digit: str, label: str, text: str) -> None:
    await desk.press(digit, "n")
    await desk.dialog.fill(label, text)
    if digit == "8":
        await desk.dialog.fill("Name", "Zinc spray")
        await desk.dialog.fill("Price", "49.50")
    await desk.press("f2")
    row = desk.on_top(LISTS[digit]).list.current
    assert row is not None
    assert text in (getattr(row, "code", ""), getattr(row, "brand", ""))
    assert getattr(row, "price", 4950) == 4950


@pytest.mark.parametrize("digit", LISTS)
async def test_retired_after_a_question_and_undone(desk: Desk, digit: str) -> None:
    await desk.press(digit)
    screen = desk.on_top(LISTS[digit])
    row = screen.list.current
    assert row is not None
    await desk.press("delete")
    assert "Retire" in desk.message
    await desk.press("escape")
    assert row in screen.list.rows
    await desk.press("delete", "y")
    assert row.id not in [other.id for other in screen.list.rows]
    assert "1 more retired" in desk.standing
    await desk.press("u")
    if desk.screen.bottom.asks_letter:
        await desk.press("y")
    assert row.id in [other.id for other in screen.list.rows]


@pytest.mark.parametrize("digit", ["7", "0"])
async def test_two_are_made_one_after_looking_ahead_and_made_two_again(desk: Desk, digit: str) -> None:
    await desk.press(digit)
    screen = desk.on_top(LISTS[digit])
    before = {row.id for row in screen.list.rows}
    await desk.press("M")
    assert "Select the two" in desk.message
    await desk.press("space", "space", "M")
    merging = desk.on_top(MergeScreen)
    assert "into" in desk.title
    assert "F2 merges" in desk.standing
    assert merging.plan is not None
    await desk.press("escape")
    assert {row.id for row in screen.list.rows} == before
    await desk.press("M", "f2")
    assert len(before - {row.id for row in screen.list.rows}) == 1
    await desk.press("u")
    if desk.screen.bottom.asks_letter:
        await desk.press("y")
    assert {row.id for row in screen.list.rows} == before


async def test_the_value_that_is_kept_can_be_chosen_and_the_two_swapped(desk: Desk) -> None:
    await desk.press("7", "space", "space", "M")
    merging = desk.on_top(MergeScreen)
    first = next(one for one in merging.plan.fields if one.field == "name") if merging.plan else None
    assert first is not None
    while merging.list.current is not None and merging.list.current.field != "name":
        await desk.press("down")
    assert merging.whole(first._replace(target="a" * 60, source="b")) == "a" * 60 + " / b", "no column shows it whole"
    await desk.press("space")
    assert merging.takes["name"]
    stays = merging.target_id
    await desk.press("s")
    assert merging.source_id == stays


async def test_enter_reads_the_whole_and_ctrl_y_lists_the_jobs(desk: Desk) -> None:
    await desk.press("7")
    row = next(row for row in desk.on_top(ContactList).list.rows if row.last_job)
    await desk.on_top(ContactList).put_cursor(row.id)
    await desk.press("enter")
    assert row.name in desk.title
    await desk.press("escape", "ctrl+y")
    assert desk.title.startswith("All jobs")
    assert desk.list.rows


async def test_a_contact_of_a_colleague_comes_by_itself_and_the_cursor_stays(live: Desk, bent: Session) -> None:
    await live.press("7", "down", "down")
    screen = live.on_top(ContactList)
    row = screen.list.current
    assert row is not None
    contacts.create(bent, NewContact("Aaby Radio"))
    await until(live, lambda: live.shows("Aaby Radio"))
    assert screen.list.current == row


async def test_a_row_that_went_meanwhile_is_not_taken_for_another(live: Desk, bent: Session) -> None:
    await live.press("7")
    screen = live.on_top(ContactList)
    row = screen.list.current
    assert row is not None
    retiring.retire(bent, Register.CONTACTS, row.id, True)
    await until(live, lambda: row.id not in [other.id for other in screen.list.rows])
    await live.press("delete")
    assert "left the list" in live.message
    assert not live.screen.bottom.asks_letter


async def test_the_preview_beside_a_contact(open_at: OpenDesk) -> None:
    async with open_at(size=(140, 30)) as desk:
        await desk.press("7")
        row = desk.on_top(ContactList).list.current
        assert row is not None
        assert desk.shows(f"Contact {row.number}")


async def test_a_lock_code_is_never_shown(open_at: OpenDesk) -> None:
    async with open_at(size=(140, 30)) as desk:
        await desk.press("0")
        row = desk.on_top(DeviceList).list.current
        assert row is not None
        card = await desk.ask(device_card.open_card, row.id)
        await desk.ask(device_card.save, device_card.DeviceEdit(card, card.values | {"lock_code": "8642"}))
        await desk.press("f5", "v")
        assert not desk.shows("8642")
        await desk.press("enter")
        assert not desk.shows("8642")


@pytest.mark.parametrize(("digit", "column"), [("0", "serial"), ("8", "ean"), ("8", "code")])
async def test_a_scan_shows_what_has_the_code(desk: Desk, digit: str, column: str) -> None:
    await desk.press(digit)
    screen = desk.on_top(LISTS[digit])
    row = next(row for row in screen.list.rows if getattr(row, column))
    await screen.take_scan(getattr(row, column))
    await desk.rest()
    assert row.id in [found.id for found in screen.list.rows]
    assert len(screen.list.rows) <= 2


async def test_a_readonly_employee_looks_and_changes_nothing(open_at: OpenDesk) -> None:
    async with open_at(who="RO") as desk:
        await desk.press("7")
        before = list(desk.on_top(ContactList).list.rows)
        await desk.press("delete", "y")
        assert "may only look" in desk.message
        await desk.press("space", "space", "M", "f2")
        assert "may only look" in desk.message
        await desk.press("escape")
        assert desk.on_top(ContactList).list.rows == before


@pytest.mark.parametrize("digit", LISTS)
async def test_keys_typed_ahead_of_the_list_do_what_slow_typing_does(desk: Desk, digit: str) -> None:
    await desk.burst(digit, "down", "down")
    rows = desk.on_top(LISTS[digit]).list
    assert rows.cursor == min(2, len(rows.rows) - 1)


async def test_a_known_serial_number_of_a_new_device_is_told_when_it_is_left_and_when_it_is_saved(desk: Desk) -> None:
    await desk.press("0", "n")
    await desk.dialog.fill("Brand", "Bosch")
    await desk.dialog.fill("Serial number", "0B3X4711")
    assert desk.message.startswith("Known already: ")
    await desk.press("f2")
    assert desk.message.startswith("The device is registered. Known already: ")


async def test_a_known_phone_of_a_new_contact_is_told_when_it_is_saved_too(desk: Desk) -> None:
    await desk.press("7", "n")
    await desk.dialog.fill("Name", "Karla Friis")
    await desk.dialog.type_into("Phone", "+45 22334455")
    await desk.press("f2")
    assert "is registered. Known already: phone number of Bente Ågård, " in desk.message


async def test_what_a_row_cuts_is_told_whole_once_the_cursor_rests(open_at: OpenDesk) -> None:
    """A serial number of which the end is missing is another one."""
    serial = "352099001761481-352099001761481"
    async with open_at(size=(40, 24)) as desk:
        await desk.press("0")
        row = desk.on_top(DeviceList).list.current
        assert row is not None
        card = await desk.ask(device_card.open_card, row.id)
        await desk.ask(device_card.save, device_card.DeviceEdit(card, card.values | {"serial": serial}))
        await desk.press("f5", "/")
        await desk.type(serial)
        await desk.press("enter")
        await until(desk, lambda: serial in [line.strip() for line in desk.lines[3:-1]])


async def test_the_name_on_an_order_is_told_whole(open_at: OpenDesk) -> None:
    name = "Foreningen af Radioamatører i Hovedstadsområdet"
    async with open_at(size=(40, 24)) as desk:
        ordered(desk.session, repaired(desk.session, name=name))
        await desk.press("6", "down")
        assert desk.standing.endswith(name)
