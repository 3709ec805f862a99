"""What a job may cost at most: written in the sheet, told at every save above it, raised by the customer's yes."""

from __future__ import annotations

from tests.ui.desk import Desk

JOB = "TV uden billede"
NUMBER = 10054


async def limited(desk: Desk, amount: str) -> None:
    """A sheet of a job whose customer agreed to so much, saved."""
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("misc")
    await sheet.fill("Ceiling with VAT", amount)
    await desk.press("f2")


async def test_every_save_above_it_says_so_and_stores_all_the_same(desk: Desk) -> None:
    await limited(desk, "100")
    assert desk.message.startswith(f"Job {NUMBER} is saved. ! It comes to "), desk.message
    assert "agreed is 100.00: ask the customer, then note his yes (F10 yes)." in desk.message
    assert (await desk.stored(NUMBER)).values["ceiling"] == 10_000
    await desk.sheet.fill("Subject", "Noget andet")
    await desk.press("f2")
    assert "agreed is 100.00" in desk.message
    await desk.sheet.open_tab("misc")
    await desk.sheet.fill("Ceiling with VAT", "99999")
    await desk.press("f2")
    assert desk.message == f"Job {NUMBER} is saved."


async def test_the_yes_is_noted_by_its_name_and_told_in_the_history(desk: Desk) -> None:
    await limited(desk, "100")
    await desk.press("f10")
    await desk.type("yes")
    await desk.press("enter")
    assert desk.shows(f"Job {NUMBER} comes to "), desk.screen_text()
    comes_to = desk.dialog.text("Up to, with VAT")
    assert desk.dialog.text("Who said yes")
    await desk.dialog.fill("Who said yes", "Fru Holm")
    await desk.press("f2")
    assert desk.message == f"Noted: up to {comes_to} is agreed for job {NUMBER}."
    await desk.press("f2")
    assert desk.message == f"Job {NUMBER} is saved."
    await desk.sheet.open_tab("history")
    assert desk.shows(f"Customer's yes: up to {comes_to}, Fru Holm, by phone"), desk.screen_text()


async def test_a_list_notes_it_for_the_job_under_the_cursor(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("Y")
    assert desk.message.startswith("The job has no ceiling: write what was agreed")
    await limited(desk, "100")
    await desk.press("escape", "Y")
    await desk.dialog.fill("Up to, with VAT", "50")
    await desk.press("f2")
    assert desk.dialog.is_marked("Up to, with VAT")
    assert desk.message == "100.00 is agreed already: a yes is to more."
    await desk.dialog.fill("Up to, with VAT", "9000")
    await desk.press("f2")
    assert desk.message == f"Noted: up to 9,000.00 is agreed for job {NUMBER}."
