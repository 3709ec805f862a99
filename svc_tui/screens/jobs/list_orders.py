"""From a list of jobs to service orders of those selected, and to a device that is lent with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.screens.jobs.list_about import about_now, the_row
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen


class ListOrders:
    """Does it for one list."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen

    async def do_order_make(self, key: Key | None) -> None:
        """Service orders of the jobs selected, else of the one under the cursor."""
        from svc_tui.screens.orders.make_orders import make_orders

        about = about_now(self.screen)
        if about is None:
            return
        if about.selection.query is not None:
            self.screen.say(_("Select the jobs of one order one by one (Space)."))
            return
        await make_orders(self.screen, list(about.selection.ids), self.screen.refresh_rows)

    async def do_loan_lend(self, key: Key | None) -> None:
        """Lend a device with the job under the cursor, or take it back."""
        from svc_tui.screens.orders.loans import lend

        if (row := the_row(self.screen)) is not None:
            await lend(self.screen, row.id)

    async def do_job_approve(self, key: Key | None) -> None:
        """Note that the customer of the job under the cursor agreed to more."""
        from svc_tui.screens.orders.approving import ask_who

        if (row := the_row(self.screen)) is not None:
            await ask_who(self.screen, row.id)
