"""Where a job has been, told from what acts did to it: its spans, and what follows from them.

An act that was undone and its undo leave no trace. What is stored of a job (`db/core/spans.py`) is this, kept up to
date act by act; told anew from the whole history it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from svc_tui.domain.operations import Value, touches

FIELDS: Final = ("status", "responsible", "promised_at")
"""The fields of a job that its trail is told from."""


class JobSpan(NamedTuple):
    """A job in one status with one person."""

    status: int | None
    stage: int
    """Of the status, at that time."""
    responsible: int | None
    start: int
    end: int | None = None
    """None: it is still there."""
    worked: int | None = None
    """Seconds of the shop's hours; None while it lasts."""


StageOf = Callable[[int | None, int], int]
"""The stage of a status at a moment."""
Worked = Callable[[int, int], int]
"""Seconds of the shop's hours from one moment to another."""


def move(spans: list[JobSpan], status: int | None, stage: int, responsible: int | None, at: int) -> None:
    """Go on from where the job was; what lasted no time is left out.

    Args:
        spans: Where it was until now; changed.
        status: Where it is from now on.
        stage: Of that status.
        responsible: With whom.
        at: When. A clock that was put back does not make a span end before it began.
    """
    if not spans:
        spans.append(JobSpan(status, stage, responsible, at))
        return
    last = spans[-1]
    if (last.status, last.responsible) == (status, responsible):
        return
    at = max(at, last.start)
    if last.start == at:
        spans.pop()
    else:
        spans[-1] = last._replace(end=at)
    if spans and (spans[-1].status, spans[-1].responsible, spans[-1].end) == (status, responsible, at):
        spans[-1] = spans[-1]._replace(end=None, worked=None)
    else:
        spans.append(JobSpan(status, stage, responsible, at))


def counted(spans: Iterable[JobSpan], known: Iterable[JobSpan], worked: Worked) -> list[JobSpan]:
    """The same with the hours worked in each that has ended; what was counted before is not counted again."""
    before = {span[:5]: span.worked for span in known if span.worked is not None}
    made: list[JobSpan] = []
    for span in spans:
        if span.end is None:
            made.append(span)
            continue
        hours = before.get(span[:5]) if span.worked is None else span.worked
        made.append(span._replace(worked=worked(span.start, span.end) if hours is None else hours))
    return made


def first_finish(spans: Sequence[JobSpan], done: int) -> int | None:
    """When a job first came into a stage; None for one that never did."""
    return next((span.start for span in spans if span.stage == done), None)


def stands_since(spans: Sequence[JobSpan]) -> int:
    """Since when a job has its status: handing it over does not begin that anew."""
    since = spans[-1].start
    for later, span in zip(reversed(spans), reversed(spans[:-1]), strict=False):
        if span.status != later.status or span.end != later.start:
            break
        since = span.start
    return since


# -- told from the history ---------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """What one act did to one job."""

    act: int
    """Its number: acts are in this order."""
    at: int
    name: str
    undoes: int | None = None
    """The act that it took back."""
    part_of: int | None = None
    """The first act of the import that it is a part of."""
    before: Mapping[str, Value] = {}
    """Of `FIELDS`, what it changed: what was stored."""
    after: Mapping[str, Value] = {}
    """What it wrote."""


class Known(NamedTuple):
    """What is stored of a job that its trail must agree with."""

    status: int | None
    responsible: int | None
    promised_at: int | None
    created_at: int


class Trail(NamedTuple):
    """What the history tells of a job."""

    spans: list[JobSpan]
    promised_set_at: int | None
    """When what is promised was promised; None for nothing."""
    touched_at: int


def in_force(steps: Iterable[Step]) -> list[Step]:
    """The steps that were not undone; an undo that was undone takes nothing away."""
    ordered = sorted(steps, key=lambda step: step.act)
    gone: set[int] = set()
    for step in reversed(ordered):
        if step.undoes is not None and step.act not in gone:
            gone |= {step.undoes, step.act}
    return [step for step in ordered if step.act not in gone and step.part_of not in gone]


def trail(steps: Iterable[Step], known: Known, stage_of: StageOf) -> Trail:
    """Where a job was, by the acts on it.

    Args:
        steps: What each act did to it, in any order.
        known: The job as it is stored. What no act tells of began when the job was registered.
        stage_of: The stages of statuses.
    """
    told = in_force(steps)
    now = {"status": known.status, "responsible": known.responsible, "promised_at": known.promised_at}
    here = {name: _first(told, name, now[name]) for name in FIELDS}
    at = known.created_at
    spans: list[JobSpan] = []
    promised_on, touched = at, at
    move(spans, here["status"], stage_of(here["status"], at), here["responsible"], at)
    for step in told:
        at = step.at
        if touches(step.name):
            touched = at
        if not step.after:
            continue
        promised_before = here["promised_at"]
        here.update({name: _id(step.after[name]) for name in FIELDS if name in step.after})
        if here["promised_at"] != promised_before:
            promised_on = at
        move(spans, here["status"], stage_of(here["status"], at), here["responsible"], at)
    if here != now:  # another program wrote it, or part of the history is missing
        promised_on = at if here["promised_at"] != now["promised_at"] else promised_on
        move(spans, now["status"], stage_of(now["status"], at), now["responsible"], at)
    return Trail(spans, None if known.promised_at is None else promised_on, touched)


def _first(steps: Sequence[Step], name: str, now: int | None) -> int | None:
    """What a field held when the job was registered."""
    for step in steps:
        if name in step.before:
            return _id(step.before[name])
        if name in step.after:  # the act that registered it
            return _id(step.after[name])
    return now


def _id(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
