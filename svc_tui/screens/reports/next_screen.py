"""Next: what is ready for whoever works here, what must be done first on top; Enter takes it."""

from __future__ import annotations

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.planning.workload import NEVER
from svc_tui.domain.quoting import filled
from svc_tui.i18n import _, n_
from svc_tui.screens.reports.board_figures import BoardFigures
from svc_tui.screens.reports.task_rows import TaskColumns, TaskRows
from svc_tui.screens.reports.undo_here import UndoHere
from svc_tui.screens.shell.base import JobHere
from svc_tui.screens.shell.list_about import the_row
from svc_tui.screens.shell.list_screen import Column, ListScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.services.core.session import Session
from svc_tui.services.reports import next_jobs
from svc_tui.services.reports.next_jobs import NextJobs, Taken
from svc_tui.services.reports.person_jobs import JobOf, JobsOf
from svc_tui.widgets.keys import Key
from svc_tui.widgets.text_lines import TextLines


class NextScreen(ListScreen[JobOf]):
    """The queue of one person, or what nobody has and he may take."""

    places = frozenset((Where.NEXT,))

    def __init__(self) -> None:
        super().__init__(empty=_("Nothing is ready for you."), id="next")
        self.about = TextLines(id="next-about")
        self.found = NextJobs((), {}, (), 0, 0)
        self.nobodys = False
        """Whether what nobody has is shown."""
        self.figures = BoardFigures(self)
        self.tasks = TaskColumns(self)
        self.long = LongAct(self, self.bottom.stand)
        self.undo = UndoHere(self, self.long, self.read_again)

    # -- what it shows ---------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        employee, shop = self.session.employee, self.session.registers.company.name
        name = employee.name if employee else ""
        left = _("Nobody's, for {name}") if self.nobodys else _("Next for {name}")
        return filled(left, name=name), f"{name} · {shop}"

    def compose_body(self) -> ComposeResult:
        yield self.about
        yield self.list

    def columns(self) -> list[Column[JobOf]]:
        return self.tasks.columns(self.app.size.width)

    def source(self) -> TaskRows:
        return TaskRows(self, JobsOf(self.found.tasks, self.found.over))

    async def on_resize(self) -> None:
        if self.ready.is_set():
            self.list.set_columns(self.columns())

    async def opened(self) -> None:
        self.found = await self.ask_service(next_jobs.next_jobs, nobodys=self.nobodys)
        await super().opened()
        self.list.on_move = self._moved
        await self._moved()

    async def read_again(self) -> None:
        """Look again for what is ready, with the cursor on the same job."""
        self._show(await self.ask_service(next_jobs.next_jobs, nobodys=self.nobodys))
        await self.list.reload(self.source())
        await self._moved()

    def _show(self, found: NextJobs) -> None:
        self.found = found
        self.list.empty = _("Nothing is ready that nobody has.") if self.nobodys else _("Nothing is ready for you.")

    async def _moved(self) -> None:
        row = self.list.current
        self.about.tell([*(self._told(row) if row else ["", "", ""]), self._in_work(), ""])
        self.bottom.stand(self._counted())

    def _told(self, job: JobOf) -> list[str]:
        """Three lines on the job under the cursor."""
        row = job.row
        kind = self.session.registers.type(row.type_id) if row.type_id else None
        left = _("{hours} h left").format(hours=self.figures.hours(job.task.left))
        return [
            f"{row.number}  {row.subject}",
            "; ".join(part for part in (row.customer, row.device) if part),
            ", ".join(part for part in (kind.name if kind else "", left, self._due(job)) if part),
        ]

    def _due(self, job: JobOf) -> str:
        if job.task.deadline >= NEVER:
            return ""
        when = self.svc.formats.when(job.task.deadline)
        told = _("late since {when}") if self.tasks.is_late(job) else _("due {when}")
        promised = " " + _("(promised)") if job.task.deadline == job.row.promised_at else ""
        return told.format(when=when) + promised

    def _in_work(self) -> str:
        numbers = ", ".join(map(str, self.found.in_work)) or "-"
        return _("In work now: {numbers}").format(numbers=numbers)

    def _counted(self) -> str:
        count, found = self.svc.formats.count, self.found
        if self.nobodys:
            return n_("{count} ready that nobody has. Yours: n", "{count} ready that nobody has. Yours: n",
                      len(found.tasks)).format(count=count(len(found.tasks)))  # fmt: skip
        told = n_("{count} ready for you.", "{count} ready for you.", len(found.tasks)).format(
            count=count(len(found.tasks))
        )
        if found.lacking:
            told += " " + n_("{count} lacks parts.", "{count} lack parts.", found.lacking).format(
                count=count(found.lacking)
            )
        if found.nobodys:
            told += " " + n_("Nobody has {count} that you may take: n", "Nobody has {count} that you may take: n",
                             found.nobodys).format(count=count(found.nobodys))  # fmt: skip
        return told

    # -- what others save ----------------------------------------------------------------------------------

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """What is ready is looked up again, and the cursor stays on its job."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self._look_again, "looking for the next job", in_place_of="next")

    async def _look_again(self) -> None:
        found = await self.svc.store.run(_next_jobs, self.session, self.nobodys)

        async def show() -> None:
            self._show(found)
            self.list.window.source = self.source()
            await self.list.reload_soon()
            await self._moved()

        self.svc.between_keys(show)

    async def acted_elsewhere(self) -> None:
        await self.read_again()

    def job_here(self) -> JobHere | None:
        job = the_row(self, lambda row: row.row.number)
        return JobHere(job.task.id, job.row.number) if job is not None else None

    # -- commands ------------------------------------------------------------------------------------------

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo, self.undo.undoing)

    async def do_next_take(self, key: Key | None) -> None:
        """Take the job under the cursor: you are its responsible, and it is in work."""
        job = the_row(self, lambda row: row.row.number)
        if job is None:
            self.say(_("There is nothing to take."))
            return
        try:
            taken = await self.ask_service(next_jobs.take, job.task.id)
        except Taken as faster:
            await self.read_again()
            self.complain(faster.brief(_))
            return
        await self.read_again()
        self.say(_("Job {number} is yours and in work. u: undo").format(number=taken.number))

    async def do_next_open(self, key: Key | None) -> None:
        """Open the job under the cursor."""
        job = the_row(self, lambda row: row.row.number)
        if job is not None:
            await self.svc.open_job(job.task.id, self._back_here)

    async def _back_here(self, _result: object) -> None:
        await self.read_again()

    async def do_next_nobodys(self, key: Key | None) -> None:
        """What nobody has and you may take, or yours again."""
        self.nobodys = not self.nobodys
        self.tell_title()
        self._show(await self.ask_service(next_jobs.next_jobs, nobodys=self.nobodys))
        await self.list.show(self.source())
        await self._moved()


def _next_jobs(session: Session, nobodys: bool) -> NextJobs:
    return next_jobs.next_jobs(session, nobodys=nobodys)
