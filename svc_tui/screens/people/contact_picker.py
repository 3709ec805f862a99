"""Picking a contact (or a person of one) and its role; creating one in place. Picking a product or a device."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from svc_tui.domain.contact_words import kind_of
from svc_tui.domain.entries import Register
from svc_tui.domain.operations import new_operation_key
from svc_tui.domain.records import ContactKind, ContactRow, DeviceRow, LinkRole, ProductRow
from svc_tui.i18n import N_, _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.picker import Option, Picker, Question, Row
from svc_tui.services.people import contacts, towns
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.stock import devices, products
from svc_tui.services.stock.devices import NewDevice
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.form import Form

ROLES = {
    LinkRole.CUSTOMER: N_("customer"),
    LinkRole.SUPPLIER: N_("supplier"),
    LinkRole.PAYER: N_("payer"),
    LinkRole.OTHER: N_("other"),
}
KINDS: dict[ContactKind, str] = {"all": N_("all"), "customer": N_("customers"), "supplier": N_("suppliers")}


def role_picked(options: dict[str, Any]) -> LinkRole:
    """The role a picker's options stand at."""
    return LinkRole(options.get("role", LinkRole.CUSTOMER))


def contact_picker(
    screen: BaseScreen, *, role: LinkRole | None = None, text: str = "", kind: ContactKind = "all"
) -> Picker:
    """A picker over all contacts.

    Args:
        screen: Who asks.
        role: The role the link begins with; None asks for none.
        text: What stands in the search field at first.
        kind: All, customers or suppliers at first.
    """

    async def search(typed: str, options: dict[str, Any]) -> list[Row[ContactRow]]:
        found = await screen.ask_service(contacts.search, typed, options["kind"], persons=True)
        return [_row(contact) for contact in found]

    async def created(typed: str, options: dict[str, Any], done: Callable[[ContactRow], Awaitable[None]]) -> None:
        supplier = options["kind"] == "supplier" or role_picked(options) is LinkRole.SUPPLIER

        known: list[str] = []

        async def close(contact: ContactRow | None) -> None:
            if contact is not None:
                await done(contact)
                if known:
                    screen.say(known[-1])

        is_supplier = supplier and role is not None
        await screen.svc.show(new_contact_dialog(screen, typed, is_supplier=is_supplier, known=known), close)

    options: list[Option[Any]] = [Option("kind", _("Show"), KINDS, kind)]
    if role is not None:
        options.append(Option("role", _("Role"), ROLES, role))
    columns = ((_("Name"), 20, 3), (_("No."), 6, 0), (_("Phone"), 15, 0), (_("Town"), 10, 1), (_("E-mail"), 6, 1))
    return Picker(
        Question(
            _("Choose a contact"), columns, search, tuple(options),
            create=lambda typed: _("+ Create “{text}” as a new contact").format(text=typed),
            created=created, text=text, card=Register.CONTACTS,
        )
    )  # fmt: skip


def _row(contact: ContactRow) -> Row[ContactRow]:
    if contact.person_id is not None:
        return Row(contact, (f"   {contact.person}", "", contact.phone, "", contact.email))
    return Row(contact, (contact.name, str(contact.number), contact.phone, contact.city, contact.email))


_KNOWN = {"phone": N_("phone number"), "email": N_("e-mail address"), "vat_number": N_("VAT number")}


