"""What an act on jobs makes of one of them: a field set, cleared or moved, and what follows from it.

The rules of the lists' acts stand here once, for one job and for ten thousand, on the screen and on the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from svc_tui.db.core.changes import Value, Values
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.labels import label_of
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.registers import Registers
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_text
from svc_tui.services.jobs.activity_rules import after_status, check_status, check_times, check_type, clean_field
from svc_tui.services.jobs.job_times import moment
from svc_tui.services.stock.devices import Goes, goes

READ: Final = (
    "number", "version", "subject", "start_at", "end_at", "promised_at", "done_at", "type", "status", "stage",
    "priority", "responsible", "customer", "device", "in_task_list",
)  # fmt: skip
"""Fields of a job that the rules ask for; the long texts only where they are set."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One field to set.

    Attributes:
        field: One of `FIELDS`.
        value: An id, a text, or for a time what was typed; None clears the field. `done` takes none.
    """

    field: str
    value: object = None


Row = Mapping[str, Value]
_Maker = Callable[[Registers, Row, Edit, int], Values]


def checked(session: Session, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits as they are applied: in the order in which one may follow from another, values as they are stored.

    Raises:
        Invalid: when a field cannot be set, cleared, or set to this.
    """
    order = list(FIELDS)
    known = []
    for edit in edits:
        if edit.field not in FIELDS:
            raise Invalid(N_("There is no field {name} to set; use one of: {names}."),
                          field=edit.field, name=edit.field, names=", ".join(FIELDS))  # fmt: skip
        known.append(_checked(session, edit))
    return tuple(sorted(known, key=lambda edit: order.index(edit.field)))


def _checked(session: Session, edit: Edit) -> Edit:
    if edit.value is None and edit.field not in (*_CLEARED, "done"):
        raise Invalid(N_("{label} cannot be left empty."), field=edit.field, label=label_of(_column(edit.field)))
    if edit.field in ("type", "status", "priority", "responsible") and edit.value is not None:
        if not isinstance(edit.value, int) or not session.registers.in_use(edit.field, edit.value):
            raise Invalid(
                N_("{label}: this value is not in use any more; choose another."),
                field=edit.field, label=label_of(edit.field),
            )  # fmt: skip
    elif edit.field in _TIMES and edit.value is not None and not isinstance(edit.value, Typed):
        raise TypeError(f"not what is typed for a time: {edit.value!r}")
    elif edit.field in TEXTS:
        return replace(edit, value=clean_field(edit.field, str(edit.value or "")))
    elif edit.field == "note":
        text = whole_text(edit.value, "note")
        if not text:
            raise Invalid(N_("The note is empty: write something first."), field="note")
        return replace(edit, value=text)
    return edit


def right_for(edits: Iterable[Edit]) -> Right:
    """The right to do this to one job."""
    only_reassigned = all(edit.field == "responsible" for edit in edits)
    return Right.ACTIVITY_REASSIGN if only_reassigned else Right.ACTIVITY_EDIT


def act_of(edits: tuple[Edit, ...]) -> str:
    """What the act is called in the history."""
    return _ACTS.get(edits[0].field, "activity.edit") if len(edits) == 1 else "activity.edit"


def made_of(registers: Registers, row: Row, edits: Iterable[Edit], at: int) -> Values:
    """What the edits change of a job: its fields that differ afterwards.

    Args:
        registers: The shop's registers.
        row: The job, with at least the fields `READ` and those that are set.
        edits: As `checked` gave them.
        at: The time of the act.

    Raises:
        Invalid: when this job cannot be changed so.
    """
    wanted: Values = {}
    for edit in edits:
        if edit.field != "note":
            wanted |= FIELDS[edit.field](registers, {**row, **wanted}, edit, at)
    changed = {name: value for name, value in wanted.items() if row[name] != value}
    if changed:
        _check({**row, **changed}, changed, registers)
    return changed


def _check(row: Row, changed: Values, registers: Registers) -> None:
    check_type(registers, row, changed)
    check_status(registers, row, changed)
    if "start_at" in changed or "end_at" in changed:
        check_times(row)
    if not {"subject", "customer"}.isdisjoint(changed) and not any(row[n] for n in ("subject", "customer", "device")):
        raise Invalid(N_("The job would be empty: leave it a subject or a customer."), field="subject")


# -- what each field does ----------------------------------------------------------------------------------------


def _status(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    status = _id(edit)
    return {"status": status} | after_status(registers, row, status, at)


def _done(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    """The status of the Done key in the list that the job's type belongs to."""
    chosen = registers.type(int(row["type"])) if row["type"] else None
    status = registers.done_status(chosen.lists if chosen else frozenset())
    if status is None:
        raise Invalid(N_("No status means done: give one the stage done in the registers."), field="status")
    return _status(registers, row, replace(edit, value=status.id), at)


def _register(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    return {edit.field: _id(edit)}


def _customer(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    """A device that belongs to another customer does not stay, unless it was registered with this job."""
    customer, owner = _id(edit), row.get("device_owner")
    becomes = goes(int(owner) if owner else None, customer, is_jobs_own=bool(row.get("device_is_own")))
    return {"customer": customer, "device": None} if becomes is Goes.LEAVES else {"customer": customer}


def _text(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    return {edit.field: str(edit.value or "")}


def _start(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    """The start; the end moves along by as much on the clock, also over a change of the clocks."""
    assert isinstance(edit.value, Typed)
    start = int(row["start_at"] or 0)
    new = moment(edit.value, "start", registers.company, at, start)
    moved: Values = {"start_at": new}
    if row["end_at"]:
        moved["end_at"] = clock.moved_end(start, int(row["end_at"]), new)
    return moved


def _time(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    column = _column(edit.field)
    if not isinstance(edit.value, Typed):
        return {column: None}
    stands, start = row[column], row["start_at"]
    return {
        column: moment(
            edit.value, edit.field, registers.company, at,
            None if stands is None else int(stands), None if start is None else int(start),
        )
    }  # fmt: skip


def _nothing(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    return {}


def _id(edit: Edit) -> int | None:
    return edit.value if isinstance(edit.value, int) else None


def _column(field: str) -> str:
    return {"start": "start_at", "end": "end_at", "promised": "promised_at", "done": "status"}.get(field, field)


FIELDS: Final[Mapping[str, _Maker]] = {
    "type": _register, "status": _status, "done": _done, "priority": _register, "responsible": _register,
    "customer": _customer, "start": _start, "end": _time, "promised": _time, "subject": _text, "project": _text,
    "fault_told": _text, "fault_found": _text, "user_field1": _text, "user_field2": _text, "note": _nothing,
}  # fmt: skip
"""What can be set, in the order in which it is: whether a job is done depends on its type, an end on the start."""

_TIMES: Final = ("start", "end", "promised")
TEXTS: Final = ("subject", "project", "fault_told", "fault_found", "user_field1", "user_field2")
_CLEARED: Final = ("type", "priority", "responsible", "customer", "end", "promised", *TEXTS)
_ACTS: Final = {
    "done": "activity.done", "status": "activity.status", "responsible": "activity.reassign",
    "type": "activity.type", "priority": "activity.priority", "start": "activity.postpone", "note": "activity.note",
}  # fmt: skip
