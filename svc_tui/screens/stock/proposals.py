"""Jobs whose last part came: what is proposed for each, and Enter does what is ticked; nothing moves before."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.commands import Where
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.jobs import arrivals
from svc_tui.services.jobs.arrivals import Proposal
from svc_tui.widgets.keys import Key


class ProposalsScreen(ListScreen[Proposal]):
    """Left with what was done, as a sentence."""

    places = frozenset((Where.PROPOSED,))

    def __init__(self, found: Sequence[Proposal], told: str) -> None:
        """
        Args:
            found: What is proposed.
            told: Where what came goes.
        """
        super().__init__(id="proposals")
        self.found = list(found)
        self.came = told
        self.ticked = {one.activity for one in found if one.ticked}

    def heading(self) -> tuple[str, str]:
        told = n_("{count} ticked", "{count} ticked", len(self.ticked)).format(count=len(self.ticked))
        return _("All parts are here"), told

    def columns(self) -> list[Column[Proposal]]:
        return [
            Column("", 1, lambda one: "x" if one.activity in self.ticked else ""),
            Column(_("No."), 7, lambda one: str(one.number), right=True),
            Column(_("Subject"), 10, lambda one: one.subject, flex=1),
            Column(_("Becomes"), 14, lambda one: one.status_name, flex=1),
            Column(_("Resp."), 5, self._responsible),
            Column(_("But"), 8, lambda one: _(one.why) if one.why else "", flex=1),
        ]

    def _responsible(self, one: Proposal) -> str:
        employee = self.session.registers.employee(one.responsible)
        return employee.initials if employee else ""

    def source(self) -> FixedRows[Proposal]:
        return FixedRows(self.found, lambda one: one.activity)

    def whole(self, row: Proposal) -> str:
        return self.came

    async def do_proposal_tick(self, key: Key | None) -> None:
        """Move the job under the cursor, or leave it as it is."""
        if (one := self.list.current) is None:
            return
        if one.status is None:
            self.complain(_(one.why).capitalize() + ".")
            return
        self.ticked ^= {one.activity}
        self.tell_title()
        await self.list.reload(self.source())

    async def do_proposal_do(self, key: Key | None) -> None:
        """Give the ticked jobs the status and the responsible shown."""
        chosen = [one for one in self.found if one.activity in self.ticked]
        result = await self.ask_service(arrivals.move, chosen)
        changed = self.svc.formats.count(result.changed)
        text = n_("{count} job changed.", "{count} jobs changed.", result.changed).format(count=changed)
        if result.refused:
            text += " " + result.refused[0].why.brief(_)
        await self.svc.back(text + " " + _("u undoes it."))
