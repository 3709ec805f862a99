"""What the fields of a job are called wherever they are named: message ids, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain.errors import N_, DomainError

FIELD_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "subject": N_("Subject"), "start_at": N_("Start"), "end_at": N_("End"), "promised_at": N_("Promised"),
        "done_at": N_("Done"), "type": N_("Type"), "status": N_("Status"), "priority": N_("Priority"),
        "responsible": N_("Responsible"), "customer": N_("Customer"), "device": N_("Device"), "project": N_("Project"),
        "fault_told": N_("Fault told"), "fault_found": N_("Found"), "user_field1": N_("Own field 1"),
        "user_field2": N_("Own field 2"), "in_task_list": N_("In task list"), "planned": N_("Planned quantity"),
        "used": N_("Used quantity"), "price": N_("Unit price"), "discount": N_("Discount %"), "payer": N_("Payer"),
        "state": N_("State"), "kind": N_("Kind"), "code": N_("Code"), "text": N_("Text"), "unit": N_("Unit"),
        "role": N_("Role"), "person": N_("Person"), "position": N_("Position"),
    }
)  # fmt: skip


def label_of(field: str) -> DomainError:
    """A field's label as a value of another sentence, translated together with it."""
    return DomainError(FIELD_LABELS.get(field, field))
