"""What a job must be to be saved: text as it may be stored, and what is refused with which field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from svc_tui.db.changes import Value, Values
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.registers import Registers
from svc_tui.domain.text import clean_line, clean_text

if TYPE_CHECKING:
    from svc_tui.services.activities import SheetEdit

_LIMITS = {"subject": 300, "project": 120, "user_field1": 200, "user_field2": 200}
LONG_TEXTS = ("fault_told", "fault_found")


def cleaned(values: Values) -> Values:
    """Text as it may be stored; everything else as it is."""
    cleaned = dict(values)
    for name, limit in _LIMITS.items():
        cleaned[name] = clean_line(str(values.get(name) or ""), limit)
    for name in LONG_TEXTS:
        cleaned[name] = clean_text(str(values.get(name) or ""))
    return cleaned


def check(edit: SheetEdit, values: Values) -> None:
    nothing = not any((values["subject"], values["customer"], values["device"], edit.new_device, edit.lines))
    if nothing:
        raise Invalid(N_("The job is still empty: write a subject, or choose a customer or a device."), field="subject")
    start, end = values["start_at"], values["end_at"]
    if start and end and int(end) < int(start):
        raise Invalid(N_("The end lies before the start: correct one of them, or clear the end."), field="end_at")


def check_type(registers: Registers, values: Mapping[str, Value]) -> None:
    chosen = registers.type(int(values["type"])) if values["type"] else None
    if chosen is None:
        return
    if chosen.responsible_required and not values["responsible"]:
        raise Invalid(
            N_("Jobs of the type {type} need a responsible: type initials or a name."),
            field="responsible",
            type=chosen.name,
        )
    if chosen.customer_required and not values["customer"]:
        raise Invalid(
            N_("Jobs of the type {type} need a customer: type a name, number or phone, or press F9."),
            field="customer",
            type=chosen.name,
        )
