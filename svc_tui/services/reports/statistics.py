"""Statistics: what came, what was finished and how long it took, by type, person, customer, month and so on.

Every figure of a row is counted by a filter of the lists, so that Enter on it opens exactly those jobs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from svc_tui.db.reports import figures as rows
from svc_tui.db.reports.figures import Asked, NamedStretch, Spread, Stretch
from svc_tui.domain.filters.filter_fields import Field
from svc_tui.domain.filters.filter_words import OPEN, vocabulary_for
from svc_tui.domain.filters.filters import in_quotes
from svc_tui.domain.languages import language_of
from svc_tui.domain.reports.figures import Basis, By, Group, Key, Which, added, in_order, quantile, together
from svc_tui.domain.reports.periods import USUAL_MONTHS, Period, last_months, months_within, named_month
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.filters import lists
from svc_tui.services.filters.periods import midnight

ALL: Final = 10_000_000
"""More groups than there are."""
MOST: Final = 200
"""Customers that are shown; a shop has a hundred thousand of them, most with one job."""
MOST_MONTHS: Final = 480
"""Months that are shown, the last ones."""


class Wanted(NamedTuple):
    """What is asked of the jobs."""

    by: By
    period: Period
    basis: Basis = Basis.FINISHED
    text: str = ""
    """A filter line, as the lists have it."""


class Line(NamedTuple):
    """A row of the table."""

    group: Group
    name: str
    """As people call it; empty for jobs that have none, and for all together."""
    term: str
    """What of a filter line asks for its jobs."""


class Table(NamedTuple):
    """A table of statistics."""

    wanted: Wanted
    lines: tuple[Line, ...]
    all: Line
    more: int = 0
    """Groups that are left out, because they have least."""
    is_whole: bool = False
    """Whether the figures that take longer than counting are in it."""


def usual_period(session: Session) -> Period:
    """The twelve months until today."""
    return last_months(session.now().date(), USUAL_MONTHS)


def counts(session: Session, wanted: Wanted, most: int = MOST) -> Table:
    """The table with what is counted at once.

    Args:
        session: Who looks.
        wanted: What is asked.
        most: At most so many customers, those with most jobs.

    Raises:
        FilterError: with the place of the mistake in the filter line.
        NotAllowed: when this role may not.
    """
    session.require(Right.STATISTICS_READ)
    asked = _asked(session, wanted)
    found = {which: rows.counted(session.store, asked, which) for which in Which}
    keys: dict[Key, None] = dict.fromkeys((part.name,) for part in asked.parts)
    for counted in found.values():
        keys |= dict.fromkeys(counted)
    groups = in_order((Group(key, *(found[which].get(key, 0) for which in Which)) for key in keys), wanted.by)
    limit = most if wanted.by is By.CUSTOMER else len(groups)
    whole = added(groups)
    if wanted.by.is_shared:
        whole = _counted_together(session, asked)
    return _table(session, wanted, groups[:limit], whole, len(groups) - min(limit, len(groups)))


def whole(session: Session, table: Table) -> Table:
    """The same table with what takes longer: middles, waiting, hours, what came back.

    Raises:
        FilterError, NotAllowed: as `counts`.
    """
    session.require(Right.STATISTICS_READ)
    wanted = table.wanted
    asked = _asked(session, wanted)
    shown = [line.group for line in table.lines]
    among = frozenset(group.key[0] for group in shown) if table.more else None
    spread = _by_key(rows.spread(session.store, asked._replace(among=among)))
    back = rows.came_back(session.store, asked._replace(among=among))
    in_status = _in_status(session, asked) if wanted.by is By.STATUS else None
    groups = [_measured(group, spread.get(group.key, ()), back.get(group.key, 0)) for group in shown]
    if in_status is not None:
        groups = [_timed(group, in_status.get(group.key, {})) for group in groups]
    total = _counts_only(table.all.group)
    if wanted.by.is_shared or table.more:
        alone = asked._replace(by=None)
        total = _measured(total, rows.spread(session.store, alone), rows.came_back(session.store, alone).get((), 0))
    else:
        total = _measured(total, [one for some in spread.values() for one in some], sum(back.values()))
    return _table(session, wanted, groups, total, table.more)._replace(is_whole=True)


def _counted_together(session: Session, asked: Asked) -> Group:
    alone = asked._replace(by=None)
    return Group((), *(rows.counted(session.store, alone, which).get((), 0) for which in Which))


def _counts_only(group: Group) -> Group:
    return Group((), group.registered, group.finished, group.open)


def _by_key(found: Iterable[Spread]) -> dict[Key, list[Spread]]:
    made: dict[Key, list[Spread]] = {}
    for one in found:
        made.setdefault(one.key, []).append(one)
    return made


def _measured(group: Group, spread: Iterable[Spread], back: int) -> Group:
    spread = list(spread)
    took = together({one.minutes: one.jobs} for one in spread)
    return group._replace(
        median=quantile(took, 5), ninetieth=quantile(took, 9), turnaround=sum(one.turnaround for one in spread),
        waited=sum(one.waited for one in spread), hours=sum(one.hours for one in spread),
        devices=sum(one.devices for one in spread), back=back,
    )  # fmt: skip


def _in_status(session: Session, asked: Asked) -> dict[Key, dict[int, int]]:
    """How long jobs stayed in each status: stays that ended in the period."""
    made: dict[Key, dict[int, int]] = {}
    for status, minutes, stays in rows.stays(session.store, asked):
        made.setdefault((status,), {})[minutes] = stays
    return made


def _timed(group: Group, stays: Mapping[int, int]) -> Group:
    return group._replace(median=quantile(stays, 5), ninetieth=quantile(stays, 9), waited=0, turnaround=0)


# -- what is asked of the database -------------------------------------------------------------------------------------


def _asked(session: Session, wanted: Wanted) -> Asked:
    period = wanted.period
    stretch = Stretch(midnight(period.first), midnight(period.last + timedelta(days=1) if period.last else None))
    query = lists.resolve(session, None, wanted.text)
    parts = _months(session, period) if wanted.by is By.MONTH else ()
    return Asked(wanted.by, wanted.basis, stretch, query, parts)


def _months(session: Session, period: Period) -> tuple[NamedStretch, ...]:
    """The months of a period, those at its ends as far as they are in it."""
    first, last = period.first, period.last or session.now().date()
    if first is None:
        oldest = rows.first_registered(session.store)
        first = last if oldest is None else to_local(oldest).date()
    found = []
    for month in months_within(first, last)[-MOST_MONTHS:]:
        begins, ends = max(month.first, first), min(month.last, last)
        since, before = midnight(begins), midnight(ends + timedelta(days=1))
        if since is not None and before is not None:
            found.append(NamedStretch(month.name, since, before))
    return tuple(found)


# -- what rows are called, and what opens their jobs -------------------------------------------------------------------


def _table(session: Session, wanted: Wanted, groups: list[Group], whole: Group, more: int) -> Table:
    keys = [group.key[0] for group in groups if group.key[0] is not None]
    named = rows.called(session.store, wanted.by, keys) if wanted.by in _NAMED_IN_ROWS else {}
    lines = tuple(Line(group, *_named(session, wanted, group.key[0], named)) for group in groups)
    return Table(wanted, lines, Line(whole._replace(key=()), "", ""), more)


_NAMED_IN_ROWS: Final = (By.CUSTOMER, By.SUPPLIER, By.PRODUCT, By.MODEL)
_FIELDS: Final = {
    By.TYPE: Field.TYPE, By.STATUS: Field.STATUS, By.RESPONSIBLE: Field.RESPONSIBLE, By.CUSTOMER: Field.CUSTOMER,
    By.SUPPLIER: Field.LINKED, By.PRODUCT: Field.PRODUCT, By.MODEL: Field.MODEL,
}  # fmt: skip


def _named(
    session: Session, wanted: Wanted, key: int | str | None, named: Mapping[int | str, tuple[str, str]]
) -> tuple[str, str]:
    """What a row is called, and the term that asks for its jobs."""
    words = vocabulary_for(session.language)
    if wanted.by is By.MONTH:
        month = named_month(str(key))
        first, last = wanted.period.first or month.first, wanted.period.last or month.last
        name = f"{language_of(session.language).months[month.number - 1]} {month.year}"
        return name, _days(max(first, month.first), min(last, month.last))
    label = words.labels[_FIELDS[wanted.by]]
    if key is None:
        return "", f"{label}:{words.none_label}"
    name, found_by = _called(session, wanted.by, key, named)
    return name, f"{label}:{in_quotes(found_by)}"


def _called(session: Session, by: By, key: int | str, named: Mapping[int | str, tuple[str, str]]) -> tuple[str, str]:
    registers = session.registers
    match by:
        case By.TYPE if kind := registers.type(int(key)):
            return kind.name, kind.name
        case By.STATUS if status := registers.status(int(key)):
            return status.name, status.name
        case By.RESPONSIBLE if who := registers.employee(int(key)):
            return f"{who.initials} {who.name}", who.initials
        case _:
            return named.get(key, ("?", "?"))


def _days(first: date | None, last: date | None) -> str:
    """A period as a filter line has it."""
    return f"{first or ''}..{last or ''}"


def line_of(session: Session, wanted: Wanted, line: Line, which: Which) -> str:
    """The filter line that shows exactly the jobs behind a figure.

    Args:
        session: Who looks.
        wanted: What was asked.
        line: The row; that of all together has no term.
        which: The figure.
    """
    words = vocabulary_for(session.language)
    is_month = wanted.by is By.MONTH and bool(line.term)
    days = line.term if is_month else _days(*wanted.period)
    terms = [] if is_month or not line.term else [line.term]
    created, finished = words.labels[Field.CREATED], words.labels[Field.FINISHED]
    came = [f"{created}:{in_quotes(days)}"] if days != _days(None, None) else []
    is_flow = wanted.basis is Basis.FINISHED
    if which is Which.FINISHED:
        is_dated = is_flow and bool(came)
        terms += [] if is_flow else came
        terms.append(f"{finished}:{in_quotes(days)}" if is_dated else f"-{finished}:{words.none_label}")
    elif which is Which.REGISTERED:
        terms += came
    else:
        terms += came if not is_flow or wanted.by is By.MONTH else []
        terms.append(f"{words.labels[Field.STAGE]}:{_word_of_open(session)}")
    return " ".join([*terms, wanted.text]).strip()


def _word_of_open(session: Session) -> str:
    words = vocabulary_for(session.language)
    return next(label for label in words.stage_labels if words.stages[label] == OPEN)
