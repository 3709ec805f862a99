"""A proposal to hand out in balance: each move with its reason, and what cannot be helped."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from svc_tui.commands import Where
from svc_tui.domain.planning.balance import Move, Stuck
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.reports.handing import Balanced
from svc_tui.widgets.keys import Key


class Line(NamedTuple):
    """A move that is proposed, or somebody who cannot be helped."""

    job: int
    move: Move | None
    stuck: Stuck | None = None


class BalanceScreen(ListScreen[Line]):
    """Left with the moves that were not taken out: to whom each job goes, by its id."""

    places = frozenset((Where.BALANCE,))

    def __init__(self, found: Balanced, hours: Callable[[int], str]) -> None:
        """
        Args:
            found: The proposal.
            hours: How work is written.
        """
        super().__init__(id="balance")
        self.found = found
        self.hours = hours
        self.taken_out: set[int] = set()

    def heading(self) -> tuple[str, str]:
        moves, stuck = self.found.proposal
        kept = len(moves) - len(self.taken_out)
        told = n_("{count} move", "{count} moves", kept).format(count=kept)
        if stuck:
            told += ", " + n_("{count} person cannot be helped", "{count} people cannot be helped", len(stuck)).format(
                count=len(stuck)
            )
        return _("Balance"), told

    def columns(self) -> list[Column[Line]]:
        return [
            Column("", 1, lambda line: "-" if line.job in self.taken_out and line.move else ""),
            Column(_("No."), 7, lambda line: str(self._number(line) or ""), right=True),
            Column(_("Subject"), 10, self._subject, flex=1),
            Column(_("From"), 4, lambda line: self._initials(_giver(line))),
            Column(_("To"), 4, lambda line: self._initials(line.move.target) if line.move else ""),
            Column(_("Left|board").partition("|")[0], 5, self._left, right=True),
            Column(_("Why"), 14, self.whole, flex=3),
        ]

    def source(self) -> FixedRows[Line]:
        moves, stuck = self.found.proposal
        lines = [Line(move.task.id, move) for move in moves]
        lines += [Line(entry.task.id, None, entry) for entry in stuck]
        return FixedRows(lines, lambda line: (line.move is None, line.job, _giver(line)))

    def whole(self, row: Line) -> str:
        """The reason of a move, or why somebody cannot be helped."""
        if row.stuck is not None:
            return _("{over} h too much before {when}; nobody who may do it has room.").format(
                over=self.hours(row.stuck.over), when=self.svc.formats.when(row.stuck.task.deadline)
            )
        if row.move is None:
            return ""
        saved = [str(self.found.named.get(job, (job, ""))[0]) for job in row.move.saves]
        told = _("{over} h too much; {room} h free there.").format(
            over=self.hours(row.move.over), room=self.hours(max(row.move.room, 0))
        )
        if saved:
            told += " " + n_("In time then: {numbers}.", "In time then: {numbers}.", len(saved)).format(
                numbers=" ".join(saved)
            )
        return told

    def _number(self, line: Line) -> int:
        return self.found.named.get(line.job, (0, ""))[0]

    def _subject(self, line: Line) -> str:
        return self.found.named.get(line.job, (0, ""))[1]

    def _initials(self, who: int) -> str:
        entry = self.session.registers.employee(who)
        return entry.initials if entry is not None else "?"

    def _left(self, line: Line) -> str:
        task = line.move.task if line.move is not None else line.stuck.task if line.stuck is not None else None
        return self.hours(task.left) if task is not None else ""

    async def do_balance_take_out(self, key: Key | None) -> None:
        """Leave the move under the cursor out, or take it in again."""
        line = self.list.current
        if line is None or line.move is None:
            return
        self.taken_out ^= {line.job}
        self.tell_title()
        self.list.drawing.forget()
        self.list.refresh()
        await self.list.move(1)

    async def do_balance_do(self, key: Key | None) -> None:
        """Do every move that was not left out."""
        moves = {
            move.task.id: move.target for move in self.found.proposal.moves if move.task.id not in self.taken_out
        }  # fmt: skip
        if not moves:
            self.say(_("Every move is left out; Esc goes back."))
            return
        await self.svc.back(moves)


def _giver(line: Line) -> int:
    return line.move.source if line.move is not None else line.stuck.responsible if line.stuck is not None else 0
