"""All jobs of a job's customer, or of its device, as a filtered list: from the sheet and from the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.filters.filter_words import Field
from svc_tui.domain.records import DeviceRow
from svc_tui.services.filters.lists import ALL
from svc_tui.services.jobs import same_jobs
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.app import SvcApp
    from svc_tui.screens.jobs.activity_list import ActivityListScreen
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


async def show_jobs(svc: SvcApp, line: str) -> None:
    """The list of all jobs with this filter line."""
    from svc_tui.screens.jobs.activity_list import ActivityListScreen

    await svc.go_to_list(ALL)
    screen = svc.screen
    assert isinstance(screen, ActivityListScreen)
    await screen.show_view(line, screen.order.now)


class SameJobsOfSheet:
    """Asks about what is not saved before the sheet is left."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet

    async def do_jobs_of_customer(self, key: Key | None) -> None:
        """All jobs of this customer."""
        customer = self.sheet.header.customer.value
        await self._show(await self.sheet.ask_service(same_jobs.of_customer, customer))

    async def do_jobs_of_device(self, key: Key | None) -> None:
        """All jobs of this device."""
        device = self.sheet.header.device.value
        stored = device if isinstance(device, DeviceRow) else None
        await self._show(await self.sheet.ask_service(same_jobs.of_device, stored))

    async def _show(self, line: str) -> None:
        svc = self.sheet.svc

        async def leave() -> None:
            self.sheet.focus_on(None)
            await show_jobs(svc, line)

        await self.sheet.leave_for(leave)


class SameJobsOfRow:
    """Of the job under the cursor of a list."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen

    async def do_jobs_of_customer(self, key: Key | None) -> None:
        """All jobs of this customer."""
        await self._show(Field.CUSTOMER)

    async def do_jobs_of_device(self, key: Key | None) -> None:
        """All jobs of this device."""
        await self._show(Field.DEVICE)

    async def _show(self, of: Field) -> None:
        if (row := self.screen.list.current) is not None:
            line = await self.screen.ask_service(same_jobs.of_job, row.id, of)
            await show_jobs(self.screen.svc, line)
