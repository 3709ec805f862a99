"""Registers: what is in use is retired, not deleted, and the shop keeps an administrator."""

from __future__ import annotations

import pytest

from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import InUse, Invalid, NotAllowed
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import Register
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.people import settings
from svc_tui.services.people.company import change_company
from svc_tui.services.people.employees import add_employee, change_employee
from svc_tui.services.people.registers import (
    add_list,
    add_priority,
    add_type,
    change_type,
    delete,
    make_default_priority,
    rename,
    reorder,
    retire,
    unretire,
)
from svc_tui.services.people.statuses import add_status, change_status


def a_job(shop: Session, **values: int) -> int:
    sheet = activities.new_sheet(shop, None, {})
    edit = activities.SheetEdit(sheet, {**sheet.values, "subject": "Fjernsyn", **values}, (), ())
    return activities.save(shop, edit).id


def acts(shop: Session) -> list[str]:
    return [str(row[0]) for row in shop.store.sql("SELECT act FROM change_set ORDER BY id")]


def test_a_type_in_use_is_retired_and_not_deleted(shop: Session) -> None:
    product = shop.registers.lists[0].id
    unused = add_type(shop, "Droneservice", [product])
    used = add_type(shop, "Radioservice", [product], {"default_duration": 90, "customer_required": False})
    a_job(shop, type=used)

    with pytest.raises(InUse, match="1 times"):
        delete(shop, Register.TYPE, used)
    delete(shop, Register.TYPE, unused)
    retire(shop, Register.TYPE, used)

    assert shop.registers.type(unused) is None
    kept = shop.registers.type(used)
    assert kept is not None
    assert (kept.retired, kept.default_duration, kept.lists) == (True, 90, frozenset({product}))
    assert used not in {kind.id for kind in shop.registers.types_of(product)}
    unretire(shop, Register.TYPE, used)
    assert used in {kind.id for kind in shop.registers.types_of(product)}
    assert list(findings(shop.store)) == []


def test_what_is_deleted_is_forgotten_by_the_settings_that_named_it(shop: Session) -> None:
    mine = add_type(shop, "Radioservice", [])
    settings.save(shop, settings.UserSettings(default_type=mine, default_status=1))

    delete(shop, Register.TYPE, mine)

    assert (settings.load(shop).default_type, settings.load(shop).default_status) == (None, 1)


def test_a_default_of_a_type_counts_as_use(shop: Session) -> None:
    status = add_status(shop, "Hos underleverandør", Stage.WAITING, [])
    kind = add_type(shop, "Radioservice", [])
    change_type(shop, kind, {"default_status": status, "colour": "green", "name": "Radio"})

    with pytest.raises(InUse):
        delete(shop, Register.STATUS, status)

    changed = shop.registers.type(kind)
    assert changed is not None
    assert (changed.name, changed.default_status, changed.colour) == ("Radio", status, "green")


def test_names_are_needed_and_each_once(shop: Session) -> None:
    with pytest.raises(Invalid):
        add_list(shop, "  ")
    with pytest.raises(Invalid, match="already"):
        add_list(shop, shop.registers.lists[0].name.upper())
    with pytest.raises(Invalid, match="colour"):
        add_type(shop, "Radio", [], {"colour": "pink"})


def test_a_list_gets_a_code_of_its_own_and_one_list_stays(shop: Session) -> None:
    new = add_list(shop, "Butik & Salg")
    assert shop.registers.lists[-1][:3] == (new, "butik-salg", "Butik & Salg")
    rename(shop, Register.LIST, new, "Salg")
    assert shop.registers.lists[-1].code == "butik-salg"
    reorder(shop, Register.LIST, [new, *(entry.id for entry in shop.registers.lists if entry.id != new)])
    assert shop.registers.lists[0].id == new

    for entry in shop.registers.lists[1:]:
        retire(shop, Register.LIST, entry.id)
    with pytest.raises(Invalid, match="at least one list"):
        retire(shop, Register.LIST, new)


def test_one_status_of_a_list_is_the_done_keys(shop: Session) -> None:
    product = shop.registers.lists[0].id
    before = shop.registers.done_status(frozenset({product}))

    mine = add_status(shop, "Afhentet", Stage.DONE, [product], done_key=True)

    after = shop.registers.done_status(frozenset({product}))
    assert before is not None
    assert after is not None
    assert (after.id, before.id == mine) == (mine, False)
    assert sum(entry.done_key for entry in shop.registers.statuses if product in entry.lists) == 1
    with pytest.raises(Invalid, match="Done key"):
        add_status(shop, "På vej", Stage.WORKING, [product], done_key=True)


