"""Who may do what: one named right per operation, a table from role to rights, and nothing that is not in it.

The defaults trust the people at the counter and in the workshop with the daily work, all of which is in the history
and can be undone. What touches many rows at once, or how the shop works, is for supervisors and administrators.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final

from svc_tui.domain.errors import N_, NotAllowed


class Role(StrEnum):
    """What an employee is in the shop."""

    COUNTER = auto()
    TECHNICIAN = auto()
    SUPERVISOR = auto()
    ADMINISTRATOR = auto()
    READONLY = auto()


class Right(StrEnum):
    """One operation, or a few that nobody would part."""

    ACTIVITY_READ = auto()
    """See activities, contacts, products, devices, orders."""
    ACTIVITY_EDIT = auto()
    """Create and change one activity with its note, links, lines and devices."""
    ACTIVITY_REASSIGN = auto()
    """Give an activity to another responsible."""
    ACTIVITY_BULK = auto()
    """Change a selection of activities in one act."""
    ACTIVITY_DELETE = auto()
    CONTACT_EDIT = auto()
    DEVICE_EDIT = auto()
    PRODUCT_EDIT = auto()
    ARRIVAL_RECEIVE = auto()
    """Receive parts and hand the jobs they complete to the technicians."""
    ORDER_ISSUE = auto()
    """Make, dispatch and invoice service orders."""
    ORDER_CREDIT = auto()
    REGISTER_EDIT = auto()
    """Lists, types, statuses, priorities; when employees work and are away."""
    COMPANY_EDIT = auto()
    EMPLOYEE_EDIT = auto()
    """Employees and their roles."""
    IMPORT_DATA = auto()
    EXPORT_DATA = auto()
    VIEW_SHARE = auto()
    """Share a saved view with the others."""
    UNDO_OWN = auto()
    UNDO_ANY = auto()
    HISTORY_READ = auto()
    STATISTICS_READ = auto()
    SETTINGS_OWN = auto()
    DATABASE_MAINTAIN = auto()
    """Back up, restore, migrate."""


_LOOK: Final = frozenset((Right.ACTIVITY_READ, Right.HISTORY_READ, Right.STATISTICS_READ, Right.SETTINGS_OWN))
_DAILY_WORK: Final = _LOOK | {
    Right.ACTIVITY_EDIT,
    Right.ACTIVITY_REASSIGN,
    Right.CONTACT_EDIT,
    Right.DEVICE_EDIT,
    Right.PRODUCT_EDIT,
    Right.ARRIVAL_RECEIVE,
    Right.ORDER_ISSUE,
    Right.VIEW_SHARE,
    Right.UNDO_OWN,
}
_SUPERVISION: Final = _DAILY_WORK | {
    Right.ACTIVITY_BULK,
    Right.ACTIVITY_DELETE,
    Right.ORDER_CREDIT,
    Right.REGISTER_EDIT,
    Right.IMPORT_DATA,
    Right.EXPORT_DATA,
    Right.UNDO_ANY,
}
_ADMINISTRATION: Final = _SUPERVISION | {Right.COMPANY_EDIT, Right.EMPLOYEE_EDIT, Right.DATABASE_MAINTAIN}

RIGHTS: Final[Mapping[str, frozenset[Right]]] = MappingProxyType(
    {
        Role.READONLY: _LOOK,
        Role.COUNTER: _DAILY_WORK,
        Role.TECHNICIAN: _DAILY_WORK,
        Role.SUPERVISOR: _SUPERVISION,
        Role.ADMINISTRATOR: _ADMINISTRATION,
    }
)

_REFUSALS: Final = MappingProxyType(
    {
        Right.ACTIVITY_READ: N_("Your role may not see jobs. Ask an administrator for another role."),
        Right.ACTIVITY_EDIT: N_("Your role may only look. Ask an administrator for a role that may change jobs."),
        Right.ACTIVITY_REASSIGN: N_("Your role may only look. Ask somebody at the counter to hand the job over."),
        Right.ACTIVITY_BULK: N_(
            "Your role may not change several jobs at once. Change them one by one, or ask a supervisor."
        ),
        Right.ACTIVITY_DELETE: N_("Your role may not delete jobs. Set it to cancelled, or ask a supervisor."),
        Right.CONTACT_EDIT: N_("Your role may only look. Ask somebody at the counter to change the contact."),
        Right.DEVICE_EDIT: N_("Your role may only look. Ask somebody at the counter to change the device."),
        Right.PRODUCT_EDIT: N_("Your role may only look. Ask somebody at the counter to change the product."),
        Right.ARRIVAL_RECEIVE: N_("Your role may only look. Ask somebody at the counter to receive the parts."),
        Right.ORDER_ISSUE: N_("Your role may only look. Ask somebody at the counter to make the order."),
        Right.ORDER_CREDIT: N_("Your role may not credit an order. Ask a supervisor to do it."),
        Right.REGISTER_EDIT: N_("Your role may not change the registers. Ask a supervisor to do it."),
        Right.COMPANY_EDIT: N_("Your role may not change the company settings. Ask an administrator to do it."),
        Right.EMPLOYEE_EDIT: N_("Your role may not change employees and roles. Ask an administrator to do it."),
        Right.IMPORT_DATA: N_("Your role may not import data. Ask a supervisor to do it."),
        Right.EXPORT_DATA: N_("Your role may not export data. Ask a supervisor to do it."),
        Right.VIEW_SHARE: N_("Your role may only look. Save the view for yourself, or ask a colleague to share it."),
        Right.UNDO_OWN: N_("Your role may only look. Ask a supervisor to undo the change."),
        Right.UNDO_ANY: N_("Your role may undo your own changes only. Ask a supervisor, or the one who made this one."),
        Right.HISTORY_READ: N_("Your role may not read the history. Ask an administrator for another role."),
        Right.STATISTICS_READ: N_("Your role may not read statistics. Ask an administrator for another role."),
        Right.SETTINGS_OWN: N_("Your role may not change settings. Ask an administrator for another role."),
        Right.DATABASE_MAINTAIN: N_("Your role may not maintain the database. Ask an administrator to do it."),
    }
)


def allows(role: str, right: Right) -> bool:
    """Whether the role carries the right; an unknown role carries none."""
    return right in RIGHTS.get(role, frozenset())


def require(role: str, right: Right) -> None:
    """Let the act go on.

    Raises:
        NotAllowed: The role does not carry the right; the sentence says whom to ask.
    """
    if not allows(role, right):
        raise NotAllowed(_REFUSALS[right])
