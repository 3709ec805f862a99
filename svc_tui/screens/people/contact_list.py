"""The list of contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from svc_tui.commands import Where
from svc_tui.domain.columns import CONTACTS
from svc_tui.domain.entries import ContactEntry, Register
from svc_tui.domain.records import ContactRow
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.entry_list import EntryListScreen
from svc_tui.screens.shell.list_description import ListWords
from svc_tui.widgets.keys import Key
from svc_tui.widgets.preview import GAP, Piece
from svc_tui.widgets.row_list import Column

if TYPE_CHECKING:
    from svc_tui.services.jobs.entry_preview import EntryPreview


class ContactList(EntryListScreen[ContactEntry]):
    """Customers, suppliers and other contacts."""

    places = EntryListScreen.places | {Where.MERGED}
    register = Register.CONTACTS
    column_set = CONTACTS

    def heading(self) -> tuple[str, str]:
        return _("Contacts"), self.right_of_title()

    @property
    def words(self) -> ListWords:
        return ListWords(
            none_match=_("No contact matches the filter. Esc clears it."),
            none=_("No contacts yet. Press n for a new one."),
            nothing_after=_("No contact in this list stands at or after that."),
            no_sample=_("No contact to show as a sample."),
        )

    def all_columns(self) -> Mapping[str, Column[ContactEntry]]:
        formats = self.svc.formats
        return {
            "number": Column(_("No."), self.number_width, lambda row: str(row.number), right=True),
            "name": Column(_("Name"), 16, lambda row: row.name, flex=4),
            "phone": Column(_("Phone"), 15, lambda row: row.phone),
            "email": Column(_("E-mail"), 16, lambda row: row.email, flex=1),
            "post_code": Column(_("Post code"), 9, lambda row: row.post_code),
            "city": Column(_("Town"), 10, lambda row: row.city, flex=1),
            "vat": Column(_("VAT number"), 12, lambda row: row.vat_number),
            "kind": Column(_("Kind"), 10, _kind, flex=1),
            "last": Column(_("Last job"), 12, lambda row: formats.list_when(row.last_at) if row.last_at else "",
                           whole=True),
        }  # fmt: skip

    def number_of(self, row: ContactEntry) -> int:
        return row.number

    def name_of(self, row: ContactEntry) -> str:
        return row.name

    def wholly(self, row: ContactEntry) -> tuple[str, str]:
        return _("Name"), row.name

    def how_many(self, count: int) -> str:
        return n_("{count} contact", "{count} contacts", count)

    def told(self, found: EntryPreview) -> list[Piece]:
        values = found.values
        place = " ".join(str(values[name]) for name in ("post_code", "city") if values[name])
        pieces = [
            Piece(_("Contact {number}").format(number=values["number"]), kind="heading"),
            Piece(str(values["name"]), kind="title", most=3),
        ]
        labels = (
            ("phone", _("Phone")),
            ("mobile", _("Mobile")),
            ("email", _("E-mail")),
            ("vat_number", _("VAT number")),
        )
        pieces += [Piece(label, kind="label", value=str(values[name])) for name, label in labels if values[name]]
        pieces += [Piece(str(text)) for text in (values["address"], place) if text]
        if values["note"]:
            pieces += [GAP, Piece(_("Note"), kind="heading"), Piece(str(values["note"]), most=4)]
        if found.persons:
            pieces += [GAP, Piece(_("Contact persons"), kind="heading")]
            pieces += [Piece(person.name, right=person.phone) for person in found.persons]
        if found.devices:
            pieces += [GAP, Piece(_("Devices"), kind="heading")]
            pieces += [Piece(f"{one.brand} {one.model}".strip(), right=one.serial) for one in found.devices]
        return pieces

    async def do_entry_new(self, key: Key | None) -> None:
        """A new contact."""
        from svc_tui.screens.people.contact_picker import new_contact_dialog

        known: list[str] = []

        async def closed(contact: ContactRow | None) -> None:
            if contact is not None:
                await self.refresh_rows(keep=contact.id)
                self.say(" ".join((_("Contact {number} is registered.").format(number=contact.number), *known[-1:])))

        await self.svc.show(new_contact_dialog(self, "", is_supplier=False, known=known), closed)


def _kind(row: ContactEntry) -> str:
    """Customer, supplier, or both; retired where it is."""
    words = [(_("customer"), row.is_customer), (_("supplier"), row.is_supplier), (_("retired"), row.retired)]
    return ", ".join(word for word, is_so in words if is_so)
