"""What an activity list reads: its rows page by page, and how many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from svc_tui.domain.errors import DomainError, FilterError, Overtaken
from svc_tui.domain.queries import ActivityQuery, DaysTaken
from svc_tui.domain.records import ActivityRow
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.filters.lists import Asked, Counts

if TYPE_CHECKING:
    from textual.timer import Timer

    from svc_tui.screens.jobs.activity_list import ActivityListScreen

P = ParamSpec("P")
T = TypeVar("T")

SAID_AFTER = 0.15
"""Seconds a count may take before the line says that it is being counted."""

TYPED_AFTER = 0.25
"""Seconds after a letter of the filter line before it is counted what matches: the next letter asks something else, and
stopping a count takes a few milliseconds of its time."""

REST = 0.8
"""Seconds the cursor rests on a row before its whole subject is told: keys that follow each other tell nothing."""

AGAIN_AFTER = 5.0
"""Seconds between two counts of the same list because others save; longer where a count takes long."""

LONGEST_WAIT = 600.0
"""Seconds between two looks at the clock."""

COUNTING_SHARE = 50
"""At most one part in so many of a session's time goes into such counts: fifty people count a million jobs."""


class ActivityRows:
    """The source of a list's rows: pages by key of what its filter line asks for, read on a connection of their own.

    The line is understood together with the first page, for one question takes half as long as two. Whoever reads the
    list again takes `anew`, which understands it once more: a day, a deadline or a customer may have come since.

    The first page raises FilterError for a mistake in the line.
    """

    def __init__(self, screen: ActivityListScreen, asked: Asked, before: ActivityQuery | None = None) -> None:
        """
        Args:
            screen: The list.
            asked: What it is asked for.
            before: What that meant when it was read before: it stays so where the line is not understood any more.
        """
        self.screen = screen
        self.session = screen.svc.session
        """Through which the rows are read: what is done to one of them is done through it too."""
        self.asked = asked
        self.query = before or ActivityQuery(order=asked.order)
        self.remark: FilterError | None = None
        """What is wrong with the line: then there are no rows, or those of before."""
        self.until: int | None = None
        """When the line means something else, seconds UTC."""
        self._was_understood = before is not None
        self._is_understood = False

    async def page(self, limit: int, after: ActivityRow | None, before: ActivityRow | None) -> Sequence[ActivityRow]:
        if not self._is_understood:
            try:
                return await self._first_page(limit, after, before)
            except FilterError as error:
                if not self._was_understood:
                    raise
                self._is_understood, self.remark = True, error
        return await read(self.screen, lists.page, self.query, limit, after=after, before=before)

    async def _first_page(
        self, limit: int, after: ActivityRow | None, before: ActivityRow | None
    ) -> Sequence[ActivityRow]:
        first = await read(
            self.screen, lists.first_page, self.screen.code, self.asked, limit, after=after, before=before
        )
        self.query, self.remark, self.until = first.query, first.remark, first.until
        self.asked = Asked(self.asked.text, first.query.order, first.brought)
        self._is_understood = True
        return first.rows

    async def last(self, limit: int) -> Sequence[ActivityRow]:
        return await read(self.screen, lists.last_page, self.query, limit)

    def key(self, row: ActivityRow) -> object:
        return row.id

    def anew(self) -> ActivityRows:
        return ActivityRows(self.screen, self.asked, self.query)


class ListClock:
    """Reads a list again when its filter line means something else: at midnight, or when a job becomes late."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen
        self.until: int | None = None
        """When that is, seconds UTC; None while nothing depends on the clock."""
        self._timer: Timer | None = None

    def wait_for(self, until: int | None) -> None:
        """Wait for that time, and for no other."""
        if self._timer is not None:
            self._timer.stop()
        self.until, self._timer = until, None
        if until is not None:
            # Looked at now and then, for a computer may have slept, and a clock may be set.
            wait = min(max(until - self.screen.session.seconds(), 1), LONGEST_WAIT)
            self._timer = self.screen.set_timer(wait, self.look)

    def look(self) -> None:
        """Read again if it is time and the list is seen; a list beneath another waits until it comes to the top."""
        if self.until is None:
            return
        if self.screen.session.seconds() < self.until:
            self.wait_for(self.until)
        elif self.screen.svc.screen is self.screen:
            self.until = None
            self.screen.svc.between_keys(self.screen.list.reload_soon)


async def read(
    screen: ActivityListScreen, service: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Ask a service on the connection that reads for the list; asked again when somebody else needed it meanwhile."""
    while True:
        try:
            return await screen.svc.store.read(service, screen.session, *args, **kwargs)
        except Overtaken:
            await asyncio.sleep(0)


def empty_list(line: str) -> str:
    """What stands in a list without rows, by its filter line."""
    return _("No job matches the filter. Esc clears it.") if line.strip() else _("No jobs here. Press n for a new one.")


