"""How the shop bills, as a form."""

from __future__ import annotations

from collections.abc import Mapping

from svc_tui.domain.errors import Conflict
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.operations import Values
from svc_tui.domain.orders.terms import days_to_pay
from svc_tui.i18n import N_, _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.services.orders import billing
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, ParsedField, TextField, YesNoField
from svc_tui.widgets.form import Form

PAYMENT_KINDS: Mapping[str, str] = {
    "": N_("none"), "fik71": "FIK +71", "fik75": "FIK +75", "kid": "KID", "ocr": "OCR",
}  # fmt: skip
COINS: Mapping[int, str] = {0: N_("not rounded"), 50: "0,50", 100: "1,00"}


async def billing_form(screen: BaseScreen) -> FormDialog:
    """The form, filled."""
    base = await screen.ask_service(billing.read_billing)

    def label(name: str) -> str:
        return _(FIELD_LABELS[name])

    lines = [TextField(name, label(name), limit=limit) for name, limit in billing.LINES.items()]
    for field in lines:
        field.value = str(getattr(base, field.name))
    terms_text = TextField("terms_text", label("terms_text"), limit=2_000)
    terms_text.value = base.terms_text
    flags = [YesNoField(name, label(name), getattr(base, name)) for name in ("issue_here", "with_vat")]
    terms: ParsedField[int] = ParsedField("terms", label("terms"), days_to_pay, str)
    terms.value = base.terms
    kind = EnumField("payment_kind", label("payment_kind"), PAYMENT_KINDS, base.payment_kind)
    coin = EnumField("smallest_coin", label("smallest_coin"), COINS, base.smallest_coin)
    registers = screen.session.registers
    status: ChoiceField[int] = ChoiceField(
        "dispatched_status", label("dispatched_status"), lambda: registers.choices("status"), none="-"
    )
    status.value = base.dispatched_status
    fields: list[Field] = [*flags, terms, terms_text, kind, *lines, coin, status]

    async def save(form: Form) -> object:
        values: Values = {field.name: field.text for field in (*lines, terms_text)}
        values |= {field.name: field.chosen for field in flags}
        values |= {
            "terms": terms.value or 0, "payment_kind": kind.chosen, "smallest_coin": coin.chosen,
            "dispatched_status": status.value,
        }  # fmt: skip
        await screen.ask_service(billing.save, base, values)
        return True

    async def stored(conflict: Conflict) -> Form | None:
        return None

    explain = _("Issuing invoices here makes the shop answer for its bookkeeping itself; else they are handed over.")
    return FormDialog(_("Billing"), fields, save, explain=explain, stored=stored)
