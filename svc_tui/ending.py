"""How the program ends other than by Ctrl+Q: what was typed and not saved is kept in a file, and told."""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen

if TYPE_CHECKING:
    from svc_tui.bounds import Bounds
    from svc_tui.screens.shell.application import Application

log = logging.getLogger(__name__)


class Ending(App[Any]):
    """The part of the application that knows its ends."""

    @cached_property
    def _bounds(self) -> Bounds:
        from svc_tui.bounds import Bounds

        return Bounds(cast("Application", self))

    def bound(self) -> None:
        """From now on the session ends itself when it takes too much of the machine.

        Not without a terminal: then others run in this process, and what they use is not the session's.
        """
        if not self.is_headless:
            self._bounds.begin()

    def unbound(self) -> None:
        """The program ends."""
        if "_bounds" in vars(self):
            self._bounds.end()

    def tell_unsaved(self) -> None:
        """At the start: where that lies which was not saved when the program ended by itself."""
        from svc_tui import drafts

        path = drafts.untold()
        top = self.screen
        if path is not None and isinstance(top, BaseScreen) and not top.bottom.is_asking:
            top.say(drafts.where(path))
            top.fit_message()

    def give_terminal_back(self, told: str) -> None:
        """From any thread: the terminal as it was, with a sentence; the process is to end."""
        give_back = getattr(self._driver, "give_back_at_once", None)
        if give_back is not None:
            give_back(told)

    def keep_typed(self, why: str = "") -> Path | None:
        """From any thread: keep what was typed and not saved."""
        from svc_tui import drafts

        return drafts.keep(cast("Application", self), why or _("The program was told to stop."))

    def _keep_and_tell(self, why: str) -> None:
        from svc_tui import drafts

        if path := self.keep_typed(why):
            self._exit_renderables.append(drafts.where(path))

    def _fatal_error(self) -> None:
        """Textual would print the local variables of every frame, which hold customers' data."""
        self.bell()
        log.exception("the program ended by an error")
        told = _("The program ended by an error; what was saved is safe. It is in the log.")
        self._exit_renderables.append(told)
        self._keep_and_tell(told)
        self._close_messages_no_wait()

    async def terminal_gone(self) -> None:
        """The terminal hung up: nothing can be shown any more."""
        log.info("the terminal is gone")
        self.keep_typed(_("The terminal was closed."))

    async def asked_to_stop(self) -> None:
        """Somebody sent SIGTERM."""
        self._keep_and_tell(_("The program was told to stop."))
