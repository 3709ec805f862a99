"""From a job to service orders of it, and to the device that is lent while it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class SheetOrders:
    """Does it for one sheet; what is not saved in the job is saved before."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet

    async def do_order_make(self, key: Key | None) -> None:
        """Service orders of what was used."""
        from svc_tui.screens.orders.make_orders import make_orders

        if (job := await self._saved()) is not None:
            await make_orders(self.sheet, [job], self._read_again)

    async def do_loan_lend(self, key: Key | None) -> None:
        """Lend a device with this job, or take it back."""
        from svc_tui.screens.orders.loans import lend

        if (job := await self._saved()) is not None:
            await lend(self.sheet, job)

    async def do_job_approve(self, key: Key | None) -> None:
        """Note that the customer agreed to more than the ceiling."""
        from svc_tui.screens.orders.approving import ask_who

        if (job := await self._saved()) is not None:
            await ask_who(self.sheet, job)

    async def _saved(self) -> int | None:
        """The job as it is stored; None when it could not be saved."""
        sheet = self.sheet
        if sheet.is_changed or sheet.record.id is None:
            if not await sheet.save():
                return None
            await sheet.show_saved()
        if sheet.record.id is None:
            sheet.say(_("Save the job first (F2)."))
        return sheet.record.id

    async def _read_again(self) -> None:
        if self.sheet.record.id is not None:
            await self.sheet.show_stored(self.sheet.record.id)
