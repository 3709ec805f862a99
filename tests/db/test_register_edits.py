"""A row of a register edited in a form: merged with what others saved, undone whole, and what the shop needs stays."""

from __future__ import annotations

import pytest

from svc_tui.domain.errors import Conflict, InUse, Invalid, NotAllowed
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import CompanyRecord, Register
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.people import company, register_edits, registers
from svc_tui.services.people.register_edits import Entry, entries, entry_of


def entry(shop: Session, register: Register, name: str) -> Entry:
    return next(one for one in entries(shop.registers, register) if one.name == name)


def names(shop: Session, register: Register) -> list[str]:
    return [one.name for one in entries(shop.registers, register)]


NEW: dict[Register, dict[str, object]] = {
    Register.LIST: {"name": "Udlejning"},
    Register.TYPE: {"name": "Droneservice", "lists": frozenset(), "default_duration": 45, "colour": "red"},
    Register.STATUS: {
        "name": "Venter på told",
        "stage": Stage.WAITING,
        "lists": frozenset(),
        "done_key": False,
        "longest": 600,
    },
    Register.PRIORITY: {"name": "Straks", "is_default": False},
    Register.PRINTER: {
        "name": "Disken", "speaks": "escpos", "place": "192.168.1.50:9100", "width": 48, "height": 29, "page": "cp858",
        "page_number": 13, "cuts": True, "at_intake": True,
    },
    Register.VAT_RATE: {"name": "Nedsat moms", "percent": 1250, "from_at": None, "is_default": False},
    Register.EMPLOYEE: {"name": "Ida Falk", "initials": "", "role": "technician", "login": ""},
}  # fmt: skip


@pytest.mark.parametrize("register", list(Register))
def test_every_register_is_added_to_changed_and_undone(shop: Session, register: Register) -> None:
    before = names(shop, register)
    row_id = register_edits.save(shop, register, Entry(None, {}), NEW[register])
    added = entry_of(shop.registers, register, row_id)
    assert {name: added.values[name] for name in NEW[register] if NEW[register][name] != ""} == {
        name: value for name, value in NEW[register].items() if value != ""
    }
    register_edits.save(shop, register, added, {**added.values, "name": "Andet navn"})
    assert entry_of(shop.registers, register, row_id).name == "Andet navn"
    undo.undo(shop, undo.last_to_undo(shop))
    assert entry_of(shop.registers, register, row_id).name == NEW[register]["name"]
    undo.undo(shop, undo.last_to_undo(shop))
    assert names(shop, register) == before
    undo.undo(shop, undo.last_to_redo(shop))
    assert entry_of(shop.registers, register, row_id).name == NEW[register]["name"]


@pytest.mark.parametrize("register", [one for one in Register if one not in (Register.EMPLOYEE, Register.PRINTER)])
def test_rows_are_moved_in_the_order_that_is_seen(shop: Session, register: Register) -> None:
    before = names(shop, register)
    register_edits.move(shop, register, entry(shop, register, before[1]).id or 0, -1)
    assert names(shop, register) == [before[1], before[0], *before[2:]]
    register_edits.move(shop, register, entry(shop, register, before[1]).id or 0, -1)
    assert names(shop, register)[0] == before[1]
    undo.undo(shop, undo.last_to_undo(shop))
    assert names(shop, register) == before


def test_two_people_change_different_fields_and_both_are_kept(shop: Session) -> None:
    opened = entry(shop, Register.TYPE, "TV-Service")
    register_edits.save(shop, Register.TYPE, opened, {**opened.values, "colour": "red"})
    register_edits.save(shop, Register.TYPE, opened, {**opened.values, "default_duration": 75})
    kept = entry(shop, Register.TYPE, "TV-Service").values
    assert (kept["colour"], kept["default_duration"]) == ("red", 75)


def test_the_same_field_is_a_conflict_until_it_was_seen(shop: Session) -> None:
    opened = entry(shop, Register.TYPE, "TV-Service")
    register_edits.save(shop, Register.TYPE, opened, {**opened.values, "colour": "red"})
    mine = {**opened.values, "colour": "green"}
    with pytest.raises(Conflict) as raised:
        register_edits.save(shop, Register.TYPE, opened, mine)
    assert raised.value.fields == ("colour",)
    base, now = register_edits.seen(shop, Register.TYPE, opened, raised.value.fields)
    assert now.values["colour"] == "red"
    register_edits.save(shop, Register.TYPE, base, mine)
    assert entry(shop, Register.TYPE, "TV-Service").values["colour"] == "green"


