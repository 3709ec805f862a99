"""Making service orders of what was used on jobs: what would go onto which, and doing it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.orders import orders as rows
from svc_tui.db.orders.orders import JobLine, Payers
from svc_tui.db.people import contacts
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import line_total
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import ORDER_LINE, SERVICE_ORDER
from svc_tui.domain.orders.records import BillingRecord
from svc_tui.domain.orders.totals import Billed, BilledLine, Totals, totals
from svc_tui.domain.records import LineKind, Payer
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import CONTACT
from svc_tui.services.core import known_acts
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import ceilings
from svc_tui.services.people.vat import Bears, borne, vat_of_shop

ACT: Final = "order.make"


class Offer(NamedTuple):
    """What of a line of a job can go onto an order."""

    line: int
    job: int
    number: int
    kind: str
    code: str
    text: str
    unit: str
    quantity: int
    """At most."""
    price: int
    discount: int
    vat_rate: int
    vat_category: str
    before: int
    """Quantity on other orders."""
    shared: int
    """What that comes to."""

    def amount(self, quantity: int) -> int:
        """What so much of it comes to; all parts together come to the whole."""
        return line_total(self.before + quantity, self.price, self.discount) - self.shared


class Proposal(NamedTuple):
    """An order that could be made: one payer's lines."""

    payer: Payer
    contact: int | None
    name: str
    lines: tuple[Offer, ...]
    totals: Totals
    why_not: Invalid | None = None
    """Why it cannot be made."""


class Proposed(NamedTuple):
    """What becomes of the lines of jobs."""

    orders: tuple[Proposal, ...]
    left: tuple[JobLine, ...]
    """Planned and not used: they stay where they are."""
    ours: int
    """What we pay ourselves, which is never billed."""
    with_vat: bool
    currency: str
    generation: str


class Pick(NamedTuple):
    """An order to be made: who pays, and how much of which lines."""

    payer: Payer
    contact: int
    quantities: tuple[tuple[int, int], ...]
    """Line of a job, and how much of it."""


def propose(session: Session, jobs: Sequence[int]) -> Proposed:
    """One order per payer of what was used on these jobs and is on no order yet.

    Raises:
        Invalid: when nothing is there to go onto an order, with the reason.
    """
    session.require(Right.ACTIVITY_READ)
    billing = rows.billing(session.store)
    lines = rows.job_lines(session.store, jobs)
    rate = vat_of_shop(session)
    groups: dict[tuple[Payer, int | None], list[Offer]] = {}
    payers = rows.payers_of(session.store, jobs)
    for line in lines:
        offer = _offer(session, line, rate)
        if offer.quantity > 0 and line.payer != Payer.US:
            payer = Payer(line.payer)
            groups.setdefault((payer, _contact_of(payers[line.job], payer)), []).append(offer)
    names = contacts.names_of(session.store, [contact for _payer, contact in groups if contact is not None])
    over = ceilings.why_not(session, ceilings.standing(session, jobs))
    left = tuple(line for line in lines if line.used is None and line.planned and line.kind != LineKind.TEXT)
    ours = sum(line_total(_used(line), line.price, line.discount) for line in lines if line.payer == Payer.US)
    found = tuple(
        Proposal(
            payer, contact, names.get(contact or 0, ""), tuple(offers), _whole(offers, billing),
            _lacks(payer, contact, offers) or (over if payer is Payer.CUSTOMER else None),
        )
        for (payer, contact), offers in groups.items()
    )  # fmt: skip
    if not found:
        raise _nothing(lines, left, ours)
    return Proposed(found, left, ours, billing.with_vat, session.registers.company.currency, session.generation)


def picked(
    proposed: Proposed, quantities: Mapping[int, int] | None = None, payers: Collection[Payer] = ()
) -> list[Pick]:
    """The orders to make of a proposal.

    Args:
        proposed: What could be made.
        quantities: How much of which lines; None for all of each.
        payers: Only those that these pay; empty for all.

    Raises:
        Invalid: when one of them cannot be made, or none is left.
    """
    found = []
    for order in proposed.orders:
        wanted = tuple(
            (line.line, line.quantity if quantities is None else quantities.get(line.line, 0)) for line in order.lines
        )
        wanted = tuple((line, quantity) for line, quantity in wanted if quantity)
        if not wanted or (payers and order.payer not in payers):
            continue
        if order.why_not is not None:
            raise order.why_not
        found.append(Pick(order.payer, order.contact or 0, wanted))
    if not found:
        raise Invalid(N_("Nothing is chosen to go onto an order."), field="lines")
    return found


