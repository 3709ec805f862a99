"""The VAT that lines bear, and the rate of the shop."""

from __future__ import annotations

from typing import Final, NamedTuple

from svc_tui.db.transfer import importing
from svc_tui.domain.orders.totals import STANDARD
from svc_tui.services.core.session import Session

NO_RATE: Final = "Z"
"""The category of what bears VAT at no percent."""


class Bears(NamedTuple):
    """What a line's product says of its VAT."""

    entry: int | None
    """Its rate in the register; None where it has a percentage of its own."""
    percent: int | None
    """Its own, in hundredths; None for a line without product."""
    category: str


def borne(session: Session, bears: Bears, usual: int) -> tuple[int, str]:
    """The rate in hundredths of a percent and the category of a line, today.

    Args:
        session: Whose registers hold the rates.
        bears: What the product says.
        usual: The rate of a line without product.
    """
    rate = usual
    if bears.percent is not None:
        rate = session.registers.vat_percent(bears.entry, bears.percent, session.seconds())
    return rate, NO_RATE if not rate and bears.category == STANDARD else bears.category


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
