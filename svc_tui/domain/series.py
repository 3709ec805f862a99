"""The running numbers of contacts: which numbers from outside the series follows."""

from __future__ import annotations

from typing import Final

_USUAL: Final = 1_000_000


def follows(number: int, value: int) -> bool:
    """Whether the series goes on above a number that was brought along.

    A phone number or another program's id as a contact's number would make all later ones as long.

    Args:
        number: What a list brought.
        value: Where the series stands.
    """
    return number < max(_USUAL, 10 * value)
