"""Invoices, credit notes and what is handed over: to the øre, without gaps, and never issued without its papers."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest

from svc_tui.db.orders import documents
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain import clock
from svc_tui.domain.errors import Conflict, Invalid
from svc_tui.domain.orders.document import Document
from svc_tui.domain.orders.records import Goods
from svc_tui.domain.orders.totals import Billed, BilledLine, totals
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.orders import billing, crediting, dispatching, handover, issuing, orders, transfer
from svc_tui.services.orders.crediting import Credit
from svc_tui.services.orders.dispatching import Out
from svc_tui.services.orders.issuing import Paper
from tests.db.billed import again, amounts, bill, change_contact, line, only, ordered, rendered, repaired, sells
from tests.db.jobs import image, set_company
from tests.unit.test_totals import CASES, units


def record(session: Session, document: int) -> Document:
    return crediting.record_of(session.store, document)


def credited(session: Session, document: int, **more: object) -> issuing.Issued:
    """All that is left of a document."""
    wanted = Credit(document, crediting.whole(session, document), {}, "fejl", **more)  # type: ignore[arg-type]
    return crediting.credit(session, wanted, rendered)


def test_an_invoice_is_issued_with_its_number_day_due_day_and_bytes(shop: Session) -> None:
    sells(shop, terms_text="Rente efter forfald", payment_kind="fik71", giro="81234567")
    shop.clock[:] = [clock.seconds_of(datetime(2026, 11, 24, 10, 0))]
    order = ordered(shop, repaired(shop))[0]
    made = bill(shop, order)
    found = record(shop, made.id)
    assert (made.label, found.day, found.due) == ("10001", "2026-11-24", "2026-12-02")
    assert (found.totals.net, found.totals.vat, found.totals.payable) == (75_000, 18_750, 93_750)
    assert (found.seller.vat_number, found.buyer.name, found.buyer.address) == ("12345674", "Jensen", "Søndergade 2")
    assert found.payment.reference == "000000000100018"[:14] + found.payment.reference[14]
    assert [(row.text, row.quantity, row.job) for row in found.lines] == [("Arbejde", 1500, found.jobs[0])]
    assert documents.formats_of(shop.store, made.id) == ["record", "text"]
    assert again(shop, order).row.progress == "invoiced"
    assert list(findings(shop.store)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_what_an_invoice_says_is_what_its_totals_are(case: dict[str, object]) -> None:
    """Every case goes through the record that papers are made of, and comes back to the same."""
    from svc_tui.domain.orders.document import DocumentKind, DocumentLine, Party, as_json, from_json

    lines = tuple(
        BilledLine(units(quantity, 3), units(price, 2), units(discount, 2), units(rate, 2), category)
        for quantity, price, discount, rate, category in case["lines"]  # type: ignore[attr-defined]
    )
    whole = totals(Billed(lines, bool(case.get("gross", False)), units(str(case.get("discount", "0")), 2)))
    told = tuple(
        DocumentLine(place, "x", row.quantity, row.price, row.amount, net, row.rate, row.category)
        for place, (row, net) in enumerate(zip(lines, whole.line_nets, strict=True), 1)
    )
    document = Document(
        DocumentKind.INVOICE, "1", "2026-11-24", "2026-12-02", "DKK", "da", Party("A"), Party("B"), told, whole
    )
    assert from_json(as_json(document)) == document


def test_an_invoice_of_parts_and_the_rest_comes_to_the_whole(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel", 3000, 33)]))[0]
    row = only(order)
    nets = [amounts(shop, issuing.issue(shop, [{row.id: 1000}], rendered)[0].id)[0] for _ in range(2)]
    assert again(shop, order).row.progress == "partly"
    nets.append(amounts(shop, bill(shop, order).id)[0])
    assert nets == [33, 33, 33]
    assert sum(nets) == row.amount
    with pytest.raises(Invalid, match="billed already"):
        issuing.issue(shop, [{row.id: 1}], rendered)
    with pytest.raises(Invalid, match="billed already"):
        bill(shop, order)


def test_orders_of_one_payer_go_onto_one_invoice_and_of_two_never(shop: Session) -> None:
    sells(shop)
    sheet = repaired(shop, [line("Kabel", 2000)])
    jobs = [sheet.id or 0]
    offer = transfer.propose(shop, jobs).orders[0]
    pick = transfer.Pick(offer.payer, offer.contact or 0, ((offer.lines[0].line, 1000),))
    two = [orders.open_order(shop, transfer.make(shop, jobs, [pick])[0]) for _ in range(2)]
    made = bill(shop, *two)
    assert record(shop, made.id).orders == (10_001, 10_002)
    other = [order for name in ("Olsen", "Hansen") for order in ordered(shop, repaired(shop, [line("Stik")], name))]
    with pytest.raises(Invalid, match="same payer"):
        bill(shop, *other)


def test_when_a_paper_cannot_be_made_nothing_is_issued_and_no_number_is_lost(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop))[0]
    wanted = issuing.all_left(shop, [order.row.id])

    def broken(document: Document) -> list[Paper]:
        raise Invalid("the printer burns")

    before = image(shop.store)
    with pytest.raises(Invalid, match="burns"):
        issuing.issue(shop, [wanted], broken)
    with pytest.raises(Invalid, match="No paper"):
        issuing.issue(shop, [wanted], lambda document: [])
    assert image(shop.store) == before
    assert bill(shop, order).label == "10001"


def test_an_act_that_is_tried_again_issues_once(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop))[0]
    wanted = issuing.all_left(shop, [order.row.id])
    first = issuing.issue(shop, [wanted], rendered, operation_key="once")
    assert issuing.issue(shop, [wanted], rendered, operation_key="once") == first
    assert shop.store.sql("SELECT count(*) FROM document") == [(1,)]


@pytest.mark.parametrize(
    ("shop_says", "buyer", "price", "why"),
    [
        ({"vat_number": ""}, {}, 10_000, "VAT number is missing"),
        ({"vat_number": "12345675"}, {}, 10_000, "check digit"),
        ({"address": ""}, {}, 10_000, "address is missing"),
        ({}, {"address": ""}, 400_000, "Above 3,000"),
        ({}, {"gln": "5790000000005"}, 10_000, "GLN wants a reference"),
        ({}, {"gln": "5790000000001", "buyer_reference": "Rekv. 7"}, 10_000, "GLN .* cannot be right"),
    ],
)
def test_what_an_invoice_lacks_is_named(
    shop: Session, shop_says: dict[str, str], buyer: dict[str, str], price: int, why: str
) -> None:
    sells(shop)
    set_company(shop, **shop_says)
    sheet = repaired(shop, [line("Kabel", price=price)])
    change_contact(shop, int(sheet.values["customer"] or 0), **buyer)
    order = ordered(shop, sheet)[0]
    before = image(shop.store)
    with pytest.raises(Invalid, match=why):
        bill(shop, order)
    assert image(shop.store) == before


def test_up_to_three_thousand_no_address_is_asked_for(shop: Session) -> None:
    sells(shop)
    sheet = repaired(shop, [line("Kabel", price=240_000)])
    change_contact(shop, int(sheet.values["customer"] or 0), address="", post_code="", city="")
    assert bill(shop, ordered(shop, sheet)[0]).gross == 300_000


def test_nothing_is_issued_before_the_last_one_of_its_series(shop: Session) -> None:
    sells(shop)
    shop.clock[:] = [clock.seconds_of(datetime(2026, 11, 24, 10, 0))]
    bill(shop, ordered(shop, repaired(shop))[0])
    shop.clock[:] = [clock.seconds_of(datetime(2026, 11, 23, 10, 0))]
    order = ordered(shop, repaired(shop, name="Olsen"))[0]
    with pytest.raises(Invalid, match="2026-11-24"):
        bill(shop, order)


# -- credit notes --------------------------------------------------------------------------------------------------


def test_a_credit_note_names_its_invoice_says_why_and_has_positive_amounts(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop))[0]
    made = bill(shop, order)
    note = credited(shop, made.id)
    found = record(shop, note.id)
    assert found.takes_back is not None
    assert (found.kind, found.takes_back.number, found.reason) == ("credit", made.label, "fejl")
    assert (found.totals.net, found.totals.vat, found.totals.gross) == (75_000, 18_750, 93_750)
    assert again(shop, order).row.progress == "credited"
    with pytest.raises(Invalid, match="not taken back"):
        credited(shop, note.id)
    with pytest.raises(Invalid, match="taken back already"):
        crediting.whole(shop, made.id)


def test_parts_that_are_credited_one_after_the_other_bring_the_invoice_to_exactly_zero(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel", 3000, 3), line("Stik", 1000, 10, line_id=-2)]))[0]
    made = bill(shop, order)
    assert amounts(shop, made.id) == (19, 5, 24)
    [cable, plug] = documents.lines_of(shop.store, made.id)
    for part in ({cable.id: 1000}, {cable.id: 2000}, {plug.id: 1000}):
        crediting.credit(shop, Credit(made.id, part, {}, "retur"), rendered)
    notes = [amounts(shop, found.id) for found in documents.taking_back(shop.store, made.id)]
    assert [sum(part) for part in zip(*notes, strict=True)] == [19, 5, 24], "VAT too, which each note rounds for itself"


def test_a_reduction_of_the_price_is_a_line_of_its_own_within_what_is_left(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel", 2000, 10_000)]))[0]
    made = bill(shop, order)
    [row] = documents.lines_of(shop.store, made.id)
    cut = Credit(made.id, {}, {row.id: 5_000}, "ridse", reduction_text="Prisnedslag")
    note = crediting.credit(shop, cut, rendered)
    assert [(found.text, found.amount) for found in record(shop, note.id).lines] == [("Prisnedslag Kabel", 5_000)]
    with pytest.raises(Invalid, match="go down by more"):
        crediting.credit(shop, Credit(made.id, {}, {row.id: 15_001}, "mere"), rendered)
    rest = [credited_part(shop, made.id, row.id) for _ in range(2)]
    assert rest == [7_500, 7_500]
    assert sum(found.gross for found in documents.taking_back(shop.store, made.id)) == 25_000


def credited_part(session: Session, document: int, row: int) -> int:
    made = crediting.credit(session, Credit(document, {row: 1000}, {}, "retur"), rendered)
    return amounts(session, made.id)[0]


def test_without_a_reason_or_for_more_than_was_invoiced_nothing_is_credited(shop: Session) -> None:
    sells(shop)
    made = bill(shop, ordered(shop, repaired(shop))[0])
    [row] = documents.lines_of(shop.store, made.id)
    with pytest.raises(Invalid, match="why it is credited"):
        crediting.credit(shop, Credit(made.id, {row.id: 500}, {}, " "), rendered)
    with pytest.raises(Invalid, match="credited already"):
        crediting.credit(shop, Credit(made.id, {row.id: 1501}, {}, "fejl"), rendered)


def test_what_is_credited_is_billed_again_only_where_that_was_chosen(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop))[0]
    credited(shop, bill(shop, order).id)
    with pytest.raises(Invalid, match="billed already"):
        bill(shop, order)
    other = ordered(shop, repaired(shop, name="Olsen"))[0]
    credited(shop, bill(shop, other).id, goods=Goods.AGAIN)
    assert amounts(shop, bill(shop, other).id) == (75_000, 18_750, 93_750)


def test_prices_with_vat_are_taken_back_to_the_same_oere(shop: Session) -> None:
    sells(shop, with_vat=True)
    lines = [line(f"Skrue {place}", 1000, 99, line_id=-place) for place in range(1, 8)]
    made = bill(shop, ordered(shop, repaired(shop, lines))[0])
    assert amounts(shop, made.id) == (554, 139, 693)
    for row in documents.lines_of(shop.store, made.id):
        crediting.credit(shop, Credit(made.id, {row.id: 1000}, {}, "retur"), rendered)
    notes = [amounts(shop, found.id) for found in documents.taking_back(shop.store, made.id)]
    assert [sum(part) for part in zip(*notes, strict=True)] == [554, 139, 693]


def test_money_that_is_paid_back_is_written_down_up_to_what_the_note_says(shop: Session) -> None:
    sells(shop)
    made = bill(shop, ordered(shop, repaired(shop))[0])
    note = credited(shop, made.id)
    crediting.note_repayment(shop, note.id, 93_000, "MobilePay")
    with pytest.raises(Invalid, match="more than the credit note"):
        crediting.note_repayment(shop, note.id, 751, "kontant")
    with pytest.raises(Invalid, match="Only what a credit note"):
        crediting.note_repayment(shop, made.id, 1, "kontant")


# -- deposits ------------------------------------------------------------------------------------------------------


def test_a_deposit_is_invoiced_apart_and_taken_off_once(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop))[0]
    first = issuing.deposit(shop, order.row.id, 20_000, "A conto", rendered)
    assert amounts(shop, first.id) == (20_000, 5_000, 25_000)
    order = again(shop, order)
    assert (order.row.progress, order.row.amount) == ("partly", 93_750)
    last = bill(shop, order)
    assert amounts(shop, last.id) == (55_000, 13_750, 68_750)
    assert record(shop, last.id).lines[1].text == "A conto 10001"
    assert again(shop, order).row.progress == "invoiced"
    with pytest.raises(Invalid, match="taken off a later invoice"):
        credited(shop, first.id)
    credited(shop, last.id)
    credited(shop, first.id)
    whole = shop.store.sql("SELECT kind, sum(gross) FROM document GROUP BY kind ORDER BY kind")
    assert [(kind, int(total)) for kind, total in whole] == [("credit", 93_750), ("invoice", 93_750)]


def test_a_deposit_that_is_more_than_a_part_comes_to_stays_open_for_the_rest(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel", 2000, 10_000)]))[0]
    row = only(order)
    issuing.deposit(shop, order.row.id, 15_000, "A conto", rendered)
    part = issuing.issue(shop, [{row.id: 1000}], rendered)[0]
    assert part.gross == 0
    assert bill(shop, order).gross == 6_250
    with pytest.raises(Invalid, match="no more than what is left"):
        issuing.deposit(shop, order.row.id, 1, "A conto", rendered)


# -- handing over --------------------------------------------------------------------------------------------------


def test_what_is_handed_over_is_locked_in_files_that_are_the_same_whenever_asked(shop: Session) -> None:
    sells(shop, here=False)
    several = [ordered(shop, repaired(shop, name=name))[0] for name in ("Jensen", "=Olsen")]
    bills = [issuing.all_left(shop, [order.row.id]) for order in several]
    made = issuing.issue(shop, bills, rendered)
    assert [(one.kind, one.label, one.handover) for one in made] == [
        ("basis", "10001", made[0].handover), ("basis", "10002", made[0].handover)
    ]  # fmt: skip
    files = handover.files(shop, made[0].handover)
    told = [json.loads(text) for text in files.json_lines.decode().splitlines()]
    assert [(one["key"], one["totals"]["gross"]) for one in told] == [("basis-10001", 93_750), ("basis-10002", 93_750)]
    rows = list(csv.DictReader(io.StringIO(files.csv.decode())))
    assert [(row["customer"], row["net"], row["vat_percent"]) for row in rows] == [
        ("Jensen", "750.00", "25.00"), ("'=Olsen", "750.00", "25.00")
    ]  # fmt: skip
    assert handover.files(shop, made[0].handover) == files
    assert again(shop, several[0]).row.progress == "handed"
    with pytest.raises(Invalid, match="billed already"):
        bill(shop, several[0])
    note = credited(shop, made[0].id)
    assert (note.kind, note.handover) == ("correction", made[0].handover + 1)
    [back] = list(csv.DictReader(io.StringIO(handover.files(shop, note.handover).csv.decode())))
    assert (back["takes_back"], back["net"]) == ("10001", "-750.00")
    assert list(findings(shop.store)) == []


def test_orders_that_are_to_be_billed_are_found(shop: Session) -> None:
    sells(shop)
    first, second = ordered(shop, repaired(shop))
    assert issuing.to_bill(shop) == [first.row.id, second.row.id]
    bill(shop, first)
    orders.cancel(shop, second.row.id)
    assert issuing.to_bill(shop) == []


def test_a_claim_that_the_supplier_credits_is_no_invoice(shop: Session) -> None:
    sells(shop)
    sheet = repaired(shop)
    supplier = sheet.links[0].contact_id
    change_contact(shop, supplier, claims="credit")
    claim = ordered(shop, sheet)[1]
    assert claim.row.claim
    with pytest.raises(Invalid, match="credits this claim"):
        bill(shop, claim)


# -- the shop's way ------------------------------------------------------------------------------------------------


def test_how_the_shop_bills_is_checked_and_merged(shop: Session) -> None:
    base = billing.read_billing(shop)
    billing.save(shop, base, {"iban": "DK5000400440116243", "terms": 14})
    with pytest.raises(Invalid, match="IBAN"):
        billing.save(shop, billing.read_billing(shop), {"iban": "DK5000400440116244"})
    with pytest.raises(Invalid, match="8 digits"):
        billing.save(shop, billing.read_billing(shop), {"payment_kind": "fik71", "giro": "123"})
    with pytest.raises(Conflict):
        billing.save(shop, base, {"terms": 30})
    assert billing.read_billing(shop).terms == 14


def test_a_series_is_begun_and_marked_before_its_first_number_only(shop: Session) -> None:
    sells(shop)
    billing.begin_numbers(shop, "invoice", 500)
    billing.save(shop, billing.read_billing(shop), {"invoice_prefix": "F"})
    assert bill(shop, ordered(shop, repaired(shop))[0]).label == "F500"
    with pytest.raises(Invalid, match="in use"):
        billing.begin_numbers(shop, "invoice", 900)
    with pytest.raises(Invalid, match="stays"):
        billing.save(shop, billing.read_billing(shop), {"invoice_prefix": "X"})


def test_the_delivery_day_is_when_it_went_out(shop: Session) -> None:
    sells(shop)
    shop.clock[:] = [clock.seconds_of(datetime(2026, 11, 20, 10, 0))]
    order = ordered(shop, repaired(shop))[0]
    dispatching.dispatch(shop, Out(order.row.id))
    shop.clock[:] = [clock.seconds_of(datetime(2026, 11, 24, 10, 0))]
    assert record(shop, bill(shop, order).id).delivered == "2026-11-20"


def test_every_act_on_orders_names_its_number_and_whose_it_is(shop: Session) -> None:
    """Changes tells it: rows with neither number nor name say nothing."""
    sells(shop)
    order = ordered(shop, repaired(shop))[0]
    dispatching.dispatch(shop, Out(order.row.id))
    made = bill(shop, order)
    credited(shop, made.id)

    told = {act.act: (act.number, act.subject) for act in history.recent(shop, 4)}

    assert told["order.dispatch"] == (10_001, "Jensen")
    assert told["order.invoice"] == (10_001, "Jensen")
    assert all(number and name for number, name in told.values()), told


def test_what_is_handed_over_is_named_by_whom_it_is_for(shop: Session) -> None:
    order = ordered(shop, repaired(shop))[0]
    issuing.issue(shop, [issuing.all_left(shop, [order.row.id])], rendered)

    (act,) = history.recent(shop, 1)

    assert (act.number, act.subject) == (10_001, "Jensen")