def test_the_stage_of_a_status_in_use_stays(shop: Session) -> None:
    status = add_status(shop, "Hos kunden", Stage.WORKING, [])
    change_status(shop, status, stage=Stage.WAITING)
    a_job(shop, status=status)

    with pytest.raises(InUse, match="stage"):
        change_status(shop, status, stage=Stage.DONE)

    found = shop.registers.status(status)
    assert found is not None
    assert found.stage is Stage.WAITING


def test_priorities(shop: Session) -> None:
    mine = add_priority(shop, "Straks", 90)
    make_default_priority(shop, mine)

    found = shop.registers.default_priority()
    assert found is not None
    assert found.id == mine
    assert sum(entry.is_default for entry in shop.registers.priorities) == 1


def test_the_last_administrator_stays(shop: Session) -> None:
    assert shop.employee is not None
    anna = shop.employee.id
    with pytest.raises(Invalid, match="last administrator"):
        retire(shop, Register.EMPLOYEE, anna)
    with pytest.raises(Invalid, match="last administrator"):
        change_employee(shop, anna, {"role": Role.COUNTER})
    with pytest.raises(Invalid, match="last administrator"):
        delete(shop, Register.EMPLOYEE, anna)

    bent = add_employee(shop, "Bent Krogh", Role.ADMINISTRATOR, login="bent")
    retire(shop, Register.EMPLOYEE, anna)

    found = shop.registers.employee(bent)
    assert found is not None
    assert (found.initials, found.login, found.role) == ("BK", "bent", "administrator")


def test_initials_and_system_users_are_one_persons(shop: Session) -> None:
    bent = add_employee(shop, "Bent Krogh", Role.COUNTER, login="bent")
    with pytest.raises(Invalid, match="initials"):
        add_employee(shop, "Anders Holm", Role.COUNTER, "ah")
    with pytest.raises(Invalid, match="system user"):
        add_employee(shop, "Ida Lund", Role.COUNTER, login="bent")

    change_employee(shop, bent, {"name": "Bent Krogh Lund", "login": ""})
    found = shop.registers.employee(bent)
    assert found is not None
    assert (found.name, found.login) == ("Bent Krogh Lund", None)
    delete(shop, Register.EMPLOYEE, bent)
    assert shop.registers.employee(bent) is None


def test_the_company(shop: Session) -> None:
    change_company(shop, {"name": "Holms Radio", "done_end_rule": "always", "default_duration": 45})
    assert shop.registers.company[1] == "Holms Radio"
    assert shop.registers.company.default_duration == 45
    for wrong in ({"name": " "}, {"currency": "kr"}, {"default_duration": 0}, {"done_end_rule": "sometimes"}):
        with pytest.raises(Invalid):
            change_company(shop, dict(wrong))


def test_rights_are_asked_and_acts_are_in_the_history(shop: Session) -> None:
    add_list(shop, "Salg")
    assert acts(shop)[-1] == "list.add"
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role=Role.SUPERVISOR)
    add_priority(shop, "Straks", 90)
    shop.employee = shop.registers.employees[0]._replace(role=Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        add_employee(shop, "Ida Lund", Role.COUNTER)
    shop.employee = shop.registers.employees[0]._replace(role=Role.TECHNICIAN)
    with pytest.raises(NotAllowed):
        rename(shop, Register.PRIORITY, 1, "Andet")


def test_another_stage_of_a_status_is_in_the_history_and_so_told_to_others(shop: Session) -> None:
    status = add_status(shop, "Hos kunden", Stage.WORKING, [])
    change_status(shop, status, stage=Stage.WAITING)
    newest = shop.store.sql(
        "SELECT c.table_name, c.row_id, c.field, c.old, c.new FROM change c JOIN change_set s ON s.id = c.change_set_id"
        " WHERE s.act = 'status.change'"
    )
    assert newest == [("activity_status", status, "stage", str(int(Stage.WORKING)), str(int(Stage.WAITING)))]
    [(image,)] = shop.store.sql(
        "SELECT new FROM change WHERE table_name = 'activity_status' AND row_id = ? AND field = ''", (status,)
    )
    assert f'"stage": {int(Stage.WORKING)}' in image
