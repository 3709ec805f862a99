"""The parts of a job's lines in the database: what a save reserves, uses, takes back and gives up, and undoing it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Asked, Invalid
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import LineRecord, PartState, ProductRow, Stage
from svc_tui.domain.stock import foreseen
from svc_tui.domain.stock.answers import Answer, Ask
from svc_tui.domain.stock.pieces import Fate
from svc_tui.domain.tables import PART_CLAIM, PURCHASE, PURCHASE_LINE
from svc_tui.formats import Formats
from svc_tui.screens.jobs import job_columns
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk, intake, lines
from svc_tui.services.jobs.activities import Sheet, SheetEdit
from svc_tui.services.jobs.bulk import Edit, Selection
from svc_tui.services.stock import product_card
from svc_tui.services.stock.product_card import ProductEdit
from tests.db.jobs import again, job, line, part, set_company

Two = tuple[Session, Session]


def counted(session: Session, stock: int, code: str = "FAN-12") -> ProductRow:
    """A product of which so many lie here."""
    fan = part(session, code, "Blæser 12 cm")
    count(session, fan, stock)
    return fan


def count(session: Session, product: ProductRow, stock: int, *, anyway: bool = False) -> None:
    card = product_card.open_card(session, product.id)
    product_card.save(session, ProductEdit(card, card.values | {"stock": stock * 1000, "tracked": True}, anyway=anyway))


def of(product: ProductRow, planned: int = 1, line_id: int = -1) -> LineRecord:
    return lines.line_of_product(product, line_id, 0)._replace(planned=planned * 1000)


def with_lines(sheet: Sheet, *rows: LineRecord, **more: object) -> SheetEdit:
    return replace(SheetEdit(sheet, sheet.values, sheet.links, rows), **more)  # type: ignore[arg-type]  # fields of it


def saved(session: Session, sheet: Sheet, *rows: LineRecord, **more: object) -> Sheet:
    activities.save(session, with_lines(sheet, *rows, **more))
    return again(session, sheet)


def used(row: LineRecord, pieces: int | None) -> LineRecord:
    return row._replace(used=None if pieces is None else pieces * 1000)


def here(session: Session, product: ProductRow) -> tuple[int, int]:
    """What lies here, and in quarantine."""
    [(stock, aside)] = session.store.sql("SELECT stock, quarantine FROM product WHERE id = ?", (product.id,))
    return stock // 1000, aside // 1000


def ledger(session: Session, product: ProductRow) -> list[tuple[str, int]]:
    rows = session.store.sql("SELECT kind, quantity FROM stock_move WHERE of_product = ? ORDER BY id", (product.id,))
    return [(kind, quantity // 1000) for kind, quantity in rows]


def state(sheet: Sheet) -> str:
    return sheet.lines[0].state


def told(session: Session, sheet: Sheet) -> tuple[str, int, int]:
    [row] = session.store.sql("SELECT part_state, parts_here, parts_all FROM activity WHERE id = ?", (sheet.id,))
    return (str(row[0]), int(row[1]), int(row[2]))


def on_order(session: Session, sheet: Sheet, pieces: int, expected: int | None = None) -> int:
    """What the job's first line lacks is on order; gives the line of the order."""
    row = sheet.lines[0]
    with change_set(session.store, None, "stock.order") as changes:
        number = changes.next_number("purchase")
        made = changes.insert(PURCHASE, {"number": number, "expected_at": expected, "created_at": changes.at})
        entry = changes.insert(
            PURCHASE_LINE, {"purchase": made, "product": row.product_id, "text": row.text, "ordered": pieces * 1000}
        )
        changes.insert(
            PART_CLAIM,
            {"activity": sheet.id, "line": row.id, "purchase_line": entry, "quantity": pieces * 1000},
        )
    return entry


@pytest.fixture(autouse=True)
def _stays_sound(shop: Session) -> object:
    yield
    assert list(findings(shop.store)) == []


def test_saving_takes_what_is_free_in_the_order_of_saving_and_the_job_tells_it(shop: Session) -> None:
    fan = counted(shop, 1)
    first = job(shop, lines=[of(fan)])
    second = job(shop, lines=[of(fan), line("Skrue", -2, 1)])
    assert (state(first), state(second)) == (PartState.RESERVED, PartState.NEEDED)
    assert (told(shop, first), told(shop, second)) == (("reserved", 1, 1), ("needed", 0, 2))
    assert here(shop, fan) == (1, 0)


