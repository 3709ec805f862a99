"""All jobs of a listed job's customer, or of its device, as a filtered list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.filters.filter_fields import Field
from svc_tui.services.jobs import same_jobs
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen


class SameJobs:
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
            await self.screen.svc.show_jobs(line)
