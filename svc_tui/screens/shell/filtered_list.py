"""A list with a filter line: sorted, jumped in, selected from, counted, its columns and preview the user's.

A screen of it says what its rows are (`ListDescription`); the rest is the same for jobs, contacts, products, devices.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.app import ComposeResult

from svc_tui.commands import Command, Where
from svc_tui.domain.columns import Columns
from svc_tui.domain.errors import FilterError
from svc_tui.domain.listing import Asked, SortOrder
from svc_tui.domain.news import News
from svc_tui.i18n import _
from svc_tui.screens.shell import list_columns
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.list_description import ListDescription
from svc_tui.screens.shell.list_order import ListOrder
from svc_tui.screens.shell.list_preview import ListPreview
from svc_tui.screens.shell.list_reading import CountLine, FilteredRows, ListClock, read
from svc_tui.screens.shell.list_screen import ListScreen
from svc_tui.screens.shell.list_selecting import ListSelecting
from svc_tui.services.core.session import Session
from svc_tui.widgets.filter_line import FilterLine
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import Column, RowList

if TYPE_CHECKING:
    from svc_tui.services.core.listing import ListService

R = TypeVar("R")
Q = TypeVar("Q")

_MOVES = ("list.page_up", "list.page_down", "list.range")
"""Commands that go on with a range of rows."""


class FilteredList(ListDescription[R, Q], ListScreen[R]):
    """A list of records with its filter line."""

    places = frozenset((Where.ROWS, Where.TOP))

    def __init__(self, service: ListService[R, Q], id: str) -> None:
        """
        Args:
            service: Reads its rows.
            id: The widget's id.
        """
        super().__init__(marks=True, id=id)
        self.service = service
        self.filter_line = FilterLine(_("Filter"), id="filter")
        self.list.empty = self.empty_text("")
        self.count_line, self.preview = CountLine(self), ListPreview(self)
        self.list.on_done = self._on_done
        self.clock = ListClock(self)
        self._read: FilteredRows[R, Q] | None = None
        self.order = ListOrder(self)
        self.selecting = ListSelecting(self)
        self.line_shown = ""
        """The filter line that is shown."""
        self._asked_for = ""
        self.number_width = 5
        """Cells that the longest number met so far needs."""
        self._registers: object = None
        self._columns_of: object = None
        """The user's preset and arrangement in which the rows are drawn."""

    # -- opening -------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        yield self.filter_line
        yield self.preview.beside(self.list)

    async def opened(self) -> None:
        text, self.order.now = await self.begins()
        self.filter_line.editor.put(text)
        self._registers = self.session.registers
        self.show_columns()
        self.tell_title()
        self.focus_on(self.list)
        await self.apply_filter(force=True, patience=None)
        if self.filter_line.error is not None:
            # The user's opening view or filter is not understood any more: marked, and everything is shown.
            await self.list.in_turn(self._show_all, instead=True, patience=None)

    async def _show_all(self) -> None:
        await self._show_line("")

    @property
    def query_now(self) -> Q:
        """What the list shows: what its filter line meant when it was read."""
        source = self._rows_now
        return source.query if source is not None else self.service.everything(self.order.now)

    @property
    def _rows_now(self) -> FilteredRows[R, Q] | None:
        source = self.list.source
        return source if isinstance(source, FilteredRows) else None

    @property
    def session(self) -> Session:
        """As the rows shown have it: until they are read anew after a restore, that is the shop of before."""
        source = self._rows_now
        return source.session if source is not None else super().session

    def _on_done(self) -> None:
        """The list has done what was asked of it, perhaps long after the key."""
        self._read_anew()
        self.preview.follow(self.list.current)
        self.count_line.follow()
        if self.list.selection or self.count_line.shows_selection:
            self.count_line.tell()
        if self.svc.screen is self:
            self.svc.paint_between_keys()

    # -- what is shown -------------------------------------------------------------------------------------

    def columns(self) -> list[Column[R]]:
        """The columns of the user's preset or own arrangement."""
        wanted = self.svc.settings.columns_of(self.column_set.name)
        return list_columns.shown(self.all_columns(), self.column_set, wanted, self.size.width, self.order.now)

    def show_columns(self) -> None:
        """Draw the rows in the columns there are now, and the preview beside them where they leave room for it."""
        self._columns_of = wanted = self._columns_wanted
        columns = self.columns()
        self.preview.make_room(self.size.width, list_columns.needed(wanted.preset, columns, self.size.width))
        self.list.set_columns(columns)

    def on_resize(self) -> None:
        self.show_columns()
        self.count_line.follow()

    async def on_screen_resume(self) -> None:
        self.tell_title()
        self.follow_settings()
        self.clock.look()

    def follow_settings(self) -> None:
        """Draw the columns of the user's settings, where they are not what is drawn."""
        if self._columns_of != self._columns_wanted:
            self.show_columns()  # they were changed in another list, or put back

    @property
    def _columns_wanted(self) -> Columns:
        return self.svc.settings.columns_of(self.column_set.name)

    async def apply_filter(self, *, force: bool = False, patience: float | None = 0) -> None:
        """Show what the filter line asks for, in place of what was asked before; a mistake leaves the last good result.

        Args:
            force: Whether also if nothing was typed.
            patience: Seconds to wait for the rows; None for as long as it takes.
        """
        text = self.filter_line.editor.value
        if text != self._asked_for or force:
            self._asked_for = text
            await self.list.in_turn(partial(self._apply, text), instead=True, patience=patience)

    async def _apply(self, text: str) -> None:
        try:
            remark = await self._show_line(text)
        except FilterError as error:
            unfinished = error.end >= len(text) and self.target is self.filter_line
            self.filter_line.mark(None if unfinished else error)
            if not unfinished:
                self.complain(error.brief(_))
        else:
            self.filter_line.mark(remark)
            if remark is not None and self.target is not self.filter_line:
                self.complain(remark.brief(_))

    async def _show_line(self, text: str) -> FilterError | None:
        """Gives the word that is too short to search for, because of which there are no rows."""
        before = self.query_now
        found = self._read = FilteredRows(self, Asked(text, self.order.now, self.order.brought))
        await self.list.window.show(found)
        if self.service.steady(found.query) != self.service.steady(before):
            self.list.selection.clear()
        self.line_shown, self.order.brought = text, found.asked.brought
        self.clock.wait_for(found.until)
        if found.asked.order != self.order.now:  # a saved view that the line names brings its own
            self.order.now = found.asked.order
            self.show_columns()
        self.list.empty = self.empty_text(text)
        self._fit_numbers()
        self._fit_columns()
        self.count_line.count(found.query, is_typed=self.target is self.filter_line)
        return found.remark

    def empty_text(self, line: str) -> str:
        """What stands in a list without rows, by its filter line."""
        return self.words.none_match if line.strip() else self.words.none

    def _read_anew(self) -> None:
        """The rows were read again: the line was understood anew, and may mean something else."""
        source = self._rows_now
        if source is None or source is self._read:
            return
        was, self._read = self._read, source
        self._follow_registers()
        self.clock.wait_for(source.until)
        if self.filter_line.editor.value == source.asked.text:
            self.filter_line.mark(source.remark)
        if was is None or source.query != was.query:
            self.count_line.count_later(source.query)

    def _fit_numbers(self) -> None:
        """Numbers have five digits for years; a shop with a million jobs needs a wider column."""
        widest = max((len(str(self.number_of(row))) for row in self.list.rows), default=0)
        if widest > self.number_width:
            self.number_width = widest
            self.show_columns()

    def _fit_columns(self) -> None:
        """The widths of the columns by what the first page holds; they stay while one scrolls or types."""
        rows = self.list
        if self.target is not self.filter_line:
            page = rows.rows[rows.top : rows.top + rows.room]
            if rows.drawing.measure_by(page, rows.size.width):
                rows.refresh()

    async def refresh_rows(self, keep: int | None = None) -> None:
        """Read again what is shown; the cursor stays on its row, or goes to `keep`."""
        if not self.list.rows:
            await self.apply_filter(force=True, patience=None)
        else:
            await self.list.reload()
        if keep is not None:
            await self.put_cursor(keep)
        self.preview.follow(self.list.current, again=True)
        self.count_line.count(self.query_now)

    def written(self) -> Iterator[tuple[str, str]]:
        yield from super().written()
        if self.target is self.filter_line:
            yield _("Filter"), self.filter_line.editor.value

    async def acted_elsewhere(self) -> None:
        await self.refresh_rows()

    async def others_committed(self, news: News) -> None:
        """Somebody else saved something: what is on the screen is read again, the cursor stays on its row."""
        if news.restored:
            self._another_shop()
        self._follow_registers()
        if self.follows(news):
            await self.list.reload_soon()
            self.preview.follow_news(news)
            self.count_line.count_later(self.query_now)

    def _another_shop(self) -> None:
        """A backup was put back: other rows may have the ids of those selected, and of the one under the cursor."""
        from svc_tui.screens.shell import restored

        self.list.selection.clear()
        self.list.displaced = self.list.current
        self.say(restored.told(self.svc))

    def _follow_registers(self) -> None:
        """Columns write the names of what is in the registers."""
        if self._registers != self.session.registers:
            self._registers = self.session.registers
            self.show_columns()
            self.tell_title()

    async def put_cursor(self, row_id: int) -> None:
        """The cursor on a row, if the list shows it."""
        if self.list.current is not None and self.id_of(self.list.current) == row_id:
            return
        for place, row in enumerate(self.list.rows):
            if self.id_of(row) == row_id:
                await self.list.move(place - self.list.cursor)
                return
        await self.list.in_turn(partial(self._go_to, row_id))

    async def _go_to(self, row_id: int) -> None:
        window = self.list.window
        found = await read(self, self.service.around, self.query_now, row_id, *window.reach)
        if found is not None:
            window.put(*found)

    # -- focus and keys ------------------------------------------------------------------------------------

    def path(self) -> list[Step]:
        return [(self.filter_line, None), (self.list, None)]

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.target is self.filter_line and not self.bottom.is_asking and key.name in ("escape", "f3", "f7", "f8"):
            await self.apply_filter(force=True)
            self.focus_on(self.list)
            return
        await super()._take(key, more_follows)
        if self.target is self.filter_line and not more_follows and self.svc.screen is self:
            from svc_tui.screens.shell import filter_help

            await self.apply_filter()  # the rows are looked up while it is reckoned what to propose
            await filter_help.propose(self)

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.selecting, self.order)

    async def run_command(self, command: Command, key: Key | None = None) -> bool:
        if command.needs_row:
            await self.settled()
        if command.id not in _MOVES:
            self.list.selection.end_range()
        return await super().run_command(command, key)

    async def settled(self) -> None:
        await self.list.settled()

    async def do_app_close(self, key: Key | None) -> None:
        """Esc lets the selection go, then the filter; F3 goes back."""
        if key is not None and key.name == "escape" and self.list.selection:
            await self.list.clear_selection()
        elif key is not None and key.name == "escape" and self.filter_line.editor.value:
            await self.show_view("", self.order.now)
        else:
            await super().do_app_close(key)

    async def go(self, by: int) -> None:
        await super().go(by)
        if self.target is self.list:
            await self.apply_filter(force=self.filter_line.has_to_tell(self.line_shown))
            self._fit_columns()

    def enter_label(self) -> str:
        return _("To the list") if self.target is self.filter_line else super().enter_label()

    def explained(self) -> list[tuple[str, str]]:
        return self.explained_filter() if self.target is self.filter_line else []

    def places_now(self) -> frozenset[Where]:
        if self.target is self.filter_line:
            return self.places - {Where.TOP} | {Where.FIELD}
        return super().places_now()

    def on_row_list_heading_clicked(self, event: RowList.HeadingClicked) -> None:
        """Sort by the column that was clicked; clicked again, the other way round."""
        event.stop()
        self.svc.between_keys(partial(self.order.sort_by_shown, event.column))

    # -- commands ------------------------------------------------------------------------------------------

    async def do_list_filter(self, key: Key | None) -> None:
        """Write in the filter line; what stands there is marked, so that typing replaces it."""
        self.focus_on(self.filter_line)
        self.filter_line.mark_whole()

    async def do_field_look_up(self, key: Key | None) -> None:
        """The list of values of the field at the caret of the filter line."""
        from svc_tui.screens.shell import filter_help

        await filter_help.look_up_filter(self)

    async def show_view(self, text: str, order: SortOrder) -> None:
        """Show a filter and an order, which stay as if they had been typed."""
        self.order.now = order
        self.filter_line.editor.put(text)
        self.filter_line.refresh()
        self.show_columns()
        self.focus_on(self.list)
        await self.apply_filter(force=True, patience=None)

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the list again."""
        await self.refresh_rows()
        self.say(_("Read again."))
