"""Undo and redo from a list: what is asked first, and what is told."""

from __future__ import annotations

from datetime import timedelta

from svc_tui.domain.records import Stage
from svc_tui.services.core.session import to_seconds
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.people import settings
from tests.ui import shop
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

JOB = "TV uden billede"
NUMBER = 10054
OTHER, OTHER_NUMBER = "Projektor slukker", 10056
"""A job that lacks no part."""


async def test_a_held_key_stops_at_what_is_not_of_this_session(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("m", *"Ringet", "enter", "s", "u", "b", "enter")
    before = len(desk.list.rows)
    await desk.burst(*"u" * 25)
    assert desk.message.startswith("Job saved (")
    assert "y: yes" in desk.message
    assert len(desk.list.rows) == before
    stored = await desk.stored(NUMBER)
    assert (stored.notes[0].text == "Ringet", stored.stage) == (False, Stage.WAITING)
    await desk.press("escape")
    assert "y: yes" not in desk.message


async def test_a_job_is_taken_away_only_after_asking(desk: Desk) -> None:
    await desk.list.new()
    await desk.type("Ny sag")
    await desk.press("f2", "escape", "3")
    await desk.burst("u", "u", "u", "u")
    assert "take job 10061 Ny sag away again?" in desk.message
    assert (await desk.stored(10061)).number == 10061
    await desk.press("y")
    assert desk.message == "Undone: New job, 10061 Ny sag."
    assert 10061 not in {row.number for row in desk.list.rows}
    await desk.press("U")
    assert desk.message == "Done again: New job, 10061 Ny sag."
    assert (await desk.stored(10061)).number == 10061


async def test_what_is_of_yesterday_is_asked_about_with_its_job_and_time(desk: Desk) -> None:
    await desk.list.put_cursor(OTHER)
    await desk.press("d")
    desk.session.clock = [float(to_seconds(shop.NOW + timedelta(days=1)))]
    await desk.press("u")
    assert f"put back {OTHER_NUMBER} Projektor s" in desk.message
    assert desk.message.startswith("Done (24/11 10:00")
    await desk.press("u", "u", "enter")
    assert (await desk.stored(OTHER_NUMBER)).stage is Stage.DONE
    await desk.press("y")
    assert (await desk.stored(OTHER_NUMBER)).stage is not Stage.DONE


async def test_the_act_is_fixed_when_the_question_is_asked(desk: Desk) -> None:
    await desk.press("3", "space", "space", "space", "space", "i", "h", "enter", "y")
    await desk.press("u")
    assert "put back 4 jobs?" in desk.message
    job = desk.list.rows[10]
    await desk.ask(at_once, [job.id], Edit("done"))
    await desk.press("y")
    assert desk.message.startswith("Undone: Priority, 4 jobs.")
    assert (await desk.stored(job.number)).stage is Stage.DONE


async def test_columns_are_put_back_before_what_was_done_before_them(desk: Desk) -> None:
    def titles() -> list[str]:
        return [column.title for column in desk.list.screen.list.drawing.columns]

    before = titles()
    await desk.list.put_cursor(OTHER)
    await desk.press("d", "v")
    changed = titles()
    assert changed != before
    await desk.press("u")
    assert desk.message == "Undone: Columns: advanced → normal."
    assert titles() == before
    assert (await desk.stored(OTHER_NUMBER)).stage is Stage.DONE
    await desk.press("U")
    assert desk.message == "Done again: Columns: normal → advanced."
    assert titles() == changed
    await desk.press("u", "u")
    assert (await desk.stored(OTHER_NUMBER)).stage is not Stage.DONE
    await desk.press("v", "v", "u")
    assert titles() == changed, "only the last change of two"


async def test_columns_of_yesterday_are_put_back_after_asking(desk: Desk) -> None:
    await desk.press("v")
    desk.session.clock = [float(to_seconds(shop.NOW + timedelta(days=1)))]
    await desk.press("u")
    assert desk.message == "Settings: Columns (24/11 10:00): put it back? y: yes   Esc: no"
    await desk.press("y")
    assert desk.message == "Undone: Columns: advanced → normal."


async def test_a_language_that_is_put_back_is_shown_at_once(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.ask(settings.save, desk.app.settings._replace(language="da"))
    await desk.press("escape", "u")
    assert desk.message == "Undone: Language: Dansk → as the terminal."
    assert desk.app.settings.language == ""


async def test_what_has_no_subject_is_told_by_its_number(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        sheet = await desk.list.new()
        await sheet.fill("Customer", "bente")
        await desk.press("f2", "escape")
        await desk.press("u", "y", "U")
        assert desk.message == "Done again: New job, 10061."
