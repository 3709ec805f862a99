"""From a job to the card of its customer, its device, a linked contact, or the product of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.entries import Register
from svc_tui.domain.records import DeviceRow
from svc_tui.i18n import _
from svc_tui.services.people import contacts
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class SheetCards:
    """Does it for one sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet

    def _meant(self) -> tuple[Register, int] | None:
        """What stands under the cursor: a link, the product of a line, the device; else the customer."""
        sheet = self.sheet
        if sheet.target is sheet.linked.list and (link := sheet.linked.list.current):
            return Register.CONTACTS, link.contact_id
        line = sheet.product.list.current if sheet.target is sheet.product.list else None
        if line is not None and line.product_id is not None:
            return Register.PRODUCTS, line.product_id
        device, customer = sheet.header.device.value, sheet.header.customer.value
        if sheet.field is sheet.header.device and isinstance(device, DeviceRow):
            return Register.DEVICES, device.id
        return (Register.CONTACTS, customer.id) if customer is not None else None

    async def do_card_open(self, key: Key | None) -> None:
        """Open the card of what the cursor is on; what is not saved in the job stays."""
        meant = self._meant()
        if meant is None:
            self.sheet.say(_("There is no card to open: choose the customer first."))
            return
        await self.sheet.svc.open_card(*meant, self._closed)

    async def _closed(self, saved_id: int | None) -> None:
        """The customer may be called otherwise now."""
        header = self.sheet.header
        customer = header.customer.value
        if saved_id is None or customer is None or header.customer.pending:
            return
        fresh = await self.sheet.ask_service(contacts.get, customer.id)
        if fresh is not None:
            header.customer.put(fresh, fresh.name)
            header.repaint_field(header.customer)
