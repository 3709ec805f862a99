"""What an order, an invoice or a credit note comes to: one reckoning for screen, paper, UBL and export.

All money is whole minor units, quantities thousandths, percentages basis points. It is rounded half away from zero,
and in three places only: a line's amount, the VAT of a group, and what is paid in cash. A group is all lines of one
category and rate, in the order in which the first of each stands.

Consistent with EN 16931, rules BR-CO-10 to BR-CO-17, BR-S-08 and BR-S-09 (the names BT-... are those of its model).

* Prices without VAT: a line is quantity by price less its discount; the VAT of a group is taken of the sum of its
  lines less the document's discount, once, never line by line.
* Prices with VAT: the price that the customer saw stands. The VAT is taken out of a group's sum, the net is what is
  left, and the lines' nets share it by the largest remainder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from svc_tui.domain.language.money import WHOLE, line_total, rounded, vat_of

STANDARD: Final = "S"
"""Category of what bears VAT (UNCL5305); others are Z, E, AE, O, K, G."""


class BilledLine(NamedTuple):
    """A line as far as it is reckoned with."""

    quantity: int
    """Negative takes back, as a deposit that was paid."""
    price: int
    """Never negative."""
    discount: int = 0
    rate: int = 2_500
    category: str = STANDARD
    fixed: int | None = None
    """What it comes to where that is known: of a line billed in parts, which sum to the whole."""

    @property
    def amount(self) -> int:
        """Quantity by price less the discount, with VAT or without as the price is.

        Raises:
            Invalid: when it is 10^13 minor units and more.
        """
        return self.fixed if self.fixed is not None else line_total(self.quantity, self.price, self.discount)


class Billed(NamedTuple):
    """A document as far as it is reckoned with."""

    lines: tuple[BilledLine, ...]
    with_vat: bool = False
    """Whether the prices hold the VAT."""
    discount: int = 0
    """On all of it."""
    prepaid: int = 0
    """Money that was received without an invoice of its own."""
    smallest_coin: int = 0
    """To which what is paid in cash is rounded: 50 or 100; 0 where it is not."""


class VatGroup(NamedTuple):
    """All of one category and rate."""

    category: str
    rate: int
    base: int
    vat: int


class Allowance(NamedTuple):
    """What the document's discount takes off a group, without VAT."""

    category: str
    rate: int
    amount: int


class Totals(NamedTuple):
    """What a document comes to."""

    line_nets: tuple[int, ...]
    line_sum: int
    """BT-106."""
    allowances: tuple[Allowance, ...]
    """BG-20."""
    net: int
    """BT-109."""
    groups: tuple[VatGroup, ...]
    """BG-23."""
    vat: int
    """BT-110."""
    gross: int
    """BT-112."""
    prepaid: int
    """BT-113."""
    rounding: int
    """BT-114; bears no VAT."""
    payable: int
    """BT-115."""


def totals(document: Billed) -> Totals:
    """What a document comes to."""
    nets = [line.amount for line in document.lines]
    groups: list[VatGroup] = []
    allowances: list[Allowance] = []
    for (category, rate), places in _groups(document.lines):
        amounts = [nets[place] for place in places]
        group = _with_vat if document.with_vat else _without_vat
        base, vat, lines = group(amounts, rate, document.discount)
        for place, net in zip(places, lines, strict=True):
            nets[place] = net
        groups.append(VatGroup(category, rate, base, vat))
        if cut := sum(lines) - base:
            allowances.append(Allowance(category, rate, cut))
    net, vat = sum(group.base for group in groups), sum(group.vat for group in groups)
    due = net + vat - document.prepaid
    payable = _in_coins(due, document.smallest_coin)
    return Totals(
        tuple(nets), sum(nets), tuple(allowances), net, tuple(groups), vat, net + vat, document.prepaid,
        payable - due, payable,
    )  # fmt: skip


def steps(amount: int, quantity: int, parts: Iterable[int]) -> Iterator[int]:
    """The amounts of a line that is billed, or credited, in parts; all parts together come to the whole.

    Args:
        amount: Of the whole line.
        quantity: Of the whole line, not zero.
        parts: Quantities, one after the other.
    """
    before = so_far = 0
    for part in parts:
        so_far += part
        now = rounded(amount * so_far, quantity) if quantity > 0 else rounded(-amount * so_far, -quantity)
        yield now - before
        before = now


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """A total in whole parts that come to it exactly, by the largest remainder; of equal ones the earlier gets more."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)] if weights else []
    exact = [total * weight for weight in weights]
    parts = [_toward_zero(value, whole) for value in exact]
    left = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda place: (-abs(exact[place] - parts[place] * whole), place))
    for place in order[: abs(left)]:
        parts[place] += 1 if left > 0 else -1
    return parts


_Group = tuple[int, int, list[int]]
"""Its base, its VAT, and the nets of its lines."""


def _without_vat(amounts: list[int], rate: int, discount: int) -> _Group:
    base = sum(amounts) - rounded(sum(amounts) * discount, WHOLE)
    return base, vat_of(base, rate), amounts


def _with_vat(amounts: list[int], rate: int, discount: int) -> _Group:
    whole = sum(amounts)
    left = whole - rounded(whole * discount, WHOLE)
    vat = rounded(left * rate, WHOLE + rate)
    return left - vat, vat, shared(whole - rounded(whole * rate, WHOLE + rate), amounts)


def _groups(lines: Sequence[BilledLine]) -> list[tuple[tuple[str, int], list[int]]]:
    """The places of the lines of each category and rate."""
    found: dict[tuple[str, int], list[int]] = {}
    for place, line in enumerate(lines):
        found.setdefault((line.category, line.rate), []).append(place)
    return list(found.items())


def _in_coins(amount: int, coin: int) -> int:
    return rounded(amount, coin) * coin if coin else amount


def _toward_zero(value: int, divisor: int) -> int:
    quotient = abs(value) // abs(divisor)
    return quotient if (value >= 0) == (divisor > 0) else -quotient
