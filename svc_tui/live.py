"""What other sessions commit, handed to the screens between two keys.

The screen on top hears it at once; a screen beneath, and a list that was left for another, when it comes to the top
again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from svc_tui.db.core import watch
from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.domain.labels import ACT_LABELS
from svc_tui.domain.news import News
from svc_tui.domain.operations import Pending
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.core.session import opened_anew
from svc_tui.services.people import settings

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application

T = TypeVar("T")

log = logging.getLogger(__name__)

BEGIN_AFTER = 0.2
"""Seconds after the first screen until the watch begins; what is committed before is not missed."""


class Live:
    """Owns the watch, and knows which screen has yet to hear what."""

    def __init__(self, app: Application, known: frozenset[int] | None) -> None:
        self.app = app
        self._known = known
        self._watch: watch.ChangeWatch | None = None
        self._news: News | None = None
        """Heard, but not handed on yet."""
        self.rounds = 0
        """How often something was handed on."""
        self._missed: dict[BaseScreen, News] = {}
        self.also: list[Callable[[News], None]] = []
        """Hears it too, whatever screen is shown."""
        self._left: dict[BaseScreen, str] = {}
        """Lists that were left for another, and the last act that this session had begun by then."""

    async def prepare(self) -> None:
        """Remember what there is before the first rows are read, unless it is known already."""
        if self._known is None:
            self._known = await self.app.store.run(watch.newest, self.app.store)

    def begin(self) -> None:
        """Watch from now on."""
        loop = asyncio.get_running_loop()
        known = self._known or frozenset()

        def on_the_loop(hear: Callable[[T], None]) -> Callable[[T], None]:
            def told(what: T) -> None:
                try:
                    loop.call_soon_threadsafe(hear, what)
                except RuntimeError:  # the program has ended meanwhile
                    log.debug("nobody is there to hear it")

            return told

        generation = self.app.session.generation if self.app.is_signed_in else None
        told, troubled = on_the_loop(self.heard), on_the_loop(self._troubled)
        self._watch = watch.watch(self.app.store, told, troubled, known, generation, on_the_loop(self._settled))
        self._watch.start()

    def end(self) -> None:
        """Watch no more."""
        if self._watch is not None:
            self._watch.stop()

    def heard(self, news: News) -> None:
        """Others committed; told after the keys that came before, and not at all where nobody could see it.

        Of sixty sessions that hear of one save, most show other jobs: then nothing is read, and nothing is drawn.
        """
        for hear in self.also:
            hear(news)
        top = self.app.screen_stack[-1:]
        is_quiet = self._news is None and self.app.wait.is_idle and not news.registers and not news.restored
        if is_quiet and top and isinstance(top[0], BaseScreen) and not top[0].concerns(news):
            self.rounds += 1
            self._tell_later(news)
            return
        self._news = news if self._news is None else self._news.and_then(news)
        self.app.between_keys(self._hand_on)

    def _tell_later(self, news: News) -> None:
        """Screens that are not on top hear it when they come there."""
        top = self.app.screen
        for screen in {*self.app.screen_stack, *self._left}:
            if isinstance(screen, BaseScreen) and screen is not top:
                missed = self._missed.get(screen)
                self._missed[screen] = news if missed is None else missed.and_then(news)

    def hear_of_restore(self) -> None:
        """An act was refused because the shop was put back to an earlier state."""
        self.heard(News(everything=True, restored=True))

    def _troubled(self, trouble: DatabaseTrouble) -> None:
        async def complain() -> None:
            if not self.app.store.unclear:  # else more is said already: it is not known whether something was saved
                raise trouble

        self.app.between_keys(complain)

    def _settled(self, lost: Pending) -> None:
        """It is known now whether an act is in whose answer was lost; told once, and after what is asked just now."""
        self.app.between_keys(partial(self._tell_outcome, lost))

    async def _tell_outcome(self, lost: Pending) -> None:
        top, unclear = self.app.screen, self.app.store.unclear
        if not isinstance(top, BaseScreen) or top.bottom.asks_letter or unclear.pop(lost.key, None) is None:
            return
        if lost.is_in:
            self.heard(News(everything=True))
        if await top.hears_outcome(lost):
            return
        what = _(ACT_LABELS.get(lost.act, lost.act))
        if lost.is_in:
            top.say(_("{what}: it was saved after all; only the answer had been lost.").format(what=what))
        else:
            top.complain(_("{what}: it was not saved. Do it again.").format(what=what))

    async def _hand_on(self) -> None:
        news, self._news = self._news, None
        if news is None:
            return
        self.rounds += 1
        if news.restored:
            # It may have been told twice: by the watch, and by an act that was refused.
            news = news._replace(restored=await self._is_put_back())
        if news.registers and not news.restored and self.app.is_signed_in:
            await self.app.store.run(self.app.session.reload_registers)
        self._tell_later(news)
        if isinstance(top := self.app.screen, BaseScreen):
            await top.others_committed(news)

    async def _is_put_back(self) -> bool:
        """A backup was put back: from now on there is a session in that shop; False when there was already.

        Screens keep the one they were filled through until they are filled again (`BaseScreen.adopt`).
        """
        if not self.app.is_signed_in:
            return True
        before, store = self.app.session, self.app.store
        fresh = await store.run(opened_anew, before)
        if fresh.generation == before.generation:
            return False
        self.app.signed_in(fresh, await store.run(settings.load, fresh), again=True)
        return True

    def left(self, screen: BaseScreen) -> None:
        """A list is left for another one; it may be shown again as it is."""
        self._left[screen] = self._last_own_act

    async def on_top_again(self, screen: BaseScreen) -> None:
        """A screen can be seen again: it hears what it missed, also of this session's own acts elsewhere."""
        news = self._missed.pop(screen, None)
        act = self._left.pop(screen, None)
        if act is not None and act != self._last_own_act:
            news = News(everything=True)
        if news is not None:
            await screen.others_committed(news)

    @property
    def _last_own_act(self) -> str:
        acts = self.app.store.own_acts
        return acts[-1] if acts else ""

    def forget(self) -> None:
        """The kept screens are gone."""
        self._missed.clear()
        self._left.clear()
