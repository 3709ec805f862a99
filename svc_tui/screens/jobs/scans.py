"""What a list does with a scanned code: shows what has it, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.quoting import brief
from svc_tui.domain.records import DeviceRow, ProductRow
from svc_tui.domain.registers import Choice
from svc_tui.domain.text import shown
from svc_tui.i18n import _
from svc_tui.screens.shell.picker import Picked, choice_picker
from svc_tui.services.filters.lists import ALL
from svc_tui.services.jobs import activities, scanning
from svc_tui.services.jobs.scanning import Scanned, ScannedJob

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen

LONGEST_SHOWN = 24
"""Signs of a code in a sentence."""

Found = ScannedJob | DeviceRow | ProductRow


async def show_scanned(screen: ActivityListScreen, code: str) -> None:
    """Open the job, list the device's jobs, tell of the product; of several things the user chooses."""
    scanned = await screen.ask_service(scanning.look_up, code)
    if not scanned.found:
        text = _("“{code}” is unknown. Nothing was changed.")
        screen.complain(text.format(code=brief(shown(code), LONGEST_SHOWN)))
        return
    if len(scanned.found) == 1:
        await _show(screen, scanned, scanned.found[0])
        return
    choices = [Choice(found, _told(screen, found)) for found in scanned.found]

    async def chosen(picked: Picked[Found] | None) -> None:
        if picked is not None:
            await _show(screen, scanned, picked.value)

    await screen.svc.show(choice_picker(_("“{code}” is several things").format(code=scanned.code), choices), chosen)


async def _show(screen: ActivityListScreen, scanned: Scanned, found: Found) -> None:
    if isinstance(found, ScannedJob):
        await screen.acts.show_sheet(await screen.ask_service(activities.open_sheet, found.id))
    elif isinstance(found, DeviceRow):
        await _show_jobs_of(screen, found)
    text = _told(screen, found)
    if scanned.is_translated:
        text += " " + _("The reader is set to a US keyboard.")
    screen.svc.say(text)


async def _show_jobs_of(screen: ActivityListScreen, device: DeviceRow) -> None:
    await screen.svc.go_to_list(ALL)
    on_top = screen.svc.screen
    if isinstance(on_top, type(screen)):
        await on_top.ready.wait()
        await on_top.show_view('serial:"{}"'.format(device.serial.replace('"', "")), on_top.order.now)


def _told(screen: ActivityListScreen, found: Found) -> str:
    if isinstance(found, ScannedJob):
        return _("Job {number}").format(number=found.number)
    if isinstance(found, DeviceRow):
        return _("Device: {device}").format(device=found.label)
    amount = screen.svc.formats.amount(found.price)
    return _("Product: {product}").format(product=f"{found.code} · {found.name} · {amount}")
