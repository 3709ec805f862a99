"""Statistics: by type, person, customer, month and so on; every figure opens exactly the jobs that it counts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import events
from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.errors import Overtaken
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.domain.reports.figures import Basis, By, Which
from svc_tui.domain.reports.labels import BASIS_LABELS, BY_LABELS
from svc_tui.domain.reports.periods import Period, read_period
from svc_tui.i18n import _
from svc_tui.screens.reports.statistics_figures import StatisticsFigures
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import on_yes
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.reports import registering, statistics
from svc_tui.services.reports.statistics import Line, Table, Wanted
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.keys import Key
from svc_tui.widgets.text_lines import TextLines

_BY = tuple(By)
_WHICH = tuple(Which)


class StatisticsScreen(ListScreen[Line]):
    """A row a group, all together last. What is counted comes first, what takes longer behind it; no key waits."""

    places = frozenset((Where.TOP, Where.STATISTICS))
    opens_rows = True

    def __init__(self) -> None:
        super().__init__(empty=_("counting …"), id="statistics")
        self.by, self.basis, self.text = By.TYPE, Basis.FINISHED, ""
        self.period = Period(None, None)
        self.which = Which.FINISHED
        """The figure that Enter opens, and that bars are drawn of."""
        self.is_chart = False
        self.table: Table | None = None
        self.figures = StatisticsFigures(self)
        self.about = TextLines(id="statistics-about")
        self.chart = TextLines(id="statistics-chart")

    # -- what it shows ---------------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.by, self.period, self.basis, self.text)

    @property
    def has_columns(self) -> bool:
        """Whether months stand as columns in place of the rows."""
        return self.is_chart and self.by is By.MONTH

    def heading(self) -> tuple[str, str]:
        told = (_(BY_LABELS[self.by]), self._period_told(), _(BASIS_LABELS[self.basis]))
        return _("Statistics"), ", ".join(told)

    def _period_told(self) -> str:
        first, last = self.period
        if first is None and last is None:
            return _("all time")
        day = self.svc.formats.short_date
        return f"{day(first) if first else ''} - {day(last) if last else ''}".strip()

    def compose_body(self) -> ComposeResult:
        yield self.about
        yield self.chart
        yield self.list

    def columns(self) -> list[Column[Line]]:
        return self.figures.columns(self.app.size.width)

    def source(self) -> FixedRows[Line]:
        rows = [*self.table.lines, self.table.all] if self.table else []
        return FixedRows(rows, lambda line: (line.group.key, line.term))

    def whole(self, row: Line) -> str:
        return self.figures.told(row)

    def _arrange(self) -> None:
        filter_line = f"{_('Filter')}: {self.text}"
        self.about.tell([filter_line, self.figures.chart_legend()] if self.has_columns else [filter_line])
        self.chart.display, self.list.display = self.has_columns, not self.has_columns
        if self.has_columns:
            self.chart.tell(self.figures.month_chart(self.app.size.width - 1, self.app.size.height - 6))

    # -- reading -----------------------------------------------------------------------------------------------

    async def opened(self) -> None:
        self.adopt()
        self.period = await self.ask_service(statistics.usual_period)
        await super().opened()
        self.read_again()

    async def show_again(self) -> None:
        """Come back to it: what it counts may be other by now."""
        if self.ready.is_set():
            self.read_again()

    def read_again(self) -> None:
        """Count, beside the keys; what takes longer than counting follows."""
        self.tell_title()
        self._arrange()
        self.background(self._count, "counting statistics", in_place_of="statistics")

    async def _count(self) -> None:
        session, wanted = self.session, self.wanted
        try:
            counted = await self.svc.store.read(statistics.counts, session, wanted)
            self.svc.between_keys(partial(self._show, counted))
            found = await self.svc.store.read_later(statistics.whole, session, counted)
        except Overtaken:
            return
        self.svc.between_keys(partial(self._show, found))

    async def _show(self, found: Table) -> None:
        if found.wanted != self.wanted:
            return
        is_other = self.table is None or self.table.wanted.by is not found.wanted.by
        self.table = found
        self.list.empty = _("No jobs")
        self.list.set_columns(self.columns())
        await (self.list.show(self.source()) if is_other else self.list.reload(self.source()))
        self._arrange()
        await self._tell()

    async def on_resize(self, event: events.Resize) -> None:
        if self.ready.is_set():
            self._redraw()

    def _redraw(self) -> None:
        self.list.set_columns(self.columns())
        self.list.drawing.forget()
        self.list.refresh()
        self._arrange()

    async def others_committed(self, news: News) -> None:
        """Statistics stand until they are asked for again; only another shop's are not shown any more."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
            self.read_again()

    # -- commands ------------------------------------------------------------------------------------------------

    def enter_label(self) -> str:
        return _("Jobs")

    async def open_row(self, row: Line) -> None:
        if self.table is None:
            return
        await self.svc.show_jobs(
            await self.ask_service(statistics.line_of, self.table.wanted, row, self.which), ""
        )  # fmt: skip

    async def do_app_refresh(self, key: Key | None) -> None:
        """Count anew."""
        self.read_again()

    async def do_statistics_by(self, key: Key | None) -> None:
        """By the next of type, status, person and so on."""
        await self._go_by(1)

    async def do_statistics_by_before(self, key: Key | None) -> None:
        """By the one before."""
        await self._go_by(-1)

    async def _go_by(self, step: int) -> None:
        self.by = _BY[(_BY.index(self.by) + step) % len(_BY)]
        self.table = None
        self.list.empty = _("counting …")
        await self.list.show(self.source())
        self.read_again()

    async def do_statistics_figure(self, key: Key | None) -> None:
        """The next of registered, finished and open; of months as columns the next month."""
        await self._go_figure(1)

    async def do_statistics_figure_before(self, key: Key | None) -> None:
        """The one before."""
        await self._go_figure(-1)

    async def _go_figure(self, step: int) -> None:
        if self.has_columns:
            await self.list.move(step)
        else:
            self.which = _WHICH[(_WHICH.index(self.which) + step) % len(_WHICH)]
            self._redraw()
        await self._tell()

    async def do_statistics_basis(self, key: Key | None) -> None:
        """What was finished in the period, or what came in it."""
        self.basis = Basis.REGISTERED if self.basis is Basis.FINISHED else Basis.FINISHED
        self.read_again()

    async def do_statistics_chart(self, key: Key | None) -> None:
        """Bars, of months columns; and the table again."""
        self.is_chart = not self.is_chart
        self._redraw()
        await self._tell()

    async def do_statistics_period(self, key: Key | None) -> None:
        """Ask for the period."""
        self.ask_text(TextField("period", _("Period (12m, 2026, nov, 1/3..30/4, all)"), limit=60), self._new_period)

    async def _new_period(self, which: Field) -> None:
        session = self.session
        self.period = read_period(which.text, session.now(), session.language)
        self.read_again()

    async def do_statistics_filter(self, key: Key | None) -> None:
        """Ask for a filter line, as the lists have it."""
        field = TextField("filter", _("Filter (- none)"), limit=500)
        field.value = self.text
        self.ask_text(field, self._new_filter)

    async def _new_filter(self, which: Field) -> None:
        text = "" if which.text.strip() == "-" else which.text.strip()
        await self.ask_service(lists.resolve, None, text)
        self.text = text
        self.read_again()

    async def do_statistics_speed(self, key: Key | None) -> None:
        """How fast you registered jobs since the program began; nobody else sees it."""
        me = self.session.employee
        self.say(self.figures.speed_told(registering.own(me.id) if me else None))

    # -- export ------------------------------------------------------------------------------------------------

    async def do_statistics_export(self, key: Key | None) -> None:
        """Ask for a file, and write the table into it."""
        field = TextField("file", _("Write to (.xlsx or .csv)"), limit=400)
        field.value = f"{_('statistics')}-{self.by.value}.xlsx"
        self.ask_text(field, self._export)

    async def _export(self, which: Field) -> None:
        path = Path(which.text.strip()).expanduser().absolute()
        if path.exists():
            question = filled(_("{file} is there already. Replace it?"), file=path.name)
            self.ask_letter(question, on_yes(partial(self._write, path)), losing=("y", "j"))
            return
        await self._write(path)

    async def _write(self, path: Path) -> None:
        self.say(_("Writing {file} …").format(file=path.name))
        self.background(partial(self._written, path, self.wanted), "writing statistics")

    async def _written(self, path: Path, wanted: Wanted) -> None:
        rows = await self.svc.store.run_long(_export, self.session, wanted, path)

        async def told() -> None:
            count = self.svc.formats.count(rows)
            self.say(_("{count} rows are in {file}.").format(count=count, file=path))

        self.svc.between_keys(told)


def _export(session: Session, wanted: Wanted, path: Path) -> int:
    from svc_tui.domain.errors import N_, Invalid
    from svc_tui.output import statistics as out

    table = statistics.whole(session, statistics.counts(session, wanted, statistics.ALL))
    try:
        return out.write(path, table, session.language)
    except OSError as error:
        raise Invalid(
            N_("{file} cannot be written: {reason}."), field="file", file=path.name, reason=error.strerror or error
        ) from error