def test_nothing_is_reserved_where_the_company_does_not_want_it(shop: Session) -> None:
    fan = counted(shop, 1)
    set_company(shop, reserve_at_save=False)
    assert state(job(shop, lines=[of(fan)])) == PartState.NEEDED


def test_what_is_used_leaves_the_stock_and_what_is_taken_back_is_here_again(shop: Session) -> None:
    fan = counted(shop, 3)
    sheet = job(shop, lines=[of(fan, 2)])
    sheet = saved(shop, sheet, used(sheet.lines[0], 3))
    assert (state(sheet), sheet.lines[0].planned, here(shop, fan)) == (PartState.USED, 3000, (0, 0))
    sheet = saved(shop, sheet, used(sheet.lines[0], 1))
    assert (state(sheet), sheet.lines[0].reserved, here(shop, fan)) == (PartState.RESERVED, 2000, (2, 0))
    assert ledger(shop, fan) == [("count", 3), ("use", -3), ("back", 2)]


@pytest.mark.parametrize(
    ("fate", "left", "moves"),
    [
        (Fate.FAULTY, (0, 1), [("count", 1), ("use", -1), ("back", 0)]),
        (Fate.BROKEN, (0, 0), [("count", 1), ("use", -1), ("back", 1), ("scrap", -1)]),
    ],
)
def test_a_piece_that_is_not_good_is_needed_again(
    shop: Session, fate: Fate, left: tuple[int, int], moves: list[tuple[str, int]]
) -> None:
    fan = counted(shop, 1)
    sheet = job(shop, lines=[used(of(fan), 1)])
    row = sheet.lines[0]
    sheet = saved(shop, sheet, used(row, None), fates={row.id: fate})
    assert (state(sheet), here(shop, fan), ledger(shop, fan)) == (PartState.NEEDED, left, moves)


def test_a_piece_of_another_job_is_taken_only_when_somebody_says_so(shop: Session) -> None:
    fan = counted(shop, 1)
    theirs = job(shop, lines=[of(fan)])
    mine = job(shop, lines=[of(fan)])
    wanted = used(mine.lines[0], 1)
    with pytest.raises(Asked) as asked:
        activities.save(shop, with_lines(mine, wanted))
    assert asked.value.values["job"] == theirs.number
    mine = saved(shop, mine, wanted, anyway=True)
    assert (state(mine), state(again(shop, theirs)), here(shop, fan)) == (PartState.USED, PartState.NEEDED, (0, 0))


def test_more_than_the_stock_says_is_asked_and_then_a_count(shop: Session) -> None:
    fan = counted(shop, 1)
    sheet = job(shop, lines=[of(fan)])
    with pytest.raises(Asked):
        activities.save(shop, with_lines(sheet, used(sheet.lines[0], 2)))
    saved(shop, sheet, used(sheet.lines[0], 2), anyway=True)
    assert ledger(shop, fan) == [("count", 1), ("count", 1), ("use", -2)]


def test_a_line_of_text_has_states_too_and_no_stock(shop: Session) -> None:
    sheet = job(shop, lines=[line("Specialskrue")])
    assert state(sheet) == PartState.NEEDED
    sheet = saved(shop, sheet, foreseen.arrived(sheet.lines[0]))
    assert (state(sheet), sheet.lines[0].reserved) == (PartState.ARRIVED, 1000)
    sheet = saved(shop, sheet, used(sheet.lines[0], 1))
    assert (state(sheet), told(shop, sheet)) == (PartState.USED, ("used", 1, 1))
    assert shop.store.sql("SELECT count(*) FROM stock_move") == [(0,)]


def test_what_came_by_hand_was_ordered_and_is_owed_no_more(shop: Session) -> None:
    fan = counted(shop, 0)
    sheet = job(shop, lines=[of(fan, 2)])
    due = shop.seconds() + 86_400
    entry = on_order(shop, sheet, 2, expected=due)
    sheet = again(shop, sheet)
    assert (state(sheet), sheet.lines[0].due) == (PartState.ORDERED, due)
    sheet = saved(shop, sheet, foreseen.arrived(sheet.lines[0]))
    assert (state(sheet), here(shop, fan)) == (PartState.ARRIVED, (2, 0))
    assert shop.store.sql("SELECT outstanding, received FROM purchase_line WHERE id = ?", (entry,)) == [(0, 2000)]
    assert shop.store.sql("SELECT count(*) FROM part_claim") == [(0,)]


