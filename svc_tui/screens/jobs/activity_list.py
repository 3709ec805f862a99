"""An activity list: the filter line, the jobs, and what can be done to one of them from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from svc_tui.commands import Where
from svc_tui.domain.columns import JOBS
from svc_tui.domain.listing import Counts, SortOrder
from svc_tui.domain.news import NAMED_IN_LISTS, News
from svc_tui.domain.queries import NEWEST_FIRST, ActivityQuery, DaysTaken
from svc_tui.domain.records import ActivityRow
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.screens.jobs import job_columns, list_news
from svc_tui.screens.jobs.list_about import the_row
from svc_tui.screens.shell.base import JobHere
from svc_tui.screens.shell.filtered_list import FilteredList
from svc_tui.screens.shell.list_description import ListWords
from svc_tui.services.filters.lists import MOST_ELSEWHERE, JobList
from svc_tui.services.filters.opening import opening, without_view
from svc_tui.widgets.keys import Key
from svc_tui.widgets.preview import Piece
from svc_tui.widgets.row_list import Column

if TYPE_CHECKING:
    from svc_tui.screens.jobs.list_acts import ListActs
    from svc_tui.screens.jobs.list_orders import ListOrders
    from svc_tui.screens.jobs.same_jobs import SameJobs
    from svc_tui.services.filters.completion import JobFilters


class ActivityListScreen(FilteredList[ActivityRow, ActivityQuery]):
    """One list of the shop, or all jobs."""

    places = frozenset((Where.LIST, Where.ROWS, Where.TOP))
    column_set = JOBS
    begins_with = NEWEST_FIRST

    def __init__(self, code: str) -> None:
        super().__init__(JobList(code), id="jobs")
        self.code = code

    async def begins(self) -> tuple[str, SortOrder]:
        begins = without_view(self.svc.settings, self.code)
        if begins is None:
            begins = await self.ask_service(opening, self.svc.settings, self.code)
        return begins.text, begins.order

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def list_id(self) -> int | None:
        """The list's id; None for all jobs."""
        entry = self.session.registers.list_by_code(self.code)
        return entry.id if entry else None

    def heading(self) -> tuple[str, str]:
        """Which list, who, which shop."""
        entry = self.session.registers.list_by_code(self.code)
        who = self.session.employee.name if self.session.employee else ""
        return entry.name if entry else _("All jobs"), f"{who} · {self.session.registers.company.name}"

    def all_columns(self) -> Mapping[str, Column[ActivityRow]]:
        return job_columns.all_columns(self.session, self.svc.formats, self.number_width, self.list_id)

    def number_of(self, row: ActivityRow) -> int:
        return row.number

    def wholly(self, row: ActivityRow) -> tuple[str, str]:
        return _("Subject"), row.subject

    @property
    def words(self) -> ListWords:
        return ListWords(
            none_match=_("No job matches the filter. Esc clears it."),
            none=_("No jobs here. Press n for a new one."),
            nothing_after=_("No job in this list stands at or after that."),
            no_sample=_("No job to show as a sample."),
        )

    def hint(self) -> str:
        return _("n: new job   Enter: open   /: filter   F1: help")

    def counted(self, counts: Counts) -> list[str]:
        formats = self.svc.formats
        count = formats.count
        parts = [n_("{count} job", "{count} jobs", counts.matching).format(count=count(counts.matching))]
        parts += [_days_told(taken, formats) for taken in self.query_now.days]
        if hidden := counts.hidden_by_period:
            text = n_("{count} more outside the period", "{count} more outside the period", hidden)
            parts.append(text.format(count=count(hidden)))
        if elsewhere := counts.elsewhere:
            text = n_("{count} more hit outside the filter", "{count} more hits outside the filter", elsewhere)
            more = "+" if elsewhere >= MOST_ELSEWHERE else ""
            parts.append(text.format(count=count(elsewhere) + more))
        if not counts.order_is_kept:
            falls = self.query_now.order.descending
            parts.append(_("too many to sort: newest first") if falls else _("too many to sort: oldest first"))
        return parts

    async def preview_of(self, row: ActivityRow) -> Sequence[Piece]:
        from svc_tui.screens.jobs import job_preview  # a narrow terminal never shows one

        return await job_preview.read(self, row.id)

    def follows(self, news: News) -> bool:
        return news.rows

    def concerns(self, news: News) -> bool:
        return list_news.concerns(self, news)

    def preview_concerns(self, row: ActivityRow | None, news: News) -> bool:
        is_named = news.registers or bool(news.tables & NAMED_IN_LISTS)
        return is_named or (row is not None and row.id in news.activities)

    # -- the filter line -----------------------------------------------------------------------------------

    @cached_property
    def filter_language(self) -> JobFilters:
        from svc_tui.screens.jobs.job_filter import JobFilters  # loaded once the first rows are on the screen

        return JobFilters(self.code)

    def explained_fields(self) -> Mapping[str, str]:
        from svc_tui.screens.jobs import job_filter

        return job_filter.fields(self.session.language)

    def explained_filter(self) -> list[tuple[str, str]]:
        from svc_tui.screens.jobs import job_filter

        return job_filter.explanation(self.session.language)

    # -- what is done from here ----------------------------------------------------------------------------

    @cached_property
    def acts(self) -> ListActs:
        """What is done to jobs from here; loaded when it is asked for, or when the first rows are on the screen."""
        from svc_tui.screens.jobs.list_acts import ListActs

        return ListActs(self)

    @cached_property
    def same_jobs(self) -> SameJobs:
        """All jobs of the customer or the device of a row; loaded with the acts."""
        from svc_tui.screens.jobs.same_jobs import SameJobs

        return SameJobs(self)

    @cached_property
    def orders(self) -> ListOrders:
        """Loaded when one of its commands, or any that no other part knows, is asked for."""
        from svc_tui.screens.jobs.list_orders import ListOrders

        return ListOrders(self)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.acts, self.acts.undo, *super().helpers, self.same_jobs, self.orders)

    async def do_app_close(self, key: Key | None) -> None:
        """Stop an act that is going on; else as in every list."""
        if self.acts.long.is_running:
            self.acts.long.stop()
        else:
            await super().do_app_close(key)

    async def open_row(self, row: ActivityRow) -> None:
        await self.acts.do_activity_open(None)

    async def take_scan(self, code: str) -> None:
        from svc_tui.screens.jobs.scans import show_scanned

        if self.bottom.is_asking:
            await super().take_scan(code)
        else:
            await show_scanned(self, code)

    def job_here(self) -> JobHere | None:
        row = the_row(self)
        return JobHere(row.id, row.number) if row is not None else None

    async def do_list_views(self, key: Key | None) -> None:
        """Open a saved view, or save this one."""
        from svc_tui.screens.jobs.views import show_views

        await show_views(self)


def _days_told(taken: DaysTaken, formats: Formats) -> str:
    """`week 48: 23/11 - 29/11`."""
    first, last = (formats.short_date(day) if day else "" for day in (taken.first, taken.last))
    return f"{taken.text}: " + (first if first == last else f"{first} - {last}".strip())
