"""How many days a payer has."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.numbers import read_number

LONGEST: Final = 365
_REFUSED: Final = N_("The days to pay are 0 to 365.")


def days_to_pay(text: str) -> int:
    """The days that were typed.

    Raises:
        Invalid: when it is no number of days, or of too many.
    """
    return read_number(text, "terms", largest=LONGEST, refusal=_REFUSED)


def checked_terms(days: object) -> int:
    """The days as they may be stored.

    Raises:
        Invalid: when they are below zero, or too many.
    """
    found = days if isinstance(days, int) else 0
    if not 0 <= found <= LONGEST:
        raise Invalid(_REFUSED, field="terms")
    return found
