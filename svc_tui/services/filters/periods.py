"""What the days of a filter line ask of a job's times."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from svc_tui.domain.filters.filters import Answer, Days, Field, Missing, Number, Term
from svc_tui.domain.queries import ActivityQuery, Between
from svc_tui.services.core.session import Session, to_seconds


def in_period(query: ActivityQuery, term: Term, column: str) -> ActivityQuery:
    """The query restricted to jobs with this time in the term's periods."""
    periods = tuple(_seconds(value) for value in term.values if isinstance(value, Days))
    none = any(isinstance(value, Missing) for value in term.values)
    if term.negated or none or len(periods) != 1 or term.field not in (Field.START, Field.PROMISED):
        return query._replace(between=(*query.between, Between(column, periods, none, term.negated)))
    begin, end = periods[0]
    if term.field is Field.START:
        return query._replace(
            start_from=_later(query.start_from, begin), start_before=_earlier(query.start_before, end)
        )
    return query._replace(
        promised_from=_later(query.promised_from, begin), promised_before=_earlier(query.promised_before, end)
    )


def by_deadline(query: ActivityQuery, term: Term, now: int) -> ActivityQuery:
    """The query restricted to jobs whose deadline has passed, has not, lies in a period, or that have none."""
    days = tuple(_seconds(value) for value in term.values if isinstance(value, Days))
    passed: bool | None = Answer.YES in term.values
    if Answer.NO in term.values:
        days, passed = ((*days, (None, None)), None) if passed else (days, False)
    elif not passed:
        passed = None
    none = Answer.NO in term.values or any(isinstance(value, Missing) for value in term.values)
    rule = Between("late_at", days, none, term.negated, passed, now)
    return query._replace(between=(*query.between, rule))


def since_status(_session: Session, query: ActivityQuery, term: Term) -> ActivityQuery:
    """The query restricted to jobs that have had their status since a time in the term's periods."""
    query = in_period(query, term, "status_since")
    since, _before = query.between[-1].periods[0]
    if term.negated or len(term.values) > 1 or since is None:
        return query
    # No index has it; what came into its status then was changed then or later, which one has.
    return query._replace(between=(*query.between, Between("changed_at", ((since, None),))))


def untouched(query: ActivityQuery, term: Term, today: date) -> ActivityQuery:
    """The query restricted to open jobs to which nobody has done anything for so many days, or since a day."""
    bounds = [
        today - timedelta(days=min(value.number, _MOST_DAYS) - 1) if isinstance(value, Number) else _first_of(value)
        for value in term.values
        if isinstance(value, Number | Days)
    ]
    periods = tuple((None, midnight(bound)) for bound in bounds)
    rule = Between("touched_at", periods, negated=term.negated, of_open=True)
    return query._replace(between=(*query.between, rule))


def _first_of(days: Days) -> date:
    """The day since which nothing was done: of a period without a beginning the day behind it."""
    if days.first is not None:
        return days.first
    return days.last + timedelta(days=1) if days.last is not None else date.max


_MOST_DAYS = 9_999


def _seconds(days: Days) -> tuple[int | None, int | None]:
    return midnight(days.first), midnight(days.last + timedelta(days=1) if days.last else None)


def midnight(day: date | None) -> int | None:
    """When a day of the shop begins, seconds UTC."""
    return None if day is None else to_seconds(datetime.combine(day, time()))


def _later(one: int | None, other: int | None) -> int | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
