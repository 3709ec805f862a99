"""What others save is seen here within a moment: in lists and in the open job, and nothing moves by itself."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store
from svc_tui.db.core.job_models import Activity
from svc_tui.db.core.shop_models import ActivityStatus
from svc_tui.domain.news import News
from svc_tui.screens.shell import list_reading
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.ui.colleague import heard, until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import PATIENCE, Desk

JOB = "TV uden billede"


def change(session: Session, activity_id: int | None, **values: Any) -> None:
    """Save a change of a job's header."""
    assert activity_id is not None
    sheet = activities.open_sheet(session, activity_id)
    activities.save(session, SheetEdit(sheet, sheet.values | values, sheet.links, sheet.lines))


def register(session: Session, subject: str, **values: Any) -> int:
    """A new job in the product list, at the top of it unless it starts elsewhen."""
    sheet = activities.new_sheet(session, 1, {})
    kind = next(entry.id for entry in session.registers.types if entry.name == "TV-Service")
    wanted = sheet.values | {"subject": subject, "type": kind, "customer": 1, "end_at": None} | values
    return activities.save(session, SheetEdit(sheet, wanted, (), ())).id


def status(session: Session, name: str) -> int:
    return next(entry.id for entry in session.registers.statuses if entry.name == name)


# -- lists -------------------------------------------------------------------------------------------------------------


async def test_a_job_changed_elsewhere_is_seen_and_the_cursor_stays(live: Desk, bent: Session) -> None:
    row = await live.list.put_cursor(JOB)
    line = live.lines.index(next(line for line in live.lines if "TV uden" in line))
    change(bent, row.id, subject="Repareret")
    await until(live, lambda: live.shows("Repareret"))
    assert live.list.current.id == row.id
    assert "Repareret" in live.lines[line]


async def test_a_job_registered_elsewhere_appears_on_top_and_the_cursor_stays_on_its_job(
    live: Desk, bent: Session
) -> None:
    row = await live.list.put_cursor(JOB)
    register(bent, "Ny ved skranken", start_at=live.list.rows[0].start_at + 60)
    await until(live, lambda: live.shows("Ny ved"))
    assert live.list.rows[0].subject == "Ny ved skranken"
    assert live.list.current.id == row.id


async def test_a_job_that_leaves_the_list_leaves_the_cursor_on_its_line(live: Desk, bent: Session) -> None:
    await live.list.filter("status:venter")
    before = live.list.rows
    await live.press("down")
    change(bent, live.list.current.id, status=status(bent, "I arbejde"))
    await until(live, lambda: len(live.list.rows) == len(before) - 1)
    assert live.list.current.id == before[2].id


async def test_below_the_top_nothing_scrolls_when_jobs_come_above(live: Desk, bent: Session) -> None:
    await live.press("pagedown", "down", "down")
    body = live.lines[3:-2]
    register(bent, "Ny ved skranken", start_at=live.list.rows[0].start_at + 60)
    await heard(live, bent)
    assert live.lines[3:-2] == body
    await live.press("home")
    assert live.shows("Ny ved")


async def test_keys_typed_while_news_come_do_what_they_do(live: Desk, bent: Session) -> None:
    ids = [row.id for row in live.list.rows]
    for step in range(12):
        change(bent, ids[step], subject=f"Emne {step}")
        await live.send("down")
    await live.app.keys_done()
    await heard(live, bent)
    assert live.list.current.id == ids[12]
    assert [row.subject for row in live.list.rows[:12]] == [f"Emne {step}" for step in range(12)]


async def test_the_count_follows(live: Desk, bent: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_reading, "AGAIN_AFTER", 0.05)
    monkeypatch.setattr(list_reading, "COUNTING_SHARE", 1)
    await live.press("3")
    await until(live, lambda: live.standing.startswith("60 jobs"))
    register(bent, "Ny ved skranken")
    await until(live, lambda: live.standing.startswith("61 jobs"))


async def test_a_list_beneath_another_screen_is_up_to_date_when_it_comes_to_the_top(live: Desk, bent: Session) -> None:
    row = await live.list.put_cursor(JOB)
    await live.press("f1")
    change(bent, row.id, subject="Ændret imens")
    await heard(live, bent)
    await live.press("escape")
    await until(live, lambda: live.shows("Ændret imens"))
    assert live.list.current.id == row.id


async def test_a_list_that_was_left_is_up_to_date_when_one_comes_back(live: Desk, bent: Session) -> None:
    row = await live.list.put_cursor(JOB)
    await live.press("3")
    change(bent, row.id, subject="Ændret imens")
    await heard(live, bent)
    await live.press("1")
    await until(live, lambda: live.shows("Ændret imens"))


