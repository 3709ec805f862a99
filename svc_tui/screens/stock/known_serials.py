"""What is told of a serial number that another device has already."""

from __future__ import annotations

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.stock import device_card


async def told_of_serial(screen: BaseScreen, serial: str, but: int | None = None) -> str:
    """Whose device has it; empty where none has, or nothing is written. `but` is the device that is written about."""
    same = await screen.ask_service(device_card.same_serial, serial, but) if serial.strip() else []
    return _("Known already: {name} has this serial number.").format(name=same[0].name or "-") if same else ""
