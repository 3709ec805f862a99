"""The timer of a person: one at most, ended as a line on an hours product, undone whole, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.people_models import Product
from svc_tui.db.core.timer_models import Timer
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import DatabaseTrouble, Invalid, NotAllowed, NotFound
from svc_tui.domain.operations import Value
from svc_tui.domain.records import LineRecord, ProductRow
from svc_tui.domain.rights import Role
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.history import history, undo
from svc_tui.services.jobs import ceilings, timers
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.jobs.timers import How
from svc_tui.services.people.setup import insert_employee
from svc_tui.services.stock import products
from tests.db.jobs import again, changed, job, kind, set_type

NINE = datetime(2026, 11, 24, 9, 0)


@pytest.fixture
def shop(shop: Session) -> Session:
    """Nine in the morning, in a shop with one hours product."""
    shop.clock = [float(to_seconds(NINE))]
    shop.store.execute_sql("UPDATE product SET retired = ?", (True,))
    hours_product(shop, "AT", "Arbejdstime", 50_000)
    return shop


def hours_product(session: Session, code: str, name: str, price: int, **values: Value) -> ProductRow:
    with change_set(session.store, None, "product.create") as changes:
        row = changes.insert(
            Product,
            {"code": code, "code_key": code_key(code), "name": name, "name_key": search_key(name), "kind": "hours",
             "unit": "time", "price": price, **values},
        )  # fmt: skip
    found = products.get(session, row)
    assert found is not None
    return found


def later(session: Session, minutes: float) -> None:
    session.clock[0] += minutes * 60


def planned(product: ProductRow, line_id: int = -1, quantity: int = 1_000, **values: object) -> LineRecord:
    made = LineRecord(
        line_id, -line_id, "hours", product.id, product.code, product.name, product.unit, quantity, None,
        product.price, 0, "customer", "",
    )  # fmt: skip
    return made._replace(**values)  # type: ignore[arg-type]  # checked by use


def timed(session: Session, sheet: Sheet, minutes: float, how: How = How()) -> timers.Stopped:  # noqa: B008 - a value
    """A timer that ran so long on a job."""
    timer = timers.start(session, sheet.id or 0)
    later(session, minutes)
    return timers.stop(session, timer, how)


def of_lines(session: Session, sheet: Sheet) -> list[tuple[str, int, int | None, int, str]]:
    return [(line.code, line.planned, line.used, line.price, line.payer) for line in again(session, sheet).lines]


# -- running and stopping ------------------------------------------------------------------------------------------


def test_nothing_runs_until_it_is_started_and_opening_a_job_starts_nothing(shop: Session) -> None:
    sheet = job(shop)
    again(shop, sheet)
    assert timers.running(shop) is None
    timer = timers.start(shop, sheet.id or 0)
    assert timers.running(shop) == timer
    assert (timer.number, timer.subject, timer.started_at) == (sheet.number, "Intet billede", to_seconds(NINE))


def test_what_it_counted_is_a_line_on_the_shops_hours_product_without_a_plan(shop: Session) -> None:
    sheet = job(shop)
    stopped = timed(shop, sheet, 83)
    assert (stopped.number, stopped.minutes, stopped.quantity) == (sheet.number, 83, 1_383)
    assert stopped.text == "Arbejdstime"
    assert timers.running(shop) is None
    assert of_lines(shop, sheet) == [("AT", 0, 1_383, 50_000, "customer")]
    [(total, hours)] = shop.store.sql("SELECT total, hours FROM activity WHERE id = ?", (sheet.id,))
    assert (total, hours) == (69_150, 1_383)
    assert list(findings(shop.store)) == []


def test_less_than_half_a_minute_makes_no_line(shop: Session) -> None:
    sheet = job(shop)
    stopped = timed(shop, sheet, 0.4)
    assert (stopped.minutes, stopped.line) == (0, None)
    assert of_lines(shop, sheet) == []
    assert timers.running(shop) is None


def test_the_types_payer_pays_what_a_timer_counted(shop: Session) -> None:
    warranty = kind(shop, shop.registers.types[0].name)
    set_type(shop, warranty, default_payer="supplier")
    sheet = job(shop, type=warranty)
    timed(shop, sheet, 60)
    assert of_lines(shop, sheet) == [("AT", 0, 1_000, 50_000, "supplier")]


def test_a_planned_line_gives_product_price_and_payer_and_its_plan_is_used_up(shop: Session) -> None:
    """A plan that nobody used anything of would be charged beside the hours."""
    dear = hours_product(shop, "SPEC", "Specialist", 90_000)
    sheet = job(shop, lines=[planned(dear, price=80_000, payer="supplier", quantity=2_000)])
    timed(shop, sheet, 30)
    assert of_lines(shop, sheet) == [("SPEC", 2_000, 0, 80_000, "supplier"), ("SPEC", 0, 500, 80_000, "supplier")]
    [(total, left)] = shop.store.sql("SELECT total, work_left FROM activity WHERE id = ?", (sheet.id,))
    assert (total, left) == (40_000, 90 * 60)


def test_the_hours_of_a_plan_count_once_against_what_the_customer_agreed(shop: Session) -> None:
    product = hours_product(shop, "SPEC", "Specialist", 80_000)
    sheet = job(shop, lines=[planned(product, quantity=2_000)], ceiling=200_000)
    timed(shop, sheet, 30)
    [standing] = ceilings.standing(shop, (sheet.id or 0,))
    assert (standing.comes_to, standing.is_over) == (200_000, False)
    timed(shop, sheet, 120)
    [standing] = ceilings.standing(shop, (sheet.id or 0,))
    assert (standing.comes_to, standing.is_over) == (250_000, True)


def test_with_several_products_it_is_said_which_and_the_timer_runs_on_until_then(shop: Session) -> None:
    other = hours_product(shop, "KØR", "Kørsel", 30_000)
    sheet = job(shop)
    timer = timers.start(shop, sheet.id or 0)
    later(shop, 60)
    ahead = timers.look(shop)
    assert ahead is not None
    assert [row.code for row in ahead.products] == ["AT", "KØR"]
    with pytest.raises(Invalid, match="AT, KØR") as refused:
        timers.stop(shop, timer)
    assert refused.value.field == "product"
    assert timers.running(shop) == timer
    timers.stop(shop, timer, How(product=other.id))
    assert of_lines(shop, sheet) == [("KØR", 0, 1_000, 30_000, "customer")]
    timed(shop, sheet, 60)  # the job has one now
    assert [row[0] for row in of_lines(shop, sheet)] == ["KØR", "KØR"]


def test_without_any_hours_product_it_runs_on_and_the_remedy_is_said(shop: Session) -> None:
    shop.store.execute_sql("UPDATE product SET retired = ?", (True,))
    sheet = job(shop)
    timer = timers.start(shop, sheet.id or 0)
    later(shop, 10)
    with pytest.raises(Invalid, match="no product of kind hours"):
        timers.stop(shop, timer)
    assert timers.running(shop) == timer
    timers.stop(shop, timer, How(line=False))
    assert timers.running(shop) is None


def test_a_part_is_no_hours_product(shop: Session) -> None:
    fan = hours_product(shop, "FAN", "Blæser", 100, kind="part")
    timer = timers.start(shop, job(shop).id or 0)
    later(shop, 10)
    with pytest.raises(Invalid, match="no product of kind hours"):
        timers.stop(shop, timer, How(product=fan.id))


# -- at most one ---------------------------------------------------------------------------------------------------


def test_a_second_one_is_refused_with_the_job_of_the_first(shop: Session) -> None:
    first, second = job(shop), job(shop)
    timers.start(shop, first.id or 0)
    with pytest.raises(Invalid, match=f"job {first.number} since"):
        timers.start(shop, second.id or 0)
    with pytest.raises(DatabaseTrouble), change_set(shop.store, None, "timer.start") as changes:
        changes.insert(Timer, {"activity": second.id, "employee": shop.employee.id, "started_at": 0})  # type: ignore[union-attr]


def test_two_people_have_a_timer_each_also_on_one_job(two_sessions: tuple[Session, Session]) -> None:
    anna, bent = two_sessions
    sheet = job(anna)
    hers, his = timers.start(anna, sheet.id or 0), timers.start(bent, sheet.id or 0)
    assert (timers.running(anna), timers.running(bent)) == (hers, his)
    with pytest.raises(NotFound):
        timers.stop(bent, hers)


def test_switching_ends_the_first_and_starts_the_second_in_one_act(shop: Session) -> None:
    first, second = job(shop), job(shop)
    timer = timers.start(shop, first.id or 0)
    later(shop, 45)
    stopped = timers.switch(shop, timer, second.id or 0)
    assert (stopped.number, stopped.minutes) == (first.number, 45)
    running = timers.running(shop)
    assert running is not None
    assert (running.number, running.started_at) == (second.number, to_seconds(NINE) + 45 * 60)

    undo.undo_last(shop)
    assert timers.running(shop) == timer
    assert of_lines(shop, first) == []
    undo.redo_last(shop)
    assert timers.running(shop) == running
    assert [row[2] for row in of_lines(shop, first)] == [750]


def test_what_was_stopped_elsewhere_is_not_stopped_twice(shop: Session) -> None:
    sheet = job(shop)
    timer = timers.start(shop, sheet.id or 0)
    later(shop, 60)
    timers.stop(shop, timer)
    with pytest.raises(NotFound, match="does not run"):
        timers.stop(shop, timer)
    assert len(of_lines(shop, sheet)) == 1


# -- forgotten -----------------------------------------------------------------------------------------------------


def test_one_since_another_day_counts_nothing_until_it_is_said_when_the_work_ended(shop: Session) -> None:
    sheet = job(shop)
    timer = timers.start(shop, sheet.id or 0)
    assert (found := timers.look(shop)) is not None
    assert not found.is_forgotten
    later(shop, 24 * 60)
    found = timers.look(shop)
    assert found is not None
    assert found.is_forgotten
    assert found.closes_at == to_seconds(datetime(2026, 11, 24, 17, 0))
    with pytest.raises(Invalid, match="say when the work ended") as refused:
        timers.stop(shop, timer)
    assert refused.value.field == "stopped_at"
    assert timers.running(shop) == timer
    half_past = to_seconds(datetime(2026, 11, 24, 9, 30))
    stopped = timers.stop(shop, timer, How(started_at=half_past, stopped_at=half_past + 3_600))
    assert (stopped.minutes, stopped.quantity) == (60, 1_000)


def test_started_after_hours_no_end_is_proposed(shop: Session) -> None:
    shop.clock = [float(to_seconds(datetime(2026, 11, 24, 21, 0)))]
    timers.start(shop, job(shop).id or 0)
    later(shop, 12 * 60)
    found = timers.look(shop)
    assert found is not None
    assert (found.is_forgotten, found.closes_at) == (True, None)


def test_times_that_cannot_be_are_refused_and_it_runs_on(shop: Session) -> None:
    timer = timers.start(shop, job(shop).id or 0)
    later(shop, 60)
    with pytest.raises(Invalid, match="still to come"):
        timers.stop(shop, timer, How(stopped_at=shop.seconds() + 600))
    assert timers.running(shop) == timer


# -- history, undo, rights -----------------------------------------------------------------------------------------


def test_stopping_is_undone_whole_and_the_timer_runs_as_before(shop: Session) -> None:
    sheet = job(shop, lines=[planned(hours_product(shop, "SPEC", "Specialist", 90_000))])
    timer = timers.start(shop, sheet.id or 0)
    later(shop, 60)
    timers.stop(shop, timer)
    undo.undo_last(shop)
    assert timers.running(shop) == timer
    assert of_lines(shop, sheet) == [("SPEC", 1_000, None, 90_000, "customer")]
    undo.undo_last(shop)
    assert timers.running(shop) is None
    assert list(findings(shop.store)) == []


def test_a_stop_is_not_undone_into_a_second_timer(shop: Session) -> None:
    sheet, other = job(shop), job(shop)
    timed(shop, sheet, 60)
    act = undo.last_to_undo(shop)
    timers.start(shop, other.id or 0)
    with pytest.raises(Invalid):
        undo.undo(shop, act)
    assert len(of_lines(shop, sheet)) == 1
    running = timers.running(shop)
    assert running is not None
    assert running.number == other.number


def test_the_history_of_the_job_tells_of_it(shop: Session) -> None:
    sheet = job(shop)
    timed(shop, sheet, 60)
    acts = [row.act for row in history.of_activity(shop, sheet.id or 0)]
    assert {"timer.start", "timer.stop"} <= set(acts)


def test_an_open_sheet_is_saved_beside_the_line(shop: Session) -> None:
    sheet = job(shop)
    edit = changed(sheet, subject="Billede uden lyd")
    timed(shop, sheet, 60)
    from svc_tui.services.jobs import activities

    activities.save(shop, edit)
    assert again(shop, sheet).values["subject"] == "Billede uden lyd"
    assert len(of_lines(shop, sheet)) == 1


def test_a_job_whose_registration_is_taken_back_takes_its_timer_along_or_stays(shop: Session) -> None:
    sheet = job(shop)
    act = undo.last_to_undo(shop)
    timers.start(shop, sheet.id or 0)
    try:
        undo.undo(shop, act)
    except Invalid:
        assert timers.running(shop) is not None
    else:
        assert timers.running(shop) is None
    assert list(findings(shop.store)) == []


def _looks_only(session: Session) -> None:
    with change_set(session.store, None, "employee.create") as changes:
        made = insert_employee(changes, "SE", "Søren Egholm", Role.READONLY)
    session.reload_registers()
    session.employee = session.registers.employee(made)


@pytest.mark.parametrize("act", [lambda session, job: timers.start(session, job)])
def test_who_may_only_look_has_no_timer(shop: Session, act: Callable[[Session, int], object]) -> None:
    sheet = job(shop)
    _looks_only(shop)
    assert timers.running(shop) is None
    with pytest.raises(NotAllowed):
        act(shop, sheet.id or 0)
