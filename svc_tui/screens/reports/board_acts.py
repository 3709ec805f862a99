"""What is done from the dashboard: work handed out, in balance or as somebody says, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.screens.reports.handing_out import HandingOut
from svc_tui.screens.reports.undo_here import UndoHere
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.services.reports import handing
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.reports.dashboard import Dashboard


class BoardActs:
    """The acts of the dashboard."""

    def __init__(self, screen: Dashboard) -> None:
        self.screen = screen
        self.long = LongAct(screen, screen.bottom.stand)
        self.undo = UndoHere(screen, self.long, screen.read_again)
        self.handing = HandingOut(screen, self.long, screen.read_again)

    async def do_board_hand_out(self, key: Key | None) -> None:
        """Ask to whom jobs of the person under the cursor go, and how many."""
        row = self.screen.list.current
        if row is None or row.kind == "all":
            self.screen.say(_("Put the cursor on a person, or on Nobody, whose jobs are handed out."))
            return
        entry = self.screen.session.registers.employee(row.who)
        named = _("{who}: jobs").format(who=entry.initials if entry else _("Nobody"))
        await self.handing.ask(row.who, named, self.screen.list_code, None, self.screen.loads)

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
        await self.handing.carry_out(plans)