async def test_ones_own_acts_in_another_list_are_seen_too(live: Desk) -> None:
    row = await live.list.put_cursor(JOB)
    await live.press("3")
    await live.list.put_cursor(JOB)
    await live.press("d", "+")  # its part was used
    await live.press("1")
    await until(live, lambda: live.list.row(JOB).stage != row.stage)


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the session asks of its database, in the order it is asked."""
    asked: list[str] = []
    for name in ("run", "run_long", "read", "read_later"):
        ask = getattr(Store, name)

        def noted(self: Store, function: Any, *args: Any, ask: Any = ask, **kwargs: Any) -> Any:
            asked.append(function.__name__)
            return ask(self, function, *args, **kwargs)

        monkeypatch.setattr(Store, name, noted)
    return asked


def elsewhere(desk: Desk, session: Session) -> list[int]:
    """Jobs of which the list holds no row."""
    held = {row.id for row in desk.list.rows}
    return [row[0] for row in session.store.sql("SELECT id FROM activity ORDER BY id") if row[0] not in held]


def _has_heard(desk: Desk, rounds: int) -> bool:
    return desk.app.live.rounds >= rounds


async def test_what_is_saved_in_a_job_that_is_not_shown_is_not_read(
    live: Desk, bent: Session, questions: list[str]
) -> None:
    far, near = elsewhere(live, bent)[:2], live.list.rows[3].id
    await heard(live, bent)
    questions.clear()
    rounds = live.app.live.rounds
    for done, activity_id in enumerate(far, 1):
        change(bent, activity_id, subject="Et andet emne", status=status(bent, "I arbejde"))
        await until(live, partial(_has_heard, live, rounds + done))
    assert set(questions) <= {"is_outdated"}  # which opens the connection half a second after the start
    change(bent, near, subject="Et nyt emne")
    await until(live, lambda: live.shows("Et nyt emne"))
    assert "first_page" in questions


async def test_a_job_that_comes_from_beyond_what_is_shown_is_seen(live: Desk, bent: Session) -> None:
    kind = next(entry.id for entry in bent.registers.types if entry.name == "TV-Service")
    far = next(row for row in elsewhere(live, bent) if activities.open_sheet(bent, row).values["type"] != kind)
    top = live.list.rows[0].start_at
    change(bent, far, type=kind, start_at=top + 60, end_at=None, subject="Kommer langvejs fra", customer=1)
    await until(live, lambda: live.shows("Kommer lang"))


async def test_what_a_filter_line_asks_for_is_read_whatever_was_saved(live: Desk, bent: Session) -> None:
    await live.press("3")
    await live.list.filter("sjældentord")
    assert live.list.rows == []
    change(bent, 5, subject="Et sjældentord i emnet")
    await until(live, lambda: live.shows("sjældentord i emnet"))


async def test_the_end_of_a_list_that_changed_beyond_the_screen_is_read_when_one_goes_there(
    live: Desk, bent: Session
) -> None:
    await live.press("3", "end", "home")
    far = elsewhere(live, bent)[0]
    change(bent, far, subject="Nyt for enden")
    await heard(live, bent)
    await live.press("end")
    await until(live, lambda: any(row.subject == "Nyt for enden" for row in live.list.rows))


async def test_registers_changed_elsewhere_are_read_again(live: Desk, bent: Session) -> None:
    await live.list.put_cursor(JOB)
    with change_set(bent.store, None, "status.save") as changes:
        changes.update(ActivityStatus, status(bent, "Venter på dele"), {"name": "Mangler dele"})
    await until(live, lambda: live.shows("W Mangler"))
    assert status(live.session, "Mangler dele")


async def test_a_bulk_act_elsewhere_is_seen(live: Desk, bent: Session) -> None:
    with change_set(bent.store, None, "activity.bulk") as changes:
        for activity_id in range(1, 61):
            for place in range(8):
                changes.update(Activity, activity_id, {"subject": f"Alle {place}"})
    await until(live, lambda: live.shows("Alle 7"))


async def test_who_signs_in_while_others_save_is_not_disturbed(store: Store, bent: Session, open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.press("f10")
        await desk.type("change user")
        await desk.press("enter")
        text = desk.screen_text()
        register(bent, "Ny ved skranken")
        await asyncio.sleep(0.5)
        await desk.rest()
        assert desk.screen_text() == text


# -- the open job ------------------------------------------------------------------------------------------------------


async def test_the_open_job_is_filled_anew_and_says_who_changed_what(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"), project="Haster")
    await until(live, lambda: live.message == "BK changed: Status, Project")
    assert (sheet.text("Status"), sheet.text("Project")) == ("I arbejde", "Haster")
    assert not sheet.screen.is_changed
    await live.press("escape")
    assert live.list.current.id == sheet.screen.job.id


async def test_cursor_tab_and_table_stay_when_the_job_is_filled_anew(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await sheet.open_tab("product")
    await sheet.go_to_table()
    await live.press("down")
    line = sheet.screen.product.list.current
    at_once(bent, [sheet.screen.job.id or 0], Edit("note", "Kunden har ringet"))
    await until(live, lambda: live.message == "BK changed: Note")
    assert (sheet.tab, sheet.screen.product.list.current) == ("product", line)
    assert sheet.screen.target is sheet.screen.product.list
    await sheet.go_to("Subject")
    await live.press("home", "right", "right")
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"))
    await until(live, lambda: live.message == "BK changed: Status")
    await live.type("X")
    assert sheet.text("Subject").startswith(JOB[:2] + "X" + JOB[2:])


async def test_what_is_typed_stays_and_the_line_tells(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await sheet.type_into("Project", "Halvt skre")
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"))
    await until(live, lambda: live.message == "BK changed: Status (merged when you save)")
    assert (sheet.text("Project"), sheet.text("Status")) == ("Halvt skre", "Venter på dele")
    await live.type("vet")
    await live.press("f2")
    assert "saved" in live.message
    stored = await live.stored(sheet.number or 0)
    assert (stored.values["project"], stored.values["status"]) == ("Halvt skrevet", status(bent, "I arbejde"))


async def test_a_note_being_written_stays(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await sheet.go_to_note()
    await live.type("Jeg skriver ")
    change(bent, sheet.screen.job.id, subject="TV med billede")
    await until(live, lambda: live.message == "BK changed: Subject (merged when you save)")
    await live.type("videre")
    assert sheet.screen.note.box.text == "Jeg skriver videre"


async def test_a_question_is_answered_before_the_line_tells(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await sheet.fill("Project", "Haster")
    await live.press("escape")
    question = live.message
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"))
    await heard(live, bent)
    assert live.message == question
    await live.press("escape")
    await until(live, lambda: live.message == "BK changed: Status (merged when you save)")


async def test_a_refusal_is_not_talked_over(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await sheet.type_into("Responsible", "ukendt")
    await live.press("f2")
    refusal = live.message
    assert refusal
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"))
    await heard(live, bent)
    assert live.message == refusal


async def test_a_picker_above_the_job_is_left_first(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await live.press("f9")
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"))
    await heard(live, bent)
    await live.press("escape")
    await until(live, lambda: live.message == "BK changed: Status")
    assert sheet.text("Status") == "I arbejde"


async def test_the_history_that_is_open_follows(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    await sheet.open_tab("history")
    change(bent, sheet.screen.job.id, status=status(bent, "I arbejde"))
    await until(live, lambda: live.shows("Status: Venter på dele → I arbejde"))


async def test_a_registration_that_was_taken_back_is_told_in_the_open_job(live: Desk, bent: Session) -> None:
    register(bent, "Ny ved skranken", start_at=live.list.rows[0].start_at + 60)
    await until(live, lambda: live.shows("Ny ved"))
    await live.press("home")
    await live.list.open("Ny ved skranken")
    await asyncio.to_thread(undo.undo_last, bent)
    await until(live, lambda: live.message.startswith("This job is gone: BK took its registration back."))
    await live.press("escape")
    assert not live.shows("Ny ved")


async def test_other_jobs_do_not_concern_the_open_one(live: Desk, bent: Session) -> None:
    sheet = await live.list.open(JOB)
    before = live.screen_text()
    register(bent, "Ny ved skranken")
    await heard(live, bent)
    assert live.screen_text() == before
    assert sheet.screen.job.id != 1


# -- trouble -----------------------------------------------------------------------------------------------------------


async def test_a_file_that_is_moved_away_is_told_before_anybody_saves(live: Desk, database: Path) -> None:
    database.rename(database.with_name("moved.db"))
    await until(live, lambda: "was moved or replaced" in live.message)
    database.with_name("moved.db").rename(database)
    await live.press("down")
    assert live.message == ""


async def test_what_is_saved_while_the_program_ends_disturbs_nothing(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        desk.app.exit()
    desk.app.live.heard(News(everything=True))
    async with asyncio.timeout(PATIENCE):
        await desk.app._take_keys()
