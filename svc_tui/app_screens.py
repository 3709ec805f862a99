"""The commands of every screen that open another one over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.screens.shell.base import BaseScreen
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application


class AppScreens:
    """Opens them; each is loaded when it is first asked for."""

    def __init__(self, app: Application) -> None:
        self.app = app

    @property
    def _on_top(self) -> BaseScreen:
        screen = self.app.screen
        assert isinstance(screen, BaseScreen)
        return screen

    async def do_app_help(self, key: Key | None) -> None:
        """The keys valid here."""
        from svc_tui.screens.shell.help import HelpScreen

        await self.app.show(HelpScreen(self._on_top))

    async def do_app_palette(self, key: Key | None) -> None:
        """All actions of the screen on top."""
        from svc_tui.screens.shell.help import show_palette

        await show_palette(self._on_top)

    async def do_app_settings(self, key: Key | None) -> None:
        """The user's own settings."""
        from svc_tui.screens.people.settings import SettingsScreen

        await self.app.show(SettingsScreen(self.app.settings, self.app.session.registers))

    async def do_app_keys(self, key: Key | None) -> None:
        """The user's own keys."""
        from svc_tui.screens.people.own_keys import OwnKeysScreen

        await self.app.show(OwnKeysScreen())

    async def do_app_registers(self, key: Key | None) -> None:
        """The registers of the shop."""
        from svc_tui.screens.registers.menu import RegistersMenu

        await self.app.show(RegistersMenu())

    async def do_app_user(self, key: Key | None) -> None:
        """Choose who works here."""
        from svc_tui.screens.people.welcome import Welcome

        await self.app.show(Welcome(choose=True))

    async def do_next_show(self, key: Key | None) -> None:
        """What is ready for whoever works here."""
        from svc_tui.screens.reports.next_screen import NextScreen

        beneath = self._on_top

        async def closed(_result: object) -> None:
            await beneath.acted_elsewhere()

        await self.app.show(NextScreen(), closed)

    async def do_list_changes(self, key: Key | None) -> None:
        """What was changed of late."""
        from svc_tui.screens.history.changes import ChangesScreen

        beneath = self._on_top

        async def closed(has_undone: bool | None) -> None:
            if has_undone:
                await beneath.acted_elsewhere()

        await self.app.show(ChangesScreen(), closed)
