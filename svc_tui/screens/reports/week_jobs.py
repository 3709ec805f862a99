"""A person's jobs of a week: looked at, and their starts moved by a day or a quarter."""

from __future__ import annotations

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.planning.week import Basis
from svc_tui.domain.planning.workload import NEVER
from svc_tui.i18n import _
from svc_tui.screens.reports.board_figures import BoardFigures
from svc_tui.screens.reports.task_rows import WIDE, TaskRows
from svc_tui.screens.reports.undo_here import UndoHere
from svc_tui.screens.shell.base import JobHere
from svc_tui.screens.shell.list_about import the_row
from svc_tui.screens.shell.list_screen import Column, ListScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.services.reports import week
from svc_tui.services.reports.person_jobs import JobOf, JobsOf
from svc_tui.widgets.keys import Key


class WeekJobs(ListScreen[JobOf]):
    """What counts in the week of one person."""

    places = frozenset((Where.WEEK_JOBS,))
    opens_rows = True

    def __init__(self, who: int, until: int, basis: Basis) -> None:
        """
        Args:
            who: Whose jobs.
            until: The end of the days shown, seconds UTC.
            basis: Which day a job counts on.
        """
        super().__init__(empty=_("No jobs on these days."), id="week-jobs")
        self.who, self.until, self.basis = who, until, basis
        self.found = JobsOf((), {})
        self.figures = BoardFigures(self)
        self.long = LongAct(self, self.bottom.stand)
        self.undo = UndoHere(self, self.long, self.read_again)

    def heading(self) -> tuple[str, str]:
        entry = self.session.registers.employee(self.who)
        title = _("Jobs by their start") if self.basis is Basis.START else _("Jobs due")
        return title, entry.name if entry else "?"

    def columns(self) -> list[Column[JobOf]]:
        is_wide = self.app.size.width >= WIDE
        formats = self.svc.formats
        columns: list[Column[JobOf]] = [
            Column(_("No."), 6, lambda job: str(job.row.number), right=True),
            Column(_("Start"), 12, lambda job: formats.list_when(job.row.start_at)),
            Column(_("Left|board").partition("|")[0], 5, lambda job: self.figures.hours(job.task.left), right=True),
        ]
        if is_wide:
            columns.insert(2, Column(_("Due"), 13, self._due))
            columns.insert(
                4, Column(_("S|stage").partition("|")[0], 1, lambda job: formats.stage_letter(job.row.stage))
            )
        columns.append(Column(_("Subject"), 8, lambda job: job.row.subject, flex=2))
        if is_wide:
            columns.append(Column(_("Customer"), 10, lambda job: job.row.customer, flex=1))
        return columns

    def _due(self, job: JobOf) -> str:
        if job.task.deadline >= NEVER:
            return " -"
        is_late = job.task.deadline < self.session.seconds()
        return ("!" if is_late else " ") + self.svc.formats.list_when(job.task.deadline)

    def source(self) -> TaskRows:
        return TaskRows(self, self.found)

    def whole(self, row: JobOf) -> str:
        return _("+ and -: a day later, a day earlier · > and <: a quarter")

    async def opened(self) -> None:
        self.found = await self.ask_service(week.jobs, self.who, self.until, self.basis)
        await super().opened()

    async def on_resize(self) -> None:
        if self.ready.is_set():
            self.list.set_columns(self.columns())

    async def read_again(self) -> None:
        """Read the jobs again, with the cursor on the same one."""
        self.found = await self.ask_service(week.jobs, self.who, self.until, self.basis)
        await self.list.reload(self.source())
        await self._tell()

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """Read again; the cursor stays on its job."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self._look_again, "reading the jobs of a week", in_place_of="week")

    async def _look_again(self) -> None:
        found = await self.svc.store.run(week.jobs, self.session, self.who, self.until, self.basis)

        async def show() -> None:
            self.found = found
            self.list.window.source = self.source()
            await self.list.reload_soon()

        self.svc.between_keys(show)

    async def acted_elsewhere(self) -> None:
        await self.read_again()

    def job_here(self) -> JobHere | None:
        job = the_row(self, lambda row: row.row.number)
        return JobHere(job.task.id, job.row.number) if job is not None else None

    # -- commands ------------------------------------------------------------------------------------------------

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo, self.undo.undoing)

    async def open_row(self, row: JobOf) -> None:
        await self.svc.open_job(row.task.id, self._back_here)

    async def _back_here(self, _result: object) -> None:
        await self.read_again()

    async def do_week_day_later(self, key: Key | None) -> None:
        """The start a working day later."""
        await self._move(days=1)

    async def do_week_day_earlier(self, key: Key | None) -> None:
        """The start a working day earlier."""
        await self._move(days=-1)

    async def do_week_quarter_later(self, key: Key | None) -> None:
        """The start at the next quarter of an hour."""
        await self._move(quarters=1)

    async def do_week_quarter_earlier(self, key: Key | None) -> None:
        """The start at the quarter of an hour before."""
        await self._move(quarters=-1)

    async def _move(self, *, days: int = 0, quarters: int = 0) -> None:
        job = the_row(self, lambda row: row.row.number)
        if job is None:
            return
        moved = await self.ask_service(week.move, job.task.id, days=days, quarters=quarters)
        await self.read_again()
        text = _("Job {number} starts {when}.")
        if not moved.is_working:
            text = _("Job {number} starts {when}, outside the hours of whoever does it.")
        self.say(text.format(number=moved.number, when=self.svc.formats.when(moved.start_at)))
