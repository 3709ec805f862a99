"""What a job must be to be saved, what is refused with which field, and what follows from a status."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from svc_tui.db.core.changes import Value, Values
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.job_fields import AMOUNTS, BY_NAME, TEXTS
from svc_tui.domain.labels import label_of
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import Registers
from svc_tui.services.core.whole_texts import whole_line, whole_text

if TYPE_CHECKING:
    from svc_tui.services.jobs.activities import SheetEdit


def clean_field(name: str, value: Value) -> str:
    """A text of the header as it may be stored.

    Raises:
        Invalid: when it has more letters than its field holds.
    """
    field = BY_NAME.get(name)
    if field is None or field.kind is not FieldKind.LINE:
        return whole_text(value, name)
    return whole_line(value, name, field.limit)


def cleaned(values: Values) -> Values:
    """Text as it may be stored; everything else as it is.

    Raises:
        Invalid: with the field that holds fewer letters.
    """
    return dict(values) | {name: clean_field(name, values.get(name)) for name in TEXTS}


def check(edit: SheetEdit, values: Values) -> None:
    nothing = not any((values["subject"], values["customer"], values["device"], edit.new_device, edit.lines))
    if nothing:
        raise Invalid(N_("The job is still empty: write a subject, or choose a customer or a device."), field="subject")
    check_times(values)
    for name in AMOUNTS:
        check_amount(name, values[name])


def check_amount(name: str, value: object) -> None:
    """An amount of a job is none below zero."""
    if isinstance(value, int) and value < 0:
        raise Invalid(N_("{label} cannot be below zero."), field=name, label=label_of(name))


def check_times(values: Mapping[str, Value]) -> None:
    """A job does not end before it starts."""
    start, end = values["start_at"], values["end_at"]
    if start and end and int(end) < int(start):
        raise Invalid(N_("The end lies before the start: correct one of them, or clear the end."), field="end_at")


_TYPE_ASKS_FOR = frozenset(("type", "responsible", "customer"))


def check_type(registers: Registers, values: Mapping[str, Value], touched: Collection[str] = _TYPE_ASKS_FOR) -> None:
    """What a job's type demands.

    Args:
        registers: The shop's registers.
        values: The job's fields.
        touched: Fields that are being set: what another one lacks is not this act's doing.
    """
    chosen = registers.type(int(values["type"])) if values["type"] else None
    if chosen is None:
        return
    if chosen.responsible_required and not values["responsible"] and not {"type", "responsible"}.isdisjoint(touched):
        raise Invalid(
            N_("Jobs of the type {type} need a responsible: type initials or a name."),
            field="responsible",
            type=chosen.name,
        )
    if chosen.customer_required and not values["customer"] and not {"type", "customer"}.isdisjoint(touched):
        raise Invalid(
            N_("Jobs of the type {type} need a customer: type a name, number or phone, or press F9."),
            field="customer",
            type=chosen.name,
        )


def check_status(registers: Registers, values: Mapping[str, Value], touched: Collection[str]) -> None:
    """A job has a status of the list that its type belongs to; one that it has already may stay.

    Args:
        registers: The shop's registers.
        values: The job's fields.
        touched: Fields that are being set.
    """
    status = registers.status(int(values["status"])) if values["status"] else None
    kind = registers.type(int(values["type"])) if values["type"] else None
    if status is None or kind is None or "status" not in touched or not kind.lists or not status.lists:
        return
    if not status.lists & kind.lists:
        names = ", ".join(entry.name for entry in registers.statuses_of(kind.lists))
        raise Invalid(
            N_("Jobs of the type {type} do not have the status {status}; choose one of: {choices}."),
            field="status", type=kind.name, status=status.name, choices=names,
        )  # fmt: skip


def stage_of(registers: Registers, status_id: Value) -> Stage:
    """The stage that a status puts a job in."""
    status = registers.status(int(status_id)) if status_id else None
    return status.stage if status else Stage.NONE


def after_status(registers: Registers, row: Mapping[str, Value], status_id: Value, at: int) -> Values:
    """What follows a change of status: the time it was done, and its end where the company says so."""
    was, becomes = Stage(int(row["stage"] or 0)), stage_of(registers, status_id)
    if (was is Stage.DONE) == (becomes is Stage.DONE):
        return {}
    if becomes is not Stage.DONE:
        return {"done_at": None}
    rule = registers.company.done_end_rule
    follows: Values = {"done_at": at}
    if rule == "always" or (rule == "tasklist" and row["in_task_list"]):
        follows["end_at"] = max(at, int(row["start_at"] or 0))
    return follows
