"""What a list of jobs does with a scanned code: shows what has it, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.records import DeviceRow
from svc_tui.screens.shell import scans
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.scanning import Found, ScannedJob, ScannedOrder

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen


async def show_scanned(screen: ActivityListScreen, code: str) -> None:
    """Open the job, list the device's jobs, tell of the product; of several things the user chooses."""

    async def show(found: Found) -> None:
        if isinstance(found, ScannedJob):
            await screen.acts.show_sheet(await screen.ask_service(activities.open_sheet, found.id))
        elif isinstance(found, ScannedOrder):
            await screen.svc.open_order(found.id)
        elif isinstance(found, DeviceRow):
            await screen.svc.show_jobs('serial:"{}"'.format(found.serial.replace('"', "")))

    await scans.show_scanned(screen, code, show)
