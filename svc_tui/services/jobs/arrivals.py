"""Who is meant by a code at the arrival of goods, and what is proposed for jobs that have all their parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from svc_tui.db.stock import purchases
from svc_tui.db.stock.purchases import Owed, Waiting
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.records import Stage, WaitsFor
from svc_tui.domain.rights import Right
from svc_tui.domain.scanning import as_us_keyboard
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import clean_line, search_key
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import bulk, scanning
from svc_tui.services.jobs.bulk import Edit, Result, Selection


class Proposal(NamedTuple):
    """What becomes of a job that waits for no part any more, if somebody says so."""

    activity: int
    number: int
    subject: str
    ticked: bool
    """Whether it waited for parts, and for nothing else."""
    status: int | None
    """None: the shop has named none, or only one that is not in use; nothing is moved."""
    status_name: str
    responsible: int | None
    why: str = ""
    """A message id: why nothing is proposed."""


NO_STATUS = N_("no status is named for it (Registers, Statuses)")
WAITS_ELSE = N_("it waits for something else")


def find(session: Session, code: str, rows: Sequence[Owed]) -> list[Owed]:
    """The lines that a code means, in their order: EAN, our code, the supplier's, an order's number or parcel."""
    session.require(Right.ACTIVITY_READ)
    typed = clean_line(code)
    for form in dict.fromkeys((typed, as_us_keyboard(typed))):
        if found := _meant(session, form, rows):
            return found
    return []


def _meant(session: Session, typed: str, rows: Sequence[Owed]) -> list[Owed]:
    key = code_key(typed)
    product = scanning.product(session, typed)
    if product is not None and (found := [row for row in rows if row.product == product.id]):
        return found
    if found := [row for row in rows if key and key in (code_key(row.code), code_key(row.tracking))]:
        return found
    digits = typed[1:] if typed[:1].casefold() == "p" else typed
    if found := [row for row in rows if row.number == whole_number(digits)]:
        return found
    words = search_key(typed).split()
    return [row for row in rows if words and all(word in search_key(f"{row.code} {row.text}") for word in words)]


# -- what is proposed ----------------------------------------------------------------------------------------------


def proposals(session: Session, lines: Sequence[int]) -> list[Proposal]:
    """What is proposed for the jobs of these lines that wait for no part any more."""
    session.require(Right.ACTIVITY_READ)
    return [_proposal(session, job) for job in purchases.complete(session.store, lines)]


def _proposal(session: Session, job: Waiting) -> Proposal:
    registers = session.registers
    kind = registers.type(job.type) if job.type is not None else None
    target = registers.after_parts(kind.lists if kind is not None else frozenset())
    status = registers.status(job.status) if job.status is not None else None
    waited = job.stage == Stage.WAITING and status is not None and status.waits_for is WaitsFor.PARTS
    responsible = kind.default_responsible if kind is not None and kind.default_responsible else job.responsible
    why = "" if target is not None and waited else NO_STATUS if target is None else WAITS_ELSE
    return Proposal(
        job.activity, job.number, job.subject, waited and target is not None, target.id if target else None,
        target.name if target else "", responsible, why,
    )  # fmt: skip


def move(session: Session, chosen: Sequence[Proposal]) -> Result:
    """Give jobs the status and the responsible that were proposed, in one act that is undone as one.

    Raises:
        Invalid: when nothing was chosen.
    """
    wanted = [one for one in chosen if one.status is not None]
    if not wanted:
        raise Invalid(N_("No job is ticked: Space ticks one."))
    plans = []
    for status, responsible in dict.fromkeys((one.status, one.responsible) for one in wanted):
        ids = tuple(one.activity for one in wanted if (one.status, one.responsible) == (status, responsible))
        edits = [Edit("status", status), *([Edit("responsible", responsible)] if responsible is not None else [])]
        plans.append(bulk.plan(session, Selection(ids), edits))
    return bulk.carry_out_together(session, plans)