def new_contact_dialog(
    screen: BaseScreen, typed: str, *, is_supplier: bool, known: list[str] | None = None
) -> FormDialog:
    """Asks for a new contact; only the name is required. What was typed goes where it belongs.

    Whoever has the phone, e-mail or VAT number already is told when the field is left; the post code proposes its town.

    Args:
        screen: Who asks.
        typed: What found no contact.
        is_supplier: Whether the new one is a supplier, and not a customer.
        known: Gets what is to be said of the contact once it is made.
    """
    labels = (
        ("name", _("Name")), ("phone", _("Phone")), ("email", _("E-mail")), ("address", _("Address")),
        ("post_code", _("Post code")), ("city", _("Town")), ("vat_number", _("VAT number")),
    )  # fmt: skip
    fields = [TextField(name, label) for name, label in labels]
    begins = kind_of(typed)
    for field in fields:
        if field.name == begins:
            field.value = typed

    def read(form: Form) -> NewContact:
        values = {name: form[name].text for name, _label in labels}
        return NewContact(**values, is_customer=not is_supplier, is_supplier=is_supplier)

    async def left(form: Form, which: Field) -> str:
        if which.name == "post_code" and which.text.strip() and not form["city"].text:
            form["city"].show(await screen.ask_service(towns.town_of, which.text))
            form.repaint_field(form["city"])
        if which.name in _KNOWN and which.text.strip():
            return await told_of(NewContact(**{"name": "", which.name: which.text}))  # type: ignore[arg-type]
        return ""

    async def told_of(contact: NewContact) -> str:
        found = await screen.ask_service(contacts.known_already, contact)
        if found is None:
            return ""
        text = _("Known already: {what} of {name}, {number}.")
        return text.format(what=_(_KNOWN[found.field]), name=found.contact.name, number=found.contact.number)

    key = new_operation_key()

    async def save(form: Form) -> object:
        contact = read(form)
        if known is not None and (text := await told_of(contact)):
            known.append(text)
        return await screen.ask_service(contacts.create, contact, key)

    return FormDialog(
        _("New contact"), fields, save, explain=_("Only the name is needed."),
        at="phone" if typed and begins == "name" else "name", left=left,
    )  # fmt: skip


def product_picker(screen: BaseScreen, text: str = "") -> Picker:
    """A picker over products by code, EAN or name."""

    async def search(typed: str, options: dict[str, Any]) -> list[Row[ProductRow]]:
        formats = screen.svc.formats
        found = await screen.ask_service(products.search, typed)
        return [
            Row(item, (item.code, item.name, item.unit, formats.amount(item.price), formats.quantity(item.stock)))
            for item in found
        ]

    columns = ((_("Code"), 14, 0), (_("Name"), 20, 1), (_("Unit"), 5, 0), (_("Price"), 10, 0), (_("Stock"), 6, 0))
    return Picker(Question(_("Choose a product"), columns, search, text=text, right=(3, 4), card=Register.PRODUCTS))


def device_picker(screen: BaseScreen, owner_id: int | None, text: str = "") -> Picker:
    """A picker over the customer's devices, and any device by its serial number; a new one is asked apart."""

    async def search(typed: str, options: dict[str, Any]) -> list[Row[DeviceRow]]:
        found = await screen.ask_service(devices.search, typed, owner_id)
        return [Row(item, (item.brand, item.model, item.serial)) for item in found]

    async def created(typed: str, options: dict[str, Any], done: Callable[[NewDevice], Awaitable[None]]) -> None:
        async def close(device: NewDevice | None) -> None:
            if device is not None:
                await done(device)

        guess = await screen.ask_service(devices.read_typed, typed)
        await screen.svc.show(new_device_dialog(guess or NewDevice("", "", "")), close)

    columns = ((_("Brand"), 14, 0), (_("Model"), 16, 1), (_("Serial number"), 18, 1))
    return Picker(
        Question(
            _("Choose a device"), columns, search, text=text,
            create=lambda typed: _("+ Register “{text}” as a new device").format(text=typed), created=created,
            empty=_("No device known. Write brand, model and serial number to register one."),
            card=Register.DEVICES,
        )
    )  # fmt: skip


def new_device_dialog(guess: NewDevice) -> FormDialog:
    """Asks for brand, model and serial number of a device, beginning with what a line of text was taken for."""
    fields = [
        TextField("brand", _("Brand"), limit=100),
        TextField("model", _("Model"), limit=100),
        TextField("serial", _("Serial number"), limit=100),
    ]
    for field, text in zip(fields, guess, strict=True):
        field.value = text

    async def save(form: Form) -> object:
        return devices.checked(NewDevice(form["brand"].text, form["model"].text, form["serial"].text))

    first = next((field.name for field in fields if not field.value), "brand")
    return FormDialog(_("New device"), fields, save, at=first, explain=_("Which word is what?"))
