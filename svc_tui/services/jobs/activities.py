"""Service jobs: what a sheet shows, saving it, and the acts of the lists on one job or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from svc_tui.db.core.changes import Changes, Value, Values, activity_of, new_operation_key, read
from svc_tui.db.core.engine import Store
from svc_tui.db.lists import activities as rows
from svc_tui.db.people import contacts
from svc_tui.domain import clock
from svc_tui.domain.damage import require_sound
from svc_tui.domain.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid
from svc_tui.domain.job_fields import FLAGS, GROUPS, HEADER, TEXTS
from svc_tui.domain.merge import merge
from svc_tui.domain.records import (
    ContactRow,
    DeviceRow,
    LateBy,
    LineRecord,
    LinkRecord,
    LinkRole,
    NoteRecord,
    Stage,
    TypeRecord,
)
from svc_tui.domain.registers import Registers
from svc_tui.domain.rights import Right
from svc_tui.domain.stock.answers import Answers
from svc_tui.domain.stock.pieces import Fate
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_NOTE
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_text
from svc_tui.services.jobs import lines, links, part_ends, resaving
from svc_tui.services.jobs.activity_rules import (
    after_status,
    check,
    check_status,
    check_type,
    cleaned,
    stage_of,
)
from svc_tui.services.stock import devices
from svc_tui.services.stock.devices import NewDevice
from svc_tui.services.stock.part_lines import Handling


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is stored of one job, or the beginnings of a new one (`id` None)."""

    id: int | None
    number: int | None
    version: int
    values: Values
    customer: ContactRow | None = None
    device: DeviceRow | None = None
    links: tuple[LinkRecord, ...] = ()
    lines: tuple[LineRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    stage: Stage = Stage.NONE
    total: int = 0
    created_at: int = 0
    created_by: int | None = None
    changed_at: int = 0
    done_at: int | None = None
    late_at: int | None = None
    """Its deadline, seconds UTC."""
    late_by: LateBy = LateBy.NOTHING
    status_since: int = 0
    generation: str = ""
    """Of the shop that it was read in; see `Session.generation`."""

    def is_of(self, other: Sheet) -> bool:
        """Whether both are of the same job: in a restored shop another one may have the id, and even the number."""
        return (self.id, self.number, self.created_at) == (other.id, other.number, other.created_at)


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What the user made of a sheet: `base` as it was opened, beside it what is wanted now."""

    base: Sheet
    values: Values
    links: tuple[LinkRecord, ...]
    lines: tuple[LineRecord, ...]
    new_note: str = ""
    stamp_note: bool = True
    new_device: NewDevice | None = None
    anyway: bool = False
    """Whether pieces are used though they are another job's, or the stock says that there are fewer."""
    fates: Mapping[int, Fate] = field(default_factory=dict)
    """What becomes of pieces that are taken back, by line."""
    answers: Answers = ()
    """What was said of parts before the job is cancelled."""
    operation_key: str = field(default_factory=new_operation_key)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save."""

    id: int
    number: int
    merged: tuple[str, ...] = ()
    """Fields that somebody else changed meanwhile and that were kept as they left them."""
    moved_device: str = ""
    """The device that went along to another customer."""
    freed: tuple[tuple[str, int], ...] = ()
    """Parts that were reserved and go back on their shelves, and how many pieces in thousandths."""


# -- defaults --------------------------------------------------------------------------------------------------


def new_sheet(session: Session, list_id: int | None, defaults: Mapping[str, int | None]) -> Sheet:
    """The beginnings of a new job in a list: start now, and what the user's settings and the type decide.

    Args:
        session: Who registers it.
        list_id: The list it is made from; None for "All".
        defaults: The user's own type, status, responsible and priority.
    """
    registers = session.registers
    values: Values = dict.fromkeys(HEADER)
    values |= dict.fromkeys(TEXTS, "") | dict.fromkeys(FLAGS, False)
    values["start_at"] = session.seconds() // 60 * 60
    lists = frozenset() if list_id is None else frozenset((list_id,))
    ready = registers.ready_status(lists)
    priority = registers.default_priority()
    values["status"] = ready.id if ready else None
    values["priority"] = priority.id if priority else None
    offered = {entry.id for entry in registers.types_of(list_id)}
    own = {name: value for name, value in defaults.items() if value is not None and registers.in_use(name, value)}
    values |= {name: value for name, value in own.items() if name != "type" or value in offered}
    chosen = registers.type(int(values["type"])) if values["type"] else None
    of_type = type_defaults(chosen, explicit=own)
    values |= {name: value for name, value in of_type.items() if registers.in_use(name, int(value or 0))}
    values["end_at"] = clock.later(int(values["start_at"] or 0), duration(registers, chosen))
    return Sheet(None, None, 0, values, generation=session.generation)


def type_defaults(chosen: TypeRecord | None, explicit: Mapping[str, object]) -> Values:
    """What choosing a type fills in, but for the fields that were decided explicitly."""
    if chosen is None:
        return {}
    found: Values = {"status": chosen.default_status, "responsible": chosen.default_responsible}
    return {name: value for name, value in found.items() if value is not None and explicit.get(name) is None}


def duration(registers: Registers, chosen: TypeRecord | None) -> int:
    """Minutes from a job's start to its end: the type's, else the company's."""
    if chosen is not None and chosen.default_duration is not None:
        return chosen.default_duration
    return registers.company.default_duration


# -- opening ---------------------------------------------------------------------------------------------------


def open_sheet(session: Session, activity_id: int) -> Sheet:
    """Everything a sheet shows of one job, but its history.

    Raises:
        NotFound: when the job is gone.
        Invalid: when another program wrote into it what cannot be shown.
    """
    session.require(Right.ACTIVITY_READ)
    row = read(session.store, ACTIVITY, activity_id)
    require_sound("activity", activity_id, row.items())
    try:
        sheet = replace(_sheet_of(session.store, activity_id, row), generation=session.generation)
        for table, kind in (
            ("activity_link", sheet.links),
            ("activity_line", sheet.lines),
            ("activity_note", sheet.notes),
        ):
            for entry in kind:
                require_sound(table, entry.id, entry._asdict().items())
        return sheet
    except (TypeError, ValueError) as error:
        raise Invalid(
            N_("Job {number} holds a value that cannot be, so it is not opened: svc-tui check says which."),
            number=row["number"],
        ) from error


def _sheet_of(store: Store, activity_id: int, row: Mapping[str, Any]) -> Sheet:
    customer, device = row["customer"], row["device"]
    return Sheet(
        id=activity_id,
        number=int(row["number"] or 0),
        version=int(row["version"] or 0),
        values={name: row[name] for name in HEADER},
        customer=contacts.contact_by_id(store, int(customer)) if customer else None,
        device=contacts.device_by_id(store, int(device)) if device else None,
        links=tuple(rows.links_of(store, activity_id)),
        lines=tuple(rows.lines_of(store, activity_id)),
        notes=tuple(rows.notes_of(store, activity_id)),
        stage=Stage(int(row["stage"] or 0)),
        total=int(row["total"] or 0),
        created_at=int(row["created_at"] or 0),
        created_by=int(row["created_by"]) if row["created_by"] else None,
        changed_at=int(row["changed_at"] or 0),
        done_at=int(row["done_at"]) if row["done_at"] else None,
        late_at=int(row["late_at"]) if row["late_at"] is not None else None,
        late_by=LateBy(int(row["late_by"] or 0)),
        status_since=int(row["status_since"] or 0),
    )


def id_of_number(session: Session, number: int) -> int | None:
    """The job with a running number."""
    return rows.ids_of_numbers(session.store, (number,)).get(number)


def ids_of_numbers(session: Session, numbers: Iterable[int]) -> dict[int, int]:
    """The jobs with these running numbers, by number."""
    session.require(Right.ACTIVITY_READ)
    return rows.ids_of_numbers(session.store, numbers)


# -- saving ----------------------------------------------------------------------------------------------------


def save(session: Session, edit: SheetEdit) -> Saved:
    """Save a sheet: all of it in one change set, or nothing.

    Of an edit whose key is in already (the answer to its save was lost) only the difference is saved: what was typed
    since, as an act of its own.

    Raises:
        Invalid: with the field that is refused.
        Conflict: when somebody else changed the same field since the sheet was opened.
        Restored: when the shop was put back to an earlier state since then.
        NotAllowed, NotFound, DatabaseTrouble.
        Unclear: when it is not known whether it is in; the same edit is saved once however often it is tried.
    """
    read_in = edit.base.generation
    with session.act("activity.save", Right.ACTIVITY_EDIT, edit.operation_key, read_in=read_in) as changes:
        if known := resaving.known(changes):
            edit = resaving.rest(changes, edit, known)
        return _write(session, changes, edit)


def saved_with(session: Session, operation_key: str) -> Saved:
    """The job that the save with this key stored.

    Raises:
        NotFound: when it is gone since.
    """
    activity_id = activity_of(session.store, operation_key) or 0
    return Saved(activity_id, int(read(session.store, ACTIVITY, activity_id)["number"] or 0))


def _write(session: Session, changes: Changes, edit: SheetEdit) -> Saved:
    was, becomes = edit.base.stage, stage_of(session.registers, edit.values["status"])
    part_ends.hold(changes, was, becomes, () if edit.base.id is None else edit.base.lines, edit.lines)
    values, note = cleaned(edit.values), whole_text(edit.new_note, "note")
    if not values["start_at"]:
        values["start_at"] = session.seconds() // 60 * 60
    check(edit, values)
    check_type(session.registers, values)
    is_new = edit.base.id is None
    if is_new:
        check_status(session.registers, values, values)
    if edit.new_device is not None:
        owner = values["customer"]
        values["device"] = devices.find_or_create(changes, edit.new_device, int(owner) if owner else None)
    corrected = _customer(values, edit)
    saved = _create(session, changes, values) if is_new else _update(session, changes, edit, values)
    links.save(changes, saved.id, () if is_new else edit.base.links, edit.links, corrected)
    if corrected is not None and values["device"] and not is_new:
        moved = devices.move(changes, saved.id, int(values["device"]), corrected)
        saved = replace(saved, moved_device=moved)
    handling = Handling(session.registers.company.reserve_at_save, edit.anyway, edit.fates)
    lines.save(changes, saved.id, () if is_new else edit.base.lines, edit.lines, handling)
    is_same = was is becomes and edit.base.lines == edit.lines
    freed = [] if is_same else part_ends.end(changes, saved.id, becomes, edit.answers)
    if note:
        add_note(changes, saved.id, note, edit.stamp_note)
    return replace(saved, freed=tuple(freed))


def _customer(values: Values, edit: SheetEdit) -> int | None:
    """The header's customer where this edit set it, for the links to follow."""
    customer = values["customer"]
    if edit.base.id is not None and customer == edit.base.values["customer"]:
        return None
    return int(customer) if customer else None


def _create(session: Session, changes: Changes, values: Values) -> Saved:
    number = changes.next_number("activity")
    actor = session.employee.id if session.employee else None
    stage = stage_of(session.registers, values["status"])
    row = values | {
        "number": number, "created_at": changes.at, "created_by": actor,
        "done_at": changes.at if stage is Stage.DONE else None,
    }  # fmt: skip
    return Saved(changes.insert(ACTIVITY, row), number)


def _update(session: Session, changes: Changes, edit: SheetEdit, values: Values) -> Saved:
    activity_id, number = edit.base.id or 0, edit.base.number or 0
    theirs = read(session.store, ACTIVITY, activity_id, lock=True)
    merged = merge(edit.base.values, values, {name: theirs[name] for name in HEADER}, GROUPS)
    if merged.conflicts:
        raise Conflict(
            CHANGED_MEANWHILE,
            fields=tuple(conflict.field for conflict in merged.conflicts),
            count=len(merged.conflicts),
        )  # fmt: skip
    write: Values = {name: _value(value) for name, value in merged.write.items()}
    check_type(session.registers, theirs | write)  # the type may be theirs and the missing field mine
    check_status(session.registers, theirs | write, write)
    if "status" in write:
        write |= after_status(session.registers, theirs, write["status"], changes.at)
    changes.update(ACTIVITY, activity_id, write)
    return Saved(activity_id, number, merged.taken)


def _value(value: object) -> Value:
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"not a field's value: {value!r}")


