"""Handing out from a screen: to whom, what it would do, and doing it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import Any

from svc_tui.domain.planning.away import AbsenceRow
from svc_tui.domain.quoting import brief
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.picker import Picked, Picker, Question, Row
from svc_tui.services.jobs.bulk_records import Plan, Result
from svc_tui.services.reports import handing, outlook
from svc_tui.services.reports.board import Loads
from svc_tui.services.reports.handing import Wish
from svc_tui.services.reports.outlook import Outlook, Receiver

WIDE = 80
"""Columns from which on absences are shown beside people."""


class HandingOut:
    """Asks to whom jobs go, shows what becomes of it, and does it."""

    def __init__(self, screen: BaseScreen, long: LongAct, then: Callable[[], Awaitable[None]]) -> None:
        """
        Args:
            screen: Where it is asked and told.
            long: What does it in the background.
            then: What follows when jobs were handed out.
        """
        self.screen, self.long, self._then = screen, long, then

    async def ask(
        self,
        giver: int | None,
        named: str,
        list_code: str = "",
        jobs: Collection[int] | None = None,
        loads: Loads | None = None,
    ) -> None:
        """Ask to whom.

        Args:
            giver: Whose jobs; None for those that nobody has.
            named: What goes, as the question calls it.
            list_code: Only jobs of this list; empty for all.
            jobs: Which; None for all that are not being worked on, or as many as are asked for with the name.
            loads: Everybody's work against his hours, where it is known already.
        """
        self.long.free()
        found = await self.screen.ask_service(outlook.receivers, loads)
        people = [one for one in found if one.id != giver]

        async def search(typed: str, options: dict[str, Any]) -> Sequence[Row[Wish]]:
            return self._rows(typed, people)

        wide = self.screen.app.size.width >= WIDE
        columns = [(_("Who"), 12, 1), (_("Free h"), 7, 0), (_("Left|board").partition("|")[0], 6, 0), ("!!", 4, 0)]
        columns += [(_("Away|board").partition("|")[0], 24, 0)] if wide else []
        question: Question[Wish] = Question(
            _("{what} to whom? (fa 10, fa 8h)").format(what=named), tuple(columns), search, right=(1, 2, 3),
            empty=_("Nobody here is called so; write initials or a name, and how many: fa 10, or fa 8h."),
        )  # fmt: skip
        await self.screen.svc.show(Picker(question), partial(self._picked, giver, list_code, jobs))

    def _rows(self, typed: str, people: Sequence[Receiver]) -> list[Row[Wish]]:
        """Who may be meant, with most free hours first, and what is wished of him."""
        name, wish = handing.parts_of_wish(typed)
        by_id = {one.id: one for one in people}
        found = handing.meant_by(self.screen.session, name, list(by_id))
        return [Row(wish._replace(target=who), self._cells(by_id[who])) for who in found]

    def _cells(self, one: Receiver) -> tuple[str, ...]:
        formats = self.screen.svc.formats
        entry = self.screen.session.registers.employee(one.id)
        free = formats.hours(one.free) if one.free >= 0 else f"-{formats.hours(-one.free)}"
        cells = (
            f"{entry.initials} {entry.name}" if entry else "?", free if one.load.capacity else "-",
            formats.hours(one.load.left), str(one.load.too_late or ""),
        )  # fmt: skip
        return (*cells, self.away(one.away)) if self.screen.app.size.width >= WIDE else cells

    def away(self, absences: Sequence[AbsenceRow]) -> str:
        """When somebody is away."""
        day = self.screen.svc.formats.day
        return ", ".join(
            day(row.from_at) if day(row.from_at) == day(row.to_at - 1) else f"{day(row.from_at)} - {day(row.to_at - 1)}"
            for row in absences
        )

    async def _picked(
        self, giver: int | None, list_code: str, among: Collection[int] | None, picked: Picked[Wish] | None
    ) -> None:
        if picked is None:
            return
        wish = picked.value
        jobs = await self.screen.ask_service(handing.chosen, giver, wish, list_code, among)
        if not jobs:
            self.screen.say(_("There is nothing to hand out: what is being worked on stays where it is."))
            return
        session = self.screen.session
        await self.long.run(
            lambda told, wanted: outlook.outlook(session, jobs, wish.target), self._seen, _("Looking at"), len(jobs)
        )

    async def _seen(self, seen: Outlook) -> None:
        from svc_tui.screens.reports.hand_out_screen import HandOutScreen

        if not seen.moving:
            why = seen.plan.refused[0].brief(_) if seen.plan.refused else _("Nothing is to be changed.")
            self.screen.complain(why)
            return
        foreseen = await self.screen.ask_service(outlook.foresee, seen)
        await self.screen.svc.show(HandOutScreen(seen, foreseen, self), partial(self._decided, seen))

    async def _decided(self, seen: Outlook, jobs: Collection[int] | None) -> None:
        if jobs:
            await self.carry_out([outlook.only(seen.plan, jobs)])

    async def carry_out(self, plans: list[Plan]) -> None:
        """Do it in one act, and tell what became of it."""
        session = self.screen.session
        await self.long.run(
            lambda told, wanted: handing.hand_out(session, plans, told, wanted),
            self._done,
            _("Handing out"),
            sum(plan.changing for plan in plans),
        )

    async def _done(self, result: Result) -> None:
        await self._then()
        text = n_("{count} job was handed out.", "{count} jobs were handed out.", result.changed).format(
            count=self.screen.svc.formats.count(result.changed)
        )
        if result.changed:
            text += " " + _("u undoes it.")
        if result.refused:
            text += " " + _("{count} stay: {why}").format(
                count=len(result.refused), why=brief(result.refused[0].brief(_))
            )
        self.screen.say(text)
