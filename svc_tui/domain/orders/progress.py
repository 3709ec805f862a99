"""How far an order is: derived from quantities, never set by anybody."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

DEPOSIT: Final = "deposit"
"""The kind of a line of an order that was asked for beforehand."""


class Progress(StrEnum):
    """Where an order is on its way."""

    ORDER = "order"
    DISPATCHED = "dispatched"
    PARTLY = "partly"
    """Some of it is invoiced."""
    INVOICED = "invoiced"
    HANDED = "handed"
    """All of it was handed over to the bookkeeping program."""
    CREDITED = "credited"
    CANCELLED = "cancelled"

    @classmethod
    def _missing_(cls, value: object) -> Progress:
        return cls.ORDER  # another program wrote it; `svc-tui check` names it


class Way(NamedTuple):
    """How far one line is: quantities in thousandths."""

    quantity: int
    dispatched: int = 0
    invoiced: int = 0
    """On invoices and what was handed over, with what was taken back since."""
    credited: int = 0
    """Of that what was taken back."""
    again: int = 0
    """Of that what may be billed again."""
    handed: int = 0
    """Of `invoiced` what was handed over."""

    @property
    def billed(self) -> int:
        """On invoices and not taken back."""
        return self.invoiced - self.credited

    @property
    def left(self) -> int:
        """Still to be billed."""
        return self.quantity - self.invoiced + self.again

    @property
    def to_dispatch(self) -> int:
        """Still to go out."""
        return self.quantity - self.dispatched


def progress(lines: Sequence[Way], *, cancelled: bool) -> Progress:
    """How far an order with these lines is."""
    if cancelled:
        return Progress.CANCELLED
    if any(line.invoiced for line in lines):
        if all(line.billed <= 0 for line in lines if line.invoiced):
            return Progress.CREDITED
        if any(line.left > 0 for line in lines):
            return Progress.PARTLY
        return Progress.HANDED if all(line.handed for line in lines) else Progress.INVOICED
    is_out = bool(lines) and all(line.dispatched >= line.quantity for line in lines)
    return Progress.DISPATCHED if is_out else Progress.ORDER
