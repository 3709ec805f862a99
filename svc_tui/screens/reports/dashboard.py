"""The dashboard: a row a person, what is late and what waits; from here work is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.planning.workload import Trend
from svc_tui.domain.records import ActivityRow, EmployeeRecord
from svc_tui.domain.registers import Choice
from svc_tui.domain.tables import ABSENCE, OPENING_HOURS, SPECIAL_DAY
from svc_tui.i18n import _
from svc_tui.screens.reports.board_acts import BoardActs
from svc_tui.screens.reports.board_figures import BoardFigures, Row, figure, order
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.core.session import Session
from svc_tui.services.reports import board, trends
from svc_tui.services.reports.board import Board, Cell, Counts, Loads
from svc_tui.services.reports.trends import Trends
from svc_tui.widgets.cell_line import CellLine, CountCell
from svc_tui.widgets.fields import ChoiceField, Field
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList

STEADY = Trend(0, 0, "=")
_MOST_FOLLOWED = 500
"""So many changed jobs are looked up one by one; with more, everybody's work is reckoned anew."""
_OF_HOURS = frozenset({OPENING_HOURS.name, SPECIAL_DAY.name, ABSENCE.name})
LEAST_JOBS = 3
"""Lines below the people from which on the first jobs of one are shown."""


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
        self.figures = BoardFigures(self)
        self.head = CellLine(id="head")
        self.jobs: RowList[ActivityRow] = RowList(self.figures.job_columns(), empty="", id="board-jobs")
        self.board: Board | None = None
        self.loads: Loads | None = None
        self.trends: Trends | None = None
        self.sorted_by = ""
        """The column that the rows are sorted by; empty for what cannot be in time."""
        self.is_reversed = False
        self._owed: frozenset[int | None] | None = None
        """Whose work is still to be reckoned; None for everybody's. Until then no figure of theirs is shown."""
        self._changed: frozenset[int] | None = frozenset()
        """Jobs that others changed since it was counted; None for any."""
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
        return self.figures.columns(self.app.size.width)

    def source(self) -> BoardRows:
        return BoardRows(self, self.rows())

    def rows(self) -> list[Row]:
        """Nobody first, all together last; between them first who has most that cannot be in time."""
        if self.board is None:
            return []
        loads, found = self.loads, self.trends

        def made(kind: str, counts: Counts) -> Row:
            who = counts.responsible
            return Row(
                kind, counts, loads.people.get(who) if loads else None,
                found.people.get(who, STEADY) if found else None,
            )  # fmt: skip

        middle = [made("person", counts) for counts in self.board.people]
        if self.sorted_by:
            middle.sort(key=lambda row: figure(row, self.sorted_by, self.figures.called(row)))
        else:
            middle.sort(key=order)
        if self.is_reversed:
            middle.reverse()
        middle = [row._replace(load=None) if self._is_owed(row.who) else row for row in middle]
        last = Row(
            "all",
            self.board.all,
            loads.all if loads and self._owed is not None and not self._owed else None,
            found.all if found else None,
        )
        first = made("nobody", self.board.nobody)
        return [first._replace(load=None) if self._is_owed(None) else first, *middle, last]

    def _is_owed(self, who: int | None) -> bool:
        return self._owed is None or who in self._owed

    @property
    def is_reckoned(self) -> bool:
        """Whether every figure is shown."""
        return self._owed is not None and not self._owed and self.trends is not None

    def whole(self, row: Row) -> str:
        return self.figures.told(row, self.loads.horizon if self.loads else None)

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

    async def acted_elsewhere(self) -> None:
        await self.read_again()

    def _reckon(self, people: frozenset[int | None] | None = None) -> None:
        """Reckon anew what these people have, or all of them."""
        self._owed = None if people is None or self._owed is None else self._owed | people
        self.background(self._read_loads, "reckoning work against hours", in_place_of="loads")

    async def _read_loads(self) -> None:
        """What takes longer than counting: work against hours, then what has become of the queues."""
        session, list_code, known, people = self.session, self.list_code, self.loads, self._owed
        loads = await self.svc.store.run_long(board.loads, session, list_code, people)
        if people is not None and known is not None:
            loads = board.renewed(known, loads)

        async def show() -> None:
            if list_code == self.list_code:
                self.loads, self._owed = loads, frozenset()
                await self.list.reload()
                await self._moved()

        self.svc.between_keys(show)
        found = await self.svc.store.run_long(trends.trends, session, list_code)

        async def show_trends() -> None:
            if list_code == self.list_code:
                self.trends = found
                await self.list.reload()

        self.svc.between_keys(show_trends)

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
        if row.kind == "all":
            await self.svc.show_jobs(self._line(row), self.list_code)
            return
        from svc_tui.screens.reports.person_screen import PersonScreen

        await self.svc.show(PersonScreen(row, self.list_code, self.loads), self._back_here)

    async def _back_here(self, _result: object) -> None:
        await self.read_again()

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.acts, self.acts.undo, self.acts.undo.undoing)

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        """The board is counted anew, and the cursor stays on its person."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
            self.adopt()
        is_all = news.registers or bool(news.tables & _OF_HOURS) or len(news.activities) > _MOST_FOLLOWED
        self._changed = None if is_all or self._changed is None else self._changed | news.activities
        self.background(self._count_again, "counting what others changed", in_place_of="counts")

    async def _count_again(self) -> None:
        before, jobs = self.board, self._changed
        counted = await self.svc.store.run(board.board, self.session, self.list_code)
        people: frozenset[int | None] | None = None
        if before is not None and jobs is not None and self.loads is not None:
            people = await self.svc.store.run(board.concerned, self.session, before, counted, jobs)

        async def show() -> None:
            self.board = counted
            self.head.tell([CountCell(name, str(getattr(counted.head, cell.value))) for cell, name in _cell_names()])
            self._changed = frozenset()
            self._reckon(people)
            await self.list.reload()

        self.svc.between_keys(show)

    # -- commands ----------------------------------------------------------------------------------------------

    async def do_app_refresh(self, key: Key | None) -> None:
        """Count anew."""
        await self.read_again()

    async def do_board_week(self, key: Key | None) -> None:
        """Promised work against hours, day by day."""
        from svc_tui.screens.reports.week import WeekScreen

        row = self.list.current
        await self.svc.show(WeekScreen(self.list_code, row.who if row else None), self._left_week)

    async def _left_week(self, wish: tuple[str, int] | None) -> None:
        """Do what was asked for in the week, of the same person."""
        await self.read_again()
        if wish is None:
            return
        act, who = wish
        await self.list.show(self.source(), ("person", who))
        await (self.acts.do_board_hand_out(None) if act == "hand_out" else self.acts.do_board_balance(None))

    async def do_board_next_list(self, key: Key | None) -> None:
        """Look at the next list."""
        await self._go_to_list(1)

    async def do_board_previous_list(self, key: Key | None) -> None:
        """Look at the list before."""
        await self._go_to_list(-1)

    async def _go_to_list(self, by: int) -> None:
        codes = ["", *(entry.code for entry in self.session.registers.lists if not entry.retired)]
        self.list_code = codes[(codes.index(self.list_code) + by) % len(codes)]
        self.loads = self.trends = None
        self.tell_title()
        await self.read_again()

    async def do_list_sort(self, key: Key | None) -> None:
        """Ask for a column to sort the people by; nobody stays first, and all last."""
        choices = [Choice("", _("As it comes: what cannot be in time")), *(
            Choice(name, title) for name, title in self.figures.sorts().items()
        )]  # fmt: skip

        async def answered(which: Field) -> None:
            if isinstance(which, ChoiceField) and which.value is not None:
                self.sorted_by, self.is_reversed = which.value, False
                await self.list.reload()

        self.ask_text(ChoiceField("sort", _("Sort by"), lambda: choices), answered)

    async def do_list_reverse(self, key: Key | None) -> None:
        """Sort the people the other way round."""
        self.is_reversed = not self.is_reversed
        await self.list.reload()

    def person(self) -> EmployeeRecord | None:
        """Who is under the cursor; None for nobody and all."""
        row = self.list.current
        return self.session.registers.employee(row.who) if row is not None else None


def _first_jobs(session: Session, list_code: str, line: str) -> list[ActivityRow]:
    from svc_tui.domain.queries import Order
    from svc_tui.services.filters import lists

    query = lists.resolve(session, list_code or None, line)._replace(order=Order("promised"))
    return lists.page(session, query, 40)


def _cell_names() -> list[tuple[Cell, str]]:
    """The counts of the head in their fixed order, so that a finger learns it."""
    return [
        (Cell.NOBODY, _("Nobody")), (Cell.LATE, _("Late|board").partition("|")[0]), (Cell.TODAY, _("Today")),
        (Cell.TOMORROW, _("Tomorrow")), (Cell.STILL, _("Still|board").partition("|")[0]),
        (Cell.PARTS, _("Parts")), (Cell.CUSTOMER, _("Cust|board").partition("|")[0]),
        (Cell.SUPPLIER, _("Supp|board").partition("|")[0]),
    ]  # fmt: skip
