"""Jobs that an act left as they are, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.i18n import _
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.jobs.bulk import Refusal


class RefusalsScreen(ListScreen[Refusal]):
    """Which jobs were or will be refused, and why."""

    enter_closes = True

    def __init__(self, refused: Sequence[Refusal], said: str = "") -> None:
        """
        Args:
            refused: The jobs.
            said: What became of the others, when the act is done.
        """
        super().__init__(id="refused")
        self.refused = refused
        self.said = said

    def heading(self) -> tuple[str, str]:
        return _("These were not changed") if self.said else _("These cannot be changed"), self.said

    def columns(self) -> list[Column[Refusal]]:
        return [
            Column(_("No."), 7, lambda entry: str(entry.number or ""), right=True),
            Column(_("Subject"), 14, lambda entry: entry.subject, flex=1),
            Column(_("Why not"), 20, lambda entry: entry.brief(_), flex=4),
        ]

    def source(self) -> FixedRows[Refusal]:
        return FixedRows(self.refused)

    def whole(self, row: Refusal) -> str:
        return row.brief(_)
