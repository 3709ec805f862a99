"""The card of a product: header, the jobs it is used in, history."""

from __future__ import annotations

from dataclasses import replace

from svc_tui.commands import Command, Where
from svc_tui.domain.entries import Register
from svc_tui.domain.language.money import parse_amount, parse_percent, parse_quantity
from svc_tui.domain.operations import Values
from svc_tui.domain.records import HistoryRow, LineKind
from svc_tui.domain.registers import Choice
from svc_tui.i18n import N_, _
from svc_tui.screens.history.history_pane import HistoryPane
from svc_tui.screens.people.contact_picker import contact_picker
from svc_tui.screens.people.entry_card import EntryCard
from svc_tui.screens.people.entry_fields import choice, flag, line, number, one_of, reference
from svc_tui.screens.people.entry_panes import JobsPane
from svc_tui.screens.shell.panes import FieldsPane
from svc_tui.screens.shell.picker import Picked
from svc_tui.screens.shell.record_kind import Words
from svc_tui.services.core.row_saving import Saved
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.people import contacts
from svc_tui.services.stock import product_card
from svc_tui.services.stock.product_card import LINES, ProductCard, ProductEdit
from svc_tui.widgets.fields import ChoiceField, Field, Found, LookupField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key

TABS = {"jobs": N_("Jobs"), "misc": N_("Misc."), "history": N_("History")}
KINDS = {
    LineKind.PART.value: N_("part"), LineKind.RESOURCE.value: N_("resource"), LineKind.HOURS.value: N_("hours"),
    LineKind.TEXT.value: N_("text"),
}  # fmt: skip


class ProductCardScreen(EntryCard[ProductCard]):
    """A product."""

    places = frozenset((Where.CARD, Where.RECORD, Where.FORM))
    register = Register.PRODUCTS
    words = Words(
        gone=N_("This product is gone."),
        gone_by=N_("This product is gone: {who} took it away."),
        not_restored=N_("The shop was put back to an earlier state, in which this product is not."),
        new_offered=N_("F11 makes a new product of what stands here."),
        is_new=N_("This is a new product already: save it (F2)."),
        made_new=N_("A new product of what stood here: F2 saves it."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.record = ProductCard(None, 0, {})
        self.tab = "jobs"

    def prepare(self) -> None:
        """Make the parts that need to know the session; once, before the first product is shown."""
        language, formats = self.session.language, self.svc.formats
        self.supplier: LookupField[tuple[int, str]] = LookupField("supplier", _("Supplier"), self._find_supplier)
        self.vat: ChoiceField[int] = ChoiceField("vat", _("VAT"), self._rates, none=_("own"))
        self.vat.register = "vat"
        head = [
            line("code", LINES["code"]), one_of("kind", KINDS), line("name", LINES["name"]),
            line("ean", LINES["ean"]), line("unit", LINES["unit"]),
            number("price", lambda text: parse_amount(text, language), formats.amount, empty=0),
            number("cost", lambda text: parse_amount(text, language), formats.amount, empty=0),
            choice(self.vat), line("product_group", LINES["product_group"]), reference(self.supplier),
            line("supplier_code", LINES["supplier_code"], called=_("Their code")),
        ]  # fmt: skip

        def quantity_of(text: str) -> int:
            return parse_quantity(text, language)

        rare = [
            number(
                "vat_rate", lambda text: parse_percent(text, language), formats.percent, empty=0, called=_("Own VAT %")
            ),
            flag("tracked", _("Stock tracked")),
            number("stock", quantity_of, formats.quantity, empty=0, called=_("On hand")),
            number("minimum", quantity_of, formats.quantity, empty=0),
            line("shelf", LINES["shelf"]),
            flag("retired", _("Retired")),
        ]  # fmt: skip
        self.bound = [*head, *rare]
        places = [(0, 0), (0, 1), (1, None), (2, 0), (2, 1), (3, 0), (3, 1), (4, 0), (4, 1), (5, 0), (5, 1)]
        slots = [Slot(bound.field, *place) for bound, place in zip(head, places, strict=True)]
        self.header = Form(slots, label_width=12, right_label_width=12, id="header")
        misc = Form([Slot(bound.field, place) for place, bound in enumerate(rare)], label_width=12, id="misc")
        self.panes = {
            "jobs": JobsPane(self, self.register, _("No job uses this product.")), "misc": FieldsPane(misc),
            "history": HistoryPane(self, _changes),
        }  # fmt: skip

    def _rates(self) -> list[Choice[int]]:
        """The rates of the register, each with its percentage of today."""
        registers, at = self.session.registers, self.session.seconds()
        offered = [(one, registers.vat_rate(one.id)) for one in registers.choices("vat", retired=True)]
        used = self.record.values.get("vat")
        return [
            one._replace(label=f"{one.label} ({self.svc.formats.percent(rate.on(at))} %)")
            for one, rate in offered
            if rate is not None and (not rate.retired or rate.id == used)
        ]

    async def _find_supplier(self, text: str) -> list[Found[tuple[int, str]]]:
        found = await self.ask_service(contacts.search, text, "supplier", 20)
        return [Found((one.id, one.name), one.name, one.city or one.phone) for one in found]

    # -- what a product is -----------------------------------------------------------------------------------

    def read(self, session: Session, record_id: int) -> ProductCard:
        return product_card.open_card(session, record_id)

    def begun(self) -> ProductCard:
        return product_card.new_card(self.session)

    def fill_header(self, record: ProductCard) -> None:
        super().fill_header(record)
        if record.supplier is not None:
            self.supplier.put((record.supplier.id, record.supplier.name), record.supplier.name)
        self.header.refresh()

    def seen(self, record: ProductCard, values: Values) -> ProductCard:
        return replace(record, values=values)

    def called(self) -> str:
        return str(self.values()["name"])

    async def keep_card(self) -> Saved:
        return await self.ask_service(
            product_card.save, ProductEdit(self.record, self.values(), operation_key=self.edit_key)
        )

    def title_told(self) -> tuple[str, str]:
        if self.record.id is None:
            return _("New product"), ""
        values = self.record.values
        return _("Product {code} · {name}").format(code=values["code"], name=values["name"]), ""

    def tab_label(self, name: str) -> str:
        return _(TABS[name])

    # -- what follows ----------------------------------------------------------------------------------------

    async def look_up(self, field: Field | None, key: Key | None) -> None:
        if field is self.supplier:
            text = self.supplier.text if self.supplier.pending or self.supplier.error else ""
            await self.svc.show(contact_picker(self, text=text, kind="supplier"), self._supplier_picked)
        else:
            await super().look_up(field, key)

    async def _supplier_picked(self, picked: object) -> None:
        if isinstance(picked, Picked):
            self.supplier.put((picked.value.id, picked.value.name), picked.value.name)
            self.supplier.touched = True
            self.header.repaint_field(self.supplier)

    def named(self) -> tuple[Register, int] | None:
        return (Register.CONTACTS, self.supplier.value[0]) if self.supplier.value is not None else None

    def is_idle(self, command: Command) -> bool:
        return command.id == "activity.new" or super().is_idle(command)

    async def do_card_merge(self, key: Key | None) -> None:
        """Products are not merged: what was sold under a code stays under it."""
        self.say(_("Products are not merged: retire the one that is too many."))

    async def do_activity_new(self, key: Key | None) -> None:
        """A job begins from a contact or a device, not from a product."""
        self.say(_("A job begins from a contact or a device: its lines take the product."))


def _changes(session: Session, card: ProductCard) -> list[HistoryRow]:
    return history.of_rows(session, {"product": [card.id or 0]})
