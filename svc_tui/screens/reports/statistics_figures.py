"""What statistics show of a group: its figures as columns, its bar, and a sentence; months as a chart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from svc_tui.domain.reports import charts
from svc_tui.domain.reports.figures import By, Group, Which
from svc_tui.domain.reports.periods import named_month
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.list_screen import Column
from svc_tui.services.reports.registering import Speed
from svc_tui.services.reports.statistics import Line
from svc_tui.widgets.look import look

if TYPE_CHECKING:
    from svc_tui.screens.reports.statistics import StatisticsScreen

UNKNOWN = ".."
"""In place of a figure that is still being reckoned."""
_JANUARY = 1


class StatisticsFigures:
    """The columns of the statistics, their chart, and their sentence on a row."""

    def __init__(self, screen: StatisticsScreen) -> None:
        self._screen = screen

    def columns(self, width: int) -> list[Column[Line]]:
        """What is shown of a group on a screen so wide."""
        return self._bars(width) if self._screen.is_chart else self._table(width)

    def _bars(self, width: int) -> list[Column[Line]]:
        name, figure = min(max(width // 4, 10), 30), 8
        wide = max(width - name - figure - 2, 1)
        return [
            Column(self._by_name(), name, self._called),
            Column(self._which_name(), wide, partial(self._bar, wide)),
            Column("", figure, lambda line: self._count(line.group.count(self._screen.which)), right=True),
        ]

    def _table(self, width: int) -> list[Column[Line]]:
        def count(title: str, wide: int, which: Which) -> Column[Line]:
            chosen = ">" if self._screen.which is which else ""
            return Column(chosen + title, wide, lambda line: self._count(line.group.count(which)), right=True)

        def later(title: str, wide: int, figure: Callable[[Group], str]) -> Column[Line]:
            return Column(title, wide, lambda line: figure(line.group) if self._is_whole else UNKNOWN, right=True)

        came = count(_("In|statistics").partition("|")[0], 7, Which.REGISTERED)
        finished = count(_("Out|statistics").partition("|")[0], 7, Which.FINISHED)
        is_open = count(_("Open|statistics").partition("|")[0], 6, Which.OPEN)
        median = later(_("Median h"), 8, lambda group: self._minutes(group.median))
        most = later(_("90% h"), 7, lambda group: self._minutes(group.ninetieth))
        who: Column[Line] = Column(self._by_name(), 8, self._called, flex=1)
        if width < 80:
            return [who, finished._replace(width=6), is_open._replace(width=5), median._replace(width=6), most]
        columns = [who, came, finished, is_open, median, most]
        if self._screen.by is not By.STATUS:
            columns.append(later(_("Waits"), 5, lambda group: _per_cent(group.waits)))
        columns.append(later(_("Fixed"), 5, lambda group: _per_cent(group.fixed)))
        columns.append(later(_("Hours"), 7, lambda group: self._screen.svc.formats.hours(group.hours * 18 // 5)))
        wide = 6 if width < 120 else 20
        columns.append(Column(self._which_name()[:wide], wide, partial(self._bar, wide)))
        return columns

    @property
    def _is_whole(self) -> bool:
        return self._screen.table is not None and self._screen.table.is_whole

    def _by_name(self) -> str:
        from svc_tui.domain.reports.labels import BY_LABELS

        return _(BY_LABELS[self._screen.by])

    def _which_name(self) -> str:
        return {Which.REGISTERED: _("Registered"), Which.FINISHED: _("Finished"), Which.OPEN: _("Open")}[
            self._screen.which
        ]

    def _called(self, line: Line) -> str:
        if not line.term:
            return _("All")
        return line.name or _("none")

    def _count(self, number: int) -> str:
        return self._screen.svc.formats.count(number) if number else "-"

    def _minutes(self, minutes: int | None) -> str:
        return "" if minutes is None else self._screen.svc.formats.hours(minutes * 60)

    def _bar(self, width: int, line: Line) -> str:
        table = self._screen.table
        if not line.term or table is None:
            return ""
        full = max((one.group.count(self._screen.which) for one in table.lines), default=0)
        return charts.bar(line.group.count(self._screen.which), full, width, rich=look().blocks).rstrip()

    # -- in words ------------------------------------------------------------------------------------------------

    def told(self, line: Line) -> str:
        """What Enter opens, and what no column shows."""
        group, count = line.group, self._screen.svc.formats.count
        jobs = group.count(self._screen.which)
        what = {
            Which.REGISTERED: n_("{count} registered", "{count} registered", jobs),
            Which.FINISHED: n_("{count} finished", "{count} finished", jobs),
            Which.OPEN: n_("{count} open", "{count} open", jobs),
        }[self._screen.which].format(count=count(jobs))
        text = _("{name}: {what}.").format(name=self._called(line), what=what)
        if group.devices and self._is_whole:
            text += " " + _("Of {devices} on a device {back} came back within 30 days.").format(
                devices=count(group.devices), back=count(group.back)
            )
        table = self._screen.table
        if table is not None and table.more and not line.term:
            text += " " + n_("{count} more is not shown.", "{count} more are not shown.", table.more).format(
                count=count(table.more)
            )
        return text

    def speed_told(self, speed: Speed | None) -> str:
        """How fast somebody registers jobs, told to himself."""
        if speed is None:
            return _("You have registered no job since the program began.")
        return n_(
            "Your last job took {seconds} s and {keys} keys.",
            "Your last {count} jobs took {seconds} s and {keys} keys each, in the middle.", speed.jobs,
        ).format(count=speed.jobs, seconds=speed.seconds, keys=speed.keys)  # fmt: skip

    # -- months as columns -----------------------------------------------------------------------------------------

    def chart_legend(self) -> str:
        """What the signs of the chart of months mean."""
        sign = "█" if look().blocks else "#"
        return _("{column} registered  {line} first finished").format(column=sign, line=charts.LINE)

    def month_chart(self, width: int, height: int) -> list[str]:
        """The months of the table as columns: what came, and over it what was finished."""
        months = self._screen.table.lines if self._screen.table else ()
        if not months:
            return [_("counting …")]
        labels = []
        for place, line in enumerate(months):
            month = named_month(str(line.group.key[0]))
            labels.append(str(month.year) if month.number == _JANUARY or not place else "")
        found = charts.columns(
            [line.group.registered for line in months], [line.group.finished for line in months], labels,
            width, max(height, 4), rich=look().blocks,
        )  # fmt: skip
        return found.lines


def _per_cent(value: int | None) -> str:
    return "" if value is None else f"{value}%"
