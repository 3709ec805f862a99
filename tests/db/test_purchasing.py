"""From what jobs lack to an order, to goods that come in, to what is proposed for the jobs, and what goes back."""

from __future__ import annotations

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.people_models import Product
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Asked, Invalid
from svc_tui.domain.paper.reader import Reader
from svc_tui.domain.records import ProductRow, Stage, WaitsFor
from svc_tui.domain.stock.going_back import ReturnReason, ReturnState
from svc_tui.domain.stock.pieces import Fate
from svc_tui.output.paper.plain import plain
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, arrivals
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.stock import part_papers, purchasing, receiving, returns
from svc_tui.services.stock.purchasing import Owed
from svc_tui.services.stock.receiving import Arrived
from svc_tui.services.stock.returns import NewReturn
from tests.db.jobs import again, contact, job, line, part
from tests.db.test_part_lines import count, counted, here, of, state, used, with_lines

DAY = 86_400


@pytest.fixture(autouse=True)
def _stays_sound(shop: Session) -> object:
    yield
    assert list(findings(shop.store)) == []


def supplied(session: Session, name: str = "Elgros", stock: int = 0, code: str = "FAN-12") -> ProductRow:
    fan = counted(session, stock, code)
    supplier = contact(session, name, is_supplier=True)
    with change_set(session.store, None, "product.save") as changes:
        changes.update(Product, fan.id, {"supplier": supplier.id, "supplier_code": f"E-{code}", "cost": 5000,
                                         "shelf": "B-07"})  # fmt: skip
    return fan


def waiting(session: Session) -> int:
    return next(entry.id for entry in session.registers.statuses if entry.waits_for is WaitsFor.PARTS)


def ordered(session: Session, expected: int | None = None) -> list[Owed]:
    """Everything that jobs lack is ordered."""
    purchasing.order(session, purchasing.to_order(session), expected)
    return purchasing.outstanding(session)


def came(session: Session, row: Owed, good: int, faulty: int = 0, **more: object) -> receiving.Receipt:
    return receiving.receive(session, Arrived(row.id, good * 1000, faulty * 1000, **more))  # type: ignore[arg-type]


def test_what_jobs_lack_is_gathered_by_supplier_with_the_earliest_promise(shop: Session) -> None:
    fan, belt = supplied(shop), supplied(shop, "Remme", code="BELT")
    late = job(shop, lines=[of(fan, 2)], promised_at=shop.seconds() + 5 * DAY)
    soon = job(shop, lines=[of(fan), of(belt, line_id=-2)], promised_at=shop.seconds() + DAY)
    text = job(shop, lines=[line("Specialskrue")])
    done = job(shop, lines=[used(of(fan), 0)._replace(planned=0)])
    rows = purchasing.to_order(shop)
    assert [(row.supplier_name, row.supplier_code, row.quantity, row.jobs) for row in rows] == [
        ("Elgros", "E-FAN-12", 3000, (soon.number, late.number)), ("Remme", "E-BELT", 1000, (soon.number,)),
        ("", "", 1000, (text.number,)),
    ]  # fmt: skip
    assert rows[0].promise == soon.values["promised_at"]
    assert done.number not in {number for row in rows for number in row.jobs}


def test_one_act_makes_an_order_for_each_supplier_and_is_undone_as_one(shop: Session) -> None:
    fan, belt = supplied(shop), supplied(shop, "Remme", code="BELT")
    sheet = job(shop, lines=[of(fan, 2), of(belt, line_id=-2)])
    rows = purchasing.to_order(shop)
    first, second = purchasing.order(shop, [purchasing.more(rows[0], 5000), rows[1]], shop.seconds() + DAY)
    assert second == first + 1
    assert [row.state for row in again(shop, sheet).lines] == ["ordered", "ordered"]
    owed = purchasing.outstanding(shop)
    assert [(row.number, row.outstanding, row.jobs) for row in owed] == [
        (first, 5000, (sheet.number,)), (second, 1000, (sheet.number,))
    ]  # fmt: skip
    assert purchasing.to_order(shop) == []
    with pytest.raises(Invalid, match="lacking any more"):
        purchasing.order(shop, rows)
    with pytest.raises(Invalid, match="lack more"):
        purchasing.more(rows[0], 1000)
    undo.undo_last(shop)
    assert (purchasing.outstanding(shop), state(again(shop, sheet))) == ([], "needed")


def test_what_is_late_stands_first_and_what_nobody_knows_before_what_has_a_day(shop: Session) -> None:
    fans = [supplied(shop, f"Nr {i}", code=f"F{i}") for i in range(3)]
    for fan, days in zip(fans, (3, None, -1), strict=True):
        job(shop, lines=[of(fan)])
        purchasing.order(shop, purchasing.to_order(shop), None if days is None else shop.seconds() + days * DAY)
    assert [row.supplier_name for row in purchasing.outstanding(shop)] == ["Nr 2", "Nr 1", "Nr 0"]


