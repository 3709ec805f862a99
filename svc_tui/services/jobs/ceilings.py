"""What a job may come to as its customer agreed, and his yes to more.

Compared is what he pays with VAT for all lines, as far as they are planned or used, whichever is more; once a job is
done, what was not used is not counted any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from svc_tui.db.lists import activities as jobs
from svc_tui.db.orders import ceilings as rows
from svc_tui.db.orders import orders
from svc_tui.db.orders.orders import JobLine
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import format_amount
from svc_tui.domain.orders.totals import Billed, BilledLine, totals
from svc_tui.domain.records import LineKind, LinkRole, Payer, Stage
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import JOB_APPROVAL
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.people.vat import Bears, borne, vat_of_shop

_MOST_OF_WHO: Final = 120
_NO_CEILING: Final = Invalid(
    N_("The job has no ceiling: write what was agreed in its tab Misc. (ceiling) first."), field="ceiling"
)


class Way(StrEnum):
    """How the customer said it."""

    PHONE = "phone"
    MAIL = "mail"
    COUNTER = "counter"


class Standing(NamedTuple):
    """A job with a ceiling; amounts in minor units with VAT."""

    job: int
    number: int
    limit: int
    comes_to: int

    @property
    def is_over(self) -> bool:
        return self.comes_to > self.limit


def standing(session: Session, ids: Collection[int]) -> list[Standing]:
    """Those of these jobs that have a ceiling, and how far they are of it."""
    session.require(Right.ACTIVITY_READ)
    agreed = rows.agreed(session.store, ids)
    if not agreed:
        return []
    usual, with_vat = vat_of_shop(session), orders.billing(session.store).with_vat
    lines: dict[int, list[JobLine]] = {one.job: [] for one in agreed}
    for line in orders.job_lines(session.store, list(lines)):
        if line.payer == Payer.CUSTOMER:
            lines[line.job].append(line)
    return [
        Standing(
            one.job,
            one.number,
            one.limit,
            _comes_to(session, lines[one.job], usual, with_vat=with_vat, is_done=one.stage == Stage.DONE),
        )
        for one in agreed
    ]


def _comes_to(session: Session, lines: Sequence[JobLine], usual: int, *, with_vat: bool, is_done: bool) -> int:
    parts = []
    for line, quantity in zip(lines, _quantities(lines, is_done=is_done), strict=True):
        rate, category = borne(session, Bears(line.vat, line.vat_rate, line.vat_category), usual)
        parts.append(BilledLine(quantity, line.price, line.discount, rate, category))
    return totals(Billed(tuple(parts), with_vat)).gross


def _quantities(lines: Sequence[JobLine], *, is_done: bool) -> Iterator[int]:
    """How much of each line counts. What hours plan is used up by all hours of their product: a timer's have a line of
    their own, without a plan."""
    left: dict[str, int] = {}
    for line in lines:
        if line.kind == LineKind.HOURS and line.code:
            left[line.code] = left.get(line.code, 0) + line.planned - (line.used or 0)
    for line in lines:
        used = line.used or 0
        if is_done and line.used is not None:
            yield used
        elif line.kind == LineKind.HOURS and line.code in left:
            still = min(max(left[line.code], 0), line.planned)
            left[line.code] -= still
            yield used + still
        else:
            yield max(line.planned, used)


def require_agreed(session: Session, ids: Collection[int]) -> None:
    """
    Raises:
        Invalid: when one of them comes to more than its customer agreed to.
    """
    if (why := why_not(session, standing(session, ids))) is not None:
        raise why


def why_not(session: Session, found: Sequence[Standing]) -> Invalid | None:
    """Why these jobs are not billed as they are; None when nothing speaks against it."""
    for one in found:
        if one.is_over:
            return Invalid(
                N_("Job {number} comes to {amount} with VAT, more than the {limit} agreed: ask the customer and note "
                   "his yes (F10 yes)."),
                field="lines", number=one.number, amount=format_amount(one.comes_to, session.language),
                limit=format_amount(one.limit, session.language),
            )  # fmt: skip
    return None


class ToAgree(NamedTuple):
    """What is known before a customer is asked."""

    standing: Standing
    who: str
    """Whom the job is for: the person, else the customer."""


def to_agree(session: Session, job: int) -> ToAgree:
    """How a job stands, and whom to ask.

    Raises:
        Invalid: when nothing was agreed at intake.
    """
    found = standing(session, (job,))
    if not found:
        raise _NO_CEILING
    linked = [link for link in jobs.links_of(session.store, job) if link.role == LinkRole.CUSTOMER]
    return ToAgree(found[0], next((link.person or link.contact for link in linked), ""))


def approve(
    session: Session, job: int, up_to: int, who: str, way: Way, *, read_in: str | None = None,
    operation_key: str | None = None,
) -> Standing:  # fmt: skip
    """Note that the customer agreed to more.

    Args:
        session: Who was told.
        job: Its id.
        up_to: To how much, minor units with VAT.
        who: Who said so.
        way: How.
        read_in: The generation of the shop in which the job was read.
        operation_key: Of the act, when it is tried again.

    Returns:
        How the job stands then.

    Raises:
        Invalid: when nothing was agreed at intake, or as much was agreed before, or nobody is named.
        NotFound: when the job is gone.
        NotAllowed: when this role may not.
    """
    name = whole_line(who, "who", _MOST_OF_WHO)
    if not name:
        raise Invalid(N_("Who of the customer said yes? Write a name."), field="who")
    with session.act("activity.approve", Right.ACTIVITY_EDIT, operation_key, read_in=read_in) as changes:
        agreed = rows.agreed(changes.store, (job,))
        if not agreed:
            raise _NO_CEILING
        if up_to <= agreed[0].limit:
            raise Invalid(
                N_("{limit} is agreed already: a yes is to more."), field="up_to",
                limit=format_amount(agreed[0].limit, session.language),
            )  # fmt: skip
        changes.insert(
            JOB_APPROVAL,
            {"activity": job, "at": changes.at, "author": changes.actor_id, "up_to": up_to, "who": name,
             "way": str(way)},
        )  # fmt: skip
        return standing(session, (job,))[0]
