"""The first start: an empty database becomes a shop, once."""

from __future__ import annotations

import pytest

from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Invalid
from svc_tui.domain.records import Stage
from svc_tui.services.core.session import Session, employee_by_initials, employee_by_login, open_session
from svc_tui.services.people import setup
from svc_tui.services.people.setup import FIRST_NUMBER, SERIES, create_shop, is_set_up, remember_login
from tests.db.jobs import image, job

LANGUAGES = ("da", "en", "nb", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shop_can_register_a_job_at_once_in_every_language(store: Store, language: str) -> None:
    assert not is_set_up(store)
    create_shop(store, language, "Holms Service", "Anna Holm", "", "anna")
    assert is_set_up(store)

    session = open_session(store, None, language)
    session.employee = employee_by_login(session.registers, "anna")
    assert session.employee is not None
    assert (session.employee.initials, session.employee.role) == ("AH", "administrator")
    registers = session.registers
    assert registers.company.name == "Holms Service"
    assert [entry.code for entry in registers.lists] == ["product", "customer"]
    for entry in registers.lists:
        assert registers.types_of(entry.id)
        assert registers.ready_status(frozenset((entry.id,)))
        assert registers.done_status(frozenset((entry.id,)))
    assert registers.default_priority()
    assert {Stage.READY, Stage.WAITING, Stage.WORKING, Stage.DONE, Stage.CANCELLED} == {
        entry.stage for entry in registers.statuses
    }
    assert job(session).number == FIRST_NUMBER + 1
    assert list(findings(store)) == []


def test_every_series_of_numbers_begins_at_the_same_place(shop: Session) -> None:
    assert shop.store.sql("SELECT name, value FROM counter ORDER BY id") == [(name, FIRST_NUMBER) for name in SERIES]


def test_setting_up_is_one_change_set_of_the_program_itself(shop: Session) -> None:
    assert shop.store.sql("SELECT act, actor_id FROM change_set") == [("shop.create", None)]


def test_a_shop_is_set_up_once(shop: Session) -> None:
    before = image(shop.store)
    with pytest.raises(Invalid) as refused:
        create_shop(shop.store, "da", "En til", "Bent Krogh")
    assert refused.value.field == "shop"
    assert image(shop.store) == before


@pytest.mark.parametrize(("shop_name", "person", "field"), [(" ", "Anna", "shop"), ("Holm", "\x07", "name")])
def test_a_missing_name_is_asked_for(store: Store, shop_name: str, person: str, field: str) -> None:
    before = image(store)
    with pytest.raises(Invalid) as refused:
        create_shop(store, "da", shop_name, person)
    assert refused.value.field == field
    assert image(store) == before


def test_initials_are_taken_from_the_name_or_as_they_are_written(store: Store) -> None:
    employee_id = create_shop(store, "da", "Holm", "Anne-Marie Holm", "amh2")
    registers = open_session(store, None, "da").registers
    assert registers.employees[0].initials == "AMH2"
    assert employee_by_initials(registers, "aMh2").id == employee_id
    with pytest.raises(Invalid) as refused:
        employee_by_initials(registers, "ZZ")
    assert refused.value.field == "responsible"


def test_a_system_user_is_remembered_once_and_belongs_to_one_employee(two_sessions: tuple[Session, Session]) -> None:
    anna, bent = two_sessions
    assert anna.employee is not None
    assert bent.employee is not None
    assert remember_login(anna.store, anna.employee.id, "anna")
    before = image(anna.store)
    assert remember_login(anna.store, anna.employee.id, "anna")
    assert image(anna.store) == before

    with pytest.raises(Invalid) as refused:
        remember_login(anna.store, bent.employee.id, "anna")
    assert refused.value.field == "login"
    anna.reload_registers()
    assert employee_by_login(anna.registers, "anna") == anna.employee
    assert employee_by_login(anna.registers, "bent") is None


def test_a_retired_employee_does_not_sign_in(two_sessions: tuple[Session, Session]) -> None:
    from svc_tui.db.core.changes import change_set
    from svc_tui.db.core.shop_models import Employee

    anna, bent = two_sessions
    assert bent.employee is not None
    setup.remember_login(anna.store, bent.employee.id, "bent")
    with change_set(anna.store, None, "retire") as changes:
        changes.update(Employee, bent.employee.id, {"retired": True})
    anna.reload_registers()
    assert employee_by_login(anna.registers, "bent") is None
