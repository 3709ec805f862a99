"""What a screen does with a scanned code: shows what has it, and changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from svc_tui.domain.entries import Register
from svc_tui.domain.quoting import brief
from svc_tui.domain.records import DeviceRow
from svc_tui.domain.registers import Choice
from svc_tui.domain.text import shown
from svc_tui.i18n import _
from svc_tui.screens.shell.picker import Picked, choice_picker
from svc_tui.services.jobs import scanning
from svc_tui.services.jobs.scanning import Found, Scanned, ScannedJob, ScannedOrder

if TYPE_CHECKING:
    from svc_tui.screens.shell.base import BaseScreen

LONGEST_SHOWN = 24
"""Signs of a code in a sentence."""

Show = Callable[[Found], Awaitable[None]]


async def show_scanned(screen: BaseScreen, code: str, show: Show | None = None) -> None:
    """Show what has the code: without a way of the screen's own its job or its card; of several the user chooses."""
    await show_found(screen, await screen.ask_service(scanning.look_up, code), show)


async def show_found(screen: BaseScreen, scanned: Scanned, show: Show | None = None) -> None:
    """As `show_scanned`, once it is looked up."""
    if not scanned.found:
        text = _("“{code}” is unknown. Nothing was changed.")
        screen.complain(text.format(code=brief(shown(scanned.code), LONGEST_SHOWN)))
        return

    async def tell(found: Found) -> None:
        await (_open(screen, found) if show is None else show(found))
        text = _told(screen, found)
        if scanned.is_translated:
            text += " " + _("The reader is set to a US keyboard.")
        screen.svc.say(text)

    if len(scanned.found) == 1:
        await tell(scanned.found[0])
        return
    choices = [Choice(found, _told(screen, found)) for found in scanned.found]

    async def chosen(picked: Picked[Found] | None) -> None:
        if picked is not None:
            await tell(picked.value)

    await screen.svc.show(choice_picker(_("“{code}” is several things").format(code=scanned.code), choices), chosen)


async def _open(screen: BaseScreen, found: Found) -> None:
    """The job's sheet or the card, from which Esc comes back to what was there."""

    async def closed(saved_id: int | None) -> None:
        if saved_id is not None:
            await screen.acted_elsewhere()

    if isinstance(found, ScannedJob):
        await screen.svc.open_job(found.id, closed)
    elif isinstance(found, ScannedOrder):
        await screen.svc.open_order(found.id, closed)
    else:
        register = Register.DEVICES if isinstance(found, DeviceRow) else Register.PRODUCTS
        await screen.svc.open_card(register, found.id, closed)


def _told(screen: BaseScreen, found: Found) -> str:
    if isinstance(found, ScannedJob):
        return _("Job {number}").format(number=found.number)
    if isinstance(found, ScannedOrder):
        return _("Order {number}").format(number=found.number)
    if isinstance(found, DeviceRow):
        return _("Device: {device}").format(device=found.label)
    amount = screen.svc.formats.amount(found.price)
    return _("Product: {product}").format(product=f"{found.code} · {found.name} · {amount}")
