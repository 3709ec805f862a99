"""The dialog that changes one line of the Product tab."""

from __future__ import annotations

from svc_tui.domain.labels import LINE_KIND_LABELS
from svc_tui.domain.language.money import parse_amount, parse_percent, parse_quantity
from svc_tui.domain.records import LineRecord, Payer
from svc_tui.domain.stock import foreseen
from svc_tui.i18n import N_, _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.widgets.fields import EnumField, Field, ParsedField, TextField
from svc_tui.widgets.form import Form

PAYERS: dict[str, str] = {Payer.CUSTOMER: N_("customer"), Payer.SUPPLIER: N_("supplier"), Payer.US: N_("us")}


def line_dialog(screen: BaseScreen, line: LineRecord) -> FormDialog:
    """Asks for everything a line holds; closes with the changed line."""
    formats = screen.svc.formats
    language = formats.language
    text = TextField("text", _("Text"))
    code = TextField("code", _("Code"), limit=60)
    unit = TextField("unit", _("Unit"), limit=20)
    text.value, code.value, unit.value = line.text, line.code, line.unit

    def quantity(name: str, label: str, value: int | None) -> ParsedField[int]:
        field = ParsedField(name, label, lambda typed: parse_quantity(typed, language), formats.quantity)
        field.value = value
        return field

    price = ParsedField("price", _("Unit price"), lambda typed: parse_amount(typed, language), formats.amount)
    price.value = line.price
    discount = ParsedField("discount", _("Discount %"), lambda typed: parse_percent(typed, language), formats.percent)
    discount.value = line.discount
    payer = EnumField("payer", _("Payer"), PAYERS, line.payer)
    kind = EnumField("kind", _("Kind"), LINE_KIND_LABELS, line.kind)
    fields: list[Field] = [
        quantity("planned", _("Planned quantity"), line.planned),
        quantity("used", _("Used quantity"), line.used),
        price,
        discount,
        payer,
        kind,
        code,
        text,
        unit,
    ]

    async def save(form: Form) -> object:
        def number(name: str) -> int | None:
            field = form[name]
            return field.value if isinstance(field, ParsedField) else None

        planned = number("planned")
        written = line._replace(
            price=number("price") or 0, discount=number("discount") or 0, payer=payer.chosen, kind=kind.chosen,
            code=form["code"].text, text=form["text"].text, unit=form["unit"].text,
        )  # fmt: skip
        return foreseen.told(foreseen.changed(written, 1000 if planned is None else planned, number("used")))

    return FormDialog(_("Line: {text}").format(text=line.text or line.code), fields, save)