def test_what_comes_says_which_jobs_get_it_the_oldest_promise_first_and_the_rest_is_stock(shop: Session) -> None:
    fan = supplied(shop)
    late = job(shop, lines=[of(fan)], promised_at=shop.seconds() + 5 * DAY)
    soon = job(shop, lines=[of(fan)], promised_at=shop.seconds() + DAY)
    [row] = ordered(shop)
    receipt = came(shop, row, 2)
    assert [(entry.job.number, entry.pieces) for entry in receipt.for_jobs] == [
        (soon.number, 1000),
        (late.number, 1000),
    ]
    assert (receipt.left, receipt.to_stock, receipt.shelf) == (0, 0, "B-07")
    assert (state(again(shop, soon)), here(shop, fan)) == ("arrived", (2, 0))
    undo.undo_last(shop)
    assert (state(again(shop, soon)), here(shop, fan)) == ("ordered", (0, 0))
    [row] = purchasing.outstanding(shop)
    assert row.jobs == (soon.number, late.number)


def test_an_arrival_whose_pieces_are_used_is_not_undone(shop: Session) -> None:
    fan = supplied(shop)
    sheet = job(shop, lines=[of(fan)])
    [row] = ordered(shop)
    came(shop, row, 1)
    act = undo.last_to_undo(shop)
    sheet = again(shop, sheet)
    activities.save(shop, with_lines(sheet, used(sheet.lines[0], 1)))
    with pytest.raises(Invalid):
        undo.undo(shop, act)
    assert here(shop, fan) == (0, 0)


def test_too_few_leaves_the_rest_ordered_and_too_many_is_confirmed_once(shop: Session) -> None:
    fan = supplied(shop)
    sheet = job(shop, lines=[of(fan, 3)])
    [row] = ordered(shop)
    tomorrow = shop.seconds() + DAY
    assert came(shop, row, 1, rest_expected=tomorrow).left == 2000
    assert purchasing.outstanding(shop)[0].expected == tomorrow
    with pytest.raises(Asked):
        came(shop, row, 4)
    receipt = came(shop, row, 4, anyway=True)
    assert (receipt.left, receipt.to_stock, state(again(shop, sheet))) == (0, 2000, "arrived")
    for wrong in (0, -1):
        with pytest.raises(Invalid):
            came(shop, row, wrong)


def test_a_faulty_piece_lies_apart_is_owed_still_and_is_to_go_back(shop: Session) -> None:
    fan = supplied(shop)
    sheet = job(shop, lines=[of(fan)])
    [row] = ordered(shop)
    assert came(shop, row, 0, 1).left == 1000
    assert (state(again(shop, sheet)), here(shop, fan)) == ("ordered", (0, 1))
    [back] = returns.open_returns(shop)
    assert (back.supplier_name, back.quantity, back.reason, back.state, back.cost) == (
        "Elgros", 1000, ReturnReason.ARRIVED_FAULTY, ReturnState.PROPOSED, 5000,
    )  # fmt: skip
    receiving.credit_instead(shop, row, 1000)
    assert (state(again(shop, sheet)), purchasing.outstanding(shop)) == ("needed", [])


def test_another_part_than_was_ordered_goes_back_and_the_order_stands_without_a_day(shop: Session) -> None:
    fan = supplied(shop)
    sheet = job(shop, lines=[of(fan)])
    [row] = ordered(shop, shop.seconds() + DAY)
    receiving.receive_wrong(shop, row, 1000, "Rem 12 mm")
    [row] = purchasing.outstanding(shop)
    assert (row.outstanding, row.expected, state(again(shop, sheet))) == (1000, None, "ordered")
    [back] = returns.open_returns(shop)
    assert (back.text, back.reason) == ("Rem 12 mm", ReturnReason.WRONG)


def test_another_price_is_the_products_cost_and_never_the_customers(shop: Session) -> None:
    fan = supplied(shop)
    sheet = job(shop, lines=[of(fan)])
    [row] = ordered(shop)
    receipt = came(shop, row, 1, cost=99_900)
    assert receipt.below_cost == (sheet.number,)
    assert shop.store.sql("SELECT cost, price FROM product WHERE id = ?", (fan.id,)) == [(99_900, 12_900)]
    assert again(shop, sheet).lines[0].price == 12_900


@pytest.mark.parametrize("code", ["E-FAN-12", "fan-12", "1001", "P1001", "blæser"])
def test_what_is_to_come_is_found_by_any_of_its_codes(shop: Session, code: str) -> None:
    fan = supplied(shop)
    job(shop, lines=[of(fan)])
    rows = ordered(shop)
    assert arrivals.find(shop, code.replace("1001", str(rows[0].number)), rows) == rows
    assert arrivals.find(shop, "NOTHING", rows) == []


def test_a_cancelled_rest_is_needed_again(shop: Session) -> None:
    sheet = job(shop, lines=[of(supplied(shop))])
    [row] = ordered(shop)
    assert purchasing.cancel_rest(shop, row) == 1000
    assert (state(again(shop, sheet)), purchasing.outstanding(shop)) == ("needed", [])


# -- what is proposed ----------------------------------------------------------------------------------------------


def waits_for_parts(session: Session, fan: ProductRow) -> Sheet:
    return job(session, lines=[of(fan)], status=waiting(session))


