"""Undoing an act from a screen: looked ahead at, asked about where it may not be what was meant, then done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from svc_tui.domain.labels import act_label
from svc_tui.domain.quoting import brief
from svc_tui.domain.setting_labels import setting_label
from svc_tui.i18n import _
from svc_tui.screens.shell.ask import Ahead, ask_before
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.long_act import LongAct, Told, Wanted
from svc_tui.screens.shell.own_language import follow_language
from svc_tui.screens.shell.undo_told import told
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.history.undo import Prospect, Undone
from svc_tui.services.people import settings


class Undoing:
    """Undoes acts for one screen."""

    def __init__(self, screen: BaseScreen, long: LongAct, then: Callable[[], Awaitable[None]]) -> None:
        """
        Args:
            screen: Where it is asked and told.
            long: What does it in the background.
            then: What follows when something was undone.
        """
        self.screen = screen
        self.long = long
        self._then = then

    async def undo(self, which: Callable[[Session], int]) -> None:
        """Undo the act that `which` gives; which one is settled now, whatever is done while a question stands."""
        session = self.screen.session

        def look(told: Told, wanted: Wanted) -> tuple[Prospect, bool]:
            found = undo.prospect(session, which(session))
            return found, undo.asks_first(session, found)

        def question(seen: tuple[Prospect, bool]) -> str:
            found, asks = seen
            if not found.written or not (asks or found.refused):
                return ""
            return f"{self._what(found)}: {self._asked(found, self.screen.svc.formats.count)}"

        ahead = Ahead[tuple[Prospect, bool], Undone](
            look=look,
            question=question,
            refused=lambda seen: seen[0].refused,
            act=lambda seen: partial(undo.carry_out, self.screen.session, seen[0]),
            doing=_("Putting back"),
            size=lambda seen: len(seen[0].written),
            done=self._done,
        )
        await ask_before(self.screen, self.long, ahead)

    def _what(self, found: Prospect) -> str:
        """The act, when it was, and of whom if it was somebody else."""
        session, head = self.screen.session, found.head
        when = self.screen.svc.formats.when(head.at)
        if session.employee is not None and head.actor_id != session.employee.id:
            actor = session.registers.employee(head.actor_id)
            when = f"{when} {actor.initials if actor else '?'}"
        act = act_label(head.act, found.act, _)
        if found.settings:
            act = f"{act}: {', '.join(setting_label(name).sentence(_) for name in found.settings)}"
        return _("{act} ({when})").format(act=act, when=when)

    @staticmethod
    def _asked(found: Prospect, count: Callable[[int], str]) -> str:
        jobs = len(found.written)
        first = found.written[0]
        name = f"{first.number or ''} {brief(first.subject)}".strip()
        if not name and jobs == 1:
            return _("do it again?") if found.redoes else _("put it back?")
        if jobs > 1 and not found.of_jobs:
            text = _("do {count} rows again?") if found.redoes else _("put back {count} rows?")
        elif found.removes_jobs:
            text = _("take job {job} away again?") if jobs == 1 else _("take {count} jobs away again?")
        elif found.redoes:
            text = _("do it again on {job}?") if jobs == 1 else _("do it again on {count} jobs?")
        else:
            text = _("put back {job}?") if jobs == 1 else _("put back {count} jobs?")
        return text.format(count=count(jobs), job=name)

    async def _done(self, undone: Undone) -> None:
        svc = self.screen.svc
        before = svc.settings
        if undone.act.startswith("settings."):
            svc.settings = await self.screen.ask_service(settings.load)
        await self._then()
        await follow_language(svc, before, svc.settings)
        svc.say(told(undone, self.screen.svc.formats.count, self.screen.session.registers))
