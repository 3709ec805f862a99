"""Many jobs changed in one act: planned while everybody works, then written in one short transaction.

What cannot be changed is refused job by job with its reason, and the rest goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from svc_tui.db.core import many
from svc_tui.db.core.changes import Changes, Values, change_set_of
from svc_tui.db.lists import activities as rows
from svc_tui.db.people import contacts
from svc_tui.domain.errors import N_, DatabaseTrouble, DomainError, Invalid, NotFound
from svc_tui.domain.job_fields import EDITED, GROUPS, TEXTS
from svc_tui.domain.merge import merge
from svc_tui.domain.operations import Act
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_NOTE, DEVICE
from svc_tui.services.core.meanwhile import changed_meanwhile
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import links
from svc_tui.services.jobs.bulk_records import Plan, Refusal, Result, Selection, Stopped
from svc_tui.services.jobs.job_edits import READ, Edit, act_of, checked, ends, made_of
from svc_tui.services.stock import book, devices, settling

__all__ = ["MOST", "Edit", "Plan", "Refusal", "Result", "Selection", "Stopped", "at_once", "carry_out", "plan"]

MOST = 50_000
"""So many jobs in one act; more would hold up others for seconds."""

_STEP = 1_000
"""Jobs between two looks at whether the act is still wanted."""

Told = Callable[[int, int], None]
"""Is told how many of how many are done."""
Wanted = Callable[[], bool]


def nobody_asks(_done: int, _all: int) -> None:
    """Progress that nobody looks at."""


def always() -> bool:
    return True


# -- planning ----------------------------------------------------------------------------------------------------


def plan(
    session: Session,
    selection: Selection,
    edit: Edit | Sequence[Edit],
    told: Told = nobody_asks,
    wanted: Wanted = always,
) -> Plan:
    """Read the jobs and decide what becomes of each, outside any transaction.

    Args:
        session: Who acts.
        selection: Which jobs.
        edit: What is set, one field or several.
        told: Progress.
        wanted: Becomes False to stop.

    Raises:
        Invalid: when it cannot be done to any job, or to so many.
        NotAllowed: when the role does not carry the right.
        Stopped: when it was no longer wanted.
    """
    edits = checked(session, [edit] if isinstance(edit, Edit) else edit)
    ids = ids_of(session, selection)
    made = Plan(edits, len(ids), {}, 0, (), session.generation)
    for right in made.rights:
        session.require(right)
    at = session.seconds()
    jobs: dict[int, Values] = {}
    refused: list[Refusal] = []
    unchanged = done = 0
    for chunk in _steps(ids, told, wanted):
        found = _read(session, edits, chunk)
        for activity_id in chunk:
            row = found.get(activity_id)
            if row is None:
                refused.append(_gone())
                continue
            try:
                if made_of(session.registers, row, edits, at) or _note(edits):
                    jobs[activity_id] = row
                else:
                    unchanged += 1
            except Invalid as why:
                refused.append(_refusal(row, why))
        done += len(chunk)
    told(done, len(ids))
    return Plan(edits, len(ids), jobs, unchanged, tuple(refused), session.generation)


def foreseen(session: Session, plan: Plan) -> Iterator[tuple[int, Values, Values]]:
    """What each job of a plan would change: id, the job as it was read, and the fields that would differ."""
    at = session.seconds()
    for job, row in plan.jobs.items():
        yield job, row, made_of(session.registers, row, plan.edits, at)


def ids_of(session: Session, selection: Selection) -> list[int]:
    """The selected jobs, each once, in the order of their ids."""
    found = set(selection.ids)
    if selection.query is not None:
        session.require(Right.ACTIVITY_READ)
        limit = MOST + len(selection.but) + 1
        found.update(rows.matching_ids(session.store, selection.query, limit))
    found -= selection.but
    if len(found) > MOST:
        raise Invalid(N_("At most {count} jobs can be changed at once: filter more, or select fewer."), count=MOST)
    return sorted(found)


def _steps(ids: Sequence[int], told: Told, wanted: Wanted) -> Iterable[Sequence[int]]:
    for at in range(0, len(ids), _STEP):
        _go_on(wanted)
        told(at, len(ids))
        yield ids[at : at + _STEP]
    _go_on(wanted)


def _go_on(wanted: Wanted) -> None:
    if not wanted():
        raise Stopped(N_("Stopped; nothing was changed."))


def _read(session: Session, edits: Sequence[Edit], ids: Sequence[int], *, lock: bool = False) -> dict[int, Values]:
    """Jobs with the fields that the edits ask for."""
    columns = (EDITED[edit.field].name for edit in edits if edit.field in EDITED)
    texts = [name for name in columns if name in TEXTS]
    found = many.read_rows(session.store, ACTIVITY, ids, (*READ, *texts), lock=lock)
    if any(edit.field == "customer" for edit in edits):
        held = {int(row["device"]) for row in found.values() if row["device"]}
        owners = many.read_rows(session.store, DEVICE, held, ("owner",))
        for row in found.values():
            row["device_owner"] = owners[int(row["device"])]["owner"] if row["device"] else None
        registered = contacts.registered_with(session.store, sorted(held))
        for job, row in found.items():
            row["device_is_own"] = bool(row["device"]) and registered.get(int(row["device"] or 0)) == job
    _ask_of_parts(session, edits, found)
    return found


def _ask_of_parts(session: Session, edits: Sequence[Edit], found: dict[int, Values]) -> None:
    """What has to be said of the parts of jobs that are done or cancelled now, beside their fields."""
    stage, answers = ends(session.registers, edits)
    if stage is Stage.NONE:
        return
    asked = settling.asked(session.store, [job for job, row in found.items() if row["stage"] != stage], stage)
    for job, row in found.items():
        question = next((entry for entry in asked.get(job, ()) if not entry.is_answered(answers)), None)
        row["part_asked"], row["part_text"] = (str(question.ask), question.text) if question else ("", "")


def _note(edits: Iterable[Edit]) -> str:
    return "\n".join(str(edit.value) for edit in edits if edit.field == "note")


def _refusal(row: Values, why: DomainError) -> Refusal:
    return Refusal(int(row["number"] or 0), str(row["subject"] or ""), why)


def _gone() -> Refusal:
    return Refusal(None, "", NotFound(N_("This job is no longer there; somebody else deleted it.")))


# -- writing -----------------------------------------------------------------------------------------------------


def carry_out(session: Session, plan: Plan, told: Told = nobody_asks, wanted: Wanted = always) -> Result:
    """Do what was planned, as one change set. What others changed since the plan is merged field by field.

    A plan that was cut off after its commit is not carried out again.

    Raises:
        Stopped: when it was no longer wanted; nothing is written.
        NotAllowed, DatabaseTrouble: nothing is written.
        DoneAlready: when the act before was unclear and is in: this may be the same one, planned anew.
        Unclear: while that is not known.
    """
    return carry_out_together(session, [plan], told, wanted)


def carry_out_together(
    session: Session, plans: Sequence[Plan], told: Told = nobody_asks, wanted: Wanted = always
) -> Result:
    """Do several plans as one act, which is undone as one: the same fields set to different values.

    Args:
        session: Who acts.
        plans: Of different jobs; their first one's key is the act's.
        told: Progress.
        wanted: Becomes False to stop.

    Raises:
        As `carry_out`.
    """
    if plans[0].operation_key not in session.store.unclear:
        session.require_no_surprise()
    return _once(session, plans, told, wanted, whole=False)


def at_once(session: Session, ids: Sequence[int], edit: Edit | Sequence[Edit]) -> int:
    """Plan and carry out in one go, all of it or nothing; gives how many jobs were changed.

    Raises:
        DomainError: the reason why the first of those that cannot be changed is refused.
    """
    planned = plan(session, Selection(tuple(ids)), edit)
    if key := session.own_key():
        planned = replace(planned, operation_key=key)
    if planned.refused:
        session.require_not_restored()
        raise planned.refused[0].why
    return _once(session, [planned], nobody_asks, always, whole=True).changed


def _once(session: Session, plans: Sequence[Plan], told: Told, wanted: Wanted, *, whole: bool) -> Result:
    try:
        return _write(session, plans, told, wanted, whole=whole)
    except DatabaseTrouble as trouble:
        try:
            written = change_set_of(session.store, plans[0].operation_key)
        except DatabaseTrouble:
            raise trouble from None
        if written is None:
            raise
        return Result(written, sum(plan.changing for plan in plans), _refused_in(plans))


def _refused_in(plans: Sequence[Plan]) -> tuple[Refusal, ...]:
    return tuple(refusal for plan in plans for refusal in plan.refused)


def _write(session: Session, plans: Sequence[Plan], told: Told, wanted: Wanted, *, whole: bool) -> Result:
    first, jobs = plans[0], sum(plan.changing for plan in plans)
    if not jobs:
        return Result(None, 0, _refused_in(plans))
    *others, right = first.rights if len(plans) == 1 else (Right.ACTIVITY_BULK, *first.rights)
    for other in others:
        session.require(other)
    _go_on(wanted)
    # Reckoned before the transaction begins: nobody else can save while it lasts.
    at = session.seconds()
    act = Act(act_of(first.edits), at)
    ready = [_prepared(session, _wishes(session, plan, at), act) for plan in plans]
    with (
        many.room_for(session.store, jobs),
        session.act(act.name, right, first.operation_key, at, read_in=first.generation) as changes,
    ):
        done = 0
        for plan in plans:
            _hold_parts(session, changes, plan)
        refused: list[Refusal] = []
        moved_devices: list[str] = []
        left: list[int] = []
        for plan, steps in zip(plans, ready, strict=True):
            merged, steps, failed = _as_it_stands(session, plan, steps, act)
            refused += failed
            if whole and failed:
                raise failed[0].why
            for step in steps:
                _go_on(wanted)
                told(done, jobs)
                many.write_prepared(changes, step.prepared)
                done += len(step.jobs)
            _end_parts(session, changes, plan, merged)
            moved_devices += _hang(changes, plan.edits, merged)
            left += devices.taken_off(merged.values())
        _go_on(wanted)
    told(done, done)
    owned = devices.with_owners(session, left)
    return Result(changes.id, done, (*_refused_in(plans), *refused), tuple(moved_devices), owned)


def _hold_parts(session: Session, changes: Changes, plan: Plan) -> None:
    stage, answers = ends(session.registers, plan.edits)
    if stage is Stage.CANCELLED or answers:
        book.hold(changes.store)


def _end_parts(session: Session, changes: Changes, plan: Plan, merged: _Merged) -> None:
    """What was said of the parts of jobs that are done is so; those of cancelled ones are free."""
    stage, answers = ends(session.registers, plan.edits)
    if stage is Stage.DONE:
        settling.finish(changes, merged, answers, anyway=any(edit.anyway for edit in plan.edits))
    elif stage is Stage.CANCELLED:
        settling.cancel(changes, [job for job, (row, _) in merged.items() if row["stage"] != stage], answers)


def _as_it_stands(
    session: Session, plan: Plan, ready: list[_Step], act: Act
) -> tuple[_Merged, list[_Step], list[Refusal]]:
    """What is to be written of a plan now that nobody else changes its jobs, and what is refused of it."""
    merged = {job: change for step in ready for job, change in step.jobs.items()}
    moved = _moved(session, plan)
    if not moved:
        return merged, ready, []
    merged, refused = _merged(session, plan, merged, moved, act.at)
    return merged, _prepared(session, merged, act), refused


_Merged = dict[int, tuple[Values, Values]]
"""By job: the row as it stands, and the fields to write."""


class _Step(NamedTuple):
    """Some of the jobs, ready to be written."""

    jobs: _Merged
    prepared: many.Prepared


def _wishes(session: Session, plan: Plan, at: int) -> _Merged:
    return {job: (row, made_of(session.registers, row, plan.edits, at)) for job, row in plan.jobs.items()}


def _prepared(session: Session, jobs: _Merged, act: Act) -> list[_Step]:
    steps: list[_Step] = []
    changes = iter(jobs.items())
    while some := dict(islice(changes, _STEP)):
        updates = [(job, row, changed) for job, (row, changed) in some.items()]
        steps.append(_Step(some, many.prepare(session.store, ACTIVITY, updates, act)))
    return steps


def _moved(session: Session, plan: Plan) -> list[int]:
    """Jobs that somebody changed since the plan; from here on nobody changes any of them."""
    versions = many.versions_of(session.store, ACTIVITY, plan.jobs)
    return [job for job, row in plan.jobs.items() if versions.get(job) != row["version"]]


def _merged(
    session: Session, plan: Plan, wishes: _Merged, moved: Sequence[int], at: int
) -> tuple[_Merged, list[Refusal]]:
    """What is still to be written where some of the jobs were changed since the plan."""
    theirs = _read(session, plan.edits, moved)
    merged = dict(wishes)
    refused: list[Refusal] = []
    for job in moved:
        row, mine = merged.pop(job)
        try:
            changed = _again(session, plan.edits, row, mine, theirs.get(job), at)
        except DomainError as why:
            refused.append(_refusal(row, why))
            continue
        if changed or _note(plan.edits):
            merged[job] = (theirs[job], changed)
    return merged, refused


def _again(
    session: Session, edits: Sequence[Edit], base: Values, mine: Values, theirs: Values | None, at: int
) -> Values:
    """What the edits make of a job that somebody else changed since the plan.

    Raises:
        DomainError: when it is gone, the same field was changed, or it cannot be changed so any more.
    """
    if theirs is None:
        raise _gone().why
    found = merge(base, base | mine, {name: theirs[name] for name in base}, GROUPS)
    if found.conflicts:
        field = next(entry.field for entry in found.conflicts if entry.theirs != entry.base)
        raise changed_meanwhile(session, "activity", int(theirs["id"] or 0), field)
    return made_of(session.registers, theirs, edits, at)


def _hang(changes: Changes, edits: Sequence[Edit], merged: _Merged) -> tuple[str, ...]:
    """Notes, and the links and devices that follow the customer; gives the devices that went along."""
    if text := _note(edits):
        ids = many.reserve_ids(changes.store, ACTIVITY_NOTE, len(merged))
        entry: Values = {"at": changes.at, "author": changes.actor_id, "text": text, "stamped": True}
        notes = {note_id: entry | {"activity": job} for note_id, job in zip(ids, merged, strict=True)}
        many.insert_rows(changes, ACTIVITY_NOTE, notes)
    moved: list[str] = []
    for job, (row, changed) in merged.items():
        if changed.get("customer") and "device" not in changed and row.get("device_owner"):
            moved.append(devices.move(changes, job, int(row["device"] or 0), int(changed["customer"] or 0)))
    customers = {job: changed["customer"] for job, (_, changed) in merged.items() if "customer" in changed}
    links.follow_customers(changes, {job: int(customer) if customer else None for job, customer in customers.items()})
    return tuple(filter(None, moved))
