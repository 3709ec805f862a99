"""Whether somebody's queue has grown since a week ago."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from svc_tui.db.reports import trends as rows
from svc_tui.domain.planning.workload import Trend, hours_left, open_at, trend
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.planning import opening
from svc_tui.services.reports.board import types_of_list

AGO: Final = 7 * 86_400
"""What a queue is compared with, in seconds before now."""


class Trends(NamedTuple):
    """Everybody's."""

    people: Mapping[int | None, Trend]
    """By responsible; None is nobody. Who had nothing and has nothing is not among them."""
    all: Trend


def trends(session: Session, list_code: str = "") -> Trends:
    """What has become of everybody's queue since a week ago.

    Both are weighed with the whole work that is planned for each job today, so that they tell of jobs that came and
    went, and never of an estimate that was changed.

    Args:
        session: Who looks.
        list_code: Only jobs of types that are flagged for this list; empty for all.

    Raises:
        NotAllowed: when this role may not.
    """
    session.require(Right.STATISTICS_READ)
    now = session.seconds()
    spans = rows.spans_since(session.store, now - AGO, types_of_list(session, list_code))
    then, today = open_at(spans, now - AGO), open_at(spans, now)
    work = _whole_work(session, {span.job for span in spans})
    people = {who: trend(then.get(who, set()), today.get(who, set()), work) for who in (*then, *today)}
    return Trends(people, trend(set().union(*then.values()), set().union(*today.values()), work))


def _whole_work(session: Session, jobs: Collection[int]) -> dict[int, int]:
    """The work that is planned for each job, whatever of it is done, in seconds."""
    shop = opening.calendars(session).shop
    durations = {entry.id: entry.default_duration * 60 for entry in session.registers.types if entry.default_duration}
    default = session.registers.company.default_duration * 60
    found: dict[int, int] = {}
    for job, plan in rows.plans(session.store, jobs).items():
        duration = shop.between(plan.start_at, plan.end_at) if plan.end_at is not None else 0
        lines = [line._replace(used=None) for line in plan.lines]
        found[job] = hours_left(lines, max(duration, 0) or None, durations.get(plan.type or 0), default)
    return found