def test_fewer_planned_frees_what_is_on_its_way_and_then_what_is_reserved(shop: Session) -> None:
    fan = counted(shop, 1)
    sheet = job(shop, lines=[of(fan, 3)])
    entry = on_order(shop, sheet, 2)
    sheet = again(shop, sheet)
    sheet = saved(shop, sheet, sheet.lines[0]._replace(planned=2000))
    assert (sheet.lines[0].reserved, sheet.lines[0].ordered) == (1000, 1000)
    waits = job(shop, lines=[of(fan)])
    saved(shop, sheet, sheet.lines[0]._replace(planned=0, used=None))
    assert (state(again(shop, sheet)), state(again(shop, waits))) == ("", PartState.RESERVED)
    assert shop.store.sql("SELECT outstanding FROM purchase_line WHERE id = ?", (entry,)) == [(2000,)]


def test_a_line_that_goes_gives_its_pieces_to_whoever_waits(shop: Session) -> None:
    fan = counted(shop, 1)
    first, second = job(shop, lines=[of(fan)]), job(shop, lines=[of(fan)])
    saved(shop, first)
    assert state(again(shop, second)) == PartState.RESERVED


def test_a_line_whose_pieces_are_in_the_device_does_not_go(shop: Session) -> None:
    fan = counted(shop, 1)
    sheet = job(shop, lines=[used(of(fan), 1)])
    with pytest.raises(Invalid, match="in the device"):
        activities.save(shop, with_lines(sheet))
    assert state(again(shop, sheet)) == PartState.USED


def test_what_is_used_is_planned_at_least(shop: Session) -> None:
    sheet = job(shop, lines=[used(of(counted(shop, 2), 2), 2)])
    assert foreseen.changed(sheet.lines[0], 1000, 2000).planned == 2000
    sheet = saved(shop, sheet, sheet.lines[0]._replace(planned=1000))
    assert (sheet.lines[0].planned, state(sheet)) == (2000, PartState.USED)
    sheet = saved(shop, sheet, sheet.lines[0]._replace(planned=1000, used=1000))
    assert (sheet.lines[0].planned, state(sheet)) == (1000, PartState.USED)


def test_a_count_below_what_is_reserved_asks_and_names_the_job(shop: Session) -> None:
    fan = counted(shop, 2)
    soon = job(shop, lines=[of(fan)], promised_at=shop.seconds() + 3600)
    late = job(shop, lines=[of(fan)], promised_at=shop.seconds() + 7200)
    with pytest.raises(Asked) as asked:
        count(shop, fan, 1)
    assert asked.value.values["job"] == late.number
    count(shop, fan, 1, anyway=True)
    assert (state(again(shop, soon)), state(again(shop, late))) == (PartState.RESERVED, PartState.NEEDED)


def test_nobody_writes_in_the_ledger_or_deletes_of_it(shop: Session) -> None:
    counted(shop, 1)
    for statement in ("UPDATE stock_move SET quantity = 5000", "DELETE FROM stock_move"):
        with pytest.raises(Exception, match="append-only"):
            shop.store.execute_sql(statement)


def test_undoing_a_use_puts_the_piece_back_and_the_ledger_keeps_both(shop: Session) -> None:
    fan = counted(shop, 1)
    sheet = job(shop, lines=[of(fan)])
    saved(shop, sheet, used(sheet.lines[0], 1))
    undo.undo_last(shop)
    assert (state(again(shop, sheet)), here(shop, fan)) == (PartState.RESERVED, (1, 0))
    assert ledger(shop, fan) == [("count", 1), ("use", -1), ("use", 1)]


def test_undoing_a_count_whose_pieces_are_reserved_by_now_is_refused(shop: Session) -> None:
    fan = part(shop, "FAN-12", "Blæser 12 cm")
    count(shop, fan, 1)
    counted_in = undo.last_to_undo(shop)
    sheet = job(shop, lines=[of(fan)])
    with pytest.raises(Invalid, match="used or reserved"):
        undo.undo(shop, counted_in)
    assert (state(again(shop, sheet)), here(shop, fan)) == (PartState.RESERVED, (1, 0))