# -- acts of the lists -----------------------------------------------------------------------------------------


def add_note(changes: Changes, activity_id: int, text: str, stamped: bool) -> None:
    """Append an entry to a job's note."""
    changes.insert(
        ACTIVITY_NOTE,
        {"activity": activity_id, "at": changes.at, "author": changes.actor_id, "text": text, "stamped": stamped},
    )


def duplicate(session: Session, activity_id: int) -> Sheet:
    """A new job that begins as a copy of another: its header, links and lines, not its notes and history.

    Lines are planned anew; nothing is saved yet.
    """
    source = open_sheet(session, activity_id)
    fresh = new_sheet(session, None, {})
    values = source.values | {name: fresh.values[name] for name in ("start_at", "status", "promised_at")}
    chosen = session.registers.type(int(values["type"])) if values["type"] else None
    values |= type_defaults(chosen, {"responsible": values["responsible"]})
    if source.values["end_at"]:
        values["end_at"] = clock.moved_end(
            int(source.values["start_at"] or 0), int(source.values["end_at"]), int(values["start_at"] or 0)
        )
    return replace(
        source,
        id=None, number=None, version=0, values=values, notes=(), stage=Stage.NONE, done_at=None,
        links=tuple(link._replace(id=-place) for place, link in enumerate(source.links, 1)),
        lines=tuple(
            line._replace(
                id=-place, used=None, transferred=0, state="needed" if line.state else "", reserved=0, ordered=0,
                due=None, came=0,
            )
            for place, line in enumerate(source.lines, 1)
        ),
    )  # fmt: skip


__all__ = ["HEADER", "LinkRole", "Saved", "Sheet", "SheetEdit"]
