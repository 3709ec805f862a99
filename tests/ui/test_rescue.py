"""What cannot be saved is never lost: by one key it is in the job's note, or in a new job where the job is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from tests.ui.desk import Desk
from tests.ui.shop import read_job, sign_in
from tests.ui.test_saving import JOB, NUMBER


@pytest.fixture
def colleague(database: Path) -> Iterator[Session]:
    """Bent Krogh, at another terminal."""
    store = open_database(str(database))
    yield sign_in(store, "BK")
    store.close()


def _change(session: Session, **changes: str) -> None:
    base = read_job(session, NUMBER)
    activities.save(session, SheetEdit(base, base.values | dict(changes), base.links, base.lines))


async def test_what_is_in_conflict_goes_into_the_note_by_one_key(desk: Desk, colleague: Session) -> None:
    sheet = await desk.list.open(JOB)
    _change(colleague, subject="Deres emne", project="Deres projekt")
    await sheet.fill("Subject", "Mit emne")
    await sheet.go_to_note()
    await desk.type("Min note")
    await desk.press("f2")
    assert "F11 puts what you typed into the job's note." in desk.message
    await desk.press("f11")
    assert sheet.text("Subject") == "Deres emne"
    assert sheet.text("Project") == "Deres projekt"
    assert sheet.screen.note.box.text == "Min note\nSubject: Mit emne"
    await desk.press("f2")
    assert desk.message.startswith("Job 10054 is saved.")
    stored = await desk.stored(NUMBER)
    assert stored.values["subject"] == "Deres emne"
    assert "Min note\nSubject: Mit emne" in [note.text for note in stored.notes]


async def test_what_is_typed_in_a_job_that_was_taken_back_makes_a_new_one(desk: Desk, colleague: Session) -> None:
    theirs = activities.new_sheet(colleague, None, {})
    made = activities.save(colleague, SheetEdit(theirs, theirs.values | {"subject": "Deres sag"}, (), ()))
    await desk.press("3", "/")
    await desk.type(str(made.number))
    await desk.press("enter")
    sheet = await desk.list.open("Deres sag")
    await sheet.fill("Subject", "Deres sag, og mit")
    await sheet.type_into("Part", "hdmi-5m")
    await desk.press("enter")
    undo.undo_last(colleague)
    await desk.press("f2")
    assert "F11 makes a new job of what stands here." in desk.message
    assert "F5" not in desk.message
    await desk.press("f11")
    assert sheet.text("Subject") == "Deres sag, og mit"
    assert [line.text for line in sheet.lines] == ["HDMI-kabel 5 m"]
    await desk.press("f2")
    assert "is saved" in desk.message
    assert sheet.screen.job.number != made.number
    assert sheet.screen.job.values["subject"] == "Deres sag, og mit"


async def test_the_key_does_nothing_where_nothing_is_unsaved(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("f11")
    assert desk.message == "Nothing was typed here that is not saved."
