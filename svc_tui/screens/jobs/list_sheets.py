"""The ways from a list into a job: opened, read, new, copied, or as it was when its changes were discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.entries import Register
from svc_tui.domain.quoting import brief
from svc_tui.i18n import _, n_
from svc_tui.screens.jobs.list_about import about_now, the_row
from svc_tui.services.jobs import activities, bulk
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen

MOST_NAMED = 4
"""Lines of a copy that are named."""


class ListSheets:
    """Commands of a list that lead into the sheet."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen

    async def do_activity_open(self, key: Key | None) -> None:
        """Open the job under the cursor."""
        row = self.screen.list.current
        if row is not None:
            await self.show_sheet(await self.screen.ask_service(activities.open_sheet, row.id))

    async def do_card_open(self, key: Key | None) -> None:
        """The card of the customer of the job under the cursor."""
        row = self.screen.list.current
        if row is not None and row.customer_id is not None:
            await self.screen.svc.open_card(Register.CONTACTS, row.customer_id, self._card_closed)
        elif row is not None:
            self.screen.say(_("Job {number} has no customer.").format(number=row.number))

    async def _card_closed(self, saved_id: int | None) -> None:
        if saved_id is not None:
            await self.screen.refresh_rows()

    async def do_activity_read(self, key: Key | None) -> None:
        """Read the long texts of the job under the cursor."""
        row = self.screen.list.current
        if row is not None:
            from svc_tui.screens.jobs import job_read

            await job_read.show(self.screen, row.id)

    async def do_job_print(self, key: Key | None) -> None:
        """Print a paper of the selected jobs, or of the one under the cursor."""
        from svc_tui.screens.paper import printing

        about = about_now(self.screen)
        if about is None:
            return
        if about.jobs is None or about.jobs > printing.MOST:
            self.screen.complain(_("At most {most} jobs are printed at once. Select fewer.").format(most=printing.MOST))
            return
        printing.ask_which(self.screen, await self.screen.ask_service(bulk.ids_of, about.selection))

    async def do_activity_new(self, key: Key | None) -> None:
        """A new job in this list."""
        await self.show_sheet(
            activities.new_sheet(self.screen.session, self.screen.list_id, self.screen.svc.settings.defaults)
        )

    async def do_activity_duplicate(self, key: Key | None) -> None:
        """A new job as a copy of this one."""
        row = the_row(self.screen)
        if row is not None:
            copy = await self.screen.ask_service(activities.duplicate, row.id)
            await self.show_sheet(copy)
            self.screen.svc.say(_copied(row.number, copy))

    async def do_activity_restore(self, key: Key | None) -> None:
        """The sheet as it stood when its changes were discarded, or a note that was begun and left."""
        discarded = self.screen.svc.discarded
        if discarded is None:
            self.screen.say(_("Nothing was discarded since the program was started."))
            return
        self.screen.svc.discarded = None
        await discarded.bring_back(self.screen, self._closed)

    async def show_sheet(self, job: activities.Sheet) -> None:
        """Show a job, or the beginnings of one, in the sheet."""
        from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen

        screen = self.screen.svc.kept("sheet", ActivitySheetScreen)
        await screen.load(job, self.screen.list_id)
        await self.screen.svc.show(screen, self._closed)

    async def _closed(self, saved_id: int | None) -> None:
        if saved_id is not None:
            await self.screen.refresh_rows(keep=saved_id)


def _copied(number: int, copy: activities.Sheet) -> str:
    """What a copy begins with, for it may be more than its tab shows."""
    count = len(copy.lines)
    if not count:
        return _("Copied from {number}, which has no lines.").format(number=number)
    text = n_(
        "Copied from {number} with {count} line: {lines}", "Copied from {number} with {count} lines: {lines}", count
    )
    named = [brief(line.text or line.code) for line in copy.lines[:MOST_NAMED]]
    return text.format(number=number, count=count, lines=", ".join(named) + (" …" if count > MOST_NAMED else "."))
