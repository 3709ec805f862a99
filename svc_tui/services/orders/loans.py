"""Devices that the shop lends while it has the customer's: out with a job, back, and too long away."""

from __future__ import annotations

from typing import Final

from svc_tui.db.core.changes import read
from svc_tui.db.orders import goods
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import LOAN, LOAN_DEVICE
from svc_tui.domain.orders.records import LoanDeviceRow
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line, whole_text

_LIMITS: Final = {"name": 120, "serial": 100, "condition": 200}


def all_devices(session: Session) -> list[LoanDeviceRow]:
    """Every loan device, and with whom it is."""
    session.require(Right.ACTIVITY_READ)
    return goods.loan_devices(session.store)


def overdue(session: Session) -> list[LoanDeviceRow]:
    """Those that should be back by now."""
    now = session.seconds()
    return [device for device in all_devices(session) if device.due_at is not None and device.due_at < now]


def with_job(session: Session, job: int) -> list[LoanDeviceRow]:
    """Those that are out with a job."""
    session.require(Right.ACTIVITY_READ)
    return goods.lent_with(session.store, [job])


def save_device(session: Session, device: int | None, values: Values) -> int:
    """Add a loan device, or change one; gives its id.

    Raises:
        Invalid: without a name.
    """
    row: Values = {name: whole_line(values.get(name, ""), name, limit) for name, limit in _LIMITS.items()}
    row |= {"note": whole_text(values.get("note", ""), "note"), "retired": bool(values.get("retired", False))}
    if not row["name"]:
        raise Invalid(N_("Write what the device is."), field="name")
    with session.act("loan.device", Right.DEVICE_EDIT) as changes:
        if device is None:
            return changes.insert(LOAN_DEVICE, row | {"number": changes.next_number("loan")})
        changes.update(LOAN_DEVICE, device, row)
        return device


def lend(session: Session, device: int, job: int, due_at: int | None = None, condition: str = "") -> int:
    """Lend a device with a job; gives the loan's id.

    Raises:
        Invalid: when it is out with another one, or no longer lent.
    """
    text = whole_line(condition, "condition", 200)
    with session.act("order.loan", Right.ACTIVITY_EDIT) as changes:
        row = read(changes.store, LOAN_DEVICE, device, lock=True)
        here = next(found for found in goods.loan_devices(changes.store) if found.id == device)
        if here.loan is not None:
            raise Invalid(N_("{name} is out with job {number}: it must come back first."),
                          name=here.name, number=here.job)  # fmt: skip
        if row["retired"]:
            raise Invalid(N_("{name} is no longer lent."), name=here.name)
        if due_at is not None and due_at < changes.at:
            raise Invalid(N_("It cannot be due back before it is lent."), field="due_at")
        customer = read(changes.store, ACTIVITY, job)["customer"]
        return changes.insert(
            LOAN,
            {
                "loan_device": device, "of_job": job, "contact": customer, "out_at": changes.at, "due_at": due_at,
                "condition_out": text or row["condition"], "author": changes.actor_id,
            },
        )  # fmt: skip


def bring_back(session: Session, loan: int, condition: str = "") -> None:
    """The device is back.

    Raises:
        Invalid: when it is back already.
    """
    text = whole_line(condition, "condition", 200)
    with session.act("order.loan_back", Right.ACTIVITY_EDIT) as changes:
        row = read(changes.store, LOAN, loan, lock=True)
        if row["back_at"] is not None:
            raise Invalid(N_("It is back already."))
        changes.update(LOAN, loan, {"back_at": changes.at, "condition_back": text})
        if text:
            changes.update(LOAN_DEVICE, int(row["loan_device"] or 0), {"condition": text})
