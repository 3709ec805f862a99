"""Arranging the columns of the lists: which are shown, how wide, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.columns import NARROWEST, WIDEST, Arranged, arranged
from svc_tui.i18n import _
from svc_tui.screens.shell import list_columns
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import Column, FixedRows, RowList

if TYPE_CHECKING:
    from svc_tui.screens.shell.filtered_list import FilteredList

SAMPLE_ROWS = 3


class Line(NamedTuple):
    """One column in the table: its place among those shown, 0 for hidden."""

    entry: Arranged
    place: int


class ArrangeColumns(BaseScreen):
    """A table of all columns under a sample of the list; F2 gives the settings, Esc nothing."""

    places = frozenset((Where.FORM, Where.COLUMNS))

    def __init__(self, over: FilteredList[Any, Any]) -> None:
        super().__init__()
        self.over = over
        self.shown: list[Arranged] = []
        self.hidden: list[Arranged] = []
        self.titles: dict[str, str] = {}
        self.sample: RowList[Any] = RowList(empty=over.words.no_sample, id="sample")
        self.sample.styles.height = SAMPLE_ROWS + 2
        columns = [
            Column[Line]("", 3, lambda line: str(line.place) if line.place else "", right=True),
            Column[Line](_("Column"), 20, lambda line: self.titles[line.entry.name]),
            Column[Line](_("Shown"), 8, lambda line: _("yes") if line.place else _("no")),
            Column[Line](_("Width"), 12, lambda line: str(line.entry.width) if line.entry.width else _("as it comes")),
        ]
        self.list: RowList[Line] = RowList(columns, id="columns")

    def compose_body(self) -> ComposeResult:
        yield self.sample
        yield self.list

    async def opened(self) -> None:
        self.title_line.tell(_("Columns of the lists"), _("F2 keeps, Esc gives up"))
        self.titles = {name: column.title for name, column in self._all().items()}
        wanted = self.svc.settings.columns_of(self.over.column_set.name)
        self._begin(arranged(wanted.preset, wanted.own, self.over.column_set))
        await self.sample.show(FixedRows(self.over.list.rows[:SAMPLE_ROWS]))
        self.focus_on(self.list)
        await self._draw("")

    def path(self) -> list[Step]:
        return [(self.list, None)]

    def _all(self) -> Mapping[str, Column[Any]]:
        return self.over.all_columns()

    def _begin(self, shown: tuple[Arranged, ...]) -> None:
        names = {entry.name for entry in shown}
        self.shown = list(shown)
        self.hidden = [Arranged(name) for name in self.over.column_set.columns if name not in names]

    async def _draw(self, at: str) -> None:
        """Draw the table and the sample anew, the cursor on the column with this name."""
        lines = [Line(entry, place) for place, entry in enumerate(self.shown, 1)]
        lines += [Line(entry, 0) for entry in self.hidden]
        await self.list.show(FixedRows(lines, key=lambda line: line.entry.name), keep=at or None)
        known = self._all()
        self.sample.set_columns([list_columns.sized(known[entry.name], entry) for entry in self.shown])

    @property
    def _here(self) -> Arranged | None:
        line = self.list.current
        return line.entry if line is not None else None

    # -- commands ------------------------------------------------------------------------------------------

    async def do_column_show(self, key: Key | None) -> None:
        """Show the column as the last one, or hide it; one column stays."""
        entry = self._here
        if entry is None:
            return
        if entry in self.hidden:
            self.hidden.remove(entry)
            self.shown.append(entry)
        elif len(self.shown) > 1:
            self.shown.remove(entry)
            self.hidden.insert(0, entry)
        else:
            self.complain(_("One column has to stay."))
            return
        await self._draw(entry.name)

    async def do_column_left(self, key: Key | None) -> None:
        """Before the column to its left."""
        await self._move(-1)

    async def do_column_right(self, key: Key | None) -> None:
        """Behind the column to its right."""
        await self._move(1)

    async def _move(self, by: int) -> None:
        entry = self._here
        if entry is None or entry not in self.shown:
            return
        place = self.shown.index(entry)
        self.shown.remove(entry)
        self.shown.insert(max(place + by, 0), entry)
        await self._draw(entry.name)

    async def do_column_wider(self, key: Key | None) -> None:
        """One cell more."""
        await self._widen(1)

    async def do_column_narrower(self, key: Key | None) -> None:
        """One cell less."""
        await self._widen(-1)

    async def _widen(self, by: int) -> None:
        entry = self._here
        if entry is None or entry not in self.shown:
            return
        place = self.shown.index(entry)
        # From as wide as it comes the column goes on from what is seen.
        width = entry.width or self._width_seen(place)
        self.shown[place] = Arranged(entry.name, min(max(width + by, NARROWEST), WIDEST))
        await self._draw(entry.name)

    def _width_seen(self, place: int) -> int:
        widths = self.sample.drawing.widths
        return widths[place] if place < len(widths) else self.sample.drawing.columns[place].width

    async def do_column_standard(self, key: Key | None) -> None:
        """The normal columns in their usual widths; keeping that gives up one's own."""
        usual = arranged("normal", (), self.over.column_set)
        if tuple(self.shown) == tuple(usual):
            self.say(_("These are the columns and widths as they come."))
        self._begin(usual)
        await self._draw("")

    async def do_form_save(self, key: Key | None) -> None:
        """Give the settings with this arrangement as the user's own columns."""
        shown = tuple(self.shown)
        own = () if shown == arranged("normal", (), self.over.column_set) else shown
        await self.svc.back(self.svc.settings.with_own_columns(own, self.over.column_set.name))