def test_how_many_jobs_lose_a_list_is_known_before(shop: Session) -> None:
    opened = entry(shop, Register.TYPE, "TV-Service")
    fresh = activities.new_sheet(shop, None, {})
    edit = activities.SheetEdit(fresh, fresh.values | {"subject": "Fjernsyn", "type": opened.id}, (), ())
    activities.save(shop, edit)
    assert register_edits.losing(shop, Register.TYPE, opened, opened.values) == 0
    assert register_edits.losing(shop, Register.TYPE, opened, {**opened.values, "lists": frozenset()}) == 1
    first = entries(shop.registers, Register.LIST)[0]
    assert register_edits.held_by(shop, Register.LIST, first.id or 0) == 1
    assert register_edits.held_by(shop, Register.TYPE, opened.id or 0) == 1


def test_what_came_into_use_since_is_not_taken_back(shop: Session) -> None:
    row_id = register_edits.save(shop, Register.TYPE, Entry(None, {}), NEW[Register.TYPE])
    added = undo.last_to_undo(shop)
    fresh = activities.new_sheet(shop, None, {})
    activities.save(shop, activities.SheetEdit(fresh, fresh.values | {"subject": "Drone", "type": row_id}, (), ()))
    with pytest.raises(Invalid, match="used elsewhere"):
        undo.undo(shop, added)
    with pytest.raises(InUse):
        registers.delete(shop, Register.TYPE, row_id)


def test_a_status_gives_its_done_key_away_and_gets_it_back_by_undo(shop: Session) -> None:
    had = next(one for one in entries(shop.registers, Register.STATUS) if one.values["done_key"])
    values = {"name": "Helt færdig", "stage": Stage.DONE, "lists": had.values["lists"], "done_key": True}
    row_id = register_edits.save(shop, Register.STATUS, Entry(None, {}), values)
    assert not entry_of(shop.registers, Register.STATUS, had.id or 0).values["done_key"]
    assert entry_of(shop.registers, Register.STATUS, row_id).values["done_key"]
    undo.undo(shop, undo.last_to_undo(shop))
    assert entry_of(shop.registers, Register.STATUS, had.id or 0).values["done_key"]


def test_undo_leaves_the_shop_an_administrator_and_a_list(shop: Session) -> None:
    me = shop.employee
    assert me is not None
    other = register_edits.save(shop, Register.EMPLOYEE, Entry(None, {}), NEW[Register.EMPLOYEE])
    theirs = entry_of(shop.registers, Register.EMPLOYEE, other)
    register_edits.save(shop, Register.EMPLOYEE, theirs, {**theirs.values, "role": Role.ADMINISTRATOR.value})
    added = undo.last_to_undo(shop)
    mine = entry_of(shop.registers, Register.EMPLOYEE, me.id)
    shop.employee = shop.registers.employee(other)
    register_edits.save(shop, Register.EMPLOYEE, mine, {**mine.values, "role": Role.SUPERVISOR.value})
    with pytest.raises(Invalid, match="last administrator"):
        undo.undo(shop, added)


def test_only_who_may_change_a_register_undoes_it(shop: Session) -> None:
    opened = company_of(shop)
    company.save(shop, opened, {"phone": "75 00 00 00"})
    act = undo.last_to_undo(shop)
    supervisor = register_edits.save(
        shop, Register.EMPLOYEE, Entry(None, {}), {**NEW[Register.EMPLOYEE], "role": "supervisor"}
    )
    me, shop.employee = shop.employee, shop.registers.employee(supervisor)
    with pytest.raises(NotAllowed):
        undo.undo(shop, act)
    shop.employee = me
    undo.undo(shop, act)
    assert shop.registers.company.phone == opened.phone


def company_of(shop: Session) -> CompanyRecord:
    return shop.registers.company


def test_the_company_is_merged_and_its_language_is_undone_with_the_order_of_names(shop: Session) -> None:
    opened = company_of(shop)
    company.save(shop, opened, {"phone": "75 00 00 00"})
    company.save(shop, opened, {"phone": opened.phone, "language": "sv"})
    assert (shop.registers.company.phone, shop.registers.company.language) == ("75 00 00 00", "sv")
    assert shop.store.alphabet == "sv"
    with pytest.raises(Conflict):
        company.save(shop, opened, {"phone": "76 00 00 00"})
    undo.undo(shop, undo.last_to_undo(shop))
    assert shop.registers.company.language == opened.language
    assert shop.store.alphabet != "sv"
