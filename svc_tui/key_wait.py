"""What is done while a key waits for the database: after a second it is told what for, and Esc gives the wait up.

Keys that are typed once it is told belong to nothing that could be seen, and are left out, told; after a wait that
ended in a refusal those too that were typed ahead of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

from textual import events

from svc_tui.domain.errors import N_, DomainError
from svc_tui.domain.waits import LIMIT, TOLD_AFTER, Holder, waiting
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.base import BaseScreen

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application
    from svc_tui.terminal.key_queue import Item, KeyQueue

T = TypeVar("T")

log = logging.getLogger(__name__)


class KeyWait:
    """The wait of the key that is being dealt with."""

    def __init__(self, app: Application, inbox: KeyQueue) -> None:
        self.app = app
        self._inbox = inbox
        inbox.refuses = self._refuses
        self._timer: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        self._began = 0.0
        self.is_on = False
        """Whether a key is being dealt with."""
        self.key_number = 0
        """Of the key that is being dealt with, or was last."""
        self._told = ""
        """What the message line says of the wait; empty while nothing was said."""
        self._told_on: BaseScreen | None = None
        """The screen that says so: the key may lead to another one."""
        self._said = ("", False)
        """What the key itself said before it waited again, and whether that is a complaint."""
        self._is_given_up = False
        self._left_out = 0

    @property
    def is_told(self) -> bool:
        """Whether the message line says what is waited for."""
        return bool(self._told)

    @property
    def is_idle(self) -> bool:
        """Whether every key that has arrived is dealt with."""
        return self._inbox.is_empty and not self.is_on

    async def over(self, act: Awaitable[T]) -> T:
        """Await something, and tell what it waits for."""
        loop = asyncio.get_running_loop()
        self._began = loop.time()
        self._timer = loop.call_later(TOLD_AFTER, self._look)
        self.is_on = True
        self.key_number += 1
        try:
            return await act
        finally:
            self.is_on = False
            self._timer.cancel()
            if self.is_told:
                self._end()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if self.app.store.is_waited_for and (self._looking is None or self._looking.done()):
            self._looking = loop.create_task(self._tell())
        self._timer = loop.call_later(TOLD_AFTER, self._look)

    async def _tell(self) -> None:
        number, began = self.key_number, self._began
        try:
            holder = await asyncio.to_thread(self.app.store.holder)
            told = waiting(self._named(holder))
        except DomainError:
            told = DomainError(N_("Waiting for the database server, which does not answer."))
            if asyncio.get_running_loop().time() - began > LIMIT:
                self._give_up()
        except Exception:
            log.exception("it cannot be told what is waited for")
            told = waiting(None)
        screen = self.app.screen
        is_over = not self.is_on or number != self.key_number or not self.app.store.is_waited_for
        if is_over or not isinstance(screen, BaseScreen):
            return
        seconds = int(asyncio.get_running_loop().time() - began)
        way_out = _("Giving up …") if self._is_given_up else _("Esc: give up")
        told_before = self._told
        self._told = _("{told} {seconds} s   {way_out}").format(told=told.brief(_), seconds=seconds, way_out=way_out)
        if screen.bottom.message != told_before or screen is not self._told_on:
            self._said = (screen.bottom.message, screen.bottom.complains)
        self._told_on = screen
        screen.say(self._told)
        screen.fit_message()
        self.app.paint_meanwhile()

    def _named(self, holder: Holder | None) -> Holder | None:
        """A person is called by name."""
        if holder is None or not self.app.is_signed_in:
            return holder
        for entry in self.app.session.registers.employees:
            if entry.initials == holder.initials:
                return holder._replace(initials=entry.name)
        return holder

    def _refuses(self, item: Item) -> bool:
        """Whether a key that comes now is not to be dealt with later."""
        if not self.is_told or not isinstance(item, events.Key | events.Paste):
            return False
        name = item.key if isinstance(item, events.Key) else ""
        if name == "ctrl+q":
            self._give_up()
            return False
        if name == "escape":
            self._give_up()
        else:
            self._left_out += 1
        return True

    def _give_up(self) -> None:
        self._is_given_up = True
        self.app.store.give_up()

    def _end(self) -> None:
        screen = self.app.screen
        told, self._told = self._told, ""
        told_on, self._told_on = self._told_on, None
        was_given_up, self._is_given_up = self._is_given_up, False
        left_out, self._left_out = self._left_out, 0
        (said, is_complaint), self._said = self._said, ("", False)
        if told_on is not None and told_on.bottom.message == told:
            told_on.fade_message()
            if said:
                told_on.bottom.say(said, error=is_complaint)
                told_on.fit_message()
        if not isinstance(screen, BaseScreen):
            return
        if was_given_up or screen.bottom.complains:
            left_out += self._inbox.leave_out_keys()
        if left_out and not screen.bottom.is_asking:
            text = n_(
                "{count} key typed meanwhile was left out.", "{count} keys typed meanwhile were left out.", left_out
            ).format(count=left_out)
            message = f"{screen.bottom.message} {text}".strip()
            screen.bottom.say(message, error=screen.bottom.complains)
        screen.fit_message()
