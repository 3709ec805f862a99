"""The fields of a job that people edit, each described once.

The sheet, what an act of the lists or the command line may set, its names there, the JSON, the history and the word
index follow from here. A field of a kind that is known needs no more than its column and its line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from svc_tui.domain.errors import N_
from svc_tui.domain.field_kinds import FieldKind

Kind = Literal[
    FieldKind.LINE, FieldKind.TEXT, FieldKind.MOMENT, FieldKind.REFERENCE, FieldKind.FLAG, FieldKind.AMOUNT
]  # fmt: skip
Group = Literal["when", "party"]


class JobField(NamedTuple):
    """One field, as the sheet edits it."""

    name: str
    """In the database, and in the sheet."""
    kind: Kind
    label: str
    """A message id."""
    limit: int = 0
    """The letters that a text holds; 0 for those that hold as much as any long text."""
    group: Group | None = None
    """Fields that make sense only together: changed apart by two people, they conflict as one."""
    edited_as: str = ""
    """What acts on many jobs and the command line call it; empty where they do not set it."""
    is_required: bool = False
    """Whether such an act may not empty it."""
    term: str = ""
    """The term of the filter line whose names it has there too; otherwise the languages name it (`job_fields`), and one
    that does not calls it as `edited_as` does."""
    act: str = "activity.edit"
    """What an act is called in the history that sets this field alone."""
    is_worded: bool = False
    """Whether a job is found by its words."""
    is_shipped: bool = False
    """Whether it is in the JSON under its own name; what every list shows is there anyway."""


_LINE: Final = FieldKind.LINE
_TEXT: Final = FieldKind.TEXT
_MOMENT: Final = FieldKind.MOMENT
_REFERENCE: Final = FieldKind.REFERENCE

JOB_FIELDS: Final[tuple[JobField, ...]] = (
    JobField(
        "subject", _LINE, N_("Subject"), limit=300, edited_as="subject", is_worded=True,
    ),
    JobField(
        "start_at", _MOMENT, N_("Start"), group="when", edited_as="start", is_required=True, term="start",
        act="activity.postpone",
    ),
    JobField("end_at", _MOMENT, N_("End"), group="when", edited_as="end", term="end"),
    JobField("promised_at", _MOMENT, N_("Promised"), edited_as="promised", term="promised"),
    JobField("type", _REFERENCE, N_("Type"), edited_as="type", term="type", act="activity.type"),
    JobField(
        "status", _REFERENCE, N_("Status"), edited_as="status", is_required=True, term="status",
        act="activity.status",
    ),
    JobField("priority", _REFERENCE, N_("Priority"), edited_as="priority", term="priority", act="activity.priority"),
    JobField(
        "responsible", _REFERENCE, N_("Responsible"), edited_as="responsible", term="responsible",
        act="activity.reassign",
    ),
    JobField("customer", _REFERENCE, N_("Customer"), group="party", edited_as="customer", term="customer"),
    JobField("device", _REFERENCE, N_("Device"), group="party"),
    JobField(
        "project", _LINE, N_("Project"), limit=120, edited_as="project", term="project", is_worded=True,
        is_shipped=True,
    ),
    JobField(
        "fault_told", _TEXT, N_("Fault told"), edited_as="fault_told",
        is_worded=True, is_shipped=True,
    ),
    JobField(
        "fault_found", _TEXT, N_("Found"), edited_as="fault_found", is_worded=True, is_shipped=True,
    ),
    JobField(
        "user_field1", _LINE, N_("Own field 1"), limit=200, edited_as="user_field1", is_worded=True, is_shipped=True,
    ),
    JobField(
        "user_field2", _LINE, N_("Own field 2"), limit=200, edited_as="user_field2", is_worded=True, is_shipped=True,
    ),
    JobField(
        "in_task_list", FieldKind.FLAG, N_("In task list"), edited_as="in_task_list", is_shipped=True,
    ),
    JobField(
        "ceiling", FieldKind.AMOUNT, N_("Ceiling with VAT"), edited_as="ceiling", is_shipped=True,
    ),
)  # fmt: skip
"""In the order in which a sheet holds them."""

NOTE: Final = JobField(
    "note", _TEXT, N_("Note"), edited_as="note", is_required=True, act="activity.note",
)  # fmt: skip
"""What is appended to a job's note, which acts set like a field."""

BY_NAME: Final[Mapping[str, JobField]] = MappingProxyType({entry.name: entry for entry in JOB_FIELDS})

HEADER: Final = tuple(BY_NAME)
"""The fields that a sheet edits."""

TEXTS: Final = tuple(entry.name for entry in JOB_FIELDS if entry.kind in (_LINE, _TEXT))

LONG_TEXTS: Final = tuple(entry.name for entry in JOB_FIELDS if entry.kind is _TEXT)

AMOUNTS: Final = tuple(entry.name for entry in JOB_FIELDS if entry.kind is FieldKind.AMOUNT)

FLAGS: Final = tuple(entry.name for entry in JOB_FIELDS if entry.kind is FieldKind.FLAG)

SHIPPED: Final = tuple(entry.name for entry in JOB_FIELDS if entry.is_shipped)
"""Fields that are in the JSON under their own names."""

REGISTER_FIELDS: Final = ("type", "status", "priority", "responsible")
"""Fields that hold a row of a register, chosen among those in use."""

GROUPS: Final = tuple(
    tuple(entry.name for entry in JOB_FIELDS if entry.group == group)
    for group in dict.fromkeys(entry.group for entry in JOB_FIELDS if entry.group)
)
"""Fields that conflict as one."""

EDITED: Final[Mapping[str, JobField]] = MappingProxyType(
    {entry.edited_as: entry for entry in (*JOB_FIELDS, NOTE) if entry.edited_as}
)
"""What can be set without a sheet, in the order in which it is told."""
