"""The first start: an empty database becomes a shop with the shipped registers and its first employee."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from svc_tui.db.core.changes import Changes, change_set
from svc_tui.db.core.engine import Store
from svc_tui.db.lists.ordering import reindex
from svc_tui.db.people import employees
from svc_tui.db.people.registers import begin_numbers, has_company, hold_set_up, shop_language
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid, Restored
from svc_tui.domain.order_tables import BILLING
from svc_tui.domain.records import Stage, WaitsFor
from svc_tui.domain.rights import Role
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import (
    ACTIVITY_LIST,
    ACTIVITY_STATUS,
    ACTIVITY_TYPE,
    COMPANY,
    EMPLOYEE,
    PRIORITY,
    PRODUCT,
    STATUS_LIST,
    TYPE_LIST,
    VAT_RATE,
    Described,
)
from svc_tui.domain.text import initials, search_key
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.planning import opening

if TYPE_CHECKING:
    from svc_tui.domain.transfer.shipped import Registers as Shipped

FIRST_NUMBER = 10_000
"""The running numbers of jobs and contacts begin above it, so that all have five digits for years."""

DENMARK = "45"
"""Where what is to be billed is handed over to the bookkeeping program unless the shop says otherwise."""

SERIES = (
    "activity", "contact", "order", "invoice", "credit", "basis", "correction", "dispatch", "handover", "loan",
    "purchase", "return",
)  # fmt: skip


def is_set_up(store: Store) -> bool:
    """Whether the database holds a shop."""
    return has_company(store)


def language_of(store: Store) -> str:
    """The shop's language; empty while there is no shop."""
    return shop_language(store)


def create_shop(
    store: Store, language: str, shop_name: str, employee_name: str, employee_initials: str = "", login: str = ""
) -> int:
    """Fill an empty database; gives the id of the first employee, who is the administrator.

    Raises:
        Invalid: when a name is missing or too long.
    """
    shop, person = whole_line(shop_name, "shop", 120), whole_line(employee_name, "name", 120)
    if not shop:
        raise Invalid(N_("Write the name of the shop."), field="shop")
    if not person:
        raise Invalid(N_("Write your name: the first employee."), field="name")
    letters = whole_line(employee_initials, "initials", 8).upper() or initials(person)
    # Only a first start reads what is shipped; every other need not wait 30 ms for its records to be declared.
    from svc_tui.domain.transfer.shipped import read_registers

    shipped = read_registers(language)
    with change_set(store, None, "shop.create") as changes:
        hold_set_up(store)
        if is_set_up(store):
            raise Invalid(N_("This database already holds a shop."), field="shop")
        fill_registers(changes, shipped, shop)
        return insert_employee(changes, letters, person, Role.ADMINISTRATOR, login or None)


def insert_employee(changes: Changes, letters: str, name: str, role: str, login: str | None = None) -> int:
    """Register an employee; gives the id."""
    return changes.insert(
        EMPLOYEE,
        {"initials": letters, "name": name, "name_key": search_key(name), "role": str(role), "login": login},
    )


def fill_registers(changes: Changes, shipped: Shipped, shop: str, year: int | None = None) -> None:
    """Company, number series, hours, lists, statuses, types, priorities and service products as shipped.

    Args:
        changes: The act.
        shipped: What comes with the program.
        shop: What it is called.
        year: From which on holidays are known; this one when left out.
    """
    changes.insert(
        COMPANY,
        {
            "name": shop, "country_code": shipped.company.phone_prefix, "currency": shipped.company.currency,
            "language": shipped.language, "time_zone": clock.machine_zone(os.environ),
        },
    )  # fmt: skip
    reindex(changes.store, shipped.language)
    begin_numbers(changes.store, SERIES, FIRST_NUMBER)
    changes.insert(BILLING, {"issue_here": shipped.company.phone_prefix != DENMARK})
    opening.fill(changes, shipped.company.country, year or clock.now().year)
    lists = {
        entry.code: changes.insert(ACTIVITY_LIST, {"code": entry.code, "name": entry.name, "position": place})
        for place, entry in enumerate(shipped.lists)
    }
    statuses: dict[str, int] = {}
    after_parts = next((status for status in shipped.statuses if status.stage is Stage.READY), None)
    for place, status in enumerate(shipped.statuses):
        statuses[status.key] = changes.insert(
            ACTIVITY_STATUS,
            {
                "name": status.name, "name_key": search_key(status.name), "stage": int(status.stage),
                "done_key": status.done_key, "position": place, "waits_for": str(status.waits_for),
                "pauses": status.waits_for is WaitsFor.CUSTOMER,
                "after_parts": status is after_parts,
            },
        )  # fmt: skip
        _flag(changes, STATUS_LIST, "status", statuses[status.key], (lists[code] for code in status.lists))
    for place, kind in enumerate(shipped.types):
        type_id = changes.insert(
            ACTIVITY_TYPE,
            {
                "name": kind.name, "name_key": search_key(kind.name),
                "default_status": statuses.get(kind.default_status), "default_duration": kind.default_duration,
                "responsible_required": kind.responsible_required, "customer_required": kind.customer_required,
                "colour": kind.colour, "default_payer": str(kind.default_payer), "position": place,
            },
        )  # fmt: skip
        _flag(changes, TYPE_LIST, "type", type_id, (lists[code] for code in kind.lists))
    for priority in shipped.priorities:
        changes.insert(
            PRIORITY,
            {
                "name": priority.name, "name_key": search_key(priority.name), "rank": priority.rank,
                "is_default": priority.default,
            },
        )  # fmt: skip
    rates = [
        changes.insert(
            VAT_RATE,
            {
                "name": rate.name, "name_key": search_key(rate.name), "percent": rate.percent, "position": place,
                "is_default": rate.percent == shipped.company.vat,
            },
        )
        for place, rate in enumerate(shipped.vat_rates)
    ]  # fmt: skip
    for product in shipped.products:
        changes.insert(
            PRODUCT,
            {
                "code": product.code, "code_key": code_key(product.code), "name": product.name,
                "name_key": search_key(product.name), "kind": str(product.kind), "unit": product.unit,
                "price": product.price, "vat": rates[0], "vat_rate": shipped.company.vat,
            },
        )  # fmt: skip


def _flag(changes: Changes, table: Described, name: str, row_id: int, lists: Iterable[int]) -> None:
    for list_id in lists:
        changes.insert(table, {name: row_id, "list": list_id})


def first_administrator(store: Store) -> int:
    """The employee who may do everything; there is always one."""
    return employees.first_administrator(store)


def remember_login(store: Store, employee_id: int, login: str, *, read_in: str | None = None) -> bool:
    """From now on this system user is this employee, unless the employee has another login already; gives which.

    Args:
        store: The database.
        employee_id: Who.
        login: The system user.
        read_in: The generation of the shop in which the employee was chosen; the present one when left out.

    Raises:
        Invalid: when the system user already is somebody else.
        Restored: when it is another shop by now: somebody else may have the id there.
    """
    taken = employees.id_by_login(store, login)
    if taken == employee_id or employees.login_of(store, employee_id):
        return taken == employee_id
    if taken is not None:
        raise Invalid(N_("The system user {login} already belongs to another employee."), field="login", login=login)
    with change_set(store, employee_id, "employee.login") as changes:
        if read_in is not None and store.generation(held=True) != read_in:
            raise Restored
        changes.update(EMPLOYEE, employee_id, {"login": login})
    return True