def make(
    session: Session, jobs: Sequence[int], picks: Sequence[Pick], *, operation_key: str | None = None,
    read_in: str | None = None,
) -> list[int]:  # fmt: skip
    """Make the orders, all in one act; gives their ids.

    Raises:
        Invalid: when a line has less left by now, or another payer, or nothing is chosen, or a job comes to more than
            its customer agreed to.
    """
    session.require(Right.ORDER_ISSUE)
    if not picks:
        raise Invalid(N_("Nothing is chosen to go onto an order."), field="lines")
    rate = vat_of_shop(session)
    with session.act(ACT, Right.ORDER_ISSUE, operation_key, read_in=read_in) as changes:
        if (done := known_acts.made(changes, SERVICE_ORDER)) is not None:
            return [done[0]]
        if any(pick.payer is Payer.CUSTOMER for pick in picks):
            ceilings.require_agreed(session, jobs)
        billing = rows.billing(changes.store)
        lines = {line.id: line for line in rows.job_lines(changes.store, jobs, lock=True)}
        return [_made(session, changes, billing, pick, lines, rate) for pick in picks]


def _made(
    session: Session, changes: Changes, billing: BillingRecord, pick: Pick, lines: Mapping[int, JobLine], rate: int
) -> int:
    order = changes.insert(SERVICE_ORDER, _head(session, changes, billing, pick))
    for position, (line_id, quantity) in enumerate(pick.quantities, 1):
        line = lines.get(line_id)
        if line is None or line.payer != pick.payer:
            raise Invalid(N_("A line was changed meanwhile: look at the lines again."), field="lines")
        offer = _offer(session, line, rate)
        if not 0 < quantity <= offer.quantity:
            raise Invalid(
                N_("Of “{text}” less is left than was chosen: it is on another order."), field="lines", text=line.text
            )
        amount = offer.amount(quantity)
        changes.insert(
            ORDER_LINE,
            {
                "service_order": order, "position": position, "of_line": line.id, "of_job": line.job,
                "kind": line.kind, "code": line.code, "text": line.text or line.code, "unit": line.unit,
                "quantity": quantity, "price": line.price, "discount": line.discount, "vat_rate": offer.vat_rate,
                "vat_category": offer.vat_category, "share": amount, "amount": amount,
            },
        )  # fmt: skip
    return order


def _head(session: Session, changes: Changes, billing: BillingRecord, pick: Pick) -> Values:
    contact = read(changes.store, CONTACT, pick.contact)
    claim = pick.payer is Payer.SUPPLIER and contact["claims"] == "credit"
    return {
        "number": changes.next_number("order"), "contact": pick.contact, "payer": str(pick.payer), "claim": claim,
        "with_vat": billing.with_vat, "currency": session.registers.company.currency,
        "created_at": changes.at, "created_by": changes.actor_id,
        "terms": billing.terms if contact["terms"] is None else contact["terms"],
        "language": contact["invoice_language"] or session.registers.company.language,
        "reference": contact["buyer_reference"], **address_of(contact),
    }  # fmt: skip


def address_of(contact: Values) -> Values:
    """What an order copies of a contact."""
    names = ("name", "address", "post_code", "city", "country", "vat_number", "gln", "email")
    return {name: contact[name] or "" for name in names}


# -- what a line offers --------------------------------------------------------------------------------------------


def _used(line: JobLine) -> int:
    """What of a line is done: what was used; a text stands as it is planned."""
    return line.planned if line.used is None and line.kind == LineKind.TEXT else line.used or 0


def _offer(session: Session, line: JobLine, usual_rate: int) -> Offer:
    rate, category = borne(session, Bears(line.vat, line.vat_rate, line.vat_category), usual_rate)
    return Offer(
        line.id, line.job, line.number, line.kind, line.code, line.text or line.code, line.unit,
        max(_used(line) - line.transferred, 0), line.price, line.discount, rate, category, line.transferred,
        line.shared,
    )  # fmt: skip


def _contact_of(payers: Payers, payer: Payer) -> int | None:
    return payers.supplier if payer is Payer.SUPPLIER else payers.payer or payers.customer


def _whole(offers: Sequence[Offer], billing: BillingRecord) -> Totals:
    return order_totals(((offer, offer.quantity) for offer in offers), with_vat=billing.with_vat)


def order_totals(parts: Iterator[tuple[Offer, int]] | Sequence[tuple[Offer, int]], *, with_vat: bool) -> Totals:
    """What so much of these lines comes to on one order."""
    return totals(
        Billed(
            tuple(
                BilledLine(quantity, offer.price, offer.discount, offer.vat_rate, offer.vat_category,
                           offer.amount(quantity))
                for offer, quantity in parts
            ),
            with_vat,
        )
    )  # fmt: skip


def _lacks(payer: Payer, contact: int | None, offers: Sequence[Offer]) -> Invalid | None:
    if contact is not None:
        return None
    number = offers[0].number
    if payer is Payer.SUPPLIER:
        return Invalid(N_("Job {number} has no supplier who could pay: link one (F9)."), number=number)
    return Invalid(N_("Job {number} has no customer who could pay: choose one."), number=number)


def _nothing(lines: Sequence[JobLine], left: Sequence[JobLine], ours: int) -> Invalid:
    if any(line.transferred for line in lines) and not left:
        return Invalid(N_("All that was used is on service orders already."))
    if left:
        return Invalid(
            N_("Nothing is used yet: write what was used of “{text}” first (Enter on the line)."), text=left[0].text
        )
    if ours:
        return Invalid(N_("We pay all of it ourselves: there is nothing to bill."))
    return Invalid(N_("There is nothing to bill: the job has no lines."))
