"""Papers are printed by keys, and by themselves at intake; whatever a printer does, one types on."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from svc_tui.domain.registers import Register
from svc_tui.services.people import register_edits
from svc_tui.services.people.register_edits import Entry
from tests.ui.colleague import until
from tests.ui.desk import Desk


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """The folder that a printer of the tests is."""
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


async def add_printer(desk: Desk, place: str, **values: object) -> int:
    """A printer that writes plain text."""
    given: dict[str, object] = {
        "name": "Disken", "speaks": "text", "place": place, "width": 80, "height": 29, "page": "cp858",
        "page_number": None, "cuts": True, "at_intake": False, **values,
    }  # fmt: skip
    row: int = await desk.ask(register_edits.save, Register.PRINTER, Entry(None, {}), given)
    return row


async def test_without_a_printer_it_says_where_to_set_one_up(desk: Desk) -> None:
    await desk.press("P")
    assert desk.message == "No printer is set up yet: R, Printers."


async def test_a_receipt_of_the_job_under_the_cursor(desk: Desk, papers: Path) -> None:
    await add_printer(desk, str(papers))
    number = desk.list.current.number
    await desk.press("P")
    assert desk.shows("Print of 1 job: 1 Intake receipt  2 Labels  3 Job sheet   Esc: none")
    await desk.press("1")
    await until(desk, lambda: desk.message == f"Printed on Disken: Intake receipt {number}.")
    [paper] = papers.iterdir()
    assert paper.name == f"receipt-{number}.txt"
    assert f"Indleveringskvittering {number}" in paper.read_text()


async def test_escape_prints_nothing(desk: Desk, papers: Path) -> None:
    await add_printer(desk, str(papers))
    await desk.press("P", "escape")
    await desk.rest()
    assert list(papers.iterdir()) == []


async def test_all_selected_jobs_on_the_printer_chosen(desk: Desk, papers: Path) -> None:
    (papers / "a").mkdir()
    (papers / "b").mkdir()
    await add_printer(desk, str(papers / "a"))
    await add_printer(desk, str(papers / "b"), name="Værksted")
    numbers = [row.number for row in desk.list.rows[:3]]
    await desk.press("space", "space", "space", "P", "3")
    assert desk.shows("On which printer: 1 Disken  2 Værksted   Esc: none")
    await desk.press("2")
    await until(desk, lambda: desk.message == "Printed on Værksted: Job sheet, 3 jobs.")
    assert {path.name for path in (papers / "b").iterdir()} == {f"job-{number}.txt" for number in numbers}
    assert list((papers / "a").iterdir()) == []


async def test_a_receipt_comes_out_at_intake_and_the_message_still_says_the_number(desk: Desk, papers: Path) -> None:
    await add_printer(desk, str(papers), at_intake=True)
    await desk.list.new()
    await desk.type("Ingen lyd")
    await desk.press("f2")
    await until(desk, lambda: "Printed" in desk.message)
    assert desk.message.startswith("Job 10061 is saved.")
    assert desk.message.endswith("Printed on Disken: Intake receipt 10061.")
    await desk.type(" i højre side")
    await desk.press("f2")
    await desk.rest()
    assert [path.name for path in papers.iterdir()] == ["receipt-10061.txt"], "once, not at each save"


async def test_a_printer_that_is_off_is_told_and_the_job_is_saved(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    await add_printer(desk, place, at_intake=True)
    await desk.list.new()
    await desk.type("Ingen lyd")
    await desk.press("f2")
    await until(desk, lambda: "does not answer" in desk.message)
    assert (await desk.stored(10061)).values["subject"] == "Ingen lyd"


async def test_ones_own_printer_goes_before_the_shops(desk: Desk, papers: Path) -> None:
    (papers / "a").mkdir()
    (papers / "b").mkdir()
    await add_printer(desk, str(papers / "a"), at_intake=True)
    await add_printer(desk, str(papers / "b"), name="Disk 2", at_intake=True)
    await desk.press("ctrl+e")
    await desk.form.type_into("Receipts on", "Disk 2")
    await desk.press("f2")
    await desk.list.new()
    await desk.type("Ingen lyd")
    await desk.press("f2")
    await until(desk, lambda: "Printed" in desk.message)
    assert list((papers / "a").iterdir()) == []
    assert [path.name for path in (papers / "b").iterdir()] == ["receipt-10061.txt"]


async def test_a_sheet_prints_what_is_saved(desk: Desk, papers: Path) -> None:
    await add_printer(desk, str(papers))
    await desk.list.new()
    await desk.press("f10")
    await desk.type("Print")
    await desk.press("enter")
    assert desk.message == "Save the job first: F2."
    await desk.type("Ingen lyd")
    await desk.press("f2", "f10")
    await desk.type("Print")
    await desk.press("enter", "3")
    await until(desk, lambda: desk.message == "Printed on Disken: Job sheet 10061.")
    assert "Ingen lyd" in (papers / "job-10061.txt").read_text()
