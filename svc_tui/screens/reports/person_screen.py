"""One person's jobs, what must be done first on top: some are marked and handed to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.planning.workload import Task
from svc_tui.i18n import _, n_
from svc_tui.screens.reports.board_figures import BoardFigures, Row
from svc_tui.screens.reports.handing_out import HandingOut
from svc_tui.screens.reports.task_rows import TaskColumns, TaskRows
from svc_tui.screens.reports.undo_here import UndoHere
from svc_tui.screens.shell.base import JobHere
from svc_tui.screens.shell.list_about import the_row
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.list_selecting import ListSelecting
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.services.core.session import Session
from svc_tui.services.reports import board, person_jobs
from svc_tui.services.reports.board import Counts, Loads
from svc_tui.services.reports.person_jobs import JobOf, JobsOf
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList


class PersonScreen(ListScreen[JobOf]):
    """The jobs of somebody, or of nobody."""

    places = frozenset((Where.PERSON,))
    opens_rows = True

    def __init__(self, row: Row, list_code: str, loads: Loads | None) -> None:
        """
        Args:
            row: Of the dashboard.
            list_code: Only jobs of this list; empty for all.
            loads: Everybody's work against his hours, where it is known already.
        """
        super().__init__(empty=_("No open jobs"), marks=True, id="person-jobs")
        self.row, self.list_code, self.loads = row, list_code, loads
        self.figures = BoardFigures(self)
        self.tasks = TaskColumns(self)
        self.person: RowList[Row] = RowList(id="person")
        self.found = JobsOf((), {})
        self.horizon = loads.horizon if loads is not None else None
        self.long = LongAct(self, self.bottom.stand)
        self.undo = UndoHere(self, self.long, self.read_again)
        self.selecting = ListSelecting(self)
        self.handing = HandingOut(self, self.long, self._handed_out)

    # -- what it shows -------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        entry = self.session.registers.list_by_code(self.list_code)
        return self._called(), entry.name if entry else _("all jobs")

    def _called(self) -> str:
        entry = self.session.registers.employee(self.row.who)
        return entry.name if entry else _("Nobody")

    def compose_body(self) -> ComposeResult:
        yield self.person
        yield self.list

    def columns(self) -> Sequence[Column[JobOf]]:
        return self.tasks.columns(self.app.size.width)

    def source(self) -> TaskRows:
        return TaskRows(self, self.found)

    async def opened(self) -> None:
        self.person.styles.height = 2
        self.person.set_columns(self.figures.columns(self.app.size.width))
        await self._read()
        await super().opened()
        self.list.on_done = self._count_marked
        self._count_marked()

    async def on_resize(self) -> None:
        if self.ready.is_set():
            self.person.set_columns(self.figures.columns(self.app.size.width))
            self.list.set_columns(self.columns())

    async def _read(self) -> None:
        self._show(await self.ask_service(_of_person, self.row.who, self.list_code))
        await self.person.show(FixedRows([self.row], lambda row: row.who))

    def _show(self, read: tuple[JobsOf, Counts, Loads]) -> None:
        self.found, counts, loads = read
        self.row = self.row._replace(counts=counts, load=loads.people.get(self.row.who))
        self.horizon = loads.horizon

    async def read_again(self) -> None:
        """Look again what this person has, with the cursor on the same job."""
        self.loads = None
        await self._read()
        await self.list.reload(self.source())
        self._count_marked()

    def _marked(self) -> list[Task]:
        return [task for task in self.found.tasks if task.id in self.list.selection]

    def _count_marked(self) -> None:
        marked, hours = self._marked(), self.svc.formats.hours
        if not marked:
            self.bottom.stand(self.figures.told(self.row, self.horizon))
            return
        told = n_("{count} marked, {hours} of {all} h. a: to whom?", "{count} marked, {hours} of {all} h. a: to whom?",
                  len(marked))  # fmt: skip
        self.bottom.stand(told.format(
            count=self.svc.formats.count(len(marked)), hours=hours(sum(task.left for task in marked)),
            all=hours(sum(task.left for task in self.found.tasks)),
        ))  # fmt: skip

    # -- what others save ----------------------------------------------------------------------------------

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """What this person has is read again, and the cursor stays on its job."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self._look_again, "reading the jobs of a person", in_place_of="person")

    async def _look_again(self) -> None:
        read = await self.svc.store.run(_of_person, self.session, self.row.who, self.list_code)

        async def show() -> None:
            self._show(read)
            self.loads = None
            await self.person.show(FixedRows([self.row], lambda row: row.who))
            self.list.window.source = self.source()
            await self.list.reload_soon()

        self.svc.between_keys(show)

    async def acted_elsewhere(self) -> None:
        await self.read_again()

    def job_here(self) -> JobHere | None:
        job = the_row(self, lambda row: row.row.number)
        return JobHere(job.task.id, job.row.number) if job is not None else None

    # -- commands ------------------------------------------------------------------------------------------

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo, self.undo.undoing, self.selecting)

    def enter_label(self) -> str:
        return _("Open")

    async def open_row(self, row: JobOf) -> None:
        await self.svc.open_job(row.task.id, self._back_here)

    async def _back_here(self, _result: object) -> None:
        await self.read_again()

    async def do_board_hand_out(self, key: Key | None) -> None:
        """Ask to whom the marked jobs go; where none is marked, how many of all."""
        marked = self._marked()
        count, hours = self.svc.formats.count(len(marked)), self.svc.formats.hours(sum(task.left for task in marked))
        if marked:
            told = n_("{count} job, {hours} h:", "{count} jobs, {hours} h:", len(marked)).format(
                count=count, hours=hours
            )
            jobs = [task.id for task in marked]
        else:
            entry = self.session.registers.employee(self.row.who)
            told, jobs = _("{who}: jobs").format(who=entry.initials if entry else _("Nobody")), None
        await self.handing.ask(self.row.who, told, self.list_code, jobs, self.loads)

    async def _handed_out(self) -> None:
        await self.list.clear_selection()
        await self.read_again()

    async def do_person_list(self, key: Key | None) -> None:
        """The same jobs as a list with a filter line."""
        line = board.line_of_person(self.session, self.row.who)
        await self.svc.show_jobs(line, self.list_code)


def _of_person(session: Session, who: int | None, list_code: str) -> tuple[JobsOf, Counts, Loads]:
    """Somebody's jobs, and his row of the dashboard."""
    counted = board.board(session, list_code)
    none = Counts(who)
    counts = counted.nobody if who is None else next((one for one in counted.people if one.responsible == who), none)
    return person_jobs.jobs_of(session, who, list_code), counts, board.loads(session, list_code, [who])
