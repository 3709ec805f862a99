"""Undo and redo: every act on jobs, contacts, products, devices, registers and settings can be taken back.

Also after a restart.

An import is taken back with all its parts, row by row.

To undo an act is an act itself, with the inverse of the first; to redo it is to undo that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from svc_tui.db.core import change_log, many
from svc_tui.db.core.change_log import Head
from svc_tui.domain.errors import N_, DomainError, Invalid, NotFound
from svc_tui.domain.labels import ACT_LABELS, KINDS
from svc_tui.domain.operations import Act
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY
from svc_tui.domain.undoing import effects
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.history import inverse, inverse_parts, inverse_registers
from svc_tui.services.history.history import recent, settings_of_act
from svc_tui.services.history.inverse_records import Decided, Unit
from svc_tui.services.history.setting_changes import names_by_act
from svc_tui.services.jobs.bulk import Refusal, Stopped, always, nobody_asks

__all__ = [
    "MANY", "REDO", "UNDO", "LastAct", "Prospect", "Undone", "asks_first", "carry_out", "last_act", "last_to_redo",
    "last_to_undo", "prospect", "recent", "redo_last", "undo", "undo_last",
]  # fmt: skip

UNDO, REDO = "act.undo", "act.redo"

_UNASKED: Final = frozenset(("employee.login",))
"""What the program writes by itself: nobody means it by his last act."""

_NEVER: Final = frozenset(("shop.create", "employee.login"))
"""What is not taken back: the beginnings of a shop, and who a system user is."""

_BESIDE: Final = ("settings.",)
"""What may lie between an undo and doing the act again."""

_WHOLE: Final = frozenset((
    "contact.merge", "device.merge", "stock.receive", "stock.order", "stock.cancel", "stock.return", "stock.count",
    "timer.switch",
))  # fmt: skip
"""Acts that are put back whole or not at all: of two that were one again, half would belong to nobody; of pieces that
came, half would be nowhere; of a timer that moved to another job there would be two."""

_PAGE = 50

MANY = 3
"""More jobs than these are put back only after asking."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of an undo or a redo."""

    act: str
    """What was taken back or done again, by the name of the act."""
    change_set: int
    """The act that did it."""
    rows: int
    """How many lines of history it wrote."""
    jobs: int
    """On how many jobs, or rows that belong to none."""
    number: int
    """The first job's number, 0 for what has none."""
    subject: str
    """The first job's subject, or the name of what is no job."""
    of_jobs: bool = True
    """Whether those are jobs, and not rows that belong to none."""
    registered: bool = False
    """Whether a job was registered by it."""
    redone: bool = False
    refused: tuple[Refusal, ...] = ()
    """Jobs that stay as they are, and why."""
    kept: tuple[DomainError, ...] = ()
    """What the act created and what stays, because others use it by now."""
    settings: tuple[HistoryRow, ...] = ()
    """Settings of the actor's own that were put back, each as it was and is now."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an undo would do; nothing is written yet."""

    head: Head
    act: str
    """The act that is taken back or done again in the end: of an undo, what it undid."""
    decided: Decided
    generation: str
    """Of the shop whose act it is."""
    settings: tuple[str, ...] = ()
    """The settings of the actor's own that it changed, by their names."""

    @property
    def written(self) -> list[Unit]:
        """Jobs, or rows without a job, that would be put back."""
        return [unit for unit, found in self.decided.inverses if not found.is_nothing]

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Those that would stay as they are, and why."""
        return tuple(self.decided.refused)

    @property
    def of_jobs(self) -> bool:
        """Whether what would be put back are jobs, and not rows that belong to none."""
        return not self.act.startswith("import.") and all(unit.activity is not None for unit in self.written)

    @property
    def redoes(self) -> bool:
        """Whether it does again what was undone."""
        return self.head.act == UNDO

    @property
    def removes_jobs(self) -> bool:
        """Whether a job would be gone."""
        return any(entry.table is ACTIVITY for _, found in self.decided.inverses for entry in found.removed)


class LastAct(NamedTuple):
    """What a plain undo takes, and what the actor did last."""

    head: Head
    """The last act in force."""
    is_second: bool
    """Whether an undo came after it: the last act is undone already, and this one is older."""


# -- which act -----------------------------------------------------------------------------------------------------


def undo_last(session: Session) -> Undone:
    """Undo the actor's own last act that is in force.

    Raises:
        DomainError: with the reason when there is none, or it cannot be undone.
    """
    return undo(session, last_to_undo(session))


def redo_last(session: Session) -> Undone:
    """Do again what the actor undid last, unless he did something else since.

    Raises:
        DomainError: with the reason.
    """
    return undo(session, last_to_redo(session))


def last_to_undo(session: Session) -> int:
    """The change set that `undo_last` undoes: the actor's last act in force, whatever it was.

    It is not passed over where it cannot be undone: `prospect` then says why.

    Raises:
        Invalid: when there is none.
    """
    return last_act(session).head.id


def last_act(session: Session) -> LastAct:
    """The same with what came after it.

    Raises:
        Invalid: when there is none.
    """
    newest = ""
    for head in _own_in_force(session):
        newest = newest or head.act
        if head.act not in (UNDO, REDO):
            return LastAct(head, is_second=newest == UNDO)
    raise Invalid(N_("There is nothing of yours to undo."))


def last_to_redo(session: Session) -> int:
    """The undo that `redo_last` undoes.

    Raises:
        Invalid: when there is none.
    """
    beside: set[str] = set()
    for head in _own_in_force(session):
        if head.act == UNDO and _root(session, head).act not in beside:
            return head.id
        if head.act != REDO and not head.act.startswith(_BESIDE):
            break
        beside.add(head.act)
    raise Invalid(N_("Nothing to do again: you undid nothing, or did something else since."))


def asks_first(session: Session, found: Prospect) -> bool:
    """Whether it is asked before it is done: of another day or session, a job would go, or they are many."""
    head = found.head
    is_of_today = to_local(head.at).date() == session.now().date()
    is_own = change_log.key_of(session.store, head.id) in session.store.own_acts
    return found.removes_jobs or len(found.written) > MANY or not (is_of_today and is_own)


def _own_in_force(session: Session) -> Iterator[Head]:
    """The actor's own acts that were not undone, newest first."""
    session.require(Right.UNDO_OWN)
    session.require_no_surprise()
    actor = session.employee.id if session.employee else 0
    before: int | None = None
    while heads := change_log.heads(session.store, _PAGE, before, actor_id=actor):
        undone = change_log.undone_among(session.store, [head.id for head in heads])
        yield from (head for head in heads if head.id not in undone and head.act not in _UNASKED)
        before = heads[-1].id


