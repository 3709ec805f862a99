"""Noting that a customer agreed to pay more than was agreed when his device came in."""

from __future__ import annotations

from svc_tui.domain.language.money import parse_amount
from svc_tui.i18n import N_, _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.services.jobs import ceilings
from svc_tui.services.jobs.ceilings import Standing, Way
from svc_tui.widgets.fields import EnumField, ParsedField, TextField
from svc_tui.widgets.form import Form

WAYS = {Way.PHONE: N_("by phone"), Way.MAIL: N_("by mail"), Way.COUNTER: N_("at the counter")}


async def ask_who(screen: BaseScreen, job: int) -> None:
    """Ask who said yes to how much, and how; then say how the job stands."""
    found = await screen.ask_service(ceilings.to_agree, job)
    before = found.standing
    formats = screen.svc.formats
    up_to = ParsedField(
        "up_to", _("Up to, with VAT"), lambda typed: parse_amount(typed, formats.language, "up_to"), formats.amount
    )
    up_to.value = before.comes_to if before.is_over else None
    who = TextField("who", _("Who said yes"), limit=120)
    who.value = found.who
    way = EnumField("way", _("How"), WAYS, Way.PHONE)
    generation = screen.session.generation

    async def save(form: Form) -> object:
        return await screen.ask_service(
            ceilings.approve, job, up_to.value or 0, who.value, way.chosen, read_in=generation
        )

    async def closed(now: Standing | None) -> None:
        if now is not None:
            screen.say(_("Noted: up to {amount} is agreed for job {number}.").format(
                amount=formats.amount(now.limit), number=now.number))  # fmt: skip

    explain = _("Job {number} comes to {amount} with VAT; agreed is {limit}.").format(
        number=before.number, amount=formats.amount(before.comes_to), limit=formats.amount(before.limit)
    )
    await screen.svc.show(FormDialog(_("Customer's yes"), [up_to, who, way], save, explain=explain), closed)
