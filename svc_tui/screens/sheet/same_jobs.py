"""All jobs of an open job's customer, or of its device, as a filtered list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.records import DeviceRow
from svc_tui.services.jobs import same_jobs
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class SameJobs:
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
            await svc.show_jobs(line)

        await self.sheet.leave_for(leave)
