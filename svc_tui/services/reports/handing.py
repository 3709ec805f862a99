"""Handing out work: as somebody says, and in balance as proposed. `outlook` says what it would do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from svc_tui.db.core import many
from svc_tui.db.reports import board as rows
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.planning.balance import Proposal, balance
from svc_tui.domain.planning.workload import Task
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import matching
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit, Plan, Refusal, Result, Selection
from svc_tui.services.planning import opening
from svc_tui.services.reports import board, may_do

_WISH: Final = r"(.*?)(?:(?:^|\s+)([0-9]{1,5})\s*(h|t|tim|timer|hours?)?)?"
_OTHERS = N_("{name} has it.")
_NOBODYS = N_("Nobody has it; give --from none.")
_HIMSELF = N_("{name} has these jobs already.")


class Wish(NamedTuple):
    """What somebody wrote who hands out work: to whom, and how much of it."""

    target: int
    jobs: int | None = None
    """So many; those that free most."""
    seconds: int | None = None
    """So much work; what must be done last."""


class Balanced(NamedTuple):
    """A proposal, with what is needed to tell it."""

    proposal: Proposal
    named: Mapping[int, tuple[int, str]]
    """Number and subject by the id of a job."""
    generation: str


def parts_of_wish(text: str) -> tuple[str, Wish]:
    """What was typed: `fa`, `fa 10`, `fa 8h`, as the name and how much of it, of nobody yet."""
    found = re.fullmatch(_WISH, text.strip().casefold())
    if found is None or found[2] is None:
        return found[1] if found else text, Wish(0)
    amount = int(found[2])
    return found[1], Wish(0, None, amount * 3_600) if found[3] else Wish(0, amount)


def meant_by(session: Session, name: str, people: Sequence[int]) -> list[int]:
    """Who of these people a name or initials may mean, the likeliest first; all of them where nothing is said."""
    known = {choice.id: choice for choice in session.registers.choices("responsible")}
    return [choice.id for choice in matching(name, [known[who] for who in people if who in known])]


def chosen(
    session: Session, giver: int | None, wish: Wish, list_code: str = "", among: Collection[int] | None = None
) -> list[int]:
    """The jobs of somebody that a wish takes, those in work left out unless they are named.

    Args:
        session: Who hands out.
        giver: Whose; None for the jobs that nobody has.
        wish: How many. Of a number those with most work left, of hours those that must be done last.
        list_code: Only of this list; empty for all.
        among: Only of these, by their ids; None for all.

    Raises:
        Invalid: when they would stay with whom they are.
    """
    if giver == wish.target:
        entry = session.registers.employee(giver)
        raise Invalid(_HIMSELF, field="responsible", name=entry.name if entry else "?")
    tasks = board.tasks(session, list_code, [giver])
    free = [task for task in tasks if (task.stage is not Stage.WORKING if among is None else task.id in among)]
    if wish.jobs is not None:
        free.sort(key=lambda task: (-task.left, -task.deadline, task.id))
        return [task.id for task in free[: wish.jobs]]
    free.sort(key=lambda task: task.order, reverse=True)
    return [task.id for task in _worth(free, wish.seconds)]


def _worth(tasks: Iterable[Task], seconds: int | None) -> Iterable[Task]:
    """The first of them that are so much work together."""
    left = seconds
    for task in tasks:
        if left is not None and left <= 0:
            return
        yield task
        left = None if left is None else left - task.left


def theirs(session: Session, giver: int | None, jobs: Sequence[int]) -> tuple[list[int], list[Refusal]]:
    """Of jobs those that somebody has, or that nobody has; the others are refused, with whoever has them.

    Args:
        session: Who hands out.
        giver: Whose jobs; None for those that nobody has.
        jobs: Their ids.
    """
    session.require(Right.ACTIVITY_READ)
    found = many.read_rows(session.store, ACTIVITY, list(jobs), ["id", "number", "subject", "responsible"])
    refused: list[Refusal] = []
    for row in found.values():
        if row["responsible"] != giver:
            entry = session.registers.employee(int(row["responsible"] or 0))
            why = Invalid(_OTHERS, field="responsible", name=entry.name) if entry else Invalid(_NOBODYS)
            refused.append(Refusal(int(row["number"] or 0), str(row["subject"]), why))
    return [job for job in jobs if job in found and found[job]["responsible"] == giver], refused


def proposal(session: Session) -> Balanced:
    """The fewest moves after which nobody has more promised than he can do; takes up to some seconds in a large shop.

    Raises:
        NotAllowed: when this role may not hand out.
    """
    session.require(Right.ACTIVITY_BULK)
    calendars = opening.calendars(session)
    until = opening.horizon(session, calendars.shop, board.HORIZON_DAYS)
    allowed = may_do.allowed(session)
    found = balance(calendars.people, board.tasks(session), session.seconds(), until, allowed)
    jobs = [*(move.task.id for move in found.moves), *(stuck.task.id for stuck in found.stuck)]
    return Balanced(found, rows.numbers_of(session.store, jobs), session.generation)


def plans(session: Session, moves: Mapping[int, int]) -> list[Plan]:
    """What giving each job to whom it goes would change, receiver by receiver.

    Raises:
        Invalid, NotAllowed: as `bulk.plan`.
    """
    targets: dict[int, list[int]] = {}
    for job, target in moves.items():
        targets.setdefault(target, []).append(job)
    return [
        bulk.plan(session, Selection(tuple(jobs)), Edit("responsible", target)) for target, jobs in targets.items()
    ]  # fmt: skip


def hand_out(session: Session, planned: Sequence[Plan], told: bulk.Told, wanted: bulk.Wanted) -> Result:
    """Do it, as one act that is undone as one."""
    return bulk.carry_out_together(session, planned, told, wanted)
