"""What is done to the lines and the links of a sheet; all of it is saved with the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svc_tui.domain.records import LinkRole, ProductRow
from svc_tui.i18n import _
from svc_tui.screens.line_dialog import line_dialog
from svc_tui.screens.picker import Picked
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.activity_sheet import ActivitySheetScreen


class SheetLines:
    """Acts on the tables of one sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet

    async def add_part(self, *, stay: bool) -> None:
        """Add what stands in the quick line; `stay` there for the next part."""
        sheet = self.sheet
        typed = sheet.product.part.text
        await sheet.product.part.commit()
        line = await sheet.product.add(typed)
        formats = sheet.svc.formats
        text = " · ".join(
            part for part in (line.code, line.text, formats.quantity(line.quantity), formats.amount(line.price)) if part
        )
        sheet.tell_title()
        if not stay:
            await sheet.go(1)
        sheet.say(_("Added: {text}").format(text=text))

    async def product_picked(self, picked: Picked[ProductRow] | None) -> None:
        """A product was chosen in the picker of the quick line."""
        if picked is not None:
            part = self.sheet.product.part
            typed = part.text
            part.put(picked.value, picked.value.name)
            await self.sheet.product.add(typed)
            self.sheet.tell_title()

    # -- commands ------------------------------------------------------------------------------------------

    async def do_line_edit(self, key: Key | None) -> None:
        """Change the line under the cursor; on the tab strip, go into the tab."""
        sheet = self.sheet
        if sheet.target is sheet.strip:
            await sheet.go(1)
            return
        line = sheet.product.list.current if sheet.target is sheet.product.list else None
        if line is None:
            return

        async def closed(changed: Any) -> None:
            if changed is not None:
                rows = sheet.product.lines
                rows[rows.index(line)] = changed
                await sheet.product.redraw(changed.id)
                sheet.tell_title()

        await sheet.svc.show(line_dialog(sheet, line), closed)

    async def do_line_remove(self, key: Key | None) -> None:
        """Take the line or the link under the cursor away; saved with the sheet."""
        sheet = self.sheet
        if sheet.target is sheet.product.list and (line := sheet.product.list.current):
            if line.order_id is not None:
                sheet.complain(_("This line went to a service order and is locked."))
                return
            sheet.product.lines.remove(line)
            await sheet.product.redraw()
            sheet.tell_title()
        elif sheet.target is sheet.linked.list and (link := sheet.linked.list.current):
            sheet.linked.links.remove(link)
            customer = sheet.header.customer.value
            if link.role == LinkRole.CUSTOMER and customer is not None and customer.id == link.contact_id:
                sheet.header.put_customer(None)
                sheet.header.refresh()
            await sheet.linked.redraw()
