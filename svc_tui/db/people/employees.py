"""Employees and their settings, as they are stored."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.shop_models import Employee, UserSetting
from svc_tui.domain.rights import Role


class Setting(NamedTuple):
    """One setting of an employee."""

    id: int
    name: str
    value: str
    """JSON."""


def first_administrator(store: Store) -> int:
    """The employee who came first of those who may do everything; there is always one."""
    query = Employee.select(Employee.id).where(Employee.role == Role.ADMINISTRATOR).order_by(Employee.id)
    return int(store.value(query))


def held_administrators(store: Store) -> frozenset[int]:
    """The administrators who work here. Within a transaction: nobody else changes them until its end."""
    query = Employee.select(Employee.id).where((Employee.role == Role.ADMINISTRATOR) & ~Employee.retired)
    if store.dialect == "postgresql":
        query = query.for_update()
    return frozenset(int(row[0]) for row in store.rows(query))


def id_by_login(store: Store, login: str) -> int | None:
    """The employee whom a system user is; None when nobody is."""
    found = store.value(Employee.select(Employee.id).where(Employee.login == login))
    return None if found is None else int(found)


def login_of(store: Store, employee_id: int) -> str:
    """The system user that an employee is; empty when none."""
    return str(store.value(Employee.select(Employee.login).where(Employee.id == employee_id)) or "")


def settings_of(store: Store, employee_id: int) -> list[Setting]:
    """What an employee's settings differ in from the normal ones. Index: (employee, name)."""
    query = UserSetting.select(UserSetting.id, UserSetting.name, UserSetting.value)
    return [Setting(*row) for row in store.rows(query.where(UserSetting.employee == employee_id))]
