"""What is done from the dashboard: work handed out, in balance or as somebody says, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from svc_tui.domain.quoting import brief, filled
from svc_tui.i18n import _, n_
from svc_tui.screens.reports.undo_here import UndoHere
from svc_tui.screens.shell.long_act import LongAct, on_yes
from svc_tui.services.jobs.bulk_records import Plan, Result
from svc_tui.services.reports import handing
from svc_tui.services.reports.handing import Effect, Handing
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.reports.board_figures import Row
    from svc_tui.screens.reports.dashboard import Dashboard


class BoardActs:
    """The acts of the dashboard."""

    def __init__(self, screen: Dashboard) -> None:
        self.screen = screen
        self.long = LongAct(screen, screen.bottom.stand)
        self.undo = UndoHere(screen, self.long, screen.read_again)

    async def do_board_hand_out(self, key: Key | None) -> None:
        """Ask to whom jobs of the person under the cursor go, and how many."""
        row = self.screen.list.current
        if row is None or row.kind == "all":
            self.screen.say(_("Put the cursor on a person, or on Nobody, whose jobs are handed out."))
            return
        self.long.free()
        question = _("{who}: jobs to (fa 10, fa 8h, fa: all)").format(who=self._called(row))
        self.screen.ask_text(TextField("responsible", question, limit=60), partial(self._asked, row))

    def _called(self, row: Row) -> str:
        entry = self.screen.session.registers.employee(row.who)
        return entry.initials if entry is not None else _("Nobody")

    async def _asked(self, row: Row, which: Field) -> None:
        wish = await self.screen.ask_service(handing.read_wish, which.text)
        jobs = await self.screen.ask_service(handing.chosen, row.who, wish, self.screen.list_code)
        if not jobs:
            self.screen.say(_("There is nothing to hand out: what is being worked on stays where it is."))
            return
        session, target = self.screen.session, wish.target
        await self.long.run(
            lambda told, wanted: handing.prospect(session, jobs, target),
            partial(self._foreseen, target),
            _("Looking at"),
            len(jobs),
        )

    async def _foreseen(self, target: int, found: Handing) -> None:
        """Say what becomes of everybody's hours, and ask."""
        plan = found.plan
        if not plan.changing:
            self.screen.complain(plan.refused[0].brief(_) if plan.refused else _("Nothing is to be changed."))
            return
        entry = self.screen.session.registers.employee(target)
        text = filled(
            n_("Give {count} job to {name}?", "Give {count} jobs to {name}?", plan.changing),
            count=self.screen.svc.formats.count(plan.changing), name=entry.name if entry else "?",
        )  # fmt: skip
        told = [text, *(self.told(effect) for effect in found.effects)]
        if plan.refused:
            told.append(_("{count} stay: {why}").format(count=len(plan.refused), why=plan.refused[0].brief(_)))
        self.screen.ask_letter(" ".join(told), on_yes(partial(self.carry_out, [plan])))

    def told(self, effect: Effect) -> str:
        """What an act does to one person: his hours, what comes too late, when he is away."""
        entry = self.screen.session.registers.employee(effect.responsible)
        hours, before, after = self.screen.figures.hours, effect.before, effect.after
        text = _("{who}: {before} -> {after} of {capacity} h, too late {late} -> {later}.").format(
            who=entry.initials if entry else "?", before=hours(before.due), after=hours(after.due),
            capacity=hours(after.capacity or 0), late=before.too_late, later=after.too_late,
        )  # fmt: skip
        for row in effect.away:
            day = self.screen.svc.formats.day
            text += " " + _("Away {begin} - {end}.").format(begin=day(row.from_at), end=day(row.to_at - 1))
        return text

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
        await self.screen.read_again()
        text = n_("{count} job was handed out.", "{count} jobs were handed out.", result.changed).format(
            count=self.screen.svc.formats.count(result.changed)
        )
        if result.refused:
            text += " " + _("{count} stay: {why}").format(
                count=len(result.refused), why=brief(result.refused[0].brief(_))
            )
        self.screen.say(text)

    async def do_board_balance(self, key: Key | None) -> None:
        """Propose moves after which nobody has more promised than he can do."""
        session = self.screen.session
        await self.long.run(
            lambda told, wanted: handing.proposal(session), self._proposed, _("Reckoning a balance")
        )  # fmt: skip

    async def _proposed(self, found: handing.Balanced) -> None:
        from svc_tui.screens.reports.balance import BalanceScreen

        if not found.proposal.moves and not found.proposal.stuck:
            self.screen.say(_("Nobody has more promised than can be done: there is nothing to move."))
            return
        await self.screen.svc.show(BalanceScreen(found, self.screen.figures.hours), self._chosen)

    async def _chosen(self, moves: Mapping[int, int] | None) -> None:
        if not moves:
            return
        plans = await self.screen.ask_service(handing.plans, moves)
        await self.carry_out(plans)
