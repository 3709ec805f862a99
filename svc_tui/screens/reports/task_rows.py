"""Jobs as work in a list: when they are due, what they take, and what cannot be in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from svc_tui.domain.planning.workload import NEVER, Task
from svc_tui.i18n import _
from svc_tui.screens.reports.board_figures import BoardFigures
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.list_screen import Column
from svc_tui.services.reports import person_jobs
from svc_tui.services.reports.person_jobs import JobOf, JobsOf

WIDE = 80
"""Columns from which on type, customer and time of day are shown."""


class TaskRows:
    """The rows of a list of jobs as work: their order is known, what is shown of them is read as it is needed."""

    def __init__(self, screen: BaseScreen, jobs: JobsOf) -> None:
        """
        Args:
            screen: Whose list it is.
            jobs: In their order.
        """
        self._screen, self._session, self.jobs = screen, screen.session, jobs
        self._places = {task.id: place for place, task in enumerate(jobs.tasks)}

    def key(self, row: JobOf) -> object:
        return row.task.id

    async def page(self, limit: int, after: JobOf | None, before: JobOf | None) -> Sequence[JobOf]:
        if before is not None:
            end = self._places[before.task.id]
            return await self._read(self.jobs.tasks[max(end - limit, 0) : end])
        start = self._places[after.task.id] + 1 if after is not None else 0
        return await self._read(self.jobs.tasks[start : start + limit])

    async def last(self, limit: int) -> Sequence[JobOf]:
        return await self._read(self.jobs.tasks[-limit:])

    async def _read(self, tasks: Sequence[Task]) -> Sequence[JobOf]:
        return await self._screen.svc.store.run(person_jobs.rows_of, self._session, tasks, self.jobs.over)

    def anew(self) -> TaskRows:
        return self


class TaskColumns:
    """What is shown of a job as work."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self._figures = BoardFigures(screen)

    def columns(self, width: int, last: Sequence[Column[JobOf]] | None = None) -> list[Column[JobOf]]:
        """The columns on a screen so wide.

        Args:
            width: Of the screen.
            last: What stands at the end instead of customer and work too much.
        """
        is_wide = width >= WIDE
        columns: list[Column[JobOf]] = [
            Column(_("No."), 6, lambda job: str(job.row.number), right=True),
            Column(_("Due"), 13 if is_wide else 7, self._due_long if is_wide else self._due_short, whole=True),
            Column(_("Left|board").partition("|")[0], 5, lambda job: self._figures.hours(job.task.left), right=True),
            Column(_("S|stage").partition("|")[0], 1, self._stage),
        ]
        if is_wide:
            columns.append(Column(_("Type"), 9, self._type))
        if is_wide or last is None:
            columns.append(Column(_("Subject"), 8, lambda job: job.row.subject, flex=2))
        if last is not None:
            return [*columns, *last]
        if is_wide:
            columns.append(Column(_("Customer"), 10, lambda job: job.row.customer, flex=1))
        return [*columns, Column(_("Over|board").partition("|")[0], 6, self._over, right=True)]

    def _stage(self, job: JobOf) -> str:
        return self._screen.svc.formats.stage_letter(job.row.stage)

    def _type(self, job: JobOf) -> str:
        entry = self._screen.session.registers.type(job.row.type_id) if job.row.type_id else None
        return entry.name if entry else ""

    def _over(self, job: JobOf) -> str:
        return f"+{self._figures.hours(job.over)}" if job.over else ""

    def is_late(self, job: JobOf) -> bool:
        """Whether its deadline is over."""
        return job.task.deadline < self._screen.session.seconds()

    def _due_long(self, job: JobOf) -> str:
        return self._due(job, self._screen.svc.formats.list_when)

    def _due_short(self, job: JobOf) -> str:
        return self._due(job, self._screen.svc.formats.day)

    def _due(self, job: JobOf, written: Callable[[int], str]) -> str:
        if job.task.deadline >= NEVER:
            return " -"
        return ("!" if self.is_late(job) else " ") + written(job.task.deadline)
