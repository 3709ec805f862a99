"""The timer of whoever works here: in the title line of every screen, and asked about when it was forgotten."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from svc_tui.domain.news import News
from svc_tui.domain.tables import TIMER
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.core.session import Session
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import TitleLine

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application
    from svc_tui.services.jobs.timers import RunningTimer

_ASIDE = "timer"


class Timing:
    """Knows whether a timer runs, without asking the database but when it may be another one by now."""

    def __init__(self, app: Application) -> None:
        self.app = app
        TitleLine.asides.pop(_ASIDE, None)
        self.is_on = os.environ.get("SVC_TUI_ALARMS") != "off"
        self.product: int | None = None
        """The hours product that was chosen last, which is proposed where one must be chosen."""
        self._timer: RunningTimer | None = None
        self._session: Session | None = None
        self._is_outdated = False
        self._own_acts: list[str] = []
        self._asked_of = 0
        """The timer that was asked about already, by its id."""

    def begin(self) -> None:
        """Look for the first time."""
        self._is_outdated = True
        self.tick()

    def tick(self) -> None:
        """Called every few seconds: look where it may be another one, let the minutes go on, ask of a forgotten one."""
        if not self.app.is_signed_in:
            return
        acts = list(self.app.store.own_acts)[-1:]
        is_other = self._is_outdated or acts != self._own_acts or self.app.session is not self._session
        if self.is_on and is_other:
            self._is_outdated, self._own_acts, self._session = False, acts, self.app.session
            self.app.background(self._look, "looking at the timer")
            return
        self._show()
        self._try()

    def heard(self, news: News) -> None:
        """Others changed something: it may have been his timer, at another terminal."""
        self._is_outdated |= news.everything or TIMER.name in news.tables

    async def _look(self) -> None:
        from svc_tui.services.jobs import timers

        self.know(await self.app.store.run(timers.running, self.app.session))
        self._try()

    def know(self, timer: RunningTimer | None) -> None:
        """This runs now, or nothing does."""
        self._timer = timer
        self._show()

    def _show(self) -> None:
        """Job and time in the title line, which is drawn again once a minute."""
        told = ""
        if self._timer is not None:
            from svc_tui.domain.planning import timing

            worked = timing.minutes(self.app.session.seconds() - self._timer.started_at)
            told = _("Timer {number} {time}").format(number=self._timer.number, time=timing.told(worked))
        TitleLine.asides[_ASIDE] = told
        for screen in self.app.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.title_line.renew()

    # -- what is asked and done ------------------------------------------------------------------------------

    @property
    def _is_forgotten(self) -> bool:
        """Whether it runs since another day, and nobody was asked about it yet."""
        if self._timer is None or self._timer.id == self._asked_of:
            return False
        from svc_tui.domain.planning import timing

        return timing.is_of_another_day(self._timer.started_at, self.app.session.seconds())

    def _try(self) -> None:
        if self.is_on and self._is_forgotten:
            self.app.between_keys(self._ask)

    async def _ask(self) -> None:
        """Ask when the work ended; later where somebody writes or is asked something else."""
        top = self.app.screen
        if self._timer is None or not self._is_forgotten:
            return
        if not isinstance(top, BaseScreen) or top.is_writing or top.bottom.is_asking:
            return
        from svc_tui.screens.shell import timer_acts

        self._asked_of = self._timer.id
        timer_acts.ask_forgotten(top, self, self._timer)

    async def do_timer_toggle(self, key: Key | None) -> None:
        """Start the timer on the job that is meant here, or stop the one that runs."""
        from svc_tui.screens.shell import timer_acts

        top = self.app.screen
        if isinstance(top, BaseScreen):
            await timer_acts.toggle(top, self)
