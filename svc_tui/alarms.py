"""What whoever works here must hear of his own jobs, told between two keys and never into what he writes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from svc_tui.domain import clock
from svc_tui.domain.news import News
from svc_tui.domain.tables import ACTIVITY
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.core.session import Session
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import TitleLine

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application
    from svc_tui.services.reports.alarms import Alarms as Found

BEGIN_AFTER = 3.0
"""Seconds after the start until it is looked for the first time."""
EVERY = 60
"""Seconds after which it is looked again in any case: hours begin and end."""
TICK = 2.0
"""Seconds from one `tick` to the next."""
PUT_OFF = 15 * 60
"""Seconds that `z` puts it off."""
_MOST_NAMED = 3
_ASIDE = "alarms"
_CONCERNING = frozenset(("", "responsible", "status", "promised_at"))
"""Fields of a job on which it depends whether there is something to hear."""


class Alarms:
    """Knows what there is to hear, what was told of it, and until when it is put off."""

    def __init__(self, app: Application) -> None:
        self.app = app
        TitleLine.asides.pop(_ASIDE, None)
        self.is_on = os.environ.get("SVC_TUI_ALARMS") != "off"
        self._session: Session | None = None
        self._since = 0
        self._found: Found | None = None
        self._told: frozenset[tuple[str, int, int]] = frozenset()
        self._put_off_until = 0
        self._has_typed = False
        """Whether a key came since something new was found."""
        self._is_outdated = False
        self._own_acts: list[str] = []
        self._look_at = 0
        """When it is looked again in any case, seconds UTC."""

    def begin(self) -> None:
        """Look for the first time."""
        self._is_outdated = True
        self.tick()

    def tick(self) -> None:
        """Called every few seconds: look where something changed, or time has passed, and tell what is to be told."""
        if not (self.is_on and self.app.is_signed_in):
            return
        acts = list(self.app.store.own_acts)[-1:]
        now = self.app.session.seconds()
        if self._is_outdated or acts != self._own_acts or now >= self._look_at:
            self._is_outdated, self._own_acts, self._look_at = False, acts, now + EVERY
            self.app.background(self._look, "looking for alarms")
        else:
            self._try()

    def heard(self, news: News) -> None:
        """Others changed something: it is looked soon whether it concerns his jobs."""
        self._is_outdated |= news.everything or any(
            table == ACTIVITY.name and field in _CONCERNING for table, field in news.fields
        )

    def key_came(self) -> None:
        """He is there, whatever his hours are."""
        self._has_typed = True

    async def _look(self) -> None:
        from svc_tui.services.reports import alarms

        session = self.app.session
        if session is not self._session:
            since = await self.app.store.run(alarms.begins, session)
            self._session, self._since, self._told, self._put_off_until = session, since, frozenset(), 0
        found = await self.app.store.run(alarms.alarms, session, self._since)
        before = self._open
        self._found = found
        if self._open.names - before.names:
            self._has_typed = False
        if found.next_at is not None:
            self._look_at = min(self._look_at, found.next_at)
        self._count()
        self._try()

    @property
    def _open(self) -> Found:
        """What is still to be told."""
        from svc_tui.services.reports.alarms import Alarms as None_

        return None_() if self._found is None else self._found.without(self._told)

    def _count(self) -> None:
        """How many of his jobs are late stands in the title line."""
        found = self._found
        count = len(found.late) if found is not None else 0
        TitleLine.asides[_ASIDE] = f"!{count}" if count else ""
        for screen in self.app.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.title_line.renew()

    def _try(self) -> None:
        if self._found is None or self._open.is_empty:
            return
        if self.app.session.seconds() < self._put_off_until:
            return
        if not (self._found.in_hours or self._has_typed):
            return  # he does not work now: it is told after his first key
        self.app.between_keys(self._tell)

    async def _tell(self) -> None:
        top, found = self.app.screen, self._open
        if not isinstance(top, BaseScreen) or top.is_writing or top.bottom.is_asking or found.is_empty:
            return
        self._told |= found.names
        top.say(told(self.app, found))

    async def do_alarm_put_off(self, key: Key | None) -> None:
        """Tell nothing for a quarter of an hour, then all of it again."""
        if self._found is None or self._found.is_empty:
            self.app.say(_("There is no alarm to put off."))
            return
        self._told = frozenset()
        self._put_off_until = self.app.session.seconds() + PUT_OFF
        when = f"{clock.local(self._put_off_until):%H:%M}"
        self.app.say(_("Alarms are put off until {when}.").format(when=when))


def told(app: Application, found: Found) -> str:
    """What there is to hear, in a sentence a kind, with how to put it off."""
    count, when = app.formats.count, app.formats.when
    parts: list[str] = []
    for job in found.soon[:1]:
        parts.append(_("{number} is late from {when} on.").format(number=job.number, when=when(job.late_at)))
    if (more := len(found.soon) - 1) > 0:
        parts.append(
            n_("{count} more within the hour.", "{count} more within the hour.", more).format(count=count(more))
        )
    if found.late:
        numbers = ", ".join(str(job.number) for job in found.late[-_MOST_NAMED:])
        parts.append(n_("{count} of yours is late: {numbers}.", "{count} of yours are late: {numbers}.",
                        len(found.late)).format(count=count(len(found.late)), numbers=numbers))  # fmt: skip
    if found.given:
        numbers = ", ".join(str(job.number) for job in found.given[-_MOST_NAMED:])
        givers = {job.by for job in found.given}
        entry = app.session.registers.employee(next(iter(givers))) if len(givers) == 1 else None
        if entry is not None:
            text = n_("{who} handed {count} job to you: {numbers}.", "{who} handed {count} jobs to you: {numbers}.",
                      len(found.given))  # fmt: skip
            parts.append(text.format(who=entry.initials, count=count(len(found.given)), numbers=numbers))
        else:
            text = n_("{count} job was handed to you: {numbers}.", "{count} jobs were handed to you: {numbers}.",
                      len(found.given))  # fmt: skip
            parts.append(text.format(count=count(len(found.given)), numbers=numbers))
    return " ".join((*parts, _("z: later")))
