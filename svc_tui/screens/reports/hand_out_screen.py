"""What handing out would do, before it is done: both people's hours, what speaks against it, and each job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.i18n import _, n_
from svc_tui.screens.reports.task_rows import WIDE, TaskColumns
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.reports import outlook
from svc_tui.services.reports.outlook import Foreseen, Held, Outlook
from svc_tui.services.reports.person_jobs import JobOf
from svc_tui.widgets.keys import Key
from svc_tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from svc_tui.screens.reports.handing_out import HandingOut

_MOST_NUMBERS = 6
"""Jobs that a reason against it names."""


class HandOutScreen(ListScreen[JobOf]):
    """Left with the ids of the jobs that go."""

    places = frozenset((Where.HANDING,))

    def __init__(self, seen: Outlook, foreseen: Foreseen, asked: HandingOut) -> None:
        """
        Args:
            seen: The jobs that would go.
            foreseen: What would become of everybody.
            asked: Who asked; knows how absences are written.
        """
        super().__init__(id="hand-out")
        self.seen, self.foreseen, self._handing = seen, foreseen, asked
        self.about = TextLines(id="hand-out-about")
        self.tasks = TaskColumns(self)
        self.left_out: set[int] = set()

    # -- what it shows -------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        going = [task for task in self.seen.moving if task.id not in self.left_out]
        entry = self.session.registers.employee(self.seen.target)
        formats = self.svc.formats
        told = n_("{count} job, {hours} h to {name}?", "{count} jobs, {hours} h to {name}?", len(going))
        return filled(
            told, count=formats.count(len(going)), hours=formats.hours(sum(task.left for task in going)),
            name=entry.name if entry else "?",
        ), ""  # fmt: skip

    def compose_body(self) -> ComposeResult:
        yield self.about
        yield self.list

    def columns(self) -> Sequence[Column[JobOf]]:
        wide = 8 if self.app.size.width >= WIDE else 6
        ends: list[Column[JobOf]] = [
            Column(
                self._initials(self.seen.target),
                wide,
                lambda job: self._finish(job, self.foreseen.with_receiver),
                right=True,
            )
        ]
        if givers := [effect.responsible for effect in self.foreseen.effects if effect.responsible != self.seen.target]:
            title = self._initials(givers[0]) if len(givers) == 1 else _("Now|hand out").partition("|")[0]
            ends.insert(0, Column(title, wide, lambda job: self._finish(job, self.foreseen.with_giver), right=True))
        mark: Column[JobOf] = Column("", 1, lambda job: "-" if job.task.id in self.left_out else "x")
        return [mark, *self.tasks.columns(self.app.size.width, ends)]

    def source(self) -> FixedRows[JobOf]:
        rows = [
            JobOf(self.seen.shown[task.id], task) for task in self.seen.moving if task.id in self.seen.shown
        ]  # fmt: skip
        return FixedRows(rows, lambda job: job.task.id)

    def whole(self, row: JobOf) -> str:
        about = f"{row.row.number} {row.row.subject}" if self.app.size.width < WIDE else ""
        ends = _("Finished when, done in the order of the list; ! = after its deadline")
        return " ".join(part for part in (about, "" if about else ends) if part)

    async def opened(self) -> None:
        self._tell_about()
        await super().opened()

    def _finish(self, job: JobOf, finishes: object) -> str:
        at = finishes.get(job.task.id) if isinstance(finishes, dict) else None
        if job.task.id in self.left_out and finishes is self.foreseen.with_receiver:
            return ""
        if at is None:
            return "-"
        return self.svc.formats.day(at) + ("!" if at > job.task.deadline else " ")

    def _initials(self, who: int) -> str:
        entry = self.session.registers.employee(who)
        return entry.initials if entry else "?"

    # -- both people, and what speaks against it -----------------------------------------------------------

    def _tell_about(self) -> None:
        day = self.svc.formats.day(self.seen.horizon)
        wide = self.app.size.width >= WIDE
        now, then = _("now"), _("then|hand out").partition("|")[0]
        first = 24 if wide else 8
        lines = [" " * first + self._cells(
            _("Open|board").partition("|")[0], _("Late|board").partition("|")[0], _("Left|board").partition("|")[0],
            _("To {day} h").format(day=day) if wide else day, "!!",
            _("All done") if wide else _("Done|hand out").partition("|")[0],
        )]  # fmt: skip
        for effect in self.foreseen.effects:
            name = self._initials(effect.responsible)
            entry = self.session.registers.employee(effect.responsible)
            if wide and entry:
                name = f"{name} {entry.name}"
            room = first - max(len(now), len(then)) - 1
            lines.append(f"{name[:room]:<{room}} {now:<{first - room - 1}}" + self._held(effect.before))
            lines.append(" " * (room + 1) + f"{then:<{first - room - 1}}" + self._held(effect.after))
        self.about.tell([*lines, *self._against(), ""])

    def _cells(self, *cells: str) -> str:
        """Figures side by side; what is late gives way on a narrow screen."""
        widths: Sequence[int] = (5, 6, 9, 16, 5, 14)
        if self.app.size.width < WIDE:
            cells, widths = (cells[0], *cells[2:]), (4, 6, 12, 3, 6)
        return "".join(f"{cell[-width:]:>{width}}" for cell, width in zip(cells, widths, strict=True))

    def _held(self, held: Held) -> str:
        formats, load = self.svc.formats, held.load
        there = _("{due} of {capacity}").format(due=formats.hours(load.due), capacity=formats.hours(load.capacity or 0))
        if self.app.size.width < WIDE:
            there = f"{formats.hours(load.due)}/{formats.hours(load.capacity or 0)}"
        return self._cells(
            formats.count(held.jobs), str(held.late or "-"), formats.hours(load.left), there, str(load.too_late or "-"),
            formats.day(load.clear_at) or "-",
        )  # fmt: skip

    def _against(self) -> list[str]:
        """What speaks against it, a line a reason; nothing where nothing does."""
        who = self._initials(self.seen.target)
        lines = [
            _("{who} is away: {days}").format(
                who=self._initials(effect.responsible), days=self._handing.away(effect.away)
            )
            for effect in self.foreseen.effects
            if effect.away
        ]
        for kind, numbers in self.foreseen.strange.items():
            entry = self.session.registers.type(kind)
            told = (
                _("{who} does not do {type}: {numbers}")
                if self.seen.are_said
                else _("{who} has never done {type}: {numbers}")
            )
            lines.append(told.format(who=who, type=entry.name if entry else "?", numbers=_numbers(numbers)))
        if self.foreseen.pressed:
            lines.append(_("{who}'s own, too late then: {numbers}").format(
                who=who, numbers=_numbers(self.foreseen.pressed)
            ))  # fmt: skip
        lines += [
            _("{number} stays: {why}").format(number=refused.number or "?", why=refused.brief(_))
            for refused in self.seen.plan.refused[:3]
        ]
        return [_("Speaks against it"), *(f"  {line}" for line in lines)] if lines else []

    # -- what others save ------------------------------------------------------------------------------------

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """A job that somebody else changed is left out, and its row says so: it is no longer what was looked at."""
        self.background(self._look_again, "looking whether jobs to be handed out changed", in_place_of="outlook")

    async def _look_again(self) -> None:
        changed = await self.svc.store.run(outlook.changed_since, self.session, self.seen)
        new = changed - self.left_out
        if not new:
            return

        async def show() -> None:
            self.left_out |= new
            await self._follow()
            numbers = [row.number for job, row in self.seen.shown.items() if job in new]
            self.say(_("Changed by someone else, and left out: {numbers}").format(numbers=_numbers(sorted(numbers))))

        self.svc.between_keys(show)

    # -- commands --------------------------------------------------------------------------------------------

    async def do_balance_take_out(self, key: Key | None) -> None:
        """Leave the job under the cursor out, or take it in again; the figures follow."""
        job = self.list.current
        if job is None:
            return
        self.left_out ^= {job.task.id}
        await self._follow()
        await self.list.move(1)

    async def _follow(self) -> None:
        self.foreseen = await self.ask_service(outlook.foresee, self.seen, frozenset(self.left_out))
        self._tell_about()
        self.tell_title()
        self.list.drawing.forget()
        self.list.refresh()

    async def do_balance_do(self, key: Key | None) -> None:
        """Hand out the jobs that are not left out."""
        jobs = frozenset(task.id for task in self.seen.moving if task.id not in self.left_out)
        if not jobs:
            self.say(_("Every job is left out; Esc goes back."))
            return
        await self.svc.back(jobs)


def _numbers(numbers: Sequence[int]) -> str:
    more = " …" if len(numbers) > _MOST_NUMBERS else ""
    return ", ".join(map(str, numbers[:_MOST_NUMBERS])) + more
