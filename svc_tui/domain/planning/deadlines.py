"""When a job becomes late: by what was promised, and by the longest time in its status. All in the shop's hours.

* A job that is done or cancelled is never late.
* The promise stays as it was typed. Between the moment it was made and it lie so many working hours; time in a status
  that pauses, and time while the job was done, is not taken from them. Without a pause the deadline is the promise
  itself, also outside hours; with one it is the moment when the hours are used up, never before the promise. As long
  as a pause lasts in which they are not used up there is no deadline from the promise. What was late before a pause
  stays late in it.
* The longest time in a status counts from the beginning of the unbroken stay, in pausing statuses too: it reminds one
  to ring the customer. Handing the job to somebody else does not begin it anew.
* The earlier of the two holds; of equal ones the promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol


class Hours(Protocol):
    """Working hours that can be counted in: a timeline."""

    def between(self, start: int, end: int) -> int:
        """Seconds worked from one moment to another."""

    def add(self, moment: int, seconds: int) -> int | None:
        """The earliest moment by which so much has been worked; None for never."""


class StatusRule(NamedTuple):
    """What of a status says how long a job may be in it."""

    id: int
    is_open: bool = True
    pauses: bool = False
    """Whether time in it is not taken from what was promised."""
    longest: int | None = None
    """Seconds of the shop's hours."""


class Stay(NamedTuple):
    """How long a job was in a status."""

    status: StatusRule
    start: int
    end: int | None
    """None: it is still in it."""


class Deadline(NamedTuple):
    """When a job becomes late, and why."""

    at: int | None
    """Seconds UTC; None for never, as things stand."""
    why: Literal["", "promise", "status"] = ""
    since: int | None = None
    """Of a status: when the job came into it."""
    moved: int = 0
    """Of a promise: by how many seconds of the shop's hours pauses have moved it."""


NEVER = Deadline(None)


def deadline(shop: Hours, stays: Sequence[Stay], promised_at: int | None, promised_on: int | None) -> Deadline:
    """When a job becomes late.

    Args:
        shop: The shop's hours.
        stays: Where the job was, in order; the last one lasts.
        promised_at: What was promised.
        promised_on: When that was promised; None for when the job was registered.
    """
    joined = join(stays)
    now = joined[-1]
    if not now.status.is_open:
        return NEVER
    best = NEVER
    if promised_at is not None:
        made = joined[0].start if promised_on is None else promised_on
        at, moved = _of_promise(shop, made, promised_at, joined)
        if at is not None:
            best = Deadline(at, "promise", None, moved)
    if now.status.longest is not None:
        at = shop.add(now.start, now.status.longest)
        if at is not None and (best.at is None or at < best.at):
            best = Deadline(at, "status", now.start)
    return best


def promise_of_type(shop: Hours, registered_at: int, start_at: int | None, minutes: int) -> int | None:
    """What a type's "promised after so many working minutes" fills in: counted from the start while that is to come."""
    begin = max(registered_at, start_at or 0)
    return shop.add(-(-begin // 60) * 60, minutes * 60)


def join(stays: Iterable[Stay]) -> list[Stay]:
    """Neighbours in the same status as one stay: a job that is handed over stays in its status."""
    made: list[Stay] = []
    for stay in stays:
        if made and made[-1].status == stay.status and made[-1].end == stay.start:
            made[-1] = made[-1]._replace(end=stay.end)
        else:
            made.append(stay)
    return made


def _of_promise(shop: Hours, made_on: int, promised_at: int, stays: Sequence[Stay]) -> tuple[int | None, int]:
    """The deadline, None while it is suspended, and the working seconds by which pauses have moved it."""
    left = shop.between(made_on, promised_at) if promised_at > made_on else 0
    if not left:
        return promised_at, 0
    for stay in stays:
        if stay.end is not None and stay.end <= made_on:
            continue
        if stay.status.pauses or not stay.status.is_open:
            if stay.end is None:
                return None, 0
            continue
        begins = max(stay.start, made_on)
        ran = left if stay.end is None else shop.between(begins, stay.end)
        if ran >= left:
            reached = shop.add(begins, left)
            if reached is None or reached <= promised_at:
                return promised_at, 0
            return reached, shop.between(promised_at, reached)
        left -= ran
    return promised_at, 0


# -- the history that stays are told from ------------------------------------------------------------------------------


class HistoryAct(NamedTuple):
    """One act on one job: what it set the fields to."""

    id: int
    at: int
    status: int | None = None
    """None: it left the status as it was."""
    responsible: int | Literal["same"] | None = "same"
    undoes: int | None = None
    """The act that it took back."""


class Span(NamedTuple):
    """A job in one status with one person."""

    status: int | None
    responsible: int | None
    start: int
    end: int | None


def standing(acts: Iterable[HistoryAct]) -> list[HistoryAct]:
    """The acts in force: one that was undone and its undo both go; an undo that was undone takes nothing away."""
    ordered = sorted(acts, key=lambda act: act.id)
    gone: set[int] = set()
    for act in reversed(ordered):
        if act.undoes is not None and act.id not in gone:
            gone |= {act.undoes, act.id}
    return [act for act in ordered if act.id not in gone]


def spans_of(acts: Iterable[HistoryAct]) -> list[Span]:
    """Where a job was and with whom, in order; what lasted no time is left out."""
    made: list[Span] = []
    status: int | None = None
    who: int | None = None
    for act in standing(acts):
        before = (status, who)
        if act.status is not None:
            status = act.status
        if act.responsible != "same":
            who = act.responsible
        if made and (status, who) == before:
            continue
        _close(made, act.at)
        if made and made[-1][:2] == (status, who) and made[-1].end == act.at:
            made[-1] = made[-1]._replace(end=None)
        else:
            made.append(Span(status, who, act.at, None))
    return made


def _close(spans: list[Span], at: int) -> None:
    if spans and spans[-1].start == at:
        spans.pop()
    elif spans:
        spans[-1] = spans[-1]._replace(end=at)
