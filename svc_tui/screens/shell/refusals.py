"""Jobs that an act left as they are, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.services.jobs.bulk import Refusal
from svc_tui.widgets.row_list import Column, FixedRows, RowList


class RefusalsScreen(BaseScreen):
    """Which jobs were or will be refused, and why."""

    enter_closes = True

    def __init__(self, refused: Sequence[Refusal], said: str = "") -> None:
        """
        Args:
            refused: The jobs.
            said: What became of the others, when the act is done.
        """
        super().__init__()
        self.refused = refused
        self.said = said
        columns = [
            Column[Refusal](_("No."), 7, lambda entry: str(entry.number or ""), right=True),
            Column[Refusal](_("Subject"), 14, lambda entry: entry.subject, flex=1),
            Column[Refusal](_("Why not"), 20, lambda entry: entry.brief(_), flex=4),
        ]
        self.list: RowList[Refusal] = RowList(columns, id="refused")
        self.list.on_move = self._tell

    def compose_body(self) -> ComposeResult:
        yield self.list

    async def opened(self) -> None:
        self.title_line.tell(_("These were not changed") if self.said else _("These cannot be changed"), self.said)
        self.focus_on(self.list)
        await self.list.show(FixedRows(self.refused))

    async def _tell(self) -> None:
        """The whole reason: in its column it may be cut off."""
        if (current := self.list.current) is not None:
            self.bottom.stand(current.brief(_))

    def path(self) -> list[Step]:
        return [(self.list, None)]
