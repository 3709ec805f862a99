"""Work beside the keys, and what becomes of its faults: each is in the log, and said in the message line.

Whoever lets something run beside the keys does it by `background`, of the screen that it belongs to or of the
application. Textual's own `run_worker` either ends the program by a fault or keeps silent about it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from svc_tui.domain.errors import DomainError, DoneAlready
from svc_tui.domain.news import News
from svc_tui.i18n import _
from svc_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import WorkType

    from svc_tui.screens.shell.application import Application
    from svc_tui.screens.shell.base import BaseScreen

log = logging.getLogger(__name__)

Act = Callable[[], Awaitable[None]]

QUESTION_PATIENCE = 0.5
"""Seconds until it is tried again to tell a fault while a question stands in the message line, which it would hide."""


class Background:
    """The part of a screen that does something beside the keys."""

    def background(self, act: Act, what: str, *, in_place_of: str = "") -> None:
        """Do something beside the keys, as long as this screen is open.

        Args:
            act: What to do.
            what: What that is, for the log.
            in_place_of: A word for what is done once at a time: what was begun by that word before is given up.
        """
        screen = cast("BaseScreen", self)
        watched = _watched(screen.svc, act, f"{what} ({type(self).__name__})")
        screen.run_worker(watched, group=in_place_of or "default", exclusive=bool(in_place_of), exit_on_error=False)

    async def guarded(self, act: Act, what: str) -> None:
        """Do something while a key waits; whatever is refused is shown, and what goes wrong is in the log as `what`."""
        screen = cast("BaseScreen", self)
        try:
            await act()
        except DomainError as error:
            on_top(screen.svc, screen).refuse(error)
        except Exception as error:
            _write_down(f"{what} ({type(self).__name__})", error)
            on_top(screen.svc, screen).say_fault()

    def refuse(self, error: DomainError) -> None:
        """Something was refused: say why."""
        screen = cast("BaseScreen", self)
        if isinstance(error, DoneAlready):
            screen.svc.live.heard(News(everything=True))
        screen.show_error(error)

    def say_fault(self) -> None:
        """Something went wrong by a fault of the program, which is in the log."""
        text = _("Something went wrong in the program; what you typed is kept. It is in the log.")
        cast("BaseScreen", self).complain(text)

    def on_row_list_troubled(self, event: RowList.Troubled) -> None:
        """Rows were not read, and no key waits for them any more."""
        event.stop()
        _tell_between_keys(cast("BaseScreen", self).svc, event.error, "reading rows")


class AppBackground:
    """The part of the application that does something beside the keys."""

    def background(self, act: Act, what: str) -> None:
        """Do something beside the keys, whatever screen is open.

        Args:
            act: What to do.
            what: What that is, for the log.
        """
        watched = _watched(cast("Application", self), act, what)
        cast("App[Any]", self).run_worker(watched, exit_on_error=False)

    def hear_of_faults(self) -> None:
        """From now on what goes wrong in a callback or a task of the event loop is not kept silent about either."""
        asyncio.get_running_loop().set_exception_handler(self._fault_of_loop)

    def _fault_of_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            _tell_between_keys(cast("Application", self), error, context["message"])
        else:
            log.warning("%s", context["message"])


def _watched(svc: Application, act: Act, what: str) -> WorkType[None]:
    async def watched() -> None:
        try:
            await act()
        except Exception as error:
            _tell_between_keys(svc, error, what)

    return watched


def _tell_between_keys(svc: Application, error: Exception, what: str) -> None:
    if not svc.is_running:
        log.info("%s ended with the program: %s", what, error)
        return
    if not isinstance(error, DomainError):
        _write_down(what, error)
    svc.between_keys(partial(_tell, svc, error))


def _write_down(what: str, error: Exception) -> None:
    # Locals are never logged: they hold customers' data.
    log.error("not dealt with: %s", what, exc_info=error)


async def _tell(svc: Application, error: Exception) -> None:
    top = svc.screen
    if not isinstance(top, Background):
        return
    if cast("BaseScreen", top).bottom.asks_letter:
        asyncio.get_running_loop().call_later(QUESTION_PATIENCE, svc.between_keys, partial(_tell, svc, error))
    elif isinstance(error, DomainError):
        top.refuse(error)
    else:
        top.say_fault()


def on_top(svc: Application, otherwise: BaseScreen) -> BaseScreen:
    """Who can be seen: a key may have closed its screen before what it led to was refused."""
    return cast("BaseScreen", svc.screen) if isinstance(svc.screen, Background) else otherwise
