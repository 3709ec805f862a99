"""All jobs of a customer and of a device, by one key from the sheet and from the lists."""

from __future__ import annotations

from tests.ui.desk import Desk

JOB = "TV uden billede"


def customers(desk: Desk) -> set[str]:
    return {row.customer for row in desk.list.rows}


async def test_one_key_in_the_sheet_shows_all_jobs_of_its_customer(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("ctrl+y")
    assert desk.title.startswith("All jobs")
    assert customers(desk) == {"Jensen & Søn ApS"}
    assert len(desk.list.rows) > 1


async def test_one_key_in_the_sheet_shows_all_jobs_of_its_device(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.press("ctrl+d")
    assert desk.title.startswith("All jobs")
    assert [row.subject for row in desk.list.rows] == ["TV uden billede, lyd er der"]
    assert desk.shows("serial:0b3x4711")


async def test_the_same_keys_work_on_a_row_of_a_list(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("ctrl+y")
    assert customers(desk) == {"Jensen & Søn ApS"}
    await desk.list.put_cursor(JOB)
    await desk.press("ctrl+d")
    assert [row.subject for row in desk.list.rows] == ["TV uden billede, lyd er der"]


async def test_what_is_not_saved_is_asked_about_first(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.fill("Subject", "TV helt uden billede")
    await desk.press("ctrl+y")
    assert "Not saved yet" in desk.message
    await desk.press("s")
    assert customers(desk) == {"Jensen & Søn ApS"}
    assert any(row.subject == "TV helt uden billede" for row in desk.list.rows)


async def test_a_job_without_customer_or_device_says_so(desk: Desk) -> None:
    await desk.list.new()
    await desk.press("ctrl+y")
    assert desk.message == "This job has no customer yet."
    await desk.press("ctrl+d")
    assert desk.message == "This job has no device yet."
