"""The timer of a person: at most one runs, on one job, and what it counted ends as a line on an hours product.

Opening a job never starts one. A timer since another day counts no hours by itself: whoever forgot it says when the
work ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.lists.activities import lines_of
from svc_tui.db.people import contacts as rows
from svc_tui.db.planning import timers as found
from svc_tui.db.planning.timers import RunningTimer
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.dates import format_when, parse_typed
from svc_tui.domain.planning import timing
from svc_tui.domain.planning.timing import Times
from svc_tui.domain.records import LineKind, LineRecord, ProductRow
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_LINE, EMPLOYEE, TIMER
from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.jobs import lines
from svc_tui.services.jobs.lines import line_of_product
from svc_tui.services.planning import opening

__all__ = [
    "Ending", "How", "RunningTimer", "Stopped", "look", "product_called", "read_moment", "running", "start", "stop",
    "switch",
]  # fmt: skip

NO_PRODUCT = N_("The shop has no product of kind hours, which a timer's line is made of: make one among the products.")
WHICH_PRODUCT = N_("Say by which hours product: {codes}.")
NONE_RUNS = N_("Your timer does not run.")


class How(NamedTuple):
    """What is said of the time that a timer counted, where it is not to follow from the job and the clock."""

    product: int | None = None
    """The hours product of the line; None for the job's, or the shop's only one."""
    started_at: int | None = None
    stopped_at: int | None = None
    line: bool = True
    """Whether a line is made; else the time is thrown away."""


class Ending(NamedTuple):
    """A timer, and what would become of it if it were stopped."""

    timer: RunningTimer
    products: tuple[ProductRow, ...]
    """The hours products that its line could be made of: one where that follows from the job or the shop."""
    is_forgotten: bool
    """Whether it runs since another day."""
    closes_at: int | None
    """When whoever forgot it went home by his hours of that day; None where they do not say it."""


class Stopped(NamedTuple):
    """What became of a timer."""

    job: int
    number: int
    minutes: int
    line: int | None = None
    """The line that was made; None for less than half a minute, or where none was wanted."""
    code: str = ""
    text: str = ""
    """Of the line."""
    quantity: int = 0
    """Hours of the line, in thousandths."""


def running(session: Session) -> RunningTimer | None:
    """The timer of whoever works here; None where none runs."""
    session.require(Right.ACTIVITY_READ)
    return found.running(session.store, _who(session))


def look(session: Session) -> Ending | None:
    """What would become of his timer if it were stopped now; None where none runs."""
    timer = running(session)
    if timer is None:
        return None
    is_forgotten = timing.is_of_another_day(timer.started_at, session.seconds())
    products = _products(session, lines_of(session.store, timer.job))
    return Ending(timer, tuple(products), is_forgotten, _closing(session, timer) if is_forgotten else None)


def read_moment(session: Session, text: str, timer: RunningTimer, after: int | None = None) -> int:
    """When a timer was started or ended, as somebody typed it: a time alone is on the day of its start.

    Args:
        session: Who corrects it.
        text: What he typed.
        timer: His timer.
        after: Its end comes behind this.

    Raises:
        Invalid: when that is no time.
    """
    day = to_local(timer.started_at).date()
    typed = parse_typed(text, session.now(), session.language)
    return to_seconds(timing.meant(typed, day, None if after is None else to_local(after)))


def product_called(session: Session, code: str) -> int:
    """The hours product with this code.

    Raises:
        Invalid: when there is none; the sentence names those there are.
    """
    session.require(Right.ACTIVITY_READ)
    offered = found.hours_products(session.store)
    for row in offered:
        if row.code.casefold() == code.strip().casefold():
            return row.id
    if not offered:
        raise Invalid(NO_PRODUCT, field="product")
    raise Invalid(WHICH_PRODUCT, field="product", codes=", ".join(row.code for row in offered))


def _closing(session: Session, timer: RunningTimer) -> int | None:
    """The end of his working day on which it was started; None where that was over, or there was none."""
    calendars = opening.calendars(session)
    line = calendars.people.get(timer.employee, calendars.shop)
    midnight = to_seconds(datetime.combine(to_local(timer.started_at).date() + timedelta(days=1), time()))
    worked = line.between(timer.started_at, midnight)
    return line.add(timer.started_at, worked) if worked else None


# -- starting and stopping -----------------------------------------------------------------------------------------


def start(session: Session, job: int) -> RunningTimer:
    """Start the timer of whoever works here on a job.

    Raises:
        Invalid: when it runs already.
        NotFound: when the job is gone.
    """
    with session.act("timer.start", Right.ACTIVITY_EDIT) as changes:
        _start(session, changes, job)
    return _now_running(session)


def stop(session: Session, timer: RunningTimer, how: How = How()) -> Stopped:  # noqa: B008 - a value
    """Stop his timer; what it counted is a line of the job.

    Args:
        session: Who works here.
        timer: The one that was seen to run.
        how: What is said of the time.

    Raises:
        Invalid: when it has been running since another day and nobody says until when, or it is not known which hours
            product the line is made of; it runs on then.
        NotFound: when it was stopped meanwhile.
    """
    with session.act("timer.stop", Right.ACTIVITY_EDIT) as changes:
        return _stop(session, changes, timer, how)


def switch(session: Session, timer: RunningTimer, job: int, how: How = How()) -> Stopped:  # noqa: B008 - a value
    """Stop his timer and start it on another job, in one act. Raises as `stop` and `start`."""
    with session.act("timer.switch", Right.ACTIVITY_EDIT) as changes:
        stopped = _stop(session, changes, timer, how)
        _start(session, changes, job)
        return stopped


def _start(session: Session, changes: Changes, job: int) -> None:
    who = _who(session)
    read(changes.store, EMPLOYEE, who, lock=True)  # one after the other: from two terminals he would have two
    if (other := found.running(changes.store, who)) is not None:
        raise Invalid(
            N_("Your timer runs on job {number} since {when}: stop it first."),
            number=other.number, when=_when(session, other.started_at),
        )  # fmt: skip
    read(changes.store, ACTIVITY, job)
    changes.insert(TIMER, {"activity": job, "employee": who, "started_at": changes.at})


def _stop(session: Session, changes: Changes, timer: RunningTimer, how: How) -> Stopped:
    now = found.running(changes.store, _who(session))
    if now is None or now.id != timer.id:
        raise NotFound(NONE_RUNS if now is None else N_("Your timer runs on another job by now: look again."))
    changes.delete(TIMER, now.id)
    if not how.line:
        return Stopped(now.job, now.number, 0)
    worked = _times(session, now, how, changes.at).minutes
    if not worked:
        return Stopped(now.job, now.number, 0)
    line = _line(session, changes, now.job, how.product, timing.hours(worked))
    made = lines.add(changes, now.job, line)
    return Stopped(now.job, now.number, worked, made, line.code, line.text, line.used or 0)


def _times(session: Session, timer: RunningTimer, how: How, now: int) -> Times:
    """
    Raises:
        Invalid: when it is of another day and its end is not said, or they are wrong.
    """
    if how.stopped_at is None and timing.is_of_another_day(timer.started_at, now):
        raise Invalid(
            N_("Your timer runs on job {number} since {when}: say when the work ended."), field="stopped_at",
            number=timer.number, when=_when(session, timer.started_at),
        )  # fmt: skip
    times = Times(
        timer.started_at if how.started_at is None else how.started_at,
        now if how.stopped_at is None else how.stopped_at,
    )
    times.require_sound(now)
    return times


def _line(session: Session, changes: Changes, job: int, product: int | None, quantity: int) -> LineRecord:
    """The line of so many hours. It plans nothing, and uses up what the job's lines of its product plan: one of which
    nothing was said to be used is used by nothing, or its plan would be charged beside the hours."""
    stored = lines_of(changes.store, job)
    wanted = _wanted(session, stored, product)
    same = [line for line in stored if line.product_id == wanted.id and line.kind == LineKind.HOURS]
    for line in same:
        if line.used is None:
            changes.update(ACTIVITY_LINE, line.id, {"used": 0})
    position = max((line.position for line in stored), default=0) + 1
    model = timing.line_to_follow(same)
    if model is None:
        type_id = read(changes.store, ACTIVITY, job)["type"]
        kind = session.registers.type(int(type_id)) if type_id else None
        model = line_of_product(wanted, 0, position)
        model = model._replace(payer=kind.default_payer if kind is not None else model.payer)
    return model._replace(id=0, position=position, planned=0, used=quantity, transferred=0)


# -- by which product ----------------------------------------------------------------------------------------------


def _products(session: Session, stored: Sequence[LineRecord]) -> list[ProductRow]:
    """The hours products that may be meant: the job's, else those of the shop."""
    of_job = timing.line_to_follow(stored)
    product = rows.product_by_id(session.store, of_job.product_id or 0) if of_job is not None else None
    return [product] if product is not None else found.hours_products(session.store)


def _wanted(session: Session, stored: Sequence[LineRecord], product: int | None) -> ProductRow:
    """
    Raises:
        Invalid: when nobody says which, and it does not follow from the job or the shop.
    """
    if product is not None:
        row = rows.product_by_id(session.store, product)
        if row is None or row.kind != LineKind.HOURS:
            raise Invalid(N_("That is no product of kind hours."), field="product")
        return row
    may_be = _products(session, stored)
    if not may_be:
        raise Invalid(NO_PRODUCT, field="product")
    if len(may_be) > 1:
        raise Invalid(WHICH_PRODUCT, field="product", codes=", ".join(row.code for row in may_be))
    return may_be[0]


def _who(session: Session) -> int:
    """Whoever works here; his right was asked for, so there is somebody."""
    return session.employee.id if session.employee is not None else 0


def _when(session: Session, seconds: int) -> str:
    return format_when(to_local(seconds), session.now(), session.language)


def _now_running(session: Session) -> RunningTimer:
    timer = found.running(session.store, _who(session))
    if timer is None:
        raise NotFound(NONE_RUNS)
    return timer
