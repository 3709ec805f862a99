"""Roles and rights: what is not in the table is refused, with a sentence that says whom to ask."""

from __future__ import annotations

import itertools

import pytest

from svc_tui.domain.errors import NotAllowed
from svc_tui.domain.rights import RIGHTS, Right, Role, allows, require

DAILY = (
    Right.ACTIVITY_EDIT,
    Right.ACTIVITY_REASSIGN,
    Right.CONTACT_EDIT,
    Right.DEVICE_EDIT,
    Right.PRODUCT_EDIT,
    Right.ORDER_ISSUE,
    Right.UNDO_OWN,
)
SUPERVISION = (Right.ACTIVITY_BULK, Right.REGISTER_EDIT, Right.IMPORT_DATA, Right.EXPORT_DATA, Right.UNDO_ANY)
LOOKING = {Right.ACTIVITY_READ, Right.HISTORY_READ, Right.STATISTICS_READ, Right.SETTINGS_OWN}


@pytest.mark.parametrize(("role", "right"), list(itertools.product(Role, Right)))
def test_every_operation_is_allowed_by_the_table_or_refused_with_a_remedy(role: Role, right: Right) -> None:
    if right in RIGHTS[role]:
        require(role, right)
        return
    with pytest.raises(NotAllowed, match=r"\. (Ask|Save|Set|Change) .*\.$"):
        require(role, right)


@pytest.mark.parametrize("role", [Role.COUNTER, Role.TECHNICIAN])
def test_the_daily_work_is_nobodys_to_ask_for(role: Role) -> None:
    assert all(allows(role, right) for right in DAILY)
    assert not any(allows(role, right) for right in SUPERVISION)


def test_supervisors_and_administrators_do_what_touches_many_rows() -> None:
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        assert all(allows(role, right) for right in (*DAILY, *SUPERVISION))


def test_only_administrators_change_roles_and_the_company() -> None:
    for right in (Right.EMPLOYEE_EDIT, Right.COMPANY_EDIT, Right.DATABASE_MAINTAIN):
        assert [role for role in Role if allows(role, right)] == [Role.ADMINISTRATOR]


def test_readonly_may_only_look() -> None:
    assert {right for right in Right if allows(Role.READONLY, right)} == LOOKING


def test_an_administrator_may_do_everything() -> None:
    assert RIGHTS[Role.ADMINISTRATOR] == set(Right)


@pytest.mark.parametrize("role", ["", "root", "Administrator"])
def test_an_unknown_role_may_do_nothing(role: str) -> None:
    assert not any(allows(role, right) for right in Right)


def test_a_role_is_stored_as_its_plain_name() -> None:
    assert allows("supervisor", Right.ACTIVITY_BULK)
    assert str(Role.READONLY) == "readonly"