class CountLine:
    """The line under a list: how many jobs match and are selected, how many are hidden; counted after the rows."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen
        self.counts: Counts | None = None
        """Of what the list shows; None while that is not counted."""
        self.progress = ""
        """How far an act on many jobs has come; stands in place of the counts."""
        self._query: ActivityQuery | None = None
        self._counted_at, self._took = 0.0, 0.0
        self._is_due = False
        self._shows_selection = False
        self.whole_subject = ""
        """Of the row that the cursor rests on, where the row itself cuts it."""
        self._resting: Timer | None = None

    def follow(self) -> None:
        """Once the cursor rests on a row, tell its whole subject; a preview beside the list tells it anyway."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.screen.set_timer(REST, self._tell_subject)

    def _tell_subject(self) -> None:
        if self._subject() != self.whole_subject:
            self.tell()

    def _subject(self) -> str:
        row = self.screen.list.current
        is_cut = row is not None and self.screen.list.drawing.is_cut(row, _("Subject"))
        return row.subject if row is not None and is_cut and not self.screen.preview.pane.display else ""

    def count(self, query: ActivityQuery, *, is_typed: bool = False) -> None:
        """Count in the background; the rows do not wait for it.

        Args:
            query: What the list shows.
            is_typed: Whether that may change with the next letter.
        """
        same = query._replace(late_at=0)  # what is late changes with every second, and hardly ever
        if same != self._query:
            self._query, self.counts = same, None
        counting = partial(self._count, query, after=TYPED_AFTER if is_typed else 0.0)
        asyncio.get_running_loop().call_soon(self._begin, counting)  # what was read is painted first

    def _begin(self, counting: Callable[[], Awaitable[None]]) -> None:
        self.screen.background(counting, "counting", in_place_of="counting")

    def count_later(self, query: ActivityQuery) -> None:
        """Count because others saved something, not too often."""
        wait = self._counted_at + max(AGAIN_AFTER, COUNTING_SHARE * self._took) - asyncio.get_running_loop().time()
        if wait <= 0:
            self.count(query)
        elif not self._is_due:
            self._is_due = True
            self.screen.set_timer(wait, self._count_now)

    def _count_now(self) -> None:
        self._is_due = False
        self.count(self.screen.query_now)

    async def _count(self, query: ActivityQuery, after: float) -> None:
        loop = asyncio.get_running_loop()
        saying = loop.call_later(after + SAID_AFTER, self._say_counting)
        try:
            await asyncio.sleep(after)
            self._counted_at = loop.time()
            self.counts = await self.screen.svc.store.read_later(lists.counts, self.screen.session, query)
        except DomainError:
            return
        finally:
            saying.cancel()
        self._took = loop.time() - self._counted_at
        self.tell()

    def _say_counting(self) -> None:
        if self.counts is None:
            self.screen.bottom.stand(_("Counting …"))

    @property
    def shows_selection(self) -> bool:
        """Whether the line speaks of selected rows."""
        return self._shows_selection

    def tell(self) -> None:
        """Show what is known."""
        self._shows_selection, self.whole_subject = bool(self.screen.list.selection), self._subject()
        if self.progress:
            self.screen.bottom.stand(self.progress)
        elif (text := self._text()) or self.counts is not None:
            self.screen.bottom.stand(text, self._hint(), self.whole_subject)

    def _hint(self) -> str:
        """The keys to begin with, where nothing else is on."""
        counts = self.counts
        if counts is None or not counts.matching or self.screen.line_shown or self._shows_selection:
            return ""
        return _("n: new job   Enter: open   /: filter   F1: help")

    def _text(self) -> str:
        selection, counts = self.screen.list.selection, self.counts
        count = self.screen.svc.formats.count
        parts: list[str] = []
        if selection:
            selected = selection.count(counts.matching if counts else None)
            parts.append(
                n_("{count} selected", "{count} selected", selected).format(count=count(selected))
                if selected is not None
                else _("all selected")
            )
        if counts is None:
            return " · ".join(parts)
        parts.append(n_("{count} job", "{count} jobs", counts.matching).format(count=count(counts.matching)))
        parts += [_days_told(taken, self.screen.svc.formats) for taken in self.screen.query_now.days]
        if hidden := counts.hidden_by_period:
            text = n_("{count} more outside the period", "{count} more outside the period", hidden)
            parts.append(text.format(count=count(hidden)))
        if elsewhere := counts.elsewhere:
            text = n_("{count} more hit outside the filter", "{count} more hits outside the filter", elsewhere)
            more = "+" if elsewhere >= lists.MOST_ELSEWHERE else ""
            parts.append(text.format(count=count(elsewhere) + more))
        if not counts.order_is_kept:
            falls = self.screen.query_now.order.descending
            parts.append(_("too many to sort: newest first") if falls else _("too many to sort: oldest first"))
        return " · ".join(parts)


def _days_told(taken: DaysTaken, formats: Formats) -> str:
    """`week 48: 23/11 - 29/11`."""
    first, last = (formats.short_date(day) if day else "" for day in (taken.first, taken.last))
    return f"{taken.text}: " + (first if first == last else f"{first} - {last}".strip())
