"""What the lists of contacts, devices and products have in common: opened, retired, merged, undone, their jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from svc_tui.commands import Where
from svc_tui.domain.entries import Entry, EntryQuery, Register
from svc_tui.domain.errors import N_, FilterError, Invalid
from svc_tui.domain.listing import Asked, Counts, SortOrder
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.domain.records import DeviceRow, ProductRow
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.filtered_list import FilteredList
from svc_tui.screens.shell.list_about import the_row
from svc_tui.screens.shell.list_undo import ListUndo
from svc_tui.screens.shell.long_act import LongAct, on_yes
from svc_tui.services.filters.entry_listing import EntryFilters, EntryList
from svc_tui.services.jobs import entry_preview
from svc_tui.services.people import retiring
from svc_tui.widgets.keys import Key
from svc_tui.widgets.preview import GAP, Piece

if TYPE_CHECKING:
    from svc_tui.services.jobs.entry_preview import EntryPreview

E = TypeVar("E", bound=Entry)

_SCANNED: dict[Register, type] = {Register.DEVICES: DeviceRow, Register.PRODUCTS: ProductRow}
"""What of a scanned code is a row of the list."""
TWO = 2
"""So many are merged."""


class EntryListScreen(FilteredList[E, EntryQuery]):
    """The list of one register of entries."""

    places = frozenset((Where.ENTRIES, Where.ROWS, Where.TOP))
    begins_with = SortOrder("name")
    tells_all_cut = True
    register: Register

    def __init__(self) -> None:
        super().__init__(EntryList(self.register), id=self.register.value)
        self.long = LongAct(self, self._progress)
        self.undo = ListUndo(self, self.long)

    # -- what a list of entries says of its rows -------------------------------------------------------------

    def name_of(self, row: E) -> str:
        """What an entry is called in a sentence."""
        raise NotImplementedError

    def told(self, found: EntryPreview) -> list[Piece]:
        """What the preview says of an entry, before its jobs."""
        raise NotImplementedError

    # -- the list --------------------------------------------------------------------------------------------

    @cached_property
    def filter_language(self) -> EntryFilters:
        return EntryFilters(self.register)

    def explained_fields(self) -> Mapping[str, str]:
        from svc_tui.screens.shell import entry_filter

        return entry_filter.fields(self.register, self.session.language)

    def explained_filter(self) -> list[tuple[str, str]]:
        from svc_tui.screens.shell import entry_filter

        return entry_filter.explanation(self.register, self.session.language)

    def right_of_title(self) -> str:
        """Who works here, and the shop."""
        who = self.session.employee.name if self.session.employee else ""
        return f"{who} · {self.session.registers.company.name}"

    def counted(self, counts: Counts) -> list[str]:
        count = self.svc.formats.count
        parts = [self.how_many(counts.matching).format(count=count(counts.matching))]
        if counts.retired:
            text = n_("{count} more retired", "{count} more retired", counts.retired)
            parts.append(text.format(count=count(counts.retired)))
        return parts

    def how_many(self, count: int) -> str:
        """`{count} contacts`."""
        raise NotImplementedError

    def hint(self) -> str:
        return _("n: new   Enter: open   /: filter   F1: help")

    def follows(self, news: News) -> bool:
        return news.everything or bool(news.activities) or bool(news.tables & {self.register.value, "contact"})

    async def preview_of(self, row: E) -> Sequence[Piece]:
        found = await self.ask_service(entry_preview.read, self.register, row.id)
        return [*self.told(found), *self._jobs(found)]

    def _jobs(self, found: EntryPreview) -> list[Piece]:
        formats = self.svc.formats
        pieces = [GAP, Piece(_("Last jobs"), kind="heading")] if found.jobs else []
        for job in found.jobs:
            pieces.append(Piece(f"{job.number} {job.subject}", right=formats.day(job.start_at), stage=job.stage))
        return pieces

    def _progress(self, text: str) -> None:
        self.count_line.progress = text
        self.count_line.tell()

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.undo, *super().helpers)

    async def open_row(self, row: E) -> None:
        await self.do_entry_open(None)

    async def take_scan(self, code: str) -> None:
        """The list shows what has the code; what is of another kind is opened, and what is unknown changes nothing."""
        if self.bottom.is_asking:
            await super().take_scan(code)
            return
        from svc_tui.screens.shell.scans import show_found
        from svc_tui.services.jobs import scanning

        scanned = await self.ask_service(scanning.look_up, code)
        is_here = any(isinstance(found, _SCANNED.get(self.register, ())) for found in scanned.found)
        if is_here or (not scanned.found and await self._has_rows(scanned.code)):
            await self.show_view(scanned.code, self.order.now)
        else:
            await show_found(self, scanned)

    async def _has_rows(self, text: str) -> bool:
        """Whether the list would show something for a text."""
        try:
            found = await self.ask_service(self.service.first_page, Asked(text, self.order.now), 1)
        except FilterError:
            return False
        return bool(found.rows)

    # -- commands ----------------------------------------------------------------------------------------------

    async def do_entry_open(self, key: Key | None) -> None:
        """The card of the entry under the cursor."""
        if (row := self.list.current) is not None:
            await self.svc.open_card(self.register, row.id, self._card_closed)

    async def _card_closed(self, saved_id: int | None) -> None:
        if saved_id is not None:
            await self.refresh_rows(keep=saved_id)

    async def do_entry_jobs(self, key: Key | None) -> None:
        """All jobs of the entry under the cursor."""
        if (row := self.list.current) is not None:
            await self.svc.show_jobs(await self.ask_service(entry_preview.jobs_line, self.register, row.id))

    async def do_entry_retire(self, key: Key | None) -> None:
        """Ask, and offer the entry under the cursor no longer, or again."""
        row, session = the_row(self, self.name_of), self.session
        if row is None:
            return

        async def go() -> None:
            await self.ask_through(session, retiring.retire, self.register, row.id, not row.retired)
            await self.refresh_rows()
            said = _("{name} is in use again. u undoes it.") if row.retired else _("{name} is retired. u undoes it.")
            self.say(filled(said, name=self.name_of(row)))

        asked = _("Use {name} again?") if row.retired else _("Retire {name}? Jobs keep it.")
        self.ask_letter(filled(asked, name=self.name_of(row)) + " " + _("y: yes   Esc: no"), on_yes(go))

    async def do_entry_merge(self, key: Key | None) -> None:
        """Show what would become of the two that are selected.

        Raises:
            Invalid: when there are not two.
        """
        from svc_tui.screens.shell.merging import MergeScreen

        chosen = self.list.selection
        keys = [entry for entry in chosen.keys if isinstance(entry, int)]
        if chosen.everything or len(keys) != TWO:
            raise Invalid(N_("Select the two that are one with Space, then merge them."))
        at_cursor = self.list.current
        keys.sort(key=lambda entry: (at_cursor is None or entry != at_cursor.id, entry))

        async def closed(kept: int | None) -> None:
            if kept is not None:
                await self.list.clear_selection()
                await self.refresh_rows(keep=kept)
                self.say(_("The two are one now. u undoes it."))

        await self.svc.show(MergeScreen(self.register, keys[0], keys[1]), partial(closed))
