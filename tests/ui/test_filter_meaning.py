"""What a filter line means is asked anew whenever the list is read again: the clock, a name, a view may have moved."""

from __future__ import annotations

from datetime import timedelta

from svc_tui.domain.queries import Order
from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.filters import views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.people import contacts
from tests.ui.colleague import heard, until
from tests.ui.desk import Desk
from tests.ui.test_live import change, register


async def filtered(desk: Desk, line: str) -> None:
    await desk.press("3", "/")
    await desk.type(line)
    await desk.press("enter")
    await desk.rest()


def subjects(desk: Desk) -> set[str]:
    return {row.subject for row in desk.list.rows}


def turn_clock(desk: Desk, to: float) -> None:
    assert desk.session.clock is not None
    desk.session.clock[0] = to


async def test_one_letter_is_marked_and_finds_nothing_until_there_are_two(desk: Desk) -> None:
    await desk.press("3", "/")
    await desk.step("s")
    await desk.rest()
    assert desk.lines[1].startswith("!Filter: s")
    assert not desk.list.rows
    await desk.step("k")
    await desk.rest()
    assert desk.lines[1].startswith(" Filter: sk")
    assert desk.list.rows
    await desk.press("backspace", "enter")
    assert "two letters" in desk.message
    assert not desk.list.rows


async def test_why_nothing_is_shown_is_said_to_who_goes_to_the_list_also_later(desk: Desk) -> None:
    for text in ("x", "???", "-x", "&"):
        await desk.press("3", "/")
        await desk.type(text)
        await desk.rest()
        await desk.press("enter")
        assert "to search for" in desk.message, text
        assert not desk.list.rows
        await desk.press("*")
        assert desk.message == "There is nothing to select."
        assert not desk.list.screen.list.selection


async def test_today_is_the_day_it_is_when_the_list_is_read_again(desk: Desk) -> None:
    await filtered(desk, "start:today")
    shown = subjects(desk)
    midnight = to_local(desk.session.seconds()).replace(hour=0, minute=0, second=1) + timedelta(days=1)
    assert desk.list.screen.clock.until == to_seconds(midnight) - 1
    turn_clock(desk, to_seconds(midnight))
    await desk.press("f5")
    tomorrow = subjects(desk)
    assert tomorrow != shown
    await desk.press("1", "3")
    assert subjects(desk) == tomorrow


async def test_at_midnight_the_list_reads_itself_again(desk: Desk) -> None:
    await filtered(desk, "start:today")
    shown, screen = subjects(desk), desk.list.screen
    turn_clock(desk, to_seconds(to_local(desk.session.seconds()).replace(hour=23, minute=59)))
    screen.clock.look()
    await desk.rest()
    assert subjects(desk) == shown
    turn_clock(desk, desk.session.seconds() + 60)
    await desk.press("1")
    screen.clock.look()  # nobody sees it now
    await desk.press("3")
    await until(desk, lambda: subjects(desk) != shown)
    assert desk.list.screen.clock.until == desk.session.seconds() + 86_400


async def test_a_job_becomes_late_when_its_time_has_come(live: Desk, bent: Session) -> None:
    now = live.session.seconds()
    number = register(bent, "Snart for sen", promised_at=now + 600, status=1)
    await heard(live, bent)
    await filtered(live, "late:yes")
    assert "Snart for sen" not in subjects(live)
    screen = live.list.screen
    assert screen.clock.until is not None
    assert screen.clock.until <= now + 601
    turn_clock(live, now + 601)
    screen.clock.look()
    await until(live, lambda: "Snart for sen" in subjects(live))
    assert number


async def test_a_customer_registered_since_is_found_by_what_others_save(live: Desk, bent: Session) -> None:
    await filtered(live, "customer:Zeppelin")
    assert not live.list.rows
    new = contacts.create(bent, contacts.NewContact("Zeppelin A/S"))
    register(bent, "Til luftskibet", customer=new.id)
    await until(live, lambda: subjects(live) == {"Til luftskibet"})
    row = live.list.rows[0]
    change(bent, row.id, subject="Til luftskibet i går")
    await until(live, lambda: subjects(live) == {"Til luftskibet i går"})


async def test_the_difference_is_said_when_more_match_than_were_shown(desk: Desk, bent: Session) -> None:
    await filtered(desk, "Zeppelin -x1")
    assert not desk.list.rows
    for place in range(2):
        register(bent, f"Zeppelin {place}")
    await desk.press("f5", "*")
    assert desk.standing.startswith("2 selected")
    register(bent, "Zeppelin 3")
    await desk.press("d")
    await desk.rest()
    assert desk.shows("Set 3 jobs done? 2 were shown when you chose.")


async def test_a_view_in_the_line_brings_its_order_until_the_list_is_sorted_otherwise(desk: Desk) -> None:
    await desk.ask(views.save, ViewDraft("By number", "stage:open", "", Order("number"), "", False))
    screen = desk.list.screen
    await filtered(desk, "view:by number")
    screen = desk.list.screen
    assert screen.order.now == Order("number")
    numbers = [row.number for row in desk.list.rows]
    assert numbers == sorted(numbers)
    assert len(numbers) > 1
    await desk.press("O")
    await desk.press("f5")
    assert screen.order.now == Order("number", descending=True)
    assert [row.number for row in desk.list.rows] == numbers[::-1]