def test_two_who_use_the_last_piece_at_once_do_not_both_get_it(two_sessions: Two) -> None:
    anna, bent = two_sessions
    fan = counted(anna, 1)
    set_company(anna, reserve_at_save=False)
    bent.reload_registers()
    first, second = job(anna, lines=[of(fan)]), job(bent, lines=[of(fan)])
    saved(anna, first, used(first.lines[0], 1))
    with pytest.raises(Asked):
        activities.save(bent, with_lines(second, used(second.lines[0], 1)))


# -- done and cancelled --------------------------------------------------------------------------------------------


def done(session: Session) -> int:
    return next(entry.id for entry in session.registers.statuses if entry.stage is Stage.DONE)


def cancelled(session: Session) -> int:
    return next(entry.id for entry in session.registers.statuses if entry.stage is Stage.CANCELLED)


def set_status(session: Session, sheet: Sheet, status: int, *answers: tuple[int, Answer], anyway: bool = False) -> None:
    bulk.at_once(session, (sheet.id or 0,), Edit("status", status, tuple(answers), anyway))


def test_done_is_refused_while_a_part_is_open_and_names_it(shop: Session) -> None:
    sheet = job(shop, lines=[line("Skrue"), line("Tætning", -2, 1)])
    with pytest.raises(Invalid, match="“Skrue” is not dealt with"):
        bulk.at_once(shop, (sheet.id or 0,), Edit("done", True))
    with pytest.raises(Invalid, match="“Skrue” is not dealt with"):
        activities.save(shop, with_lines(sheet, *sheet.lines, values=sheet.values | {"status": done(shop)}))
    first, second = (row.id for row in sheet.lines)
    with pytest.raises(Invalid, match="“Tætning”"):
        set_status(shop, sheet, done(shop), (first, Answer.USED))
    set_status(shop, sheet, done(shop), (first, Answer.USED), (second, Answer.UNNEEDED))
    now = again(shop, sheet)
    assert [(row.used, row.planned, row.state) for row in now.lines] == [(1000, 1000, "used"), (None, 0, "")]
    assert now.stage is Stage.DONE
    undo.undo_last(shop)
    now = again(shop, sheet)
    assert [row.state for row in now.lines] == ["needed", "needed"]
    assert now.stage is not Stage.DONE


def test_of_many_jobs_those_with_an_open_part_are_refused_and_the_others_done(shop: Session) -> None:
    waits, ready = job(shop, lines=[line("Skrue")]), job(shop, lines=[line("Skrue")._replace(used=1000)])
    plan = bulk.plan(shop, Selection((waits.id or 0, ready.id or 0)), Edit("done", True))
    assert [refusal.number for refusal in plan.refused] == [waits.number]
    bulk.carry_out(shop, plan)
    assert (again(shop, waits).stage, again(shop, ready).stage) != (Stage.DONE, Stage.DONE)
    assert again(shop, ready).stage is Stage.DONE


def test_a_job_already_done_is_saved_without_asking_for_its_old_parts(shop: Session) -> None:
    sheet = job(shop, lines=[line("Skrue")._replace(used=1000)])
    set_status(shop, sheet, done(shop))
    sheet = again(shop, sheet)
    activities.save(shop, SheetEdit(sheet, sheet.values | {"subject": "Andet"}, sheet.links, sheet.lines))
    with pytest.raises(Invalid, match="not dealt with"):
        activities.save(shop, with_lines(sheet, *sheet.lines, line("Glemt", -2, 1)))


def test_done_with_a_piece_of_another_job_asks_and_takes_it_when_told(shop: Session) -> None:
    fan = counted(shop, 1)
    theirs, mine = job(shop, lines=[of(fan)]), job(shop, lines=[of(fan)])
    answer = (mine.lines[0].id, Answer.USED)
    with pytest.raises(Asked):
        set_status(shop, mine, done(shop), answer)
    set_status(shop, mine, done(shop), answer, anyway=True)
    assert (state(again(shop, mine)), state(again(shop, theirs))) == ("used", "needed")


