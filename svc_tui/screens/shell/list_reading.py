"""What a list with a filter line reads: its rows page by page, and how many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from svc_tui.domain.errors import DomainError, FilterError, Overtaken
from svc_tui.domain.listing import Asked, Counts
from svc_tui.i18n import _, n_
from svc_tui.services.core.session import Session

if TYPE_CHECKING:
    from textual.timer import Timer

    from svc_tui.screens.shell.filtered_list import FilteredList

R = TypeVar("R")
Q = TypeVar("Q")
T = TypeVar("T")
P = ParamSpec("P")

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


class FilteredRows(Generic[R, Q]):
    """The source of a list's rows: pages by key of what its filter line asks for, read on a connection of their own.

    The line is understood together with the first page, for one question takes half as long as two. Whoever reads the
    list again takes `anew`, which understands it once more: a day, a deadline or a customer may have come since.

    The first page raises FilterError for a mistake in the line.
    """

    def __init__(self, screen: FilteredList[R, Q], asked: Asked, before: Q | None = None) -> None:
        """
        Args:
            screen: The list.
            asked: What it is asked for.
            before: What that meant when it was read before: it stays so where the line is not understood any more.
        """
        self.screen, self.service = screen, screen.service
        self.session = screen.svc.session
        """Through which the rows are read: what is done to one of them is done through it too."""
        self.asked = asked
        self.query: Q = self.service.everything(asked.order) if before is None else before
        self.remark: FilterError | None = None
        """What is wrong with the line: then there are no rows, or those of before."""
        self.until: int | None = None
        """When the line means something else, seconds UTC."""
        self._was_understood = before is not None
        self._is_understood = False

    async def page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        if not self._is_understood:
            try:
                return await self._first_page(limit, after, before)
            except FilterError as error:
                if not self._was_understood:
                    raise
                self._is_understood, self.remark = True, error
        return await read(self.screen, self.service.page, self.query, limit, after=after, before=before)

    async def _first_page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        first = await read(self.screen, self.service.first_page, self.asked, limit, after=after, before=before)
        self.query, self.remark, self.until = first.query, first.remark, first.until
        self.asked = Asked(self.asked.text, self.service.order_of(first.query), first.brought)
        self._is_understood = True
        return first.rows

    async def last(self, limit: int) -> Sequence[R]:
        return await read(self.screen, self.service.last_page, self.query, limit)

    def key(self, row: R) -> object:
        return self.screen.id_of(row)

    def anew(self) -> FilteredRows[R, Q]:
        return FilteredRows(self.screen, self.asked, self.query)


class ListClock:
    """Reads a list again when its filter line means something else: at midnight, or when a job becomes late."""

    def __init__(self, screen: FilteredList[Any, Any]) -> None:
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
    screen: FilteredList[Any, Any],
    service: Callable[Concatenate[Session, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Ask a service on the connection that reads for the list; asked again when somebody else needed it meanwhile."""
    while True:
        try:
            return await screen.svc.store.read(service, screen.session, *args, **kwargs)
        except Overtaken:
            await asyncio.sleep(0)


class CountLine:
    """The line under a list: how many rows match and are selected, how many are hidden; counted after the rows."""

    def __init__(self, screen: FilteredList[Any, Any]) -> None:
        self.screen = screen
        self.counts: Counts | None = None
        """Of what the list shows; None while that is not counted."""
        self.progress = ""
        """How far an act on many jobs has come; stands in place of the counts."""
        self._query: object = None
        self._counted_at, self._took = 0.0, 0.0
        self._is_due = False
        self._shows_selection = False
        self.whole_subject = ""
        """Of the row that the cursor rests on, where the row itself cuts it; see `FilteredList.wholly`."""
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
        if row is None:
            return ""
        if self.screen.preview.pane.display:
            return ""
        title, text = self.screen.wholly(row)
        is_cut = self.screen.list.drawing.is_cut(row, title)
        others = self.screen.list.drawing.cut(row) if self.screen.tells_all_cut else []
        return " · ".join(dict.fromkeys([text, *others] if is_cut else others))

    def count(self, query: object, *, is_typed: bool = False) -> None:
        """Count in the background; the rows do not wait for it.

        Args:
            query: What the list shows.
            is_typed: Whether that may change with the next letter.
        """
        same = self.screen.service.steady(query)  # what is late changes with every second, and hardly ever
        if same != self._query:
            self._query, self.counts = same, None
        counting = partial(self._count, query, after=TYPED_AFTER if is_typed else 0.0)
        asyncio.get_running_loop().call_soon(self._begin, counting)  # what was read is painted first

    def _begin(self, counting: Callable[[], Awaitable[None]]) -> None:
        self.screen.background(counting, "counting", in_place_of="counting")

    def count_later(self, query: object) -> None:
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

    async def _count(self, query: object, after: float) -> None:
        loop = asyncio.get_running_loop()
        saying = loop.call_later(after + SAID_AFTER, self._say_counting)
        try:
            await asyncio.sleep(after)
            self._counted_at = loop.time()
            self.counts = await self.screen.svc.store.read_later(self.screen.service.counts, self.screen.session, query)
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
        return self.screen.hint()

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
        return " · ".join(parts + (self.screen.counted(counts) if counts is not None else []))
