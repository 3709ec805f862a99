"""The parties of a sheet: its customer, its device and whom it is linked to, and what follows when one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.quoting import filled
from svc_tui.domain.records import ContactRow, DeviceRow, LinkRecord, LinkRole
from svc_tui.i18n import _
from svc_tui.screens.people.contact_picker import role_picked
from svc_tui.screens.sheet import sheet_facts
from svc_tui.screens.sheet.sheet_form import Device, beside, told_apart
from svc_tui.screens.shell.picker import Picked
from svc_tui.services.jobs import intake
from svc_tui.services.people import contacts
from svc_tui.services.stock import devices
from svc_tui.services.stock.devices import NewDevice

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class Parties:
    """Acts on the header and the links of one sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet

    async def customer_chosen(self) -> None:
        """The links and the device follow the customer; what becomes of the device is said."""
        header = self.sheet.header
        header.customer.touched = False
        customer = header.customer.value
        if customer is not None or header.customer.error is None:
            await self._link_customer(customer)
        device = header.device.value
        if customer is None or isinstance(device, NewDevice) or header.device.pending:
            return
        after = await self.sheet.ask_service(devices.after_customer, self.sheet.job.id, device, customer.id)
        if device is not None and after.goes is devices.Goes.MOVES:
            self.sheet.say(filled(_("The device goes along to {customer}."), customer=customer.name))
        elif device is not None and after.goes is devices.Goes.LEAVES:
            # What is stored is not put right by a guess: the device of a job that had another is chosen.
            self._put_device(after.only if self.sheet.job.device is None else None)
            told = _("Taken off, for it belongs to {owner}: {device}").format(owner=after.owner, device=device.label)
            self.sheet.say(told)
        elif device is None and not header.device.text and after.only is not None:
            self._put_device(after.only)
            await self._tell_news(after.only)

    def _put_device(self, device: DeviceRow | None) -> None:
        self.sheet.header.put_device(device)
        self.sheet.header.repaint_field(self.sheet.header.device)

    async def _link_customer(self, customer: ContactRow | None) -> None:
        """Nobody but the header's customer is linked as one, and he as the person that was found."""
        links = self.sheet.linked.links
        linked = [link for link in links if link.role == LinkRole.CUSTOMER]
        own = [link for link in linked if customer is not None and link.contact_id == customer.id]
        if linked and not own:
            links[:] = [link for link in links if link.role != LinkRole.CUSTOMER]
            await self.sheet.linked.redraw()
        if customer is not None and (not own or customer.person_id not in (None, own[0].person_id)):
            await self._add_link(customer, LinkRole.CUSTOMER)
        self.sheet.header.customer.aside = beside(customer, links)
        self.sheet.header.repaint_field(self.sheet.header.customer)

    async def device_chosen(self) -> None:
        header = self.sheet.header
        header.device.touched = False
        device = header.device.value
        if isinstance(device, DeviceRow) and device.owner_id and header.customer.value is None:
            header.put_customer(await self.sheet.ask_service(contacts.get, device.owner_id))
            header.repaint_field(header.customer)
        if isinstance(device, DeviceRow):
            await self._tell_news(device)
        elif isinstance(device, NewDevice):
            await self._tell_new(device)

    async def _tell_news(self, device: DeviceRow) -> None:
        """What the counter should know of a device that comes in: in a line, and never in the way."""
        news = await self.sheet.ask_service(intake.of_device, device.id, self.sheet.job.id)
        if told := sheet_facts.of_device(news, self.sheet.svc.formats):
            self.sheet.say(told)

    async def _tell_new(self, device: NewDevice) -> None:
        """What is made of the text, and whose device has this serial number already."""
        owner = self.sheet.header.customer.value
        known = await self.sheet.ask_service(intake.known_serial, device, owner.id if owner else None)
        told = told_apart(device)
        if known:
            told = _("This serial number is known: {known}. Now {new}").format(known=known, new=told)
        self.sheet.say(told)

    async def customer_picked(self, picked: Picked[ContactRow] | None) -> None:
        if picked is None:
            return
        contact = picked.value
        self.sheet.header.put_customer(contact)
        await self.customer_chosen()
        self.sheet.header.refresh()
        await self.sheet.go(1)

    async def device_picked(self, picked: Picked[Device] | None) -> None:
        if picked is not None:
            self.sheet.header.put_device(picked.value)
            await self.device_chosen()
            self.sheet.header.refresh()
            await self.sheet.go(1)

    async def link_picked(self, picked: Picked[ContactRow] | None) -> None:
        if picked is None:
            return
        contact, role = picked.value, role_picked(picked.options)
        await self._add_link(contact, role)
        if role is LinkRole.CUSTOMER and self.sheet.header.customer.value is None:
            self.sheet.header.put_customer(contact._replace(person_id=None, person=""))
            await self.customer_chosen()
            self.sheet.header.refresh()
        self.sheet.say(filled(_("{contact} is linked; F2 saves it."), contact=contact.person or contact.name))

    async def _add_link(self, contact: ContactRow, role: LinkRole) -> None:
        known = [link for link in self.sheet.linked.links if link.contact_id == contact.id and link.role == role]
        for link in known:
            self.sheet.linked.links.remove(link)
        number = known[0].id if known else min([link.id for link in self.sheet.linked.links] + [0]) - 1
        self.sheet.linked.links.append(
            LinkRecord(
                number,
                contact.id,
                contact.person_id,
                role.value,
                contact.name,
                contact.number,
                contact.person,
                contact.phone,
            )
        )
        await self.sheet.linked.redraw()
