"""The list of products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from svc_tui.domain.columns import PRODUCTS
from svc_tui.domain.entries import ProductEntry, Register
from svc_tui.domain.labels import LINE_KIND_LABELS
from svc_tui.domain.records import LineKind
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.entry_list import EntryListScreen
from svc_tui.screens.shell.list_description import ListWords
from svc_tui.services.core.row_saving import Saved
from svc_tui.services.stock import product_card
from svc_tui.widgets.fields import ParsedField, TextField
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key
from svc_tui.widgets.preview import GAP, Piece
from svc_tui.widgets.row_list import Column

if TYPE_CHECKING:
    from svc_tui.services.jobs.entry_preview import EntryPreview


class ProductList(EntryListScreen[ProductEntry]):
    """Parts, resources, hours and texts."""

    register = Register.PRODUCTS
    column_set = PRODUCTS

    def heading(self) -> tuple[str, str]:
        return _("Products"), self.right_of_title()

    @property
    def words(self) -> ListWords:
        return ListWords(
            none_match=_("No product matches the filter. Esc clears it."),
            none=_("No products yet. Press n for a new one."),
            nothing_after=_("No product in this list stands at or after that."),
            no_sample=_("No product to show as a sample."),
        )

    def all_columns(self) -> Mapping[str, Column[ProductEntry]]:
        formats = self.svc.formats
        return {
            "code": Column(_("Code"), 14, lambda row: row.code),
            "name": Column(_("Name"), 16, _name, flex=4),
            "group": Column(_("Group"), 10, lambda row: row.product_group, flex=1),
            "unit": Column(_("Unit"), 5, lambda row: row.unit),
            "price": Column(_("Price"), 10, lambda row: formats.amount(row.price), right=True),
            "cost": Column(_("Cost"), 10, lambda row: formats.amount(row.cost), right=True),
            "stock": Column(_("Stock"), 7, lambda row: _stock(row, formats), right=True),
            "supplier": Column(_("Supplier"), 12, lambda row: row.supplier, flex=1),
            "supplier_code": Column(_("Supplier's code"), 15, lambda row: row.supplier_code),
            "ean": Column(_("EAN"), 13, lambda row: row.ean),
            "kind": Column(_("Kind"), 8, lambda row: _(LINE_KIND_LABELS.get(row.kind, ""))),
        }

    def name_of(self, row: ProductEntry) -> str:
        return f"{row.code} {row.name}".strip()

    def wholly(self, row: ProductEntry) -> tuple[str, str]:
        return _("Name"), _name(row)

    def how_many(self, count: int) -> str:
        return n_("{count} product", "{count} products", count)

    def told(self, found: EntryPreview) -> list[Piece]:
        values, formats = found.values, self.svc.formats
        pieces = [Piece(str(values["code"]), kind="heading"), Piece(str(values["name"]), kind="title", most=4)]
        amounts = (("price", _("Price")), ("cost", _("Cost")))
        pieces += [Piece(label, right=formats.amount(int(values[name] or 0))) for name, label in amounts]
        pieces.append(Piece(_("VAT %"), right=formats.percent(product_card.percent_of(self.session, values))))
        pieces.append(
            Piece(_("Stock"), right=f"{formats.quantity(int(values['stock'] or 0))} {values['unit']}".strip())
        )
        labels = (("ean", _("EAN")), ("product_group", _("Group")), ("supplier_code", _("Supplier's code")))
        pieces += [Piece(label, kind="label", value=str(values[name])) for name, label in labels if values[name]]
        if found.contact is not None:
            pieces += [GAP, Piece(found.contact.name, kind="title"), Piece(found.contact.phone)]
        return pieces

    async def do_entry_new(self, key: Key | None) -> None:
        """A new product."""
        from svc_tui.domain.language import money

        language = self.session.language
        price = ParsedField[int](
            "price", _("Price"), lambda typed: money.parse_amount(typed, language), self.svc.formats.amount
        )
        fields = [
            TextField("code", _("Code"), limit=60), TextField("name", _("Name"), limit=300),
            TextField("ean", _("EAN"), limit=20), TextField("unit", _("Unit"), limit=20), price,
        ]  # fmt: skip
        card = product_card.new_card(self.session)
        key_of_act = product_card.ProductEdit(card, card.values).operation_key

        async def save(form: Form) -> object:
            values = card.values | {field.name: field.text for field in form.fields if field is not price}
            values["price"] = price.value or 0
            return await self.ask_service(
                product_card.save, product_card.ProductEdit(card, values, operation_key=key_of_act)
            )

        async def closed(saved: Saved | None) -> None:
            if saved is not None:
                await self.refresh_rows(keep=saved.id)
                self.say(_("The product is registered."))

        dialog = FormDialog(_("New product"), fields, save, explain=_("Code and name are needed."))
        await self.svc.show(dialog, closed)


def _stock(row: ProductEntry, formats: Formats) -> str:
    """Pieces in stock; nothing for hours and the like, of which there are no pieces."""
    return formats.quantity(row.stock) if row.stock or row.kind == LineKind.PART else ""


def _name(row: ProductEntry) -> str:
    return f"{row.name} ({_('retired')})" if row.retired else row.name
