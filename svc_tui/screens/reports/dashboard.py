"""The dashboard: a row a person, what is late and what waits; from here work is handed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.planning.load_bar import load_bar
from svc_tui.domain.records import ActivityRow, EmployeeRecord
from svc_tui.i18n import _
from svc_tui.screens.reports.board_acts import BoardActs
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.core.session import Session
from svc_tui.services.reports import board
from svc_tui.services.reports.board import Board, Cell, Counts, Load, Loads
from svc_tui.widgets.cell_line import CellLine, CountCell
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList

HOUR = 3_600
DAY = 86_400
LEAST_JOBS = 3
"""Lines below the people from which on the first jobs of one are shown."""
UNKNOWN = ".."
"""In place of a figure that is still being reckoned."""


class Row(NamedTuple):
    """A line of the board."""

    kind: str
    """`person`, `nobody` or `all`."""
    counts: Counts
    load: Load | None
    """None while it is being reckoned."""

    @property
    def who(self) -> int | None:
        """The employee; None for nobody and for all."""
        return self.counts.responsible


class BoardRows(FixedRows[Row]):
    """The rows of the board; read anew whole."""

    def __init__(self, screen: Dashboard, rows: Sequence[Row] = ()) -> None:
        super().__init__(rows, lambda row: (row.kind, row.who))
        self._screen = screen

    def anew(self) -> BoardRows:
        return BoardRows(self._screen, self._screen.rows())


class Dashboard(ListScreen[Row]):
    """Who has how much. Every count opens exactly the jobs it counts."""

    places = frozenset((Where.TOP, Where.BOARD))
    opens_rows = True

    def __init__(self) -> None:
        super().__init__(empty=_("No open jobs"), id="board")
        self.head = CellLine(id="head")
        self.jobs: RowList[ActivityRow] = RowList(self._job_columns(), empty="", id="board-jobs")
        self.board: Board | None = None
        self.loads: Loads | None = None
        self.list_code = ""
        """Which list is looked at; empty for all jobs."""
        self.acts = BoardActs(self)

    # -- what it shows ---------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        employee = self.session.employee
        who = employee.name if employee else ""
        return _("Dashboard"), " · ".join(part for part in (self._list_name(), who) if part)

    def _list_name(self) -> str:
        entry = self.session.registers.list_by_code(self.list_code)
        return entry.name if entry else _("all jobs")

    def compose_body(self) -> ComposeResult:
        yield self.head
        yield self.list
        yield self.jobs

    def columns(self) -> list[Column[Row]]:
        figures = self._figures()
        bar = 10 if self.app.size.width >= 80 else 5
        load = Column(_("Load|board").partition("|")[0], bar, partial(self._bar, bar))
        who: Column[Row] = Column(_("Who"), 8, self._who, flex=1)
        if self.app.size.width < 80:
            return [who, figures["open"], figures["late"], load, figures["too_late"], figures["days"]]
        names = ("open", "late", "waiting", "working", "ready", "left", "capacity")
        behind = (load, figures["too_late"], figures["days"], figures["oldest"])
        return [who, *(figures[name] for name in names), *behind]

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
            "left": reckoned(_("Left|board").partition("|")[0], 6, lambda load: self.hours(load.left)),
            "capacity": reckoned(
                _("Cap|board").partition("|")[0], 6,
                lambda load: "" if load.capacity is None else self.hours(load.capacity),
            ),
            "too_late": reckoned("!!", 3, lambda load: str(load.too_late or "")),
            "days": reckoned(
                _("Days|board").partition("|")[0], 4, lambda load: "" if load.days is None else self._decimal(load.days)
            ),
            "oldest": Column(_("Old|board").partition("|")[0], 4, self._oldest, right=True),
        }  # fmt: skip

    def _job_columns(self) -> list[Column[ActivityRow]]:
        return [
            Column(_("No."), 7, lambda row: str(row.number), right=True),
            Column(_("Promised"), 13, self._promised),
            Column(_("Subject"), 14, lambda row: row.subject, flex=2),
            Column(_("Customer"), 10, lambda row: row.customer, flex=1),
        ]

    def _promised(self, row: ActivityRow) -> str:
        if row.promised_at is None:
            return ""
        late = row.promised_at < self.session.seconds()
        return ("!" if late else " ") + self.svc.formats.list_when(row.promised_at)

    def _who(self, row: Row) -> str:
        match row.kind:
            case "nobody":
                return _("Nobody")
            case "all":
                return _("All")
            case _:
                entry = self.session.registers.employee(row.who)
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
        """Work in hours; from a thousand on without decimals."""
        if seconds >= 1_000 * HOUR:
            return str(seconds // HOUR)
        return self._decimal(seconds / HOUR)

    def _decimal(self, number: float) -> str:
        return self.svc.formats.amount(round(number * 10) * 10)[:-1]

    def _oldest(self, row: Row) -> str:
        if row.counts.oldest is None:
            return ""
        return str(max(self.session.seconds() - row.counts.oldest, 0) // DAY)

    def source(self) -> BoardRows:
        return BoardRows(self, self.rows())

    def rows(self) -> list[Row]:
        """Nobody first, all together last; between them first who has most that cannot be in time."""
        if self.board is None:
            return []
        people = self.loads.people if self.loads else {}

        def made(kind: str, counts: Counts) -> Row:
            return Row(kind, counts, people.get(counts.responsible))

        middle = [made("person", counts) for counts in self.board.people]
        middle.sort(key=_order)
        last = Row("all", self.board.all, self.loads.all if self.loads else None)
        return [made("nobody", self.board.nobody), *middle, last]

    def whole(self, row: Row) -> str:
        """Why a row is where it is."""
        if row.load is None:
            return ""
        load, name = row.load, self._short(row)
        if load.capacity is None:
            return _("{name}: {left} h of work that nobody has.").format(name=name, left=self.hours(load.left))
        until = self.svc.formats.day(self.loads.horizon) if self.loads else ""
        told = _("{name}: {due} of {capacity} h to {day}.").format(
            name=name, due=self.hours(load.due), capacity=self.hours(load.capacity), day=until
        )
        if load.worst:
            at, over = load.worst
            told += " " + _("{over} h too much before {when}.").format(
                over=self.hours(over), when=self.svc.formats.when(at)
            )
        if load.late_work:
            told += " " + _("{late} h are late already.").format(late=self.hours(load.late_work))
        return told

    def _short(self, row: Row) -> str:
        entry = self.session.registers.employee(row.who)
        return self._who(row) if entry is None else entry.initials

    # -- reading -----------------------------------------------------------------------------------------------

    async def opened(self) -> None:
        self.adopt()
        self.list.on_move = self._moved
        await self._read()
        await super().opened()
        self.list.on_move = self._moved
        self._arrange()
        await self._moved()
        self._reckon()

    async def show_again(self) -> None:
        """Come back to it: what it counts may be other by now."""
        if self.ready.is_set():
            await self.read_again()

    async def _read(self) -> None:
        self.board = await self.ask_service(board.board, self.list_code)
        head = self.board.head
        self.head.tell([CountCell(name, str(getattr(head, cell.value))) for cell, name in _cell_names()])

    async def read_again(self) -> None:
        """Count anew, with the cursor on the same person; what takes longer follows."""
        await self._read()
        await self.list.reload()
        self._arrange()
        await self._moved()
        self._reckon()

    def _reckon(self) -> None:
        self.background(self._read_loads, "reckoning work against hours", in_place_of="loads")

    async def _read_loads(self) -> None:
        session, list_code = self.session, self.list_code
        loads = await self.svc.store.run_long(board.loads, session, list_code)

        async def show() -> None:
            if list_code == self.list_code:
                self.loads = loads
                await self.list.reload()
                await self._moved()

        self.svc.between_keys(show)

    async def _moved(self) -> None:
        row = self.list.current
        if row is None:
            return
        if text := self.whole(row):
            self.bottom.stand(text)
        self.background(partial(self._show_jobs, row), "the first jobs of a person", in_place_of="jobs")

    async def _show_jobs(self, row: Row) -> None:
        if not self.jobs.display:
            return
        found = await self.svc.store.run(_first_jobs, self.session, self.list_code, self._line(row))

        async def show() -> None:
            current = self.list.current
            if current is not None and (current.kind, current.who) == (row.kind, row.who):
                await self.jobs.show(FixedRows(found, lambda job: job.id))

        self.svc.between_keys(show)

    def _line(self, row: Row) -> str:
        if row.kind == "all":
            return board.line_of_all(self.session)
        return board.line_of_person(self.session, row.who)

    # -- layout ------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """The people have the lines they need; the first jobs of one get what is left, where that is enough."""
        room = self.app.size.height - 4 - (1 if self.app.size.width >= 80 else 2)
        needs = len(self.rows()) + 1
        shows_jobs = room - needs > LEAST_JOBS
        self.list.styles.height = needs if shows_jobs else "1fr"
        self.jobs.display = shows_jobs

    async def on_resize(self, event: events.Resize) -> None:
        if self.board is not None:
            self.list.set_columns(self.columns())
            self._arrange()

    # -- keys ------------------------------------------------------------------------------------------------

    def path(self) -> list[Step]:
        return [(self.list, None), (self.head, None)]

    def enter_label(self) -> str:
        return _("Jobs")

    def places_now(self) -> frozenset[Where]:
        """In the head, Left and Right choose a count."""
        places = super().places_now()
        return places - {Where.BOARD} if self.target is self.head else places

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.target is self.head and key.name == "enter" and not self.bottom.is_asking:
            await self._open_cell(self.head.chosen)
            return
        await super()._take(key, more_follows)

    async def on_cell_line_clicked(self, event: CellLine.Clicked) -> None:
        event.stop()
        await self._open_cell(event.place)

    async def _open_cell(self, place: int) -> None:
        cell, _name = _cell_names()[place]
        line = board.line_of(self.session, cell)
        if not line:
            self.say(_("No status waits for that; an administrator says of a status what it waits for."))
            return
        await self.svc.show_jobs(line, self.list_code)

    async def open_row(self, row: Row) -> None:
        await self.svc.show_jobs(self._line(row), self.list_code)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.acts, self.acts.undoing)

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """The board is counted anew, and the cursor stays on its person."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        self.background(self._count_again, "counting what others changed", in_place_of="counts")

    async def _count_again(self) -> None:
        counted = await self.svc.store.run(board.board, self.session, self.list_code)

        async def show() -> None:
            self.board = counted
            self.head.tell([CountCell(name, str(getattr(counted.head, cell.value))) for cell, name in _cell_names()])
            await self.list.reload()
            self._reckon()

        self.svc.between_keys(show)

    # -- commands ----------------------------------------------------------------------------------------------

    async def do_app_refresh(self, key: Key | None) -> None:
        """Count anew."""
        await self.read_again()

    async def do_board_next_list(self, key: Key | None) -> None:
        """Look at the next list."""
        await self._go_to_list(1)

    async def do_board_previous_list(self, key: Key | None) -> None:
        """Look at the list before."""
        await self._go_to_list(-1)

    async def _go_to_list(self, by: int) -> None:
        codes = ["", *(entry.code for entry in self.session.registers.lists if not entry.retired)]
        self.list_code = codes[(codes.index(self.list_code) + by) % len(codes)]
        self.loads = None
        self.tell_title()
        await self.read_again()

    def person(self) -> EmployeeRecord | None:
        """Who is under the cursor; None for nobody and all."""
        row = self.list.current
        return self.session.registers.employee(row.who) if row is not None else None


def _order(row: Row) -> tuple[int, float, int]:
    load = row.load
    if load is None:
        return 0, 0.0, -row.counts.open
    share = load.left / load.capacity if load.capacity else float(load.left)
    return -load.too_late, -share, -row.counts.open


def _first_jobs(session: Session, list_code: str, line: str) -> list[ActivityRow]:
    from svc_tui.domain.queries import Order
    from svc_tui.services.filters import lists

    query = lists.resolve(session, list_code or None, line)._replace(order=Order("promised"))
    return lists.page(session, query, 40)


def _cell_names() -> list[tuple[Cell, str]]:
    """The counts of the head in their fixed order, so that a finger learns it."""
    return [
        (Cell.NOBODY, _("Nobody")), (Cell.LATE, _("Late|board").partition("|")[0]), (Cell.TODAY, _("Today")),
        (Cell.TOMORROW, _("Tomorrow")), (Cell.PARTS, _("Parts")), (Cell.CUSTOMER, _("Cust|board").partition("|")[0]),
        (Cell.SUPPLIER, _("Supp|board").partition("|")[0]),
    ]  # fmt: skip
