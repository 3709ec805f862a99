"""The shop is put back to an earlier state while screens are open: nothing of before is done to what is there now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.restore import restore
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import Register
from svc_tui.domain.rights import Role
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.people.welcome import Welcome
from svc_tui.services.core.session import Session, opened_anew
from svc_tui.services.jobs import activities
from svc_tui.services.people import register_edits
from svc_tui.services.people.register_edits import Entry
from svc_tui.services.people.setup import insert_employee
from tests.ui.colleague import until
from tests.ui.desk import Desk, open_desk
from tests.ui.shop import read_job
from tests.ui.test_live import register

JOB = "TV uden billede"
WITHOUT_PARTS = "Projektor slukker"


@pytest.fixture
def put_back(bent: Session, database: Path, tmp_path: Path) -> Callable[[], None]:
    """Puts the shop back to how it was when the test began."""
    backup = tmp_path / "backup.db"
    back_up(bent.store, backup)

    def act() -> None:
        restore(database, backup, lambda _finding: None)

    return act


async def restored(desk: Desk, put_back: Callable[[], None]) -> None:
    """Put it back, and wait until that is told here."""
    await asyncio.to_thread(put_back)
    await until(desk, lambda: desk.shows("put back to an earlier state"))


async def test_a_list_is_read_anew_and_says_so(live: Desk, bent: Session, put_back: Callable[[], None]) -> None:
    register(bent, "Ny ved skranken")
    await until(live, lambda: live.shows("Ny ved"))
    await restored(live, put_back)
    await until(live, lambda: not live.shows("Ny ved"))


async def test_a_second_restore_that_ends_on_the_same_act_is_told_too(live: Desk, put_back: Callable[[], None]) -> None:
    for _ in range(2):
        await restored(live, put_back)
        await live.press("down", "home")
        assert not live.shows("put back to an earlier state")


async def test_what_was_selected_is_selected_no_longer(live: Desk, put_back: Callable[[], None]) -> None:
    await live.press("space", "down", "space")
    assert live.standing.startswith("2 selected")
    await restored(live, put_back)
    await until(live, lambda: "selected" not in live.standing)
    assert not live.on_top(ActivityListScreen).list.selection


async def test_the_next_act_is_not_done_to_a_row_that_nobody_has_looked_at(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    row = await live.list.put_cursor(WITHOUT_PARTS)
    await restored(live, put_back)
    await until(live, lambda: live.app.screen.session is live.app.session)  # type: ignore[attr-defined]
    await live.press("d")
    assert live.shows("Not done: the shop was put back")
    assert live.list.row(WITHOUT_PARTS).stage == row.stage
    await live.press("d")
    assert live.shows("is done."), "now it has been looked at"
    assert live.list.row(WITHOUT_PARTS).stage == Stage.DONE


async def test_a_question_about_jobs_of_before_changes_nothing(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    row = await live.list.put_cursor(JOB)
    await live.press("p", "f", "r")
    await asyncio.to_thread(put_back)
    await until(live, lambda: live.app.session.generation == live.app.store.generation())
    await live.press("enter")
    assert live.shows("put back to an earlier state")
    assert read_job(bent, row.number).values["start_at"] == row.start_at


async def test_an_untouched_sheet_shows_the_job_as_it_is_there(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    row = await live.list.put_cursor(JOB)
    sheet = activities.open_sheet(bent, row.id)
    activities.save(bent, activities.SheetEdit(sheet, {**sheet.values, "subject": "Rettet"}, sheet.links, sheet.lines))
    await until(live, lambda: live.shows("Rettet"))
    await live.press("enter")
    await restored(live, put_back)
    assert live.sheet.text("Subject") == row.subject
    await live.press("home", "X", "f2")
    assert live.shows("is saved")
    assert read_job(bent, row.number).values["subject"] == f"X{row.subject}"


async def test_a_sheet_with_changes_is_kept_and_not_saved_into_another_customers_job(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    made = register(bent, "Hansens fjernsyn")
    await until(live, lambda: live.shows("Hansens fj"))
    await live.list.put_cursor("Hansens fjernsyn")
    await live.press("enter", "home", "X")
    await restored(live, put_back)
    now = opened_anew(bent)
    other = register(now, "Jensens radio")
    assert other == made
    await live.press("f2")
    assert live.shows("put back to an earlier state")
    assert not live.shows("is saved")
    assert live.sheet.text("Subject") == "XHansens fjernsyn"
    assert activities.open_sheet(now, other).values["subject"] == "Jensens radio"


async def test_it_is_never_said_that_somebody_took_the_registration_back(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    register(bent, "Hansens fjernsyn")
    await until(live, lambda: live.shows("Hansens fj"))
    await live.list.put_cursor("Hansens fjernsyn")
    await live.press("enter")
    await restored(live, put_back)
    assert live.shows("in which this job is not")
    assert not live.shows("registration")


async def test_a_register_shows_its_rows_of_now_and_says_so(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    await live.press("R", "down", "enter")
    _named(bent, "Droneservice")
    await until(live, lambda: live.shows("Droneservice"))
    await restored(live, put_back)
    await until(live, lambda: not live.shows("Droneservice"))


async def test_what_is_done_in_a_register_is_done_to_the_row_of_now(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    first = _named(bent, "Droneservice")
    await live.press("R", "down", "enter")
    await until(live, lambda: live.shows("Droneservice"))
    await live.press("G")
    await asyncio.to_thread(put_back)
    now = opened_anew(bent)
    assert _named(now, "Robotservice") == first
    await live.press("r")
    await until(live, lambda: live.shows("Robotservice"))
    assert not next(one for one in opened_anew(now).registers.types if one.id == first).retired


async def test_the_form_of_a_row_of_before_is_refused_and_what_was_typed_stays(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    first = _named(bent, "Droneservice")
    await live.press("R", "down", "enter")
    await until(live, lambda: live.shows("Droneservice"))
    await live.press("G", "enter")
    await live.form.fill("Name", "Dronehjælp")
    await asyncio.to_thread(put_back)
    now = opened_anew(bent)
    assert _named(now, "Robotservice") == first
    await live.press("f2")
    assert live.shows("put back to an earlier state")
    assert live.form.text("Name") == "Dronehjælp"
    assert "Dronehjælp" not in [one.name for one in opened_anew(now).registers.types]


async def test_the_company_of_before_is_not_written_over_that_of_now(
    live: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    await live.press("R", "end", "up", "up", "enter")
    await live.form.fill("Name", "Holms Værksted")
    await asyncio.to_thread(put_back)
    await live.press("f2")
    assert live.shows("put back to an earlier state")
    assert opened_anew(bent).registers.company.name != "Holms Værksted"


@pytest.mark.parametrize("place", ["R", "hours", "views"])
async def test_the_other_screens_of_the_registers_say_so_too(
    live: Desk, bent: Session, put_back: Callable[[], None], place: str
) -> None:
    await live.press("R", *{"R": (), "hours": ("end", "up", "enter"), "views": ("end", "enter")}[place])
    await restored(live, put_back)
    await live.press("down", "f5")
    assert not live.screen.bottom.complains


def _named(session: Session, name: str) -> int:
    """A new type of the shop."""
    lists = frozenset(one.id for one in session.registers.lists)
    blank = next(entry for entry in register_edits.entries(session.registers, Register.TYPE)).values
    return register_edits.save(session, Register.TYPE, Entry(None, {}), dict(blank) | {"name": name, "lists": lists})


def _hire(session: Session, letters: str, name: str) -> int:
    with change_set(session.store, None, "employee.create") as changes:
        return insert_employee(changes, letters, name, Role.TECHNICIAN)


async def test_who_is_chosen_at_the_first_start_is_nobody_who_got_the_place_by_a_restore(
    store: Store, bent: Session, put_back: Callable[[], None]
) -> None:
    place = _hire(bent, "QL", "Quinn Lund")
    async with open_desk(store, None) as desk:
        await asyncio.to_thread(put_back)
        assert _hire(bent, "WM", "Willy Madsen") == place
        await desk.press("q", "enter")
        assert isinstance(desk.screen, Welcome)
        assert desk.shows("Not done: the shop was put back")
        assert not desk.shows("Quinn Lund")
        await desk.press("w", "enter")
        assert "Willy Madsen" in desk.title


async def test_who_takes_over_is_nobody_who_got_the_place_by_a_restore(
    desk: Desk, bent: Session, put_back: Callable[[], None]
) -> None:
    place = _hire(bent, "QL", "Quinn Lund")
    await desk.press("f10")
    await desk.type("change user")
    await desk.press("enter")
    await asyncio.to_thread(put_back)
    assert _hire(bent, "WM", "Willy Madsen") == place
    await desk.press("q", "enter")
    assert isinstance(desk.screen, Welcome)
    assert not desk.shows("Quinn Lund")
    await desk.press("w", "enter")
    assert "Willy Madsen" in desk.title
