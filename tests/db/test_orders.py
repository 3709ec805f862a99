"""Service orders: made of what was used on jobs, one payer each, and followed until they are billed or cancelled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.domain.records import Payer
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.orders import dispatching, issuing, orders, transfer
from svc_tui.services.orders.dispatching import Out
from svc_tui.services.orders.transfer import Pick
from tests.db.billed import again, bill, change_contact, line, only, ordered, rendered, repaired, sells
from tests.db.jobs import again as job_again
from tests.db.jobs import changed, image, job, status


def billing(session: Session, job_id: int | None) -> str:
    return str(session.store.sql("SELECT billing FROM activity WHERE id = ?", (job_id,))[0][0])


def test_one_order_per_payer_is_proposed_with_what_it_comes_to(shop: Session) -> None:
    sheet = repaired(shop)
    proposed = transfer.propose(shop, [sheet.id or 0])
    told = [(order.payer, order.name, order.totals.net, order.totals.gross) for order in proposed.orders]
    assert told == [
        (Payer.CUSTOMER, "Jensen", 75_000, 93_750), (Payer.SUPPLIER, "Nordisk Elektronik", 129_500, 161_875)
    ]  # fmt: skip
    assert [line.text for line in proposed.left] == ["Reserve"], "planned, and not used"
    assert proposed.ours == 4_900, "what we pay ourselves is never billed"
    assert proposed.orders[0].lines[0].vat_rate == 2_500


def test_the_orders_are_made_in_one_act_with_copies_and_the_next_numbers(shop: Session) -> None:
    sheet = repaired(shop)
    assert billing(shop, sheet.id) == "tobill"
    first, second = ordered(shop, sheet)
    assert (first.row.number, second.row.number) == (10_001, 10_002)
    assert (first.values["name"], first.values["address"], first.values["city"]) == (
        "Jensen", "Søndergade 2", "Aarhus C"
    )  # fmt: skip
    assert first.values["terms"] == 8
    assert (only(second).text, only(second).amount, only(second).job) == ("Hovedprint", 129_500, sheet.number)
    assert first.row.amount == 93_750
    assert billing(shop, sheet.id) == "ordered"
    assert shop.store.sql("SELECT count(*) FROM change_set WHERE act = 'order.make'") == [(1,)]
    assert [order.number for order in orders.of_jobs(shop, [sheet.id or 0])] == [10_001, 10_002]
    assert list(findings(shop.store)) == []


def test_an_order_keeps_what_its_contact_was_called_until_the_present_address_is_taken(shop: Session) -> None:
    first = ordered(shop, repaired(shop))[0]
    change_contact(shop, first.row.contact_id, address="Vestergade 9", vat_number="87654325")
    assert again(shop, first).values["address"] == "Søndergade 2"
    orders.take_address(shop, first.row.id)
    assert again(shop, first).values["address"] == "Vestergade 9"


def test_a_line_goes_to_orders_in_parts_that_sum_to_the_whole_and_never_twice(shop: Session) -> None:
    sheet = repaired(shop, [line("Kabel", 3000, 33, planned=3000)])
    jobs = [sheet.id or 0]
    offer = transfer.propose(shop, jobs).orders[0]
    row = offer.lines[0].line
    made = [
        transfer.make(shop, jobs, [Pick(Payer.CUSTOMER, offer.contact or 0, ((row, quantity),))])[0]
        for quantity in (1000, 1500, 500)
    ]
    parts = [only(orders.open_order(shop, order)).amount for order in made]
    assert parts == [33, 50, 16], "cumulative: 33, 82.5, 99"
    with pytest.raises(Invalid, match="less is left"):
        transfer.make(shop, jobs, [Pick(Payer.CUSTOMER, offer.contact or 0, ((row, 1),))])
    with pytest.raises(Invalid, match="on service orders already"):
        transfer.propose(shop, jobs)
    orders.cancel(shop, made[0])
    [back] = transfer.propose(shop, jobs).orders
    assert (back.lines[0].quantity, back.totals.net) == (1000, 99 - 50 - 16)


def test_what_is_on_an_order_is_locked_on_the_job_and_more_may_be_used(shop: Session) -> None:
    sheet = repaired(shop, [line("Kabel", 2000, 5_000)])
    ordered(shop, sheet)
    sheet = job_again(shop, sheet)
    [row] = sheet.lines
    for change in ({"price": 1}, {"used": 1000}, {"payer": "us"}, {"text": "Andet"}):
        with pytest.raises(Invalid, match="locked"):
            activities.save(shop, replace(changed(sheet), lines=(row._replace(**change),)))
    activities.save(shop, replace(changed(sheet), lines=(row._replace(used=3000),)))
    assert transfer.propose(shop, [sheet.id or 0]).orders[0].lines[0].quantity == 1000
    assert billing(shop, sheet.id) == "tobill"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([line("Kabel", None)], "Nothing is used yet"),
        ([line("Kabel", payer="us")], "We pay all of it"),
        ([], "no lines"),
    ],
)
def test_where_there_is_nothing_to_bill_it_is_said_why(shop: Session, lines: list[object], why: str) -> None:
    sheet = repaired(shop, lines)  # type: ignore[arg-type]  # lines of records
    with pytest.raises(Invalid, match=why):
        transfer.propose(shop, [sheet.id or 0])


def test_without_a_supplier_nothing_is_ordered_from_one(shop: Session) -> None:
    sheet = job(shop, lines=[line("Print", payer="supplier")])
    proposed = transfer.propose(shop, [sheet.id or 0])
    with pytest.raises(Invalid, match="has no supplier"):
        transfer.picked(proposed)


def test_the_payer_linked_to_a_job_stands_in_for_its_customer(shop: Session) -> None:
    from tests.db.jobs import contact, link

    buyer, payer = contact(shop, "Jensen"), contact(shop, "Forsikring A/S")
    sheet = job(shop, links=[link(payer, "payer")], lines=[line("Kabel")], customer=buyer.id)
    assert transfer.propose(shop, [sheet.id or 0]).orders[0].name == "Forsikring A/S"


def test_several_jobs_of_one_payer_go_onto_one_order(shop: Session) -> None:
    first = repaired(shop, [line("Kabel")])
    second = job(shop, lines=[line("Stik", price=5_000)], customer=first.values["customer"])
    both = [first.id or 0, second.id or 0]
    [order] = transfer.propose(shop, both).orders
    made = transfer.make(shop, both, transfer.picked(transfer.propose(shop, both)))
    assert order.totals.net == 15_000
    assert orders.open_order(shop, made[0]).row.jobs == (first.number, second.number)


def test_prices_and_texts_may_be_changed_until_something_is_invoiced(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel", 2000, 5_000)]))[0]
    row = only(order)
    values = {name: order.values[name] for name in orders.FIELDS}
    edit = orders.OrderEdit(
        order, values | {"discount": 1_000}, {row.id: {"text": "Kabel 2 m", "price": 4_000, "discount": 0}}
    )
    orders.save(shop, edit)
    order = again(shop, order)
    assert (only(order).text, only(order).amount, only(order).share) == ("Kabel 2 m", 8_000, 10_000)
    assert order.row.amount == 9_000, "8,000 less a tenth, with VAT"
    bill(shop, order)
    order = again(shop, order)
    values = {name: order.values[name] for name in orders.FIELDS}
    orders.save(shop, orders.OrderEdit(order, values | {"note": "Ring først"}))
    order = again(shop, order)
    with pytest.raises(Invalid, match="only its note"):
        orders.save(shop, orders.OrderEdit(order, {name: order.values[name] for name in orders.FIELDS} | {"terms": 3}))
    same = {name: order.values[name] for name in orders.FIELDS}
    with pytest.raises(Invalid, match="stays as it is"):
        orders.save(shop, orders.OrderEdit(order, same, {row.id: {"text": "x", "price": 1, "discount": 0}}))


def test_an_order_is_cancelled_only_while_nothing_went_out_or_is_invoiced(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel")]))[0]
    gone = dispatching.dispatch(shop, Out(order.row.id))
    with pytest.raises(Invalid, match="take that back first"):
        orders.cancel(shop, order.row.id)
    dispatching.take_back(shop, gone.id, "forkert kunde")
    bill(shop, order)
    with pytest.raises(Invalid, match="credit that first"):
        orders.cancel(shop, order.row.id)
    other = ordered(shop, repaired(shop, [line("Stik")], "Hansen"))[0]
    orders.cancel(shop, other.row.id)
    assert again(shop, other).row.progress == "cancelled"
    with pytest.raises(Invalid, match="is cancelled"):
        dispatching.dispatch(shop, Out(other.row.id))


def test_making_orders_is_undone_and_cancelling_is_not(shop: Session) -> None:
    sheet = repaired(shop)
    before = job_again(shop, sheet).lines
    ordered(shop, sheet)
    undo.undo_last(shop)
    assert job_again(shop, sheet).lines == before
    assert shop.store.sql("SELECT count(*) FROM service_order") == [(0,)]
    order = ordered(shop, sheet)[0]
    orders.cancel(shop, order.row.id)
    with pytest.raises(Invalid, match="not brought back"):
        undo.undo_last(shop)


def test_what_was_issued_for_an_order_forbids_undoing_it(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel")]))[0]
    made = shop.store.sql("SELECT max(id) FROM change_set")[0][0]
    bill(shop, order)
    before = image(shop.store)
    with pytest.raises(Invalid):
        undo.undo_last(shop)
    with pytest.raises(Invalid):
        undo.undo(shop, made)
    assert image(shop.store) == before


def test_it_goes_out_whole_or_by_line_and_sets_the_status_that_was_asked_for(shop: Session) -> None:
    sheet = repaired(shop, [line("Kabel", 2000), line("Stik", line_id=-2)])
    order = ordered(shop, sheet)[0]
    cable = order.lines[0]
    first = dispatching.dispatch(shop, Out(order.row.id, quantities={cable.id: 500}, receiver="Fru Jensen"))
    assert again(shop, order).row.progress == "order"
    assert [doubt.kind for doubt in dispatching.doubts(shop, order.row.id)] == ["money"]
    with pytest.raises(Invalid, match="less is left"):
        dispatching.dispatch(shop, Out(order.row.id, quantities={cable.id: 1501}))
    wanted = status(shop, "Sendt ud")
    second = dispatching.dispatch(shop, Out(order.row.id, status=wanted))
    assert (second.number, second.jobs) == (first.number + 1, 1)
    assert again(shop, order).row.progress == "dispatched"
    assert job_again(shop, sheet).values["status"] == wanted
    assert again(shop, order).dispatches[0].warned == "money"
    with pytest.raises(Invalid, match="went out already"):
        dispatching.dispatch(shop, Out(order.row.id))


def test_a_dispatch_is_taken_back_with_a_reason_while_nothing_is_invoiced(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop, [line("Kabel")]))[0]
    gone = dispatching.dispatch(shop, Out(order.row.id))
    with pytest.raises(Invalid, match="why"):
        dispatching.take_back(shop, gone.id, " ")
    bill(shop, order)
    with pytest.raises(Invalid, match="credit that first"):
        dispatching.take_back(shop, gone.id, "forkert")


def test_who_may_only_look_makes_no_order_and_a_counter_makes_no_credit_note(shop: Session) -> None:
    sheet = repaired(shop)
    proposed = transfer.propose(shop, [sheet.id or 0])
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role=Role.READONLY)
    with pytest.raises(NotAllowed):
        transfer.make(shop, [sheet.id or 0], transfer.picked(proposed))
    with pytest.raises(NotAllowed):
        issuing.issue(shop, [{1: 1000}], rendered)


@pytest.mark.parametrize("digits", [19, 20, 40, 5_000])
def test_a_number_longer_than_any_finds_no_order(shop: Session, digits: int) -> None:
    assert ordered(shop, repaired(shop))
    assert orders.recent(shop, orders.wanted(shop, "9" * digits), 10) == []
    assert orders.recent(shop, orders.wanted(shop, "0" * digits), 10) == []
