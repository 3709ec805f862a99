"""By which column a list is sorted, jumping in it, and which columns are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from svc_tui.domain.columns import following
from svc_tui.domain.errors import Invalid
from svc_tui.domain.queries import ORDER_COLUMNS, ActivityQuery, Order
from svc_tui.domain.registers import Choice
from svc_tui.i18n import _
from svc_tui.screens.jobs import list_columns
from svc_tui.screens.jobs.list_reading import read
from svc_tui.services.filters import lists
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.fields import ChoiceField, Field, LiveField
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen

_NEWEST_FIRST = ("number", "start", "end", "promised", "changed")
"""Columns that are sorted downwards at first."""


class ListOrder:
    """The order of a list, whatever its filter."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen
        self.now: Order = ActivityQuery().order
        self.brought: Order | None = None
        """The order of the saved view that the filter line names; the user's own may have taken its place."""

    async def sort_by(self, order: Order) -> None:
        """Sort by a column, from the first row on."""
        self.now = order
        self.screen.show_columns()
        await self.screen.apply_filter(force=True)

    async def sort_by_shown(self, place: int) -> None:
        """Sort by a column by its place on the screen; by the one sorted by, the other way round."""
        shown = self.screen.list.drawing.columns
        bare = [column.title.rstrip(" " + list_columns.ASCENDING + list_columns.DESCENDING) for column in shown]
        name = next((name for name, title in self._titles().items() if title.startswith(bare[place].rstrip("…"))), None)
        if name is None or self.screen.bottom.is_asking:
            return
        if name not in ORDER_COLUMNS:
            self.screen.complain(_("Lists are not sorted by {column}.").format(column=self._titles()[name]))
        else:
            same = name == self.now.column
            await self.sort_by(Order(name, not self.now.descending if same else name in _NEWEST_FIRST))

    def _titles(self) -> dict[str, str]:
        screen = self.screen
        known = list_columns.all_columns(screen.session, screen.svc.formats, screen.number_width)
        return {name: column.title for name, column in known.items()}

    # -- commands ------------------------------------------------------------------------------------------

    async def do_list_sort(self, key: Key | None) -> None:
        """Ask for a column to sort by."""
        titles = self._titles()
        choices = [Choice(name, title) for name, title in titles.items() if name in ORDER_COLUMNS]

        async def answered(which: Field) -> None:
            if isinstance(which, ChoiceField) and which.value is not None:
                await self.sort_by(Order(which.value, which.value in _NEWEST_FIRST))

        self.screen.ask_text(ChoiceField("sort", _("Sort by"), lambda: choices), answered)

    async def do_list_reverse(self, key: Key | None) -> None:
        """Sort the other way round."""
        await self.sort_by(Order(self.now.column, not self.now.descending))

    async def do_list_jump(self, key: Key | None) -> None:
        """Jump to a number, a date or a name in the column sorted by; the cursor follows what is typed."""

        async def follow(text: str) -> None:
            await self.screen.list.in_turn(partial(self._jump, text, is_whole=False), instead=True)

        async def answered(which: Field) -> None:
            await self.screen.list.in_turn(partial(self._jump, which.text, is_whole=True), instead=True)

        label = _("Jump to ({column})").format(column=self._titles()[self.now.column])
        self.screen.ask_text(LiveField("jump", label, follow), answered)

    async def _jump(self, text: str, *, is_whole: bool) -> None:
        window = self.screen.list.window
        try:
            found = await read(self.screen, lists.jump_around, self.screen.query_now, text, *window.reach)
        except Invalid:
            if is_whole:
                raise
            return  # the beginning of a date is none yet
        if found is not None:
            window.put(*found)
        elif is_whole and text.strip():
            self.screen.say(_("No job in this list stands at or after that."))

    async def do_list_columns(self, key: Key | None) -> None:
        """The next column preset."""
        settings = self.screen.svc.settings
        preset = following(settings.columns, settings.column_layout)
        await self.screen.svc.change_settings(settings.with_columns(preset))
        self.screen.show_columns()
        names = {"simple": _("simple"), "normal": _("normal"), "advanced": _("advanced"), "own": _("your own")}
        self.screen.say(_("Columns: {preset}").format(preset=names[preset]))

    async def do_list_arrange(self, key: Key | None) -> None:
        """Choose columns, widths and their order."""
        from svc_tui.screens.jobs.arrange import ArrangeColumns

        async def closed(settings: UserSettings | None) -> None:
            if settings is not None:
                await self.screen.svc.change_settings(settings)
                self.screen.show_columns()
                self.screen.say(_("The columns are kept."))

        await self.screen.svc.show(ArrangeColumns(self.screen), closed)
