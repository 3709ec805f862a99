"""The inverse of an act, job by job: a field is put back only if it still holds what the act wrote.

A job that cannot be put back whole stays whole as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from svc_tui.db.core import change_log, many
from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.core.tables import hanging, is_shared, owner_of, references_of, standing, undone
from svc_tui.db.transfer.exporting import links_of_jobs
from svc_tui.domain.errors import N_, DomainError, Invalid, NotFound
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.operations import Act
from svc_tui.domain.setting_labels import setting_label
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_LINK, REGISTERS, USER_SETTING, Described, Undo
from svc_tui.domain.undoing import Effect, Image
from svc_tui.services.core.meanwhile import changed_meanwhile
from svc_tui.services.core.session import Session
from svc_tui.services.history.inverse_records import Decided, Inverse, Opposed, Removed, Restored, Unit, Updated
from svc_tui.services.history.inverse_unique import Taken
from svc_tui.services.jobs.activity_rules import check_times, check_type
from svc_tui.services.jobs.bulk import Refusal
from svc_tui.services.orders import undoing as orders_undoing

PUT_BACK: Final[dict[str, Described]] = {table.name: table for table in undone()}
"""What can be put back, by its name in the history."""


def units_of(effects: Sequence[Effect], *, whole: bool = False) -> list[Unit]:
    """The parts of an act that are put back or refused apart: its jobs, or what belongs to none (an import's rows).

    An act on one job is one unit, and so is one on the registers, and one that is put back `whole` or not at all.
    """
    if whole or any(effect.table in REGISTERS for effect in effects):
        return [Unit(tuple(effects), None)]
    jobs = {effect.activity for effect in effects if effect.activity is not None}
    if len(jobs) == 1:
        return [Unit(tuple(effects), next(iter(jobs)))]
    by_job: dict[int | tuple[str, int], list[Effect]] = defaultdict(list)
    for effect in effects:
        by_job[effect.activity or _root(effect)].append(effect)
    return [Unit(tuple(found), found[0].activity) for found in by_job.values()]


def _root(effect: Effect) -> tuple[str, int]:
    """What a row without a job belongs to: a person that came or went to the contact."""
    image = effect.created or effect.deleted or {}
    table = PUT_BACK[effect.table]
    if table.one_thing:
        return effect.table, 0
    owner = owner_of(table)
    if owner is not None and owner.target in PUT_BACK.values() and image.get(owner.field):
        return owner.target.name, int(image[owner.field] or 0)
    return effect.table, effect.row


def decide(session: Session, units: Sequence[Unit], *, lock: bool = False) -> Decided:
    """What is to be written to put these units back, by what is stored now.

    Args:
        session: Who undoes.
        units: What is put back.
        lock: Whether the rows are held until the transaction ends.
    """
    now = _read(session, units, lock=lock)
    decided = Decided([], [], [])
    for unit in units:
        _name(unit, now)
        try:
            decided.inverses.append((unit, _inverse(session, unit, now)))
        except DomainError as why:
            decided.refused.append(_refusal(unit, why))
    _leave_linked(session, decided)
    _only_what_fits(session, decided)
    return decided


_Now = dict[Described, dict[int, Values]]


def _read(session: Session, units: Iterable[Unit], *, lock: bool) -> _Now:
    """Every row that the act touched, as it is stored now."""
    ids: dict[Described, set[int]] = {table: set() for table in PUT_BACK.values()}
    for unit in units:
        for effect in unit.effects:
            ids[PUT_BACK[effect.table]].add(effect.row)
        if unit.activity is not None:
            ids[ACTIVITY].add(unit.activity)
    return {table: many.read_rows(session.store, table, found, lock=lock) for table, found in ids.items()}


def _inverse(session: Session, unit: Unit, now: _Now) -> Inverse:
    inverse = Inverse()
    moved = any(PUT_BACK[effect.table].undo is Undo.OPPOSITE for effect in unit.effects)
    """Whether pieces came or went: then nothing that was put back meanwhile is passed over, or they would twice."""
    for effect in unit.effects:
        table = PUT_BACK[effect.table]
        if table.undo is Undo.OPPOSITE:
            inverse.opposed.append(Opposed(table, _opposite(table, effect.created or {})))
            continue
        current = now[table].get(effect.row)
        if table in orders_undoing.TABLES:
            orders_undoing.require_undoable(session.store, table, effect, current)
        if effect.deleted is not None:
            if current is None:
                known = {name: value for name, value in effect.deleted.items() if name in table.fields}
                inverse.restored.append(Restored(table, effect.row, known))
            continue
        if current is None:
            if effect.created is not None and not moved:
                continue  # gone already, which is all that is wanted
            raise NotFound(_GONE if table is ACTIVITY else N_("{what} is no longer there; somebody else deleted it."),
                           what=DomainError(table.label))  # fmt: skip
        if current.get("transferred"):
            raise Invalid(N_("A line that went to a service order is locked: cancel the order first."), field="lines")
        if effect.created is not None:
            _still(session, effect, {name: value for name, value in effect.created.items() if name in current}, current)
            inverse.removed.append(Removed(table, effect.row, current))
            continue
        put_back: Values = {}
        for name, (before, after) in effect.fields.items():
            if name in table.fields and (moved or current[name] != before):
                _still(session, effect, {name: after}, current)
                put_back[name] = before
        if put_back:
            inverse.updated.append(Updated(table, effect.row, current, put_back))
            if table is ACTIVITY:
                _check(session, current, put_back)
    return inverse


def _opposite(table: Described, image: Image) -> Image:
    """A row of a ledger with the opposite amounts."""
    return {
        name: -int(value or 0) if table.fields[name] is FieldKind.QUANTITY else value for name, value in image.items()
    }


_GONE: Final = N_("This job is no longer there; somebody else deleted it.")


def _still(session: Session, effect: Effect, written: Image, current: Values) -> None:
    """The row holds what the act wrote; otherwise it is said who changed it."""
    table = PUT_BACK[effect.table]
    label = setting_label(str(current["name"])) if table is USER_SETTING else None
    for name, value in written.items():
        if name in table.fields and current[name] != value:
            raise changed_meanwhile(session, effect.table, effect.row, name, label)


def _check(session: Session, current: Values, put_back: Values) -> None:
    """What a save would refuse is not put back either."""
    row = current | put_back
    check_type(session.registers, row, put_back)
    if "start_at" in put_back or "end_at" in put_back:
        check_times(row)


def _name(unit: Unit, now: _Now) -> None:
    """What the unit is called: by its job, also one that is not there, else by what came or went, else by the first."""
    rows: list[tuple[Described, Values | Image]] = [(ACTIVITY, now[ACTIVITY].get(unit.activity or 0, {}))]
    of_job = [effect for effect in unit.effects if PUT_BACK[effect.table] is ACTIVITY]
    if unit.activity is None:  # of two contacts that were merged the one that went, not a device that moved along
        went = ((PUT_BACK[effect.table], (effect.created, effect.deleted)) for effect in unit.effects)
        rows += [(table, image) for table, images in went for image in images if image is not None]
    for effect in (*(of_job if unit.activity is not None else ()), *unit.effects):
        table = PUT_BACK[effect.table]
        rows += [(table, image) for image in (effect.created, effect.deleted) if image is not None]
        rows.append((table, now[table].get(effect.row, {})))
    table, row = next(((table, row) for table, row in rows if table.name_in(row) or table.number_in(row)), rows[0])
    unit.number, unit.subject = table.about(row)


def _refusal(unit: Unit, why: DomainError) -> Refusal:
    return Refusal(unit.number or None, unit.subject, why)


# -- what others need ----------------------------------------------------------------------------------------------


def _leave_linked(session: Session, decided: Decided) -> None:
    """A link that somebody else made again need not come back."""
    coming = [entry for _, inverse in decided.inverses for entry in inverse.restored if entry.table is ACTIVITY_LINK]
    going = {entry.row for _, inverse in decided.inverses for entry in inverse.removed if entry.table is ACTIVITY_LINK}
    jobs = {int(entry.image["activity"] or 0) for entry in coming}
    stored = links_of_jobs(session.store, jobs)
    there = {
        (job, link.contact_id, link.role) for job, found in stored.items() for link in found if link.id not in going
    }
    for _, inverse in decided.inverses if there else ():
        inverse.restored = [
            entry
            for entry in inverse.restored
            if entry.table is not ACTIVITY_LINK
            or (entry.image["activity"], entry.image["contact"], entry.image["role"]) not in there
        ]


def _only_what_fits(session: Session, decided: Decided) -> None:
    """Rows that others use by now stay, and so does whatever would point to a row that is gone."""
    fitting: list[tuple[Unit, Inverse]] = []
    used = _used(session, decided)
    missing = _missing(session, decided)
    taken = Taken(session, (row for _, inverse in decided.inverses for row in _written(inverse)))
    for unit, inverse in decided.inverses:
        try:
            _keep_used(inverse, used, decided.kept, alone=unit.activity is None)
            _nothing_missing(inverse, missing)
            going = {(entry.table, entry.row) for entry in inverse.removed}
            taken.nothing_twice(_written(inverse), going)
        except DomainError as why:
            decided.refused.append(_refusal(unit, why))
            continue
        fitting.append((unit, inverse))
    decided.inverses = fitting


def _used(session: Session, decided: Decided) -> dict[Described, set[int]]:
    """Rows to remove to which something points that stays."""
    removed: dict[Described, set[int]] = defaultdict(set)
    moved: set[tuple[Described, int, str]] = set()
    for _, inverse in decided.inverses:
        for entry in inverse.removed:
            removed[entry.table].add(entry.row)
        moved.update((entry.table, entry.row, name) for entry in inverse.updated for name in entry.changed)
    used: dict[Described, set[int]] = {}
    for table in standing():
        uses = change_log.uses_of(session.store, table, removed.get(table, ()))
        used[table] = {
            row
            for row, found in uses.items()
            if any(use.row not in removed[use.table] and (use.table, use.row, use.field) not in moved for use in found)
        }
    return used


def _keep_used(inverse: Inverse, used: dict[Described, set[int]], kept: list[DomainError], *, alone: bool) -> None:
    for entry in list(inverse.removed):
        if entry.row not in used.get(entry.table, ()):
            continue
        if entry.table is ACTIVITY:
            raise Invalid(N_("Something was added to this job since: cancel it instead."))
        stays = Invalid(N_("{name} stays: it is used elsewhere by now."), name=entry.table.name_in(entry.current))
        if alone:
            raise stays
        inverse.removed.remove(entry)
        kept.append(stays)


def _missing(session: Session, decided: Decided) -> dict[Described, set[int]]:
    """Rows that would be pointed to and are not there."""
    wanted: dict[Described, set[int]] = defaultdict(set)
    coming: dict[Described, set[int]] = defaultdict(set)
    for _, inverse in decided.inverses:
        for table, _row, values in _written(inverse):
            for parent, target in _pointed_to(table, values):
                wanted[parent].add(target)
        for entry in inverse.restored:
            coming[entry.table].add(entry.row)
    return {
        parent: targets - coming[parent] - many.existing(session.store, parent, targets)
        for parent, targets in wanted.items()
    }


def _nothing_missing(inverse: Inverse, missing: dict[Described, set[int]]) -> None:
    for table, _row, values in _written(inverse):
        for parent, target in _pointed_to(table, values):
            if target in missing.get(parent, ()):
                raise NotFound(N_("What it pointed to before is no longer there."))


def _written(inverse: Inverse) -> list[tuple[Described, int, Values]]:
    return [*inverse.restored, *((entry.table, entry.row, entry.changed) for entry in inverse.updated)]


def _pointed_to(table: Described, values: Values) -> list[tuple[Described, int]]:
    """The rows that values of a table point to."""
    return [
        (key.target, int(values[key.field] or 0)) for key in references_of(table) if values.get(key.field) is not None
    ]


# -- writing -----------------------------------------------------------------------------------------------------


def stale(session: Session, decided: Decided) -> list[Unit]:
    """Units to decide on anew: somebody else touched them since, or may have begun to use what they created.

    Nobody touches the others until the commit.
    """
    seen: dict[Described, dict[int, int]] = defaultdict(dict)
    moved: set[tuple[Described, int]] = set()
    for _, inverse in decided.inverses:
        for table, row, current in (*inverse.removed, *((e.table, e.row, e.current) for e in inverse.updated)):
            seen[table][row] = int(current.get("version") or 0)
            if is_shared(table):
                moved.add((table, row))
    for table in (*standing(), *hanging()):
        rows = seen.get(table, {})
        if table.append_only:
            gone = set(rows) - many.existing(session.store, table, rows)
        elif "version" not in table.derived:  # nothing says whether it was touched: looked at again
            gone = set(rows)
        else:
            now = many.versions_of(session.store, table, rows)
            gone = {row for row, version in rows.items() if now.get(row) != version}
        moved |= {(table, row) for row in gone}
    if not moved:
        return []
    return [unit for unit, _ in decided.inverses if any((PUT_BACK[e.table], e.row) in moved for e in unit.effects)]


@dataclass(frozen=True, slots=True)
class Ready:
    """Inverses of units, made ready to be written."""

    removed: dict[Described, dict[int, Values]]
    restored: dict[Described, dict[int, Image]]
    updated: list[many.Prepared]
    opposed: list[Opposed]


def ready(session: Session, decided: Decided, act: Act) -> Ready:
    """Make what was decided ready to be written by an act."""
    removed: dict[Described, dict[int, Values]] = defaultdict(dict)
    restored: dict[Described, dict[int, Image]] = defaultdict(dict)
    updated: dict[Described, list[many.Update]] = defaultdict(list)
    for _, inverse in decided.inverses:
        for table, row, current in inverse.removed:
            removed[table][row] = current
        for table, row, image in inverse.restored:
            restored[table][row] = image
        for table, row, current, changed in inverse.updated:
            updated[table].append((row, current, changed))
    prepared = [many.prepare(session.store, table, updated[table], act) for table in (*standing(), *hanging())]
    return Ready(removed, restored, prepared, [entry for _, inverse in decided.inverses for entry in inverse.opposed])


def write(changes: Changes, ready: Ready) -> None:
    """Put back: first away with what hangs, then back what was deleted, then the fields, then away with the rest."""
    for table in hanging():
        many.delete_rows(changes, table, ready.removed.get(table, {}))
    for table in (*standing(), *hanging()):
        many.insert_rows(changes, table, ready.restored.get(table, {}))
    for prepared in ready.updated:
        many.write_prepared(changes, prepared)
    for table in reversed(standing()):
        many.delete_rows(changes, table, ready.removed.get(table, {}))
    for table, image in ready.opposed:
        changes.insert(table, image | ({"at": changes.at} if "at" in table.fields else {}))