# -- what it would do ----------------------------------------------------------------------------------------------


def prospect(session: Session, change_set_id: int) -> Prospect:
    """What undoing an act would do, job by job, by what is stored now.

    Raises:
        NotFound, NotAllowed: when there is no such act, or it is not this person's to undo.
        Invalid: when it is none that can be undone, or was undone already.
    """
    head = change_log.head_of(session.store, change_set_id)
    if head is None:
        session.require_not_restored()
        raise NotFound(N_("There is no act {number} in the history."), number=change_set_id)
    if head.part_of is not None and (first := change_log.head_of(session.store, head.part_of)) is not None:
        head = first
    session.require(_right(session, head))
    _in_force(session, head)
    steps = change_log.steps_of(session.store, head.id)
    if head.act in _NEVER or any(step.table not in inverse.PUT_BACK for step in steps):
        what = DomainError(ACT_LABELS.get(head.act) or KINDS.get(head.act.partition(".")[0], head.act))
        raise Invalid(N_("Act {number} ({what}) is not undone: change it back yourself."), number=head.id, what=what)
    for right in inverse_registers.rights(step.table for step in steps):
        session.require(right)
    act = _root(session, head).act
    decided = inverse.decide(session, inverse.units_of(effects(steps), whole=act in _WHOLE))
    settings = names_by_act(session, [head.id]).get(head.id, ()) if act.startswith(_BESIDE) else ()
    return Prospect(head, act, decided, session.generation, settings)


def _right(session: Session, head: Head) -> Right:
    own = session.employee is not None and head.actor_id == session.employee.id
    return Right.UNDO_OWN if own else Right.UNDO_ANY


def _in_force(session: Session, head: Head) -> None:
    if head.id in change_log.undone_among(session.store, [head.id]):
        raise Invalid(N_("This was undone already."))


