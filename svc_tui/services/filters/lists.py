"""The activity lists: a filter line resolved against the registers, pages and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from svc_tui.db.lists import activities as rows
from svc_tui.db.lists.activities import MOST_ELSEWHERE
from svc_tui.domain.errors import N_, Invalid, TooShort
from svc_tui.domain.language.dates import Looks, parse_date, parse_period, parse_when
from svc_tui.domain.listing import Asked, Counts, FirstPage, SortOrder
from svc_tui.domain.numbers import MOST_DIGITS, is_too_long, whole_number
from svc_tui.domain.queries import ORDER_COLUMNS, ActivityQuery, Order
from svc_tui.domain.records import ActivityRow, RowsAround
from svc_tui.domain.registers import meant
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters.list_query import ALL, of_list

__all__ = [
    "ALL", "MOST_ELSEWHERE", "Asked", "Counts", "JobList", "JobsPage", "around_job", "counts", "first_page",
    "is_order_kept", "jump", "jump_around", "last_page", "not_shown", "page", "resolve", "row_of",
]  # fmt: skip


JobsPage = FirstPage[ActivityRow, ActivityQuery]
"""What a filter line asks for, and the first rows of it."""


def resolve(session: Session, list_code: str | None, text: str) -> ActivityQuery:
    """What a filter line asks of a list; the language of filters is loaded for the first that is not empty.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    if not text.strip():
        return of_list(session.registers, list_code)
    from svc_tui.services.filters import filtering

    return filtering.resolve(session, list_code, text)


