"""What an act on jobs makes of one of them: a field set, cleared or moved, and what follows from it.

The rules of the lists' acts stand here once, for one job and for ten thousand, on the screen and on the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from svc_tui.db.core.changes import Value, Values
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.job_fields import EDITED, HEADER, REGISTER_FIELDS, TEXTS, JobField
from svc_tui.domain.labels import label_of
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import Registers
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.answers import Answers, Ask
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.activity_rules import (
    after_status,
    check_amount,
    check_status,
    check_times,
    check_type,
    clean_field,
    stage_of,
)
from svc_tui.services.jobs.job_times import moment
from svc_tui.services.stock import settling
from svc_tui.services.stock.devices import Goes, goes

READ: Final = (
    "number", "version", "stage", "done_at", "subject", *(name for name in HEADER if name not in TEXTS),
)  # fmt: skip
"""Fields of a job that the rules ask for; other texts only where they are set."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One field to set.

    Attributes:
        field: One of `FIELDS`.
        value: An id, a text, or for a time what was typed; None clears the field. `done` takes none.
        parts: What was said of the parts of the one job that is done or cancelled.
        anyway: Whether its parts are used though they are another job's, or the stock says there are fewer.
    """

    field: str
    value: object = None
    parts: Answers = ()
    anyway: bool = False


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
    if edit.field == "done":
        return edit
    field = EDITED[edit.field]
    if edit.value is None and field.is_required:
        raise Invalid(N_("{label} cannot be left empty."), field=edit.field, label=label_of(field.name))
    match field.kind:
        case FieldKind.LINE | FieldKind.TEXT:
            text = clean_field(field.name, str(edit.value or ""))
            if field.is_required and not text:
                raise Invalid(N_("The note is empty: write something first."), field="note")
            return replace(edit, value=text)
        case FieldKind.REFERENCE:
            if field.name in REGISTER_FIELDS and edit.value is not None:
                _in_use(session, field, edit.value)
        case FieldKind.MOMENT:
            if edit.value is not None and not isinstance(edit.value, Typed):
                raise TypeError(f"not what is typed for a time: {edit.value!r}")
        case FieldKind.FLAG:
            return replace(edit, value=bool(edit.value))
        case FieldKind.AMOUNT:
            check_amount(field.name, edit.value)
        case _:
            assert_never(field.kind)
    return edit


def _in_use(session: Session, field: JobField, value: object) -> None:
    if not isinstance(value, int) or not session.registers.in_use(field.name, value):
        raise Invalid(
            N_("{label}: this value is not in use any more; choose another."),
            field=field.edited_as, label=label_of(field.name),
        )  # fmt: skip


def right_for(edits: Iterable[Edit]) -> Right:
    """The right to do this to one job."""
    only_reassigned = all(edit.field == "responsible" for edit in edits)
    return Right.ACTIVITY_REASSIGN if only_reassigned else Right.ACTIVITY_EDIT


def act_of(edits: tuple[Edit, ...]) -> str:
    """What the act is called in the history."""
    if len(edits) != 1:
        return "activity.edit"
    return "activity.done" if edits[0].field == "done" else EDITED[edits[0].field].act


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


def ends(registers: Registers, edits: Iterable[Edit]) -> tuple[Stage, Answers]:
    """The stage in which jobs have no open part that these edits lead to, `NONE` for any other; what was said."""
    for edit in edits:
        if edit.field in ("done", "status"):
            stage = Stage.DONE if edit.field == "done" else stage_of(registers, _id(edit))
            return (stage if stage in (Stage.DONE, Stage.CANCELLED) else Stage.NONE), edit.parts
    return Stage.NONE, ()


def _check(row: Row, changed: Values, registers: Registers) -> None:
    if "status" in changed and (why := row.get("part_asked")):
        raise Invalid(settling.REFUSALS[Ask(str(why))], field="status", text=str(row.get("part_text") or ""))
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
    return {_column(edit.field): _id(edit)}


def _customer(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    """A device that belongs to another customer does not stay, unless it was registered with this job."""
    customer, owner = _id(edit), row.get("device_owner")
    becomes = goes(int(owner) if owner else None, customer, is_jobs_own=bool(row.get("device_is_own")))
    return {"customer": customer, "device": None} if becomes is Goes.LEAVES else {"customer": customer}


def _text(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    return {_column(edit.field): str(edit.value or "")}


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


def _flag(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    return {_column(edit.field): bool(edit.value)}


def _amount(registers: Registers, row: Row, edit: Edit, at: int) -> Values:
    return {_column(edit.field): _id(edit)}


def _column(field: str) -> str:
    return "status" if field == "done" else EDITED[field].name


def _maker(field: JobField) -> _Maker:
    if field.name in _OWN_RULES:
        return _OWN_RULES[field.name]
    match field.kind:
        case FieldKind.LINE | FieldKind.TEXT:
            return _text
        case FieldKind.REFERENCE:
            return _register
        case FieldKind.MOMENT:
            return _time
        case FieldKind.FLAG:
            return _flag
        case FieldKind.AMOUNT:
            return _amount
        case _:
            assert_never(field.kind)


_OWN_RULES: Final[Mapping[str, _Maker]] = {
    "status": _status, "customer": _customer, "start_at": _start, "note": _nothing,
}  # fmt: skip
"""Fields from which more follows than from others of their kind."""

FIELDS: Final[Mapping[str, _Maker]] = {
    "type": _register, "status": _status, "done": _done,
    **{name: _maker(field) for name, field in EDITED.items() if name not in ("type", "status")},
}  # fmt: skip
"""What can be set, in the order in which it is: whether a job is done depends on its type, an end on the start."""
