"""The papers of orders: what was issued, order confirmations, packing slips, as sheets that anything can draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from svc_tui.domain.errors import N_
from svc_tui.domain.language import money
from svc_tui.domain.orders.document import Document, DocumentKind, DocumentLine, Party
from svc_tui.domain.orders.records import DispatchRow, GoesOut
from svc_tui.domain.orders.totals import Totals
from svc_tui.domain.paper.sheet import Column, Fact, Kind, Row, Sheet, Sum
from svc_tui.domain.stock.codes import Own
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.orders.orders import OrderSheet
from svc_tui.services.orders.telling import seller_of

Translate = Callable[[str], str]

TITLES: Final = {
    DocumentKind.INVOICE: N_("Invoice"), DocumentKind.CREDIT: N_("Credit note"),
    DocumentKind.BASIS: N_("Statement of work"), DocumentKind.CORRECTION: N_("Correction of a statement"),
}  # fmt: skip
"""What is handed over is never called an invoice: the bookkeeping program issues that."""

_POINTED: Final = ("da", "nb")
_CARRIED: Final = {GoesOut.PICKUP: N_("Picked up by"), GoesOut.SHIPMENT: N_("Sent to")}


def sheet_of(document: Document, translate: Translate) -> Sheet:
    """What was issued, in its own language.

    Args:
        document: The record.
        translate: Gives texts in the document's language.
    """
    language, kind = document.language, document.kind
    return Sheet(
        kind=Kind.CREDIT if kind.takes_back else Kind.INVOICE,
        language=language,
        number=document.number,
        title=f"{translate(TITLES[kind])} {document.number}",
        day=date.fromisoformat(document.day),
        shop=_party(document.seller, document.legal_line, translate),
        receiver=_party(document.buyer, "", translate),
        facts=tuple(_facts(document, translate)),
        columns=_columns(translate),
        rows=tuple(_rows(document.lines, document.language, translate)),
        sums=tuple(_sums(document.totals, document.currency, language, translate, kind)),
        remarks=tuple(_remarks(document, translate)),
        small=document.terms_text,
        page=translate(N_("Page {page} of {pages}")),
    )


def order_sheet(session: Session, order: OrderSheet, translate: Translate) -> Sheet:
    """The confirmation of an order; of a claim, what is claimed, without VAT."""
    values, language = order.values, str(order.values["language"])
    title = translate(N_("Claim")) if order.row.claim else translate(N_("Order confirmation"))
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
    facts = [Fact(translate(N_("Date")), _day(to_local(order.row.created_at).date(), language))]
    if values["reference"]:
        facts.append(Fact(translate(N_("Your reference")), str(values["reference"])))
    sums = [Sum(translate(N_("Without VAT")), money.format_amount(order.totals.net, language))]
    if not order.row.claim:
        sums = list(_sums(order.totals, order.row.currency, language, translate, None))
    return Sheet(
        Kind.ORDER, language, number, f"{title} {number}", to_local(order.row.created_at).date(),
        _party(seller_of(session), order.billing.legal_line, translate), _receiver(order), tuple(facts),
        _columns(translate), tuple(_rows(lines, language, translate)), tuple(sums),
        tuple(filter(None, (str(values["note"]),))), order.billing.terms_text, code=f"{Own.ORDER}{order.row.number}",
        page=translate(N_("Page {page} of {pages}")),
    )  # fmt: skip


def slip_sheet(session: Session, order: OrderSheet, dispatch: DispatchRow, translate: Translate) -> Sheet:
    """What goes along with what goes out: pieces, no prices."""
    language = str(order.values["language"])
    sources = {line.id: line for line in order.lines}
    way = GoesOut(dispatch.way)
    facts = [
        Fact(translate(N_("Date")), _day(to_local(dispatch.at).date(), language)),
        Fact(translate(N_("Order")), f"{order.billing.order_prefix}{order.row.number}"),
        Fact(translate(_CARRIED[way]), dispatch.receiver),
    ]
    carried = ((N_("Carrier"), dispatch.carrier), (N_("Tracking number"), dispatch.tracking))
    facts += [Fact(translate(label), value) for label, value in carried if value]
    title = translate(N_("Packing slip"))
    if dispatch.taken_back_at is not None:
        title = translate(N_("Cancelled packing slip"))
    rows, last = [], ("", 0)
    for line_id, quantity in dispatch.lines:
        line = sources[line_id]
        if (line.device, line.job) != last and line.job:
            last = (line.device, line.job)
            rows.append(Row((_job(line.job, line.device, translate),)))
        rows.append(Row((_text(line.code, line.text), _quantity(quantity, line.unit, language))))
    return Sheet(
        Kind.SLIP, language, str(dispatch.number), f"{title} {dispatch.number}", to_local(dispatch.at).date(),
        _party(seller_of(session), "", translate), _receiver(order), tuple(facts),
        (Column(translate(N_("Text"))), Column(translate(N_("Quantity")), figures=True)), tuple(rows),
        remarks=tuple(filter(None, (dispatch.reason,))), code=str(dispatch.number),
        signature=translate(N_("Received")), page=translate(N_("Page {page} of {pages}")),
    )  # fmt: skip


# -- parts of them -------------------------------------------------------------------------------------------------


def _party(party: Party, legal_line: str, translate: Translate) -> tuple[str, ...]:
    town = " ".join(part for part in (party.post_code, party.city) if part)
    number = f"{translate(N_('VAT no.'))} {party.vat_number}" if party.vat_number else ""
    lines = (party.name, *party.address.split("\n"), town, party.phone, party.email, number, legal_line)
    return tuple(line for line in lines if line)


def _receiver(order: OrderSheet) -> tuple[str, ...]:
    values = order.values
    town = f"{values['post_code']} {values['city']}".strip()
    lines = (str(values["name"]), *str(values["address"]).split("\n"), town, str(values["country"]))
    return tuple(line for line in lines if line)


def _facts(document: Document, translate: Translate) -> Iterator[Fact]:
    language = document.language
    told = (
        (N_("Date"), _iso(document.day, language)),
        (N_("Due"), _iso(document.due, language)),
        (N_("Delivered"), _iso(document.delivered, language) if document.delivered != document.day else ""),
        (N_("Takes back"), _taken(document, language)),
        (N_("Order"), ", ".join(map(str, document.orders))),
        (N_("Your reference"), document.reference),
        (N_("Our reference"), document.our_reference),
        (N_("Customer no."), str(document.buyer.number or "")),
    )
    yield from (Fact(translate(label), value) for label, value in told if value)


def _taken(document: Document, language: str) -> str:
    back = document.takes_back
    return f"{back.number}, {_iso(back.day, language)}" if back else ""


def _columns(translate: Translate) -> tuple[Column, ...]:
    figures = (N_("Quantity"), N_("Price"), N_("VAT %"), N_("Amount"))
    return (Column(translate(N_("Text"))), *(Column(translate(label), figures=True) for label in figures))


def _rows(lines: Sequence[DocumentLine], language: str, translate: Translate) -> Iterator[Row]:
    last: tuple[str, int] = ("", 0)
    for line in lines:
        if line.job and (line.device, line.job) != last:
            last = (line.device, line.job)
            yield Row((_job(line.job, line.device, translate),))
        off = translate(N_("Discount {percent} %")).format(percent=money.format_percent(line.discount, language))
        yield Row(
            (
                _text(line.code, line.text), _quantity(line.quantity, line.unit, language),
                money.format_amount(line.price, language), money.format_percent(line.rate, language),
                money.format_amount(line.amount, language),
            ),
            off if line.discount else "",
        )  # fmt: skip


def _sums(
    whole: Totals, currency: str, language: str, translate: Translate, kind: DocumentKind | None
) -> Iterator[Sum]:
    amount = money.format_amount
    for cut in whole.allowances:
        yield Sum(translate(N_("Discount")), amount(-cut.amount, language))
    yield Sum(translate(N_("Without VAT")), amount(whole.net, language))
    for group in whole.groups:
        label = translate(N_("VAT {rate} of {base}")).format(
            rate=f"{money.format_percent(group.rate, language)} %", base=amount(group.base, language)
        )
        yield Sum(label, amount(group.vat, language))
    if whole.rounding:
        yield Sum(translate(N_("Rounded")), amount(whole.rounding, language))
    last = N_("Total {currency}")
    if kind is DocumentKind.INVOICE:
        last = N_("To pay {currency}")
    elif kind is DocumentKind.CREDIT:
        last = N_("In your favour {currency}")
    yield Sum(translate(last).format(currency=currency), amount(whole.payable, language), strong=True)


def _remarks(document: Document, translate: Translate) -> Iterator[str]:
    if document.reason:
        yield f"{translate(N_('Reason'))}: {document.reason}"
    if document.note:
        yield document.note
    if any(line.category == "AE" for line in document.lines):
        yield translate(N_("Reverse charge: the buyer accounts for the VAT."))
    if document.with_vat:
        yield translate(N_("The prices of the lines hold the VAT."))
    if document.kind is DocumentKind.INVOICE:
        yield from _payment(document, translate)


def _payment(document: Document, translate: Translate) -> Iterator[str]:
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
    lines = [f"{translate(label)}: {value}" for label, value in told if value]
    if lines:
        yield from lines
        if not fik:
            yield f"{translate(N_('Payment reference'))}: {reference}"


def _job(number: int, device: str, translate: Translate) -> str:
    text = translate(N_("Job {number}")).format(number=number)
    return f"{text} · {device}" if device else text


def _text(code: str, text: str) -> str:
    return text if not code or text == code else f"{code} {text}"


def _quantity(thousandths: int, unit: str, language: str) -> str:
    return f"{money.format_quantity(thousandths, language)} {unit}".strip()


def _iso(day: str, language: str) -> str:
    return _day(date.fromisoformat(day), language) if day else ""


def _day(day: date, language: str) -> str:
    """With its year, as a paper outlives it."""
    return f"{day:%d.%m.%Y}" if language in _POINTED else day.isoformat()