def test_a_cancelled_job_frees_what_was_reserved_for_whoever_waits(shop: Session) -> None:
    fan = counted(shop, 1)
    first, second = job(shop, lines=[of(fan)]), job(shop, lines=[of(fan)])
    saved = activities.save(shop, with_lines(first, *first.lines, values=first.values | {"status": cancelled(shop)}))
    assert saved.freed == (("Blæser 12 cm", 1000),)
    first = again(shop, first)
    assert (first.lines[0].reserved, first.lines[0].planned) == (0, 1000)
    assert state(again(shop, second)) == "reserved"
    undo.undo(shop, undo.last_to_undo(shop))
    assert (state(again(shop, first)), state(again(shop, second))) == ("reserved", "needed")


def test_what_is_in_the_device_of_a_cancelled_job_is_asked_about(shop: Session) -> None:
    fan = counted(shop, 1)
    for answer, left, payer in (
        (Answer.GOOD, (1, 0), "customer"), (Answer.FAULTY, (0, 1), "customer"),
        (Answer.BROKEN, (0, 1), "customer"), (Answer.OURS, (0, 1), "us"),
    ):  # fmt: skip
        count(shop, fan, 1)
        sheet = job(shop, lines=[used(of(fan), 1)])
        with pytest.raises(Invalid, match="in the device"):
            set_status(shop, sheet, cancelled(shop))
        set_status(shop, sheet, cancelled(shop), (sheet.lines[0].id, answer))
        assert (here(shop, fan), again(shop, sheet).lines[0].payer) == (left, payer)


@pytest.mark.parametrize(
    ("answer", "outstanding", "waiting"),
    [(Answer.GIVE, 2000, "ordered"), (Answer.STOCK, 2000, "needed"), (Answer.CANCEL, 0, "needed")],
)
def test_what_is_on_its_way_to_a_cancelled_job_goes_where_it_is_said(
    shop: Session, answer: Answer, outstanding: int, waiting: str
) -> None:
    fan = counted(shop, 0)
    sheet = job(shop, lines=[of(fan, 2)])
    entry = on_order(shop, sheet, 2)
    with change_set(shop.store, None, "stock.order") as changes:
        changes.update(PURCHASE, 1, {"sent_at": changes.at})
    other = job(shop, lines=[of(fan)])
    [question] = intake.parts_asked(shop, sheet.id or 0, Edit("status", cancelled(shop)))
    assert (question.ask, question.pieces, question.waits) == (Ask.ON_ORDER, 2000, other.number)
    set_status(shop, sheet, cancelled(shop), (question.line, answer))
    assert state(again(shop, other)) == waiting
    assert shop.store.sql("SELECT outstanding FROM purchase_line WHERE id = ?", (entry,)) == [(outstanding,)]


def test_what_no_supplier_has_seen_is_withdrawn_with_the_job(shop: Session) -> None:
    sheet = job(shop, lines=[of(counted(shop, 0))])
    entry = on_order(shop, sheet, 1)
    set_status(shop, sheet, cancelled(shop))
    assert shop.store.sql("SELECT ordered, outstanding FROM purchase_line WHERE id = ?", (entry,)) == [(0, 0)]


def test_a_cancelled_job_that_is_opened_again_needs_its_parts(shop: Session) -> None:
    fan = counted(shop, 0)
    sheet = job(shop, lines=[of(fan)])
    begun = int(sheet.values["status"] or 0)
    set_status(shop, sheet, cancelled(shop))
    count(shop, fan, 1)
    assert again(shop, sheet).lines[0].reserved == 0, "nothing is brought to it"
    set_status(shop, sheet, begun)
    assert state(again(shop, sheet)) == "needed"


def test_a_list_tells_how_many_parts_are_here_and_when_the_next_comes(shop: Session) -> None:
    fan, belt = counted(shop, 1), counted(shop, 0, "BELT-1")
    sheet = saved(shop, job(shop), of(fan), of(belt, line_id=-2))
    [row] = [row for row in lists.page(shop, ActivityQuery(), 50) if row.id == sheet.id]
    assert (row.parts_here, row.parts_all, row.parts_due) == (1, 2, None)
    formats = Formats("da", shop.now)
    cell = job_columns.all_columns(shop, formats, 6)["parts"].cell
    assert cell(row) == "1/2"
    assert cell(row._replace(parts_due=shop.seconds())) == f"1/2 {formats.day(shop.seconds())}"
    assert cell(row._replace(parts_all=0)) == ""
