"""What the dashboard shows of a person: his figures as columns, and why his row is where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from svc_tui.domain.planning.load_bar import load_bar
from svc_tui.domain.planning.workload import Trend
from svc_tui.domain.records import ActivityRow
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.list_screen import Column
from svc_tui.services.reports.board import Counts, Load
from svc_tui.widgets.lines import width_of

DAY = 86_400
UNKNOWN = ".."
"""In place of a figure that is still being reckoned."""


class Row(NamedTuple):
    """A line of the board."""

    kind: str
    """`person`, `nobody` or `all`."""
    counts: Counts
    load: Load | None
    """None while it is being reckoned."""
    trend: Trend | None = None
    """None while it is being looked up."""

    @property
    def who(self) -> int | None:
        """The employee; None for nobody and for all."""
        return self.counts.responsible


class BoardFigures:
    """The columns of the dashboard, and its sentence on a row."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen

    def columns(self, width: int) -> list[Column[Row]]:
        """What is shown of a row on a screen so wide."""
        figures = self._figures()
        bar = 10 if width >= 80 else 5
        load = Column(_("Load|board").partition("|")[0], bar, partial(self._bar, bar))
        if width < 80:
            narrow = (figures["open"], figures["late"], load, figures["too_late"], figures["days"], self._sign())
            return [self._column_who(width, narrow), *narrow]
        names = ("open", "late", "waiting", "working", "ready", "left", "capacity")
        behind = (load, figures["too_late"], figures["days"], figures["oldest"], self._sign())
        wide = (*(figures[name] for name in names), *behind)
        return [self._column_who(width, wide), *wide]

    def _column_who(self, width: int, others: Sequence[Column[Row]]) -> Column[Row]:
        room = width - sum(column.width + 1 for column in others)
        return Column(_("Who"), 8, lambda row: self._fitting(row, room), flex=1)

    def _fitting(self, row: Row, room: int) -> str:
        """Initials whole, and of the name what fits: all of it, the first name and a letter, or the first name."""
        entry = self._screen.session.registers.employee(row.who)
        whole = self.called(row)
        names = entry.name.split() if entry else []
        if entry is None or len(names) < 2 or width_of(whole) <= room:
            return whole
        shorter = (f"{entry.initials} {names[0]} {names[-1][0]}", f"{entry.initials} {names[0]}")
        return next((text for text in shorter if width_of(text) <= room), whole)

    def _sign(self) -> Column[Row]:
        return Column("", 1, self._trend)

    def _trend(self, row: Row) -> str:
        """Nothing of whoever had no jobs and has none."""
        return row.trend.sign if row.trend and (row.counts.open or row.trend.jobs) else ""

    def sorts(self) -> dict[str, str]:
        """What the rows can be sorted by, with its title."""
        titles = {name: column.title for name, column in self._figures().items()}
        return {"who": _("Who"), **titles, "trend": _("Since a week ago")}

    def _figures(self) -> dict[str, Column[Row]]:
        def count(title: str, figure: Callable[[Counts], int], width: int = 4) -> Column[Row]:
            return Column(title, width, lambda row: str(figure(row.counts) or "-"), right=True)

        def reckoned(title: str, width: int, figure: Callable[[Load], str]) -> Column[Row]:
            return Column(title, width, lambda row: figure(row.load) if row.load else UNKNOWN, right=True)

        return {
            "open": count(_("Open|board").partition("|")[0], lambda counts: counts.open),
            "late": count(_("Late|board").partition("|")[0], lambda counts: counts.late),
            "waiting": count(_("Wait|board").partition("|")[0], lambda counts: counts.waiting),
            "working": count(_("Work|board").partition("|")[0], lambda counts: counts.working),
            "ready": count(_("Redy|board").partition("|")[0], lambda counts: counts.ready),
            "left": reckoned(
                _("Left|board").partition("|")[0], 6, lambda load: self.hours(load.left) if load.left else ""
            ),
            "capacity": reckoned(
                _("Cap|board").partition("|")[0], 6,
                lambda load: "" if load.capacity is None else self.hours(load.capacity),
            ),
            "too_late": reckoned("!!", 3, lambda load: str(load.too_late or "")),
            "days": reckoned(
                _("Days|board").partition("|")[0], 4, lambda load: self._decimal(load.days) if load.days else ""
            ),
            "oldest": Column(_("Old|board").partition("|")[0], 4, self._oldest, right=True),
        }  # fmt: skip

    def job_columns(self) -> list[Column[ActivityRow]]:
        """What is shown of the first jobs of one."""
        return [
            Column(_("No."), 7, lambda row: str(row.number), right=True),
            Column(_("Promised"), 13, self._promised),
            Column(_("Subject"), 14, lambda row: row.subject, flex=2),
            Column(_("Customer"), 10, lambda row: row.customer, flex=1),
        ]

    def _promised(self, row: ActivityRow) -> str:
        if row.promised_at is None:
            return ""
        late = row.promised_at < self._screen.session.seconds()
        return ("!" if late else " ") + self._screen.svc.formats.list_when(row.promised_at)

    def called(self, row: Row) -> str:
        """Whose row it is."""
        match row.kind:
            case "nobody":
                return _("Nobody")
            case "all":
                return _("All")
            case _:
                entry = self._screen.session.registers.employee(row.who)
                return f"{entry.initials} {entry.name}" if entry else "?"

    def _bar(self, width: int, row: Row) -> str:
        if row.load is None:
            return UNKNOWN
        if row.load.capacity is None:
            return ""
        if not row.load.capacity:
            return _("away")[:width]
        return load_bar(row.load.due, row.load.left, row.load.capacity, width)

    def hours(self, seconds: int) -> str:
        """Work in hours."""
        return self._screen.svc.formats.hours(seconds)

    def _decimal(self, number: float) -> str:
        return self._screen.svc.formats.tenths(number)

    def _oldest(self, row: Row) -> str:
        if row.counts.oldest is None:
            return ""
        return str(max(self._screen.session.seconds() - row.counts.oldest, 0) // DAY)

    def told(self, row: Row, horizon: int | None) -> str:
        """Why a row is where it is."""
        if row.load is None:
            return ""
        load, name = row.load, self._short(row)
        if load.capacity is None:
            return _("{name}: {left} h of work that nobody has.").format(name=name, left=self.hours(load.left))
        until = self._screen.svc.formats.day(horizon) if horizon is not None else ""
        told = _("{name}: {due} of {capacity} h to {day}.").format(
            name=name, due=self.hours(load.due), capacity=self.hours(load.capacity), day=until
        )
        if load.worst:
            at, over = load.worst
            told += " " + _("{over} h too much before {when}.").format(
                over=self.hours(over), when=self._screen.svc.formats.when(at)
            )
        if load.late_work:
            told += " " + _("{late} h are late already.").format(late=self.hours(load.late_work))
        return told

    def _short(self, row: Row) -> str:
        entry = self._screen.session.registers.employee(row.who)
        return self.called(row) if entry is None else entry.initials


def order(row: Row) -> tuple[int, float, int]:
    """First who has most that cannot be in time."""
    load = row.load
    if load is None:
        return 0, 0.0, -row.counts.open
    share = load.left / load.capacity if load.capacity else float(load.left)
    return -load.too_late, -share, -row.counts.open


def figure(row: Row, name: str, called: str) -> tuple[int, float, str]:
    """What a row is sorted by in one column, the most coming first and who has nothing of it last.

    Args:
        row: Of a person.
        name: The column, one of `BoardFigures.sorts`.
        called: What the person is called.
    """
    if name == "who":
        return 0, 0.0, called.casefold()
    load, counts = row.load or _NO_LOAD, row.counts
    found: float | None = {
        "open": counts.open, "late": counts.late, "waiting": counts.waiting, "working": counts.working,
        "ready": counts.ready, "left": load.left, "capacity": load.capacity, "too_late": load.too_late,
        "days": load.days, "oldest": None if counts.oldest is None else -counts.oldest,
        "trend": row.trend.work if row.trend else None,
    }[name]  # fmt: skip
    return (1, 0.0, called.casefold()) if found is None else (0, -found, called.casefold())


_NO_LOAD = Load(0, 0, None, 0, None, None)
