"""The papers of orders: what was issued, order confirmations, packing slips, as sheets that anything can draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from svc_tui.domain.errors import N_
from svc_tui.domain.orders.document import Document, DocumentKind, DocumentLine, Party
from svc_tui.domain.orders.records import DispatchRow, GoesOut
from svc_tui.domain.orders.totals import Totals
from svc_tui.domain.paper.reader import Reader
from svc_tui.domain.paper.sheet import Column, Fact, Kind, Row, Sheet, Sum
from svc_tui.domain.stock.codes import Own
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.orders.orders import OrderSheet
from svc_tui.services.orders.telling import seller_of

TITLES: Final = {
    DocumentKind.INVOICE: N_("Invoice"), DocumentKind.CREDIT: N_("Credit note"),
    DocumentKind.BASIS: N_("Statement of work"), DocumentKind.CORRECTION: N_("Correction of a statement"),
}  # fmt: skip
"""What is handed over is never called an invoice: the bookkeeping program issues that."""

_CARRIED: Final = {GoesOut.PICKUP: N_("Picked up by"), GoesOut.SHIPMENT: N_("Sent to")}


def sheet_of(document: Document, reader: Reader) -> Sheet:
    """What was issued, in its own language.

    Args:
        document: The record.
        reader: Who reads it.
    """
    kind = document.kind
    return Sheet(
        kind=Kind.CREDIT if kind.takes_back else Kind.INVOICE,
        language=reader.language,
        number=document.number,
        title=f"{reader.say(TITLES[kind])} {document.number}",
        day=date.fromisoformat(document.day),
        shop=_party(document.seller, document.legal_line, reader),
        receiver=_party(document.buyer, "", reader),
        facts=tuple(_facts(document, reader)),
        columns=_columns(reader),
        rows=tuple(_rows(document.lines, reader)),
        sums=tuple(_sums(document.totals, document.currency, reader, kind)),
        remarks=tuple(_remarks(document, reader)),
        small=document.terms_text,
        page=reader.page,
    )


def order_sheet(session: Session, order: OrderSheet, reader: Reader) -> Sheet:
    """The confirmation of an order; of a claim, what is claimed, without VAT."""
    values = order.values
    title = reader.say(N_("Claim")) if order.row.claim else reader.say(N_("Order confirmation"))
    nets = order.totals.line_nets
    lines = tuple(
        DocumentLine(
            place, line.text, line.quantity, line.price, line.amount, net, line.vat_rate, line.vat_category, line.code,
            line.unit, line.discount, line.job, line.device, order.row.number,
        )
        for place, (line, net) in enumerate(
            zip([line for line in order.lines if not line.is_deposit], nets, strict=True), 1
        )
    )  # fmt: skip
    number = f"{order.billing.order_prefix}{order.row.number}"
    facts = [Fact(reader.say(N_("Date")), reader.date(to_local(order.row.created_at).date()))]
    if values["reference"]:
        facts.append(Fact(reader.say(N_("Your reference")), str(values["reference"])))
    sums = [Sum(reader.say(N_("Without VAT")), reader.amount(order.totals.net))]
    if not order.row.claim:
        sums = list(_sums(order.totals, order.row.currency, reader, None))
    return Sheet(
        Kind.ORDER, reader.language, number, f"{title} {number}", to_local(order.row.created_at).date(),
        _party(seller_of(session), order.billing.legal_line, reader), _receiver(order), tuple(facts),
        _columns(reader), tuple(_rows(lines, reader)), tuple(sums),
        tuple(filter(None, (str(values["note"]),))), order.billing.terms_text, code=f"{Own.ORDER}{order.row.number}",
        page=reader.page,
    )  # fmt: skip


def slip_sheet(session: Session, order: OrderSheet, dispatch: DispatchRow, reader: Reader) -> Sheet:
    """What goes along with what goes out: pieces, no prices."""
    sources = {line.id: line for line in order.lines}
    way = GoesOut(dispatch.way)
    facts = [
        Fact(reader.say(N_("Date")), reader.date(to_local(dispatch.at).date())),
        Fact(reader.say(N_("Order")), f"{order.billing.order_prefix}{order.row.number}"),
        Fact(reader.say(_CARRIED[way]), dispatch.receiver),
    ]
    carried = ((N_("Carrier"), dispatch.carrier), (N_("Tracking number"), dispatch.tracking))
    facts += [Fact(reader.say(label), value) for label, value in carried if value]
    title = reader.say(N_("Packing slip"))
    if dispatch.taken_back_at is not None:
        title = reader.say(N_("Cancelled packing slip"))
    rows, last = [], ("", 0)
    for line_id, quantity in dispatch.lines:
        line = sources[line_id]
        if (line.device, line.job) != last and line.job:
            last = (line.device, line.job)
            rows.append(Row((_job(line.job, line.device, reader),)))
        rows.append(Row((_text(line.code, line.text), reader.quantity(quantity, line.unit))))
    return Sheet(
        Kind.SLIP, reader.language, str(dispatch.number), f"{title} {dispatch.number}", to_local(dispatch.at).date(),
        _party(seller_of(session), "", reader), _receiver(order), tuple(facts),
        (Column(reader.say(N_("Text"))), Column(reader.say(N_("Quantity")), figures=True)), tuple(rows),
        remarks=tuple(filter(None, (dispatch.reason,))), code=str(dispatch.number),
        signature=reader.say(N_("Received")), page=reader.page,
    )  # fmt: skip


# -- parts of them -------------------------------------------------------------------------------------------------


def _party(party: Party, legal_line: str, reader: Reader) -> tuple[str, ...]:
    town = " ".join(part for part in (party.post_code, party.city) if part)
    number = f"{reader.say(N_('VAT no.'))} {party.vat_number}" if party.vat_number else ""
    lines = (party.name, *party.address.split("\n"), town, party.phone, party.email, number, legal_line)
    return tuple(line for line in lines if line)


def _receiver(order: OrderSheet) -> tuple[str, ...]:
    values = order.values
    town = f"{values['post_code']} {values['city']}".strip()
    lines = (str(values["name"]), *str(values["address"]).split("\n"), town, str(values["country"]))
    return tuple(line for line in lines if line)


def _facts(document: Document, reader: Reader) -> Iterator[Fact]:
    told = (
        (N_("Date"), reader.iso(document.day)),
        (N_("Due"), reader.iso(document.due)),
        (N_("Delivered"), reader.iso(document.delivered) if document.delivered != document.day else ""),
        (N_("Takes back"), _taken(document, reader)),
        (N_("Order"), ", ".join(map(str, document.orders))),
        (N_("Your reference"), document.reference),
        (N_("Our reference"), document.our_reference),
        (N_("Customer no."), str(document.buyer.number or "")),
    )
    yield from (Fact(reader.say(label), value) for label, value in told if value)


def _taken(document: Document, reader: Reader) -> str:
    back = document.takes_back
    return f"{back.number}, {reader.iso(back.day)}" if back else ""


def _columns(reader: Reader) -> tuple[Column, ...]:
    figures = (N_("Quantity"), N_("Price"), N_("VAT %"), N_("Amount"))
    return (Column(reader.say(N_("Text"))), *(Column(reader.say(label), figures=True) for label in figures))


def _rows(lines: Sequence[DocumentLine], reader: Reader) -> Iterator[Row]:
    last: tuple[str, int] = ("", 0)
    for line in lines:
        if line.job and (line.device, line.job) != last:
            last = (line.device, line.job)
            yield Row((_job(line.job, line.device, reader),))
        off = reader.say(N_("Discount {percent} %"), percent=reader.percent(line.discount))
        yield Row(
            (
                _text(line.code, line.text), reader.quantity(line.quantity, line.unit),
                reader.amount(line.price), reader.percent(line.rate),
                reader.amount(line.amount),
            ),
            off if line.discount else "",
        )  # fmt: skip


def _sums(whole: Totals, currency: str, reader: Reader, kind: DocumentKind | None) -> Iterator[Sum]:
    for cut in whole.allowances:
        yield Sum(reader.say(N_("Discount")), reader.amount(-cut.amount))
    yield Sum(reader.say(N_("Without VAT")), reader.amount(whole.net))
    for group in whole.groups:
        label = reader.say(
            N_("VAT {rate} of {base}"), rate=f"{reader.percent(group.rate)} %", base=reader.amount(group.base)
        )
        yield Sum(label, reader.amount(group.vat))
    if whole.rounding:
        yield Sum(reader.say(N_("Rounded")), reader.amount(whole.rounding))
    last = N_("Total {currency}")
    if kind is DocumentKind.INVOICE:
        last = N_("To pay {currency}")
    elif kind is DocumentKind.CREDIT:
        last = N_("In your favour {currency}")
    yield Sum(reader.say(last, currency=currency), reader.amount(whole.payable), strong=True)


def _remarks(document: Document, reader: Reader) -> Iterator[str]:
    if document.reason:
        yield f"{reader.say(N_('Reason'))}: {document.reason}"
    if document.note:
        yield document.note
    if any(line.category == "AE" for line in document.lines):
        yield reader.say(N_("Reverse charge: the buyer accounts for the VAT."))
    if document.with_vat:
        yield reader.say(N_("The prices of the lines hold the VAT."))
    if document.kind is DocumentKind.INVOICE:
        yield from _payment(document, reader)


def _payment(document: Document, reader: Reader) -> Iterator[str]:
    payment = document.payment
    fik = f"+{payment.kind[3:]}<{payment.reference} +{payment.giro}<" if payment.kind.startswith("fik") else ""
    account = " ".join(part for part in (payment.bank, payment.account) if part)
    reference = payment.reference if payment.kind in ("kid", "ocr") else document.number
    told = (
        (N_("Payment slip"), fik),
        (N_("Account"), account),
        (N_("IBAN"), " ".join(part for part in (payment.iban, payment.bic) if part)),
        (N_("Giro"), "" if fik else payment.giro),
        (N_("Mobile payment"), payment.mobile),
    )
    lines = [f"{reader.say(label)}: {value}" for label, value in told if value]
    if lines:
        yield from lines
        if not fik:
            yield f"{reader.say(N_('Payment reference'))}: {reference}"


def _job(number: int, device: str, reader: Reader) -> str:
    text = reader.say(N_("Job {number}"), number=number)
    return f"{text} · {device}" if device else text


def _text(code: str, text: str) -> str:
    return text if not code or text == code else f"{code} {text}"
