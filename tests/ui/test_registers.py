"""The registers by keys: rows are added, changed, moved, retired, deleted and undone, as the shop's people do it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from svc_tui.domain.registers import Register
from svc_tui.screens.registers.company_form import CompanyForm
from svc_tui.screens.registers.menu import RegistersMenu
from svc_tui.screens.registers.views import ViewsRegister
from svc_tui.screens.shell.register_form import RegisterForm
from svc_tui.screens.shell.register_screen import RegisterScreen
from svc_tui.screens.stock.product_card import ProductCardScreen
from svc_tui.services.core.session import Session
from svc_tui.services.filters import views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.people import register_edits
from svc_tui.services.people.register_edits import Entry
from tests.ui.colleague import colleague, until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

PLACES = {
    Register.LIST: 0, Register.TYPE: 1, Register.STATUS: 2, Register.PRIORITY: 3, Register.EMPLOYEE: 4,
    Register.VAT_RATE: 5, Register.PRINTER: 6,
}  # fmt: skip
COMPANY, VIEWS = 7, 9


async def go(desk: Desk, place: int) -> None:
    """Open a register from the list of jobs by its place in the menu."""
    await desk.press("R", *["down"] * place, "enter")


async def register(desk: Desk, which: Register) -> RegisterScreen:
    await go(desk, PLACES[which])
    return desk.on_top(RegisterScreen)


def names(screen: RegisterScreen) -> list[str]:
    return [row.name for row in screen.list.rows]


async def put_cursor(desk: Desk, screen: RegisterScreen, name: str) -> None:
    await desk.press("home")
    found = await desk.hop("down", lambda: screen.list.current is not None and screen.list.current.name == name)
    assert found, names(screen)


@pytest.mark.parametrize("which", list(Register), ids=lambda which: str(which.name))
async def test_a_row_is_added_changed_retired_deleted_and_undone(desk: Desk, which: Register) -> None:
    screen = await register(desk, which)
    before = names(screen)
    await desk.press("n")
    await desk.form.type_into("Name", "Aaløv")
    if which is Register.VAT_RATE:
        await desk.form.type_into("Per cent", "12,5")
    if which is Register.PRINTER:
        await desk.form.type_into("Where", "192.168.1.50:9100")
    await desk.press("f2")
    assert "Aaløv" in names(screen)
    assert screen.list.current is not None
    assert screen.list.current.name == "Aaløv"
    assert desk.message == "Kept: Aaløv. u undoes it."
    await desk.press("enter")
    await desk.form.type_into("Name", "Aaløw")
    await desk.press("ctrl+s")
    assert "Aaløw" in names(screen)
    assert "Aaløv" not in names(screen)
    await desk.press("u")
    assert "Aaløv" in names(screen)
    await put_cursor(desk, screen, "Aaløv")
    await desk.press("r")
    assert screen.list.current.retired
    assert desk.shows("retired")
    await desk.press("r")
    assert not screen.list.current.retired
    await desk.press("delete", "y")
    assert names(screen) == before
    await desk.press("u")
    assert "Aaløv" in names(screen)
    await desk.press("U")
    assert names(screen) == before


@pytest.mark.parametrize("which", [one for one in Register if one not in (Register.EMPLOYEE, Register.PRINTER)])
async def test_rows_are_moved_by_keys_that_the_bar_tells(desk: Desk, which: Register) -> None:
    screen = await register(desk, which)
    before = names(screen)
    assert "< Move up" in desk.key_bar
    await desk.press("down", "<")
    assert names(screen)[:2] == [before[1], before[0]]
    assert screen.list.current is not None
    assert screen.list.current.name == before[1]
    await desk.press(">")
    assert names(screen) == before


async def test_a_retired_list_is_led_to_by_no_digit(desk: Desk) -> None:
    await register(desk, Register.LIST)
    await desk.press("r", "y", "escape", "escape", "1")
    assert desk.list.screen.code == "customer"


async def test_employees_are_shown_by_name_and_not_moved(desk: Desk) -> None:
    await register(desk, Register.EMPLOYEE)
    assert "Move up" not in desk.key_bar


async def test_a_wrong_value_marks_its_field_and_keeps_what_was_typed(desk: Desk) -> None:
    await register(desk, Register.EMPLOYEE)
    await desk.press("n")
    await desk.form.fill("Name", "Ida Falk")
    await desk.form.fill("Initials", "AH")
    await desk.press("f2")
    assert desk.form.is_marked("Initials")
    assert desk.form.text("Name") == "Ida Falk"
    assert "has the initials AH" in desk.message
    await desk.form.fill("Initials", "if")
    await desk.press("f2")
    assert desk.session.registers.choices("responsible")[-1].code or desk.shows("Ida Falk")


async def test_before_a_type_is_retired_the_number_of_its_jobs_is_told(desk: Desk) -> None:
    screen = await register(desk, Register.TYPE)
    await put_cursor(desk, screen, "TV-Service")
    await desk.press("r")
    assert "jobs have TV-Service, and keep it. Retire it?" in desk.message
    await desk.press("escape")
    assert screen.list.current is not None
    assert not screen.list.current.retired
    await desk.press("r", "y")
    assert screen.list.current.retired


async def test_before_a_list_is_taken_off_a_type_the_number_of_its_jobs_is_told(desk: Desk) -> None:
    screen = await register(desk, Register.TYPE)
    await put_cursor(desk, screen, "TV-Service")
    await desk.press("enter")
    await desk.form.fill("In Produktservice", "no")
    await desk.press("f2")
    assert "jobs have this, and a list is taken off it. Save?" in desk.message
    desk.on_top(RegisterForm)
    await desk.press("y")
    desk.on_top(RegisterScreen)
    assert screen.list.current is not None
    assert screen.list.current.values["lists"] == frozenset()


async def test_what_is_used_is_not_deleted(desk: Desk) -> None:
    screen = await register(desk, Register.TYPE)
    await put_cursor(desk, screen, "TV-Service")
    await desk.press("delete", "y")
    assert "cannot be deleted" in desk.message
    assert "TV-Service" in names(screen)


async def test_what_somebody_else_made_of_a_field_stands_beside_it(desk: Desk, database: Path) -> None:
    await register(desk, Register.LIST)
    await desk.press("enter")
    with colleague(database) as bent:
        bent.employee = bent.registers.employee(1)  # an administrator
        opened = register_edits.entries(bent.registers, Register.LIST)[0]
        register_edits.save(bent, Register.LIST, opened, {"name": "Værksted"})
    await desk.form.type_into("Name", "Reparation")
    await desk.press("f2")
    assert desk.shows("Reparation  (Værksted)") or desk.shows("Reparation (Værksted)")
    await desk.press("f2")
    assert names(desk.on_top(RegisterScreen))[0] == "Reparation"


async def test_what_others_add_comes_by_itself(live: Desk, bent: Session) -> None:
    bent.employee = bent.registers.employee(1)
    screen = await register(live, Register.TYPE)
    first = screen.list.current
    await asyncio.to_thread(
        register_edits.save, bent, Register.TYPE, Entry(None, {}), {"name": "Droneservice", "lists": frozenset()}
    )
    await until(live, lambda: "Droneservice" in names(screen))
    assert screen.list.current is not None
    assert first is not None
    assert screen.list.current.id == first.id


async def test_from_a_field_of_the_sheet_a_value_is_added_and_taken(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.type_into("Type", "Drone")
    await desk.press("f4")
    assert "F6 Add" in desk.key_bar
    await desk.press("f6")
    form = desk.on_top(RegisterForm)
    assert form.form["name"].text == "Drone"
    await desk.form.type_into("Name", "Droneservice")
    await desk.press("f2")
    assert desk.sheet.text("Type") == "Droneservice"
    kind = desk.session.registers.type(desk.sheet.screen.header.choices["type"].value)
    assert kind is not None
    assert kind.name == "Droneservice"


async def test_who_may_not_change_registers_is_offered_no_adding(open_at: OpenDesk) -> None:
    async with open_at("SØ") as desk:
        sheet = await desk.list.new()
        await sheet.go_to("Type")
        await desk.press("f4")
        assert "F6" not in desk.key_bar
        await desk.press("escape", "escape", "R")
        assert "may not change the registers" in desk.message


async def test_a_supervisor_changes_types_but_not_employees_and_company(open_at: OpenDesk) -> None:
    async with open_at("BK") as desk:
        await desk.press("R")
        desk.on_top(RegistersMenu)
        for place in (PLACES[Register.EMPLOYEE], COMPANY):
            await desk.press("home", *["down"] * place, "enter")
            desk.on_top(RegistersMenu)
            assert "Ask an administrator" in desk.message
        await desk.press("home", "down", "enter")
        desk.on_top(RegisterScreen)


async def test_the_company_is_changed_refused_and_undone(desk: Desk) -> None:
    before = desk.session.registers.company
    await go(desk, COMPANY)
    desk.on_top(CompanyForm)
    await desk.form.fill("Phone", "75 00 00 00")
    await desk.form.fill("Closes", "26")
    await desk.press("f2")
    assert desk.form.is_marked("Closes")
    await desk.form.fill("Closes", "18")
    await desk.form.fill("Name of own field 1", "Hylde")
    await desk.press("f2")
    desk.on_top(RegistersMenu)
    assert "Holms Service" in desk.title
    now = desk.session.registers.company
    assert (now.phone, now.closes, now.user_field1_name) == ("75 00 00 00", 18 * 60, "Hylde")
    await desk.press("escape", "u")
    assert desk.session.registers.company == before


async def test_the_views_of_all_are_changed_and_deleted(desk: Desk) -> None:
    view = await desk.ask(views.save, ViewDraft("Haster", "status:venter", shared=True))
    await go(desk, VIEWS)
    screen = desk.on_top(ViewsRegister)
    assert [row.name for row in screen.list.rows] == ["Haster"]
    await desk.press("enter")
    await desk.dialog.type_into("Name", "Venter")
    await desk.press("f2")
    assert [row.name for row in screen.list.rows] == ["Venter"]
    await desk.press("delete", "y")
    assert screen.list.rows == []
    await desk.press("u")
    assert [row.id for row in screen.list.rows] == [view.id]


async def test_a_vat_rate_is_added_from_a_products_card_and_taken(desk: Desk) -> None:
    await desk.press("8", "enter")
    card = desk.on_top(ProductCardScreen)
    card.focus_on(card.header, card.vat)
    await desk.press("ctrl+u", *"Toldmoms", "f4", "f6")
    desk.on_top(RegisterForm)
    await desk.form.type_into("Per cent", "12,5")
    await desk.press("f2")
    desk.on_top(ProductCardScreen)
    assert card.vat.text == "Toldmoms (12.5 %)"
    await desk.press("f2")
    rate = desk.session.registers.vat_rate(card.vat.value)
    assert rate is not None
    assert rate.name == "Toldmoms"


async def test_before_a_vat_rate_becomes_another_the_number_of_its_products_is_told(desk: Desk) -> None:
    screen = await register(desk, Register.VAT_RATE)
    await desk.press("home", "enter")
    await desk.form.fill("Per cent", "26")
    await desk.press("f2")
    assert "products have this rate, and follow it. Save?" in desk.message
    await desk.press("y")
    assert screen.list.current is not None
    assert screen.list.current.values["percent"] == 2600
    await desk.press("r")
    assert "products have Moms, and keep it. Retire it?" in desk.message
