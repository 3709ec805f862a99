"""What a part of a line comes to, so that all parts together come to the whole, in whatever order they are billed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from svc_tui.domain.language.money import rounded
from svc_tui.domain.orders.totals import Allowance, Totals, VatGroup, shared


def next_part(amount: int, quantity: int, before: int, paid: int, part: int) -> int:
    """The amount of the next part of a line.

    Args:
        amount: Of the whole line, not below zero.
        quantity: Of the whole line, above zero.
        before: Quantity of the parts that stand.
        paid: What those come to.
        part: Quantity of this one.
    """
    return rounded(amount * (before + part), quantity) - paid


class Creditable(NamedTuple):
    """A line of an invoice as far as it is taken back."""

    quantity: int
    amount: int
    credited: int
    """Quantity taken back."""
    credited_amount: int
    reduced: int
    """Of that what was a reduction of the price alone."""


def credit_part(line: Creditable, part: int) -> int:
    """What taking back so much of a line comes to: never below zero, never more than is left of it."""
    whole = line.amount - line.reduced
    by_quantity = line.credited_amount - line.reduced
    wanted = rounded(whole * (line.credited + part), line.quantity) - by_quantity
    left = line.amount - line.credited_amount
    return min(max(wanted, 0), left)


def closing(note: Totals, left: Mapping[tuple[str, int], tuple[int, int]], *, shares_net: bool) -> Totals:
    """The totals of the note that brings an invoice to zero: of each group it takes what is left of base and VAT.

    Args:
        note: What it comes to by itself.
        left: Base and VAT that no earlier note took back, by category and rate.
        shares_net: Whether the lines' nets share the bases, as they do where prices hold the VAT and nothing is taken
            off the whole document.
    """
    groups = tuple(VatGroup(group.category, group.rate, *left[group.category, group.rate]) for group in note.groups)
    net, vat = sum(group.base for group in groups), sum(group.vat for group in groups)
    nets = tuple(shared(net, note.line_nets)) if shares_net and any(note.line_nets) else note.line_nets
    cuts = _cuts(note, groups) if not shares_net else ()
    return note._replace(
        line_nets=nets, line_sum=sum(nets), allowances=cuts, groups=groups, net=net, vat=vat, gross=net + vat,
        payable=net + vat - note.prepaid, rounding=0,
    )  # fmt: skip


def _cuts(note: Totals, groups: Sequence[VatGroup]) -> tuple[Allowance, ...]:
    """What the document's discount takes off, where a base became another by some minor units."""
    before = {(group.category, group.rate): group.base for group in note.groups}
    taken = {(cut.category, cut.rate): cut.amount for cut in note.allowances}
    found = []
    for group in groups:
        key = group.category, group.rate
        amount = taken.get(key, 0) + before[key] - group.base
        if amount:
            found.append(Allowance(*key, amount))
    return tuple(found)