def first_page(
    session: Session,
    list_code: str | None,
    asked: Asked,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> JobsPage:
    """Understand a filter line and read the first rows of what it asks for, or those around one as `page` does.

    Raises:
        FilterError: with the place of the mistake in the line.
    """
    order = Order(*asked.order)
    if not asked.text.strip():
        query = of_list(session.registers, list_code)._replace(order=order)
        return FirstPage(query, page(session, query, limit, after, before))
    from svc_tui.services.filters import filtering

    try:
        meant = filtering.understood(session, list_code, asked.text)
    except TooShort as remark:
        return FirstPage(ActivityQuery(ids=frozenset(), order=order), [], remark)
    is_brought = meant.order is not None and meant.order != asked.brought
    query = meant.query._replace(order=meant.order if is_brought and meant.order else order)
    return FirstPage(query, page(session, query, limit, after, before), None, meant.until, meant.order)


def page(
    session: Session,
    query: ActivityQuery,
    limit: int,
    after: ActivityRow | None = None,
    before: ActivityRow | None = None,
) -> list[ActivityRow]:
    """Rows of a list that follow or precede one; see `db.activities.page`."""
    session.require(Right.ACTIVITY_READ)
    return rows.page(session.store, query, limit, after, before)


def last_page(session: Session, query: ActivityQuery, limit: int) -> list[ActivityRow]:
    """The last rows of a list."""
    session.require(Right.ACTIVITY_READ)
    return rows.last_page(session.store, query, limit)


def counts(session: Session, query: ActivityQuery) -> Counts:
    """Counted for the line under the list; runs on the connection that reads for the list, when nothing else does."""
    matching = rows.count(session.store, query)
    always = _without_period(query)
    hidden = rows.count(session.store, always) - matching if always != query else 0
    elsewhere = rows.elsewhere(session.store, query, matching) if query.words else 0
    return Counts(matching, hidden, max(elsewhere, 0), order_is_kept=is_order_kept(session, query))


def _without_period(query: ActivityQuery) -> ActivityQuery:
    """The same question, whatever the start."""
    between = tuple(rule for rule in query.between if rule.column != "start_at")
    return query._replace(start_from=None, start_before=None, between=between)


def order_labels(language: str) -> dict[str, str]:
    """The columns that lists are sorted by, by what they are called in a language."""
    from svc_tui.domain.filters.filters import vocabulary_for
    from svc_tui.services.jobs.typed_edits import name_of

    labels = vocabulary_for(language).labels
    known = {field.value: label for field, label in labels.items()}
    return {name_of(language, "subject") if name == "subject" else known[name]: name for name in ORDER_COLUMNS}


def order_column(language: str, text: str) -> str | None:
    """The column that lists are sorted by under this name, in the language or in English; None for none."""
    from svc_tui.domain.filters.filters import folded, vocabulary_for

    named = {folded(label): name for label, name in order_labels(language).items()}
    field = vocabulary_for(language).fields.get(folded(text))
    wanted = named.get(folded(text), field.value if field is not None else folded(text))
    return wanted if wanted in ORDER_COLUMNS else None


def is_order_kept(session: Session, query: ActivityQuery) -> bool:
    """Whether the rows come in the query's order; a common word's come in the order of registration."""
    return rows.is_order_kept(session.store, query)


# -- jumping -----------------------------------------------------------------------------------------------------

_REGISTERS = ("type", "status", "responsible", "priority")
FAR = 2**62
"""Seconds beyond every time."""
_TIMES = ("start", "end", "promised", "changed")


def jump(session: Session, query: ActivityQuery, text: str) -> ActivityRow | None:
    """The first row of a list at or after what was typed, by the column it is sorted by.

    A number where it is sorted by number; a date, a time or a period where by a time, of a whole day the end that
    comes first in the list; the name of a value where by a register; else the beginning of the text. What is
    no date but a number, or begins with #, is the number of a job in the list. None when no row comes so late.

    Raises:
        Invalid: when what was typed is no number, or no time.
        NotAllowed: when the employee may not see activities.
    """
    session.require(Right.ACTIVITY_READ)
    wanted = text.strip()
    if not wanted:
        return None
    column = query.order.column
    digits = wanted.removeprefix("#")
    number = whole_number(digits)
    if is_too_long(digits) and (column in ("number", *_TIMES) or wanted.startswith("#")):
        raise Invalid(N_("No job has a number of more than {most} digits."), most=MOST_DIGITS)
    if column != "number" and wanted.startswith("#") and number is not None:
        return _numbered(session, query, number)
    if column in _REGISTERS:
        from svc_tui.domain.filters.filter_fields import FIELDS
        from svc_tui.services.filters.filter_names import choices_of

        named = meant(wanted, choices_of(session.registers, FIELDS[column]))
        return rows.jump(session.store, query, frozenset(choice.id for choice in named))
    if column not in ("number", *_TIMES):
        return rows.jump(session.store, query, wanted)
    if column == "number":
        if number is None:
            raise Invalid(N_("The list is sorted by number: write one, such as 10432."))
        return rows.jump(session.store, query, number)
    try:
        moment = _moment(session, wanted, query.order)
    except Invalid:
        if number is not None:
            return _numbered(session, query, number)
        raise
    return rows.jump(session.store, query, moment)


def jump_around(session: Session, query: ActivityQuery, text: str, before: int, after: int) -> RowsAround | None:
    """The same row with the rows around it, as `around_job` gives them."""
    row = jump(session, query, text)
    return None if row is None else rows.around(session.store, query, row, before, after)


def _numbered(session: Session, query: ActivityQuery, number: int) -> ActivityRow | None:
    found = rows.page(session.store, query._replace(numbers=frozenset((number,))), 1)
    return found[0] if found else None


def _moment(session: Session, text: str, order: Order) -> int:
    """Seconds UTC of what was typed; of days the first, or in falling order the last second."""
    now, language = session.now(), session.language
    looks: Looks = "back" if order.column == "changed" else "nearest"
    try:
        # A count of days is one of them here, not all of them until today.
        days = (parse_date(text, now, language),) * 2 if text[:1] in "+-" else parse_period(text, now, language, looks)
    except Invalid:
        return to_seconds(parse_when(text, now, language))
    first, last = days
    if order.descending:
        return FAR if last is None else to_seconds(datetime.combine(last + timedelta(days=1), time())) - 1
    return -FAR if first is None else to_seconds(datetime.combine(first, time()))


def around_job(session: Session, query: ActivityQuery, activity_id: int, before: int, after: int) -> RowsAround | None:
    """A job's row with at most so many rows before and after it (what is lacking before there is more after).

    None if the query does not show it.
    """
    session.require(Right.ACTIVITY_READ)
    found = rows.page(session.store, query._replace(ids=frozenset((activity_id,))), 1)
    return rows.around(session.store, query, found[0], before, after) if found else None


def row_of(session: Session, activity_id: int) -> ActivityRow | None:
    """A job's row, whatever list shows it; None when it is gone."""
    session.require(Right.ACTIVITY_READ)
    return next(iter(rows.rows_of(session.store, (activity_id,))), None)


def not_shown(session: Session, query: ActivityQuery, ids: Sequence[int]) -> list[ActivityRow]:
    """Which of these jobs a query does not show, in the order of their numbers; those that are gone have no row."""
    session.require(Right.ACTIVITY_READ)
    return rows.not_shown(session.store, query, ids)


class JobList:
    """One list of the shop, or all jobs, as `ListService` describes it."""

    sortable: Sequence[str] = ORDER_COLUMNS
    falling: Sequence[str] = ("number", *_TIMES)

    def __init__(self, code: str | None) -> None:
        self.code = code

    def everything(self, order: SortOrder) -> ActivityQuery:
        return ActivityQuery(order=Order(*order))

    def steady(self, query: ActivityQuery) -> ActivityQuery:
        return query._replace(between=tuple(rule._replace(now=0) for rule in query.between))

    def order_of(self, query: ActivityQuery) -> SortOrder:
        return query.order

    def first_page(
        self,
        session: Session,
        asked: Asked,
        limit: int,
        after: ActivityRow | None = None,
        before: ActivityRow | None = None,
    ) -> JobsPage:
        return first_page(session, self.code, asked, limit, after, before)

    def page(
        self,
        session: Session,
        query: ActivityQuery,
        limit: int,
        after: ActivityRow | None = None,
        before: ActivityRow | None = None,
    ) -> list[ActivityRow]:
        return page(session, query, limit, after, before)

    def last_page(self, session: Session, query: ActivityQuery, limit: int) -> list[ActivityRow]:
        return last_page(session, query, limit)

    def counts(self, session: Session, query: ActivityQuery) -> Counts:
        return counts(session, query)

    def around(self, session: Session, query: ActivityQuery, row_id: int, before: int, after: int) -> RowsAround | None:
        return around_job(session, query, row_id, before, after)

    def jump_around(
        self, session: Session, query: ActivityQuery, text: str, before: int, after: int
    ) -> RowsAround | None:
        return jump_around(session, query, text, before, after)
