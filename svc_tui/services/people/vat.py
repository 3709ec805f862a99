"""The VAT rate of the shop."""

from __future__ import annotations

from svc_tui.db.transfer import importing
from svc_tui.services.core.session import Session


def vat_of_shop(session: Session) -> int:
    """The percentage of new products in hundredths: the register's, else that of most hours, else the country's."""
    chosen = session.registers.default_vat_rate()
    if chosen is not None:
        return chosen.on(session.seconds())
    rate = importing.usual_rate_of_hours(session.store)
    if rate is not None:
        return rate
    from svc_tui.domain.transfer.shipped import LANGUAGES, read_registers

    country = session.registers.company.country_code
    rates = {found.company.phone_prefix: found.company.vat for found in map(read_registers, LANGUAGES)}
    return rates.get(country, 2500)