def test_a_job_that_waited_for_parts_is_proposed_ticked_and_moves_when_told_in_one_act(shop: Session) -> None:
    fan = supplied(shop)
    first, second = waits_for_parts(shop, fan), waits_for_parts(shop, fan)
    other = job(shop, lines=[of(fan)])
    [row] = ordered(shop)
    receipt = came(shop, row, 3)
    found = arrivals.proposals(shop, receipt.lines)
    assert [(one.number, one.ticked) for one in found] == [
        (first.number, True), (second.number, True), (other.number, False),
    ]  # fmt: skip
    assert again(shop, first).values["status"] == waiting(shop), "nothing moves before somebody says so"
    result = arrivals.move(shop, [one for one in found if one.ticked])
    target = next(entry for entry in shop.registers.statuses if entry.after_parts)
    assert result.changed == 2
    assert {again(shop, sheet).values["status"] for sheet in (first, second)} == {target.id}
    undo.undo_last(shop)
    assert {again(shop, sheet).values["status"] for sheet in (first, second)} == {waiting(shop)}


def test_a_job_that_lacks_another_part_is_not_proposed(shop: Session) -> None:
    fan = supplied(shop)
    job(shop, lines=[of(fan), line("Skrue", -2, 1)], status=waiting(shop))
    rows = [row for row in purchasing.to_order(shop) if row.product is not None]
    purchasing.order(shop, rows)
    receipt = came(shop, purchasing.outstanding(shop)[0], 1)
    assert arrivals.proposals(shop, receipt.lines) == []


def test_without_a_status_for_it_the_proposal_says_so_and_moves_nothing(shop: Session) -> None:
    fan = supplied(shop)
    sheet = waits_for_parts(shop, fan)
    [row] = ordered(shop)
    receipt = came(shop, row, 1)
    shop.store.execute_sql("UPDATE activity_status SET after_parts = ?", (False,))
    shop.reload_registers()
    [one] = arrivals.proposals(shop, receipt.lines)
    assert (one.ticked, one.status, bool(one.why)) == (False, None, True)
    with pytest.raises(Invalid):
        arrivals.move(shop, [one])
    assert again(shop, sheet).stage is Stage.WAITING


# -- what goes back ------------------------------------------------------------------------------------------------


def test_what_goes_back_leaves_quarantine_when_it_is_sent_on_one_sheet_for_a_supplier(shop: Session) -> None:
    fan = supplied(shop, stock=2)
    returns.set_aside(shop, NewReturn(fan.id, 1000, ReturnReason.SURPLUS, "SN 1"))
    sheet = job(shop, lines=[used(of(fan), 1)])
    sheet = again(shop, sheet)
    activities.save(shop, with_lines(sheet, used(sheet.lines[0], None), fates={sheet.lines[0].id: Fate.FAULTY}))
    rows = returns.open_returns(shop)
    assert [(row.reason, row.serial) for row in rows] == [("surplus", "SN 1"), ("warranty", "")]
    assert here(shop, fan) == (0, 2)
    [number] = returns.send(shop, rows)
    assert here(shop, fan) == (0, 0)
    text = plain(part_papers.return_sheet(shop, number, Reader("en", str)))
    assert "Elgros" in text
    assert text.count("Blæser 12 cm") == 2
    with pytest.raises(Invalid, match="not at that point"):
        returns.send(shop, rows)
    surplus, faulty = returns.open_returns(shop)
    returns.settle(shop, surplus, ReturnState.CREDITED, 4500)
    returns.settle(shop, faulty, ReturnState.REPLACED)
    assert (here(shop, fan), state(again(shop, sheet))) == ((1, 0), "reserved"), "who waits gets what was replaced"
    assert returns.open_returns(shop) == []


def test_more_than_is_free_does_not_go_back(shop: Session) -> None:
    fan = supplied(shop, stock=1)
    job(shop, lines=[of(fan)])
    with pytest.raises(Invalid):
        returns.set_aside(shop, NewReturn(fan.id, 1000, ReturnReason.SURPLUS))


def test_what_we_broke_is_told_apart_and_goes_back_to_nobody(shop: Session) -> None:
    fan = supplied(shop, stock=1)
    sheet = job(shop, lines=[used(of(fan), 1)])
    row = sheet.lines[0]
    activities.save(shop, with_lines(sheet, used(row, None), fates={row.id: Fate.BROKEN}))
    assert [(one.text, one.quantity, one.job) for one in returns.own_breakage(shop)] == [
        ("Blæser 12 cm", 1000, sheet.number)
    ]
    assert returns.open_returns(shop) == []


def test_an_order_is_a_paper_and_a_file(shop: Session) -> None:
    fan = supplied(shop)
    job(shop, lines=[of(fan, 3)])
    [number] = purchasing.order(shop, purchasing.to_order(shop), shop.seconds() + DAY)
    text = plain(part_papers.order_sheet(shop, number, Reader("en", str)))
    assert "Elgros" in text
    assert "E-FAN-12" in text
    assert "150.00" in text
    assert part_papers.order_csv(shop, number)[1] == (str(number), "E-FAN-12", "Blæser 12 cm", "3", "")
    count(shop, part(shop, "X", "X"), 0)
