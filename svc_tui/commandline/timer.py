"""`svc-tui timer`: one's own timer is started on a job, stopped with a line of hours, or looked at."""

from __future__ import annotations

import argparse
import sys

from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.language.money import format_quantity, plain_quantity
from svc_tui.domain.planning import timing
from svc_tui.domain.text import shown
from svc_tui.formats import Formats
from svc_tui.i18n import _
from svc_tui.output.activity_json import Json, json_line
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.jobs import ceilings, timers
from svc_tui.services.jobs.activities import ids_of_numbers
from svc_tui.services.jobs.timers import How, RunningTimer, Stopped


def timer(session: Session, options: argparse.Namespace) -> None:
    """Start the timer, stop it, or say whether it runs.

    Raises:
        Invalid: when it is not said what is needed, or it runs already.
        NotFound: when there is no such job, or no timer runs.
    """
    _require_fitting(options)
    if options.what == "start":
        _start(session, options)
    elif options.what == "stop":
        running = timers.running(session)
        if running is None:
            raise NotFound(timers.NONE_RUNS)
        stopped = timers.stop(session, running, _how(session, options, running))
        print(json_line(_stopped_object(stopped)) if options.json else stopped_told(session, stopped))
        _warn(session, stopped)
    else:
        _status(session, options)


def _require_fitting(options: argparse.Namespace) -> None:
    if options.what == "start" and options.number is None:
        raise Invalid(N_("Say on which job: svc-tui timer start 10432."))
    if options.what != "start" and options.number is not None:
        raise Invalid(N_("There is one timer, so {what} takes no number."), what=options.what)
    if options.what == "status" and (options.product or options.started or options.stopped or options.discard):
        raise Invalid(N_("What is to become of the time is said when it is stopped."))


def _start(session: Session, options: argparse.Namespace) -> None:
    """Start it, which ends one that runs on another job."""
    found = ids_of_numbers(session, [options.number])
    if options.number not in found:
        raise NotFound(N_("There is no job {number}."), number=options.number)
    running = timers.running(session)
    stopped: Stopped | None = None
    if running is not None and running.number != options.number:
        stopped = timers.switch(session, running, found[options.number], _how(session, options, running))
    else:
        timers.start(session, found[options.number])
    now = timers.running(session)
    if options.json:
        print(json_line(_running_object(session, now) | ({"stopped": _stopped_object(stopped)} if stopped else {})))
        return
    if stopped is not None:
        print(stopped_told(session, stopped))
        _warn(session, stopped)
    print(_("Your timer runs on job {number}.").format(number=options.number))


def _status(session: Session, options: argparse.Namespace) -> None:
    running = timers.running(session)
    if options.json:
        print(json_line(_running_object(session, running)))
    elif running is None:
        print(_(timers.NONE_RUNS))
    else:
        text = _("Your timer runs on job {number} {subject} since {when}: {time}.")
        print(text.format(
            number=running.number, subject=shown(running.subject), time=timing.told(_minutes(session, running)),
            when=Formats(session.language, session.now, _).when(running.started_at),
        ))  # fmt: skip


def _how(session: Session, options: argparse.Namespace, running: RunningTimer) -> How:
    started = timers.read_moment(session, options.started, running) if options.started else None
    after = running.started_at if started is None else started
    return How(
        timers.product_called(session, options.product) if options.product else None, started,
        timers.read_moment(session, options.stopped, running, after) if options.stopped else None,
        line=not options.discard,
    )  # fmt: skip


def stopped_told(session: Session, stopped: Stopped) -> str:
    """What became of a timer."""
    if stopped.line is None:
        return _("Your timer on job {number} is stopped, without a line of hours.").format(number=stopped.number)
    return _("Your timer on job {number} is stopped after {time}: {quantity} {text}.").format(
        number=stopped.number, time=timing.told(stopped.minutes), text=shown(f"{stopped.code} {stopped.text}".strip()),
        quantity=format_quantity(stopped.quantity, session.language),
    )  # fmt: skip


def _warn(session: Session, stopped: Stopped) -> None:
    """Say beside it that the job comes to more than its customer agreed to."""
    why = ceilings.why_not(session, ceilings.standing(session, (stopped.job,))) if stopped.line is not None else None
    if why is not None:
        print(why.sentence(_), file=sys.stderr)


def _minutes(session: Session, running: RunningTimer) -> int:
    return timing.minutes(session.seconds() - running.started_at)


def _running_object(session: Session, running: RunningTimer | None) -> Json:
    if running is None:
        return {"job": None}
    return {
        "job": running.number, "subject": running.subject,
        "started": to_local(running.started_at).isoformat(timespec="minutes"), "minutes": _minutes(session, running),
        "forgotten": timing.is_of_another_day(running.started_at, session.seconds()),
    }  # fmt: skip


def _stopped_object(stopped: Stopped) -> Json:
    return {
        "job": stopped.number, "minutes": stopped.minutes, "hours": plain_quantity(stopped.quantity),
        "code": stopped.code or None, "text": stopped.text or None,
    }  # fmt: skip
