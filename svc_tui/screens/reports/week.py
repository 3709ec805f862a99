"""The week: promised work against hours, a row a person and a column a day."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.languages import language_of
from svc_tui.domain.news import News
from svc_tui.domain.planning.load_bar import load_bar
from svc_tui.domain.planning.week import Basis, Day
from svc_tui.i18n import _
from svc_tui.screens.reports.board_figures import BoardFigures
from svc_tui.screens.reports.week_jobs import WeekJobs
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.core.session import to_local
from svc_tui.services.reports import week
from svc_tui.services.reports.week import Person, Week
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import Space, wrapped
from svc_tui.widgets.text_lines import TextLines

_BAR = 6
_CELL = 11
_HOUR = 3_600


class WeekScreen(ListScreen[Person]):
    """Where in the week it breaks. Left with a command of the dashboard and for whom, or with nothing."""

    places = frozenset((Where.WEEK,))
    opens_rows = True

    def __init__(self, list_code: str, who: int | None = None) -> None:
        """
        Args:
            list_code: Which list is looked at; empty for all jobs.
            who: The person that the cursor begins on.
        """
        super().__init__(id="week")
        self.list_code = list_code
        self.skip = 0
        self.basis = Basis.DUE
        self.found: Week | None = None
        self.figures = BoardFigures(self)
        self.legend, self.space = TextLines(id="week-legend"), Space()
        self.space.display = False
        self._who = who

    # -- what it shows ---------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        entry = self.session.registers.list_by_code(self.list_code)
        left = _("Week: promised work against hours")
        if self.basis is Basis.START:
            left = _("Week: work by its start against hours")
        employee = self.session.employee
        names = (entry.name if entry else "", employee.name if employee else "")
        return left, " · ".join(name for name in names if name)

    def compose_body(self) -> ComposeResult:
        yield self.list
        yield self.legend
        yield self.space

    def _count(self) -> int:
        """How many days there is room for."""
        width = self.app.size.width
        return 2 if width < 60 else 5 if width < 120 else 8

    def columns(self) -> list[Column[Person]]:
        shown = self.found.days if self.found else ()
        columns: list[Column[Person]] = [Column(_("Who"), 8, self._called, flex=1)]
        columns += [Column(self._day(day), _CELL, partial(self._cell, place)) for place, day in enumerate(shown)]
        if self.app.size.width >= 60:
            title = _("Later|week").partition("|")[0]
            columns.append(Column(title, 6, lambda row: self._hours(row.later), right=True))
        return columns

    def _called(self, row: Person) -> str:
        entry = self.session.registers.employee(row.who)
        return f"{entry.initials} {entry.name}" if entry else "?"

    def _day(self, day: Day) -> str:
        when = to_local(day.start)
        name = language_of(self.session.language).weekdays[when.weekday()][:3]
        return f"{name} {self.svc.formats.day(day.start)}"

    def _cell(self, place: int, row: Person) -> str:
        if place >= len(row.cells):
            return ""
        cell = row.cells[place]
        if cell.hours or not cell.work:
            bar = load_bar(cell.work, cell.work, cell.hours, _BAR) if cell.hours else _("away")[:_BAR]
        else:
            bar = _("away")[: _BAR - 1].ljust(_BAR - 1) + ">"
        return f"{bar:<{_BAR}}{_whole_hours(cell.free):>4}"

    def _hours(self, seconds: int) -> str:
        return self.figures.hours(seconds) if seconds else ""

    def source(self) -> FixedRows[Person]:
        return FixedRows(self.found.people if self.found else (), lambda row: row.who)

    def whole(self, row: Person) -> str:
        text = (
            _("{name}: {hours} h too much at the worst.")
            if row.worst < 0
            else _("{name}: {hours} h free at the least.")
        )
        told = text.format(name=self._called(row).partition(" ")[0], hours=self.figures.hours(abs(row.worst)))
        if row.without:
            text = _("{hours} h are promised for no day and not in it.")
            if self.basis is Basis.START:
                text = _("{hours} h have no start to come and are not in it.")
            told += " " + text.format(hours=self._hours(row.without))
        return told

    def _legend(self) -> list[str]:
        """What bars and figures say, on as many lines as that needs."""
        width = self.app.size.width - 2
        return ["", *(line for text in self._explained() for line in wrapped(text, width))]

    def _explained(self) -> list[str]:
        if self.app.size.width < 60:
            return [_("Bar: work that day of its hours."), _("Figure: hours free at its end.")]
        if self.basis is Basis.START:
            return [_("Bar: work that begins that day against that day's hours. Figure: hours free of it.")]
        return [
            _("Bar: work due that day against that day's hours; late work is due on the first."),
            _("Figure: hours free at the end of the day when all due until then is done."),
        ]

    # -- reading -----------------------------------------------------------------------------------------------

    async def opened(self) -> None:
        self.adopt()
        await self._read()
        await super().opened()
        self._arrange()
        await self.show_rows(self._who)

    async def _read(self) -> None:
        self.found = await self.ask_service(week.week, self.skip, self._count(), self.basis, self.list_code)
        self.legend.tell(self._legend())

    async def read_again(self) -> None:
        """Reckon anew, with the cursor on the same person."""
        await self._read()
        self.tell_title()
        self.list.set_columns(self.columns())
        await self.list.reload(self.source())
        self._arrange()
        await self._tell()

    def _arrange(self) -> None:
        """The legend stands below the people as long as all of them fit above it."""
        room = self.app.size.height - 5
        needs = len(self.found.people if self.found else ()) + 1
        self.legend.display = needs + len(self.legend.lines) <= room
        self.space.display = self.legend.display
        self.list.styles.height = needs if self.legend.display else "1fr"

    async def on_resize(self, event: events.Resize) -> None:
        if self.ready.is_set():
            await self.read_again()

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """Reckoned anew; the cursor stays on its person."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self._reckon_again, "reckoning the week anew", in_place_of="week")

    async def _reckon_again(self) -> None:
        wanted = (self.skip, self._count(), self.basis, self.list_code)
        found = await self.svc.store.run(week.week, self.session, *wanted)

        async def show() -> None:
            if wanted == (self.skip, self._count(), self.basis, self.list_code):
                self.found = found
                self.list.window.source = self.source()
                await self.list.reload_soon()

        self.svc.between_keys(show)

    async def acted_elsewhere(self) -> None:
        await self.read_again()

    # -- commands ------------------------------------------------------------------------------------------------

    def enter_label(self) -> str:
        return _("Jobs")

    async def open_row(self, row: Person) -> None:
        until = self.found.days[-1].end if self.found and self.found.days else 0
        await self.svc.show(WeekJobs(row.who, until, self.basis), self._back_here)

    async def _back_here(self, _result: object) -> None:
        await self.read_again()

    async def do_week_next(self, key: Key | None) -> None:
        """The days after those shown."""
        await self._to(self.skip + self._count())

    async def do_week_previous(self, key: Key | None) -> None:
        """The days before those shown, not before today."""
        await self._to(max(self.skip - self._count(), 0))

    async def _to(self, skip: int) -> None:
        before, self.skip = self.skip, skip
        await self.read_again()
        if not (self.found and self.found.days):
            self.skip = before
            await self.read_again()

    async def do_week_basis(self, key: Key | None) -> None:
        """By what is promised, or by when jobs begin."""
        self.basis = Basis.START if self.basis is Basis.DUE else Basis.DUE
        await self.read_again()

    async def do_week_hand_out(self, key: Key | None) -> None:
        """Hand out this person's jobs, on the dashboard."""
        if self.list.current is not None:
            await self.svc.back(("hand_out", self.list.current.who))

    async def do_week_balance(self, key: Key | None) -> None:
        """Propose a balance, on the dashboard."""
        if self.list.current is not None:
            await self.svc.back(("balance", self.list.current.who))


def _whole_hours(seconds: int) -> str:
    """Hours with their sign; less than one is still told as more or less than none."""
    hours = round(abs(seconds) / _HOUR)
    return f"{'-' if seconds < 0 else '+'}{hours}" if hours or not seconds else "-0" if seconds < 0 else "+0"