def _root(session: Session, head: Head) -> Head:
    """The act that an undo or a redo goes back to."""
    while head.undoes is not None and (before := change_log.head_of(session.store, head.undoes)) is not None:
        head = before
    return head


# -- doing it ------------------------------------------------------------------------------------------------------


def undo(
    session: Session,
    change_set_id: int,
    told: Callable[[int, int], None] = nobody_asks,
    wanted: Callable[[], bool] = always,
) -> Undone:
    """Undo an act; of an act on many jobs those that can be put back, and the others are told.

    Args:
        session: Who undoes it.
        change_set_id: The act; an undo is undone by doing the act again.
        told: Is told how many jobs of how many are done.
        wanted: Becomes False to stop before the commit.

    Raises:
        Stopped: when it was no longer wanted; nothing is written.
        DomainError: with the reason when nothing of it can be put back.
    """
    return carry_out(session, prospect(session, change_set_id), told, wanted)


def carry_out(
    session: Session,
    found: Prospect,
    told: Callable[[int, int], None] = nobody_asks,
    wanted: Callable[[], bool] = always,
) -> Undone:
    """Do what was looked ahead at; what others changed since is looked at again."""
    head, decided = found.head, found.decided
    session.require_no_surprise()
    _something_left(decided)
    count = len(decided.inverses)
    told(0, count)
    name = REDO if head.act == UNDO else UNDO
    at = session.seconds()
    # Before the transaction: nobody else can save while it lasts.
    ready = inverse.ready(session, decided, Act(name, at))
    with (
        many.room_for(session.store, max(head.rows, count)),
        session.act(name, _right(session, head), at=at, read_in=found.generation) as changes,
    ):
        inverse_parts.hold(changes, decided)
        changes.undoes = head.id
        _in_force(session, head)
        moved = inverse.stale(session, decided)
        if moved:
            decided = _anew(session, decided, moved)
            _something_left(decided)
            ready = inverse.ready(session, decided, Act(name, at))
        inverse.write(changes, ready)
        touched = inverse_registers.check(changes, decided)
        inverse_parts.check(changes, decided)
        if not wanted():
            raise Stopped(N_("Stopped; nothing was changed."))
    if touched:
        session.reload_registers()
    told(count, count)
    written = [unit for unit, entry in decided.inverses if not entry.is_nothing]
    settings = settings_of_act(session, changes.id) if changes.id and found.settings else ()
    return Undone(
        act=found.act, change_set=changes.id or 0, rows=changes.count, jobs=len(written), number=written[0].number,
        subject=written[0].subject, of_jobs=found.of_jobs, registered=_registers(decided),
        redone=name == REDO, refused=tuple(decided.refused), kept=tuple(decided.kept), settings=settings,
    )  # fmt: skip


def _registers(decided: Decided) -> bool:
    """Whether a job comes or goes by it."""
    gone = (entry.table for _, found in decided.inverses for entry in found.removed)
    back = (entry.table for _, found in decided.inverses for entry in found.restored)
    return ACTIVITY in (*gone, *back)


def _anew(session: Session, decided: Decided, moved: list[Unit]) -> Decided:
    """Decided again on what others touched meanwhile."""
    again = inverse.decide(session, moved, lock=True)
    touched = set(map(id, moved))
    left = [entry for entry in decided.inverses if id(entry[0]) not in touched]
    # What was to stay is found again by the second look, for its job was looked at again.
    return Decided([*left, *again.inverses], [*decided.refused, *again.refused], decided.kept or again.kept)


def _something_left(decided: Decided) -> None:
    """
    Raises:
        Invalid: when nothing can be put back, with the first reason.
    """
    if any(not found.is_nothing for _, found in decided.inverses):
        return
    if not decided.refused:
        raise Invalid(N_("There is nothing left to put back: all of it is as it was before."))
    first = decided.refused[0]
    if len(decided.refused) == 1:
        raise Invalid(N_("Not undone: {why}"), why=first.why)
    raise Invalid(
        N_("None of these {count} can be put back. The first is {number} {subject}: {why}"),
        count=len(decided.refused), number=first.number, subject=first.subject, why=first.why,
    )  # fmt: skip
