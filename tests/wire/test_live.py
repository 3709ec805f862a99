"""Two people at two terminals: what one saves is seen at the other, and costs nothing where it is not shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.desk import Desk, jobs

SECONDS_IDLE = 10.0
ONE_ROW = 600
"""Bytes for a row that changed: no more than for a moved cursor."""
OPEN = ("ready", "waiting", "working")
"""Stages of a job that can be done yet."""
WITH_PREVIEW = 1_800
"""Bytes for a moved cursor and another job's preview: a pane of 40 columns, half of it blank."""


@pytest.fixture
def desks(demo: Path) -> Iterator[tuple[Desk, Desk]]:
    """Anders Holm and Birgitte Lund, each at the list of all jobs."""
    with Desk(demo) as anders, Desk(demo, "--as", "BL") as birgitte:
        anders.press("3")
        birgitte.press("3")
        yield anders, birgitte


def to_an_open_job_without_parts(desk: Desk) -> str:
    """Go down to a job that is done without a question: a part that is lacking would be asked about."""
    plain = {str(job["number"]) for job in jobs(desk.database) if job["stage"] in OPEN and not job["lines"]}
    rows = [line.split()[0] for line in desk.program.screen()[3:-2]]
    downwards = next(index for index, number in enumerate(rows) if number in plain)
    desk.press("<Down>" * downwards)
    assert desk.row().split()[0] == rows[downwards]
    return rows[downwards]


def test_nothing_is_written_for_ten_seconds_while_somebody_saves_a_job_far_away(desks: tuple[Desk, Desk]) -> None:
    anders, birgitte = desks
    birgitte.press("<End>")
    number = birgitte.row().split()[0]
    assert number not in anders.text()
    anders.program.settle()
    anders.program.mark()
    begun = time.monotonic()
    birgitte.press("<Enter>")
    for text in (" igen", " og igen"):
        birgitte.press(text)
        assert str(birgitte.save()) == number
    time.sleep(max(SECONDS_IDLE - (time.monotonic() - begun), 0))
    assert anders.program.raw == b""


def test_a_new_status_is_seen_at_the_other_terminal_and_its_cursor_stays(desks: tuple[Desk, Desk]) -> None:
    anders, birgitte = desks
    anders.press("<Down><Down><Down>")
    under = anders.row()
    number = to_an_open_job_without_parts(birgitte)
    anders.program.settle()
    anders.program.mark()
    birgitte.press("d")
    anders.program.wait_until(lambda: any("Udført" in line for line in anders.program.screen() if number in line))
    anders.program.settle()
    assert anders.row().split()[0] == under.split()[0]
    print("a row changed elsewhere", len(anders.program.raw))
    assert len(anders.program.raw) <= ONE_ROW


def test_the_job_that_is_open_at_both_is_told_at_the_other(desks: tuple[Desk, Desk]) -> None:
    anders, birgitte = desks
    anders.press("<Enter>")
    birgitte.press("<Enter>")
    birgitte.press("Nyt emne: ")
    birgitte.save()
    anders.program.wait_for("BL")
    anders.program.wait_until(lambda: "Nyt emne" in anders.value("Subject"))
    anders.press("Også ")
    anders.save()
    birgitte.program.wait_until(lambda: "Også" in birgitte.value("Subject"))


def test_the_preview_costs_little_beside_the_cursor_and_nothing_when_nothing_is_done(demo: Path) -> None:
    with Desk(demo, columns=120, rows=30) as desk:
        found = [len(desk.program.bytes_for("<Down>")) for _ in range(5)]
        print("down with a preview", found)
        assert max(found) <= WITH_PREVIEW, found
        assert desk.row().split()[0] in desk.program.screen()[2].partition("│")[2]
        desk.program.settle()
        desk.program.mark()
        time.sleep(1.0)
        assert desk.program.raw == b""
