"""Ctrl+Z: the program stops, and the shell that began it has the terminal until it says `fg`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.services.people import setup
from svc_tui.terminal.driver import Driver

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application


async def suspend(app: Application, driver: object) -> None:
    """Stop once nothing is half written, for others would wait as long as this one sleeps.

    Without a shell to go to it stays, and says so.
    """
    for run in (app.store.run, app.store.run_long):
        await run(setup.is_set_up, app.store)  # comes after what is being written there
    if not (isinstance(driver, Driver) and driver.suspend()):
        app.say(_("There is no shell to go to. In a list, u undoes."))
