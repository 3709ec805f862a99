"""The preview beside a list: from 120 columns on, follows the cursor, and moves only when what it shows differs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from svc_tui.domain.preview import Preview
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.jobs.preview import read
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.preview import PreviewPane
from tests.ui.colleague import colleague, until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk
from tests.ui.test_live import change

JOB = "TV uden billede"


@pytest.fixture
async def wide(open_at: OpenDesk) -> AsyncIterator[Desk]:
    """Anna's desk at a terminal of 120 columns."""
    async with open_at(size=(120, 30)) as desk:
        yield desk


def pane(desk: Desk) -> str:
    """What stands in the pane."""
    return "\n".join(line.partition("│ ")[2].rstrip() for line in desk.lines if "│ " in line).strip()


async def test_it_tells_what_one_asks_of_a_job(wide: Desk) -> None:
    row = await wide.list.put_cursor(JOB)
    shown = pane(wide)
    assert shown.startswith(f"Job {row.number} · TV-Service\nTV uden billede, lyd er der\nW Venter på dele\n")
    for text in (
        "Søren Østergaard", "Start 21/11 09:30 - 10:30", "Jensen & Søn ApS", "+45 75 12 34 56", "7000 Fredericia",
        "Samsung QE55Q80", "0B3X4711", "Baglys testet: to dioder døde.", "Baglysliste til 55", "649.00",
        "supplier: Nordisk Elektronik A/S", "70 11 22 33",
    ):  # fmt: skip
        assert text in " ".join(shown.split()), text


async def test_it_follows_the_cursor(wide: Desk) -> None:
    await wide.press("down")
    assert pane(wide).startswith(f"Job {wide.list.current.number} ")
    await wide.press("pagedown")
    assert pane(wide).startswith(f"Job {wide.list.current.number} ")
    await wide.list.filter("nr:10001")
    assert pane(wide).startswith("Job 10001 ")
    await wide.list.filter("nr:99")
    assert pane(wide) == ""


async def test_rows_that_are_passed_are_not_read(wide: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def ask(session: Session, activity_id: int) -> Preview | None:
        asked.append(activity_id)
        return read(session, activity_id)

    monkeypatch.setattr("svc_tui.services.jobs.preview.read", ask)
    await wide.burst(*["down"] * 15)
    assert asked == [wide.list.current.id]


async def test_nothing_is_drawn_when_nothing_differs(wide: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await wide.list.put_cursor(JOB)
    drawn: list[int] = []
    monkeypatch.setattr(PreviewPane, "repaint", lambda pane, y: drawn.append(y))
    await wide.press("f5")
    assert drawn == []


async def test_a_narrow_terminal_has_none_and_a_wider_one_gets_it(open_at: OpenDesk) -> None:
    async with open_at(size=(119, 30)) as desk:
        assert "│" not in desk.screen_text()
        await desk.pilot.resize_terminal(120, 30)
        await desk.rest()
        assert pane(desk).startswith(f"Job {desk.list.current.number} ")
        await desk.pilot.resize_terminal(80, 24)
        await desk.rest()
        assert "│" not in desk.screen_text()


async def test_columns_that_need_the_room_have_it(open_at: OpenDesk) -> None:
    async with open_at(size=(120, 30), settings=UserSettings(columns="advanced"), stored=True) as desk:
        assert "│" not in desk.screen_text()
        await desk.press("v")  # from all columns to as few as there are
        assert pane(desk).startswith("Job ")


async def test_ones_own_save_is_seen_in_it(wide: Desk) -> None:
    sheet = await wide.list.open(JOB)
    await sheet.fill("Fault told", "Skærmen er sort")
    await wide.press("f2", "escape")
    assert "Skærmen er sort" in pane(wide)
    await wide.press("d", "+")  # a part is still needed
    assert "D Udført" in pane(wide)


async def test_what_others_save_is_seen_in_it(wide: Desk, database: Path) -> None:
    with colleague(database) as bent:
        row = await wide.list.put_cursor(JOB)
        at_once(bent, [row.id], Edit("note", "Kunden har ringet"))
        await until(wide, lambda: "BK: Kunden har ringet" in pane(wide))
        change(bent, row.id, fault_told="Skærmen er sort")
        await until(wide, lambda: "Skærmen er sort" in pane(wide))
