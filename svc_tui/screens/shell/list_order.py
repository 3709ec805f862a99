"""By which column a list is sorted, jumping in it, and which columns are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from svc_tui.domain.columns import following
from svc_tui.domain.errors import Invalid
from svc_tui.domain.listing import SortOrder
from svc_tui.domain.registers import Choice
from svc_tui.i18n import _
from svc_tui.screens.shell import list_columns
from svc_tui.screens.shell.list_reading import read
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.fields import ChoiceField, Field, LiveField
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.shell.filtered_list import FilteredList


class ListOrder:
    """The order of a list, whatever its filter."""

    def __init__(self, screen: FilteredList[Any, Any]) -> None:
        self.screen = screen
        self.now: SortOrder = screen.begins_with
        self.brought: SortOrder | None = None
        """The order of the saved view that the filter line names; the user's own may have taken its place."""

    async def sort_by(self, order: SortOrder) -> None:
        """Sort by a column, from the first row on."""
        self.now = order
        self.screen.show_columns()
        await self.screen.apply_filter(force=True)

    async def sort_by_shown(self, place: int) -> None:
        """Sort by a column by its place on the screen; by the one sorted by, the other way round."""
        shown = self.screen.list.drawing.columns
        bare = [column.title.rstrip(" " + list_columns.ASCENDING + list_columns.DESCENDING) for column in shown]
        begun = bare[place].rstrip("…")
        name = next((name for name, title in self._titles().items() if begun and title.startswith(begun)), None)
        if name is None or self.screen.bottom.is_asking:
            return
        if name not in self.screen.service.sortable:
            self.screen.complain(_("Lists are not sorted by {column}.").format(column=self._titles()[name]))
        else:
            falls = not self.now.descending if name == self.now.column else name in self.screen.service.falling
            await self.sort_by(SortOrder(name, falls))

    def _titles(self) -> dict[str, str]:
        known = self.screen.all_columns()
        return {name: known[name].title for name in self.screen.column_set.columns}

    # -- commands ------------------------------------------------------------------------------------------

    async def do_list_sort(self, key: Key | None) -> None:
        """Ask for a column to sort by."""
        titles = self._titles()
        choices = [Choice(name, title) for name, title in titles.items() if name in self.screen.service.sortable]

        async def answered(which: Field) -> None:
            if isinstance(which, ChoiceField) and which.value is not None:
                await self.sort_by(SortOrder(which.value, which.value in self.screen.service.falling))

        self.screen.ask_text(ChoiceField("sort", _("Sort by"), lambda: choices), answered)

    async def do_list_reverse(self, key: Key | None) -> None:
        """Sort the other way round."""
        await self.sort_by(SortOrder(self.now.column, not self.now.descending))

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
            found = await read(self.screen, self.screen.service.jump_around, self.screen.query_now, text, *window.reach)
        except Invalid:
            if is_whole:
                raise
            return  # the beginning of a date is none yet
        if found is not None:
            window.put(*found)
        elif is_whole and text.strip():
            self.screen.say(self.screen.words.nothing_after)

    async def do_list_columns(self, key: Key | None) -> None:
        """The next column preset."""
        name, settings = self.screen.column_set.name, self.screen.svc.settings
        before = settings.columns_of(name)
        preset = following(before.preset, before.own, self.screen.column_set)
        await self.screen.svc.change_settings(settings.with_columns(preset, name))
        self.screen.show_columns()
        names = {"simple": _("simple"), "normal": _("normal"), "advanced": _("advanced"), "own": _("your own")}
        self.screen.say(_("Columns: {preset}").format(preset=names[preset]))

    async def do_list_arrange(self, key: Key | None) -> None:
        """Choose columns, widths and their order."""
        from svc_tui.screens.shell.arrange import ArrangeColumns

        async def closed(settings: UserSettings | None) -> None:
            if settings is not None:
                await self.screen.svc.change_settings(settings)
                self.screen.show_columns()
                self.screen.say(_("The columns are kept."))

        await self.screen.svc.show(ArrangeColumns(self.screen), closed)
