"""The list of devices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from svc_tui.commands import Where
from svc_tui.domain.columns import DEVICES
from svc_tui.domain.entries import DeviceEntry, Register
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.entry_list import EntryListScreen
from svc_tui.screens.shell.list_description import ListWords
from svc_tui.screens.stock.known_serials import told_of_serial
from svc_tui.services.core.row_saving import Saved
from svc_tui.services.stock import device_card
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key
from svc_tui.widgets.preview import GAP, Piece
from svc_tui.widgets.row_list import Column

if TYPE_CHECKING:
    from svc_tui.services.jobs.entry_preview import EntryPreview


class DeviceList(EntryListScreen[DeviceEntry]):
    """Everything that was in for service. The lock code is never here."""

    places = EntryListScreen.places | {Where.MERGED}
    register = Register.DEVICES
    column_set = DEVICES

    def heading(self) -> tuple[str, str]:
        return _("Devices"), self.right_of_title()

    @property
    def words(self) -> ListWords:
        return ListWords(
            none_match=_("No device matches the filter. Esc clears it."),
            none=_("No devices yet. Press n for a new one."),
            nothing_after=_("No device in this list stands at or after that."),
            no_sample=_("No device to show as a sample."),
        )

    def all_columns(self) -> Mapping[str, Column[DeviceEntry]]:
        formats = self.svc.formats

        def warranty(row: DeviceEntry) -> str:
            ends = [end for end in (row.warranty_parts_until, row.warranty_labour_until) if end]
            return formats.day(max(ends)) if ends else ""

        return {
            "name": Column(_("Device"), 16, _name, flex=3),
            "serial": Column(_("Serial no."), 14, lambda row: row.serial, flex=1),
            "owner": Column(_("Owner"), 12, lambda row: row.owner, flex=2),
            "shelf": Column(_("Shelf"), 6, lambda row: row.shelf),
            "warranty": Column(_("Warranty"), 10, warranty, whole=True),
            "last": Column(_("Last job"), 12, lambda row: formats.list_when(row.last_at) if row.last_at else "",
                           whole=True),
        }  # fmt: skip

    def name_of(self, row: DeviceEntry) -> str:
        return " ".join(part for part in (row.name, row.serial) if part)

    def wholly(self, row: DeviceEntry) -> tuple[str, str]:
        return _("Device"), _name(row)

    def how_many(self, count: int) -> str:
        return n_("{count} device", "{count} devices", count)

    def told(self, found: EntryPreview) -> list[Piece]:
        values, day = found.values, self.svc.formats.day
        pieces = [
            Piece(f"{values['brand']} {values['model']}".strip(), kind="title", most=2),
            Piece(str(values["serial"])),
        ]
        if found.contact is not None:
            pieces += [GAP, Piece(found.contact.name, kind="title"), Piece(found.contact.phone)]
        labels = (("accessories", _("Accessories")), ("condition", _("Condition")), ("shelf", _("Shelf")))
        pieces += [Piece(label, kind="label", value=str(values[name])) for name, label in labels if values[name]]
        ends = (("warranty_parts_until", _("Parts until")), ("warranty_labour_until", _("Labour until")))
        pieces += [
            Piece(label, kind="label", value=day(int(values[name] or 0))) for name, label in ends if values[name]
        ]
        if values["note"]:
            pieces += [GAP, Piece(_("Note"), kind="heading"), Piece(str(values["note"]), most=4)]
        return [piece for piece in pieces if piece.text or piece is GAP]

    async def do_entry_new(self, key: Key | None) -> None:
        """A new device, whose owner is not known yet."""
        fields = [
            TextField("brand", _("Brand"), limit=100),
            TextField("model", _("Model"), limit=100),
            TextField("serial", _("Serial number"), limit=100),
            TextField("shelf", _("Shelf"), limit=60),
        ]
        card = device_card.new_card(self.session)
        edit = device_card.DeviceEdit(card, card.values)

        known: list[str] = []

        async def left(form: Form, which: Field) -> str:
            return await told_of_serial(self, which.text) if which.name == "serial" else ""

        async def save(form: Form) -> object:
            values = card.values | {field.name: field.text for field in form.fields}
            known[:] = filter(None, [await told_of_serial(self, form["serial"].text)])
            return await self.ask_service(device_card.save, device_card.DeviceEdit(card, values, edit.operation_key))

        async def closed(saved: Saved | None) -> None:
            if saved is not None:
                await self.refresh_rows(keep=saved.id)
                self.say(" ".join((_("The device is registered."), *known)))

        explain = _("Brand or serial number is needed.")
        await self.svc.show(FormDialog(_("New device"), fields, save, explain=explain, left=left), closed)


def _name(row: DeviceEntry) -> str:
    return f"{row.name} ({_('retired')})" if row.retired else row.name
